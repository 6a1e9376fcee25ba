using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Bounds;

/// <summary>
/// What a rule says of a box against values at a grid of its points: never more than they allow, and about as much.
/// </summary>
public sealed class BoxRulesTests
{
    private const int Bits = 80;

    private static readonly BigRational Hair = BigRational.PowerOfTwo(-60);

    // Exact minima over [0, 1] x [1, 2] where a rule is sharp, and the rule that shows them.
    [Theory]
    [InlineData("x1 + 2*x2", "2", true, "mean 0 1")]
    [InlineData("x1 + 2*x2", "5", false, "mean 0 1")]
    [InlineData("x1^2*x2", "0", true, "range")]
    [InlineData("x1^2*x2", "2", false, "range")]
    [InlineData("x1 - x1*x2", "-1", true, "range")] // interval arithmetic gives -2
    [InlineData("exp(x1) - x2", "-1", true, "faces 0- 1+")]
    [InlineData("exp(x1)*x2", "1", true, "faces 0- 1-")]
    [InlineData("x1^2 + x2^2", "1", true, "faces 0- 1-")]
    [InlineData("x1^2 - x1 + x2", "3/4", true, "convex")]
    [InlineData("x1^2 - x1 + x2^2 - 3*x2", "-5/2", true, "convex")]
    public void A_rule_shows_the_least_value_and_no_more(string text, string least, bool isLower, string rule)
    {
        var formula = BoundFormula.Read(text, ["x1", "x2"], collects: false)!;
        var work = new WorkBudget(long.MaxValue);
        var rules = new BoxRules(formula, formula.Terms(), !isLower, Bits, work);
        var box = new DyadicBox([0, 1], [1, 2]);
        var value = BigRational.Parse(least) * (isLower ? 1 : -1);
        bool Shows(BigRational bound) => rule.Split(' ') switch
        {
            ["range"] => rules.ByRange(box, bound),
            ["mean", var a, var b] => rules.ByMeanValue(box, bound, [Dyadic.Parse(a), Dyadic.Parse(b)]),
            ["faces", var f, var g] => rules.OnFaces(box, [Of(f), Of(g)]) is { } face && rules.ByRange(face, bound),
            _ => rules.ByConvexity(box, bound, new Dyadic(1, -70), [0, 0], [new(1, -1), new(3, -1)]),
        };
        static Face Of(string word) => new(word[0] - '0', word[1] == '+');
        Assert.False(Shows(value + Hair));
        if (text != "x1 - x1*x2")
        {
            Assert.True(Shows(value - Hair), $"{text} by {rule}");
        }
        else
        {
            Assert.False(Shows(value - Hair));
            Assert.True(Shows(value - 1));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_rule_shows_more_than_the_values_at_a_grid_allow(int seed)
    {
        string[] texts =
        [
            "x1^2 - x1*x2 + x2^3", "exp(x1)*x2 - x1", "sin(3*x1)*cos(x2)", "abs(x1) - x2", "max(x1, x2^2) - x1",
            "x1/(x2 + 3)", "tanh(x1 + x2) - x1^2/3", "erf(x1)*x2", "sinc(4*x1) + x2^2", "atan(x1*x2) + x1^2",
            "log(x1 + 3) - x2", "sqrt(x1 + 3)*x2", "x1^4 + x2^4 - x1*x2", "min(x1, -x1) + x2^2",
        ];
        var random = new Random(seed);
        var work = new WorkBudget(long.MaxValue);
        int shown = 0;
        for (int n = 0; n < 60; n++)
        {
            string text = texts[random.Next(texts.Length)];
            var formula = BoundFormula.Read(text, ["x1", "x2"], collects: false)!;
            bool isNegative = random.Next(2) == 0;
            var rules = new BoxRules(formula, formula.Terms(), isNegative, Bits, work);
            Dyadic[] low = [new(random.Next(-16, 12), -3), new(random.Next(-16, 12), -3)];
            Dyadic[] high = [.. low.Select(a => a + new Dyadic(random.Next(0, 9), -4))];
            Dyadic[] centre = [.. low.Zip(high, (a, b) => (a + b) * new Dyadic(1, -1))];
            var box = new DyadicBox(low, high);
            BigRational least = Grid(low, high).Select(x => Value(formula, x, isNegative)).Min();
            var shift = new Dyadic(random.Next(0, 40), -2);
            foreach (var bound in new[] { least + Hair, least - Hair, least - new BigRational(1, 4), least - 3 })
            {
                bool[] holds =
                [
                    rules.ByRange(box, bound), rules.ByMeanValue(box, bound, centre),
                    rules.ByConvexity(box, bound, shift, [0, 0], centre),
                    rules.OnFaces(box, [new(random.Next(2), random.Next(2) == 0)]) is { } face
                        && rules.ByRange(face, bound),
                ];
                shown += holds.Count(h => h);
                Assert.True(bound <= least || !holds.Contains(true), $"{text} on {n}: {string.Join(' ', holds)}");
            }

            Assert.False(rules.ByMeanValue(box, least - 100, [high[0] + 1, high[1]]));
            Assert.False(rules.ByConvexity(box, least - 100, -1, [0, 0], centre));
            Assert.False(rules.ByConvexity(box, least - 100, 100, [0], centre));
            Assert.False(rules.ByConvexity(box, least - 1000, 100, [0, 0], [low[0] - 1, low[1]]));
        }

        Assert.True(shown > 100, $"{shown} bounds shown");
    }

    [Fact]
    public void Boxes_know_their_points_and_sides()
    {
        var box = new DyadicBox([0, 1], [1, 2]);
        Assert.Equal(2, box.Dimension);
        Assert.True(box.Contains([0, 2]) && box.Contains([1, 1]));
        Assert.False(box.Contains([new(-1, -50), 1]) || box.Contains([0, new(9, -2)]) || box.Contains([0]));
        var part = box.With(1, new(3, -1), 2);
        Assert.True(part.Contains([0, 2]) && !part.Contains([0, 1]) && box.Contains([0, 1]));
        var formula = BoundFormula.Read("x1 + x2^2", ["x1", "x2"], collects: false)!;
        var root = BoxCertificate.Root(formula, [formula.Terms()[1]], box);
        Assert.Equal([0, 2], root.High);
        Assert.Equal(["x1", "x2"], BoxCertificate.Names(2).ToArray());
        Assert.Equal(["x"], BoxCertificate.Names(1).ToArray());
        var around = BoxCertificate.Around([new(1, 3)], [new(1, 3)]);
        Assert.True(around.Low[0].ToRational() < new BigRational(1, 3)
            && new BigRational(1, 3) < around.High[0].ToRational());
    }

    private static IEnumerable<BigRational[]> Grid(Dyadic[] low, Dyadic[] high) =>
        from i in Enumerable.Range(0, 5)
        from j in Enumerable.Range(0, 5)
        select new[] { Between(low[0], high[0], i), Between(low[1], high[1], j) };

    private static BigRational Between(Dyadic a, Dyadic b, int k) =>
        a.ToRational() + ((b - a).ToRational() * new BigRational(k, 4));

    private static BigRational Value(BoundFormula formula, BigRational[] x, bool isNegative)
    {
        var value = BoxCertificate.ValueAt(formula, x, 200, new WorkBudget(long.MaxValue))!.Value;
        return value.Mid * BigRational.PowerOfTwo(-value.Bits) * (isNegative ? -1 : 1);
    }
}
