using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Holder;

// The budget tree of math/00, section 8, and the size claims of 7.5, for one choice of N, r, p, R.
internal static class HolderBudget
{
    private static readonly Expr Taylor = Expr.Parse("t0*N^(-beta)");
    private static readonly Expr Products = Expr.Parse("S*4^(-r*p - 1)");

    public static Budget Of(HolderClass @class, HolderChoice choice, int zeros)
    {
        bool rounded = choice.Precision is not null;
        bool smooth = @class.Q > 0;
        var children = ImmutableArray.CreateBuilder<Budget>();
        children.Add(Allowed(TaylorNode(@class), choice, "eps/2", "N^beta*eps >= 2*t0"));
        if (smooth)
        {
            children.Add(Allowed(ProductNode(@class, choice), choice, "eps/4", "4^(r*p)*eps >= S"));
        }

        if (rounded)
        {
            var round =
                Budget.Leaf("round", "math/00, 7.6", Norm.Sup, Expr.Parse(smooth ? "scales*2^(-R)" : "2^(-R - 1)"));
            children.Add(Allowed(round, choice, "eps/4", smooth ? "2^R*eps >= 4*scales" : "2^R*eps >= 2"));
        }

        var bound = Expr.Sum(children.Select(c => c.Bound));
        var tree = new Budget("holder", "math/00, 7.6", Norm.Sup, bound)
        {
            Statement = $"A network within the bound of f, for every f in {@class}.",
            Allowance = choice.Accuracy is null ? null : Expr.Variable("eps"),
            Rule = Expr.Sum(children.Select(c => Expr.Variable(c.Lemma))),
            Children = children.ToImmutable(),
        };
        return tree.WithParameters(Parameters(@class, choice, zeros));
    }

    public static ImmutableArray<SizeStatement> Sizes(HolderClass @class, HolderChoice choice, ReluNetwork network)
    {
        var size = HolderSize.Of(@class, choice);
        var exact = @class.Q > 0 ? RelationKind.Equal : RelationKind.LessOrEqual;
        var sizes = ImmutableArray.Create<SizeStatement>(
            new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse(@class.Q > 0 ? "T + r + 5 + Q*(r + 2)" : "T + 3")),
            new(SizeQuantity.Size, RelationKind.Equal,
                @class.Q > 0 ? HolderSize.SizeFormula : HolderSize.SizeFormulaLipschitz),
            new(SizeQuantity.Width, RelationKind.Equal, Expr.Constant(size.Width)),
            new(SizeQuantity.Magnitude, exact, Expr.Constant(size.Magnitude)));
        return choice.Accuracy is null
            || (@class.Q > 0 && choice.R != Math.Max(1, (int)(@class.Beta / @class.Dimension).Ceiling()))
            ? sizes
            : sizes.Add(new(
                SizeQuantity.Size,
                RelationKind.LessOrEqual,
                (@class.Q > 0 ? HolderSize.Constant : HolderSize.ConstantLipschitz) * Expr.Parse("eps^(-D/beta)")));
    }

    public static ImmutableSortedDictionary<string, BigRational> Parameters(
        HolderClass @class, HolderChoice choice, int zeros)
    {
        var values = Assemble.Parameters(
            ("D", @class.Dimension),
            ("beta", @class.Beta),
            ("q", @class.Q),
            ("s", @class.S),
            ("M", @class.M),
            ("P", @class.Monomials),
            ("Q", @class.MonomialLevels),
            ("T", @class.TournamentLevels),
            ("t0", @class.TaylorConstant),
            ("S", @class.ProductConstant),
            ("scales", @class.ScaleSum),
            ("eps0", @class.Threshold),
            ("N", choice.N),
            ("r", choice.R),
            ("p", choice.P),
            ("spike", KuhnInterpolant.SpikeWeights(@class.Dimension)),
            ("levels", @class.Q > 0 ? HolderSize.Levels(@class, choice.R, choice.P) : 0),
            ("zeros", zeros));
        values = choice.Precision is { } bits ? values.Add("R", bits) : values;
        return choice.Accuracy is { } eps ? values.Add("eps", eps) : values;
    }

    private static Budget Allowed(Budget node, HolderChoice choice, string allowance, string condition) =>
        choice.Accuracy is null
            ? node
            : node with
            {
                Allowance = Expr.Parse(allowance),
                Conditions = node.Conditions.Add(SideCondition.OnParameters(ConditionOf(condition))),
            };

    // "LEFT >= RIGHT"
    private static Condition.Comparison ConditionOf(string text)
    {
        string[] sides = text.Split(">=");
        return new(Expr.Parse(sides[0]), RelationKind.GreaterOrEqual, Expr.Parse(sides[1]));
    }

    private static Budget TaylorNode(HolderClass @class)
    {
        int d = @class.Dimension;
        return new Budget("taylor", "math/00, 7.2", Norm.Sup, Taylor)
        {
            Statement = "Where a spike is positive, x is within 1/N of its grid point; the spikes add up to 1.",
            Rule = Expr.Parse("t0*N^(-beta) + partition"),
            Children =
            [
                Budget.Leaf("partition", "math/00, 5.2", Norm.Sup, Expr.Zero) with
                {
                    Statement = "The spikes add up to 1 on the cube.",
                    Instance = LemmaInstance.Deferred(() => Ones(d), Expr.One, Box.Unit(d)),
                },
            ],
        };
    }

    // The partition on the grid with N = 2, small in any dimension; a refinement is the same network scaled.
    private static ReluNetwork Ones(int dimension) =>
        KuhnInterpolant.Build(dimension, 2, [.. KuhnInterpolant.Nodes(dimension, 2).Select(_ => BigRational.One)])
            .Network;

    private static Budget ProductNode(HolderClass @class, HolderChoice choice)
    {
        var (r, p) = (choice.R, choice.P);
        var terms = @class.Indices.Where(a => a.Degree > 0).ToArray();
        var high = terms.Where(a => a.Degree >= 2).ToArray();
        var finals = terms.Aggregate(BigRational.Zero, (sum, a) => sum + @class.Scale(a));
        var monomials = high.Select(a => (Index: a, Node: MonomialNode(a, r, p))).ToArray();
        return new Budget("products", "math/00, 7.6", Norm.Sup, Products)
        {
            Statement = "Term a has the error of its monomial and of one product, both scaled by K_a.",
            Rule = Expr.Sum(monomials
                .Select(m => @class.Scale(m.Index) * Expr.Variable(m.Node.Lemma))
                .Append(finals * Expr.Variable("product"))),
            Children =
            [
                .. monomials.Select(m => m.Node),
                Product.Build(1, r, p).Budget,
            ],
        };
    }

    private static Budget MonomialNode(MultiIndex a, int r, int p)
    {
        var names = Inputs.Names(a.Dimension);
        return Budget.Leaf(
            $"monomial_{string.Join("_", a.Exponents)}",
            "math/00, 4.5",
            Norm.Sup,
            (a.Degree - 1) * Expr.Parse("4^(-r*p - 1)")) with
        {
            Instance = LemmaInstance.Deferred(
                () =>
                {
                    var net = new NetworkBuilder(a.Dimension);
                    return net.BuildScalar(Monomials.Append(net, net.Inputs, a.Degree, r, p)[a]);
                },
                a.Monomial(names),
                Box.Unit(a.Dimension)),
        };
    }
}
