using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Bounds;

/// <summary>
/// A certificate that a search wrote of x1^4 - x1*x2 + sin(3*x2)*exp(x1) + x3^2 - x3 on [-1,1]^2x[-1,2], changed line
/// by line.
/// </summary>
public sealed class BoxTamperingTests
{
    private static readonly string[] Lines = CertificateCheckTests.Sample("bound-2-trees").Split('\n');

    [Fact]
    public void It_is_accepted_as_it_is_and_has_lines_of_each_kind()
    {
        Assert.Equal("", CertificateCheck.Check(string.Join('\n', Lines)).Reason);
        Assert.Contains(Lines, l => l.StartsWith("cut ", StringComparison.Ordinal));
        Assert.Contains(Lines, l => l.StartsWith("convex ", StringComparison.Ordinal));
        Assert.Contains(Lines, l => l.StartsWith("faces ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_given_twice_is_rejected() => Assert.All(Enumerable.Range(0, Lines.Length - 1), i =>
    {
        if (!Lines[i].StartsWith("faces", StringComparison.Ordinal))
        {
            Rejects([.. Lines[..i], Lines[i], .. Lines[i..]]);
        }
    });

    [Fact]
    public void Another_bound_is_rejected()
    {
        string[] words = Words("bounds");
        var tiny = new BigRational(1, 1_000_000_000);
        Rejects(Replace("bounds", $"bounds {BigRational.Parse(words[1]) + tiny} {words[2]}"));
        Rejects(Replace("bounds", $"bounds {words[1]} {BigRational.Parse(words[2]) - tiny}"));
        words = Words("terms");
        Rejects(Replace("terms", $"terms {BigRational.Parse(words[1]) - tiny} {string.Join(' ', words[2..])}"));
        Rejects(Replace("terms", $"terms {BigRational.Parse(words[1]) + 1} {string.Join(' ', words[2..])}"));
        Rejects(Replace("terms", $"terms {words[1]} {words[2]}"));
        Rejects(Replace("terms", $"terms {words[1]} {string.Join(' ', words[2..])} {words[2]}"));
    }

    [Fact]
    public void A_value_that_the_formula_does_not_reach_is_rejected()
    {
        string[] least = Words("least"), largest = Words("largest");
        var tiny = new BigRational(1, 1_000_000_000);
        Rejects(Replace("least", $"{string.Join(' ', least[..^1])} {BigRational.Parse(least[^1]) - tiny}"));
        Rejects(Replace("largest", $"{string.Join(' ', largest[..^1])} {BigRational.Parse(largest[^1]) + tiny}"));
        Rejects(Replace("largest", $"largest 2 0 0 {largest[^1]}"));
    }

    [Theory]
    [InlineData("formula", "formula x1^4 - x1*x2 + sin(3*x2)*exp(x1) + x3^2 - x3 + 1/1000")]
    [InlineData("formula", "formula x1^4 - x1*x2 + sin(4*x2)*exp(x1) + x3^2 - x3")]
    [InlineData("formula", "formula x1^4 - x1*x2 + sin(3*x2)*exp(x1) + x3^2 - x4")]
    [InlineData("formula", "formula x1^4 - x1*x2 + floor(x2)")]
    [InlineData("formula", "formula ")]
    [InlineData("domain", "domain -1 1 -1 1 -1 3")]
    [InlineData("domain", "domain -1 1 -2 1 -1 2")]
    [InlineData("domain", "domain 1 -1 -1 1 -1 2")]
    [InlineData("domain", "domain -1 1 -1 1")]
    [InlineData("inputs", "inputs 2")]
    [InlineData("inputs", "inputs 9")]
    [InlineData("bits", "bits 1000000000")]
    [InlineData("bits", "bits 0")]
    [InlineData("cut", "cut 0 5")]
    [InlineData("cut", "cut 7 0")]
    [InlineData("cut", "cut 0 1*2^-2000000000")]
    [InlineData("convex", "convex -1 0 0 0 0 0 0")]
    [InlineData("convex", "range")]
    [InlineData("faces", "faces 0")]
    [InlineData("faces", "faces 9+")]
    public void Another_line_is_rejected(string first, string line) => Rejects(Replace(first, line));

    [Fact]
    public void A_shift_that_leaves_the_bound_without_proof_is_rejected()
    {
        string[] lines = CertificateCheckTests.Sample("bound-2-shifts").Split('\n'); // exp(x1*x2) - 3*x1^2*x2^2
        Assert.Equal("", CertificateCheck.Check(string.Join('\n', lines)).Reason);
        int shifted = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Split(' ');
            if (words[0] == "convex" && words[1] != "0")
            {
                shifted++;
                words[1] = "0";
                Rejects([.. lines[..i], string.Join(' ', words), .. lines[(i + 1)..]]);
            }
        }

        Assert.True(shifted > 0);
    }

    private static string[] Words(string first) =>
        Lines.First(l => l.StartsWith(first + " ", StringComparison.Ordinal)).Split(' ');

    private static string[] Replace(string first, string line)
    {
        int i = Array.FindIndex(Lines, l => l.StartsWith(first + " ", StringComparison.Ordinal));
        return [.. Lines[..i], line, .. Lines[(i + 1)..]];
    }

    private static void Rejects(string[] lines) =>
        Assert.False(CertificateCheck.Check(string.Join('\n', lines)).Accepted, string.Join('\n', lines));
}
