using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Splits;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Catalogues;

// Sorters and quasi-sorting: canonical forms of points under permutations; networks that are invariant or equivariant
// exactly.
internal static class InvarianceCatalogue
{
    private const int MostPoints = 64;
    private static readonly ConstructionParameter Points = Catalogue.Whole("n", null, "how many points");
    private static readonly ConstructionParameter Smoothness =
        Catalogue.Number("beta", "1", "the smoothness, in (0, 1]");
    private static readonly ConstructionParameter Bound =
        Catalogue.Number("M", "1", "the bound of |f| and of its Hölder quotient in the sup norm");
    private static readonly ConstructionParameter Function =
        Catalogue.Formula("f", "the invariant function in x1, x2, …");
    private static readonly ConstructionParameter Cells = Catalogue.Whole("N", null, "cells a side");

    private static readonly ConstructionParameter Family =
        Catalogue.Word(
            "family", "merge", "odd-even transposition, odd-even merge or bitonic", "oddeven", "merge", "bitonic");

    private static readonly ConstructionParameter Round = Catalogue.Word(
        "round", "auto", "values as binary64 numbers; auto rounds them where they are none", "auto", "yes", "no");

    private static readonly ConstructionParameter Group =
        new("group", ParameterKind.Group, null, $"a group: {Groups.Names}");
    private static readonly ConstructionParameter Template =
        new("c", ParameterKind.Numbers, null, "the template, a number for each coordinate");

    public static ImmutableArray<Construction> All { get; } =
    [
        new(
            "sorter",
            "n numbers in descending order on [0,infinity)^n, exact",
            "math/03, 2.2",
            [
                Catalogue.Whole("n", null, "how many numbers"),
                Family,
            ],
            a => Sorter.Build(a.Integer("n", 2, 256), FamilyOf(a))),
        new(
            "quasi-sort",
            "n numbers of [0,1] in descending order up to (1 - 1/n)/N, by counts above N thresholds",
            "math/03, 4.2",
            [Catalogue.Whole("n", null, "how many numbers"), Catalogue.Whole("N", null, "how many thresholds")],
            a => QuasiSort.Build(a.Integer("n", 2, 256), a.Integer("N", 1, 4096))),
        new(
            "invariant-interpolant",
            "an invariant function of n numbers in [0,1]: interpolation at sorted nodes behind a sorter",
            "math/03, Theorem A",
            [Points, Smoothness, Bound, Function, Catalogue.Whole("N", "", "cells a side; or give eps"),
                Catalogue.Number("eps", "", "the error allowed; or give N"), Family, Round],
            a => Has(a, "N") == Has(a, "eps")
                ? throw new ParameterException(
                    "N", Has(a, "N") ? "is given next to eps; expected one of them" : "is missing; expected N or eps")
                : Has(a, "N")
                    ? InvariantInterpolant.Build(Class(a), a.Formula("f"), Grid(a), FamilyOf(a), a.Choice("round"))
                    : InvariantInterpolant.BuildFor(
                        Class(a), a.Formula("f"), Positive(a, "eps"), FamilyOf(a), a.Choice("round"))),
        new(
            "invariant-holder",
            "a smooth invariant function of n numbers in [0,1], beta above 1: "
                + "Taylor polynomials at sorted nodes behind a sorter",
            "math/03, Theorem B",
            [
                Points,
                Catalogue.Number("beta", null, "the smoothness, above 1"),
                Bound with { Description = "the bound of the derivatives" },
                Catalogue.Number("eps", null, "the error allowed in the sup norm, above 0"),
                Function,
                Catalogue.Word(
                    "depth", "constant", "independent of eps, or growing like log(1/eps) with small weights",
                    "constant", "deep"),
                Family,
            ],
            Holder,
            OptimalHolder),
        new(
            "inf-convolution",
            "an invariant function of n points in [0,1]^p, by inf-convolution with the distance of orbits",
            "math/03, Theorem C",
            [
                Points, Catalogue.Whole("p", "1", "features of a point; x1, …, xp are the first point's"), Smoothness,
                Bound, Function, Cells, Family, Round,
            ],
            a => InfConvolution.Build(
                a.Integer("n", 2, MostPoints), a.Integer("p", 1, 16), Class(a, a.Integer("p", 1, 16)), a.Formula("f"),
                Grid(a), FamilyOf(a), a.Choice("round"))),
        new(
            "deep-sets",
            "an invariant function of n numbers in [0,1] by sum pooling, of a depth that does not depend on the error",
            "math/03, 4.3",
            [Points, Smoothness, Bound, Function, Cells, Catalogue.Whole("N1", null, "thresholds"), Round],
            a => InvariantInterpolant.BuildPooled(
                Class(a), a.Formula("f"), Grid(a), a.Integer("N1", 1, 4096), a.Choice("round"))),
        new(
            "equivariant-interpolant",
            "an equivariant function of n numbers in [0,1]: copies of one network, each sorting the other numbers",
            "math/03, 7.2",
            [Points, Smoothness, Bound,
                Catalogue.Formula("f", "the first output, invariant under permutations of x2, …, xn"), Cells, Round],
            a => EquivariantInterpolant.Build(Class(a), a.Formula("f"), Grid(a), a.Choice("round"))),
        new(
            "group-mean",
            "an invariant function on [0,1]^D: the mean over a group of an interpolant",
            "math/03, 5.1",
            [Catalogue.Whole("D", null, "the number of variables"), Group, Smoothness, Bound, Function, Cells, Round],
            a => OrbitNetworks.BuildMean(
                new HolderClass(Positive(a, "beta"), a.Integer("D", 1, 16), Positive(a, "M")), a.Formula("f"),
                GroupOf(a, a.Integer("D", 1, 16)), Grid(a), a.Choice("round"))),
        new(
            "max-filter",
            "the largest product <g x, c> over a group, exact",
            "math/03, 6.1",
            [Group, Template],
            a => OrbitNetworks.BuildMaxFilter(GroupOf(a, a.Numbers("c").Length), [.. a.Numbers("c")])),
        new(
            "orbit-distance",
            "the least distance |x - g c| over a group in the sup norm, exact",
            "math/03, 6.1",
            [Group, Template],
            a => OrbitNetworks.BuildOrbitDistance(GroupOf(a, a.Numbers("c").Length), [.. a.Numbers("c")])),
    ];

