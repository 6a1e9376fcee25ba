using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Holder;

// Statement   For f in H(β, D, M): |Φ − f| ≤ t0 N^(−β) + S 4^(−rp−1) + (Σ K_a) 2^(−R) on [0, 1]^D, the last term only
//             where coefficients are rounded (2^(−R−1) for q = 0), with L = T + r + 5 + Q(r + 2) (T + 3 for q = 0) and
//             the exact
//             size of math/00, 7.5. At constant depth W ≤ c1 eps^(−D/β): no logarithm.             [math/00, section 7]
// Idea        With the Taylor polynomials p_l at l/N, f_N = Σ_l φ_l p_l = Σ_a x^a I_N[c_a](x): whatever N is, there are
//             P − 1 products, and all that grows with N is an exact interpolant of constant depth. The coefficients are
//             stored as C' = (c/K + 1)/2 in [0, 1], so that a unit can carry them.

/// <summary>Smooth functions as networks.</summary>
public static class HolderApproximator
{
    // Beyond this a network is a formula, not an object in memory.
    private const long MostWeights = 20_000_000;

    /// <summary>The network of the formula <paramref name="f"/> in the variables <see cref="Inputs"/> names.</summary>
    /// <exception cref="ArgumentException">f is shown not to be in the class, or has another variable, or the network
    /// is too large.</exception>
    public static Built Build(HolderClass @class, Expr f, HolderChoice choice)
    {
        var names = Inputs.Names(@class.Dimension);
        var source = TaylorSource.Of(f, names);
        var member = HolderMembership.Check(@class, f, names);
        return Assembled(@class, source, f, choice, [member]);
    }

    /// <summary>
    /// The network of a function given by its Taylor coefficients; the budget assumes that they are those of the
    /// target.
    /// </summary>
    /// <param name="class">The class of the function.</param>
    /// <param name="source">The Taylor polynomials of the function at grid points.</param>
    /// <param name="target">The function as a formula, which the budget and the claims refer to.</param>
    /// <param name="choice">The integers N, r, p and R.</param>
    /// <exception cref="ArgumentException">A coefficient is too large for the class, or the network is too
    /// large.</exception>
    public static Built Build(HolderClass @class, TaylorSource source, Expr target, HolderChoice choice) => Assembled(
        @class,
        source,
        target,
        choice,
        [
            HolderMembership.Check(@class, target, Inputs.Names(@class.Dimension)),
            SideCondition.Assumed($"the Taylor coefficients given are those of f = {target}"),
        ]);

    // The network with its budget, which rests on the conditions given.
    internal static Built Assembled(
        HolderClass @class, TaylorSource source, Expr target, HolderChoice choice,
        ImmutableArray<SideCondition> conditions)
    {
        var net = new NetworkBuilder(@class.Dimension);
        var output = Append(net, net.Inputs, @class, source, choice, out int zeros);
        var network = net.BuildScalar(output);
        var domain = Box.Unit(@class.Dimension);
        var budget = HolderBudget.Of(@class, choice, zeros) with
        {
            Instance = new LemmaInstance(network, target, domain, region: null),
            Conditions = conditions,
        };
        return new Built(network, budget, target, domain) { Sizes = HolderBudget.Sizes(@class, choice, network) };
    }

    // The value at layer L − 1, from inputs in [0, 1] that read one layer.
    internal static Functional Append(
        NetworkBuilder net,
        IReadOnlyList<Functional> x,
        HolderClass @class,
        TaylorSource source,
        HolderChoice choice,
        out int zeros)
    {
        Check(@class, source, choice);
        return AppendAt(
            net, x, @class, source, choice, [.. KuhnInterpolant.Nodes(@class.Dimension, (int)choice.N)], out zeros);
    }

