using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Tests.Networks;
using Xunit;

namespace Proofs.Kernel.Tests.Errors;

/// <summary>
/// Affine forms contain what is done to their members, symbols kept; and networks and formulas on boxes.
/// </summary>
public sealed class AffineFormsTests
{
    private const int Bits = 40;

    [Fact]
    public void What_is_done_to_members_is_in_the_form_with_the_same_symbols()
    {
        var random = new Random(1);
        for (int n = 0; n < 400; n++)
        {
            ExactAffineForm f = Form(random), g = Form(random);
            int m = random.Next(-1000, 1000), shift = random.Next(0, 12);
            BigRational[] e = [.. Enumerable.Range(0, 4).Select(_ => new BigRational(random.Next(-4, 5), 4))];
            foreach (var (p, q) in from r in new[] { -1, 0, 1 }
                                   from s in new[] { -1, 0, 1 }
                                   select (Value(f, e, r), Value(g, e, s)))
            {
                Inside(p + q, AffineForms.Add(f, g), e);
                Inside(p - q, AffineForms.Add(f, g, -1), e);
                Inside(-p, AffineForms.Negate(f), e);
                Inside(p * m * BigRational.PowerOfTwo(-shift), AffineForms.Scale(f, m, shift), e);
                Inside(p * q * BigRational.PowerOfTwo(-Bits), AffineForms.Multiply(f, g, Bits), e);
                Inside(p * p * BigRational.PowerOfTwo(-Bits), AffineForms.Multiply(f, f, Bits), e);
                Inside(p, AffineForms.Hull(f, g), e);
                Inside(q, AffineForms.Hull(f, g), e);
                Inside(p + 3, AffineForms.Widen(f, new FixedBall(5, 2, Bits)), e);
                var range = f.Range(Bits);
                Assert.True(range.Low <= p && p <= range.High);
                var rectified = AffineForms.Rectify(f, Bits, -1, out bool named);
                Assert.False(named);
                Inside(BigRational.Max(p, 0), rectified ?? new(0, [], 0), e);
            }
        }
    }

    // With a symbol of its own the form still holds every value, for some number of the symbol.
    [Fact]
    public void A_rectified_form_with_a_symbol_holds_the_values()
    {
        var random = new Random(2);
        int kept = 0;
        for (int n = 0; n < 300; n++)
        {
            var f = Form(random);
            var rectified = AffineForms.Rectify(f, Bits, 4, out bool named);
            kept += named ? 1 : 0;
            BigRational[] e = [.. Enumerable.Range(0, 4).Select(_ => new BigRational(random.Next(-4, 5), 4))];
            var value = BigRational.Max(Value(f, e, random.Next(-1, 2)), 0);
            if (rectified is null)
            {
                Assert.True(value.IsZero);
                continue;
            }

            var rest = rectified.A.Length > 4 ? BigInteger.Abs(rectified.A[4]) : 0;
            Inside(value, rectified with { A = [.. rectified.A.Take(4)], R = rectified.R + rest }, e);
            Assert.Equal(named, rectified.A.Length > 4);
        }

        Assert.True(kept > 50);
    }

    [Theory]
    [InlineData(-3, 5)]
    [InlineData(0, 0)]
    [InlineData(-5, -5)]
    [InlineData(1, 2)]
    public void An_input_is_between_its_ends_which_are_rounded_outward(int low, int high)
    {
        BigRational a = new(low, 3), b = new(high, 3);
        var form = AffineForms.Input(2, a, b, Bits);
        var range = form.Range(Bits);
        Assert.True(range.Low <= a * BigRational.PowerOfTwo(Bits) && b * BigRational.PowerOfTwo(Bits) <= range.High);
        Assert.True(range.High - range.Low <= ((b - a) * BigRational.PowerOfTwo(Bits)) + 3);
        Assert.Equal(3, form.A.Length);
        Assert.True(form.R.IsZero && form.A[0].IsZero && form.A[1].IsZero);
    }

    [Fact]
    public void Rounding_is_counted_where_something_is_lost()
    {
        int lost = 0;
        Assert.Equal(-2, AffineForms.Floor(-8, 2, ref lost));
        Assert.Equal(0, lost);
        Assert.Equal(-3, AffineForms.Floor(-9, 2, ref lost));
        Assert.Equal(1, lost);
        Assert.Equal(2, AffineForms.Floor(9, 2, ref lost));
        Assert.Equal(2, lost);
        Assert.Equal((3, -2, 2), (AffineForms.Ceiling(9, 2), AffineForms.Ceiling(-9, 2), AffineForms.Ceiling(8, 2)));
    }

