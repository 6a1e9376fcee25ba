using System.Runtime.CompilerServices;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Symbolic;
using Xunit;

namespace Proofs.Kernel.Tests.Symbolic;

/// <summary>
/// Each rule and each axiom of docs/kernel.md: accepted on a case, refused on five near misses at least (rules.txt).
/// </summary>
public sealed class RuleTableTests
{
    private const int FewestNearMisses = 5;

    private static readonly IReadOnlyList<(string Rule, bool IsTrue, string Statement, string[] Proofs)> Table = Read();

    public static TheoryData<string, string, string> Accepted => Rows(isTrue: true);

    public static TheoryData<string, string, string> NearMisses => Rows(isTrue: false);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_rule_is_accepted_where_it_applies(string rule, string statement, string proofs)
    {
        var result = RuleTests.Check(statement, proofs.Split(" ;; "));
        Assert.True(result.Accepted, $"{rule}: {result.Reason}");
        Assert.Equal(statement, result.Statement);
    }

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void A_near_miss_of_a_rule_is_refused(string rule, string statement, string proofs)
    {
        var result = RuleTests.Check(statement, proofs.Split(" ;; "));
        Assert.False(result.Accepted, $"{rule} accepted {statement} by {proofs}");
        Assert.NotEqual("", result.Reason);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    [MemberData(nameof(NearMisses))]
    public void What_is_printed_of_a_proof_reads_back_equal_and_is_judged_alike(
        string rule, string statement, string proofs)
    {
        string[] texts = proofs.Split(" ;; ");
        var first = RuleTests.Check(statement, texts);
        if (Printed(texts) is not { } printed)
        {
            Assert.False(first.Accepted, rule);
            return;
        }

        Assert.Equal(printed, Printed(printed));
        var again = RuleTests.Check(statement, printed);
        Assert.Equal(first.Accepted, again.Accepted);
    }

    [Fact]
    public void Every_rule_and_every_axiom_stands_in_the_table()
    {
        string[] rules =
        [
            "trivial", "cut", "split", "enumerate", "let", "subst", "absurd", "both", "below", "above", "induct",
            "derive", "convex", "linear",
            .. AxiomTable.All.Values.Select(a => a.Name),
        ];
        Assert.Equal(
            rules.Order(StringComparer.Ordinal), Table.Select(r => r.Rule).Distinct().Order(StringComparer.Ordinal));
        foreach (string rule in rules)
        {
            Assert.Contains(Table, r => r.Rule == rule && r.IsTrue);
            Assert.True(Table.Count(r => r.Rule == rule && !r.IsTrue) >= FewestNearMisses, rule);
        }
    }

    // The proofs read as typed steps and printed; null where one cannot be read.
    private static string[]? Printed(string[] proofs)
    {
        try
        {
            return [.. proofs.Select(p =>
            {
                using var lines = new CertificateLines(
                    new StringReader($"proof {{ {p} }}\n"), null, SymbolicCertificate.Numbers, new(long.MaxValue));
                var text = new System.Text.StringBuilder();
                ProofText.Write(text, ProofText.Read(lines)[0], 0);
                return text.ToString();
            })];
        }
        catch (Rejection)
        {
            return null;
        }
    }

    private static TheoryData<string, string, string> Rows(bool isTrue)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var row in Table.Where(r => r.IsTrue == isTrue))
        {
            data.Add(row.Rule, row.Statement, string.Join(" ;; ", row.Proofs));
        }

        return data;
    }

    private static List<(string, bool, string, string[])> Read([CallerFilePath] string here = "")
    {
        var rows = new List<(string, bool, string, string[])>();
        string rule = "";
        foreach (string line in File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "rules.txt")))
        {
            if (line.StartsWith("rule ", StringComparison.Ordinal))
            {
                rule = line["rule ".Length..];
            }
            else if (line.Length > 2 && line[0] is '+' or '-')
            {
                string[] parts = line[2..].Split(" ;; ");
                rows.Add((rule, line[0] == '+', parts[0], parts[1..]));
            }
        }

        return rows;
    }
}
