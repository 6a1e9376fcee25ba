using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// Reverse of the real power b^t, defined for b > 0, and at b = 0 for t > 0. ln b · t = ln c splits by the signs of ln
// b, t and ln c.
// Each part is monotone in both data: one end lies at the corner nearest to ln c = 0, the other at the farthest one,
// with limits where a datum is 0 or infinite. The limit b = 1 or t = 0 is no member: a part that only touches the range
// there is empty.
public static partial class Reverse
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>
    /// The members b of <paramref name="x"/> with b^t in <paramref name="c"/> for some t of
    /// <paramref name="exponents"/>.
    /// </summary>
    /// <remarks>Guarantee: the hull, with bounds at most two ulp outside the tightest ones.</remarks>
    public static Interval PowBase(Interval exponents, Interval c, Interval x)
    {
        Interval bases = Interval.Intersect(x, NonNegative), all = Interval.Empty;
        if (bases.IsEmpty || exponents.IsEmpty || c.IsEmpty)
        {
            return all;
        }

        double t1 = exponents.Inf, t2 = exponents.Sup, c1 = Math.Max(c.Inf, 0);
        bool below = bases.Inf < 1 && bases.Sup > 0, above = bases.Sup > 1;
        if (exponents.Contains(0) && c.Contains(1) && bases.Sup > 0)
        {
            return bases; // b^0 = 1 for every b > 0
        }

        Join(c.Contains(1) && bases.Contains(1), 1, 1);
        Join(c.Contains(0) && t2 > 0 && bases.Contains(0), 0, 0);
        if (t2 > 0)
        {
            double t = Math.Max(t1, 0);
            Join(c.Sup > 1 && above, Near(Math.Max(c1, 1), t2).Inf, Far(c.Sup, t, Infinity).Sup);
            Join(c1 < 1 && c.Sup > 0 && below, Far(c1, t, 0).Inf, Near(Math.Min(c.Sup, 1), t2).Sup);
        }

        if (t1 < 0)
        {
            double t = Math.Min(t2, 0);
            Join(c.Sup > 1 && below, Far(c.Sup, t, 0).Inf, Near(Math.Max(c1, 1), t1).Sup);
            Join(c1 < 1 && c.Sup > 0 && above, Near(Math.Min(c.Sup, 1), t1).Inf, Far(c1, t, Infinity).Sup);
        }

        return all;

        void Join(bool occurs, double inf, double sup)
        {
            if (occurs)
            {
                all = Interval.Hull(all, Interval.Intersect(bases, Interval.Raw(inf, sup)));
            }
        }

        static Interval Near(double value, double t) =>
            value == 1 || double.IsInfinity(t) ? Interval.One : Root(value, t);

        static Interval Far(double value, double t, double limit) =>
            t == 0 || value == 0 || double.IsInfinity(value) ? Interval.Raw(limit, limit) : Root(value, t);

        static Interval Root(double value, double t) => value > 0 && double.IsFinite(value)
            ? Interval.Pow(Interval.Point(value), Binary64.Exact(t).Reciprocal())
            : Interval.Empty;
    }

    /// <summary>
    /// The members t of <paramref name="x"/> with b^t in <paramref name="c"/> for some b of <paramref name="bases"/>.
    /// </summary>
    /// <remarks>Guarantee: the tightest hull.</remarks>
    public static Interval PowExponent(Interval bases, Interval c, Interval x)
    {
        Interval b = Interval.Intersect(bases, NonNegative), all = Interval.Empty;
        if (b.IsEmpty || c.IsEmpty || x.IsEmpty)
        {
            return all;
        }

        double c1 = Math.Max(c.Inf, 0);
        if (b.Contains(1) && c.Contains(1))
        {
            return x; // 1^t = 1
        }

        Join(b.Sup > 0 && c.Contains(1) && x.Contains(0), 0, 0);
        Join(b.Contains(0) && c.Contains(0) && x.Sup > 0, 0, Infinity);
        if (b.Sup > 1)
        {
            double near = Math.Max(b.Inf, 1);
            Join(c.Sup > 1 && x.Sup > 0, Near(Math.Max(c1, 1), b.Sup).Inf, Far(c.Sup, near, Infinity).Sup);
            Join(c1 < 1 && c.Sup > 0 && x.Inf < 0, Far(c1, near, -Infinity).Inf, Near(Math.Min(c.Sup, 1), b.Sup).Sup);
        }

        if (b.Inf < 1 && b.Sup > 0)
        {
            double near = Math.Min(b.Sup, 1);
            Join(c.Sup > 1 && x.Inf < 0, Far(c.Sup, near, -Infinity).Inf, Near(Math.Max(c1, 1), b.Inf).Sup);
            Join(c1 < 1 && c.Sup > 0 && x.Sup > 0, Near(Math.Min(c.Sup, 1), b.Inf).Inf, Far(c1, near, Infinity).Sup);
        }

        return all;

        void Join(bool occurs, double inf, double sup)
        {
            if (occurs)
            {
                all = Interval.Hull(all, Interval.Intersect(x, Interval.Raw(inf, sup)));
            }
        }

        static Interval Near(double value, double b) =>
            value == 1 || b == 0 || double.IsInfinity(b) ? Interval.Zero : LogRatio(value, b);

        static Interval Far(double value, double b, double limit) =>
            b == 1 || value == 0 || double.IsInfinity(value) ? Interval.Raw(limit, limit) : LogRatio(value, b);
    }

    // ln v / ln b for positive numbers v and b other than 1. Where the ratio is a binary64 number t, b^t = v exactly.
    private static Interval LogRatio(double v, double b)
    {
        if (!(v > 0 && b > 0 && double.IsFinite(v) && double.IsFinite(b) && b != 1))
        {
            return Interval.Empty; // a corner of a part that does not occur
        }

        var rough = Interval.Log(Interval.Point(v)) / Interval.Log(Interval.Point(b));
        for (double t = rough.Inf; t <= rough.Sup; t = Math.BitIncrement(t))
        {
            if (Interval.Pow(Interval.Point(b), Binary64.Exact(t)) is { IsPoint: true } power && power.Contains(v))
            {
                return Interval.Point(t);
            }
        }

        return Tightest.Ziv(
            p => Precise.LogOf(Binary64.ExactDyadic(v), p) / Precise.LogOf(Binary64.ExactDyadic(b), p),
            Math.Max(0, -Math.ILogB(rough.Mignitude)));
    }
}
