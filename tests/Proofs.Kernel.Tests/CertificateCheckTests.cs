using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Properties;
using Proofs.Kernel.Symmetry;
using Xunit;

namespace Proofs.Kernel.Tests;

/// <summary>
/// What all kinds of certificates have in common: the first line, the lines, the end, the work; and what is refused of
/// it.
/// </summary>
public sealed class CertificateCheckTests
{
    private const string Magic = "proofs-certificate ";

    /// <summary>A certificate of each kind, as the tools write them.</summary>
    public static TheoryData<string> Names => [.. All];

    private static readonly string[] All =
        ["symbolic", "bound-1", "bound-2", "network-sat", "network-unsat", "symmetry", "error"];

    /// <summary>The text of a sample.</summary>
    internal static string Sample(string name) => File.ReadAllText(
        Path.Combine(
            Proofs.Tests.RepositoryFiles.Root, "tests", "Proofs.Kernel.Tests", "Samples", $"{name}.certificate"));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_certificate_of_each_kind_is_accepted_with_room(string name)
    {
        var result = CertificateCheck.Check(Sample(name));
        Assert.True(result.Accepted, result.Reason);
        Assert.NotEqual("", result.Statement);
        Assert.Equal("", result.Reason);
        Assert.InRange(result.Work, 1, 5_000_000);
    }

