using System.Runtime.CompilerServices;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Symbolic;
using Proofs.Kernel;
using Proofs.Search.Proving;

namespace Proofs.Search.Tests.Proving;

/// <summary>
/// The claims of the mathematics files: true ones are proved and replayed, false variants refuted, none the wrong way.
/// </summary>
public sealed class ProverTests
{
    private static readonly ProofOptions Options = ProofOptions.Default;

    public static TheoryData<string> Proved => Statements('P');

    public static TheoryData<string> Refuted => Statements('R');

    public static TheoryData<string> Open => Statements('U');

    [Theory]
    [MemberData(nameof(Proved))]
    public void A_true_claim_is_proved_and_its_certificate_replays(string statement)
    {
        var result = Prover.Prove(Statement.Parse(statement), Options);
        var proved = Assert.IsType<ProofResult.Proved>(result);
        Assert.False(proved.Vacuous);
        var replay = CertificateCheck.Check(proved.Certificate);
        Assert.True(replay.Accepted, replay.Reason);
        Assert.Equal(statement, replay.Statement);
    }

    [Theory]
    [MemberData(nameof(Refuted))]
    public void A_false_claim_is_refuted(string statement) =>
        Assert.IsType<ProofResult.Refuted>(Prover.Prove(Statement.Parse(statement), Options));

    [Theory]
    [MemberData(nameof(Open))]
    public void A_claim_beyond_reach_is_unknown_and_names_a_region(string statement)
    {
        var unknown = Assert.IsType<ProofResult.Unknown>(
            Prover.Prove(Statement.Parse(statement), Options.WithSteps(20_000_000)));
        Assert.NotEqual("", unknown.Why);
    }

    [Fact]
    public void The_same_statement_gives_the_same_certificate()
    {
        var statement = Statement.Parse("forall a in (0, inf), b in (0, inf) : (a + b)^2 >= 4*a*b");
        var first = Assert.IsType<ProofResult.Proved>(Prover.Prove(statement, Options));
        var second = Assert.IsType<ProofResult.Proved>(Prover.Prove(statement, Options));
        Assert.Equal(first.Certificate, second.Certificate);
    }

    [Theory]
    [InlineData("forall x in [0, 1], s in (0, 1) where x != 0 : x^s/x <= 1")]
    [InlineData("forall x in [0, 1], s in (0, 1) : if(x != 0, x^s/x, 0) <= 1")]
    [InlineData("forall x in [0, 1], s in (0, 1) where x^s != 0 : 1/x^s <= 1")]
    [InlineData("forall x in [-1, 0], s in (0, 1) where x != -1 : (1+x)^s/(1+x) <= 1")]
    [InlineData("forall x in [0, 1] where x != 0 : x <= 1/2")]
    [InlineData("forall x in [0, 1] : x != 1/2")]
    [InlineData("forall n in int [1, inf) where n != 1 : n >= 3")]
    [InlineData("forall x in [0, 1], y in [0, 1] where x != y : abs(x - y) >= 1/2")]
    public void A_false_claim_with_sides_that_differ_is_refuted(string statement) =>
        Assert.IsType<ProofResult.Refuted>(Prover.Prove(Statement.Parse(statement), Options));

    [Theory]
    [InlineData("forall x in real where x > 1, x < 0 : 1 = 2")]
    [InlineData("forall x in real where x^2 < 0 : x = 1")]
    [InlineData("forall x in [0, 1] where x >= 2 : x >= 3")]
    [InlineData("forall x in real, y in real where x < y, y < x : x = 7")]
    [InlineData("forall n in int (0, 1) : n = 7")]
    [InlineData("forall n in int [1, 10] where (n - 1)*(n - 2) < 0 : n = 7")]
    [InlineData("forall a in [0, 1], x in [2, a] : x = 7")]
    [InlineData("forall x in real, y in real where x*y > 1, x > 0, y < 0 : x = 7")]
    public void A_claim_about_nothing_is_vacuous(string statement) =>
        Assert.True(Assert.IsType<ProofResult.Proved>(Prover.Prove(Statement.Parse(statement), Options)).Vacuous);

    [Theory]
    [InlineData("forall n in int [1, inf) where n != 1 : n >= 2")]
    [InlineData("forall x in real, y in real, z in real where x^2 = 1, y^2 = 1, z^2 = 1 : x^2 + y^2 + z^2 <= 3")]
    [InlineData("forall x in real, y in real where x^2 + y^2 = 1 : x^2 <= 1")]
    [InlineData("forall x in real where x^2 = 4, x < 0 : x <= 0")]
    [InlineData("forall x in real where x^2 = 2 : x <= 3/2")]
    [InlineData("forall x in [0, inf) where exp(x) = 2 : x <= 1")]
    public void A_claim_with_parameters_that_satisfy_its_assumptions_has_an_instance(string statement)
    {
        var proved = Assert.IsType<ProofResult.Proved>(Prover.Prove(Statement.Parse(statement), Options));
        Assert.True(proved.HasInstance);
        Assert.False(proved.Vacuous);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(20_000_000)]
    public void The_answer_depends_on_the_steps_alone(long steps)
    {
        var statement = Statement.Parse("forall x in [1, inf) : sqrt(x) >= log(x)");
        string quiet = Prover.Prove(statement, ProofOptions.Default.WithSteps(steps)).ToString()!;
        using var stop = new CancellationTokenSource();
        Thread[] load = [
            .. Enumerable.Range(0, 2 * Environment.ProcessorCount)
            .Select(_ => new Thread(() => { while (!stop.IsCancellationRequested) { } }))];
        foreach (var thread in load)
        {
            thread.Start();
        }

        string loaded = Prover.Prove(statement, ProofOptions.Default.WithSteps(steps)).ToString()!;
        stop.Cancel();
        Assert.Equal(quiet, loaded);
    }

    // A line is P, R or U and a statement; other lines are headings.
    internal static TheoryData<string> Statements(char verdict)
    {
        var data = new TheoryData<string>();
        foreach (string file in Directory.GetFiles(Folder(), "*.statements").Order(StringComparer.Ordinal))
        {
            foreach (string line in File.ReadLines(file).Where(l => l.Length > 2 && l[0] == verdict && l[1] == ' '))
            {
                data.Add(line[2..].Trim());
            }
        }

        return data;
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
