using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Hypersurfaces;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Constructions.Splits;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Catalogues;

// The approximators: smooth functions, and functions with jumps along surfaces.
internal static class SmoothCatalogue
{
    private static readonly ConstructionParameter Depth = Catalogue.Word(
        "depth", "constant", "independent of eps, or growing like log(1/eps) with small weights", "constant", "deep");

    private static readonly ConstructionParameter Round = Catalogue.Word(
        "round", "auto", "coefficients as multiples of a power of two; auto does so where they are no binary64 numbers",
        "auto", "yes", "no");

    public static ImmutableArray<Construction> All { get; } =
    [
        new(
            "holder",
            "a function of the Hölder class H(beta, D, M) on [0,1]^D within eps",
            "math/00, section 7",
            [
                Catalogue.Whole("D", null, "the number of variables"),
                Catalogue.Number("beta", null, "the smoothness, above 0"),
                Catalogue.Number("M", "1", "the bound of the derivatives"),
                Catalogue.Number("eps", null, "the error allowed in the sup norm, above 0"),
                Catalogue.Formula("f", "the function in x1, …, xD (x where D = 1)"),
                Depth,
                Round,
            ],
            Holder,
            OptimalHolder),
        new(
            "hypersurface",
            "a function with jumps along smooth surfaces on [0,1]^D within eps in L^p",
            "math/01, sections 2 to 4",
            [
                Catalogue.Whole("D", null, "the number of variables, at least 2"),
                Catalogue.Number("alpha", null, "the smoothness of the surfaces, above 0"),
                Catalogue.Number("beta", null, "the smoothness of the pieces, above 0"),
                Catalogue.Number("M", "1", "the bound of pieces, surfaces and their derivatives, at least 1"),
                Catalogue.Number("eps", null, "the error allowed, in (0, 1]"),
                Catalogue.Whole("p", "2", "the norm is L^p"),
                Catalogue.Formula("f", "the function on a piece, in x1, …, xD") with { IsNumbered = true },
                Catalogue.Formula(
                    "h", "the surface of a piece, in the coordinates other than xd") with { IsNumbered = true },
                Catalogue.Whole(
                    "d", "", "the coordinate xd that the surface h bounds; D where missing") with { IsNumbered = true },
                Catalogue.Word(
                    "side", "below", "whether the piece is where xd <= h or where xd >= h", "below",
                    "above") with { IsNumbered = true },
                new("region", ParameterKind.Region, "",
                    "the region of a piece instead of h, as x2 <= 1/2 + x1/4; x1 >= 1/8") { IsNumbered = true },
                Catalogue.Word(
                    "disjoint", "auto", "whether you answer for the pieces being disjoint; auto uses what is shown",
                    "auto", "yes"),
                Depth,
                Round,
            ],
            Hypersurface,
            OptimalHypersurface),
        new(
            "intrinsic",
            "a function of H(beta, D, M) on a low-dimensional set in [0,1]^D; the size counts the cells of the set",
            "math/02, section 3",
            [
                new("set", ParameterKind.Set, null, $"a set ({string.Join(", ", Sets.Names)}) or a file with its maps"),
                Catalogue.Number("beta", null, "the smoothness, above 0"),
                Catalogue.Number("M", "1", "the bound of the derivatives"),
                Catalogue.Formula("f", "the function in x1, …, xD (x where D = 1)"),
                Catalogue.Whole("n", "", "cells a side; or give eps"),
                Catalogue.Number("eps", "", "the error allowed on the cells, above 0; or give n"),
                Catalogue.Word(
                    "classes", "greedy",
                    "how touching cells are told apart; the paper's variants take the index modulo 5", "greedy",
                    "parity"),
                Catalogue.Word(
                    "variant", "ours",
                    "penalties on shared faces, or the paper's trapezoids, on the same grid or "
                        + "on the one of its own analysis", "ours", "paper", "paper_own"),
                Catalogue.Word(
                    "monomials", "log", "for beta above 2: depth growing like log(1/eps), or independent of eps", "log",
                    "flat"),
            ],
            Intrinsic),
    ];

    private static HolderClass ClassOf(ConstructionArguments a)
    {
        int d = a.Integer("D", 1, 64);
        return new(Positive(a, "beta"), d, Positive(a, "M"));
    }

    private static Built Holder(ConstructionArguments a)
    {
        var @class = ClassOf(a);
        var eps = Positive(a, "eps");
        var f = a.Formula("f");
        var choice = a.Choice("depth") == "constant"
            ? HolderChoice.ConstantDepth(@class, eps)
            : HolderChoice.Deep(@class, eps);
        return Rounded(
            a.Choice("round"),
            () => HolderApproximator.Build(@class, f, choice),
            () => HolderApproximator.Build(@class, f, choice.WithRoundedCoefficients(@class)));
    }

    private static SplitBuilt OptimalHolder(ConstructionArguments a)
    {
        var @class = ClassOf(a);
        var f = a.Formula("f");
        var split = HolderSplit.Least(@class, Positive(a, "eps"), isDeep: a.Choice("depth") == "deep");
        return Within(
            split.Report,
            Rounded(
                a.Choice("round"),
                () => HolderApproximator.Build(@class, f, split.Choice with { Precision = null }),
                () => HolderApproximator.Build(@class, f, split.Choice)));
    }

