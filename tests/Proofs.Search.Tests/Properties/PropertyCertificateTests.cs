using System.Diagnostics;
using System.Globalization;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Proofs.Kernel;
using Proofs.Search.Properties;
using Xunit;

namespace Proofs.Search.Tests.Properties;

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
                var check = CertificateCheck.Check(text);
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

    // Robustness of a classifier around a point: boxes alone do not decide these in 10,000 divisions.
    [Theory]
    [InlineData(4, 50, 60, 0.04)]
    [InlineData(13, 10, 30, 0.08)]
    public void Divisions_by_signs_decide_networks_with_many_inputs_and_their_certificates_are_accepted(
        int seed, int inputs, int width, double radius)
    {
        var (network, property) = PropertyNetworks.Robustness(seed, radius, inputs, width, width, width, 5);
        var request = new PropertyRequest(network, property).WithTree(true).WithBoxBudget(10_000);
        var result = PropertyVerifier.Verify(request);
        Assert.Equal(PropertyAnswer.Unsatisfiable, result.Answer);
        string text = PropertyCertificate.Text(request, result) ?? "";
        Assert.Contains("\nr ", text, StringComparison.Ordinal);
        Accepted(text);
    }

    [Fact]
    public void Large_weights_and_large_inputs_are_no_obstacle_to_a_certificate()
    {
        // y = |x1 - x2| again, times 2^50, of inputs up to 2^30
        var scale = BigRational.PowerOfTwo(30);
        var network = new ReluNetwork(
        [
            Affine.FromExactRows([[1, -1], [-1, 1]], [0, 0]),
            Affine.FromExactRows([[BigRational.PowerOfTwo(20), BigRational.PowerOfTwo(20)]], [0]),
        ]);
        var property = new VnnProperty(2, 1,
        [
            new VnnCase(new Box([-scale, -scale], [scale, scale]), [], [PropertyNetworks.Row(BigRational.PowerOfTwo(51) * new BigRational(-9, 8), false, -1)]),
        ]);
        Accepted(Certificate(network, property));
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
            var walks = property.Cases.Select((c, k) => RegionWalk.Run(property, k, c.Lower, c.Upper, 1_000_000)).ToArray();
            Assert.True(walks.All(w => w.IsDecided), $"mutation {n} is not decided");
            Assert.True(isSat == walks.Any(w => w.Point is not null), $"mutation {n} is accepted and false:\n{mutated}");
        }

        Assert.True(accepted > 0, "no mutation was harmless");
    }

    // The lines of network and property.
    private static string SubjectOf(string certificate) =>
        certificate[(certificate.IndexOf('\n') + 1)..(certificate.IndexOf("\nend\n", StringComparison.Ordinal) + "\nend\n".Length)];

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

    private static Proofs.Kernel.Certificates.CheckResult Accepted(string text)
    {
        var check = CertificateCheck.Check(text);
        Assert.True(check.Accepted, check.Reason);
        return check;
    }

    private static void Rejected(string[] lines)
    {
        var check = CertificateCheck.Check(string.Join('\n', lines) + "\n");
        Assert.False(check.Accepted, string.Create(CultureInfo.InvariantCulture, $"accepted:\n{string.Join('\n', lines)}"));
        Assert.NotEqual("", check.Reason);
    }
}
