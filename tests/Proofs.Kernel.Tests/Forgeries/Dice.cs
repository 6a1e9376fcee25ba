namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>Random choices from a seed, the same on every machine.</summary>
internal sealed class Dice(int seed)
{
    private ulong _state = Mixed(Mixed((ulong)seed + 0x1234567));

    /// <summary>A number from 0 to <paramref name="count"/> − 1 (splitmix64).</summary>
    public int Next(int count)
    {
        _state += 0x9E3779B97F4A7C15;
        return (int)(Mixed(_state) % (ulong)count);
    }

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    public bool Chance(int percent) => Next(100) < percent;

    public T Of<T>(params IReadOnlyList<T> choices) => choices[Next(choices.Count)];
}
