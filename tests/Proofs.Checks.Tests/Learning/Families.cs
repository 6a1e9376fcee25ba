using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Dimension;
using Proofs.Checks.Learning;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Tests.Learning;

/// <summary>Random architectures, parameters and points, all of a seed.</summary>
internal static class Families
{
    private const int Kinds = 7;

    /// <summary>A kind of architecture and a seed.</summary>
    public static readonly Arbitrary<(int Kind, int Seed)> Any = Arb.From(
        from kind in Gen.Choose(0, Kinds - 1)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select (kind, seed));

    /// <summary>Seeds.</summary>
    public static readonly Arbitrary<int> Seeds = Arb.From(Gen.Choose(0, int.MaxValue - 1));

    /// <summary>An architecture of the kind.</summary>
    public static ParametricNetwork Of(int kind, int seed)
    {
        var random = new SplitMix64((ulong)seed);
        return kind switch
        {
            0 => Architectures.FullyConnected(Widths(random)),
            1 => Architectures.OfSize(1 + random.NextBelow(3), 1 + random.NextBelow(3), 20 + random.NextBelow(60)),
            2 => Architectures.Like(Sparse(random, Widths(random)), allBiases: random.NextBelow(2) == 0),
            3 => Architectures.Residual(
                1 + random.NextBelow(3), 1 + random.NextBelow(3), 1 + random.NextBelow(4), 1 + random.NextBelow(3), 1),
            4 => Architectures.Parallel(Of(random.NextBelow(4), seed / 2), 1 + random.NextBelow(5)),
            5 => DeepSets(random, Pooling.Sum),
            _ => DeepSets(random, Pooling.Max),
        };
    }

    /// <summary>Parameters of all sizes: zeros of both signs, subnormal and large ones among them.</summary>
    public static double[] Wild(int count, int seed)
    {
        var random = new SplitMix64((ulong)seed ^ 0x11D);
        double[] special = [0, -0.0, double.Epsilon, -double.Epsilon, 1e300, -1e300, 1, -1, double.MaxValue, 5e-310];
        return [.. Enumerable.Range(0, count).Select(_ =>
            random.NextBelow(3) == 0 ? special[random.NextBelow(special.Length)] : Small(random))];
    }

    /// <summary>Parameters with few bits, so that exact numbers stay short; no two are equal in absolute value, and
    /// none is 0.</summary>
    public static double[] Tame(int count, int seed)
    {
        var random = new SplitMix64((ulong)seed ^ 0x7A3E);
        int[] order = random.Sample(4 * (count + 8), count);
        return [.. order.Select(k => (random.NextBelow(2) == 0 ? 1 : -1) * (k + 1) / 16.0)];
    }

    /// <summary>A point with few bits.</summary>
    public static BigRational[] Point(int dimension, SplitMix64 random) =>
        [.. Enumerable.Range(0, dimension).Select(_ => new BigRational(random.NextBelow(129) - 64, 8))];

    /// <summary>ρ.</summary>
    public static BigRational Relu(BigRational x) => BigRational.Max(x, BigRational.Zero);

    private static ParametricNetwork DeepSets(SplitMix64 random, Pooling pooling) => Architectures.DeepSets(
        1 + random.NextBelow(5), [1 + random.NextBelow(2), 1 + random.NextBelow(3), 1 + random.NextBelow(3)], pooling,
        random.NextBelow(2) == 0 ? [1] : [2, 1]);

    private static int[] Widths(SplitMix64 random) =>
        [1 + random.NextBelow(3), .. Enumerable.Range(0, random.NextBelow(4)).Select(_ => 1 + random.NextBelow(5)), 1];

    private static ReluNetwork Sparse(SplitMix64 random, int[] widths) => new([.. widths.Skip(1).Select((rows, l) =>
        Affine.FromRows(
            [.. Enumerable.Range(0, rows).Select(i => (IReadOnlyList<double>)[.. Enumerable.Range(0, widths[l]).Select(
                j => i + j > 0 && random.NextBelow(2) == 0 ? 0 : Small(random))])],
            [.. Enumerable.Range(0, rows).Select(_ => random.NextBelow(2) == 0 ? 0 : Small(random))]))]);

    private static double Small(SplitMix64 random) => (2 * random.NextUnit()) - 1;
}
