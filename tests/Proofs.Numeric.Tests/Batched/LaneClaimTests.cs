using System.Runtime.Intrinsics;
using Proofs.Numeric.Tests.Rounding;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Batched;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Xunit.Abstractions;

namespace Proofs.Numeric.Tests.Batched;

// The error that an evaluation in eight lanes claims holds against 220-bit enclosures, and it decides nearly always.
public class LaneClaimTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string,
        (Func<Vector512<double>, Approximation8> Lanes, Func<DyadicInterval, int, DyadicInterval> Exact, double Low,
            double High)>
        Functions = new()
        {
            ["exp"] = (ExpLanes.Exp, Precise.Exp, -600, 700),
            ["exp near 0"] = (ExpLanes.Exp, Precise.Exp, -0.02, 0.02),
            ["expm1"] = (ExpLanes.Expm1, (x, b) => Precise.Exp(x, b + 200) - DyadicInterval.Point(1), -30, 3),
            ["expm1 near 0"] =
                (ExpLanes.Expm1, (x, b) => Precise.Exp(x, b + 200) - DyadicInterval.Point(1), -0.0108, 0.0108),
            ["log"] = (LogLanes.Log, Precise.Log, 1e-6, 1e6),
            ["log near 1"] = (LogLanes.Log, Precise.Log, 0.5, 2),
            ["log in the cells of 1"] = (LogLanes.Log, Precise.Log, 0.98, 1.02),
            ["sin"] = (CircularLanes.Sin, Precise.Sin, -7, 7),
            ["sin of large arguments"] = (CircularLanes.Sin, Precise.Sin, -65536, 65536),
            ["sin near 0"] = (CircularLanes.Sin, Precise.Sin, -0.03, 0.03),
            ["cos"] = (CircularLanes.Cos, Precise.Cos, -7, 7),
            ["cos of large arguments"] = (CircularLanes.Cos, Precise.Cos, -65536, 65536),
            ["tan"] = (CircularLanes.Tan, Precise.Tan, -7, 7),
            ["tan of large arguments"] = (CircularLanes.Tan, Precise.Tan, -65536, 65536),
            ["atan"] = (CircularLanes.Atan, Precise.Atan, -4, 4),
            ["atan of large arguments"] = (CircularLanes.Atan, Precise.Atan, -1e6, 1e6),
            ["atan near 0"] = (CircularLanes.Atan, Precise.Atan, -0.016, 0.016),
            ["sinh"] = (ExpLanes.Sinh, Precise.Sinh, -5, 5),
            ["sinh near 0"] = (ExpLanes.Sinh, Precise.Sinh, -0.016, 0.016),
            ["cosh"] = (ExpLanes.Cosh, Precise.Cosh, -5, 5),
            ["tanh"] = (ExpLanes.Tanh, Precise.Tanh, -6, 6),
            ["tanh near 0"] = (ExpLanes.Tanh, Precise.Tanh, -0.016, 0.016),
            ["cube"] = (x => PowerLanes.Integer(x, 3), (x, _) => x * x * x, -5, 5),
            ["real power"] = (
                x => PowerLanes.Real(x, Vector512.Create(-7.3), default), (x, b) =>
                    Precise.Exp(Precise.Log(x, b) * Exponent, b), 0.01, 20),
        };

    public static TheoryData<string> Names => new(Functions.Keys);

    private static DyadicInterval Exponent { get; } = DyadicInterval.Point(Binary64.ExactDyadic(-7.3));

    [Avx512Theory]
    [MemberData(nameof(Names))]
    public void The_claimed_error_holds_and_seldom_leaves_a_doubt(string name)
    {
        var (lanes, exact, low, high) = Functions[name];
        int count = Check.Full ? 1_000_000 : 1000, undecided = 0;
        double worst = 0;
        var random = new Random(13);
        for (int i = 0; i < count; i += 8)
        {
            double[] x = [.. Enumerable.Range(0, 8).Select(j => Point(j))];
            var a = lanes(Vector512.Create(x));
            for (int j = 0; j < 8; j++)
            {
                var (top, rest, error) = (a.High.GetElement(j), a.Low.GetElement(j), a.Error.GetElement(j));
                Assert.True(double.IsFinite(error), $"{name} {x[j]:R} is out of range");
                var value = exact(DyadicInterval.Point(Binary64.ExactDyadic(x[j])), 220);
                var claimed = Binary64.ExactDyadic(top) + Binary64.ExactDyadic(rest);
                Dyadic above = value.Sup - claimed, below = claimed - value.Inf,
                    distance = above > below ? above : below;
                if (error > 0)
                {
                    worst = Math.Max(worst, Binary64.RoundUp(distance) / error);
                }

                Assert.True(
                    Binary64.RoundUp(distance) <= Math.Max(0, error),
                    $"{name} {x[j]:R}: error {Binary64.RoundUp(distance):R} exceeds {error:R}");
                Assert.True(
                    Math.Abs(rest) <= 0.50001 * (Math.BitIncrement(Math.Abs(top)) - Math.Abs(top)),
                    $"{name} {x[j]:R} is not normalised");
                if (Math.Abs(rest) > error)
                {
                    Assert.True(
                        value.ToInterval().IsSubsetOf(Interval.Raw(a.Down.GetElement(j), a.Up.GetElement(j))),
                        $"{name} {x[j]:R}");
                }
                else
                {
                    undecided++;
                }
            }
        }

        output.WriteLine($"{name}: worst error {worst:F3} of the claim, {undecided} of {count} undecided.");
        Assert.InRange(undecided, 0, count / 100);

        double Point(int j)
        {
            double x = low + (random.NextDouble() * (high - low));
            return j % 3 == 0 && low < 0 ? Math.Clamp(x * random.NextDouble(), low, high) : x;
        }
    }

    // What the claims are held against notices an evaluation that is off by little.
    [Avx512Theory]
    [MemberData(nameof(Names))]
    public void A_mutant_of_an_evaluation_breaks_its_claim(string name)
    {
        var (lanes, exact, low, high) = Functions[name];
        double x = low + (0.41 * (high - low));
        var a = lanes(Vector512.Create(x));
        var (top, rest, error) = (a.High.ToScalar(), a.Low.ToScalar(), a.Error.ToScalar());
        var value = exact(DyadicInterval.Point(Binary64.ExactDyadic(x)), 220);
        Assert.True(Keeps(top, rest));
        Assert.False(Keeps(top, -rest));
        Assert.False(Keeps(top, 0));
        Assert.False(Keeps(Math.BitIncrement(top), rest));
        Assert.False(Keeps(top, rest + (3 * error)));
        Assert.False(Keeps(top, rest - (3 * error)));

        bool Keeps(double h, double l)
        {
            var claimed = Binary64.ExactDyadic(h) + Binary64.ExactDyadic(l);
            Dyadic above = value.Sup - claimed, below = claimed - value.Inf;
            return Binary64.RoundUp(above > below ? above : below) <= error;
        }
    }

    // Where a lane claims to lie beside or on a number, the fixed-point layer agrees.
    [Avx512Fact]
    public void Lanes_at_and_beside_0_hold_the_tightest_interval()
    {
        var functions = new (Func<Vector512<double>, Approximation8> Lanes, Func<double, Interval> Tight)[]
        {
            (ExpLanes.Exp, Tightest.Exp), (ExpLanes.Expm1, Tightest.Expm1), (ExpLanes.Sinh, Tightest.Sinh),
            (ExpLanes.Cosh, Tightest.Cosh), (ExpLanes.Tanh, Tightest.Tanh), (CircularLanes.Sin, Tightest.Sin),
            (CircularLanes.Cos, Tightest.Cos), (CircularLanes.Tan, Tightest.Tan), (CircularLanes.Atan, Tightest.Atan),
        };
        var random = new Random(19);
        foreach (var (lanes, tight) in functions)
        {
            for (int i = 0; i < (Check.Full ? 100_000 : 1000); i++)
            {
                double x = random.Next(20) == 0 ? 0 : Math.ScaleB(random.NextDouble() - 0.5, -random.Next(15, 950));
                var a = lanes(Vector512.Create(x));
                Assert.True(a.Decided.GetElement(0) != 0, $"{x:R}");
                Assert.Equal(tight(x), Interval.Raw(a.Down.GetElement(0), a.Up.GetElement(0)));
            }
        }
    }
}
