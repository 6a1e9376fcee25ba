using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Networks;
using Proofs.Constructions.Tests.Networks;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Constructions.Tests.Calculus;

public sealed class CompositionTests
{
    private static readonly Arbitrary<(ReluNetwork Outer, ReluNetwork Inner, BigRational[] X)> Pair =
        (from outer in RandomNetworks.Network(2, 2)
         from inner in RandomNetworks.Network(3, 2)
         from x in RandomNetworks.Point(3)
         select (outer, inner, x)).ToArbitrary();

    private static readonly Arbitrary<(ReluNetwork A, ReluNetwork B, BigRational[] X, BigRational[] Y)> Equals3 =
        (from depth in Gen.Choose(2, 4)
         from a in RandomNetworks.Network(2, 1, depth)
         from b in RandomNetworks.Network(2, 1, depth)
         from x in RandomNetworks.Point(2)
         from y in RandomNetworks.Point(2)
         select (a, b, x, y)).ToArbitrary();

    [Fact]
    public void Merged_and_sparse_compositions_are_the_composed_function() =>
        Prop.ForAll(Pair, c =>
        {
            var expected = c.Outer.Evaluate(c.Inner.Evaluate(c.X));
            return Composition.Merge(c.Outer, c.Inner).Evaluate(c.X).SequenceEqual(expected)
                && Composition.ConcatenateSparse(c.Outer, c.Inner).Evaluate(c.X).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sparse_composition_has_the_depth_size_and_magnitude_of_its_rule() =>
        Prop.ForAll(Pair, c =>
        {
            var net = Composition.ConcatenateSparse(c.Outer, c.Inner);
            long size = c.Outer.Size + c.Inner.Size + c.Inner.Layers[^1].Size + c.Outer.Layers[0].NonZeroWeights;
            return net.Depth == c.Outer.Depth + c.Inner.Depth
                && net.Size == size
                && size <= 2 * (c.Outer.Size + c.Inner.Size)
                && net.Magnitude == BigRational.Max(c.Outer.Magnitude, c.Inner.Magnitude);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_positive_composition_adds_depths_and_sizes_and_is_right_where_the_inner_outputs_are_not_negative() =>
        Prop.ForAll(Pair, c =>
        {
            var net = Composition.ConcatenatePositive(c.Outer, c.Inner);
            var between = c.Inner.Evaluate(c.X);
            bool right = between.Any(y => y.Sign < 0)
                || net.Evaluate(c.X).SequenceEqual(c.Outer.Evaluate(between));
            return right && net.Depth == c.Outer.Depth + c.Inner.Depth && net.Size == c.Outer.Size + c.Inner.Size;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Stacks_add_sizes_and_widths_and_stack_outputs() =>
        Prop.ForAll(Equals3, c =>
        {
            var shared = Composition.Stack([c.A, c.B]);
            var disjoint = Composition.StackDisjoint([c.A, c.B]);
            return shared.Evaluate(c.X).SequenceEqual([.. c.A.Evaluate(c.X), .. c.B.Evaluate(c.X)])
                && disjoint.Evaluate([.. c.X, .. c.Y]).SequenceEqual([.. c.A.Evaluate(c.X), .. c.B.Evaluate(c.Y)])
                && shared.Size == c.A.Size + c.B.Size
                && disjoint.Size == shared.Size
                && shared.Depth == c.A.Depth;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_linear_combination_has_the_exact_size_of_its_rule() =>
        Prop.ForAll(Equals3, c =>
        {
            BigRational[] weights = [new(2, 3), -5];
            var net = Composition.LinearCombination(weights, [c.A, c.B]);
            var (a, b) = (c.A.Layers[^1].BiasAt(0), c.B.Layers[^1].BiasAt(0));
            var bias = (weights[0] * a) + (weights[1] * b);
            long size = c.A.Size + c.B.Size - (a.IsZero ? 0 : 1) - (b.IsZero ? 0 : 1) + (bias.IsZero ? 0 : 1);
            return net.Size == size
                && net.Evaluate(c.X)[0] == (weights[0] * c.A.Evaluate(c.X)[0]) + (weights[1] * c.B.Evaluate(c.X)[0]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lengthening_keeps_the_function_and_costs_what_its_rule_says() =>
        Prop.ForAll(Pair, Gen.Choose(1, 4).ToArbitrary(), (c, k) =>
        {
            var net = Composition.Lengthen(c.Inner, c.Inner.Depth + k);
            long growth = c.Inner.Layers[^1].Size + (2 * 2 * (k == 1 ? 1 : k + 1));
            return net.Depth == c.Inner.Depth + k
                && net.Size == c.Inner.Size + growth
                && net.Evaluate(c.X).SequenceEqual(c.Inner.Evaluate(c.X));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lengthening_non_negative_outputs_costs_one_weight_a_channel_and_layer()
    {
        var inner = AbsoluteValue.Build(1).Network;
        var net = Composition.LengthenNonNegative(inner, 5);
        Assert.Equal((5, inner.Size + 3), (net.Depth, net.Size));
        Assert.Equal(7, net.Evaluate([(BigRational)(-7)])[0]);
    }

    [Fact]
    public void An_affine_map_before_a_network_costs_no_layer()
    {
        var map = Affine.FromRows([[2, 1]], [-1]);
        var net = Composition.PreAffine(AbsoluteValue.Build(1).Network, map);
        Assert.Equal(2, net.Depth);
        Assert.Equal(4, net.Evaluate([(BigRational)(-2), 1])[0]);
    }

    [Fact]
    public void The_sparse_rule_adds_depths_without_taking_one_off() // mutant 6 of math/00
    {
        var identity = Composition.Identity(1, 1);
        Assert.Equal(2, Composition.ConcatenateSparse(identity, identity).Depth);
    }

    [Fact]
    public void Functionals_of_different_layers_do_not_add_up()
    {
        var net = new NetworkBuilder(1);
        var error = Assert.Throws<ArgumentException>(() => net.Inputs[0] + net.Rho(net.Inputs[0]));
        Assert.Contains("reads layer 1; expected layer 0", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => net.BuildScalar(net.Inputs[0]));
    }
}
