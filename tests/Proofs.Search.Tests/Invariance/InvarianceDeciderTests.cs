using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel;
using Proofs.Search.Invariance;
using Xunit;

namespace Proofs.Search.Tests.Invariance;

public sealed class InvarianceDeciderTests
{
    [Theory]
    [InlineData("S4", 4, 1)]
    [InlineData("S3 on 3x2", 3, 2)]
    [InlineData("S10 on 10x3", 10, 3)]
    [InlineData("C4", 4, 1)]
    public void Sum_pooling_is_exactly_invariant_by_its_weights(string group, int points, int features)
    {
        var network = InvariantNetworks.DeepSets(points, features, 5, seed: 7);
        var result = Decide(network, group);
        Assert.Equal((InvarianceVerdict.Exact, true), (result.Verdict, result.IsEverywhere));
        var check = CertificateCheck.Check(result.Certificate!);
        Assert.True(check.Accepted, check.Reason);
        Assert.StartsWith("Phi(g x) = Phi(x) for ", check.Statement, StringComparison.Ordinal);
        Assert.Contains("all real x", check.Statement, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 11)]
    public void One_weight_one_ulp_off_is_refuted_with_a_witness(int layer, int entry)
    {
        var network = InvariantNetworks.OneUlpOff(InvariantNetworks.DeepSets(4, 1, 5, seed: 7), layer, entry);
        var result = Decide(network, "S4");
        AssertWitness(result, network, Groups.Parse("S4", 4));
        Assert.True(result.Refuting!.Witness!.Violation < new BigRational(1, 1_000_000_000));
    }

    [Theory]
    [InlineData("S4")]
    [InlineData("C4")]
    [InlineData("signs 4")]
    [InlineData("D4 on 2x2")]
    [InlineData("signed S4")]
    public void A_dense_network_is_refuted_with_a_witness(string group) => AssertWitness(
        Decide(InvariantNetworks.Dense(4, 12, 1, seed: 3), group), InvariantNetworks.Dense(4, 12, 1, seed: 3),
        Groups.Parse(group, 4));

    [Fact]
    public void A_hat_in_disguise_is_invariant_by_its_linear_regions()
    {
        // |x1 - x2| on [0,1]^2 by rho(x1 - x2 + 1) - 1 where that unit is never off
        var network = new ReluNetwork([Affine.FromRows([[1, -1], [1, -1]], [0, 1]), Affine.FromRows([[2, -1]], [1])]);
        var result = Decide(network, "S2");
        Assert.Equal(InvarianceVerdict.Exact, result.Verdict);
        Assert.False(result.IsEverywhere);
        Assert.Contains(result.Findings, f => f.Method == InvarianceMethod.Regions);
        var check = CertificateCheck.Check(result.Certificate!);
        Assert.True(check.Accepted, check.Reason);
        Assert.Contains(
            "all x in [0,1]x[0,1], and so for all products of these g", check.Statement, StringComparison.Ordinal);
    }

    // X6: comparators are right for non-negative numbers only.
    [Fact]
    public void A_sorter_is_refuted_where_numbers_are_negative()
    {
        var network = InvariantNetworks.SortedHead([2, new BigRational(-1, 3), new BigRational(5, 7)]);
        var group = Groups.Parse("S3", 3);
        AssertWitness(
            InvarianceDecider.Decide(new InvarianceRequest(network, group, domain: Box.Cube(3, -1, 1))), network,
            group);
    }

    [Fact]
    public void Scaled_and_repeated_units_do_not_hide_a_symmetry()
    {
        // rho(x) + rho(y) with rho(y) as rho(2y)/4 + rho(y)/2, a constant unit and an unused one
        var network = new ReluNetwork(
        [
            Affine.FromRows([[1, 0], [0, 2], [0, 1], [0, 0], [3, -1]], [0, 0, 0, 1, 0]),
            Affine.FromRows([[1, 0.25, 0.5, 1, 0]], [0]),
        ]);
        var result = Decide(network, "S2");
        Assert.True(result.IsEverywhere);
        Assert.True(CertificateCheck.Check(result.Certificate!).Accepted);
    }

