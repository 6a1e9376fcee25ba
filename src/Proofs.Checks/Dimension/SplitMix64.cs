namespace Proofs.Checks.Dimension;

/// <summary>The random numbers of SplitMix64: the same seed gives the same numbers on every machine.</summary>
/// <remarks>Source: Steele, Lea, Flood, OOPSLA 2014; math/02, section 6.</remarks>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number in 0 … <paramref name="count"/> − 1.</summary>
    public int NextBelow(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>A number in [0, 1), a multiple of 2^(−53).</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>The first <paramref name="count"/> of 0 … total − 1 in a random order.</summary>
    public int[] Sample(int total, int count)
    {
        int[] all = [.. Enumerable.Range(0, total)];
        for (int i = 0; i < count; i++)
        {
            int j = i + NextBelow(total - i);
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all[..count];
    }
}
