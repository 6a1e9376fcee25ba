using System.Collections.Immutable;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Catalogues;

/// <summary>All constructions by name, with their parameters, for the command line.</summary>
public static class Catalogue
{
    private const int MostUnits = 4096;
    private static readonly ConstructionParameter SquareDepth = Whole("r", "3", "layers of a square");
    private static readonly ConstructionParameter SquareGroup = Whole("p", "1", "bits a layer of a square resolves");
    private static readonly ConstructionParameter Radius = Number("K", "1", "the factors lie in [-K, K]");

    /// <summary>The constructions, ordered by name.</summary>
    public static ImmutableArray<Construction> All { get; } =
    [
        .. Blocks().Concat(Squares()).Concat(Interpolation()).Concat(Exponentials()).Concat(SmoothCatalogue.All)
        .Concat(InvarianceCatalogue.All)
            .OrderBy(c => c.Name, StringComparer.Ordinal),
    ];

    /// <summary>The construction called <paramref name="name"/>, or null where there is none.</summary>
    public static Construction? Find(string name) => All.FirstOrDefault(c => c.Name == name);

    internal static ConstructionParameter Whole(string name, string? value, string description) =>
        new(name, ParameterKind.Integer, value, description);

    internal static ConstructionParameter Number(string name, string? value, string description) =>
        new(name, ParameterKind.Number, value, description);

    internal static ConstructionParameter Word(
        string name, string value, string description, params string[] choices) =>
        new(name, ParameterKind.Choice, value, description) { Choices = choices };

    internal static ConstructionParameter Formula(string name, string description) =>
        new(name, ParameterKind.Formula, null, description);

    private static IEnumerable<Construction> Blocks()
    {
        var radius = Number("radius", "1", "the claims are on [-radius, radius]");
        yield return new("abs", "the absolute value, exact", "math/00, section 2", [radius],
            a => AbsoluteValue.Build(a.Number("radius")));
        yield return new(
            "max", "the maximum of n numbers, exact", "math/00, 2.1", [Whole("n", null, "how many numbers"), radius],
            a => Maximum.Build(a.Integer("n", 1, MostUnits), a.Number("radius")));
        yield return new(
            "min", "the minimum of n numbers, exact", "math/00, 2.1", [Whole("n", null, "how many numbers"), radius],
            a => Maximum.BuildMinimum(a.Integer("n", 1, MostUnits), a.Number("radius")));
        yield return new("clip", "min(max(x, a), b), exact", "math/00, section 2",
            [Number("a", null, "the lower end"), Number("b", null, "the upper end, above a")],
            a => Clip.Build(a.Number("a"), a.Number("b")));
        yield return new("sawtooth", "the s-fold iterate of the hat on [0,1], exact", "math/00, 2.3",
            [Whole("s", "1", "the number of iterations")],
            a => Sawtooth.Build(a.Integer("s", 1, 20)));
        yield return new("ramp", "a continuous step of width delta, exact", "math/00, 3.1",
            [Number("delta", null, "the width of the step"),
                Word("kind", "centred", "where the step lies", "centred", "left", "right")],
            a => Ramp.Build(a.Number("delta"), Enum.Parse<RampKind>(a.Choice("kind"), ignoreCase: true)));
        yield return new("conjunction", "the conjunction of J values in [0,1], exact", "math/00, 3.3",
            [Whole("J", null, "how many values")],
            a => Conjunction.Build(a.Integer("J", 1, MostUnits)));
        yield return new("gate", "clip(v, -F r, F r): exact multiplication by an indicator r", "math/00, 3.4",
            [Number("F", null, "the bound of v")],
            a => Gate.Build(a.Number("F")));
        yield return new("plateau", "a bump, 1 on a box and 0 a margin delta away, exact", "math/00, 3.5",
            [
                new("box", ParameterKind.Box, null, "the box, such as [1/4,1/2]x[0,1]"),
                Number("delta", null, "the margin"),
                Word("kind", "sum", "by the sum of the distances, or the largest", "sum", "max"),
            ],
            a => a.Choice("kind") == "sum"
                ? Plateau.Build(a.Box("box"), a.Number("delta"))
                : Plateau.BuildMinimum(a.Box("box"), a.Number("delta")));
    }

