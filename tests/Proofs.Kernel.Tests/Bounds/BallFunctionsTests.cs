using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Tests.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Bounds;

/// <summary>
/// Functions, slopes, bends and Taylor forms of balls against values at their members, at a precision much finer.
/// </summary>
public sealed class BallFunctionsTests
{
    private const int Bits = 64;
    private const int Fine = 200;

    private static readonly string[] Smooth =
    [
        "exp(x)", "sin(x)", "cos(x)", "tanh(x)", "atan(x)", "erf(x)", "sinc(x)", "sinh(x)", "cosh(x)", "x^2", "x^3",
        "x^5 - 2*x^2", "exp(sin(x))", "x*exp(-x^2)", "1/(x^2 + 1)", "(x - 1)/(x^2 + 2)", "sin(x)*cos(2*x)",
        "log(x^2 + 1)", "sqrt(x^2 + 1)", "2^x", "(x^2 + 1)^x", "tan(x/8)", "erf(x)^2", "sinc(3*x) - x", "pi*x",
    ];

    private static readonly string[] Kinked =
        ["abs(x)", "max(x, 1 - x)", "min(x^2, x)", "if(x < 1/2, x, 1 - x)", "abs(sin(x)) + x", "max(min(x, 1), -1)"];

    [Fact]
    public void Values_at_members_are_in_the_value_of_the_ball() => Draw.Check(
        Cases([.. Smooth, .. Kinked]), x =>
        {
            var formula = Formula(x.Text);
            if (Jet(formula, x.Around, 0).Value is { } ball)
            {
                foreach (var member in Members(x.Around))
                {
                    Inside(At(formula, member), ball, $"{x.Text} at {member} of {x.Around}");
                }
            }
        }, 250);

    // f(p) - f(q) = G (p - q) for some G of the slopes, for all members p and q.
    [Fact]
    public void Differences_of_values_are_slopes_times_differences() => Draw.Check(
        Cases([.. Smooth, .. Kinked]), x =>
        {
            var formula = Formula(x.Text);
            if (Jet(formula, x.Around, 1) is not { IsContinuous: true, Slopes: [var slope] })
            {
                Assert.Contains("if", x.Text, StringComparison.Ordinal);
                return;
            }

            BigRational[] members = [.. Members(x.Around)];
            foreach (var (p, q) in members.Zip(members.Skip(1)).Where(m => m.First != m.Second))
            {
                FixedBall a = At(formula, p), b = At(formula, q);
                var unit = BigRational.PowerOfTwo(-Fine);
                var step = p - q;
                var low = (a.Low - b.High) * unit / step;
                var high = (a.High - b.Low) * unit / step;
                (low, high) = (BigRational.Min(low, high), BigRational.Max(low, high));
                Assert.True(Low(slope) <= high && low <= High(slope), $"{x.Text} at {x.Around}: {low} not in {slope}");
            }
        }, 250);

    // Second differences are bends times the square of the step.
    [Fact]
    public void Second_differences_of_values_are_bends() => Draw.Check(
        Cases(Smooth), x =>
        {
            var formula = Formula(x.Text);
            if (Jet(formula, x.Around, 2) is not { Bends: [var bend] } || x.Around.Rad.IsZero)
            {
                return;
            }

            BigRational[] m = [.. Members(x.Around)];
            FixedBall a = At(formula, m[0]), b = At(formula, m[2]), c = At(formula, m[4]);
            var (step, unit) = (m[2] - m[0], BigRational.PowerOfTwo(-Fine));
            Assert.Equal(step, m[4] - m[2]);
            var low = (a.Low - (2 * b.High) + c.Low) * unit / (step * step);
            var high = (a.High - (2 * b.Low) + c.High) * unit / (step * step);
            Assert.True(Low(bend) <= high && low <= High(bend), $"{x.Text} at {x.Around}: {low} not in {bend}");
        }, 250);

