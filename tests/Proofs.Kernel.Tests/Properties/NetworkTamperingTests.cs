using System.Globalization;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Properties;
using Xunit;

namespace Proofs.Kernel.Tests.Properties;

/// <summary>
/// Certificates of properties, two of them written by a search, changed line by line and character by character.
/// </summary>
public sealed class NetworkTamperingTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full";

    // y = rho(x) - rho(x - 1/2) is at most 1/2; without a division by a sign the bound is 2
    private static readonly string BySign = string.Join('\n',
        NetworkCertificate.Header,
        "network 1 2",
        "layer 2",
        "row 0 0:1",
        "row -1*2^-1 0:1",
        "layer 1",
        "row 0 0:1 1:-1",
        "property 1",
        "case",
        "lower -2",
        "upper 2",
        "output <= -5*2^-3 0:-1",
        "end",
        "unsat",
        "root 0",
        "lower -2",
        "upper 2",
        "r 0 1",
        "l 0",
        "l 0",
        "end\n");

    // |x1 - x2| through two layers: the output is at least 9/4 nowhere on [-1, 1]^2, and at least 3/2 somewhere
    private static readonly string Unsat = CertificateCheckTests.Sample("network-divided");
    private static readonly string Sat = CertificateCheckTests.Sample("network-point");

    [Fact]
    public void All_are_accepted_as_they_are()
    {
        Accepted(Unsat);
        Accepted(Sat);
        Accepted(BySign);
        Assert.Contains("\ns ", Unsat, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dropped_or_doubled_line_is_rejected()
    {
        string[] lines = Unsat.Split('\n')[..^1];
        for (int k = 0; k < lines.Length; k++)
        {
            // a constraint less or twice is another true property
            if (!lines[k].StartsWith("output", StringComparison.Ordinal))
            {
                Rejected([.. lines[..k], .. lines[(k + 1)..]]);
                Rejected([.. lines[..k], lines[k], .. lines[k..]]);
            }
        }
    }

    [Fact]
    public void A_division_by_a_sign_excludes_what_the_box_alone_does_not()
    {
        Accepted(BySign);
        Rejected(BySign.Replace("r 0 1\nl 0\nl 0\n", "l 0\n", StringComparison.Ordinal).Split('\n')[..^1]);
    }

    [Theory]
    [InlineData("r 0 1\n", "")] // a division less, with its leaf and without
    [InlineData("r 0 1\nl 0\n", "")]
    [InlineData("l 0\nl 0\n", "l 0\n")]
    [InlineData("l 0\nl 0\n", "l 0\nl 0\nl 0\n")]
    [InlineData("r 0 1\n", "r 0 2\n")] // no such unit
    [InlineData("r 0 1\n", "r 1 0\n")] // the outputs have no sign to assume
    [InlineData("r 0 1\n", "r 2 0\n")]
    [InlineData("r 0 1\n", "r 0 -1\n")]
    [InlineData("r 0 1\n", "r 0\n")]
    [InlineData("r 0 1\n", "r 0 1 1\n")]
    [InlineData("row -1*2^-1", "row -1")] // other networks, whose largest outputs are 1 and 2
    [InlineData("row 0 0:1 1:-1", "row 0 0:1 1:1")]
    [InlineData("output <= -5*2^-3", "output <= -1*2^-1")] // other properties, met at a point
    [InlineData("output <= -5*2^-3", "output <= -1*2^-2")]
    [InlineData("upper 2\nr", "upper 1\nr")] // a root that does not cover
    public void A_tampered_division_by_a_sign_is_rejected(string from, string to)
    {
        Assert.Contains(from, BySign, StringComparison.Ordinal);
        Rejected(BySign.Replace(from, to, StringComparison.Ordinal).Split('\n')[..^1]);
    }

    [Fact]
    public void A_division_outside_its_box_or_of_no_coordinate_is_rejected()
    {
        string[] lines = Unsat.Split('\n')[..^1];
        int division = Array.FindIndex(lines, l => l.StartsWith("s ", StringComparison.Ordinal));
        foreach (string moved in new[] { "s 0 1", "s 0 -1", "s 0 2", "s 1 -7/2", "s 2", "s -1", "s 0 1e5", "s" })
        {
            Rejected([.. lines[..division], moved, .. lines[(division + 1)..]]);
        }
    }

    [Fact]
    public void A_tree_cut_to_its_root_is_rejected()
    {
        string[] lines = Unsat.Split('\n')[..^1];
        int division = Array.FindIndex(lines, l => l.StartsWith("s ", StringComparison.Ordinal));
        Rejected([.. lines[..division], "l 0", "end"]);
        Rejected([.. lines[..division], "l i0", "end"]);
        Rejected([.. lines[..division], "l 1", "end"]);
        Rejected([.. lines[..division], "l", "end"]);
        Rejected([.. lines[..(division - 3)], "end"]);
    }

    [Theory]
    [InlineData("lower -1 -1\nupper 1 1\ns", "lower -1 -1/2\nupper 1 1\ns")] // a box that does not cover
    [InlineData("lower -1 -1\nupper 1 1\ns", "lower -1 -1\nupper 1 0\ns")]
    [InlineData("lower -1 -1\nupper 1 1\noutput", "lower -1 -1\nupper 1 3\noutput")] // another property
    [InlineData("output <= -9*2^-2 0:-1", "output <= -1 0:-1")]
    [InlineData("row -1*2^-1 0:1", "row 1 0:1")] // another network
    [InlineData("row 2 0:1 1:1", "row 7 0:1 1:1")]
    [InlineData("unsat\n", "sat\n")]
    [InlineData("root 0", "root")]
    [InlineData("root 0", "root 1")]
    [InlineData("certificate network 1", "certificate network 2")]
    public void A_certificate_for_something_else_is_rejected(string from, string to)
    {
        Assert.Contains(from, Unsat, StringComparison.Ordinal);
        Rejected(Unsat.Replace(from, to, StringComparison.Ordinal).Split('\n')[..^1]);
    }

    [Fact]
    public void A_point_that_is_no_counterexample_is_rejected()
    {
        string point = Sat[Sat.IndexOf("point", StringComparison.Ordinal)..];
        foreach (string other in new[] { "point 0 0\n", "point 2 -2\n", "point 1\n", "point 1 -1 0\n", "point a b\n",
            "" })
        {
            Rejected(Sat.Replace(point, other, StringComparison.Ordinal).Split('\n')[..^1]);
        }
    }

    [Fact]
    public void Whatever_a_mutated_certificate_claims_is_true_where_it_is_accepted()
    {
        var random = new Random(77);
        int accepted = 0;
        for (int n = 0; n < (Full ? 100_000 : 1_000); n++)
        {
            string source = (n % 4) switch { 0 => Sat, 1 => BySign, _ => Unsat };
            char[] text = source.ToCharArray();
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                text[random.Next(text.Length)] = random.Next(3) switch
                {
                    0 => (char)random.Next(0, 128),
                    1 => "0123456789-/:* \nslxir"[random.Next(21)],
                    _ => text[random.Next(text.Length)],
                };
            }

            string mutated = new(text);
            if (!CertificateCheck.Check(mutated).Accepted)
            {
                continue;
            }

            accepted++;
            var property = NetworkText.Parse(SubjectOf(mutated));
            bool isSat = mutated.Contains("\nsat\n", StringComparison.Ordinal);
            var walks =
                property.Cases.Select((c, k) => RegionWalk.Run(property, k, c.Lower, c.Upper, 1_000_000)).ToArray();
            Assert.True(walks.All(w => w.IsDecided), $"mutation {n} is not decided");
            Assert.True(
                isSat == walks.Any(w => w.Point is not null), $"mutation {n} is accepted and false:\n{mutated}");
        }

        Assert.True(accepted > 0, "no mutation was harmless");
    }

    // The lines of network and property.
    private static string SubjectOf(string certificate) =>
        certificate[(certificate.IndexOf('\n') + 1)..(
            certificate.IndexOf("\nend\n", StringComparison.Ordinal) + "\nend\n".Length)];

    private static void Accepted(string text)
    {
        var check = CertificateCheck.Check(text);
        Assert.True(check.Accepted, check.Reason);
    }

    private static void Rejected(string[] lines)
    {
        var check = CertificateCheck.Check(string.Join('\n', lines) + "\n");
        Assert.False(
            check.Accepted, string.Create(CultureInfo.InvariantCulture, $"accepted:\n{string.Join('\n', lines)}"));
        Assert.NotEqual("", check.Reason);
    }
}
