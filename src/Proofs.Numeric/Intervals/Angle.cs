namespace Proofs.Numeric.Intervals;

// atan2 on boxes. The angle jumps from pi to -pi across the negative half-axis and is continuous elsewhere off the
// origin; on a box that avoids both it is monotone along each side, so its extremes lie at two corners that the box's
// position selects.
// At most one coordinate of such a corner is infinite, and no such corner is the origin.
internal static class Angle
{
    public static Interval Of(Interval y, Interval x)
    {
        if (y.IsEmpty || x.IsEmpty || (IsZero(x) && IsZero(y)))
        {
            return Interval.Empty;
        }

        if (y.Sup < 0)
        {
            return -Upper(-y, x); // no angle here is pi, so the lower half-plane mirrors the upper
        }

        if (y.Inf >= 0)
        {
            return Upper(y, x);
        }

        if (x.Inf < 0)
        {
            return Interval.Raw(-Tightest.Pi.Sup, Tightest.Pi.Sup);
        }

        // 0 <= x on both sides of the axis; with y <= 0 and x = 0 only the downward direction is left.
        double top = y.Sup > 0 ? Corner(y.Sup, x.Inf).Sup : x.Sup > 0 ? 0 : -Tightest.HalfPi.Inf;
        return Interval.Raw(Corner(y.Inf, x.Inf).Inf, top);
    }

    // 0 <= y: the angle falls with x; it rises with y on the right of the axis and falls with it on the left.
    private static Interval Upper(Interval y, Interval x)
    {
        double low = x.Sup > 0 ? Corner(y.Inf, x.Sup).Inf
            : x.Sup < 0 ? Corner(y.Sup, x.Sup).Inf
            : y.Sup > 0 ? Tightest.HalfPi.Inf : Tightest.Pi.Inf;
        double high = x.Inf < 0 ? Corner(y.Inf, x.Inf).Sup
            : x.Inf > 0 ? Corner(y.Sup, x.Inf).Sup
            : y.Sup > 0 ? Tightest.HalfPi.Sup : 0;
        return Interval.Raw(low, high);
    }

    private static Interval Corner(double y, double x)
    {
        if (double.IsInfinity(x))
        {
            return x > 0 ? Interval.Zero : Tightest.Pi;
        }

        return double.IsInfinity(y)
            ? y > 0 ? Tightest.HalfPi : -Tightest.HalfPi
            : Tightest.Atan2(y, x);
    }

    private static bool IsZero(Interval x) => x is { Inf: 0, Sup: 0 };
}
