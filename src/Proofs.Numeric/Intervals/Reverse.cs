using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

/// <summary>Reverse operations: what an argument can be, given the result; the steps of a contractor.</summary>
/// <remarks>
/// Guarantee: the tightest interval that contains every t of <c>x</c> with f(t) in <c>c</c>, unless a member says
/// otherwise.
/// </remarks>
public static partial class Reverse
{
    private static readonly Interval NonNegative = Interval.Between(0, double.PositiveInfinity);

    /// <summary>The members t of <paramref name="x"/> with t² in <paramref name="c"/>.</summary>
    public static Interval Sqr(Interval c, Interval x) => BothSigns(Interval.Sqrt(c), x);

    /// <summary>The members t of <paramref name="x"/> with |t| in <paramref name="c"/>.</summary>
    public static Interval Abs(Interval c, Interval x) => BothSigns(Interval.Intersect(c, NonNegative), x);

    /// <summary>The members t of <paramref name="x"/> with t^n in <paramref name="c"/>.</summary>
    public static Interval Pow(Interval c, Interval x, int n) => n switch
    {
        0 => c.Contains(1) ? x : Interval.Empty,
        _ when (n & 1) == 0 => BothSigns(Interval.Root(c, n), x),
        _ => Interval.Hull(
            Interval.Intersect(x, Interval.Root(Interval.Intersect(c, NonNegative), n)),
            Interval.Intersect(x, Interval.Root(Interval.Intersect(c, -NonNegative), n))),
    };

    /// <summary>The members t of <paramref name="x"/> with cosh t in <paramref name="c"/>.</summary>
    public static Interval Cosh(Interval c, Interval x) => BothSigns(Interval.Acosh(c), x);

    /// <summary>The members t of <paramref name="x"/> with sin t in <paramref name="c"/>.</summary>
    public static Interval Sin(Interval c, Interval x)
    {
        // t = k pi + (-1)^k s with s in asin c.
        var s = Interval.Intersect(c, Interval.Between(-1, 1));
        return Periodic.Contract(s, x, Periodic.Asin, alternating: true);
    }

    /// <summary>The members t of <paramref name="x"/> with cos t in <paramref name="c"/>.</summary>
    public static Interval Cos(Interval c, Interval x)
    {
        // t = 2 k pi - s or 2 k pi + s with s in acos c.
        var s = Interval.Intersect(c, Interval.Between(-1, 1));
        return Periodic.Contract(s, x, Periodic.MinusAcos, alternating: true);
    }

    /// <summary>The members t of <paramref name="x"/> with tan t in <paramref name="c"/>.</summary>
    public static Interval Tan(Interval c, Interval x) => Periodic.Contract(c, x, Periodic.Atan, alternating: false);

    /// <summary>The members t of <paramref name="x"/> with t · b in <paramref name="c"/> for some b.</summary>
    public static Interval Multiply(Interval b, Interval c, Interval x)
    {
        var pair = MultiplyToPair(b, c);
        return Interval.Hull(Interval.Intersect(x, pair.First), Interval.Intersect(x, pair.Second));
    }

    /// <summary>
    /// All t with t · b in <paramref name="c"/> for some b, as up to two intervals, the lower one first.
    /// </summary>
    /// <remarks>Domain: two where b crosses 0 and c does not contain it; all reals where both contain 0.</remarks>
    public static IntervalPair MultiplyToPair(Interval b, Interval c)
    {
        if (b.IsEmpty || c.IsEmpty)
        {
            return new(Interval.Empty, Interval.Empty);
        }

        if (!b.Contains(0))
        {
            return new(c / b, Interval.Empty);
        }

        if (c.Contains(0))
        {
            return new(Interval.Entire, Interval.Empty);
        }

        // The quotients by the negative and by the positive part of b, each a half-line or empty.
        Interval left = c / Interval.Intersect(b, -NonNegative), right = c / Interval.Intersect(b, NonNegative);
        var (first, second) = c.Inf > 0 ? (left, right) : (right, left);
        return first.IsEmpty ? new(second, Interval.Empty) : new(first, second);
    }

