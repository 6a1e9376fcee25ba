using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Executions;

/// <summary>
/// A binary floating-point format of IEEE 754, rounded to nearest, ties to even, with gradual underflow.
/// </summary>
public sealed class NumberFormat
{
    private NumberFormat(string name, int precision, int leastExponent, int endExponent) =>
        (Name, Precision, LeastExponent, EndExponent) = (name, precision, leastExponent, endExponent);

    /// <summary>ONNX's float.</summary>
    public static NumberFormat Binary32 { get; } = new("binary32", 24, -149, 128);

    /// <summary>ONNX's double.</summary>
    public static NumberFormat Binary64 { get; } = new("binary64", 53, -1074, 1024);

    /// <summary>What IEEE 754 calls the format.</summary>
    public string Name { get; }

    /// <summary>The bits of a significand.</summary>
    public int Precision { get; }

    /// <summary>The smallest positive number is 2 to this power.</summary>
    public int LeastExponent { get; }

    /// <summary>Every finite number is below 2 to this power.</summary>
    public int EndExponent { get; }

    /// <summary>The power of two above which every number is normal.</summary>
    public int LeastNormalExponent => LeastExponent + Precision - 1;

    /// <summary>u: a rounding to a normal number misses at most this fraction of the exact one.</summary>
    public double Roundoff => Math.ScaleB(1, -Precision);

    /// <summary>What rounding makes of a number; null where it overflows.</summary>
    /// <remarks>Guarantee: exact; zeros have no sign.</remarks>
    public BigRational? Nearest(BigRational value)
    {
        if (value.IsZero)
        {
            return value;
        }

        var (numerator, denominator) = (BigInteger.Abs(value.Numerator), value.Denominator);
        int quantum = Math.Max(FloorLog(numerator, denominator) - Precision + 1, LeastExponent);
        var scaledDown = quantum < 0 ? numerator << -quantum : numerator;
        var scaledUp = quantum > 0 ? denominator << quantum : denominator;
        var significand = BigInteger.DivRem(scaledDown, scaledUp, out var rest);
        int half = (rest << 1).CompareTo(scaledUp);
        significand += half > 0 || (half == 0 && !significand.IsEven) ? 1 : 0;
        var rounded = new BigRational(value.Sign * significand) * BigRational.PowerOfTwo(quantum);
        return BigRational.Abs(rounded) < BigRational.PowerOfTwo(EndExponent) ? rounded : null;
    }

    /// <summary>Whether a number is one of the format.</summary>
    public bool Contains(BigRational value) => Nearest(value) == value;

    /// <summary>A number of the format between two numbers, near a third one; null where there is none.</summary>
    public BigRational? Near(BigRational value, BigRational lower, BigRational upper)
    {
        foreach (var end in (BigRational[])[value, lower, upper])
        {
            if (Nearest(end) is not { } nearest)
            {
                continue;
            }

            var quantum = Quantum(nearest);
            foreach (var candidate in (BigRational[])[nearest, nearest + quantum, nearest - quantum])
            {
                if (lower <= candidate && candidate <= upper && Contains(candidate))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private BigRational Quantum(BigRational value) => BigRational.PowerOfTwo(value.IsZero
        ? LeastExponent
        : Math.Max(FloorLog(BigInteger.Abs(value.Numerator), value.Denominator) - Precision + 1, LeastExponent));

    // floor(log2(p/q)) of a positive fraction
    private static int FloorLog(BigInteger p, BigInteger q)
    {
        int guess = checked((int)(p.GetBitLength() - q.GetBitLength()));
        var (left, right) = guess >= 0 ? (p, q << guess) : (p << -guess, q);
        return left >= right ? guess : guess - 1;
    }
}
