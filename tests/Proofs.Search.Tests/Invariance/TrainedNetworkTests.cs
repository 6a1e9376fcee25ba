using Proofs.Constructions.Invariance;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel;
using Proofs.Search.Invariance;
using Xunit;

namespace Proofs.Search.Tests.Invariance;

public sealed class TrainedNetworkTests
{
    [Fact]
    public void A_trained_network_that_pools_is_exactly_invariant_and_one_weight_off_is_refuted()
    {
        var network = TrainedNetworks.DeepSets();
        Assert.True(Math.Abs(network.Evaluate([0.25, 1.0, 0.5])[0] - 1) < 0.5, "the training went astray");
        AssertExact(network, isEquivariant: false);
        for (int layer = 0; layer < 2; layer++)
        {
            for (int entry = 0; entry < network.Layers[layer].Column.Length; entry++)
            {
                AssertRefutedOrUnread(InvariantNetworks.OneUlpOff(network, layer, entry), isEquivariant: false);
            }
        }

        AssertExact(InvariantNetworks.OneUlpOff(network, 2, 0), isEquivariant: false); // behind the pooling
    }

    [Fact]
    public void A_trained_equivariant_network_is_exactly_so_and_one_weight_off_is_refuted()
    {
        var network = TrainedNetworks.Equivariant();
        Assert.True(Math.Abs(network.Evaluate([1.0, 0.0, 0.5])[0] - 0.75) < 0.3, "the training went astray");
        AssertExact(network, isEquivariant: true);
        Assert.Equal(InvarianceVerdict.Refuted, Decide(network, isEquivariant: false).Verdict);
        for (int layer = 0; layer < 3; layer++)
        {
            for (int entry = 0; entry < network.Layers[layer].Column.Length; entry += 7)
            {
                AssertRefutedOrUnread(InvariantNetworks.OneUlpOff(network, layer, entry), isEquivariant: true);
            }
        }
    }

    [Fact]
    public void A_trained_dense_network_is_refuted_with_an_exact_violation()
    {
        var result = Decide(TrainedNetworks.Dense(), isEquivariant: false);
        Assert.Equal(InvarianceVerdict.Refuted, result.Verdict);
        var witness = result.Refuting!.Witness!;
        Assert.Equal(BigRational.Abs(witness.Moved[0] - witness.Expected[0]), witness.Violation);
    }

    private static InvarianceResult Decide(ReluNetwork network, bool isEquivariant) =>
        InvarianceDecider.Decide(
            new InvarianceRequest(network, Groups.Parse("S3", 3), isEquivariant) { Timeout = TimeSpan.FromSeconds(1) });

    private static void AssertExact(ReluNetwork network, bool isEquivariant)
    {
        var result = Decide(network, isEquivariant);
        Assert.True(result.IsEverywhere);
        Assert.True(CertificateCheck.Check(result.Certificate!).Accepted);
    }

    // A unit that is never on in the box, or one that is constant there, may hide a changed weight: then regions show
    // it, on the box.
    private static void AssertRefutedOrUnread(ReluNetwork network, bool isEquivariant)
    {
        var result = Decide(network, isEquivariant);
        Assert.NotEqual(InvarianceVerdict.Bounded, result.Verdict);
        if (result.Verdict == InvarianceVerdict.Exact)
        {
            Assert.False(result.IsEverywhere);
            Assert.Contains(result.Findings, f => f.Method == InvarianceMethod.Regions);
        }
        else
        {
            Assert.True(result.Refuting!.Witness!.Violation.Sign > 0);
        }
    }
}
