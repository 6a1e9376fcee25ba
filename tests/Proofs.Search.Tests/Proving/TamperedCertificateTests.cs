using System.Text.RegularExpressions;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Symbolic;
using Proofs.Kernel;
using Proofs.Search.Proving;

namespace Proofs.Search.Tests.Proving;

/// <summary>Changed certificates: what is still accepted must be true, and a false claim is never accepted.</summary>
public sealed partial class TamperedCertificateTests
{
    // A true statement, and false ones that differ from it by a slip.
    private static readonly (string True, string[] False)[] Claims =
    [
        ("forall a in (0, inf), D in int [2, inf) : a/(a+D-1) > a/(2*a+D-1)",
            ["forall a in (0, inf), D in int [2, inf) : a/(a+D-1) < a/(2*a+D-1)",
                "forall a in real, D in int [2, inf) : a/(a+D-1) > a/(2*a+D-1)"]),
        ("forall a in (0, inf), b in (0, inf), D in int [2, inf) where b > a*D/(2*(a+D-1)) : "
            + "min(2*b/(2*b+D), a/(a+D-1)) > min(2*b/(2*b+D), a/(2*a+D-1))",
            ["forall a in (0, inf), b in (0, inf), D in int [2, inf) : "
                + "min(2*b/(2*b+D), a/(a+D-1)) > min(2*b/(2*b+D), a/(2*a+D-1))"]),
        ("forall K in int [1, inf), J in int [1, inf), M in [1, inf), eps in (0, 1], delta in (0, "
            + "inf) where delta <= eps^2/(2*K^2*M^2*J) : K*M*sqrt(J*(eps^2/(8*K^2*M^2*J) + delta/4)) <= eps/2",
            ["forall K in int [1, inf), J in int [1, inf), M in [1, inf), eps in (0, 1], delta in (0, "
                + "inf) where delta <= eps^2/(2*K^2*M^2*J) : K*M*sqrt(J*(eps^2/(8*K^2*M^2) + delta/4)) <= eps/2"]),
        ("forall a in [0, inf), b in [0, inf), c in [0, inf) : a*(a-b)*(a-c) + b*(b-a)*(b-c) + c*(c-a)*(c-b) >= 0",
            ["forall a in real, b in real, c in real : a*(a-b)*(a-c) + b*(b-a)*(b-c) + c*(c-a)*(c-b) >= 0"]),
        ("forall x in [0, inf) : exp(x) >= 1 + x + x^2/2",
            ["forall x in real : exp(x) >= 1 + x + x^2/2", "forall x in [0, inf) : exp(x) >= 1 + x + x^2",
                "forall x in [0, inf) : exp(x) > 1 + x + x^2/2"]),
        ("forall n in int [1, inf) : factorial(n) >= 2^(n-1)",
            ["forall n in int [1, inf) : factorial(n) >= 2^n", "forall n in int [1, inf) : factorial(n) > 2^(n-1)"]),
        ("forall p in [1, inf), a in [0, 1/2], delta in (0, inf) : "
            + "delta/(p+1)*((1/2+a)^(p+1) + (1/2-a)^(p+1)) <= a*delta + delta*2^(-p)/(p+1)",
            ["forall p in (0, inf), a in [0, 1/2], delta in (0, inf) : "
                + "delta/(p+1)*((1/2+a)^(p+1) + (1/2-a)^(p+1)) <= a*delta/2 + delta*2^(-p)/(p+1)"]),
        ("forall x in [0, 1] : x*(1-x) <= 1/4",
            ["forall x in [0, 1] : x*(1-x) <= 1/5", "forall x in [0, 1] : x*(1-x) < 1/4"]),
    ];

    private static readonly Lazy<string[]> Certificates = new(() =>
        [.. Claims.Select(c => Assert.IsType<ProofResult.Proved>(
            Prover.Prove(Statement.Parse(c.True), ProofOptions.Default.WithTimeLimit(TimeSpan.FromSeconds(30))))
                .Certificate)]);

