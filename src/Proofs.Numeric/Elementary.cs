using System.Numerics;

namespace Proofs.Numeric;

// The tightest interval around f(x) at a finite binary64 x in the domain.
internal static class Elementary
{
    public static Interval Exp(double x) => Tightest.Exp(x);

    public static Interval Exp2(double x) => Tightest.Exp2(x);

    public static Interval Exp10(double x) => Tightest.Exp10(x);

    public static Interval Expm1(double x) => Tightest.Expm1(x);

    public static Interval Log(double x) => Tightest.Log(x);

    public static Interval Log2(double x) => Tightest.Log2(x);

    public static Interval Log10(double x) => Tightest.Log10(x);

    public static Interval Log1p(double x) => Tightest.Log1p(x);

    public static Interval Sin(double x) => Tightest.Sin(x);

    public static Interval Cos(double x) => Tightest.Cos(x);

    public static Interval Tan(double x) => Tightest.Tan(x);

    public static Interval Atan(double x) => Tightest.Atan(x);

    public static Interval Asin(double x) => Tightest.Asin(x);

    public static Interval Acos(double x) => Tightest.Acos(x);

    public static Interval Sinh(double x) => Tightest.Sinh(x);

    public static Interval Cosh(double x) => Tightest.Cosh(x);

    public static Interval Tanh(double x) => Tightest.Tanh(x);

    // x > 0.
    public static Interval Pow(double x, double y) => Tightest.Pow(x, Binary64.Exact(y));

    public static BigInteger Quarters(double x) => Tightest.Quarters(x);
}