    [Fact]
    public void Where_no_member_has_a_value_there_is_none_and_where_some_have_none_it_says_so()
    {
        Assert.True(Jet(Formula("sqrt(x)"), new(-8, 1, 3), 1).IsNowhere);
        Assert.True(Jet(Formula("log(x)"), new(-8, 8, 3), 1).IsNowhere);
        Assert.False(Jet(Formula("sqrt(x)"), new(-8, 8, 3), 1).IsNowhere); // 0 has one
        Assert.True(Jet(Formula("sqrt(x)"), new(8, 8, 3), 1) is { IsContinuous: true, Slopes: null });
        Assert.False(Jet(Formula("sqrt(x)"), new(8, 9, 3), 1).IsContinuous);
        Assert.False(Jet(Formula("log(x)"), new(8, 8, 3), 1).IsContinuous);
        Assert.False(Jet(Formula("1/x"), new(8, 8, 3), 1).IsContinuous);
        Assert.True(Jet(Formula("1/x"), new(9, 8, 3), 1).IsContinuous);
        Assert.False(Jet(Formula("x^(-1/2)"), new(8, 8, 3), 0).IsContinuous);
        Assert.False(Jet(Formula("tan(x)"), new(12, 1, 3), 1).IsContinuous);
        Assert.True(Jet(Formula("tan(x)"), new(10, 1, 3), 1).IsContinuous);
        Assert.False(Jet(Formula("if(x < 1, x, x)"), new(8, 1, 3), 1).IsContinuous);
        Assert.True(Jet(Formula("if(x < 2, x, x)"), new(8, 1, 3), 1).IsContinuous);
        Assert.False(Jet(Formula("max(1/x, x)"), new(8, 9, 3), 1).IsContinuous);
        Assert.False(Jet(Formula("max(x + 100, 0*log(x))"), new(8, 9, 3), 1).IsContinuous);
        Assert.False(Jet(Formula("0*sqrt(x)"), new(8, 9, 3), 1).IsContinuous);
    }

    // The form's polynomial and remainder hold the value at every x of the piece.
    [Fact]
    public void Taylor_forms_hold_the_values_of_the_formula()
    {
        int held = 0;
        Draw.Check(
            from text in Gen.Elements(Smooth)
            from centre in Gen.Choose(-16, 16)
            from scale in Gen.Choose(-4, 1)
            from order in Gen.Choose(0, 7)
            from place in Gen.Choose(-8, 8)
            select (text, centre, scale, order, place), x =>
            {
                var formula = BoundFormula.Read(x.text, ["x"])!;
                var t = new FixedBall(0, BigInteger.One << Bits, Bits);
                if (TaylorEvaluation.Of(formula, new Dyadic(x.centre, -3), x.scale, t, x.order) is not { } form)
                {
                    return; // a range around 0 below a root or a tangent
                }

                held++;
                var at = new BigRational(x.place, 8);
                var value = At(
                    Formula(x.text), new BigRational(x.centre, 8) + (at * BigRational.PowerOfTwo(x.scale)));
                BigRational low = 0, high = 0, power = 1;
                foreach (var c in form.C.Append(form.Remainder))
                {
                    BigRational p = Low(c) * power, q = High(c) * power;
                    (low, high) = (low + BigRational.Min(p, q), high + BigRational.Max(p, q));
                    power *= at;
                }

                var unit = BigRational.PowerOfTwo(-Fine);
                Assert.True(
                    low <= value.High * unit && value.Low * unit <= high,
                    $"{x}: {value.Mid * unit} is not in [{low}, {high}]");
            }, 250);
        Assert.True(held > 200, $"{held} forms");
    }

    [Fact]
    public void Bernstein_forms_and_their_errors_hold_the_values_and_halves_are_the_same_polynomial() => Draw.Check(
        from text in Gen.Elements(Smooth)
        from low in Gen.Choose(-16, 14)
        from order in Gen.Choose(1, 8)
        from place in Gen.Choose(0, 8)
        select (text, low, order, place), x =>
        {
            var formula = BoundFormula.Read(x.text, ["x"])!;
            Dyadic low = new(x.low, -3), high = low + new Dyadic(1, -2);
            if (TaylorPiece.Of(formula, low, high, low, x.order, Bits) is not { } piece)
            {
                return;
            }

            var u = new BigRational(x.place, 8);
            var value = At(Formula(x.text), low.ToRational() + (u / 4));
            var unit = BigRational.PowerOfTwo(-piece.Bits);
            var (least, most) = DeCasteljau(piece.Bernstein, u);
            Assert.True(
                (least - piece.Error) * unit <= value.High * BigRational.PowerOfTwo(-Fine)
                && value.Low * BigRational.PowerOfTwo(-Fine) <= (most + piece.Error) * unit, $"{x}");
            var (left, right) = TaylorPiece.Halve(piece.Bernstein);
            var half = x.place <= 4 ? DeCasteljau(left, u * 2) : DeCasteljau(right, (u * 2) - 1);
            Assert.True(half.Low <= most && least <= half.High, $"{x}");
        }, 150);