    private static SplitBuilt OptimalHypersurface(ConstructionArguments a)
    {
        var f = FunctionOf(a);
        var split = HypersurfaceSplit.Least(
            f.Class, f.IsDisjoint, a.Number("eps"), a.Integer("p", 1, 64), isDeep: a.Choice("depth") == "deep");
        var exact = split.Choice with
        {
            Smooth = split.Choice.Smooth with { Precision = null },
            Surface = split.Choice.Surface with { Precision = null },
        };
        return Within(
            split.Report,
            Rounded(
                a.Choice("round"),
                () => HypersurfaceNetwork.Build(f, exact),
                () => HypersurfaceNetwork.Build(f, split.Choice)));
    }

    // The budget of the integers chosen, with eps as what the root was granted.
    internal static SplitBuilt Within(SplitReport split, Built built)
    {
        var budget = built.Budget.WithParameters([new("eps", split.Accuracy)]) with
        {
            Allowance = Expr.Variable("eps"),
        };
        bool isWithin = budget.TryEvaluate(budget.Bound) is { } exact
            ? exact <= split.Accuracy
            : budget.BoundValue().Sup <= Binary64.RoundDown(split.Accuracy);
        return isWithin
            ? new(built with { Budget = budget }, split)
            : throw new InvalidOperationException(
                $"The bound {budget.Bound} of the plan chosen is not shown to be at most {split.Accuracy}.");
    }

    private static HypersurfaceFunction FunctionOf(ConstructionArguments a)
    {
        int d = a.Integer("D", 1, 64);
        if (d < 2)
        {
            throw new ParameterException("D", $"is {d}; expected at least 2, since a surface needs another coordinate");
        }

        if (Positive(a, "eps") is var eps && eps > BigRational.One)
        {
            throw new ParameterException("eps", $"is {eps}; expected a number in (0, 1]");
        }

        var numbers = a.Pieces();
        ImmutableArray<RegionPiece> pieces = numbers.IsEmpty
            ? [Piece(a, "", d)]
            : [.. numbers.Select(k => Piece(a, $"{k}", d))];
        return HypersurfaceFunction.Create(
            d, Positive(a, "alpha"), Positive(a, "beta"), Positive(a, "M"), pieces, a.Choice("disjoint") == "yes");
    }

    private static Built Hypersurface(ConstructionArguments a)
    {
        var f = FunctionOf(a);
        var eps = a.Number("eps");
        int p = a.Integer("p", 1, 64);
        var choice = a.Choice("depth") == "constant"
            ? HypersurfaceChoice.ConstantDepth(f.Class, eps, p)
            : HypersurfaceChoice.Deep(f.Class, eps, p);
        return Rounded(
            a.Choice("round"),
            () => HypersurfaceNetwork.Build(f, choice),
            () => HypersurfaceNetwork.Build(f, choice.WithRoundedCoefficients(f.Class)));
    }

    private static RegionPiece Piece(ConstructionArguments a, string number, int dimension)
    {
        var value = a.Formula("f" + number);
        if (a.Text("region" + number) is { Length: > 0 })
        {
            return new(value, a.Region("region" + number));
        }

        string key = "d" + number;
        int coordinate = a.Text(key) is { Length: > 0 } ? a.Integer(key, 1, dimension) : dimension;
        return new(value, [new(coordinate, a.Choice("side" + number) == "below" ? 1 : -1, a.Formula("h" + number))]);
    }

    private static Built Intrinsic(ConstructionArguments a)
    {
        var set = a.Set("set");
        var @class = new HolderClass(Positive(a, "beta"), set.AmbientDimension, Positive(a, "M"));
        var f = Inputs.InNames(a.Formula("f"), set.AmbientDimension);
        var design = a.Choice("variant") switch
        {
            "paper" => IntrinsicDesign.Paper,
            "paper_own" => IntrinsicDesign.PaperOwn,
            _ => a.Choice("classes") == "greedy" ? IntrinsicDesign.Ours : IntrinsicDesign.Parity,
        };
        design = a.Choice("monomials") == "flat" ? design.Flat(@class, set) : design;
        bool byGrid = a.Text("n") is { Length: > 0 }, byError = a.Text("eps") is { Length: > 0 };
        if (byGrid == byError)
        {
            throw new ParameterException(
                byGrid ? "eps" : "n",
                byGrid ? "is given next to n; expected one of them" : "is missing; expected n or eps");
        }

        var (n, choice) = byGrid
            ? (a.Integer("n", 2, 1 << 30), null)
            : IntrinsicChoice.ForAccuracy(@class, set.NaturalBase, Positive(a, "eps"), design);
        return IntrinsicNetwork.Build(@class, set, n, f, choice ?? IntrinsicChoice.ForGrid(@class, n, design));
    }

    // Exact coefficients where they are binary64 numbers anyway; rounded ones where they are not, or are asked for.
    private static Built Rounded(string round, Func<Built> exact, Func<Built> rounded)
    {
        if (round == "yes")
        {
            return rounded();
        }

        try
        {
            var built = exact();
            return round == "no" || built.Network.IsBinary64 ? built : rounded();
        }
        catch (IrrationalCoefficientException) when (round == "auto")
        {
            return rounded();
        }
    }

    private static BigRational Positive(ConstructionArguments a, string key) => a.Number(key) is { Sign: > 0 } value
        ? value
        : throw new ParameterException(key, $"is {a.Number(key)}; expected a number above 0");
}
