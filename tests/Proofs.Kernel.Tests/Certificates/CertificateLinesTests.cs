using System.Security.Cryptography;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Certificates;

/// <summary>Lines are taken one by one, counted, and hashed; what is not as expected is told with its line.</summary>
public sealed class CertificateLinesTests
{
    private static readonly NumberForm Form = new(20, 100);

    [Fact]
    public void Lines_come_in_order_and_end()
    {
        using var lines = Of("a 1\n\nb\n");
        Assert.Equal(("a 1", 0), (lines.Next, lines.Line));
        Assert.Equal("1", lines.Rest("a"));
        Assert.Equal(1, lines.Line);
        Assert.Equal("", lines.Take());
        Assert.False(lines.IsAtEnd);
        Assert.Empty(lines.Words("b", 0));
        Assert.True(lines.IsAtEnd);
        Assert.Equal("line 4: expected another line", Assert.Throws<Rejection>(() => lines.Take()).Message);
    }

    [Theory]
    [InlineData("ab c")]
    [InlineData("a")]
    [InlineData(" a c")]
    [InlineData("A c")]
    [InlineData("")]
    public void A_line_that_begins_otherwise_is_refused_with_its_number(string line)
    {
        using var lines = Of($"first\n{line}\n");
        _ = lines.Take();
        Assert.Equal("line 2: expected 'a'", Assert.Throws<Rejection>(() => lines.Rest("a")).Message);
    }

    [Theory]
    [InlineData("a 1 2", 2, true)]
    [InlineData("a 1 2", 1, false)]
    [InlineData("a 1 2", 3, false)]
    [InlineData("a", 0, true)]
    [InlineData("a ", 0, false)]
    [InlineData("a  1", 1, false)]
    [InlineData("b 1 2", 2, false)]
    public void Words_are_as_many_as_expected(string line, int count, bool isRead)
    {
        using var lines = Of(line + "\n");
        if (isRead)
        {
            Assert.Equal(count, lines.Words("a", count).Length);
        }
        else
        {
            Assert.StartsWith(
                "line 1: expected 'a' and", Assert.Throws<Rejection>(() => lines.Words("a", count)).Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("0", 0, 5, true)]
    [InlineData("5", 0, 5, true)]
    [InlineData("6", 0, 5, false)]
    [InlineData("-1", 0, 5, false)]
    [InlineData("-0", 0, 5, false)]
    [InlineData("-0", -1, 5, true)]
    [InlineData("-1", -1, 5, true)]
    [InlineData("-2", -1, 5, false)]
    [InlineData("+1", 0, 5, false)]
    [InlineData(" 1", 0, 5, false)]
    [InlineData("1.0", 0, 5, false)]
    [InlineData("2147483648", 0, int.MaxValue, false)]
    [InlineData("99999999999999999999", 0, int.MaxValue, false)]
    [InlineData("", 0, 5, false)]
    public void Small_numbers_lie_in_their_range(string word, int least, int most, bool isOne)
    {
        using var lines = Of("x\n");
        if (isOne)
        {
            Assert.InRange(lines.Small(word, least, most), least, most);
        }
        else
        {
            Assert.Throws<Rejection>(() => lines.Small(word, least, most));
        }
    }

    [Fact]
    public void Numbers_of_the_form_are_read_and_others_named_in_short()
    {
        using var lines = Of("x\n");
        _ = lines.Take();
        Assert.Equal([new BigRational(1, 2), 3], lines.Rationals(["1/2", "3"]));
        Assert.Equal([new BigRational(1, 2), 12], lines.Values(["1/2", "3*2^2"]));
        Assert.Equal(new Dyadic(3, 2), lines.Dyadic("3*2^2"));
        Assert.Throws<Rejection>(() => lines.Dyadic("1/2"));
        Assert.Throws<Rejection>(() => lines.Rational("3*2^2"));
        Assert.Throws<Rejection>(() => lines.Rationals(["1", "x"]));
        string reason = Assert.Throws<Rejection>(() => lines.Value(new string('7', 500))).Message;
        Assert.Equal($"line 1: '{new string('7', 20)}' is not a number that this file may hold there", reason);
    }

    [Fact]
    public void A_digest_is_of_what_was_taken_and_starts_anew_where_it_is_said()
    {
        using var lines = new CertificateLines(
            new StringReader("b\nc ≤\n"), "a", Form, new WorkBudget(long.MaxValue));
        Assert.Equal(1, lines.Line);
        Assert.Equal(Sha("a\n"), lines.Digest());
        Assert.Equal("b", lines.Next); // looked at, not taken
        Assert.Equal(Sha("a\n"), lines.Digest());
        _ = lines.Take();
        Assert.Equal(Sha("a\nb\n"), lines.Digest());
        lines.StartDigest();
        _ = lines.Take();
        Assert.Equal(Sha("c ≤\n"), lines.Digest());
    }

    [Theory]
    [InlineData(0x1f)]
    [InlineData(0x7f)]
    [InlineData(0x80)]
    [InlineData(0xa0)]
    [InlineData('\t')]
    [InlineData('\r')]
    [InlineData(0x200b)]
    [InlineData(0x2260 + 1)]
    [InlineData(0xfeff)]
    [InlineData(0xd800)]
    public void A_character_that_may_not_stand_is_named_with_its_line(int code)
    {
        using var lines = Of($"a\nb{(char)code}\n");
        _ = lines.Take();
        Assert.Equal(
            $"line 2: the character U+{code:X4} may not stand in a certificate",
            Assert.Throws<Rejection>(() => lines.Next).Message);
        Assert.False(CertificateText.IsShown((char)code));
    }

    [Fact]
    public void Printable_characters_and_three_signs_may_stand()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            Assert.Equal(c is >= 32 and < 127 || (char)c is '≤' or '≥' or '≠', CertificateText.IsShown((char)c));
        }
    }

    [Fact]
    public void The_last_line_ends()
    {
        using var lines = Of("a\nb");
        _ = lines.Take();
        Assert.Equal(
            "the last line does not end with a line feed", Assert.Throws<Rejection>(() => lines.Next).Message);
    }

    [Fact]
    public void Reading_costs_a_unit_for_each_character()
    {
        var work = new WorkBudget(7);
        using var lines = new CertificateLines(new StringReader("abc\nde\nf\n"), null, Form, work);
        _ = lines.Take();
        Assert.Equal(3, work.Left);
        _ = lines.Take();
        Assert.Equal(0, work.Left);
        Assert.Throws<WorkExhaustedException>(() => lines.Next);
    }

    private static string Sha(string text) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static CertificateLines Of(string text) =>
        new(new StringReader(text), null, Form, new WorkBudget(long.MaxValue));
}