    [Fact]
    public void Every_kind_has_a_sample()
    {
        string[] samples = [.. All.Select(n => Sample(n).Split('\n')[0])];
        Assert.All(CertificateCheck.Headers, h => Assert.Contains(h, samples));
        Assert.Equal(CertificateCheck.Headers.Length, CertificateCheck.Headers.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_and_bytes_are_judged_alike(string name)
    {
        string text = Sample(name);
        var expected = CertificateCheck.Check(text);
        Assert.Equal(expected, CertificateCheck.Check(new StringReader(text)));
        Assert.Equal(expected, CertificateCheck.Check(new MemoryStream(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_may_follow_the_end(string name)
    {
        string text = Sample(name);
        string[] more = ["x\n", "\n", " \n", "end\n", "x", "\0", "# more\n", text, Magic + "bound 1\n"];
        // between words of proofs
        Assert.All(more, m => Refused(text + m, mayHold: name == "symbolic" && m.Trim(' ', '\n').Length == 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_last_line_ends_and_no_line_may_be_missing(string name)
    {
        string[] lines = Sample(name).Split('\n')[..^1];
        Refused(string.Join('\n', lines));
        for (int i = 0; i < lines.Length; i++)
        {
            Refused(string.Concat(lines.Take(i).Select(l => l + "\n")));
            Refused(string.Concat(lines.Where((_, n) => n != i).Select(l => l + "\n")),
                mayHold: (name == "symbolic" && i > 2) || lines[i].StartsWith("output", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_first_line_is_as_it_should_be_to_the_character(string name)
    {
        string text = Sample(name);
        string header = text[..text.IndexOf('\n')], body = text[header.Length..];
        string kind = header.Split(' ')[1], version = header.Split(' ')[2];
        string[] others =
        [
            $"{Magic}{kind} 0{version}", $"{Magic}{kind} {version} ", $" {header}", $"{Magic}{kind}  {version}",
            $"{Magic}{kind} +{version}",
            $"{Magic}{kind} 3", $"{Magic}{kind} 0", $"{Magic}{kind} -1", $"{Magic}{kind} {version}.0", $"{Magic}{kind}",
            $"{Magic}other 1",
            // Cyrillic
            header.ToUpperInvariant(), header + "\r", "\uFEFF" + header, header + "\0", header.Replace(' ', '\t'),
                header.Replace("e", "е"),
            "", "\n" + header, header + "\n" + header, $"{header} {header}", header + new string(' ', 1_000_000),
        ];
        Assert.All(others, h => Refused(h + body));
    }

    [Fact]
    public void Another_version_is_named_with_those_that_are_understood()
    {
        string reason = Refused(Magic + "network 2\n");
        Assert.StartsWith("certificates 'network 2' are not understood", reason, StringComparison.Ordinal);
        Assert.All(CertificateCheck.Headers, h => Assert.Contains(h, reason, StringComparison.Ordinal));
        Assert.StartsWith(
            "the first line is that of no kind of certificate", Refused("%PDF-1.4\n"), StringComparison.Ordinal);
        Assert.StartsWith("the first line is that of no kind of certificate", Refused(""), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Refused(Magic + "\u001b[2J 1\n"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_body_of_one_kind_under_the_first_line_of_another_is_refused(string name)
    {
        string text = Sample(name);
        string body = text[text.IndexOf('\n')..];
        foreach (string header in CertificateCheck.Headers.Where(
            h => !text.StartsWith(h + "\n", StringComparison.Ordinal)))
        {
            Refused(header + body);
            Refused(header + "\n" + text); // two first lines
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_character_that_hides_is_refused_wherever_it_stands(string name)
    {
        string text = Sample(name);
        foreach (char hidden in "\0\t\r\v\f\u001b\u007f\u0085\u00a0\u00ad\u200b\u202e\u2028\ufeff−０")
        {
            for (int at = 0; at <= text.Length; at += int.Max(1, text.Length / 60))
            {
                Refused(text.Insert(at, hidden.ToString()));
            }
        }

        Refused(text.Replace("\n", "\r\n"));
        Refused(text.Replace('\n', '\r'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_line_that_never_ends_is_refused(string name)
    {
        string text = Sample(name);
        string head = text[..(text.IndexOf('\n') + 1)];
        using var endless = new EndlessReader(head);
        var result = CertificateCheck.Check(endless);
        Assert.False(result.Accepted);
        Assert.InRange(endless.Taken, 1, 200_000_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Work_that_ends_in_the_middle_refuses_and_never_accepts(string name)
    {
        string text = Sample(name);
        var whole = CertificateCheck.Check(text);
        for (long limit = 0; limit < whole.Work; limit += long.Max(1, whole.Work / 97))
        {
            var result = CertificateCheck.Check(text, limit: limit);
            Assert.False(result.Accepted);
            Assert.Equal("the work limit is exceeded", result.Reason);
            Assert.InRange(result.Work, 0, limit);
        }

        Assert.False(CertificateCheck.Check(text, limit: whole.Work - 1).Accepted);
        Assert.True(CertificateCheck.Check(text, limit: whole.Work).Accepted);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stop_ends_the_replay_and_is_no_verdict(string name) => Assert.ThrowsAny<OperationCanceledException>(
        () => CertificateCheck.Check(Sample(name), stop: new CancellationToken(canceled: true)));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_expected_of_another_kind_refuses(string name)
    {
        CertificateExpectation[] expectations =
            [new NetworkExpectation(), new SymmetryExpectation(), new ErrorExpectation()];
        int accepted = expectations.Count(e => CertificateCheck.Check(Sample(name), e).Accepted);
        Assert.Equal(name is "symbolic" or "bound-1" or "bound-2" ? 0 : 1, accepted);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_that_are_no_UTF8_are_refused(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Sample(name));
        foreach (byte[] wrong in new byte[][] { [0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x89],
            [0xef, 0xbb, 0xbf] })
        {
            for (int at = 0; at <= bytes.Length; at += int.Max(1, bytes.Length / 20))
            {
                Refused([.. bytes[..at], .. wrong, .. bytes[at..]]);
            }
        }

        Refused(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Sample(name))).ToArray());
        Refused(Encoding.UTF32.GetPreamble().Concat(Encoding.UTF32.GetBytes(Sample(name))).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packed_bytes_that_are_cut_are_refused(string name)
    {
        byte[] packed = Packed(Encoding.UTF8.GetBytes(Sample(name)));
        Assert.True(CertificateCheck.Check(Unpacking(packed)).Accepted);
        Refused(packed); // the kernel reads text: what unpacks stands before it
        Assert.False(CertificateCheck.Check(Unpacking(Packed(packed))).Accepted);
        const int Trailer = 8; // checksum and length
        for (int length = 0; length < packed.Length - Trailer - 1; length++)
        {
            Assert.False(
                CertificateCheck.Check(Unpacking(packed[..length])).Accepted, $"{length} of {packed.Length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_random_change_ends_in_a_verdict(string name)
    {
        string text = Sample(name);
        string[] lines = text.Split('\n');
        var random = new Random(7);
        for (int n = 0; n < 1500; n++)
        {
            char[] changed = text.ToCharArray();
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                changed[random.Next(changed.Length)] = random.Next(2) == 0
                    ? (char)random.Next(256)
                    : text[random.Next(text.Length)];
            }

            string[] mixed = [.. lines];
            mixed[random.Next(mixed.Length)] = lines[random.Next(lines.Length)];
            foreach (string forged in new[] { new string(changed), string.Join('\n', mixed) })
            {
                var result = CertificateCheck.Check(forged, limit: 50_000_000);
                Assert.Equal(result.Accepted, result.Reason.Length == 0);
                Assert.DoesNotContain('\n', result.Reason);
            }
        }
    }

    [Fact]
    public void A_digest_is_of_all_lines_from_the_first_on()
    {
        string text = Sample("error");
        string lines = text[..text.LastIndexOf("end sha256:", StringComparison.Ordinal)];
        Assert.EndsWith(
            $"end sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))}\n", text,
            StringComparison.Ordinal);
        Refused(text.Replace("upper 3/10", "upper 4/10"));
    }

    [Theory]
    [InlineData("network-unsat", "l 0", 5_000_000)] // a pass for each leaf
    [InlineData("error", "l", 5_000_000)]
    public void A_forged_certificate_that_is_slow_spends_its_work_and_no_more(string name, string leaf, long limit)
    {
        string text = Sample(name);
        int at = text.IndexOf($"\n{leaf}\n", StringComparison.Ordinal) + 1;
        var slow = new StringBuilder(text[..at]);
        for (int i = 0; i < 1000; i++)
        {
            slow.Append("s 0\n");
        }

        for (int i = 0; i < 300_000; i++)
        {
            slow.Append("s 0\n").Append(leaf).Append('\n');
        }

        var result = CertificateCheck.Check(slow.ToString(), limit: limit);
        Assert.False(result.Accepted);
        Assert.DoesNotContain('\n', result.Reason);
    }

    private static string Refused(string text, bool mayHold = false)
    {
        var result = CertificateCheck.Check(text);
        Assert.True(mayHold || !result.Accepted, $"accepted:\n{text}");
        Assert.True(result.Accepted || result.Reason.Length > 0);
        Assert.DoesNotContain('\n', result.Reason);
        Assert.DoesNotContain('\r', result.Reason);
        return result.Reason;
    }

    private static void Refused(byte[] bytes)
    {
        var result = CertificateCheck.Check(new MemoryStream(bytes));
        Assert.False(result.Accepted);
        Assert.NotEqual("", result.Reason);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static GZipStream Unpacking(byte[] packed) => new(new MemoryStream(packed), CompressionMode.Decompress);

    // A text, and then the letter a without end.
    private sealed class EndlessReader(string text) : TextReader
    {
        public long Taken { get; private set; }

        public override int Peek() => Taken < text.Length ? text[(int)Taken] : 'a';

        public override int Read()
        {
            int next = Peek();
            Taken++;
            return next;
        }
    }
}
