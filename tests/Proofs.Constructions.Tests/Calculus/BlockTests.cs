using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Catalogues;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Constructions.Tests.Fixtures;
using Proofs.Constructions.Tests.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Xunit;

namespace Proofs.Constructions.Tests.Calculus;

public sealed class BlockTests
{
    // Constructions without error whose target has exact rational values.
    public static TheoryData<string, string> ExactBlocks => new()
    {
        { "abs", "radius=3" },
        { "max", "n=1" },
        { "max", "n=3 radius=2" },
        { "max", "n=6" },
        { "min", "n=4" },
        { "clip", "a=-1/2 b=3/4" },
        { "clip", "a=0 b=1/3" },
        { "sawtooth", "s=1" },
        { "sawtooth", "s=4" },
        { "ramp", "delta=1/8" },
        { "ramp", "delta=3 kind=left" },
        { "ramp", "delta=1/3 kind=right" },
        { "conjunction", "J=1" },
        { "conjunction", "J=3" },
        { "gate", "F=2" },
        { "gate", "F=1/2" },
        { "plateau", "box=[0,1/2]x[1/4,1] delta=1/16" },
        { "plateau", "box=[0,1/2]x[1/4,1]x[0,0] delta=1/3 kind=max" },
        { "interpolation", "knots=0,1/3,1/2,1 values=0,2,2,-1" },
        { "interpolation", "knots=-1,0,2 values=1,1,1" },
        { "interpolant", "D=1 N=3 f=x^2-1/2" },
        { "interpolant", "D=2 N=2 f=x1*x2-1/4" },
        { "interpolant", "D=3 N=1 f=x1+x2*x3" },
    };

    [Theory]
    [MemberData(nameof(ExactBlocks))]
    public void An_exact_block_is_its_target_and_has_the_size_it_states(string name, string parameters)
    {
        var built = Catalogue.Find(name)!.Build(parameters.Split(' '));
        Fixture.SizesHold(built);
        Assert.Equal(Expr.Zero, built.Budget.Bound);
        Prop.ForAll(PointsOf(built.Domain), x => built.Network.Evaluate(x)[0] == Target(built, x))
            .QuickCheckThrowOnFailure();
    }

    // Approximations with rational targets: the error lies between the bounds the budget states.
    public static TheoryData<string, string> Approximations => new()
    {
        { "square", "r=4 p=1" },
        { "square", "r=1 p=1" },
        { "square", "r=2 p=3" },
        { "square-symmetric", "K=3/2 r=3 p=2" },
        { "square-symmetric", "K=1/4 r=1 p=1" },
        { "product", "K=1 r=2 p=1" },
        { "product", "K=5 r=1 p=2" },
        { "product", "K=2 r=2 p=2 factors=nonnegative" },
        { "product-many", "n=4 r=2 p=1" },
        { "product-many", "n=7 r=1 p=2" },
        { "product-many", "n=6 r=2 p=1 factors=nonnegative" },
        { "polynomial", "D=1 f=1/3-x+x^5 r=2 p=1" },
        { "polynomial", "D=2 f=x1^3*x2/2-x2^2+1 r=1 p=2" },
        { "polynomial", "D=3 f=x1*x2*x3 r=3 p=1" },
        { "polynomial", "D=2 f=x1/3 r=1 p=1" },
    };