    [Fact]
    public void Absolute_values_are_invariant_under_signs_and_a_rotation_by_rational_angles_is_found()
    {
        var modulus = new ReluNetwork(
            [Affine.FromRows([[1, 0], [-1, 0], [0, 1], [0, -1]], [0, 0, 0, 0]), Affine.FromRows([[1, 1, 1, 1]], [0])]);
        Assert.True(Decide(modulus, "signs 2").IsEverywhere);
        Assert.True(Decide(modulus, "signed S2").IsEverywhere);
        var reflection = GeneratorFile.Parse("file", "3/5 4/5; 4/5 -3/5", 2);
        AssertWitness(InvarianceDecider.Decide(new InvarianceRequest(modulus, reflection)), modulus, reflection);
        var along = new ReluNetwork([Affine.FromRows([[2, 1]], [0])]); // the axis of the reflection
        Assert.True(InvarianceDecider.Decide(new InvarianceRequest(along, reflection)).IsEverywhere);
    }

    [Fact]
    public void Entrywise_maps_are_equivariant_and_not_invariant()
    {
        var network = new ReluNetwork(
        [
            Affine.FromRows([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [-0.5, -0.5, -0.5]),
            Affine.FromRows([[2, 1, 1], [1, 2, 1], [1, 1, 2]], [0.1, 0.1, 0.1]),
        ]);
        var group = Groups.Parse("S3", 3);
        var result = InvarianceDecider.Decide(new InvarianceRequest(network, group, isEquivariant: true));
        Assert.True(result.IsEverywhere);
        var check = CertificateCheck.Check(result.Certificate!);
        Assert.True(check.Accepted, check.Reason);
        Assert.StartsWith("Phi(g x) = h Phi(x)", check.Statement, StringComparison.Ordinal);
        AssertWitness(InvarianceDecider.Decide(new InvarianceRequest(network, group)), network, group);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    public void What_is_not_decided_is_bounded_from_above(int inputs)
    {
        // more inputs than the walk takes; rho(x1 + ... - n) is off on the box, so nothing is violated, but the rows
        // differ
        var maximum = Maximum.Build(inputs, 1).Network;
        var net = new NetworkBuilder(inputs);
        Functional off = net.Rho(net.Inputs[0] + net.Inputs[1] - 2);
        Functional value = net.Append(maximum, net.Inputs)[0];
        var network = net.BuildScalar(value + net.Carry(off, value.Layer));
        var request =
            new InvarianceRequest(network, Groups.Parse($"C{inputs}", inputs)) { Timeout = TimeSpan.FromSeconds(2) };
        var result = InvarianceDecider.Decide(request);
        Assert.Equal(InvarianceVerdict.Bounded, result.Verdict);
        Assert.True(result.UpperBound!.Value.Sign >= 0);
        Assert.Null(result.Certificate);
    }

    [Fact]
    public void Groups_and_domains_that_do_not_fit_are_refused_with_the_numbers()
    {
        var network = InvariantNetworks.Dense(4, 3, 3, seed: 1);
        var error =
            Assert.Throws<ArgumentException>(() =>
                new InvarianceRequest(network, Groups.Parse("S4", 4), isEquivariant: true));
        Assert.Contains("4 inputs", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 outputs", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
            new InvarianceRequest(network, Groups.Parse("S4", 4), domain: Box.Unit(3)));
    }

    private static InvarianceResult Decide(ReluNetwork network, string group) =>
        InvarianceDecider.Decide(new InvarianceRequest(network, Groups.Parse(group, network.InputDimension)));

    // The witness is evaluated anew, with the generator found by its name.
    private static void AssertWitness(InvarianceResult result, ReluNetwork network, GroupAction group)
    {
        Assert.Equal(InvarianceVerdict.Refuted, result.Verdict);
        Assert.Null(result.Certificate);
        var witness = result.Refuting!.Witness!;
        var generator = group.Generators.First(g => g.Name == result.Refuting.Generator.Name);
        var moved = network.Evaluate(generator.Apply(witness.Point));
        var expected = network.Evaluate(witness.Point);
        Assert.True(moved.SequenceEqual(witness.Moved));
        Assert.True(expected.SequenceEqual(witness.Expected));
        Assert.Equal(witness.Violation, moved.Zip(expected, (a, b) => BigRational.Abs(a - b)).Max());
        Assert.True(witness.Violation.Sign > 0);
    }
}
