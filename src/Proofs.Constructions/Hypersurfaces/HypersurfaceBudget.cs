using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Hypersurfaces;

// The budget trees of math/01, section 4, and the size claims of section 2, for one network.
internal static class HypersurfaceBudget
{
    public static Built Attach(
        ReluNetwork network, HypersurfaceFunction f, HypersurfaceChoice choice, ImmutableArray<PieceParts> parts)
    {
        var smooth =
            Named("smooth", [.. parts.Select(p => HolderNode(p.Part))], f.IsDisjoint ? "max" : "+", "kappa*eps_f");
        var surfaces =
            Named("surface", [.. parts.SelectMany(p => p.Sides).Select(s => HolderNode(s.Part))], "max", "eps_h");
        var values = Parameters(f, choice, parts, Largest(smooth), Largest(surfaces));
        var (target, domain) = (f.Target, Box.Unit(f.Class.Dimension));
        var instance = new LemmaInstance(network, target, domain, region: null);
        int p = choice.Exponent;

        return new Built(
            network, LpTree(p, smooth, surfaces, f, choice, values) with { Instance = instance }, target, domain)
        {
            OtherBudgets =
            [
                .. p == 1
                    ? ImmutableArray<Budget>.Empty
                    : [LpTree(1, smooth, surfaces, f, choice, values) with { Instance = instance, Allowance = null }],
                OffTube(network, f, smooth, values),
            ],
            Sizes = Sizes(f, choice),
        };
    }

    private static Budget HolderNode(HolderPart part) => HolderBudget.Of(part.Class, part.Choice, part.Zeros) with
    {
        Lemma = part.Lemma,
        Instance = LemmaInstance.Deferred(
            () => HolderApproximator.Assembled(
                part.Class,
                TaylorSource.Of(part.Target, Inputs.Names(part.Class.Dimension)),
                part.Target,
                part.Choice,
                conditions: []).Network, // for the network alone: the conditions stand at the root
            part.Target,
            Box.Unit(part.Class.Dimension)),
    };

    private static Budget Named(string lemma, ImmutableArray<Budget> children, string rule, string bound)
    {
        var names = children.Select(c => Expr.Variable(c.Lemma));
        return new Budget(lemma, "math/00, 7.6", Norm.Sup, Expr.Parse(bound))
        {
            Rule = rule == "max" ? Expr.Apply(Function.Max, [.. names]) : Expr.Sum(names),
            Children = children,
        };
    }

    // The largest error of the networks below, exactly where it is rational, else rounded up.
    private static BigRational Largest(Budget node) => node.Children
        .Select(c => c.TryEvaluate(c.Bound) ?? Binary64.Exact(c.BoundValue().Sup))
        .Max();

    private static Budget LpTree(
        int p,
        Budget smooth,
        Budget surfaces,
        HypersurfaceFunction f,
        HypersurfaceChoice choice,
        ImmutableSortedDictionary<string, BigRational> values)
    {
        bool asked = choice.Accuracy is not null && p == choice.Exponent;
        string root = p switch { 1 => "", 2 => "sqrt", _ => "" };
        string power = p <= 2 ? "" : $"^(1/{p})";
        string share = $"(eps/(2*K*M))^{p}";
        var singular = new Budget(
            "singular", "math/01, 3.2 and 3.4", Norm.Lp(p), Expr.Parse($"K*M*{root}(J*(eps_h + delta/4)){power}"))
        {
            Statement = "The L^1 errors of the sides add up, and an indicator's error is at most 1.",
            Allowance = asked ? Expr.Parse("eps/2") : null,
            Rule = Expr.Parse($"K*M*{root}(J*(surface + ramp + conjunction)){power}"),
            Children =
            [
                Allowed(surfaces, asked, $"{share}/(2*J)", AtMost("eps_h", $"{share}/(2*J)")),
                Allowed(
                    Budget.Leaf("ramp", "math/01, 3.1", Norm.L1, Expr.Parse("delta/4")) with
                    {
                        Statement =
                            "On a line across the surface the ramp errs by at most eps_h + delta/4 in the mean.",
                    },
                    asked,
                    $"{share}/(2*J)",
                    AtMost("delta", $"2*{share}/J")),
                Budget.Leaf("conjunction", "math/00, 3.3", Norm.L1, Expr.Zero) with
                {
                    Statement = "A conjunction adds nothing to the sum of the errors of its parts.",
                },
            ],
        };
        var gate = Budget.Leaf("gate", "math/00, 3.4", Norm.Sup, Expr.Zero) with
        {
            Statement = "|f χ − gate(v, r)| ≤ χ |f − v| + M |χ − r|: both parts are counted already.",
            Instance = LemmaInstance.Deferred(
                () => Gate.Build(f.Class.M).Network, Gate.Build(f.Class.M).Target, Gate.Build(f.Class.M).Domain),
        };
        var tree = new Budget("hypersurface", "math/01, 4.1", Norm.Lp(p), smooth.Bound + singular.Bound)
        {
            Statement = "The smooth parts err by eps_f where a piece is, the indicators by their L^p error times M.",
            Allowance = asked ? Expr.Variable("eps") : null,
            Rule = Expr.Parse("smooth + singular + gate"),
            Conditions = f.Conditions,
            Children =
            [
                Allowed(smooth, asked, "eps/2", AtMost("eps_f", "eps/(2*K)")),
                singular,
                gate,
            ],
        };
        return tree.WithParameters(values);
    }

