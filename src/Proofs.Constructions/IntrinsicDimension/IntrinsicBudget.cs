using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.IntrinsicDimension;

// The budget tree of math/02, section 4, and the sizes of 3.5 and 3.6, for one network.
internal static class IntrinsicBudget
{
    private static readonly Expr Taylor = Expr.Parse("c_T*(1/(2*n))^beta");

    public static Built Attach(ReluNetwork network, Expr f, IntrinsicParts parts, SideCondition member)
    {
        var (domain, boxes) = (Box.Unit(parts.Class.Dimension), parts.Cells.Boxes().ToImmutableArray());
        bool smooth = parts.Class.Q >= 1, products = parts.Class.Q >= 2;
        var tree =
            new Budget("intrinsic", "math/02, 3.4", Norm.Sup, Expr.Parse("c_T*(1/(2*n))^beta + eps_round + eps_mono"))
            {
                Statement = "On the union of the cells the largest gate is within the error of a plateau of f + K.",
                Rule = Expr.Parse("taylor + rounding + monomials + gate + classes + maximum"),
                Allowance = parts.Choice.Accuracy is null ? null : Expr.Variable("eps"),
                Conditions = [member, OnParameters("K", "M"), .. Gates(parts.Gate, smooth)],
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
                    Statement =
                        "Monomials of degree 2 to q err by (q - 1)*4^(-m - 1), and "
                            + "their coefficients add up to M*S_q(2D).",
                },
                Budget.Leaf(
                    "gate", parts.Gate == GateRule.Penalty ? "math/02, 3.2" : "math/02, 3.8", Norm.Sup, Expr.Zero) with
                {
                    Statement = parts.Gate == GateRule.Penalty
                        ? "The penalty is 0 on the cell, and outside it falls faster than the Taylor error grows."
                        : "The bump is 1 on the cell, and outside it falls faster than the Taylor error grows.",
                },
                Budget.Leaf("classes", "math/02, 3.3", Norm.Sup, Expr.Zero) with
                {
                    Statement = "In a class no two cells touch, so at most one gate is on.",
                },
                Budget.Leaf(
                    "maximum", "math/00, 2.2", Norm.Sup, Expr.Zero) with { Statement = "The maximum is exact." },
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
        var (@class, cells, choice) = (parts.Class, parts.Cells, parts.Choice);
        bool penalties = parts.Gate == GateRule.Penalty;
        var constant = penalties ? parts.Offset : parts.Offset - parts.Steepness;
        long entries = Enumerable.Range(0, cells.Count).Select(parts.Rows.Of)
            .Sum(row => row.Skip(1).Count(c => !c.IsZero) + ((row[0] + constant).IsZero ? 0 : 1));
        var (count, levels) = (parts.ClassCount, @class.MonomialLevels);
        int maximum = penalties ? Maximum.WeightsNonNegative(count) + Maximum.RootUnits(count)
            : Maximum.WeightsHalves(count) + (count == 1 ? 1 : 4);
        var values = Assemble.Parameters(
            ("D", @class.Dimension),
            ("beta", @class.Beta),
            ("q", @class.Q),
            ("M", @class.M),
            ("n", cells.Side),
            ("N", cells.Count),
            ("C", count),
            ("entries", entries),
            ("nco", @class.Monomials),
            ("c_T", IntrinsicChoice.TaylorConstant(@class)),
            ("K", parts.Offset),
            (penalties ? "S" : "Kg", parts.Steepness),
            ("eps_round", parts.Rows.Error),
            ("eps_mono", choice.MonomialError(@class)),
            ("T", count == 1 ? 1 : maximum + 1),
            ("Q", levels),
            ("r", levels == 0 ? 0 : choice.Groups),
            ("p", levels == 0 ? 0 : choice.GroupBits),
            ("m", levels == 0 ? 0 : choice.Refinements),
            ("bits", choice.Bits),
            ("W_mono", MonomialWeights(@class, choice)),
            ("A", IntrinsicChoice.ExponentialSum(@class.Q, @class.Dimension)));
        values = values.AddRange(penalties ? Faces(cells) : Trapezoids(cells));
        return choice.Accuracy is { } eps ? values.Add("eps", eps) : values;
    }

