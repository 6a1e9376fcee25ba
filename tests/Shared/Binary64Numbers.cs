namespace Proofs.Tests;

/// <summary>Binary64 numbers on which exact texts are tried.</summary>
internal static class Binary64Numbers
{
    /// <summary>
    /// Zero, all powers of two with their neighbours, both signs: the subnormal ones and the largest number are among
    /// them.
    /// </summary>
    public static IEnumerable<double> PowersOfTwoAndNeighbours() => Enumerable.Range(-1074, 2098)
        .Select(e => Math.ScaleB(1, e))
        .SelectMany(x => new[] { Math.BitDecrement(x), x, Math.BitIncrement(x) })
        .Append(double.MaxValue)
        .Where(double.IsFinite)
        .SelectMany(x => new[] { x, -x });

    /// <summary>Finite numbers with random bits, a quarter of them subnormal or next to it.</summary>
    public static IEnumerable<double> RandomBits(int count)
    {
        var random = new Random(1);
        return Enumerable.Range(0, count)
            .Select(k =>
                BitConverter.Int64BitsToDouble(
                    k % 4 == 0 ? random.NextInt64(1L << 53) : random.NextInt64(long.MinValue, long.MaxValue)))
            .Where(double.IsFinite);
    }
}
