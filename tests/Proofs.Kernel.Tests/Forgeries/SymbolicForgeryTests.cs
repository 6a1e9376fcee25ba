using System.Globalization;
using Proofs.Kernel.Checking;
using Xunit;
using Xunit.Abstractions;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>No forged proof of a false statement passes, and no rule turns a false sequent into true ones.</summary>
public sealed class SymbolicForgeryTests(ITestOutputHelper output)
{
    [Fact]
    public void No_forged_proof_of_a_false_statement_is_accepted()
    {
        var run = new ForgeryRun(30_000);
        var applied = new Dictionary<string, long>(StringComparer.Ordinal);
        var found = new List<string>();
        long certificates = 0;
        foreach (int seed in run.Seeds)
        {
            var dice = new Dice(seed);
            var forger = new ProofForger(dice, applied);
            var maker = new FalseStatementMaker(dice);
            if ((dice.Chance(10) ? maker.Undefined() : maker.False()) is not { } statement || forger.Forge(statement) is not { } text)
            {
                continue;
            }

            certificates++;
            var result = CertificateChecker.Check(text);
            if (result.Accepted)
            {
                found.Add($"seed {seed}: accepted, and false at {statement.At}:\n{text}");
            }
            else if (forger.Found is { } unsound)
            {
                found.Add($"seed {seed}: {unsound}\nfrom {statement.Text}");
            }
        }

        output.WriteLine($"{run}: {certificates} forged certificates, {applied.Values.Sum()} rules applied to sequents of them");
        foreach (var (kind, count) in applied.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind}: {count}"));
        }

        Assert.True(found.Count == 0, $"{found.Count} forgeries pass:\n{string.Join("\n\n", found.OrderBy(f => f.Length).Take(20))}");

        // An adversary whose steps are never taken shows nothing.
        Assert.True(certificates > run.Count / 2);
        foreach (string kind in StepMaker.Rules.Where(r => r != "axiom").Concat(StepMaker.Axioms.Select(a => $"axiom {a.Name}")).Append("linear"))
        {
            Assert.True(applied.GetValueOrDefault(kind) > 0, $"the rule {kind} was never applied");
        }
    }
}
