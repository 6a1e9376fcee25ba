using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel;
using Proofs.Numeric.Expressions;
using Proofs.Search.Invariance;
using Xunit;

namespace Proofs.Search.Tests.Invariance;

// Networks whose two sides become the same term of maxima and minima, and near misses.
public sealed class TermSymmetryTests
{
    [Theory]
    [InlineData("C4")]
    [InlineData("D4 on 2x2")]
    public void Max_filters_and_orbit_distances_are_exactly_invariant_everywhere(string name)
    {
        var group = Groups.Parse(name, 4);
        BigRational[] c = [1, new BigRational(-1, 2), BigRational.Half, 0];
        AssertEverywhere(OrbitNetworks.BuildMaxFilter(group, [.. c]).Network, group);
        AssertEverywhere(OrbitNetworks.BuildOrbitDistance(group, [.. c]).Network, group);
    }

    [Fact]
    public void Inf_convolution_of_pairs_of_points_with_features_is_exactly_invariant_everywhere() => AssertEverywhere(
        InfConvolution.Build(2, 2, new HolderClass(1, 4, 2), Expr.Parse("max(abs(x1 - x3), abs(x2 - x4))"), 2).Network,
        Groups.Parse("S2 on 2x2", 4));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void One_weight_of_an_orbit_distance_one_ulp_off_is_refuted(int layer)
    {
        var group = Groups.Parse("C3", 3);
        var network = OrbitNetworks.BuildOrbitDistance(group, [0, BigRational.Half, 1]).Network;
        for (int entry = 0; entry < network.Layers[layer].Column.Length; entry += 4)
        {
            var result = Decide(InvariantNetworks.OneUlpOff(network, layer, entry), group);
            Assert.NotEqual(InvarianceVerdict.Bounded, result.Verdict);
            if (result.Verdict == InvarianceVerdict.Exact)
            {
                AssertSameOnOrbits(
                    InvariantNetworks.OneUlpOff(network, layer, entry), group, entry, result.IsEverywhere ? -12 : 0);
            }
        }
    }

    // Random maxima, minima and sums of them, symmetric or not: what the kernel accepts is so at random points.
    [Fact]
    public void Whatever_becomes_the_same_term_is_the_same_at_random_points()
    {
        int exact = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new System.Random(seed);
            var group = Groups.Parse(random.Next(2) == 0 ? "S3" : "signed S3", 3);
            var net = new NetworkBuilder(3);
            var network = net.BuildScalar(Term(random, net));
            if (random.Next(3) > 0)
            {
                var elements = random.Next(2) == 0 ? network : OrbitNetworks.Mean(network, group);
                network = elements;
            }

            var action = new InvarianceRequest(network, group).Claim;
            foreach (var (generator, claim) in group.Generators.Zip(action.Generators))
            {
                if (TermSymmetry.Holds(NetworkReduction.Of(action.Network), claim))
                {
                    exact++;
                    AssertSameOnOrbits(network, group with { Generators = [generator] }, seed, -12);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
        Assert.True(exact > 8, $"{exact} symmetric cases");
    }

    [Fact]
    public void A_certificate_by_terms_for_what_has_not_the_symmetry_is_rejected()
    {
        var group = Groups.Parse("C4", 4);
        var network = OrbitNetworks.BuildMaxFilter(group, [1, 2, 3, 0]).Network;
        Assert.True(
            CertificateCheck.Check(
                SymmetryCertificate.Write(new InvarianceRequest(network, group).Claim, [SymmetryEvidence.Terms]))
                    .Accepted);
        var other = new InvarianceRequest(network, Groups.Parse("S4", 4)).Claim;
        Assert.False(
            CertificateCheck.Check(SymmetryCertificate.Write(other, [SymmetryEvidence.Terms, SymmetryEvidence.Terms]))
                .Accepted);
    }

    // max or min, by one of two tournaments, of two values one layer on, which are linear or such terms themselves.
    private static Functional Term(System.Random random, NetworkBuilder net)
    {
        Functional[] linear = [.. Enumerable.Range(0, 4).Select(_ => net.Inputs
            .Select(x => new BigRational(random.Next(-1, 2), 1) * x).Aggregate((a, b) => a + b)
                + new BigRational(random.Next(2), 2))];
        var first = random.Next(2) == 0 ? Maximum.Append(net, linear) : Maximum.AppendMinimum(net, linear);
        var second = Maximum.Append(net, [.. linear.Reverse()]);
        return random.Next(3) switch
        {
            0 => first,
            1 => first + second,
            _ => first - (2 * second),
        };
    }

    private static InvarianceResult Decide(ReluNetwork network, GroupAction group) =>
        InvarianceDecider.Decide(new InvarianceRequest(network, group) { Timeout = TimeSpan.FromSeconds(1) });

    private static void AssertEverywhere(ReluNetwork network, GroupAction group)
    {
        var result = Decide(network, group);
        Assert.True(result.IsEverywhere, $"{group.Name}: {result.Verdict}");
        var check = CertificateCheck.Check(result.Certificate!);
        Assert.True(check.Accepted, check.Reason);
    }

    // At multiples of 1/12 from the least one to 1.
    private static void AssertSameOnOrbits(ReluNetwork network, GroupAction group, int seed, int least)
    {
        var random = new System.Random(seed);
        for (int k = 0; k < 30; k++)
        {
            BigRational[] x = [
                .. Enumerable.Range(0, network.InputDimension)
                .Select(_ => new BigRational(random.Next(least, 13), 12))];
            foreach (var generator in group.Generators)
            {
                Assert.True(
                    network.Evaluate(x).SequenceEqual(network.Evaluate(generator.Apply(x))),
                    $"{string.Join(", ", x)}: {generator.Name}");
            }
        }
    }
}
