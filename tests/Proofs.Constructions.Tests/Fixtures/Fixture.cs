using System.Globalization;
using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Constructions.Tests.Fixtures;

// The reference values of docs/math, and the comparison of a network with one case of them.
internal static class Fixture
{
    public static BigRational Rational(this JsonElement e) => BigRational.Parse(
        e.ValueKind == JsonValueKind.String ? e.GetString()! : e.GetRawText());

    public static BigRational Rational(this JsonElement e, string name) => e.GetProperty(name).Rational();

    public static int Integer(this JsonElement e, string name) => e.GetProperty(name).GetInt32();

    public static BigRational[] Rationals(this JsonElement e) => [.. e.EnumerateArray().Select(x => x.Rational())];

    public static BigRational[] Rationals(this JsonElement e, string name) => e.GetProperty(name).Rationals();

    // "(1, 0)": "1/4" is the term x1/4.
    public static Polynomial Polynomial(this JsonElement terms, int dimension) =>
        Proofs.Constructions.Calculus.Polynomial.Of(
        dimension,
        terms.EnumerateObject().Select(t => KeyValuePair.Create(Index(t.Name), t.Value.Rational())));

    public static MultiIndex Index(string tuple) => new([.. tuple.Trim('(', ')')
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(n => int.Parse(n, CultureInfo.InvariantCulture))]);

    public static void Agrees(JsonElement expected, ReluNetwork network)
    {
        Assert.Equal(expected.Integer("L"), network.Depth);
        Assert.Equal(expected.GetProperty("W").GetInt64(), network.Size);
        if (expected.TryGetProperty("B", out var b))
        {
            Assert.Equal(b.Rational(), network.Magnitude);
        }

        if (expected.TryGetProperty("width", out var width))
        {
            Assert.Equal(width.GetInt32(), network.Width);
        }

        PointsAgree(expected, "points", network);
    }

    public static void PointsAgree(JsonElement expected, string name, ReluNetwork network)
    {
        if (expected.TryGetProperty(name, out var points))
        {
            foreach (var point in points.EnumerateArray())
            {
                Assert.Equal(point.Rationals("y"), network.Evaluate(point.Rationals("x")));
            }
        }
    }

    // The network, and what its own construction claims about it.
    public static void Agrees(JsonElement expected, Built built)
    {
        Agrees(expected, built.Network);
        SizesHold(built);
        if (expected.TryGetProperty("bound", out var bound))
        {
            Assert.Equal(bound.Rational(), built.Budget.TryEvaluate(built.Budget.Bound));
        }
    }

    public static void SizesHold(Built built)
    {
        foreach (var size in built.Sizes)
        {
            Assert.True(
                size.Holds(built.Network, built.Budget.Parameters) is true,
                $"{size} fails: the network has {size.Of(built.Network)}, the formula is "
                + $"{size.Formula.TryEvaluate(built.Budget.Parameters)}");
        }
    }
}