    [Theory]
    [InlineData("x1*x2 - x1^2")]
    [InlineData("x1/(x2 + 5)")]
    [InlineData("-1/(x2 - 9) + x1")]
    [InlineData("exp(x1 - x2)")]
    [InlineData("log(x1 + 4)*x2")]
    [InlineData("sin(x1)*cos(x2)")]
    [InlineData("tanh(x1) + atan(x2)")]
    [InlineData("erf(x1*x2/4)")]
    [InlineData("sinc(2*x1)")]
    [InlineData("sinh(x1/2) - cosh(x2/2)")]
    [InlineData("sqrt(x1 + 4)")]
    [InlineData("(x1 + 4)^(5/3)")]
    [InlineData("(x1 + 4)^x2")]
    [InlineData("(x1 + 4)^(-2)")]
    [InlineData("abs(x1 - x2)")]
    [InlineData("max(x1, x2) + min(x1, 2*x2)")]
    [InlineData("if(x1 < x2, x1, x2^2)")]
    [InlineData("if(x1 <= 100, pi*x1, 1/0)")]
    [InlineData("tan(x1/4)")]
    [InlineData("x1^7/100")]
    public void Forms_of_formulas_hold_their_values_on_boxes(string text)
    {
        var random = new Random(text.Length);
        var formula = BoundFormula.Read(text, ["x1", "x2"])!;
        int narrow = 0;
        for (int n = 0; n < 40; n++)
        {
            var (low, high) = Box(random, 2);
            var inputs = Enumerable.Range(0, 2).Select(j => AffineForms.Input(j, low[j], high[j], 100)).ToArray();
            if (FormulaForms.Of(formula, inputs, 100, null) is not { } form)
            {
                continue;
            }

            narrow++;
            for (int p = 0; p < 6; p++)
            {
                BigRational[] e = [.. Enumerable.Range(0, 2).Select(_ => new BigRational(random.Next(-2, 3), 2))];
                BigRational[] x = [.. e.Select((v, j) => (low[j] + high[j] + (v * (high[j] - low[j]))) / 2)];
                var value = BoxCertificate.ValueAt(formula, x, 200, new WorkBudget(long.MaxValue))!.Value;
                // The symbols of the inputs are those of the point, but for the rounding of a middle.
                var centre = form.C + form.A.Zip(e, (a, v) => a * v).Aggregate(BigRational.Zero, (s, t) => s + t);
                var slack = form.R + (4 * form.A.Length) + 4;
                Assert.True(
                    (value.Low * BigRational.PowerOfTwo(-100)) <= centre + slack
                    && centre - slack <= value.High * BigRational.PowerOfTwo(-100),
                    $"{text} at ({x[0]}, {x[1]}): {form}");
            }
        }

        Assert.True(narrow > 10, $"{narrow} forms");
    }

    [Theory]
    [InlineData("log(x)", -1, 1)]
    [InlineData("log(x)", 0, 1)]
    [InlineData("1/x", -1, 1)]
    [InlineData("1/x", 0, 1)]
    [InlineData("sqrt(x)", -1, 1)]
    [InlineData("x^(-1/2)", 0, 1)]
    [InlineData("tan(x)", 1, 2)]
    [InlineData("x^x", 0, 1)]
    [InlineData("0*log(x)", -1, 1)]
    [InlineData("max(x + 5, 0*log(x))", -1, 1)]
    [InlineData("if(x < 1/2, 1, 1/x)", -1, 1)]
    [InlineData("if(1/x < 1/2, 1, 2)", -1, 1)]
    [InlineData("1/(x - 1/3)", 0, 1)]
    public void A_formula_without_a_value_somewhere_has_no_form(string text, int low, int high) => Assert.Null(
        FormulaForms.Of(BoundFormula.Read(text, ["x"])!, [AffineForms.Input(0, low, high, 100)], 100, null));

    // The bound of a box holds at its points, on the whole networks and on the parts that matter there.
    [Theory]
    [InlineData(1, new[] { 2, 5, 2 })]
    [InlineData(2, new[] { 2, 9, 9, 1 })]
    [InlineData(3, new[] { 2, 20, 12, 2 })]
    [InlineData(4, new[] { 2, 70, 3, 2 })]
    public void Upper_bounds_of_errors_hold_at_points_of_the_box(int seed, int[] widths)
    {
        var random = new Random(seed);
        for (int n = 0; n < 25; n++)
        {
            ExactNetwork first = RandomNetworks.Of(random, widths), second = RandomNetworks.Of(random, widths);
            ImmutableArray<ErrorTerm> terms = n % 3 == 0 ? [new(1, first)] : [new(1, first), new(-1, second)];
            var subject = ErrorSubject.Create(["x1", "x2"], "x1*x2 - 1/3", null, terms)!;
            var (low, high) = Box(random, 2);
            var whole = subject.UpperBound(subject.Whole, low, high);
            var local = subject.UpperBound(subject.On(subject.Whole, low, high), low, high);
            Assert.NotNull(whole);
            Assert.NotNull(local);
            for (int p = 0; p < 8; p++)
            {
                BigRational[] x = [.. low.Zip(high, (a, b) => a + ((b - a) * new BigRational(random.Next(0, 5), 4)))];
                var f = (x[0] * x[1]) - new BigRational(1, 3);
                for (int k = 0; k < subject.Outputs; k++)
                {
                    var phi = terms.Aggregate(
                        BigRational.Zero, (s, t) => s + (t.Sign * RandomNetworks.Values(t.Network, x)[k]));
                    var error = BigRational.Abs(phi - f);
                    Assert.True(error <= whole && error <= local, $"{n}: {error} above {whole} or {local}");
                    var least = subject.LowerBoundAt(x, k);
                    Assert.True(least <= error && error - least!.Value <= BigRational.PowerOfTwo(-100), $"{n}");
                }
            }

            if (n % 5 == 0)
            {
                var at = subject.UpperBound(subject.Whole, low, low)!.Value;
                var phi = Enumerable.Range(0, subject.Outputs).Select(k => subject.LowerBoundAt(low, k)!.Value).Max();
                Assert.True(at - phi <= BigRational.PowerOfTwo(-90), $"{at} at a point is far from {phi}");
            }
        }
    }

