using Xunit;

namespace Proofs.Kernel.Tests.Symmetry;

/// <summary>
/// A certificate that a search wrote, of a network that sums over three points with two features, changed line by line.
/// </summary>
public sealed class SymmetryTamperingTests
{
    private static readonly string Certificate = CertificateCheckTests.Sample("symmetry-units");

    [Fact]
    public void It_is_accepted_as_it_is() => Assert.Equal("", CertificateCheck.Check(Certificate).Reason);

    [Fact]
    public void A_changed_weight_is_rejected()
    {
        string[] lines = Certificate.Split('\n');
        int rejected = 0;
        foreach (int at in Enumerable.Range(0, lines.Length)
            .Where(i => lines[i].StartsWith("row ", StringComparison.Ordinal)).Take(12))
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

    private static int AssertRejected(string[] lines)
    {
        var check = CertificateCheck.Check(string.Join('\n', lines));
        Assert.False(check.Accepted, check.Statement);
        return 1;
    }
}