    private static Budget OffTube(
        ReluNetwork network,
        HypersurfaceFunction f,
        Budget smooth,
        ImmutableSortedDictionary<string, BigRational> values)
    {
        // |x_d − h| ≥ eps_h + δ/2 for every surface
        var reach = Expr.Constant(values["eps_h"] + (values["delta"] / 2));
        var region = f.Pieces
            .SelectMany(p => p.Sides)
            .Select(s => (Condition)new Condition.Comparison(
                Expr.Apply(Function.Abs, Expr.Variable($"x{s.Coordinate}") - s.Surface), RelationKind.GreaterOrEqual,
                reach))
            .Distinct()
            .Aggregate((a, b) => new Condition.All(a, b));
        return new Budget("off_tube", "math/01, 4.2", Norm.Sup, Expr.Parse("kappa*eps_f"))
        {
            Statement = "Outside the tube every ramp is 0 or 1 and every gate exact.",
            Rule = Expr.Variable("smooth"),
            Children = [smooth],
            Conditions = f.Conditions,
            Instance = new LemmaInstance(network, f.Target, Box.Unit(f.Class.Dimension), region),
            ExceptionalMeasure = Expr.Parse("K*J*(2*eps_h + delta)"),
        }.WithParameters(values);
    }

    private static ImmutableSortedDictionary<string, BigRational> Parameters(
        HypersurfaceFunction f,
        HypersurfaceChoice choice,
        ImmutableArray<PieceParts> parts,
        BigRational smoothError,
        BigRational surfaceError)
    {
        var @class = f.Class;
        var size = HypersurfaceSize.Of(@class, choice);
        var sides = parts.SelectMany(p => p.Sides).ToArray();
        int biases = parts.Sum(p => Change(p.Part.OutputBias, p.Part.OutputBias + @class.M))
            + sides.Sum(s => Change(s.Part.OutputBias, (s.Sign * s.Part.OutputBias) + (choice.Delta / 2)));
        BigRational smoothWeights = parts.Aggregate(BigRational.Zero, (sum, p) => sum + Weights(p.Part));
        BigRational surfaceWeights = sides.Aggregate(BigRational.Zero, (sum, s) => sum + Weights(s.Part));
        var values = Assemble.Parameters(
            ("D", @class.Dimension),
            ("alpha", @class.Alpha),
            ("beta", @class.Beta),
            ("M", @class.M),
            ("K", @class.Pieces),
            ("J", @class.Sides),
            ("kappa", f.IsDisjoint ? 1 : @class.Pieces),
            ("eps_f", smoothError),
            ("eps_h", surfaceError),
            ("delta", choice.Delta),
            ("L_f", size.SmoothDepth),
            ("L_h", size.SurfaceDepth),
            ("G", Math.Max(size.SurfaceDepth + 2, size.SmoothDepth)),
            ("W_f", smoothWeights),
            ("W_h", surfaceWeights),
            ("b", biases));
        return choice.Accuracy is { } eps ? values.Add("eps", eps) : values;

        // b of math/01, section 2: whether the output bias of a part appears or disappears when it is merged
        static int Change(BigRational before, BigRational after) => (after.IsZero ? 0 : 1) - (before.IsZero ? 0 : 1);

        static BigRational Weights(HolderPart part) =>
            (BigRational)HolderSize.Of(part.Class, part.Choice).Size - part.Zeros;
    }

    private static ImmutableArray<SizeStatement> Sizes(HypersurfaceFunction f, HypersurfaceChoice choice)
    {
        var size = HypersurfaceSize.Of(f.Class, choice);
        var sizes = ImmutableArray.Create<SizeStatement>(
            new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse("max(L_h + 4, L_f + 2)")),
            new(SizeQuantity.Size, RelationKind.Equal, Expr.Parse(
                "W_f + W_h + b + K*((G - L_f) + (G - L_h - 2) + 11) + K*J*(L_h + 3)")),
            new(SizeQuantity.Size, RelationKind.LessOrEqual, Expr.Parse(
                "W_f + W_h + K*(J*(L_h + 4) + abs(L_f - L_h - 2) + 12)")),
            new(SizeQuantity.Magnitude, RelationKind.LessOrEqual, Expr.Constant(size.MagnitudeBound)));
        bool small = choice.Accuracy is not null
            && choice.SmoothTarget <= f.Class.Smooth.Threshold
            && choice.SurfaceTarget <= f.Class.Surface.Threshold
            && choice.Smooth == HolderChoice.ConstantDepth(f.Class.Smooth, choice.SmoothTarget!.Value) with
            {
                Precision = choice.Smooth.Precision,
            }
            && choice.Surface == HolderChoice.ConstantDepth(f.Class.Surface, choice.SurfaceTarget!.Value) with
            {
                Precision = choice.Surface.Precision,
            };
        return small
            ? sizes.Add(
                new(SizeQuantity.Size, RelationKind.LessOrEqual, HypersurfaceSize.TheoremBound(f.Class, choice)!))
            : sizes;
    }

    private static Budget Allowed(Budget node, bool asked, string allowance, Condition condition) => asked
        ? node with { Allowance = Expr.Parse(allowance), Conditions = [SideCondition.OnParameters(condition)] }
        : node;

    private static Condition.Comparison AtMost(string left, string right) =>
        new(Expr.Parse(left), RelationKind.LessOrEqual, Expr.Parse(right));
}
