using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Rounding;

/// <summary>Sums of binary64 numbers with one rounding, to nearest.</summary>
/// <remarks>
/// Domain: as IEEE 1788, 12.12.12: NaN where a number is NaN, or where infinities of both signs, or 0 and an infinity
/// in a product, meet. Guarantee: correctly rounded.
/// </remarks>
public static class Reduction
{
    /// <summary>The sum of the numbers.</summary>
    public static double Sum(IReadOnlyList<double> x) => Of(x, x.Sum(), Binary64.Exact);

    /// <summary>The sum of the absolute values.</summary>
    public static double SumAbs(IReadOnlyList<double> x) =>
        Of(x, x.Sum(Math.Abs), v => BigRational.Abs(Binary64.Exact(v)));

    /// <summary>The sum of the squares.</summary>
    public static double SumSquares(IReadOnlyList<double> x) =>
        Of(x, x.Sum(v => v * v), v => Binary64.Exact(v) * Binary64.Exact(v));

    /// <summary>The inner product.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double Dot(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count)
        {
            throw new ArgumentException($"An inner product needs lists of one length; got {x.Count} and {y.Count}.");
        }

        var pairs = x.Zip(y).ToList();
        return pairs.TrueForAll(p => double.IsFinite(p.First) && double.IsFinite(p.Second))
            ? Binary64.Nearest(
                pairs.Aggregate(BigRational.Zero, (s, p) => s + (Binary64.Exact(p.First) * Binary64.Exact(p.Second))))
            : pairs.Sum(p => p.First * p.Second);
    }

    // With a number that is not finite the plain sum has the answer: an infinity or NaN.
    private static double Of(IReadOnlyList<double> x, double plain, Func<double, BigRational> term) =>
        x.All(double.IsFinite)
        ? Binary64.Nearest(x.Aggregate(BigRational.Zero, (s, v) => s + term(v)))
        : plain;
}