    private static Interval BothSigns(Interval magnitudes, Interval x) =>
        Interval.Hull(Interval.Intersect(x, magnitudes), Interval.Intersect(x, -magnitudes));

    // Sets of the form of a union over k of k pi + B or, for odd k where they alternate, k pi - B.
    private static class Periodic
    {
        private const int Bits = 256;

        public static DyadicInterval Asin(double c, int p) => c == 0 ? default : Of(
            c == 1 || c == -1
                ? FixedConstants.Pi(p).Half().Times(Math.Sign(c))
                : Tightest.AsinOf(Binary64.ExactDyadic(c), p));

        // Minus the arccosine, which increases with c.
        public static DyadicInterval MinusAcos(double c, int p) => c == 1 ? default : Of(
            c == -1 ? -FixedConstants.Pi(p) : -Tightest.AcosOf(Binary64.ExactDyadic(c), p));

        public static DyadicInterval Atan(double c, int p) => c == 0 ? default : Of(double.IsInfinity(c)
            ? FixedConstants.Pi(p).Half().Times(Math.Sign(c))
            : FixedFunctions.Atan(FixedBall.Of(Binary64.ExactDyadic(c), p)));

        public static Interval Contract(
            Interval c, Interval x, Func<double, int, DyadicInterval> inverse, bool alternating)
        {
            if (c.IsEmpty || x.IsEmpty)
            {
                return Interval.Empty;
            }

            int p = Bits + Math.Max(Size(c.Inf), Size(c.Sup)) + Math.Max(Size(x.Inf), Size(x.Sup));
            DyadicInterval low = inverse(c.Inf, p), high = inverse(c.Sup, p);
            bool cos = inverse == MinusAcos;
            var all = Of(FixedConstants.Pi(p));
            double inf = double.IsInfinity(x.Inf) ? x.Inf : First(x.Inf, up: true);
            double sup = double.IsInfinity(x.Sup) ? x.Sup : First(x.Sup, up: false);
            return inf <= sup ? Interval.Raw(inf, sup) : Interval.Empty;

            // The first member at or after the bound, outward rounded; beyond x there is none.
            double First(double from, bool up)
            {
                var bound = Binary64.ExactDyadic(from);
                var turns = (bound.ToRational() / all.Inf.ToRational()).Floor();
                for (int i = -3; i <= 3; i++)
                {
                    var piece = Piece(up ? turns + i : turns - i);
                    if (up && piece.Sup >= bound)
                    {
                        return Math.Max(from, Binary64.RoundDown(piece.Inf));
                    }

                    if (!up && piece.Inf <= bound)
                    {
                        return Math.Min(from, Binary64.RoundUp(piece.Sup));
                    }
                }

                return from;
            }

            // The k-th piece, in increasing order of k. For the cosine B = [-acos c.Inf, -acos c.Sup] and the turns are
            // 2 pi: the pieces are k pi + B for even k and (k - 1) pi - B for odd k.
            DyadicInterval Piece(BigInteger k)
            {
                var shift = all * DyadicInterval.Point(new Dyadic(cos && !k.IsEven ? k - 1 : k, 0));
                return alternating && !k.IsEven
                    ? DyadicInterval.Between((shift - high).Inf, (shift - low).Sup)
                    : DyadicInterval.Between((shift + low).Inf, (shift + high).Sup);
            }
        }

        private static DyadicInterval Of(FixedBall ball) =>
            DyadicInterval.Between(new Dyadic(ball.Low, -ball.Bits), new Dyadic(ball.High, -ball.Bits));

        // Bits before or after the point of a bound.
        private static int Size(double x) => x == 0 || double.IsInfinity(x) ? 0 : Math.Abs(Math.ILogB(x));
    }
}
