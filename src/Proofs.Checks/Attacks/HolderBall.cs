using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Attacks;

/// <summary>
/// Random members of a class H(β, D, M): polynomials scaled so that their norm is shown to be at most M.
/// </summary>
/// <remarks>
/// For a polynomial P on [0, 1]^D every |D^a P| is at most the sum |D^a P|_1 of its absolute coefficients, and D^a P is
/// Lipschitz in the maximum norm with constant Σ_i |D^(a + e_i) P|_1, hence s-Hölder with the same constant, for
/// distances are at most 1. Scaling coefficients towards 0 keeps both bounds: shrinking stays in the class.
/// </remarks>
public static class HolderBall
{
    private const int MostDegree = 3;

    /// <summary>An upper bound of the norm of <paramref name="polynomial"/> in H(β, D, ·).</summary>
    public static BigRational NormBound(Polynomial polynomial, HolderClass @class)
    {
        ArgumentNullException.ThrowIfNull(polynomial);
        ArgumentNullException.ThrowIfNull(@class);
        var bound = BigRational.Zero;
        foreach (var order in MultiIndex.UpTo(@class.Dimension, @class.Q))
        {
            bound = BigRational.Max(bound, Absolute(polynomial.Derivative(order)));
            if (order.Degree == @class.Q)
            {
                var lipschitz = Enumerable.Range(0, @class.Dimension).Aggregate(
                    BigRational.Zero,
                    (sum, i) => sum + Absolute(polynomial.Derivative(order + MultiIndex.Unit(@class.Dimension, i))));
                bound = BigRational.Max(bound, lipschitz);
            }
        }

        return bound;
    }

    /// <summary>Members of the class with random dyadic coefficients, some of them on its boundary.</summary>
    public static Gen<Polynomial> Members(HolderClass @class)
    {
        ArgumentNullException.ThrowIfNull(@class);
        var indices = MultiIndex.UpTo(@class.Dimension, MostDegree);
        return from coefficients in Gen.Choose(-16, 16).ArrayOf(indices.Length)
               from keep in Gen.Choose(0, 3).ArrayOf(indices.Length)
               let raw = Polynomial.Of(@class.Dimension, indices.Select((a, i) =>
                   KeyValuePair.Create(
                       a, keep[i] == 0 || a.Degree == 0 ? new BigRational(coefficients[i], 16) : BigRational.Zero)))
               select Scaled(raw, @class);
    }

    /// <summary>Simpler members: without a term, or with a coefficient halved.</summary>
    public static IEnumerable<Polynomial> Simpler(Polynomial member)
    {
        ArgumentNullException.ThrowIfNull(member);
        foreach (var (index, value) in member.Coefficients.Reverse())
        {
            var others = member.Coefficients.Where(c => !c.Key.Equals(index));
            yield return Polynomial.Of(member.Dimension, others);
            if (value.Denominator < 64)
            {
                yield return Polynomial.Of(member.Dimension, others.Append(KeyValuePair.Create(index, value / 2)));
            }
        }
    }

    // The largest dyadic multiple at most 1 whose norm is at most M.
    private static Polynomial Scaled(Polynomial raw, HolderClass @class)
    {
        var norm = NormBound(raw, @class);
        var scale = norm <= @class.M ? BigRational.One : ExactIntegers.PowerOfTwoAtMost(@class.M / norm);
        return Polynomial.Of(raw.Dimension, raw.Coefficients.Select(c => KeyValuePair.Create(c.Key, c.Value * scale)));
    }

    private static BigRational Absolute(Polynomial p) =>
        p.Coefficients.Aggregate(BigRational.Zero, (sum, c) => sum + BigRational.Abs(c.Value));
}
