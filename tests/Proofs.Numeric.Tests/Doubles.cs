using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests;

// Binary64 numbers where rounding errors live: random bits, small integers and quotients, subnormals, the edges of
// overflow and underflow, neighbours of powers of two, zeros; and intervals of them with exact members, half of which
// are end points.
internal static class Doubles
{
    private static readonly double[] Edges =
    [
        0, -0.0, double.Epsilon, -double.Epsilon, 2.2250738585072014e-308, 2.225073858507201e-308, double.MaxValue,
        -double.MaxValue, 1, -1, 1.0000000000000002, 0.9999999999999999, 4.450147717014403e-308, 8.98846567431158e307,
    ];

    public static Gen<double> AnyFinite { get; } = Gen.OneOf(
        Gen.Elements(Edges),
        Random(Gen.Choose(0, 2046)),
        Random(Gen.Choose(1000, 1046)),
        Random(Gen.Choose(0, 3)),
        Random(Gen.Choose(2040, 2046)),
        from n in Gen.Choose(-1000, 1000) from d in Gen.Choose(1, 40) select n / (double)d,
        from e in Gen.Choose(-1074, 1023)
        from s in Gen.Elements(-1.0, 1.0)
        from u in Gen.Choose(-2, 2)
        select Step(s * Math.ScaleB(1, e), u));

    public static Gen<double> Moderate { get; } = Gen.OneOf(
        Random(Gen.Choose(1000, 1046)),
        from n in Gen.Choose(-1000, 1000) from d in Gen.Choose(1, 40) select n / (double)d);

    public static Arbitrary<double> Finite => AnyFinite.ToArbitrary();

    public static Gen<Interval> AnyInterval { get; } = Gen.OneOf(
        from a in AnyFinite from b in AnyFinite select Interval.Between(Math.Min(a, b), Math.Max(a, b)),
        from a in Moderate from b in Moderate select Interval.Between(Math.Min(a, b), Math.Max(a, b)),
        from a in AnyFinite select Interval.Point(a),
        from a in AnyFinite select Interval.Between(a, Math.Max(a, Math.BitIncrement(a))).Bounded());

    // A bounded interval and an exact member of it.
    public static Gen<Member> AnyMember { get; } = Of(AnyInterval);

    public static Arbitrary<Member> Members => AnyMember.ToArbitrary();

    public static Gen<Member> Of(Gen<Interval> intervals) =>
        from set in intervals
        from at in Gen.OneOf(Gen.Elements(0, 1000), Gen.Choose(0, 1000))
        let t = new BigRational(at, 1000)
        select new Member(set, ((1 - t) * BigRational.Exact(set.Inf)) + (t * BigRational.Exact(set.Sup)));

    public static double Step(double x, int units)
    {
        for (; units > 0; units--)
        {
            x = Math.BitIncrement(x);
        }

        for (; units < 0; units++)
        {
            x = Math.BitDecrement(x);
        }

        return double.IsFinite(x) ? x : 1;
    }

    private static Interval Bounded(this Interval x) => x.IsBounded ? x : Interval.Point(x.Inf);

    private static Gen<double> Random(Gen<int> exponents) =>
        from e in exponents
        from high in Gen.Choose(0, (1 << 20) - 1)
        from low in Gen.OneOf(Gen.Constant(0), Gen.Choose(int.MinValue, int.MaxValue))
        from negative in Gen.Elements(0L, 1L)
        select BitConverter.Int64BitsToDouble((negative << 63) | ((long)e << 52) | ((long)high << 32) | (uint)low);
}

internal sealed record Member(Interval Set, BigRational Point);
