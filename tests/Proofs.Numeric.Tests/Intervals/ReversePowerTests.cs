using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Xunit;

namespace Proofs.Numeric.Tests.Intervals;

public class ReversePowerTests
{
    private static readonly double[] Values = [0, 1.0 / 8, 0.25, 0.5, 0.75, 1, 1.25, 2, 3, 8, double.PositiveInfinity];

    // Every box of a small lattice, every solution on a finer one: exhaustive where random points would miss the
    // corners.
    [Fact]
    public void No_base_and_no_exponent_that_solves_is_lost()
    {
        double[] exponents = [double.NegativeInfinity, -2, -1, -0.5, 0, 0.5, 1, 2, double.PositiveInfinity];
        double[] points = [0, 0.125, 0.25, 0.5, 1, 2, 4, 8];
        double[] times = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3];
        int checks = 0;
        foreach (var c in Boxes(Values))
        {
            foreach (var t in Boxes(exponents))
            {
                var found = Reverse.PowBase(t, c, Interval.Entire);
                foreach (double b in points)
                {
                    bool solves = times.Any(s => t.Contains(s) && Solves(b, s, c));
                    Assert.True(!solves || found.Contains(b), $"{b}^{t} in {c}: {found}");
                    checks += solves ? 1 : 0;
                }
            }

            foreach (var b in Boxes(Values))
            {
                var found = Reverse.PowExponent(b, c, Interval.Entire);
                foreach (double s in times)
                {
                    bool solves = points.Any(v => b.Contains(v) && Solves(v, s, c));
                    Assert.True(!solves || found.Contains(s), $"{b}^{s} in {c}: {found}");
                    checks += solves ? 1 : 0;
                }
            }
        }

        Assert.InRange(checks, 10_000, int.MaxValue);

        static bool Solves(double b, double t, Interval c) => c.IsSubsetOf(c) && (b != 0 || t > 0)
            && Interval.Pow(Interval.Point(b), Binary64.Exact(t)) is { IsEmpty: false } power && power.IsSubsetOf(c);
    }

    // b^t in c with one datum a point pins the other: an end that is two ulp inside would be caught.
    [Fact]
    public void The_ends_are_solutions_up_to_two_ulp()
    {
        foreach (double b in new[] { 0.3, 0.9, 1.1, 7.5 })
        {
            foreach (double t in new[] { -3.25, -0.7, 0.1, 2, 31 })
            {
                var power = Interval.Pow(Interval.Point(b), Binary64.Exact(t));
                var bases = Reverse.PowBase(Interval.Point(t), power, Interval.Entire);
                var exponents = Reverse.PowExponent(Interval.Point(b), power, Interval.Entire);
                Assert.True(bases.Contains(b) && bases.Width <= 1e-13 * b, $"{b}^{t}: {bases}");
                Assert.True(
                    exponents.Contains(t)
                        && exponents.Width <= 1e-13 * Math.Max(1, Math.Abs(t) / Math.Abs(Math.Log(b))),
                            $"{b}^{t}: {exponents}");
            }
        }
    }

    [Fact]
    public void A_range_that_only_touches_a_limit_holds_no_solution()
    {
        Interval above = Interval.Between(1.1, double.PositiveInfinity),
            all = Interval.Between(0, double.PositiveInfinity);
        Assert.True(Reverse.PowBase(all, above, Interval.Between(0, 1)).IsEmpty);
        Assert.True(Reverse.PowExponent(above, above, Interval.Between(double.NegativeInfinity, 0)).IsEmpty);
        Assert.Equal(Interval.Point(3), Reverse.PowExponent(Interval.Point(2), Interval.Point(8), Interval.Entire));
    }

    private static IEnumerable<Interval> Boxes(double[] ends) =>
        from a in ends
        from b in ends
        where a <= b && a < double.PositiveInfinity && b > double.NegativeInfinity
        select Interval.Between(a, b);
}
