using System.Collections.Immutable;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Constructions.IntrinsicDimension;

// The budget tree of math/02, section 4, and the sizes of 3.5 and 3.6, for one network.
internal static class IntrinsicBudget
{
    private static readonly Expr Taylor = Expr.Parse("c_T*(1/(2*n))^beta");

    public static Built Attach(ReluNetwork network, Expr f, IntrinsicParts parts, SideCondition member)
    {
        var (domain, boxes) = (Box.Unit(parts.Class.Dimension), parts.Cells.Boxes().ToImmutableArray());
        bool smooth = parts.Class.Q >= 1, products = parts.Class.Q >= 2;
        var tree = new Budget("intrinsic", "math/02, 3.4", Norm.Sup, Expr.Parse("c_T*(1/(2*n))^beta + eps_round + eps_mono"))
        {
            Statement = "On the union of the cells the largest gate is within the error of a plateau of f + K.",
            Rule = Expr.Parse("taylor + rounding + monomials + gate + classes + maximum"),
            Allowance = parts.Choice.Accuracy is null ? null : Expr.Variable("eps"),
            Conditions =
            [
                member,
                OnParameters("K", "M"),
                OnParameters("S", smooth ? "2*(M + K + eps_round + eps_mono) + 2*c_T/n" : "2*(M + K + eps_round + eps_mono)"),
            ],
            Children =
            [
                Budget.Leaf("taylor", "math/02, section 2", Norm.Sup, Taylor) with
                {
                    Statement = "A point of a cell is within 1/(2n) of its centre.",
                },
                Budget.Leaf("rounding", "math/02, section 2", Norm.Sup, Expr.Variable("eps_round")) with
                {
                    Statement = "Coefficients are rounded to multiples of 2^(-bits), monomials are at most 1.",
                },
                Budget.Leaf("monomials", "math/02, 3.6", Norm.Sup, Expr.Variable("eps_mono")) with
                {
                    Statement = "Monomials of degree 2 to q err by (q - 1)*4^(-m - 1), and their coefficients add up to M*S_q(2D).",
                },
                Budget.Leaf("gate", "math/02, 3.2", Norm.Sup, Expr.Zero) with
                {
                    Statement = "The penalty is 0 on the cell, and outside it falls faster than the Taylor error grows.",
                },
                Budget.Leaf("classes", "math/02, 3.3", Norm.Sup, Expr.Zero) with
                {
                    Statement = "In a class no two cells touch, so at most one gate is on.",
                },
                Budget.Leaf("maximum", "math/00, 2.2", Norm.Sup, Expr.Zero) with { Statement = "The maximum is exact." },
            ],
        };
        tree = tree.WithParameters(Parameters(parts)) with
        {
            Instance = new LemmaInstance(network, f, domain, region: null) { Boxes = boxes },
        };
        return new Built(network, tree, f, domain) { Boxes = boxes, Sizes = Sizes(parts, products) };
    }

    private static ImmutableSortedDictionary<string, BigRational> Parameters(IntrinsicParts parts)
    {
        var (@class, cells) = (parts.Class, parts.Cells);
        var used = new HashSet<(int, int, bool)>();
        long faces = 0, entries = 0;
        int cell = 0;
        foreach (int[] index in cells.Indices())
        {
            for (int d = 0; d < index.Length; d++)
            {
                if (index[d] + 1 < cells.Side)
                {
                    _ = used.Add((d, index[d] + 1, true));
                    faces++;
                }

                if (index[d] > 0)
                {
                    _ = used.Add((d, index[d], false));
                    faces++;
                }
            }

            var row = parts.Rows.Of(cell++);
            entries += row.Skip(1).Count(c => !c.IsZero) + ((row[0] + parts.Offset).IsZero ? 0 : 1);
        }

        var (count, levels, m) = (parts.ClassCount, @class.MonomialLevels, parts.Choice.Refinements);
        var values = Assemble.Parameters(
            ("D", @class.Dimension),
            ("beta", @class.Beta),
            ("q", @class.Q),
            ("M", @class.M),
            ("n", cells.Side),
            ("N", cells.Count),
            ("C", count),
            ("F", used.Count),
            ("faces", faces),
            ("entries", entries),
            ("nco", @class.Monomials),
            ("c_T", IntrinsicChoice.TaylorConstant(@class)),
            ("K", parts.Offset),
            ("S", parts.Steepness),
            ("eps_round", parts.Rows.Error),
            ("eps_mono", parts.Choice.MonomialError(@class)),
            ("T", count == 1 ? 1 : Maximum.WeightsNonNegative(count) + Maximum.RootUnits(count) + 1),
            ("Q", levels),
            ("m", levels == 0 ? 0 : m),
            ("bits", parts.Choice.Bits),
            ("W_mono", MonomialWeights(@class, m)),
            ("A", IntrinsicChoice.ExponentialSum(@class.Q, @class.Dimension)));
        return parts.Choice.Accuracy is { } eps ? values.Add("eps", eps) : values;
    }

    // W_mono of math/02, 3.6 with p = 1: W_M+ = 16 m + 2 and W_SQ = 8 m − 3.
    private static BigRational MonomialWeights(HolderClass @class, int m)
    {
        var sum = BigRational.Zero;
        for (int level = 1; level <= @class.MonomialLevels; level++)
        {
            var l = Monomials.Level(@class.Dimension, @class.Q, level);
            sum += (l.Products * ((16 * m) + 2)) + (l.Squares * ((8 * m) - 2)) + (l.Carried * (m + 2));
        }

        return sum;
    }

    private static ImmutableArray<SizeStatement> Sizes(IntrinsicParts parts, bool products)
    {
        string depth = parts.ClassCount == 1 ? "Q*(m + 2) + 3" : "Q*(m + 2) + 4 + log2(pow2ceil(C))";
        string tree = parts.ClassCount == 1 ? "1" : "9/2*pow2ceil(C) - 3";
        string coefficients = "K + M*A + 2^(-bits)";
        return
        [
            new(SizeQuantity.Depth, Relation.Equal, Expr.Parse(depth)),
            new(SizeQuantity.Size, Relation.Equal, Expr.Parse("W_mono + 2*F + (nco - 1) + faces + entries + N + T")),
            new(SizeQuantity.Size, Relation.LessOrEqual, Expr.Parse($"W_mono + (6*D + nco + 1)*N + (nco - 1) + {tree}")),
            new(SizeQuantity.Magnitude, Relation.LessOrEqual, Expr.Parse($"max(n, S, 1, {coefficients}{(products ? ", 4" : "")})")),
        ];
    }

    private static SideCondition OnParameters(string left, string right) =>
        SideCondition.OnParameters(new Condition.Comparison(Expr.Parse(left), Relation.GreaterOrEqual, Expr.Parse(right)));
}
