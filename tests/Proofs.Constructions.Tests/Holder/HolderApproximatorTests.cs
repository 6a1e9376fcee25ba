using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Tests.Fixtures;
using Proofs.Constructions.Tests.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Xunit;

namespace Proofs.Constructions.Tests.Holder;

public sealed class HolderApproximatorTests
{
    // beta, D, M, eps, f in the class
    public static TheoryData<string, int, string, string, string> Members => new()
    {
        { "1", 1, "1", "1/8", "abs(x - 1/3)" },
        { "1/2", 1, "1", "1/2", "x^2/2" },
        { "2", 1, "2", "1/32", "x^2 - 1/3" },
        { "3/2", 1, "1", "1/16", "x^2/3" },
        { "3", 1, "3", "1/64", "x^3/2 - x/5" },
        { "5", 1, "1", "1/128", "x^4/24 - x/3" },
        { "1", 2, "1", "1/4", "max(x1, x2)/2" },
        { "2", 2, "1", "1/16", "x1*x2/3 - x2^2/4" },
        { "3", 2, "1", "1/16", "1/2 - x1^2*x2/6" },
        { "2", 3, "1", "1/2", "x1*x2/4 + x3^2/8" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void The_error_is_at_most_eps_at_either_depth_rounded_or_not(
        string beta, int d, string m, string eps, string f)
    {
        var @class = new HolderClass(BigRational.Parse(beta), d, BigRational.Parse(m));
        var (accuracy, target) = (BigRational.Parse(eps), Expr.Parse(f));
        HolderChoice[] choices = [HolderChoice.ConstantDepth(@class, accuracy), HolderChoice.Deep(@class, accuracy)];
        foreach (var choice in choices.Concat(choices.Select(c => c.WithRoundedCoefficients(@class))))
        {
            var built = HolderApproximator.Build(@class, target, choice);
            Fixture.SizesHold(built);
            AssertConsistent(built.Budget);
            Assert.Equal(Standing.Shown, built.Budget.Conditions[^1].Standing);
            Assert.Equal(choice.Precision is not null, built.Budget.Find("round") is not null);
            var bound = BigRational.Min(accuracy, Binary64.Exact(built.Budget.BoundValue().Sup));
            Prop.ForAll(RandomNetworks.UnitPoint(d).ToArbitrary(), x =>
            {
                var exact = target.Evaluate(Inputs.Names(d).Zip(x).ToDictionary(p => p.First, p => p.Second));
                return BigRational.Abs(built.Network.Evaluate(x)[0] - exact) <= bound;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
        }
    }

    [Fact]
    public void A_function_with_irrational_values_is_rounded_within_the_budget()
    {
        var @class = new HolderClass(2, 1, 1);
        var choice = HolderChoice.ConstantDepth(@class, new BigRational(1, 64)).WithRoundedCoefficients(@class);
        var built = HolderApproximator.Build(@class, Expr.Parse("sin(x)/2"), choice);
        Assert.True(built.Network.IsBinary64);
        for (int j = 0; j <= 40; j++)
        {
            var x = new BigRational(j, 40);
            var error = Proofs.Numeric.Intervals.Interval.Enclose(built.Network.Evaluate([x])[0])
                - (Proofs.Numeric.Intervals.Interval.Sin(Proofs.Numeric.Intervals.Interval.Enclose(x))
                    / Proofs.Numeric.Intervals.Interval.Point(2));
            Assert.True(error.Magnitude <= 1.0 / 64);
        }

        Assert.Throws<IrrationalCoefficientException>(() =>
            HolderApproximator.Build(@class, Expr.Parse("sin(x)/2"), choice with { Precision = null }));
    }

    [Fact]
    public void Explicit_Taylor_data_makes_the_same_network_as_the_formula()
    {
        var @class = new HolderClass(3, 2, 1);
        var f = Polynomial.TryOf(Expr.Parse("x1^2*x2/6 - x2/3"), ["x1", "x2"])!;
        var choice = HolderChoice.ConstantDepth(@class, new BigRational(1, 8));
        var target = f.ToExpr(Inputs.Names(2));
        var bySource = HolderApproximator.Build(
            @class, TaylorSource.Of(2, (order, y) => f.Derivative(order).Evaluate(y)), target, choice);
        Assert.Equal(HolderApproximator.Build(@class, target, choice).Network, bySource.Network);
        // nobody shows it
        Assert.Equal(
            $"the Taylor coefficients given are those of f = {target}", Assert.Single(bySource.Budget.Assumptions()));
    }

    [Theory]
    [InlineData("2", "x^2", "1")] // f'' is 2
    [InlineData("1", "2*x", "1")]
    [InlineData("3", "2", "1")]
    public void A_formula_outside_the_class_is_not_shown_to_be_in_it(string beta, string f, string m)
    {
        var @class = new HolderClass(BigRational.Parse(beta), 1, BigRational.Parse(m));
        var error = Record.Exception(() => HolderApproximator.Build(
            @class, Expr.Parse(f), HolderChoice.ConstantDepth(@class, new BigRational(1, 4))));
        Assert.IsType<FalsePremiseException>(error);
        Assert.Contains("exceeds M", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kink_does_not_pass_for_smooth() // mutant 17 of math/00: derivative formulas do not see it
    {
        var @class = new HolderClass(2, 1, 1);
        var error = Assert.Throws<FalsePremiseException>(() => HolderApproximator.Build(
            @class, Expr.Parse("abs(x - 1/3)"), HolderChoice.ConstantDepth(@class, new BigRational(1, 4))));
        Assert.Contains("difference of order (1)", error.Witness, StringComparison.Ordinal);
        Assert.Equal((1, BigRational.One), (@class.Q, @class.S));
    }

    [Fact]
    public void The_size_bound_needs_its_factor_3_to_the_D() // mutant 10 of math/00
    {
        var @class = new HolderClass(1, 2, 1);
        var size = HolderSize.Of(@class, HolderChoice.ConstantDepth(@class, new BigRational(2, 1025)));
        Assert.True(size.Size > 41 * 1025 * 1025);
        Assert.True(size.Size <= 9 * 41 * 1025 * 1025);
    }

    [Fact]
    public void One_layer_of_squares_is_not_enough_for_every_smoothness() // mutant 11 of math/00
    {
        var @class = new HolderClass(4, 1, 1);
        var right = HolderChoice.ConstantDepth(@class, BigRational.PowerOfTwo(-20));
        var wrong = right with { R = 1, P = 12 };
        Assert.Equal(139699, HolderSize.Of(@class, wrong).Size);
        Assert.True(HolderSize.Of(@class, right).Size < 50543);
    }

    [Fact]
    public void Building_costs_memory_in_proportion_to_the_size()
    {
        double small = BytesPerWeight(5), large = BytesPerWeight(9); // W grows 16-fold
        Assert.True(large < 1.5 * small, $"{small} bytes a weight, then {large}");

        static double BytesPerWeight(int k)
        {
            var @class = new HolderClass(2, 2, 1);
            var choice = new HolderChoice(1 << k, 1, 3, Precision: null);
            var f = Expr.Parse("1/2 + x1*x2/8");
            long before = GC.GetAllocatedBytesForCurrentThread();
            var built = HolderApproximator.Build(@class, f, choice);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)built.Network.Size;
        }
    }

    // The rule of every node gives at most its bound, and the bound at most its allowance.
    internal static void AssertConsistent(Budget tree)
    {
        Assert.All(tree.Nodes(), node =>
        {
            var bound = node.BoundValue();
            Assert.True(node.RuleValue() is not { } rule || rule.Inf <= bound.Sup, $"{node}: rule {node.RuleValue()}");
            Assert.True(
                node.AllowanceValue() is not { } allowed || bound.Inf <= allowed.Sup,
                $"{node}: bound {bound} of {node.AllowanceValue()}");
            Assert.True(
                node.AllowanceValue() is not { } limit || node.RuleOfAllowancesValue() is not { } shares
                    || shares.Inf <= limit.Sup,
                $"{node}: shares {node.RuleOfAllowancesValue()} of {node.AllowanceValue()}");
            Assert.All(node.Conditions.Where(c => c.Formula is not null), c => Assert.NotEqual(
                false, Expr.Holds(c.Formula!, node.Parameters)));
        });
    }
}