    [Theory]
    [MemberData(nameof(Approximations))]
    public void An_approximation_errs_within_its_budget_and_has_the_size_it_states(string name, string parameters)
    {
        var built = Catalogue.Find(name)!.Build(parameters.Split(' '));
        Fixture.SizesHold(built);
        var bound = built.Budget.TryEvaluate(built.Budget.Bound)!.Value;
        var lower = built.Budget.LowerBound is { } formula ? built.Budget.TryEvaluate(formula)!.Value : -bound;
        Prop.ForAll(PointsOf(built.Domain), x =>
        {
            var error = built.Network.Evaluate(x)[0] - Target(built, x);
            return (lower <= error && error <= bound).Label($"error {error} outside [{lower}, {bound}]");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_square_attains_its_bound_so_a_smaller_one_is_refuted() // mutants 1 and 2 of math/00
    {
        var built = Square.Build(3, 2);
        var t = BigRational.PowerOfTwo(-7);
        Assert.Equal(BigRational.PowerOfTwo(-14), built.Network.Evaluate([t])[0] - (t * t));
    }

    [Fact]
    public void A_product_is_zero_or_its_other_factor_where_a_factor_is_zero_or_one() =>
        Prop.ForAll(RandomNetworks.UnitRational.ToArbitrary(), t =>
        {
            var network = Product.Build(1, 2, 1).Network;
            return network.Evaluate([t, BigRational.Zero])[0].IsZero
                && network.Evaluate([BigRational.Zero, -t])[0].IsZero
                && network.Evaluate([t, BigRational.One])[0] == t
                && network.Evaluate([-BigRational.One, t])[0] == -t;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Spikes_add_up_to_one_and_are_one_at_their_own_grid_point_only()
    {
        const int D = 2, N = 3;
        var ones = KuhnInterpolant.Build(D, N, [.. KuhnInterpolant.Nodes(D, N).Select(_ => BigRational.One)]).Network;
        Prop.ForAll(RandomNetworks.UnitPoint(D).ToArbitrary(), x => ones.Evaluate(x)[0] == BigRational.One)
            .QuickCheckThrowOnFailure();

        var net = new NetworkBuilder(D);
        var spikes = net.Build(KuhnInterpolant.AppendSpikes(net, net.Inputs, N));
        int index = 0;
        foreach (int[] l in KuhnInterpolant.Nodes(D, N))
        {
            var values = spikes.Evaluate([.. l.Select(j => new BigRational(j, N))]);
            Assert.Equal(BigRational.One, values[index]);
            Assert.Single(values, v => !v.IsZero);
            index++;
        }
    }

    [Fact]
    public void The_interpolation_error_of_a_Lipschitz_function_can_exceed_half_the_step() // mutant 9 of math/00
    {
        var built = Catalogue.Find("interpolant")!.Build(["D=2", "N=1", "f=max(abs(x1-1/2),abs(x2-1/4))"]);
        Assert.Equal(new BigRational(9, 16), built.Network.Evaluate([BigRational.Half, new BigRational(1, 4)])[0]);
    }

    [Fact]
    public void Without_the_last_grid_point_the_spikes_do_not_add_up_at_the_end() // mutant 8 of math/00
    {
        var fewer = KuhnInterpolant.Build(1, 4, [1, 1, 1, 1, 0]);
        Assert.Equal(BigRational.Zero, fewer.Network.Evaluate([BigRational.One])[0]);
        Assert.Equal(5, KuhnInterpolant.Nodes(1, 4).Count());
    }

    [Fact]
    public void A_square_of_one_channel_is_smaller_than_a_product_of_it_with_itself() // mutant 13 of math/00
    {
        var x = Polynomial.TryOf(Expr.Parse("x^2"), ["x"])!;
        var built = PolynomialNetwork.Build(x, 2, 2, 1);
        long square = Square.Build(2, 1).Network.Size, product = Product.BuildNonNegative(1, 2, 1).Network.Size;
        const int Carried = 4; // x through the r + 2 layers of the level
        Assert.Equal(square + 1 + Carried + 1, built.Network.Size);
        Assert.NotEqual(product + Carried + 1, built.Network.Size);
    }

    [Fact]
    public void The_exponential_by_squaring_falls_below_the_exponential() // mutant 15 of math/00
    {
        var built = Exponential.BuildSquaring(8, 3, 4, 1);
        Assert.Equal(BigRational.Zero, built.Network.Evaluate([(BigRational)8])[0]);
    }

    [Theory]
    [InlineData("exponential-uniform", "T=4 n=9 R=20")]
    [InlineData("exponential-graded", "T=20 n=12 R=30")]
    [InlineData("exponential-graded", "T=50 n=2 R=8")]
    [InlineData("exponential-squaring", "T=3 k=2 r=4 p=1")]
    [InlineData("exponential-squaring", "T=16 k=5 r=2 p=3")]
    public void The_exponential_errs_within_its_budget(string name, string parameters)
    {
        var built = Catalogue.Find(name)!.Build(parameters.Split(' '));
        Fixture.SizesHold(built);
        var values = built.Budget.Parameters;
        var (bound, lower) = (built.Budget.BoundValue(), built.Budget.LowerBound!.Evaluate(
            values.ToDictionary(v => v.Key, v => Proofs.Numeric.Intervals.Interval.Enclose(v.Value))));
        Prop.ForAll(PointsOf(built.Domain), x =>
        {
            var exact = Proofs.Numeric.Intervals.Interval.Enclose(built.Network.Evaluate(x)[0])
                - Proofs.Numeric.Intervals.Interval.Exp(-Proofs.Numeric.Intervals.Interval.Enclose(x[0]));
            return exact.Inf <= bound.Sup && exact.Sup >= lower.Inf;
        }).QuickCheckThrowOnFailure();
        Assert.True(built.Budget.RuleValue()!.Value.Inf <= bound.Sup);
    }

    [Fact]
    public void The_graded_exponential_errs_by_about_nine_eighths_over_n_squared()
    {
        var budget = Exponential.BuildGraded(30, 32, 40).Budget;
        Assert.True(budget.BoundValue().Sup <= (9.0 / (8 * 32 * 32)) + 1e-9);
    }

    private static Arbitrary<BigRational[]> PointsOf(Box domain) =>
        (from t in RandomNetworks.UnitPoint(domain.Dimension)
         select (BigRational[])[.. t.Select((s, i) => domain.Lower[i] + (s * (domain.Upper[i] - domain.Lower[i])))])
             .ToArbitrary();

    private static BigRational Target(Built built, BigRational[] x) => built.Target.Evaluate(
        Inputs.Names(x.Length).Zip(x).ToDictionary(p => p.First, p => p.Second));
}
