using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Bounds;

/// <summary>A certificate that a search wrote of exp(x)*sin(3*x) - 1/(2 + x) on [-1,1], changed line by line.</summary>
public sealed class BoundTamperingTests
{
    private static readonly string[] Lines = CertificateCheckTests.Sample("bound-1-pieces").Split('\n');
    private static readonly int[] Pieces =
        [.. Enumerable.Range(0, Lines.Length).Where(i => Lines[i].StartsWith("piece ", StringComparison.Ordinal))];

    [Fact]
    public void It_is_accepted_as_it_is()
    {
        Assert.Equal("", CertificateCheck.Check(string.Join('\n', Lines)).Reason);
        Assert.True(Pieces.Length > 2);
    }

    [Fact]
    public void A_dropped_piece_is_rejected() => Assert.All(Pieces, i => Rejects([.. Lines[..i], .. Lines[(i + 1)..]]));

    [Fact]
    public void A_piece_given_twice_is_rejected() =>
        Assert.All(Pieces, i => Rejects([.. Lines[..i], Lines[i], .. Lines[i..]]));

    [Fact]
    public void A_moved_split_is_rejected() => Assert.All(Pieces, i =>
    {
        string[] words = Lines[i].Split(' ');
        words[2] = (Dyadic.Parse(words[2]) + new Dyadic(1, -40)).ToString();
        Rejects([.. Lines[..i], string.Join(' ', words), .. Lines[(i + 1)..]]);
    });

    [Fact]
    public void A_smaller_upper_or_a_larger_lower_bound_is_rejected()
    {
        string[] words = Lines[2].Split(' ');
        BigRational least = BigRational.Parse(Lines[3].Split(' ')[2]),
            largest = BigRational.Parse(Lines[4].Split(' ')[2]);
        Rejects(Replace(2, $"bounds {words[1]} {largest - new BigRational(1, 1_000_000_000)}"));
        Rejects(Replace(2, $"bounds {least + new BigRational(1, 1_000_000_000)} {words[2]}"));
        Rejects(Replace(2, $"bounds {words[2]} {words[1]}"));
    }

    [Fact]
    public void A_value_that_the_formula_does_not_reach_is_rejected()
    {
        string[] least = Lines[3].Split(' '), largest = Lines[4].Split(' ');
        Rejects(Replace(3, $"least {least[1]} {BigRational.Parse(least[2]) - new BigRational(1, 1_000_000_000)}"));
        Rejects(Replace(
            4, $"largest {largest[1]} {BigRational.Parse(largest[2]) + new BigRational(1, 1_000_000_000)}"));
        Rejects(Replace(4, $"largest 2 {largest[2]}"));
    }

    [Theory]
    [InlineData("exp(x)*sin(3*x) - 1/(2 + x) + 1/1000")]
    [InlineData("exp(x)*sin(3*x) - 1/(2 - x)")]
    [InlineData("exp(x)*sin(3*x) - 1/(1/2 + x)")]
    [InlineData("exp(x)*sin(3*y) - 1/(2 + x)")]
    [InlineData("exp(x)*gamma(3*x)")]
    [InlineData("floor(x)")]
    [InlineData("")]
    public void Another_formula_is_rejected(string formula) => Rejects(Replace(1, $"formula {formula}"));

    [Theory]
    [InlineData("domain -1 2")]
    [InlineData("domain -1 1/2")]
    [InlineData("domain -2 1")]
    [InlineData("domain 1 -1")]
    [InlineData("domain -1")]
    public void Another_domain_is_rejected(string domain) => Rejects(Replace(5, domain));

    [Theory]
    [InlineData("piece 0 1*2^2000000000 0 8 96")]
    [InlineData("piece 0 1 0 100000 96")]
    [InlineData("piece 0 1 0 8 1000000000")]
    [InlineData("piece 0 1 0 8 8")]
    [InlineData("domain 0 1e999999999")]
    public void Numbers_that_would_cost_too_much_are_rejected(string line) => Rejects(Replace(Pieces[0], line));

    private static string[] Replace(int line, string text) => [.. Lines[..line], text, .. Lines[(line + 1)..]];

    private static void Rejects(string[] lines) =>
        Assert.False(CertificateCheck.Check(string.Join('\n', lines)).Accepted, string.Join('\n', lines));
}
