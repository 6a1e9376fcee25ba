using System.Globalization;
using Proofs.Kernel.Symbolic;
using Xunit;
using Xunit.Abstractions;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>No forged proof of a false statement passes, and no rule turns a false sequent into true ones.</summary>
public sealed class SymbolicForgeryTests(ITestOutputHelper output)
{
    private const int MostIndices = 2;

    [Fact]
    public void No_forged_proof_of_a_false_statement_is_accepted()
    {
        var run = new ForgeryRun(6_000);
        var applied = new Dictionary<string, long>(StringComparer.Ordinal);
        var found = new List<string>();
        int certificates = 0;
        foreach (int seed in run.Seeds)
        {
            var dice = new Dice(seed);
            var forger = new ProofForger(dice, applied);
            var maker = new FalseStatementMaker(dice);
            if ((dice.Chance(10) ? maker.Undefined() : maker.False()) is not { } statement
                || forger.Forge(statement) is not { } text)
            {
                continue;
            }

            certificates++;
            if (CertificateCheck.Check(text, limit: 5_000_000).Accepted)
            {
                found.Add($"seed {seed}: accepted, and false at {statement.At}:\n{text}");
            }
            else if (forger.Found is { } unsound)
            {
                found.Add($"seed {seed}: {unsound}\nfrom {statement.Text}");
            }
        }

        output.WriteLine(
            $"{run}: {certificates} forged certificates refused, {applied.Values.Sum()} rules applied on the way");
        foreach (var (kind, count) in applied.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind}: {count}"));
        }

        Assert.True(
            found.Count == 0,
            $"{found.Count} forgeries pass:\n{string.Join("\n\n", found.OrderBy(f => f.Length).Take(20))}");

        // An adversary whose steps are never taken shows nothing.
        Assert.True(certificates > run.Count / 2);
        foreach (string kind in StepMaker.Rules.Where(r => r != "axiom")
            .Concat(StepMaker.Axioms.Select(a => $"axiom {a.Name}")).Append("linear").Append("trivial"))
        {
            Assert.True(applied.GetValueOrDefault(kind) > 0, $"the rule {kind} was never applied");
        }
    }

    [Fact]
    public void A_term_without_a_value_leaves_an_obligation_that_is_false()
    {
        var run = new ForgeryRun(1_500);
        int statements = 0, seen = 0;
        foreach (int seed in run.Seeds)
        {
            if (new FalseStatementMaker(new(seed)).Undefined() is not { } statement
                || Kernel.Obligations(statement.Text) is not { } obligations)
            {
                continue;
            }

            statements++;
            var falsity = obligations.SelectMany(s => Extended(s, statement.At), StepJudge.IsFalse).ToList();
            bool isDeep = obligations.Any(s => Missing(s, statement.At).Count() > MostIndices);
            seen += falsity.Contains(true) ? 1 : 0;
            Assert.True(
                isDeep || falsity.Contains(true) || falsity.Contains(null),
                $"seed {seed}: undefined at {statement.At}, and no obligation says so: "
                    + $"{statement.Text}\n{string.Join('\n', obligations)}");
        }

        output.WriteLine(
            $"{run}: {statements} statements without a value at a point, {seen} with an obligation false there");
        Assert.True(seen > statements / 2 && statements > run.Count / 4);
    }

    private static IEnumerable<string> Missing(SequentView s, Witness at) => s.Variables.Where(v => at[v] is null);

    // Conditions that are asked for under guards speak of an index or two besides the variables.
    private static IEnumerable<Witness> Extended(SequentView s, Witness at)
    {
        const int Largest = FalseStatementMaker.LargestIndex;
        IEnumerable<Witness> all = [at];
        foreach (string index in Missing(s, at).Take(MostIndices))
        {
            all = all.SelectMany(
                _ => Enumerable.Range(-Largest, (2 * Largest) + 1), (w, i) => w.With(index, Enclosed.Exactly(i)));
        }

        return all;
    }
}