    private static SorterFamily FamilyOf(ConstructionArguments a) =>
        Enum.Parse<SorterFamily>(a.Choice("family"), ignoreCase: true);

    private static HolderClass Class(ConstructionArguments a, int features = 1) =>
        new(Positive(a, "beta"), a.Integer("n", 2, MostPoints) * features, Positive(a, "M"));

    private static int Grid(ConstructionArguments a) => a.Integer("N", 1, 1 << 20);

    private static bool Has(ConstructionArguments a, string key) => a.Text(key) is { Length: > 0 };

    private static Built Holder(ConstructionArguments a)
    {
        var @class = Class(a);
        var choice = a.Choice("depth") == "constant"
            ? HolderChoice.ConstantDepth(@class, Positive(a, "eps"))
            : HolderChoice.Deep(@class, Positive(a, "eps"));
        return Holder(a, choice, choice.WithRoundedCoefficients(@class));
    }

    private static SplitBuilt OptimalHolder(ConstructionArguments a)
    {
        var split = HolderSplit.LeastInvariant(
            Class(a), Positive(a, "eps"), isDeep: a.Choice("depth") == "deep", FamilyOf(a));
        return SmoothCatalogue.Within(
            split.Report, Holder(a, split.Choice with { Precision = null }, split.Choice));
    }

    // With exact coefficients where they are binary64 numbers, else with rounded ones.
    private static Built Holder(ConstructionArguments a, HolderChoice exact, HolderChoice rounded)
    {
        var (@class, f) = (Class(a), a.Formula("f"));
        try
        {
            var built = InvariantHolder.Build(@class, f, exact, FamilyOf(a));
            return built.Network.IsBinary64 ? built : InvariantHolder.Build(@class, f, rounded, FamilyOf(a));
        }
        catch (IrrationalCoefficientException)
        {
            return InvariantHolder.Build(@class, f, rounded, FamilyOf(a));
        }
    }

    private static GroupAction GroupOf(ConstructionArguments a, int dimension)
    {
        try
        {
            return Groups.Parse(a.Required("group"), dimension);
        }
        catch (GroupException e)
        {
            throw new ParameterException(
                "group", e.Message.Replace("the network has", "expected", StringComparison.Ordinal));
        }
    }

    private static BigRational Positive(ConstructionArguments a, string key) => a.Number(key) is { Sign: > 0 } value
        ? value
        : throw new ParameterException(key, $"is {a.Number(key)}; expected a number above 0");
}
