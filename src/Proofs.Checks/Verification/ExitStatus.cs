using Proofs.Checks.Theorems;

namespace Proofs.Checks.Verification;

/// <summary>What a verification comes to, as the exit code of a process.</summary>
public static class ExitStatus
{
    /// <summary>Every claim holds, and every mutant is refuted.</summary>
    public const int Holds = 0;

    /// <summary>Something is false: a refuted claim, or a mutant that was taken for true.</summary>
    public const int Refuted = 1;

    /// <summary>Something is not decided, speaks of nothing or was never checked.</summary>
    public const int Inconclusive = 2;

    /// <summary>Something cannot be checked as it is stated.</summary>
    public const int Faulty = 64;

    /// <summary>
    /// 1 where something false shows, else 64 where something is badly stated, else 2 where something is open or
    /// vacuous, else 0.
    /// </summary>
    /// <remarks>No report at all is no success: 2.</remarks>
    public static int Of(IReadOnlyCollection<TheoremReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        List<ClaimResult> rows = [.. reports.SelectMany(r => r.Rows)];
        return rows.Any(r => r.IsWrong) ? Refuted
            : rows.Any(r => r.Verdict is Verdict.Faulty) ? Faulty
            : rows.Count > 0 && rows.All(r => r.IsAsExpected)
                && rows.Any(r => r.Kind is not (RowKind.Open or RowKind.Mutant)) ? Holds
            : Inconclusive;
    }
}