    // The same with the given nodes of the grid alone: right where the spikes of the others are 0.
    internal static Functional AppendAt(
        NetworkBuilder net,
        IReadOnlyList<Functional> x,
        HolderClass @class,
        TaylorSource source,
        HolderChoice choice,
        IReadOnlyList<int[]> nodes,
        out int zeros)
    {
        int n = (int)choice.N;
        var spikes = KuhnInterpolant.AppendSpikesAt(net, x, n, nodes);
        int missing = 0;
        if (@class.Q == 0)
        {
            var values = Stored(MultiIndex.Zero(@class.Dimension), v => v);
            zeros = missing;
            return Functional.Combine(spikes[0].Layer, values, spikes);
        }

        // the interpolation layer: C'_a = Σ_l C'_(l,a) φ_l in [0, 1], and x beside it
        int layer = spikes[0].Layer + 1;
        var coefficients = @class.Indices.ToDictionary(
            a => a,
            a => net.Rho(Functional.Combine(layer - 1, Stored(a, c => ((c / @class.Scale(a)) + 1) / 2), spikes)));
        Functional[] carried = [.. x.Select(t => net.Carry(t, layer))];
        zeros = missing;

        // monomials, and K_a (2 C'_a − 1) m_a for a ≠ 0
        var (r, p) = (choice.R, choice.P);
        var monomials = Monomials.Append(net, carried, @class.Q, r, p);
        layer += @class.MonomialLevels * (r + 2);
        var zero = MultiIndex.Zero(@class.Dimension);
        var terms = @class.Indices.Where(a => a != zero).ToArray();
        Functional[] products = [.. terms.Select(a => Product.Append(
            net, (2 * net.Carry(coefficients[a], layer)) - 1, monomials[a], 1, r, p))];
        var constant = net.Carry(coefficients[zero], layer + r + 1);
        var scale = @class.Scale(zero);
        return Functional.Combine(layer + r + 1, [.. terms.Select(@class.Scale)], products)
            + ((2 * scale * constant) - scale);

        BigRational[] Stored(MultiIndex a, Func<BigRational, BigRational> store)
        {
            var at = source.Coefficient(a, @class.Q, n);
            var bound = @class.CoefficientBound(a);
            BigRational[] stored = [.. nodes.Select(l => Round(store, at(l), bound, choice.Precision, a, l, n))];
            missing += stored.Count(c => c.IsZero);
            return stored;
        }
    }

    // The number to store for a coefficient: itself, or the nearest multiple of 2^(−R). An enclosed coefficient is
    // rounded one bit finer, so that half a unit of that and the enclosure's width stay within 2^(−R−1).
    private static BigRational Round(
        Func<BigRational, BigRational> store, RationalInterval c, BigRational bound, int? precision, MultiIndex a,
        int[] l, int n)
    {
        string Place() => $"coefficient {a} at ({string.Join(", ", l.Select(j => new BigRational(j, n)))})";
        if (c.Low > bound || c.High < -bound)
        {
            throw new ArgumentException(
                $"The {Place()} is {c.Low.ToDecimalRoundedDown(6)}; a function of the class has at most {bound}: "
                    + "f is not in it.");
        }

        if (c.IsExact)
        {
            var value = store(c.Low);
            return precision is { } bits ? Nearest(value, bits) : value;
        }

        var (low, high) = (store(BigRational.Max(c.Low, -bound)), store(BigRational.Min(c.High, bound)));
        if (precision is not { } wanted)
        {
            throw new IrrationalCoefficientException(Place());
        }

        var rounded = Nearest((low + high) / 2, wanted + 1);
        return BigRational.Max(high - rounded, rounded - low) <= BigRational.PowerOfTwo(-wanted - 1)
            ? rounded
            : throw new ArgumentException(
                $"The {Place()} is enclosed only to within {(high - low).ToDecimalRoundedUp(3)}; "
                    + $"expected 2^-{wanted + 2}.");
    }

    private static BigRational Nearest(BigRational value, int bits) =>
        (value * BigRational.PowerOfTwo(bits)).RoundHalfUp() * BigRational.PowerOfTwo(-bits);

    private static void Check(HolderClass @class, TaylorSource source, HolderChoice choice)
    {
        if (source.Dimension != @class.Dimension)
        {
            throw new ArgumentException(
                $"The function has {source.Dimension} variables; expected D = {@class.Dimension}.");
        }

        if (choice.N < 1 || (@class.Q > 0 && (choice.R < 1 || choice.P < 1)))
        {
            throw new ArgumentException($"N = {choice.N}, r = {choice.R}, p = {choice.P}; expected each at least 1.");
        }

        var size = HolderSize.Of(@class, choice).Size;
        if (size > MostWeights)
        {
            throw new ArgumentException(
                $"The network of {@class} with N = {choice.N} has W = {size} weights; expected at most {MostWeights}. "
                + "Take a larger eps, or ask for the size alone.");
        }
    }
}
