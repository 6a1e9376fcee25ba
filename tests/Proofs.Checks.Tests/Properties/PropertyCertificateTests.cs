using System.Diagnostics;
using System.Globalization;
using Proofs.Checks.Properties;
using Proofs.Constructions;
using Proofs.Constructions.Formats;
using Proofs.Kernel;
using Proofs.Kernel.Networks;
using Xunit;

namespace Proofs.Checks.Tests.Properties;

public sealed class PropertyCertificateTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full";

    // y = max(x1, x2) - min(x1, x2) = |x1 - x2| through two layers; y is at least 2.5 nowhere on [-1, 1]^2
    private static readonly ReluNetwork Distance = new(
    [
        Affine.FromRows([[1, -1], [-1, 1], [1, 1]], [0, 0, 2]),
        Affine.FromRows([[1, 1, 0.25], [0.5, 0.5, -0.25]], [0, 0]),
        Affine.FromRows([[1, -0.0625]], [-0.5]),
    ]);

    private static readonly string Unsat = Certificate(Distance, PropertyNetworks.AtMost(2, 1, new BigRational(-9, 4), false, -1));
    private static readonly string Sat = Certificate(Distance, PropertyNetworks.AtMost(2, 1, new BigRational(-3, 2), false, -1));

    [Fact]
    public void Certificates_of_searches_on_random_networks_are_accepted()
    {
        var random = new Random(31);
        int unsat = 0, sat = 0, divided = 0;
        for (int n = 0; n < (Full ? 1000 : 60); n++)
        {
            int inputs = random.Next(1, 5);
            var network = PropertyNetworks.Random(random, inputs, random.Next(2, 12), random.Next(2, 12), 2);
            var property = PropertyNetworks.AtMost(
                inputs, 2, new BigRational(random.Next(-20, 5), 8), n % 2 == 0, 1, new BigRational(random.Next(-3, 4), 3));
            var (request, result) = Search(network, property);
            if (PropertyCertificate.Text(request, result) is { } text)
            {
                var check = NetworkCertificate.Check(text);
                Assert.True(check.Accepted, $"network {n}: {check.Reason}");
                unsat += result.Answer == PropertyAnswer.Unsatisfiable ? 1 : 0;
                sat += result.Answer == PropertyAnswer.Satisfiable ? 1 : 0;
                divided += text.Contains("\ns ", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.True(unsat > 10 && sat > 10 && divided > 2, $"only {unsat} unsat, {sat} sat, {divided} with a divided box");
    }

    [Fact]
    public void Both_certificates_to_tamper_with_are_accepted()
    {
        Assert.StartsWith("unsat: ", Accepted(Unsat).Statement, StringComparison.Ordinal);
        Assert.StartsWith("sat: ", Accepted(Sat).Statement, StringComparison.Ordinal);
        Assert.Contains("\ns ", Unsat, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dropped_or_doubled_line_is_rejected()
    {
        string[] lines = Unsat.Split('\n')[..^1];
        for (int k = 0; k < lines.Length; k++)
        {
            if (!lines[k].StartsWith("output", StringComparison.Ordinal)) // a constraint less or twice is another true property
            {
                Rejected([.. lines[..k], .. lines[(k + 1)..]]);
                Rejected([.. lines[..k], lines[k], .. lines[k..]]);
            }
        }
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
        foreach (string other in new[] { "point 0 0\n", "point 2 -2\n", "point 1\n", "point 1 -1 0\n", "point a b\n", "" })
        {
            Rejected(Sat.Replace(point, other, StringComparison.Ordinal).Split('\n')[..^1]);
        }
    }

    [Fact]
    public void Whatever_a_mutated_certificate_claims_is_true_where_it_is_accepted()
    {
        var random = new Random(77);
        int accepted = 0;
        for (int n = 0; n < (Full ? 50_000 : 1_000); n++)
        {
            string source = n % 4 == 0 ? Sat : Unsat;
            char[] text = source.ToCharArray();
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                text[random.Next(text.Length)] = random.Next(3) switch
                {
                    0 => (char)random.Next(0, 128),
                    1 => "0123456789-/:* \nslxi"[random.Next(20)],
                    _ => text[random.Next(text.Length)],
                };
            }

            string mutated = new(text);
            if (!NetworkCertificate.Check(mutated).Accepted)
            {
                continue;
            }

            accepted++;
            var property = NetworkText.Parse(NetworkCertificate.SubjectOf(mutated)!);
            bool isSat = mutated.Contains("\nsat\n", StringComparison.Ordinal);
            var walks = property.Cases.Select((c, k) => RegionWalk.Run(property, k, c.Lower, c.Upper, 1_000_000)).ToArray();
            Assert.True(walks.All(w => w.IsDecided), $"mutation {n} is not decided");
            Assert.True(isSat == walks.Any(w => w.Point is not null), $"mutation {n} is accepted and false:\n{mutated}");
        }

        Assert.True(accepted > 0, "no mutation was harmless");
    }

    private static (PropertyRequest Request, PropertyResult Result) Search(ReluNetwork network, VnnProperty property)
    {
        // the search alone, without the exact walk that decides small networks before it
        var request = new PropertyRequest(network, property).WithTree(true);
        var search = new BoxSearch(PropertyQuery.Of(network, property).Single(), request, Stopwatch.StartNew());
        var answer = search.Run(2_000);
        return (request, new PropertyResult(answer, search.Counterexample, search.Boxes) { Trees = [search.Tree!] });
    }

    private static string Certificate(ReluNetwork network, VnnProperty property)
    {
        var (request, result) = Search(network, property);
        return PropertyCertificate.Text(request, result) ?? throw new InvalidOperationException(result.ToString());
    }

    private static Proofs.Kernel.Checking.CheckResult Accepted(string text)
    {
        var check = NetworkCertificate.Check(text);
        Assert.True(check.Accepted, check.Reason);
        return check;
    }

    private static void Rejected(string[] lines)
    {
        var check = NetworkCertificate.Check(string.Join('\n', lines) + "\n");
        Assert.False(check.Accepted, string.Create(CultureInfo.InvariantCulture, $"accepted:\n{string.Join('\n', lines)}"));
        Assert.NotEqual("", check.Reason);
    }
}
