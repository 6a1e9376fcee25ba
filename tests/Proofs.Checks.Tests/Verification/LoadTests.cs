using Proofs.Checks.Reports;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Xunit;

namespace Proofs.Checks.Tests.Verification;

/// <summary>Verdicts are those of a quiet machine, whatever else runs on it.</summary>
public sealed class LoadTests
{
    // Claims of the papers that took longest, and claims that boxes decide.
    private static readonly Theorem Slow = Cases.Of(
        "slow",
        [
            ("error", "sup |Phi - f| <= 2^(-2*m - 2)"),
            ("tight", "sup |Phi - sin(x)| <= 1/4"),
            ("mean", "L2 |Phi - exp(-x)| <= 1"),
            ("below", "min (Phi - f) >= 0"),
            ("near the error", "L1 |Phi - f| <= 4^(-m)/5"),
        ],
        Cases.Square(2),
        Cases.Square(4)) with
    {
        General =
        [
            ClaimParser.Parse(
                "S7 two", "forall T1 in (0, inf), T2 in (0, inf), a in (0, inf) : T1/a^2 + T2*a^2 >= 2*sqrt(T1*T2)"),
            ClaimParser.Parse("S2 rough", "forall beta in (0, 1], t in [0, 1/2] : (1/2 + t)^beta - 2^(-beta) <= t"),
        ],
    };

    [FactInLongProfile]
    public void Verdicts_under_load_are_those_of_a_quiet_machine()
    {
        var quiet = Verdicts(jobs: 1);
        using var stop = new CancellationTokenSource();
        List<Thread> spinning = [
            .. Enumerable.Range(0, 4 * Environment.ProcessorCount)
            .Select(_ => new Thread(() => Spin(stop.Token)) { IsBackground = true })];
        spinning.ForEach(t => t.Start());
        try
        {
            Assert.Equal(quiet, Verdicts(jobs: 1));
            Assert.Equal(quiet, Verdicts(jobs: Environment.ProcessorCount));
        }
        finally
        {
            stop.Cancel();
            spinning.ForEach(t => t.Join());
        }

        Assert.All(
            quiet, row =>
                Assert.True(
                    row.Contains("proved", StringComparison.Ordinal)
                        || row.Contains("certified", StringComparison.Ordinal), row));
    }

    [Fact]
    public void Verdicts_and_enclosures_do_not_depend_on_the_number_of_threads() =>
        Assert.Equal(Verdicts(jobs: 1, general: false), Verdicts(jobs: 3, general: false));

    private static List<string> Verdicts(int jobs, bool general = true) =>
    [
        .. new Verifier(new VerificationOptions { Jobs = jobs }).Verify(general ? Slow : Slow with { General = [] })
        .Rows
            .Select(r =>
                $"{r.Item} {r.Claim}: {r.Verdict.Rung} {r.Value} {string.Join(' ', Explanation.Evidence(r.Verdict))}"),
    ];

    private static void Spin(CancellationToken stop)
    {
        for (double x = 1; !stop.IsCancellationRequested;)
        {
            x = Math.Sqrt(x + 1);
        }
    }
}

/// <summary>A test of minutes: it runs where PROOFS_PROFILE is full, and says so elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactInLongProfileAttribute : FactAttribute
{
    public FactInLongProfileAttribute()
    {
        if (Environment.GetEnvironmentVariable("PROOFS_PROFILE") != "full")
        {
            Skip = "runs in the long profile only: PROOFS_PROFILE=full";
        }
    }
}
