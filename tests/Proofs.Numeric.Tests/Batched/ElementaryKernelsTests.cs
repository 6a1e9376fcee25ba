using Proofs.Kernel.Numbers;
using Proofs.Numeric.Batched;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tests.Batched;

// Every lane of a batched function is the tightest interval that the scalar operation returns, whatever its neighbours
// hold.
public class ElementaryKernelsTests
{
    private delegate void Unary(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, Span<double> inf, Span<double> sup);

    private static readonly Dictionary<string,
        (Unary Batched, Func<Interval, Interval> Scalar, double Low, double High)> Functions = new()
        {
            ["exp"] = (IntervalKernels.Exp, Interval.Exp, -750, 715),
            ["expm1"] = (IntervalKernels.Expm1, Interval.Expm1, -40, 20),
            ["log"] = (IntervalKernels.Log, Interval.Log, -1, 100),
            ["sinh"] = (IntervalKernels.Sinh, Interval.Sinh, -20, 20),
            ["cosh"] = (IntervalKernels.Cosh, Interval.Cosh, -20, 20),
            ["tanh"] = (IntervalKernels.Tanh, Interval.Tanh, -22, 22),
            ["atan"] = (IntervalKernels.Atan, Interval.Atan, -100, 100),
            ["sin"] = (IntervalKernels.Sin, Interval.Sin, -100, 100),
            ["cos"] = (IntervalKernels.Cos, Interval.Cos, -100, 100),
            ["tan"] = (IntervalKernels.Tan, Interval.Tan, -100, 100),
            ["sqr"] = (IntervalKernels.Sqr, Interval.Sqr, -100, 100),
            ["sqrt"] = (IntervalKernels.Sqrt, Interval.Sqrt, -1, 100),
            ["abs"] = (IntervalKernels.Abs, Interval.Abs, -100, 100),
            ["power 3"] = (Power(3), x => Interval.Pow(x, 3), -50, 50),
            ["power 7"] = (Power(7), x => Interval.Pow(x, 7), -3, 3),
            ["power 12"] = (Power(12), x => Interval.Pow(x, 12), -3, 3),
            ["power 64"] = (Power(64), x => Interval.Pow(x, 64), -3, 3),
            ["power 1"] = (Power(1), x => x, -3, 3),
            ["power 0"] = (Power(0), x => Interval.Pow(x, 0), -3, 3),
            ["power -1"] = (Power(-1), x => Interval.Pow(x, -1), -3, 3),
            ["power -4"] = (Power(-4), x => Interval.Pow(x, -4), -3, 3),
            ["power -5"] = (Power(-5), x => Interval.Pow(x, -5), -3, 3),
            ["power 1/3"] = (Power(new BigRational(1, 3)), x => Interval.Pow(x, new BigRational(1, 3)), 0, 30),
            ["power 5/2"] = (Power(new BigRational(5, 2)), x => Interval.Pow(x, new BigRational(5, 2)), 0, 30),
            ["power -3/7"] = (Power(new BigRational(-3, 7)), x => Interval.Pow(x, new BigRational(-3, 7)), 0, 30),
        };

    public static TheoryData<string> Names => new(Functions.Keys);

    // Bounds of every kind, edges and unbounded and empty sets among them.
    [Theory]
    [MemberData(nameof(Names))]
    public void A_batched_function_is_the_scalar_one_lane_by_lane(string name)
    {
        var (batched, scalar, _, _) = Functions[name];
        bool slow = name.Contains('/', StringComparison.Ordinal);
        var arguments = Gen.Frequency(
            (slow ? 1 : 4, Doubles.AnyInterval),
            (8, from a in Doubles.Moderate
                from w in Gen.Elements(0, 1e-9, 0.5, 3, 10)
                select Interval.Between(
                a, a + w)),
            (2, from a in Doubles.Moderate
                from w in Gen.Elements(0, 1e-9, 0.5, 3)
                select Interval.Between(
                a / 1e9, (a / 1e9) + w)),
            (2, from a in Gen.Choose(-1000, 1000) select Interval.Between(1 + (a / 1e5), 1 + ((a + 3) / 1e5))),
            (2, from a in Gen.Choose(-20, 20)
                from b in Gen.Choose(0, 20)
                select Interval.Between(
                a / 4.0, (a + b) / 4.0)),
            (1, Gen.Elements(
                Interval.Empty, Interval.Entire, Interval.Between(0, double.PositiveInfinity), Interval.Zero)),
            (1, Gen.Elements(
                Interval.Between(double.NegativeInfinity, 1), Interval.Between(-3, double.PositiveInfinity))));
        Prop.ForAll(arguments.ArrayOf(29).ToArbitrary(), a => Same(batched, scalar, a).Label(name))
            .Holds(slow ? 30 : 100);
    }

