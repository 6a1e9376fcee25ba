using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel.Tests.Networks;
using Xunit;

namespace Proofs.Kernel.Tests.Symmetry;

/// <summary>
/// Each kind of evidence for each generator of small networks, true and false: what the sentence says, of products
/// too, is so at points, and each kind shows some of it.
/// </summary>
public sealed class SymmetryRulesTests
{
    private const string MaximumOfModuli = "1 0 0, -1 0 0, 0 1 0, 0 -1 0 | 1 1 -1 -1 0, 0 0 1 1 0 | 1 1 0";
    private const string MaximumOfParts = "1 0 0, 0 1 0 | 1 -1 0, 0 1 0 | 1 1 0";
    private const string Maximum = "1 -1 0, 0 1 0, 0 -1 0 | 1 1 -1 0";
    private const string Scoped = "1 -1 0, 0 1 0 | 1 1 0"; // the maximum where x >= 0
    private const string ShiftedScope = "1 -1 0, 0 1 1 | 1 1 -1"; // and where x >= -1
    private const string Difference = "1 -1 0, -1 1 0 | 1 1 0";
    private const string Skew = "1 -1 0, -1 0 0, 0 1 0 | 1 1 1 0"; // a norm, whose ball is a hexagon

    private static readonly ImmutableArray<GeneratorAction> Signed = [.. new[] { 0, 1 }.SelectMany(turn =>
        new[] { (1, 1), (1, -1), (-1, 1), (-1, -1) }.Select(signs => new GeneratorAction(
            new(2, [new([new(turn, signs.Item1)], 0), new([new(1 - turn, signs.Item2)], 0)]),
            SymmetryClaim.Identity(1)))).Skip(1)];

    // Which of the signed permutations but the identity, in the order of Signed, the network has for all real x:
    // (x, -y), (-x, y), (-x, -y), (y, x), (y, -x), (-y, x), (-y, -x).
    [Theory]
    [InlineData(MaximumOfModuli, "1111111", "comparators")]
    [InlineData(MaximumOfParts, "0001000", "comparators")]
    [InlineData(Maximum, "0001000", "comparators")]
    [InlineData(Maximum, "0001000", "terms")]
    [InlineData(Difference, "0011001", "terms")]
    [InlineData(Difference, "0011001", "units 1:1 0:1")]
    [InlineData(Scoped, "0000000", "terms")]
    [InlineData(Scoped, "0000000", "comparators")]
    [InlineData(ShiftedScope, "0000000", "comparators")]
    [InlineData(Skew, "0011001", "units 0:1 2:1 1:1")]
    [InlineData(Skew, "0011001", "comparators")]
    [InlineData(Skew, "0011001", "regions")]
    [InlineData(Scoped, "0000000", "regions")]
    [InlineData(MaximumOfParts, "0001000", "regions")]
    [InlineData("1 1 0 | 1 0", "0001000", "units 0:1")]
    [InlineData("1 2 0, 2 1 0 | 1 1 0", "0001000", "units 1:1 0:1")]
    [InlineData("1 2 0, 2 1 0 | 1 2 0", "0000000", "units 1:1 0:1")]
    public void What_the_sentence_says_of_one_generator_is_so_at_points(string network, string truth, string evidence)
    {
        int accepted = 0;
        foreach (int low in new[] { -2, -1, 0 })
        {
            for (int g = 0; g < Signed.Length; g++)
            {
                var result = CertificateCheck.Check(Certificate(network, low, (Signed[g], evidence)));
                bool isReal = Points(-3).All(p => IsSymmetric(Network(network), Signed[g], p));
                Assert.Equal(truth[g] == '1', isReal);
                if (!result.Accepted)
                {
                    continue;
                }

                accepted++;
                Assert.All(
                    Domain(result.Statement, low), p => Assert.True(
                        IsSymmetric(Network(network), Signed[g], p), $"{result.Statement}: not at {p[0]}, {p[1]}"));
            }
        }

        // comparators and regions show what holds on a part alone, too
        Assert.Equal(
            truth.Contains('1', StringComparison.Ordinal) || evidence is "comparators" or "regions", accepted > 0);
    }

