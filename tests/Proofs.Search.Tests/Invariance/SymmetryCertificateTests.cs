using System.Collections.Immutable;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel;
using Proofs.Search.Invariance;
using Xunit;

namespace Proofs.Search.Tests.Invariance;

public sealed class SymmetryCertificateTests
{
    private static readonly string Certificate = InvarianceDecider.Decide(
        new InvarianceRequest(InvariantNetworks.DeepSets(3, 2, 4, seed: 5), Groups.Parse("S3 on 3x2", 6))).Certificate!;

    [Fact]
    public void A_certificate_as_written_is_accepted() => Assert.True(CertificateCheck.Check(Certificate).Accepted);

    [Fact]
    public void A_network_without_the_symmetry_has_no_accepted_certificate()
    {
        var dense = InvariantNetworks.Dense(3, 4, 1, seed: 2);
        var claim = new InvarianceRequest(dense, Groups.Parse("S3", 3)).Claim;
        string regions = SymmetryCertificate.Write(claim, [SymmetryEvidence.Regions, SymmetryEvidence.Regions]);
        Assert.False(CertificateCheck.Check(regions).Accepted);
        ImmutableArray<UnitImage> stay = [.. Enumerable.Range(0, 4).Select(i => new UnitImage(i, 1))];
        var identity = new UnitMap([stay, stay]);
        Assert.False(
            CertificateCheck.Check(
                SymmetryCertificate.Write(
                    claim, [SymmetryEvidence.Weights(identity), SymmetryEvidence.Weights(identity)])).Accepted);
    }
}