    // 10^5 cases a function in the gate, 10^7 in the long run; powers with rational exponents, whose scalar form is
    // slow, 10^3 times fewer.
    [Theory]
    [MemberData(nameof(Names))]
    public void A_batched_function_is_the_scalar_one_on_very_many_intervals(string name)
    {
        var (batched, scalar, low, high) = Functions[name];
        var random = new Random(29);
        int count = (Check.Full ? 10_000_000 : 100_000) / (name.StartsWith("power", StringComparison.Ordinal) ? 20 : 1);
        var a = new Interval[80];
        for (int done = 0; done < count; done += a.Length)
        {
            for (int i = 0; i < a.Length; i++)
            {
                double x = low + (random.NextDouble() * (high - low)), w = random.NextDouble();
                x = random.Next(4) == 0 ? Math.ScaleB(x, -random.Next(0, 60)) : x;
                w = random.Next(3) switch { 0 => 0, 1 => Math.ScaleB(w, -random.Next(0, 60)), _ => w * 2 };
                a[i] = Interval.Between(x, x + w);
            }

            Assert.True(Same(batched, scalar, a), name);
        }
    }

    [Fact]
    public void A_batched_power_is_the_scalar_one_lane_by_lane()
    {
        var random = new Random(31);
        int count = Check.Full ? 1_000_000 : 20_000;
        Interval[] a = new Interval[72], b = new Interval[72];
        double[] inf = new double[72], sup = new double[72];
        Interval[] odd = [
            Interval.Empty, Interval.Entire, Interval.Zero, Interval.One, Interval.Between(0, 1),
            Interval.Between(2, double.PositiveInfinity)];
        for (int done = 0; done < count; done += 72)
        {
            for (int i = 0; i < 72; i++)
            {
                a[i] = random.Next(60) == 0
                    ? odd[random.Next(6)]
                    : Some(random.Next(4) == 0 ? 0 : 1e-3, random.Next(2) == 0 ? 3 : 1.2);
                b[i] = random.Next(60) == 0 ? odd[random.Next(6)] : Some(-10, 10);
            }

            IntervalKernels.Pow(Inf(a), Sup(a), Inf(b), Sup(b), inf, sup);
            for (int i = 0; i < 72; i++)
            {
                Assert.Equal(Interval.Pow(a[i], b[i]), Read(inf[i], sup[i]));
            }
        }

        Interval Some(double low, double high)
        {
            double x = low + (random.NextDouble() * (high - low)), y = low + (random.NextDouble() * (high - low));
            return random.Next(8) switch
            {
                0 => Interval.Point(x),
                1 => Interval.Between(Math.Min(x, 1), Math.Max(x, 1)),
                2 => Interval.Between(
                    Math.Floor(x), Math.Ceiling(y) >= Math.Floor(x) ? Math.Ceiling(y) : Math.Floor(x)),
                _ => Interval.Between(Math.Min(x, y), Math.Max(x, y)),
            };
        }
    }

    [Theory]
    [InlineData("min")]
    [InlineData("max")]
    public void A_batched_minimum_or_maximum_is_the_scalar_one(string name) =>
        Prop.ForAll(
            Doubles.AnyInterval.ArrayOf(21).ToArbitrary(), Doubles.AnyInterval.ArrayOf(21).ToArbitrary(), (a, b) =>
        {
            a[3] = Interval.Empty;
            b[5] = Interval.Empty;
            double[] inf = new double[21], sup = new double[21];
            if (name == "min")
            {
                IntervalKernels.Min(Inf(a), Sup(a), Inf(b), Sup(b), inf, sup);
            }
            else
            {
                IntervalKernels.Max(Inf(a), Sup(a), Inf(b), Sup(b), inf, sup);
            }

            return Enumerable.Range(0, 21).All(i =>
                (name == "min" ? Interval.Min(a[i], b[i]) : Interval.Max(a[i], b[i])) == Read(inf[i], sup[i]));
        }).Holds(100);

    [Fact]
    public void A_result_may_overwrite_its_operand()
    {
        foreach (var (batched, scalar, low, high) in Functions.Values)
        {
            Interval[] a = [
                .. Enumerable.Range(0, 24)
                .Select(i => Interval.Between(low + (i * (high - low) / 30), low + ((i + 1) * (high - low) / 30)))];
            double[] inf = Inf(a), sup = Sup(a);
            batched(inf, sup, inf, sup);
            Assert.Equal(a.Select(scalar), inf.Zip(sup, Read));
        }
    }

    private static bool Same(Unary batched, Func<Interval, Interval> scalar, Interval[] a)
    {
        double[] inf = new double[a.Length], sup = new double[a.Length];
        batched(Inf(a), Sup(a), inf, sup);
        for (int i = 0; i < a.Length; i++)
        {
            Interval expected = scalar(a[i]), actual = Read(inf[i], sup[i]);
            if (expected != actual)
            {
                Assert.Fail(
                    $"{a[i].ToHexString()} in lane {i}: the kernel has {actual.ToHexString()}, "
                        + $"the scalar operation {expected.ToHexString()}");
            }
        }

        return true;
    }

    private static Unary Power(int n) => (aInf, aSup, inf, sup) => IntervalKernels.Pow(aInf, aSup, n, inf, sup);

    private static Unary Power(BigRational y) => (aInf, aSup, inf, sup) => IntervalKernels.Pow(aInf, aSup, y, inf, sup);

    private static Interval Read(double inf, double sup) => double.IsNaN(inf) ? Interval.Empty : Interval.Raw(inf, sup);

    private static double[] Inf(Interval[] x) => [.. x.Select(i => i.Inf)];

    private static double[] Sup(Interval[] x) => [.. x.Select(i => i.Sup)];
}