    // F different faces, and how often a cell reads one.
    private static ImmutableSortedDictionary<string, BigRational> Faces(CellSet cells)
    {
        var used = new HashSet<(int, int, bool)>();
        long faces = 0;
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
        }

        return Assemble.Parameters(("F", used.Count), ("faces", faces));
    }

    // A trapezoid has four weights and four biases, one of which is 0 for i = 0 and for i = 1.
    private static ImmutableSortedDictionary<string, BigRational> Trapezoids(CellSet cells) => Assemble.Parameters(
        ("trapezoids", cells.Indices().Sum(index => index.Sum(i => i <= 1 ? 7L : 8L))));

    // W_mono of math/02, 3.6.
    private static BigRational MonomialWeights(HolderClass @class, IntrinsicChoice choice)
    {
        var (r, knots) = (choice.Groups, BigRational.PowerOfTwo(choice.GroupBits));
        var tail = (r - 1) * ((knots * knots) + (2 * knots));
        var (product, square) = (4 + (7 * knots) + (2 * tail), (3 * knots) - 1 + tail);
        var sum = BigRational.Zero;
        for (int level = 1; level <= @class.MonomialLevels; level++)
        {
            var l = Monomials.Level(@class.Dimension, @class.Q, level);
            sum += (l.Products * product) + (l.Squares * (square + 1)) + (l.Carried * (r + 2));
        }

        return sum;
    }

    private static ImmutableArray<SizeStatement> Sizes(IntrinsicParts parts, bool products)
    {
        bool one = parts.ClassCount == 1;
        string coefficients = "M*A + 2^(-bits)";
        string units = products ? ", if(r >= 2, 2^(p + 1), 1)" : "";
        var (layers, size, bound, largest) = parts.Gate == GateRule.Penalty
            ? (one ? "3" : "4 + log2(pow2ceil(C))",
                "W_mono + 2*F + (nco - 1) + faces + entries + N + T",
                $"W_mono + (6*D + nco + 1)*N + (nco - 1) + {(one ? "1" : "9/2*pow2ceil(C) - 3")}",
                $"max(n, S, 1, K + {coefficients}{units})")
            : (one ? "4" : "5 + log2(pow2ceil(C))",
                "W_mono + trapezoids + if(D >= 2, 4*D + 1, 4)*N + 2*(nco - 1) + entries + 2*N + T",
                $"W_mono + (12*D + nco + 3)*N + 2*(nco - 1) + {(one ? "1" : "20*pow2ceil(C) - 27")}",
                $"max(n + 1, D - 1, Kg + {coefficients}{units})");
        return
        [
            new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse($"Q*(r + 2) + {layers}")),
            new(SizeQuantity.Size, RelationKind.Equal, Expr.Parse(size)),
            new(SizeQuantity.Size, RelationKind.LessOrEqual, Expr.Parse(bound)),
            new(SizeQuantity.Magnitude, RelationKind.LessOrEqual, Expr.Parse(largest)),
        ];
    }

    // What makes the gates exact on a cell and one-sided outside: Lemma 5 of math/02, and 3.8.
    private static SideCondition[] Gates(GateRule gate, bool smooth) => gate == GateRule.Penalty
        ? [OnParameters(
            "S", smooth ? "2*(M + K + eps_round + eps_mono) + 2*c_T/n" : "2*(M + K + eps_round + eps_mono)")]
        : [OnParameters("Kg", "K + M*A + eps_round + eps_mono"), OnParameters("Kg", "2*c_T"), OnParameters("n", "2")];

    private static SideCondition OnParameters(string left, string right) =>
        SideCondition.OnParameters(
            new Condition.Comparison(Expr.Parse(left), RelationKind.GreaterOrEqual, Expr.Parse(right)));
}
