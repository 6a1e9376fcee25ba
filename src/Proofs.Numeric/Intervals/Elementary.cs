using System.Numerics;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// The tightest interval around f(x) at a finite binary64 x in the domain: pairs of doubles where they decide, which
// they do on all but about one point in a thousand, and growing fixed point (Tightest) where they don't, and at the
// ends of the range.
internal static class Elementary
{
    public static Interval Exp(double x) => FastExp.Exp(x).TryDecide(out var set) ? set : Tightest.Exp(x);

    public static Interval Exp2(double x) => FastExp.Exp2(x).TryDecide(out var set) ? set : Tightest.Exp2(x);

    public static Interval Exp10(double x) => Tightest.Exp10(x);

    public static Interval Expm1(double x) => FastExp.Expm1(x).TryDecide(out var set) ? set : Tightest.Expm1(x);

    public static Interval Log(double x) => FastLog.Log(x).TryDecide(out var set) ? set : Tightest.Log(x);

    public static Interval Log2(double x) => FastLog.Log2(x).TryDecide(out var set) ? set : Tightest.Log2(x);

    public static Interval Log10(double x) => FastLog.Log10(x).TryDecide(out var set) ? set : Tightest.Log10(x);

    public static Interval Log1p(double x) => FastLog.Log1p(x).TryDecide(out var set) ? set : Tightest.Log1p(x);

    public static Interval Sin(double x) => FastCircular.Sin(x).TryDecide(out var set) ? set : Tightest.Sin(x);

    public static Interval Cos(double x) => FastCircular.Cos(x).TryDecide(out var set) ? set : Tightest.Cos(x);

    public static Interval Tan(double x) => FastCircular.Tan(x).TryDecide(out var set) ? set : Tightest.Tan(x);

    public static Interval Atan(double x) => FastCircular.Atan(x).TryDecide(out var set) ? set : Tightest.Atan(x);

    public static Interval Asin(double x) => Tightest.Asin(x);

    public static Interval Acos(double x) => Tightest.Acos(x);

    public static Interval Sinh(double x) =>
        FastExp.Hyperbolic(x, sine: true).TryDecide(out var set) ? set : Tightest.Sinh(x);

    public static Interval Cosh(double x) =>
        FastExp.Hyperbolic(x, sine: false).TryDecide(out var set) ? set : Tightest.Cosh(x);

    public static Interval Tanh(double x) => FastExp.Tanh(x).TryDecide(out var set) ? set : Tightest.Tanh(x);

    // x > 0.
    public static Interval Pow(double x, double y) =>
        FastLog.Pow(x, y).TryDecide(out var set) ? set : Tightest.Pow(x, Binary64.Exact(y));

    public static BigInteger Quarters(double x) =>
        FastCircular.Quarters(x, out int quarters) ? quarters : Tightest.Quarters(x);
}