    [Fact]
    public void What_the_sentence_says_of_products_is_so_at_points()
    {
        string[] kinds = ["comparators", "terms", "regions", "units 0:1 2:1 1:1", "units 1:1 0:1"];
        int forProducts = 0, alone = 0;
        foreach (string network in new[] { MaximumOfModuli, MaximumOfParts, Maximum, Scoped, ShiftedScope, Difference,
            Skew })
        {
            foreach (int low in new[] { -2, 0 })
            {
                // what is refused alone is refused in company
                var shown = (from g in Signed
                             from kind in kinds
                             where CertificateCheck.Check(Certificate(network, low, (g, kind))).Accepted
                             select (g, kind)).ToArray();
                foreach (var (first, second) in from b in Enumerable.Range(0, shown.Length)
                                                from a in Enumerable.Range(0, b)
                                                where shown[a].kind != shown[b].kind
                                                select (shown[a], shown[b]))
                {
                    var result = CertificateCheck.Check(Certificate(network, low, first, second));
                    Assert.Equal("", result.Reason);
                    bool counts = result.Statement.Contains("for all products", StringComparison.Ordinal);
                    (forProducts, alone) = (forProducts + (counts ? 1 : 0), alone + (counts ? 0 : 1));
                    GeneratorAction[] said = counts ? [.. ActionGroup.Elements([first.g, second.g])!.Value]
                        : [first.g, second.g];
                    Assert.All(
                        Domain(result.Statement, low), p => Assert.All(
                            said, g => Assert.True(IsSymmetric(Network(network), g, p), result.Statement)));
                    Assert.NotEqual(
                        counts, result.Statement.Contains("for these g alone", StringComparison.Ordinal));
                }
            }
        }

        Assert.True(forProducts > 50 && alone > 0, $"{forProducts} for products, {alone} alone");
    }

    private static string Certificate(
        string network, int low, params (GeneratorAction Action, string Evidence)[] generators)
    {
        string text = SymmetryCertificate.Header + "\n" + NetworkText.Write(new NetworkProperty(
            Network(network), [new([low, low], [2, 2], [], [])]));
        foreach (var (action, evidence) in generators)
        {
            text += "generator\n" + string.Concat(
                action.Input.Rows.Select(r => $"input {r.Weights[0].Index}:{r.Weights[0].Value}\n"))
                + $"output 0:1\n{evidence}\n";
        }

        return text + "end\n";
    }

    // The points of a grid that the sentence speaks of.
    private static IEnumerable<BigRational[]> Domain(string statement, int low) => Points(-3).Where(p =>
        statement.Contains("all real x", StringComparison.Ordinal)
        || (statement.Contains($"all x in [{low},2]x[{low},2]", StringComparison.Ordinal)
            && p.All(c => c >= low && c <= 2))
        || (statement.Contains("below 0", StringComparison.Ordinal) && p.All(c => c >= 0))
        || (statement.Contains("below -1", StringComparison.Ordinal) && p.All(c => c >= -1)));

    private static IEnumerable<BigRational[]> Points(int low) =>
        from i in Enumerable.Range(2 * low, 13)
        from j in Enumerable.Range(2 * low, 13)
        select new BigRational[] { new(i, 2), new(j, 2) };

    private static bool IsSymmetric(ExactNetwork network, GeneratorAction action, BigRational[] p) =>
        RandomNetworks.Values(network, p)[0] == RandomNetworks.Values(network, action.Input.Apply(p))[0];

    private static ExactNetwork Network(string text) => new([.. text.Split(" | ").Select(layer =>
    {
        int[][] rows = [.. layer.Split(", ").Select(r => (int[])[.. r.Split(' ').Select(int.Parse)])];
        return new AffineMap(rows[0].Length - 1, [.. rows.Select(r => new Row(
            [.. r[..^1].Select((w, j) => new Entry(j, w)).Where(e => !e.Value.IsZero)], r[^1]))]);
    })]);
}