    [Fact]
    public void Signs_and_comparisons_are_decided_where_all_members_agree()
    {
        foreach (var (low, high) in from l in Enumerable.Range(-2, 5)
                                    from h in Enumerable.Range(l, 3 - l)
                                    select (l, h))
        {
            var ball = FixedBall.Between(2 * low, 2 * high, 1);
            bool? Expected(Func<int, bool> holds) =>
                Enumerable.Range(low, high - low + 1).Select(holds).Distinct().ToArray() is [var one] ? one : null;
            Assert.Equal(Expected(d => d <= 0), FormulaSigns.Decide(Operation.AtMost, ball));
            Assert.Equal(Expected(d => d < 0), FormulaSigns.Decide(Operation.Less, ball));
            // between integers lie others
            Assert.Equal(low == high || low > 0 || high < 0 ? Expected(d => d == 0) : null,
                FormulaSigns.Decide(Operation.Equal, ball));
            Assert.Equal(low == high || low > 0 || high < 0 ? Expected(d => d != 0) : null,
                FormulaSigns.Decide(Operation.Different, ball));
            Assert.Equal(low > 0 ? 1 : high < 0 ? -1 : 0, FormulaSigns.Strict(ball));
            Assert.Equal(low >= 0 ? 1 : high <= 0 ? -1 : 0, FormulaSigns.Of(ball));
        }
    }

    private static Gen<(string Text, FixedBall Around)> Cases(string[] texts) =>
        from text in Gen.Elements(texts)
        from middle in Gen.Choose(-40, 40)
        from radius in Gen.Elements(0, 1, 3, 8, 16)
        select (text, new FixedBall(middle, radius, 4).AtBits(Bits));

    private static BoundFormula Formula(string text) => BoundFormula.Read(text, ["x"], collects: false)!;

    private static Jet Jet(BoundFormula formula, FixedBall around, int order) => BallEvaluation.Of(
        formula, formula.Terms(), [around.AtBits(Bits)], order, new WorkBudget(long.MaxValue));

    private static IEnumerable<BigRational> Members(FixedBall x) =>
        Enumerable.Range(-2, 5)
            .Select(k => (x.Mid + (x.Rad * new BigRational(k, 2))) * BigRational.PowerOfTwo(-x.Bits));

    private static FixedBall At(BoundFormula formula, BigRational x) =>
        BallEvaluation.Of(
            formula, formula.Terms(), [FixedBall.Of(x, Fine)], 0, new WorkBudget(long.MaxValue)).Value!.Value;

    private static void Inside(FixedBall value, FixedBall ball, string what) => Assert.True(
        ball.Low <= value.High * BigRational.PowerOfTwo(ball.Bits - Fine)
        && value.Low * BigRational.PowerOfTwo(ball.Bits - Fine) <= ball.High, what);

    private static (BigRational Low, BigRational High) DeCasteljau(FixedBall[] bernstein, BigRational u)
    {
        (BigRational Low, BigRational High)[] b = [.. bernstein.Select(x => ((BigRational)x.Low, (BigRational)x.High))];
        for (int n = b.Length - 1; n > 0; n--)
        {
            for (int i = 0; i < n; i++)
            {
                b[i] = (((1 - u) * b[i].Low) + (u * b[i + 1].Low), ((1 - u) * b[i].High) + (u * b[i + 1].High));
            }
        }

        return b[0];
    }

    private static BigRational Low(FixedBall x) => x.Low * BigRational.PowerOfTwo(-x.Bits);

    private static BigRational High(FixedBall x) => x.High * BigRational.PowerOfTwo(-x.Bits);
}
