using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Proofs.Checks.Experiments;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Checks.Fitting;

/// <summary>Observations that cannot be fitted; the message is one line.</summary>
public sealed class FitException(string message) : InvalidOperationException(message);

/// <summary>Observations with their inputs on a grid of [0, 1]^D, so that every centre is stored exactly.</summary>
/// <remarks>
/// Input j is mapped by x ↦ (x − l_j)/w_j with w_j a power of two and l_j a multiple of w_j 2^(−g), and rounded to a
/// multiple of 2^(−g); what is fitted are the rounded points. With g ≤ 24 and 2g + log2 D ≤ 52 the entries −2 z and
/// ‖z‖² of the networks are binary64 numbers.
/// </remarks>
public sealed class FitData
{
    private readonly long[] _grid; // point by point

    private FitData(InputScale scale, int bits, long[] grid, double[] values)
    {
        (Scale, GridBits, _grid, Values) = (scale, bits, grid, [.. values]);
        Unit = grid.Select(g => Math.ScaleB(g, -bits)).ToArray();
    }

    /// <summary>The map of the inputs onto the cube.</summary>
    public InputScale Scale { get; }

    /// <summary>g.</summary>
    public int GridBits { get; }

    /// <summary>The observed values.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>n.</summary>
    public int Count => Values.Length;

    /// <summary>D.</summary>
    public int Dimension => Scale.Lower.Length;

    /// <summary>How many points lie on the place of an earlier one.</summary>
    public int Repeated => Count - Enumerable.Range(0, Count)
        .Select(i => string.Join(',', _grid.Skip(i * Dimension).Take(Dimension))).Distinct().Count();

    private double[] Unit { get; }

    /// <summary>The observations on the grid of a scale that covers all of them.</summary>
    /// <exception cref="FitException">There is one observation only, or all values are equal.</exception>
    public static FitData Of(Sample sample)
    {
        if (sample.Count < 2)
        {
            throw new FitException($"expected at least two rows to learn from, found {sample.Count}");
        }

        return Of(sample, ScaleOf(sample));
    }

    /// <summary>The observations on the grid of a given scale.</summary>
    /// <exception cref="FitException">A point lies outside its box, or all values are equal.</exception>
    public static FitData Of(Sample sample, InputScale scale)
    {
        int d = scale.Lower.Length, bits = Bits(d);
        if (sample.Values.All(v => v == sample.Values[0]))
        {
            throw new FitException(string.Create(
                CultureInfo.InvariantCulture,
                $"the target is {sample.Values[0]} in all rows to learn from: there is nothing to learn"));
        }

        long[] grid = new long[(long)sample.Count * d];
        for (int i = 0; i < sample.Count; i++)
        {
            for (int j = 0; j < d; j++)
            {
                var u = (Binary64.Exact(sample.Points[i][j]) - scale.Lower[j]) / scale.Width[j];
                var at = (u * BigRational.PowerOfTwo(bits)).RoundHalfUp();
                grid[(i * d) + j] = at.Sign >= 0 && at <= (BigInteger.One << bits)
                    ? (long)at
                    : throw new FitException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"row {i + 1}: input {j + 1} is {sample.Points[i][j]}, outside the box {scale.Box}"));
            }
        }

        return new(scale, bits, grid, [.. sample.Values]);
    }

    /// <summary>The smallest box of the kind that holds all points.</summary>
    public static InputScale ScaleOf(Sample sample)
    {
        int d = sample.Points.Dimension, bits = Bits(d);
        var lower = new BigRational[d];
        var width = new BigRational[d];
        for (int j = 0; j < d; j++)
        {
            double least = double.PositiveInfinity, largest = double.NegativeInfinity;
            for (int i = 0; i < sample.Count; i++)
            {
                (least, largest) = (Math.Min(least, sample.Points[i][j]), Math.Max(largest, sample.Points[i][j]));
            }

            var (low, high) = (Binary64.Exact(least), Binary64.Exact(largest));
            var w = BigRational.PowerOfTwo(Exponent(largest - least, Math.Max(Math.Abs(least), Math.Abs(largest))));
            BigRational step, start;
            while (true)
            {
                step = w * BigRational.PowerOfTwo(-bits);
                start = (low / step).Floor() * step;
                if (high <= start + w)
                {
                    break;
                }

                w *= 2;
            }

            (lower[j], width[j]) = (start, w);
        }

        return new([.. lower], [.. width]);
    }

    /// <summary>A point of the cube, in binary64 numbers, which hold it exactly.</summary>
    public ReadOnlySpan<double> Point(int i) => Unit.AsSpan(i * Dimension, Dimension);

    /// <summary>A point of the cube.</summary>
    public ImmutableArray<BigRational> Exact(int i) =>
        [.. Enumerable.Range(0, Dimension).Select(j => new BigRational(_grid[(i * Dimension) + j])
            * BigRational.PowerOfTwo(-GridBits))];

    /// <summary>K between two points.</summary>
    /// <remarks>Guarantee: an enclosure; distances are exact.</remarks>
    public Interval Kernel(MotifKernel kernel, int i, int k)
    {
        int d = Dimension;
        Int128 sum = 0;
        switch (kernel)
        {
            case MotifKernel.Gaussian g:
                for (int j = 0; j < d; j++)
                {
                    long difference = _grid[(i * d) + j] - _grid[(k * d) + j];
                    sum += (Int128)difference * difference;
                }

                return Decay(g.Gamma, sum, 2 * GridBits);
            case MotifKernel.Laplacian l:
                for (int j = 0; j < d; j++)
                {
                    sum += Math.Abs(_grid[(i * d) + j] - _grid[(k * d) + j]);
                }

                return Decay(l.Gamma, sum, GridBits);
            default:
                return kernel.Value(Exact(i), Exact(k));
        }
    }

    /// <summary>Some of the observations.</summary>
    public FitData Select(IReadOnlyList<int> rows) => new(
        Scale, GridBits,
        [.. rows.SelectMany(r => _grid.AsSpan(r * Dimension, Dimension).ToArray())],
        [.. rows.Select(r => Values[r])]);

    private static Interval Decay(BigRational gamma, Int128 distance, int bits)
    {
        var exact = distance < (Int128)1 << 53
            ? Interval.Point(Math.ScaleB((double)(long)distance, -bits))
            : Interval.Enclose(new BigRational((BigInteger)distance) * BigRational.PowerOfTwo(-bits));
        return Interval.Exp(-(Interval.Enclose(gamma) * exact));
    }

    private static int Bits(int d) => Math.Min(24, (52 - BitOperations.Log2((uint)Math.Max(1, (2 * d) - 1))) / 2);

    // The least e with 2^e ≥ range; a column of one value has a width beside its size.
    private static int Exponent(double range, double size)
    {
        double wanted = range > 0 ? Math.Max(range, size * 1e-9) : Math.Max(size, 1);
        int e = Math.ILogB(wanted);
        return Math.ScaleB(1, e) < wanted ? e + 1 : e;
    }
}
