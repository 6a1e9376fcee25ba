using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Xunit.Abstractions;

namespace Proofs.Numeric.Tests.Intervals;

// The error that a fast evaluation claims holds against 220-bit enclosures, and it decides nearly always.
public class FastElementaryTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string,
        (Func<double, Approximation> Fast, Func<DyadicInterval, int, DyadicInterval> Exact, double Low, double High)>
        Functions = new()
        {
            ["exp"] = (FastExp.Exp, Precise.Exp, -700, 700),
            ["exp near 0"] = (FastExp.Exp, Precise.Exp, -0.02, 0.02),
            ["exp2"] = (FastExp.Exp2, Precise.Exp2, -1000, 1000),
            ["expm1"] = (FastExp.Expm1, (x, b) => Precise.Exp(x, b + 200) - DyadicInterval.Point(1), -30, 3),
            ["expm1 near 0"] =
                (FastExp.Expm1, (x, b) => Precise.Exp(x, b + 200) - DyadicInterval.Point(1), -0.0108, 0.0108),
            ["log"] = (FastLog.Log, Precise.Log, 1e-6, 1e6),
            ["log near 1"] = (FastLog.Log, Precise.Log, 0.5, 2),
            ["log in the cells of 1"] = (FastLog.Log, Precise.Log, 0.996, 1.0079),
            ["log1p"] = (FastLog.Log1p, (x, b) => Precise.Log(x + DyadicInterval.Point(1), b), -0.99, 3),
            ["log1p near 0"] = (FastLog.Log1p, (x, b) => Precise.Log(x + DyadicInterval.Point(1), b), -0.01, 0.01),
            ["log2"] = (FastLog.Log2, Precise.Log2, 1e-3, 1e3),
            ["sin"] = (FastCircular.Sin, Precise.Sin, -7, 7),
            ["sin of large arguments"] = (FastCircular.Sin, Precise.Sin, -65536, 65536),
            ["sin near 0"] = (FastCircular.Sin, Precise.Sin, -0.03, 0.03),
            ["cos"] = (FastCircular.Cos, Precise.Cos, -7, 7),
            ["cos of large arguments"] = (FastCircular.Cos, Precise.Cos, -65536, 65536),
            ["tan"] = (FastCircular.Tan, Precise.Tan, -7, 7),
            ["tan of large arguments"] = (FastCircular.Tan, Precise.Tan, -65536, 65536),
            ["atan"] = (FastCircular.Atan, Precise.Atan, -4, 4),
            ["atan of large arguments"] = (FastCircular.Atan, Precise.Atan, -1e6, 1e6),
            ["atan near 0"] = (FastCircular.Atan, Precise.Atan, -0.016, 0.016),
            ["sinh"] = (x => FastExp.Hyperbolic(x, sine: true), Precise.Sinh, -5, 5),
            ["sinh near 0"] = (x => FastExp.Hyperbolic(x, sine: true), Precise.Sinh, -0.016, 0.016),
            ["cosh"] = (x => FastExp.Hyperbolic(x, sine: false), Precise.Cosh, -5, 5),
            ["tanh"] = (FastExp.Tanh, Precise.Tanh, -6, 6),
            ["tanh near 0"] = (FastExp.Tanh, Precise.Tanh, -0.016, 0.016),
        };

    public static TheoryData<string> Names => new(Functions.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_claimed_error_holds_and_seldom_leaves_a_doubt(string name)
    {
        var (fast, exact, low, high) = Functions[name];
        int count = Check.Full ? 1_000_000 : 1000, undecided = 0;
        double worst = 0;
        var random = new Random(11);
        for (int i = 0; i < count; i++)
        {
            double x = low + (random.NextDouble() * (high - low));
            if (i % 3 == 0)
            {
                x *= random.NextDouble(); // more of the small ones, and more bits
                x = Math.Clamp(x, low, high);
            }

            var a = fast(x);
            if (double.IsInfinity(a.Error))
            {
                continue;
            }

            var value = exact(DyadicInterval.Point(Binary64.ExactDyadic(x)), 220);
            var claimed = Binary64.ExactDyadic(a.High) + Binary64.ExactDyadic(a.Low);
            Dyadic error = Max(value.Sup - claimed, claimed - value.Inf);
            worst = Math.Max(worst, Binary64.RoundUp(error) / a.Error);
            Assert.True(
                Binary64.RoundUp(error) <= a.Error,
                $"{name} {x:R}: error {Binary64.RoundUp(error):R} exceeds {a.Error:R}");
            Assert.True(
                Math.Abs(a.Low) <= 0.50001 * (Math.BitIncrement(Math.Abs(a.High)) - Math.Abs(a.High)),
                $"{name} {x:R} is not normalised");
            undecided += a.TryDecide(out var set) ? 0 : 1;
            Assert.True(
                set == default || value.ToInterval().IsSubsetOf(set), $"{name} {x:R}: {value} lies outside {set}");
        }

        output.WriteLine($"{name}: worst error {worst:F3} of the claim, {undecided} of {count} undecided.");
        Assert.InRange(undecided, 0, count / 100);
    }

    [Fact]
    public void A_power_decided_fast_is_the_tightest()
    {
        var random = new Random(3);
        int undecided = 0, count = Check.Full ? 200_000 : 4000;
        for (int i = 0; i < count; i++)
        {
            double x = Math.Exp((random.NextDouble() - 0.5) * 20), y = (random.NextDouble() - 0.5) * 30;
            if (FastLog.Pow(x, y).TryDecide(out var set))
            {
                Assert.Equal(Tightest.Pow(x, Binary64.Exact(y)), set);
            }
            else
            {
                undecided++;
            }
        }

        Assert.InRange(undecided, 0, count / 100);
    }

    [Theory]
    [InlineData(4, 0.5, 2)]
    [InlineData(9, 1.5, 27)]
    [InlineData(1024, 0.1, 0)]
    [InlineData(3, 20, 3486784401)]
    [InlineData(2.25, -0.5, 0)]
    [InlineData(0.0625, 0.25, 0.5)]
    [InlineData(16, -0.75, 0.125)]
    public void A_power_that_is_exact_is_a_point(double x, double y, double expected)
    {
        var power = Interval.Pow(Interval.Point(x), Interval.Point(y));
        Assert.Equal(expected != 0, power.IsPoint);
        Assert.True(expected == 0 || power == Interval.Point(expected));
    }

    private static Dyadic Max(Dyadic a, Dyadic b) => a > b ? a : b;
}
