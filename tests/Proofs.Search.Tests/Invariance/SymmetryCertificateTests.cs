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
    public void A_changed_weight_is_rejected()
    {
        string[] lines = Certificate.Split('\n');
        int rejected = 0;
        foreach (int at in Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("row ", StringComparison.Ordinal)).Take(12))
        {
            string[] words = lines[at].Split(' ');
            words[2] = words[2].Split(':')[0] + ":1";
            rejected += AssertRejected([.. lines[..at], string.Join(' ', words), .. lines[(at + 1)..]]);
        }

        Assert.Equal(12, rejected);
    }

    [Fact]
    public void Swapped_images_of_units_are_rejected()
    {
        string[] lines = Certificate.Split('\n');
        int at = Array.FindIndex(lines, l => l.StartsWith("units ", StringComparison.Ordinal));
        string[] words = lines[at].Split(' ');
        for (int i = 1; i + 1 < words.Length; i++)
        {
            string[] swapped = [.. words];
            (swapped[i], swapped[i + 1]) = (words[i + 1], words[i]);
            _ = AssertRejected([.. lines[..at], string.Join(' ', swapped), .. lines[(at + 1)..]]);
        }
    }

    [Theory]
    [InlineData("units 0:1", "units 0:2")]
    [InlineData("units", "regions\nunits")]
    [InlineData("output 0:1", "output 0:2")]
    [InlineData("output 0:1", "output")]
    [InlineData("input 2:1", "input 2:2")]
    [InlineData("input 2:1", "input 3:1")]
    [InlineData("generator", "generators")]
    [InlineData("end\ngenerator", "property 0\ngenerator")]
    public void A_changed_line_is_rejected(string good, string bad)
    {
        int at = Certificate.IndexOf(good, StringComparison.Ordinal);
        string changed = at < 0 ? "" : Certificate[..at] + bad + Certificate[(at + good.Length)..];
        var check = CertificateCheck.Check(changed);
        Assert.False(check.Accepted, check.Statement);
        Assert.NotEqual("", check.Reason);
    }

    [Fact]
    public void A_network_without_the_symmetry_has_no_accepted_certificate()
    {
        var dense = InvariantNetworks.Dense(3, 4, 1, seed: 2);
        var claim = new InvarianceRequest(dense, Groups.Parse("S3", 3)).Claim;
        string regions = SymmetryCertificate.Write(claim, [SymmetryEvidence.Regions, SymmetryEvidence.Regions]);
        Assert.False(CertificateCheck.Check(regions).Accepted);
        ImmutableArray<UnitImage> stay = [.. Enumerable.Range(0, 4).Select(i => new UnitImage(i, 1))];
        var identity = new UnitMap([stay, stay]);
        Assert.False(CertificateCheck.Check(SymmetryCertificate.Write(claim, [SymmetryEvidence.Weights(identity), SymmetryEvidence.Weights(identity)])).Accepted);
    }

    private static int AssertRejected(string[] lines)
    {
        var check = CertificateCheck.Check(string.Join('\n', lines));
        Assert.False(check.Accepted, check.Statement);
        return 1;
    }
}
