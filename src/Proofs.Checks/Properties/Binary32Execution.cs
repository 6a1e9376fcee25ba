using Proofs.Constructions;
using Proofs.Constructions.Formats;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks.Properties;

// Executions of a network in IEEE binary32, rounding to nearest, with gradual underflow.
//
// A unit with n weights sums n products and a bias. Whatever the order (any tree, accumulators that start at 0) and whether products
// are fused into sums or not, each term passes at most n + 2 roundings: its product, at most n sums, and one at the end where the
// sum is kept in a wider format. So the computed ẑ misses Σ w_j x̂_j + b, for the computed x̂, by at most
//     γ S + η,   S = Σ |w_j| |x̂_j| + |b|,   γ = (n + 2) u / (1 − (n + 2) u),   u = 2^−24,
// where η = (n + 1) 2^−150 (1 + γ) ≤ γ LeastSum pays for products (and the end) that underflow; sums that do are exact. All
// intermediate values are at most (1 + γ) S, so nothing overflows while S ≤ LargestSum. ρ is exact.
internal static class Binary32Execution
{
    public const double LeastSum = 4.70197740328915e-38; // 2^−124
    public const double LargestSum = 1.7014118346046923e38; // 2^127

    private const int MostTerms = 1 << 20; // so that γ < 0.07

    /// <summary>γ for the longest sums of the network, rounded up.</summary>
    public static double RelativeError(ReluNetwork network)
    {
        double roundings = network.Layers.Max(a => a.Columns) + 2;
        double u = Math.ScaleB(1, -24);
        return roundings > MostTerms ? double.NaN : roundings * u / (1 - (roundings * u)) * (1 + Math.ScaleB(1, -20));
    }

    /// <summary>A weight or bias that is no binary32 number, told with its layer; null where there is none.</summary>
    public static string? Refuse(ReluNetwork network)
    {
        for (int l = 0; l < network.Depth; l++)
        {
            var map = network.Layers[l];
            var odd = Enumerable.Range(0, map.Value.Length).Select(k => map.WeightAt(k))
                .Concat(Enumerable.Range(0, map.Rows).Select(i => map.BiasAt(i)))
                .Where(w => !IsBinary32(w)).Select(w => (BigRational?)w).FirstOrDefault();
            if (odd is { } value)
            {
                return $"layer {l + 1} has the weight {Binary64.Text(Binary64.Nearest(value))}, which is no binary32 number; expected such numbers only, for binary32 semantics";
            }
        }

        return null;
    }

    /// <summary>Whether every execution at an input, made of binary32 numbers, satisfies a case.</summary>
    public static bool Holds(ReluNetwork network, VnnCase c, BigRational[] input)
    {
        var outputs = Outputs(network, input);
        return outputs is not null
            && c.Inputs.Contains(input)
            && c.InputConstraints.All(k => Sign(k, [.. input.Select(v => Interval.Enclose(v))]) < (k.IsStrict ? 0 : 1))
            && c.OutputConstraints.All(k => Sign(k, outputs) < (k.IsStrict ? 0 : 1));
    }

    /// <summary>The binary32 number next to a number within bounds; null where there is none.</summary>
    public static BigRational? Near(BigRational value, BigRational lower, BigRational upper)
    {
        float x = (float)Binary64.Nearest(value);
        foreach (float candidate in new[] { x, MathF.BitIncrement(x), MathF.BitDecrement(x) })
        {
            if (float.IsFinite(candidate) && Binary64.Exact(candidate) is var exact && lower <= exact && exact <= upper)
            {
                return exact;
            }
        }

        return null;
    }

    // Of the greatest value: 1 where it may be positive, 0 where it may be 0 and not positive, -1 else.
    private static int Sign(LinearConstraint constraint, Interval[] values)
    {
        var sum = constraint.Terms.Aggregate(
            Interval.Enclose(-constraint.Bound), (s, t) => s + (Interval.Enclose(t.Coefficient) * values[t.Index]));
        return sum.Sup < 0 ? -1 : sum.Sup == 0 ? 0 : 1;
    }

    /// <summary>What executions at an input may give; null where one may overflow.</summary>
    internal static Interval[]? Outputs(ReluNetwork network, IReadOnlyList<BigRational> input)
    {
        double gamma = RelativeError(network);
        if (double.IsNaN(gamma))
        {
            return null;
        }

        Interval[] x = [.. input.Select(v => Interval.Enclose(v))];
        for (int l = 0; l < network.Depth; l++)
        {
            var map = network.Layers[l];
            var z = new Interval[map.Rows];
            for (int i = 0; i < z.Length; i++)
            {
                z[i] = Interval.Enclose(map.BiasAt(i));
                var size = Interval.Point(z[i].Magnitude) + Interval.Point(LeastSum);
                for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
                {
                    var product = Interval.Enclose(map.WeightAt(k)) * x[map.Column[k]];
                    z[i] += product;
                    size += Interval.Point(product.Magnitude);
                }

                if (!(size.Sup <= LargestSum))
                {
                    return null;
                }

                double error = (size * Interval.Point(gamma)).Sup;
                z[i] += Interval.Between(-error, error);
                z[i] = l == network.Depth - 1 ? z[i] : Interval.Between(Math.Max(z[i].Inf, 0), Math.Max(z[i].Sup, 0));
            }

            x = z;
        }

        return x;
    }

    /// <summary>How far each output of an execution may be from its real value at the same input of a box; null where one may overflow.</summary>
    internal static double[]? Deviation(ReluNetwork network, Interval[] box)
    {
        double gamma = RelativeError(network);
        if (double.IsNaN(gamma))
        {
            return null;
        }

        Interval[] x = box; // real values
        double[] missed = new double[x.Length];
        foreach (var (map, l) in network.Layers.Select((map, l) => (map, l)))
        {
            var z = new Interval[map.Rows];
            double[] next = new double[map.Rows];
            for (int i = 0; i < z.Length; i++)
            {
                z[i] = Interval.Enclose(map.BiasAt(i));
                Interval size = Interval.Point(z[i].Magnitude) + Interval.Point(LeastSum), before = Interval.Zero;
                for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
                {
                    int j = map.Column[k];
                    var weight = Interval.Enclose(map.WeightAt(k));
                    var height = Interval.Point(weight.Magnitude);
                    z[i] += weight * x[j];
                    before += height * Interval.Point(missed[j]);
                    size += height * (Interval.Point(x[j].Magnitude) + Interval.Point(missed[j]));
                }

                if (!(size.Sup <= LargestSum))
                {
                    return null;
                }

                next[i] = (before + (size * Interval.Point(gamma))).Sup;
                z[i] = l == network.Depth - 1 ? z[i] : Interval.Between(Math.Max(z[i].Inf, 0), Math.Max(z[i].Sup, 0));
            }

            (x, missed) = (z, next);
        }

        return missed;
    }

    private static bool IsBinary32(BigRational value)
    {
        double nearest = Binary64.Nearest(value);
        return (float)nearest == nearest && Binary64.Exact(nearest) == value;
    }
}
