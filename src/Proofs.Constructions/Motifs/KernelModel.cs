using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Motifs;

/// <summary>A fitted model f(x) = b + Σ a_i K(z_i, x) on [0, 1]^D, an exact object.</summary>
/// <remarks>Shape: centres and coefficients are as many; every centre lies in [0, 1]^D. Source: math/04, section 4.
/// </remarks>
public sealed class KernelModel
{
    /// <summary>The model of the given parts; terms with coefficient 0 are dropped.</summary>
    /// <exception cref="ArgumentException">The counts or dimensions differ, a centre lies outside [0, 1]^D, or nothing
    /// is left to say how many inputs there are.</exception>
    public KernelModel(
        MotifKernel kernel, IReadOnlyList<ImmutableArray<BigRational>> centres, IReadOnlyList<BigRational> coefficients,
        BigRational offset)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (centres.Count != coefficients.Count || centres.Count == 0)
        {
            throw new ArgumentException(
                $"{centres.Count} centres and {coefficients.Count} coefficients; expected as many, and at least one.");
        }

        if (centres.FirstOrDefault(z => z.Length != centres[0].Length
            || z.Any(v => v.Sign < 0 || v > BigRational.One)) is { IsDefault: false } outside)
        {
            throw new ArgumentException(
                $"The centre ({string.Join(", ", outside)}) lies outside [0, 1]^{centres[0].Length}.");
        }

        (Kernel, Offset, Dimension) = (kernel, offset, centres[0].Length);
        int[] kept = [.. Enumerable.Range(0, centres.Count).Where(i => !coefficients[i].IsZero)];
        Centres = [.. kept.Select(i => centres[i])];
        Coefficients = [.. kept.Select(i => coefficients[i])];
    }

    /// <summary>K.</summary>
    public MotifKernel Kernel { get; }

    /// <summary>The z_i with a_i ≠ 0.</summary>
    public ImmutableArray<ImmutableArray<BigRational>> Centres { get; }

    /// <summary>The a_i ≠ 0.</summary>
    public ImmutableArray<BigRational> Coefficients { get; }

    /// <summary>b.</summary>
    public BigRational Offset { get; }

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>n_s, the number of terms.</summary>
    public int Terms => Centres.Length;

    /// <summary>Σ a_i.</summary>
    public BigRational Sum => Coefficients.Aggregate(BigRational.Zero, (s, a) => s + a);

    /// <summary>A = Σ |a_i|.</summary>
    public BigRational AbsoluteSum => Coefficients.Aggregate(BigRational.Zero, (s, a) => s + BigRational.Abs(a));

    /// <summary>f as a formula in the inputs of the box that a scale maps onto the cube.</summary>
    public Expr Formula(InputScale scale)
    {
        ImmutableArray<Expr> inputs =
        [
            .. Inputs.Names(Dimension).Select((name, j) =>
                (Expr.Variable(name) - Expr.Constant(scale.Lower[j])) / Expr.Constant(scale.Width[j])),
        ];
        return Expr.Sum(Centres.Select((z, i) => Expr.Constant(Coefficients[i]) * Kernel.Formula(inputs, z))
            .Prepend(Expr.Constant(Offset)));
    }

    /// <summary>An enclosure of f(x).</summary>
    public Interval Value(IReadOnlyList<BigRational> x)
    {
        var sum = Interval.Enclose(Offset);
        for (int i = 0; i < Terms; i++)
        {
            sum += Interval.Enclose(Coefficients[i]) * Kernel.Value(x, Centres[i]);
        }

        return sum;
    }

    /// <summary>An upper bound of ‖f − b‖ in the space of the kernel, √(a'Ka).</summary>
    /// <remarks>Guarantee: outward rounded. Cost: n_s² kernel values.</remarks>
    public Interval Norm()
    {
        var sum = Interval.Zero;
        for (int i = 0; i < Terms; i++)
        {
            var a = Interval.Enclose(Coefficients[i]);
            for (int k = 0; k <= i; k++)
            {
                var term = a * Interval.Enclose(Coefficients[k]) * Kernel.Value(Centres[i], Centres[k]);
                sum += k < i ? term + term : term;
            }
        }

        return Interval.Sqrt(Interval.Max(sum, Interval.Zero));
    }
}
