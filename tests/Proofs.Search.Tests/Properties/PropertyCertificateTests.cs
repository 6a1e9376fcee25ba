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

    private static readonly string Unsat =
        Certificate(Distance, PropertyNetworks.AtMost(2, 1, new BigRational(-9, 4), false, -1));
    private static readonly string Sat =
        Certificate(Distance, PropertyNetworks.AtMost(2, 1, new BigRational(-3, 2), false, -1));

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
                inputs, 2, new BigRational(random.Next(-20, 5), 8), n % 2 == 0, 1,
                new BigRational(random.Next(-3, 4), 3));
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

        Assert.True(
            unsat > 10 && sat > 10 && divided > 2, $"only {unsat} unsat, {sat} sat, {divided} with a divided box");
    }

    [Fact]
    public void Both_answers_have_certificates_that_are_accepted()
    {
        Assert.StartsWith("unsat: ", Accepted(Unsat).Statement, StringComparison.Ordinal);
        Assert.StartsWith("sat: ", Accepted(Sat).Statement, StringComparison.Ordinal);
        Assert.Contains("\ns ", Unsat, StringComparison.Ordinal);
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
            new VnnCase(
                new Box([-scale, -scale], [scale, scale]), [],
                [PropertyNetworks.Row(BigRational.PowerOfTwo(51) * new BigRational(-9, 8), false, -1)]),
        ]);
        Accepted(Certificate(network, property));
    }

    private static (PropertyRequest Request, PropertyResult Result) Search(ReluNetwork network, VnnProperty property)
    {
        // the search alone, without the exact walk that decides small networks before it
        var request = new PropertyRequest(network, property).WithTree(true);
        var search = new BoxSearch(PropertyQuery.Of(network, property).Single(), request, request.Limits.Start());
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
}
