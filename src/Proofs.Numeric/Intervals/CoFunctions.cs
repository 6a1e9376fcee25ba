namespace Proofs.Numeric.Intervals;

// The cotangents: decreasing on each piece of their domains.
internal static class CoFunctions
{
    private const double Infinity = double.PositiveInfinity;

    // cot has its poles at the even quarters; only 0 among them is a binary64 number.
    public static Interval Cot(Interval x)
    {
        if (x.IsEmpty || x is { Inf: 0, Sup: 0 })
        {
            return Interval.Empty;
        }

        if (!x.IsBounded || x.Width >= 4)
        {
            return Interval.Entire;
        }

        // A pole strictly inside makes everything reachable; one at an end (0) makes that side infinite.
        var (first, last) = (Tightest.Quarters(x.Inf), Tightest.Quarters(x.Sup));
        if (x.Sup == 0)
        {
            return last - first >= 3 ? Interval.Entire : Interval.Raw(-Infinity, Tightest.Cot(x.Inf).Sup);
        }

        if (last - first >= 2 || (last != first && last.IsEven))
        {
            return Interval.Entire;
        }

        return Interval.Raw(Tightest.Cot(x.Sup).Inf, x.Inf == 0 ? Infinity : Tightest.Cot(x.Inf).Sup);
    }

    public static Interval Coth(Interval x)
    {
        if (x.IsEmpty || x is { Inf: 0, Sup: 0 })
        {
            return Interval.Empty;
        }

        return x.Inf < 0 && x.Sup > 0
            ? Interval.Entire
            : Interval.Raw(
                x.Sup == 0 ? -Infinity : At(x.Sup).Inf,
                x.Inf == 0 ? Infinity : At(x.Inf).Sup);

        static Interval At(double v) => double.IsInfinity(v) ? Interval.Point(Math.Sign(v)) : Tightest.Coth(v);
    }

    public static Interval Acot(Interval x)
    {
        return x.IsEmpty ? x : Interval.Raw(At(x.Sup).Inf, At(x.Inf).Sup);

        static Interval At(double v) =>
            double.IsInfinity(v) ? v > 0 ? Interval.Zero : Tightest.Pi : Tightest.Acot(v);
    }

    public static Interval Acoth(Interval x)
    {
        Interval left = Interval.Intersect(x, Interval.Raw(-Infinity, -1));
        Interval right = Interval.Intersect(x, Interval.Raw(1, Infinity));
        if (left is { Inf: -1 })
        {
            left = Interval.Empty;
        }

        if (right is { Sup: 1 })
        {
            right = Interval.Empty;
        }

        return Interval.Hull(Branch(left), Branch(right));

        static Interval Branch(Interval v) => v.IsEmpty
            ? v
            : Interval.Raw(
                double.IsInfinity(v.Sup) ? 0 : v.Sup == -1 ? -Infinity : Tightest.Acoth(v.Sup).Inf,
                double.IsInfinity(v.Inf) ? 0 : v.Inf == 1 ? Infinity : Tightest.Acoth(v.Inf).Sup);
    }
}
