using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

// The function h(t) = t^p log(t)^k for t > 0, p > 0 and a whole k ≥ 1. It tends to 0 at 0, where the product of the two
// ranges is unbounded; h' = t^(p−1) log(t)^(k−1) (p log t + k) vanishes at e^(−k/p) and 1 alone, so h is monotone
// between those.
internal static class PowerLog
{
    public static Interval Range(Interval t, BigRational p, int k)
    {
        t = Interval.Intersect(t, Interval.Between(0, double.PositiveInfinity));
        if (t.IsEmpty || t.Sup <= 0)
        {
            return Interval.Empty;
        }

        var range = Interval.Hull(At(t.Inf, p, k), At(t.Sup, p, k));
        var turn = Interval.Exp(Interval.Enclose(new BigRational(-k) / p));
        if (!Interval.Intersect(t, turn).IsEmpty)
        {
            range = Interval.Hull(range, Product(turn, p, k));
        }

        return t.Contains(1) ? Interval.Hull(range, Interval.Zero) : range;
    }

    // h' = p t^(p−1) log^k + k t^(p−1) log^(k−1).
    public static Interval Slope(Interval t, BigRational p, int k)
    {
        if (!(t.Inf > 0))
        {
            return Interval.Entire;
        }

        var log = Interval.Log(t);
        return Interval.Pow(t, p - 1) * Powers.Whole(log, k - 1) * ((Interval.Enclose(p) * log) + Interval.Point(k));
    }

    // h'' = t^(p−2) log^(k−2) (p (p − 1) log² + k (2p − 1) log + k (k − 1)).
    public static Interval Curvature(Interval t, BigRational p, int k)
    {
        if (!(t.Inf > 0))
        {
            return Interval.Entire;
        }

        Interval log = Interval.Log(t), power = Interval.Pow(t, p - 2);
        var linear = (Interval.Enclose(p * (p - 1)) * log) + Interval.Enclose(k * ((2 * p) - 1));
        return k == 1
            ? power * linear
            : power * Powers.Whole(log, k - 2) * ((linear * log) + Interval.Point((double)k * (k - 1)));
    }

    private static Interval At(double t, BigRational p, int k) => t == 0 ? Interval.Zero
        : double.IsPositiveInfinity(t) ? Interval.Between(double.MaxValue, t)
        : Product(Interval.Point(t), p, k);

    private static Interval Product(Interval t, BigRational p, int k) =>
        Interval.Pow(t, p) * Powers.Whole(Interval.Log(t), k);
}
