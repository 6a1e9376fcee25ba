using System.Runtime.CompilerServices;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// The unevaluated sum High + Low of two binary64 numbers, in round-to-nearest arithmetic. Products below 2^-969 never
// occur here.
internal readonly record struct Pair(double High, double Low)
{
    // a + b exactly, for |a| >= |b| or a = 0 (Dekker).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair FastSum(double a, double b)
    {
        double s = a + b;
        return new(s, b - (s - a));
    }

    // a + b exactly (Knuth).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair Sum(double a, double b)
    {
        double s = a + b, t = s - a;
        return new(s, (a - (s - t)) + (b - t));
    }

    // a b exactly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair Product(double a, double b)
    {
        double p = a * b;
        return new(p, Math.FusedMultiplyAdd(a, b, -p));
    }

    // a/b with relative error at most 2^-98, for normalised pairs (|Low| <= 2^-52 |High|): q1 + q2 with q1 = a1/b1
    // rounded, the remainder a - q1 b formed with its leading part exact, and q2 its quotient.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair Quotient(Pair a, Pair b)
    {
        double q = a.High / b.High;
        double rest = Math.FusedMultiplyAdd(-q, b.High, a.High) + (a.Low - (q * b.Low));
        return FastSum(q, rest / b.High);
    }

    // The number rounded to a pair: error at most 2^-106 of it.
    public static Pair Of(BigRational value)
    {
        double high = Binary64.Nearest(value);
        return new(high, Binary64.Nearest(value - BigRational.Exact(high)));
    }

    // The middle of a ball rounded to a pair; balls for tables have 192 bits.
    public static Pair Of(FixedBall ball) => Of(new BigRational(ball.Mid) * BigRational.PowerOfTwo(-ball.Bits));
}

// What an evaluation knows: the value lies within Error of High + Low, and |Low| is at most half a unit of High.
internal readonly record struct Approximation(double High, double Low, double Error)
{
    // Says nothing, so it never decides.
    public static Approximation None => new(0, 0, double.PositiveInfinity);

    // The two neighbours that enclose the value where the error leaves no doubt on which side of High it lies, else
    // null. The value is no binary64 number (see Tightest), High is normal, and |Low| + Error stays below the gap to
    // either neighbour.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryDecide(out Interval set)
    {
        if (Low > Error)
        {
            set = Interval.Raw(High, Math.BitIncrement(High));
            return true;
        }

        if (Low < -Error)
        {
            set = Interval.Raw(Math.BitDecrement(High), High);
            return true;
        }

        set = default;
        return false;
    }
}