    [Fact]
    public void A_certificate_does_not_prove_a_false_statement()
    {
        for (int i = 0; i < Claims.Length; i++)
        {
            foreach (string lie in Claims[i].False)
            {
                string swapped = Certificates.Value[i]
                    .Replace($"statement {Claims[i].True}\n", $"statement {lie}\n", StringComparison.Ordinal);
                Assert.False(CertificateCheck.Check(swapped).Accepted, lie);
            }

            for (int j = 0; j < Claims.Length; j++)
            {
                foreach (string lie in Claims[j].False)
                {
                    string proof =
                        Certificates.Value[i][Certificates.Value[i].IndexOf("strategy", StringComparison.Ordinal)..];
                    Assert.False(
                        CertificateCheck.Check($"{SymbolicCertificate.Header}\nstatement {lie}\n{proof}").Accepted,
                        lie);
                }
            }
        }
    }

    // Numbers, signs, relations, brackets, lines and words change at random, in the statement too: what passes is true.
    [Fact]
    public void Whatever_changed_certificate_is_accepted_its_statement_is_true()
    {
        var change = from certificate in Gen.Choose(0, Claims.Length - 1)
                     from seed in Gen.Choose(0, int.MaxValue - 1)
                     select (certificate, seed);
        int accepted = 0, changedStatement = 0;
        Prop.ForAll(change.ToArbitrary(), c =>
        {
            var random = new Random(c.seed);
            string text = Certificates.Value[c.certificate];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                text = Mutate(text, random);
            }

            var result = CertificateCheck.Check(text);
            if (!result.Accepted)
            {
                return true.ToProperty();
            }

            accepted++;
            changedStatement += result.Statement == Claims[c.certificate].True ? 0 : 1;
            var refuted = new Refuter(Statement.Parse(result.Statement), 1).Search(400, new WorkBudget(long.MaxValue));
            return (refuted is null)
                .Label($"{refuted?.Goal} fails at {string.Join(", ", refuted?.Witness ?? [])}; accepted:\n{text}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(1, 3));
        Assert.True(
            accepted > 0 && changedStatement > 0, $"{accepted} accepted, {changedStatement} with another statement");
    }

    private static string Mutate(string text, Random random)
    {
        string[] lines = text.Split('\n');
        switch (random.Next(7))
        {
            case 0: // drop, double or exchange lines
                int i = random.Next(2, lines.Length), j = random.Next(2, lines.Length);
                (lines[i], lines[j]) = random.Next(
                    3) switch
                {
                    0 => ("", lines[j]),
                    1 => (lines[j], lines[i]),
                    _ =>
                        (lines[i] + "\n" + lines[i], lines[j])
                };
                return string.Join('\n', lines);
            case 1:
                return Replace(text, Number(), random, _ => $"{random.Next(0, 9)}");
            case 2:
                return Replace(text, Sign(), random, m => m.Value == "+" ? "-" : "+");
            case 3:
                return Replace(
                    text, Order(), random, m => random.Next(4) switch { 0 => "<", 1 => "<=", 2 => ">=", _ => "=" });
            case 4:
                return Replace(
                    text, Bracket(), random, m => m.Value switch { "(" => "[", "[" => "(", "]" => ")", _ => "]" });
            case 5:
                return Replace(
                    text, Word(), random, _ =>
                        Word().Matches(text) is var all ? all[random.Next(all.Count)].Value : "");
            default:
                return Replace(text, Product(), random, m => m.Value == "*" ? "/" : m.Value == "/" ? "*" : "");
        }
    }

    private static string Replace(string text, Regex pattern, Random random, Func<Match, string> by)
    {
        var matches = pattern.Matches(text);
        if (matches.Count == 0)
        {
            return text;
        }

        // Half of the changes hit the statement.
        var inStatement = matches.Where(
            m => m.Index < text.IndexOf("\nstrategy", StringComparison.Ordinal)
                && m.Index > SymbolicCertificate.Header.Length).ToArray();
        var chosen = inStatement.Length > 0 && random.Next(2) == 0
            ? inStatement[random.Next(inStatement.Length)]
            : matches[random.Next(matches.Count)];
        return text[..chosen.Index] + by(chosen) + text[(chosen.Index + chosen.Length)..];
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"[+-]")]
    private static partial Regex Sign();

    [GeneratedRegex(@"<=|>=|<|>|=")]
    private static partial Regex Order();

    [GeneratedRegex(@"[()\[\]]")]
    private static partial Regex Bracket();

    [GeneratedRegex(@"[a-zA-Z]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"[*/^]")]
    private static partial Regex Product();
}