    [Theory]
    [InlineData("x - 1/2", "0", "1/2", true, false)]
    [InlineData("x - 1/2", "0", "51/100", false, false)]
    [InlineData("x - 1/2", "1/2", "1", false, false)] // 0 at an end is outside, the rest inside
    [InlineData("x - 1/2", "51/100", "1", false, true)]
    [InlineData("1/x", "-1", "-1/2", true, false)]
    [InlineData("1/x", "1/2", "1", false, true)]
    [InlineData("1/x", "-1", "1", false, false)]
    [InlineData("if(x <= 1/2, 1, 0)", "0", "1/2", false, true)]
    [InlineData("if(x <= 1/2, 1, 0)", "51/100", "1", true, false)]
    [InlineData("0", "0", "1", true, false)]
    [InlineData("1", "0", "1", false, true)]
    public void A_region_is_where_its_formula_is_above_0(
        string where, string low, string high, bool isOutside, bool isInside)
    {
        var subject = ErrorSubject.Create(["x"], "x", where, [])!;
        BigRational[] a = [BigRational.Parse(low)], b = [BigRational.Parse(high)];
        Assert.Equal((isOutside, isInside), (subject.IsOutside(a, b), subject.IsInside(a, b)));
        var all = ErrorSubject.Create(["x"], "x", null, [])!;
        Assert.Equal((false, true), (all.IsOutside(a, b), all.IsInside(a, b)));
    }

    [Fact]
    public void Networks_fit_the_inputs_and_each_other()
    {
        var random = new Random(1);
        ExactNetwork one = RandomNetworks.Of(random, 2, 1), two = RandomNetworks.Of(random, 2, 2),
            other = RandomNetworks.Of(random, 3, 1);
        Assert.NotNull(ErrorSubject.Create(["x1", "x2"], "x1", null, [new(1, one), new(-1, one)]));
        Assert.Throws<FormatException>(() => ErrorSubject.Create(["x1", "x2"], "x1", null, [new(1, one), new(1, two)]));
        Assert.Throws<FormatException>(() => ErrorSubject.Create(["x1", "x2"], "x1", null, [new(1, other)]));
        Assert.ThrowsAny<FormatException>(
            () => ErrorSubject.Create(["x1", "x2"], "x1 + x3", null, [new(1, one)]));
        Assert.Null(ErrorSubject.Create(["x1", "x2"], "floor(x1)", null, [new(1, one)]));
        Assert.Null(ErrorSubject.Create(["x1", "x2"], "x1", "floor(x1)", [new(1, one)]));
    }

    private static (BigRational[] Low, BigRational[] High) Box(Random random, int n)
    {
        BigRational[] low = [.. Enumerable.Range(0, n).Select(_ => new BigRational(random.Next(-30, 20), 10))];
        return (low, [.. low.Select(a => a + new BigRational(random.Next(0, 9), 8 << random.Next(0, 6)))]);
    }

    private static ExactAffineForm Form(Random random)
    {
        BigInteger Number(int size) => (BigInteger)((random.NextDouble() - 0.5) * Math.Pow(2, size));
        int size = random.Next(3, 44);
        return new(
            Number(size), [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => Number(size))],
            BigInteger.Abs(Number(random.Next(1, size))));
    }

    private static BigRational Value(ExactAffineForm f, BigRational[] e, int rest) =>
        f.A.Select((a, k) => a * e[k]).Aggregate(f.C + ((BigRational)f.R * rest), (sum, t) => sum + t);

    private static void Inside(BigRational value, ExactAffineForm f, BigRational[] e)
    {
        var centre = Value(f with { R = 0 }, e, 0);
        Assert.True(centre - f.R <= value && value <= centre + f.R, $"{value} is not within {f.R} of {centre}");
    }
}
