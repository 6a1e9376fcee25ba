using static Proofs.Numeric.Rounding.DirectedRounding;

namespace Proofs.Numeric.Intervals;

// Products of two intervals bound by bound: the path without AVX-512. 0 times a bound is 0, also where it is infinite.
internal static class SoftwareProducts
{
    public static Interval Multiply(Interval a, Interval b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return Interval.Empty;
        }

        double inf = Math.Min(
            Math.Min(Down(a.Inf, b.Inf), Down(a.Inf, b.Sup)), Math.Min(Down(a.Sup, b.Inf), Down(a.Sup, b.Sup)));
        double sup =
            Math.Max(Math.Max(Up(a.Inf, b.Inf), Up(a.Inf, b.Sup)), Math.Max(Up(a.Sup, b.Inf), Up(a.Sup, b.Sup)));
        return Interval.Raw(inf, sup);
    }

    public static Interval Fma(Interval x, Interval y, Interval z)
    {
        if (x.IsEmpty || y.IsEmpty || z.IsEmpty)
        {
            return Interval.Empty;
        }

        double inf = Math.Min(
            Math.Min(Down(x.Inf, y.Inf, z.Inf), Down(x.Inf, y.Sup, z.Inf)),
            Math.Min(Down(x.Sup, y.Inf, z.Inf), Down(x.Sup, y.Sup, z.Inf)));
        double sup = Math.Max(
            Math.Max(Up(x.Inf, y.Inf, z.Sup), Up(x.Inf, y.Sup, z.Sup)),
            Math.Max(Up(x.Sup, y.Inf, z.Sup), Up(x.Sup, y.Sup, z.Sup)));
        return Interval.Raw(inf, sup);
    }

    private static double Down(double a, double b) => a == 0 || b == 0 ? 0 : MultiplyDown(a, b);

    private static double Up(double a, double b) => a == 0 || b == 0 ? 0 : MultiplyUp(a, b);

    private static double Down(double a, double b, double c) =>
        a == 0 || b == 0 || double.IsInfinity(c) ? c : FusedMultiplyAddDown(a, b, c);

    private static double Up(double a, double b, double c) =>
        a == 0 || b == 0 || double.IsInfinity(c) ? c : FusedMultiplyAddUp(a, b, c);
}