    private static IEnumerable<Construction> Squares()
    {
        var factors = Word("factors", "signed", "in [-K, K] or in [0, K]", "signed", "nonnegative");
        yield return new("square", "x^2 on [0,1]", "math/00, 4.1", [SquareDepth, SquareGroup],
            a => Square.Build(Depth(a), Group(a)));
        yield return new("square-symmetric", "x^2 on [-K,K]", "math/00, 4.2",
            [Number("K", "1", "the radius"), SquareDepth, SquareGroup],
            a => Square.BuildSymmetric(a.Number("K"), Depth(a), Group(a)));
        yield return new(
            "product", "x1 x2 on [-K,K]^2 or [0,K]^2", "math/00, 4.3", [Radius, SquareDepth, SquareGroup, factors],
            a => a.Choice("factors") == "signed"
                ? Product.Build(a.Number("K"), Depth(a), Group(a))
                : Product.BuildNonNegative(a.Number("K"), Depth(a), Group(a)));
        yield return new("product-many", "x1 x2 … xn on [-1,1]^n or [0,1]^n", "math/00, 4.4",
            [Whole("n", null, "how many factors"), SquareDepth, SquareGroup, factors],
            a => a.Choice("factors") == "signed"
                ? ProductOfMany.Build(a.Integer("n", 2, MostUnits), Depth(a), Group(a))
                : ProductOfMany.BuildNonNegative(a.Integer("n", 2, MostUnits), Depth(a), Group(a)));
        yield return new("polynomial", "a polynomial on [0,1]^D", "math/00, 4.6",
            [Whole("D", null, "the number of variables"), Formula("f", "the polynomial in x1, …, xD (x where D = 1)"),
                SquareDepth, SquareGroup],
            a =>
            {
                var names = Inputs.Names(a.Integer("D", 1, 64));
                var polynomial = Polynomial.TryOf(a.Formula("f"), names) ?? throw new ParameterException(
                    "f", $"is {a.Formula("f")}; expected a polynomial in {string.Join(", ", names)}");
                return PolynomialNetwork.Build(polynomial, Math.Max(1, polynomial.Degree), Depth(a), Group(a));
            });
    }

    private static IEnumerable<Construction> Interpolation()
    {
        yield return new("interpolation", "linear interpolation in one variable, exact", "math/00, 5.1",
            [
                new("knots", ParameterKind.Numbers, null, "increasing numbers, such as 0,1/2,1"),
                new("values", ParameterKind.Numbers, null, "one value for each knot"),
            ],
            a => PiecewiseLinear.Build(a.Numbers("knots"), a.Numbers("values")));
        yield return new(
            "interpolant", "the piecewise-linear interpolant on the Kuhn triangulation, exact", "math/00, 5.3",
            [
                Whole("D", null, "the number of variables"),
                Whole("N", null, "cells a side"),
                Formula("f", "a formula in x1, …, xD with rational values at the grid points"),
            ],
            a =>
            {
                int d = a.Integer("D", 1, 16), n = a.Integer("N", 1, 1 << 20);
                if (BigRational.Pow(n + 1, d) > 1_000_000)
                {
                    throw new ParameterException(
                        "N", $"makes (N + 1)^D = {BigRational.Pow(n + 1, d)} grid points; expected at most 1000000");
                }

                var source = TaylorSource.Of(a.Formula("f"), Inputs.Names(d)).Coefficient(MultiIndex.Zero(d), 0, n);
                return KuhnInterpolant.Build(d, n, [.. KuhnInterpolant.Nodes(d, n).Select(l =>
                    source(l) is { IsExact: true } value
                        ? value.Low
                        : throw new ParameterException(
                            "f", "is irrational at a grid point; expected rational values"))]);
            });
    }

    private static IEnumerable<Construction> Exponentials()
    {
        var end = Number("T", null, "the claims are on [0, T]");
        var bits = Whole("R", "40", "values are multiples of 2^-R");
        yield return new("exponential-uniform", "exp(-x) on [0,T] by equal steps", "math/00, 6.1",
            [end, Whole("n", null, "how many steps"), bits],
            a => Exponential.BuildUniform(a.Number("T"), a.Integer("n", 1, 1 << 20), a.Integer("R", 1, 500)));
        yield return new("exponential-graded", "exp(-x) on [0,infinity) by growing steps", "math/00, 6.2",
            [end, Whole("n", null, "how many steps"), bits],
            a => Exponential.BuildGraded(a.Number("T"), a.Integer("n", 2, 1 << 14), a.Integer("R", 1, 500)));
        yield return new("exponential-squaring", "exp(-x) on [0,T] by k squarings, T at most 2^k", "math/00, 6.3",
            [end, Whole("k", null, "how many squarings"), SquareDepth, SquareGroup],
            a => Exponential.BuildSquaring(a.Number("T"), a.Integer("k", 1, 200), Depth(a), Group(a)));
    }

    private static int Depth(ConstructionArguments a) => a.Integer("r", 1, 250);

    private static int Group(ConstructionArguments a) => a.Integer("p", 1, 12);
}
