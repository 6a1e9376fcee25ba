namespace Proofs.Kernel.Checking;

/// <summary>The work that one check may spend, counted in elementary operations, so that no certificate runs for ever.</summary>
internal static class Work
{
    /// <summary>What a replay may spend; proofs that the search finds in seconds stay far below it.</summary>
    public const long Limit = 500_000_000;

    private const int LargestBits = 60_000;

    [ThreadStatic]
    private static long s_left;

    [ThreadStatic]
    private static CancellationToken s_stop;

    /// <summary>Grants work to this thread and returns what was left before.</summary>
    public static long Grant(long amount, CancellationToken stop)
    {
        (long before, s_left, s_stop) = (s_left, amount, stop);
        return before;
    }

    public static long Left => s_left;

    public static void Spend(long amount)
    {
        s_left -= amount;
        if (s_left < 0)
        {
            throw new Rejection("the work limit is exceeded");
        }

        s_stop.ThrowIfCancellationRequested();
    }

    public static BigRational Moderate(BigRational value) =>
        value.Numerator.GetBitLength() + value.Denominator.GetBitLength() <= LargestBits
            ? value
            : throw new Rejection("a number of the proof is too large");

    public static BigRational Power(BigRational value, int n)
    {
        long bits = value.Numerator.GetBitLength() + value.Denominator.GetBitLength();
        return bits <= 2 || bits * long.Abs(n) <= 2 * LargestBits
            ? Moderate(BigRational.Pow(value, n))
            : throw new Rejection("a power of the proof is too large");
    }
}
