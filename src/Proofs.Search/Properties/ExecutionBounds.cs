using Proofs.Constructions.Executions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Search.Properties;

// What executions of a network in IEEE arithmetic may give, rounding to nearest, with gradual underflow.
//
// A row of a step that is a sum of n products and a bias, in whatever order (any tree, accumulators that start at 0),
// products fused into sums or not, passes each term through at most k = n + 2 roundings: its product, at most n sums,
// and one at the end where the sum is kept in a wider format. So the computed ẑ misses Σ w_j x̂_j + b, for the computed
// x̂, by at most
//     γ S + η,   S = Σ |w_j| |x̂_j| + |b|,   γ = k u / (1 − k u),   u = 2^−p,
// where η, 2^(e − 1) for each product (and the end) that underflows and a fraction γ more, e the exponent of the
// smallest number, is at most γ L, L = 2^(e + p + 1): there are at most k of them. Sums that underflow are exact. All
// intermediate values are at most (1 + γ) S, so nothing overflows while S is at most half of the format's range. A row
// that is one operation misses its exact result by a fraction u of it, or by 2^(e − 1). ρ is exact. With a factor α
// (RowRounding) products and sums before α are smaller by it where |α| < 1, and what underflows there is enlarged by
// it: that narrows the range and adds to L.
internal static class ExecutionBounds
{
    private const int MostTerms = 1 << 20; // so that γ < 0.07

    // What a row costs: γ, the sum that underflow counts as, and the largest sum that nothing overflows in.
    public readonly record struct Cost(double Gamma, double Least, double Largest);

    public static Cost CostOf(NumberFormat format, ExecutedStep step, int row)
    {
        var rounding = step.Roundings[row];
        double gamma = rounding.IsExact ? 0 : rounding.IsOperation ? format.Roundoff : Gamma(format, rounding.Count);
        double least = Math.ScaleB(1, format.LeastExponent + format.Precision + 1);
        double largest = Math.ScaleB(1, format.EndExponent - 1);
        double alpha = Math.Abs(rounding.Factor);
        if (alpha == 1)
        {
            return new(gamma, rounding.IsExact ? 0 : least, largest);
        }

        var more = Interval.One + Interval.Point(alpha);
        for (int e = step.Map.RowStart[row]; e < step.Map.RowStart[row + 1]; e++)
        {
            more += Interval.Point(Interval.Enclose(step.Map.WeightAt(e)).Magnitude);
        }

        return new(
            gamma, (Interval.Point(least) * more).Sup,
            alpha < 1 ? (Interval.Point(largest) * Interval.Point(alpha)).Inf : largest);
    }

    /// <summary>γ for terms that pass at most so many roundings, rounded up; NaN beyond what is modelled.</summary>
    public static double Gamma(NumberFormat format, int roundings)
    {
        double u = format.Roundoff, k = roundings;
        return k > MostTerms ? double.NaN : k * u / (1 - (k * u)) * (1 + Math.ScaleB(1, -20));
    }

    /// <summary>What executions at an input may give; null where one may overflow.</summary>
    public static Interval[]? Outputs(NetworkExecution execution, IReadOnlyList<BigRational> input) =>
        new ExecutionPass(execution).Outputs(input);

    /// <summary>
    /// How far each output of an execution may be from its real value at the same input of a box; null where one may
    /// overflow.
    /// </summary>
    public static double[]? Deviation(NetworkExecution execution, Interval[] box) =>
        new ExecutionPass(execution).Deviation(box);
}
