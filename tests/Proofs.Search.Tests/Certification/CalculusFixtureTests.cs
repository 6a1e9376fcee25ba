using System.Globalization;
using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Requests;
using Proofs.Tests;
using Xunit;

namespace Proofs.Search.Tests.Certification;

/// <summary>
/// Every error that 00-calculus.json measured on a grid lies below a certified upper end that is close to it.
/// </summary>
public sealed class CalculusFixtureTests
{
    private static readonly JsonElement All = RepositoryFiles.Fixture("00-calculus.json");

    public static TheoryData<int> HolderCases => [.. Enumerable.Range(0, All.GetProperty("holder").GetArrayLength())];

    public static TheoryData<int> SquareCases =>
        [.. Enumerable.Range(0, All.GetProperty("square").GetProperty("cases").GetArrayLength())];

    public static TheoryData<int> ExponentialCases => [.. Enumerable.Range(0, All.GetProperty("exp").GetArrayLength())];

    [Theory]
    [MemberData(nameof(HolderCases))]
    public void The_error_of_a_smooth_function_is_enclosed(int index)
    {
        var c = All.GetProperty("holder")[index];
        int d = c.GetProperty("D").GetInt32();
        var space = new HolderClass(Rational(c, "beta"), d, Rational(c, "M"));
        var choice = new HolderChoice(
            c.GetProperty("N").GetInt32(), c.GetProperty("r").GetInt32(), c.GetProperty("p").GetInt32(), null);
        var f = Formula(c.GetProperty("f"), d);
        var built = HolderApproximator.Build(space, f, space.Q == 0 ? choice with { R = 0, P = 0 } : choice);
        Encloses(c.GetProperty("sup_err_grid").GetDouble(), CertifyRequest.Of(built) with { RelativeGap = 0.1 });
    }

    [Theory]
    [MemberData(nameof(SquareCases))]
    public void The_error_of_a_square_is_its_bound_exactly(int index)
    {
        var c = All.GetProperty("square").GetProperty("cases")[index];
        var bound = Rational(c, "bound");
        var request = CertifyRequest.Of(Square.Build(c.GetProperty("r").GetInt32(), c.GetProperty("p").GetInt32()));
        var found = Certifier.Sup(request.WithAtMost(bound));
        Assert.Equal(Proofs.Search.Requests.Outcome.Certified, found.Outcome);
        Assert.Equal(bound, found.Value.Upper);
        Assert.True(c.GetProperty("sup_err_grid").GetDouble() <= Binary64.RoundUp(bound) * (1 + 1e-12));
    }

    [Theory]
    [MemberData(nameof(ExponentialCases))]
    public void The_error_of_an_exponential_is_enclosed_on_both_sides(int index)
    {
        var c = All.GetProperty("exp")[index];
        var t = new BigRational(c.GetProperty("T").GetInt32());
        bool squaring = c.GetProperty("method").GetString() == "square-and-multiply";
        var built = squaring
            ? Exponential.BuildSquaring(
                t, c.GetProperty("k").GetInt32(), c.GetProperty("r").GetInt32(), c.GetProperty("p").GetInt32())
            : Exponential.BuildUniform(t, c.GetProperty("N").GetInt32(), 48);
        var request = CertifyRequest.Of(built) with { RelativeGap = 0.05, AbsoluteGap = 1e-6 };
        var (max, min) = (Certifier.Max(request).Value, Certifier.Min(request).Value);
        double highest = c.GetProperty(squaring ? "max_err_grid" : "sup_err_grid").GetDouble(),
            lowest = c.GetProperty("min_err_grid").GetDouble();
        Assert.True(
            Exact(highest) <= max.Upper + Exact(1e-12) && max.Upper <= Exact(highest * 1.1 + 1e-5),
            $"max {max} beside {highest}");
        Assert.True(
            Exact(lowest) >= min.Lower - Exact(1e-12) && min.Lower >= Exact(lowest * 1.1 - 1e-5),
            $"min {min} beside {lowest}");
    }

    private static void Encloses(double measured, CertifyRequest request)
    {
        var value = Certifier.Sup(request).Value;
        Assert.True(Exact(measured) <= value.Upper + Exact(1e-12), $"{value} beside {measured}");
        Assert.True(value.Upper <= Exact(measured * 1.35 + 1e-9), $"{value} beside {measured}");
    }

    private static BigRational Exact(double value) => Binary64.Exact(value);

    private static BigRational Rational(JsonElement c, string name) =>
        BigRational.Parse(c.GetProperty(name).GetString()!);

    // "(1, 0)": "1/4" is the term x1/4.
    private static Expr Formula(JsonElement terms, int dimension)
    {
        var names = Inputs.Names(dimension);
        return Polynomial.Of(dimension, terms.EnumerateObject().Select(t => KeyValuePair.Create(
            new MultiIndex([.. t.Name.Trim('(', ')')
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(n => int.Parse(n, CultureInfo.InvariantCulture))]),
            BigRational.Parse(t.Value.GetString()!)))).ToExpr(names);
    }
}
