using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Networks;

public sealed partial record Affine
{
    // A and b over one common denominator; made on first use, and the same whoever makes it.
    private IntegerForm? _integers;

    /// <summary>The least common denominator of all entries of A and b.</summary>
    internal BigInteger Denominator => Integers.Denominator;

    private IntegerForm Integers => _integers ??= IntegerForm.Of(this);

    /// <summary>The least common denominator of some rationals; 1 for none.</summary>
    internal static BigInteger CommonDenominator(IEnumerable<BigRational> values)
    {
        var common = BigInteger.One;
        foreach (var value in values)
        {
            var denominator = value.Denominator;
            if (!denominator.IsOne && denominator != common && !(common % denominator).IsZero)
            {
                common *= denominator / BigInteger.GreatestCommonDivisor(common, denominator);
            }
        }

        return common;
    }

    /// <summary>A x + b in binary64, a sum a row in storage order.</summary>
    internal double[] Apply(double[] x)
    {
        var y = new double[Rows];
        for (int i = 0; i < y.Length; i++)
        {
            double sum = Bias[i];
            for (int k = RowStart[i]; k < RowStart[i + 1]; k++)
            {
                sum += Value[k] * x[Column[k]];
            }

            y[i] = sum;
        }

        return y;
    }

    /// <summary>
    /// An enclosure of A x + b for all x in the box; exact entries that are no binary64 numbers are enclosed.
    /// </summary>
    internal Interval[] Apply(Interval[] x)
    {
        var y = new Interval[Rows];
        for (int i = 0; i < y.Length; i++)
        {
            var sum = IsBinary64 ? Interval.Point(Bias[i]) : Interval.Enclose(Exact.Rows[i].Bias);
            for (int k = RowStart[i]; k < RowStart[i + 1]; k++)
            {
                var weight = IsBinary64
                    ? Interval.Point(Value[k])
                    : Interval.Enclose(Exact.Rows[i].Weights[k - RowStart[i]].Value);
                sum += weight * x[Column[k]];
            }

            y[i] = sum;
        }

        return y;
    }

    /// <summary>
    /// The numerators of A x + b over <paramref name="denominator"/> · <see cref="Denominator"/>, exactly.
    /// </summary>
    internal BigInteger[] Apply(BigInteger[] x, BigInteger denominator)
    {
        var y = new BigInteger[Rows];
        var integers = Integers;
        for (int i = 0; i < y.Length; i++)
        {
            var sum = integers.Bias[i].IsZero ? BigInteger.Zero : integers.Bias[i] * denominator;
            for (int k = RowStart[i]; k < RowStart[i + 1]; k++)
            {
                var unit = x[Column[k]];
                sum = unit.IsZero ? sum : sum + (integers.Value[k] * unit);
            }

            y[i] = sum;
        }

        return y;
    }

    private sealed record IntegerForm(BigInteger[] Value, BigInteger[] Bias, BigInteger Denominator)
    {
        public static IntegerForm Of(Affine map)
        {
            BigRational[] value = [.. Enumerable.Range(0, map.NonZeroWeights).Select(map.WeightAt)];
            BigRational[] bias = [.. Enumerable.Range(0, map.Rows).Select(map.BiasAt)];
            var common = CommonDenominator(value.Concat(bias));
            return new([.. value.Select(Scale)], [.. bias.Select(Scale)], common);

            BigInteger Scale(BigRational a) =>
                a.Denominator == common ? a.Numerator : a.Numerator * (common / a.Denominator);
        }
    }
}
