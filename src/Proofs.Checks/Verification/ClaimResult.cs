using System.Collections.Immutable;
using Proofs.Checks.Theorems;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Verification;

/// <summary>What a row of the verdict table is about.</summary>
public enum RowKind
{
    /// <summary>How the theorem is declared: such a row is there only where something is wrong with it.</summary>
    Declaration,

    /// <summary>A claim of the theorem, for all parameters.</summary>
    General,

    /// <summary>A step by which the lemmas of the budget add up, for all parameters.</summary>
    Composition,

    /// <summary>A claim of the theorem on one instance.</summary>
    Instance,

    /// <summary>A lemma of the budget on one instance.</summary>
    Lemma,

    /// <summary>A claim that its author calls open: not proved so far, and not to be refuted.</summary>
    Open,

    /// <summary>A false variant, which is to be refuted.</summary>
    Mutant,
}

/// <summary>One checked claim.</summary>
/// <param name="Kind">What the row is about.</param>
/// <param name="Item">The instance's name; empty for claims about all parameters.</param>
/// <param name="Claim">The claim's name.</param>
/// <param name="Statement">The claim as written.</param>
/// <param name="Verdict">What is known about it.</param>
/// <param name="Budget">The claimed bound on this instance; null for claims that are no bound.</param>
/// <param name="Elapsed">How long the check took: for consoles, never for artifacts.</param>
public sealed record ClaimResult(
    RowKind Kind, string Item, string Claim, string Statement, Verdict Verdict, RationalInterval? Budget,
    TimeSpan Elapsed)
{
    /// <summary>
    /// Whether the row is as it should be: a claim holds, a mutant is refuted, an open claim is not refuted.
    /// </summary>
    /// <remarks>Random data may leave a mutant undecided: that is no sign of a check that cannot fail.</remarks>
    public bool IsAsExpected => Kind switch
    {
        RowKind.Mutant => Verdict is Verdict.Refuted or Verdict.Inconclusive { Finding.Estimate.Exists: true },
        RowKind.Open => Verdict.Holds || Verdict is Verdict.Inconclusive,
        _ => Verdict.Holds,
    };

    /// <summary>Whether the row shows something false: a refuted claim, or a mutant that was taken for true.</summary>
    public bool IsWrong => Kind == RowKind.Mutant ? Verdict.Holds : Verdict is Verdict.Refuted;

    /// <summary>What the row is about in a table: an instance, or all parameters.</summary>
    public string Subject => Item.Length > 0 ? Item : Kind switch
    {
        RowKind.Declaration => "the theorem",
        RowKind.Instance => "no instance",
        _ => "all parameters",
    };

    /// <summary>The enclosure of the quantity the claim bounds, or null.</summary>
    public RationalInterval? Value => Verdict switch
    {
        Verdict.Certified c => c.Value,
        Verdict.Refuted r => r.Value,
        Verdict.Inconclusive i => i.Best,
        _ => null,
    };

    /// <summary>
    /// Budget over certified upper bound, rounded down: at least 1. Null where the claim is no certified upper bound.
    /// </summary>
    public BigRational? Tightness =>
        Verdict is Verdict.Certified && Value?.Upper is { Sign: > 0 } error && Budget?.Lower is { } budget
            && budget >= error
        ? budget / error
        : null;
}

/// <summary>The checked claims of one theorem.</summary>
/// <param name="Theorem">The theorem.</param>
/// <param name="Options">How it was checked.</param>
/// <param name="Rows">One row a claim and instance, in the order of the theorem; at least one, whatever the theorem
/// is.</param>
public sealed record TheoremReport(Theorem Theorem, VerificationOptions Options, ImmutableArray<ClaimResult> Rows)
{
    /// <summary>The command that checks the theorem again, where one does.</summary>
    public string? Replay { get; init; }

    /// <summary>The claims, without those called open and without the mutants.</summary>
    public IEnumerable<ClaimResult> Claims => Rows.Where(r => r.Kind is not (RowKind.Mutant or RowKind.Open));

    /// <summary>The claims called open.</summary>
    public IEnumerable<ClaimResult> Open => Rows.Where(r => r.Kind == RowKind.Open);

    /// <summary>The mutants.</summary>
    public IEnumerable<ClaimResult> Mutants => Rows.Where(r => r.Kind == RowKind.Mutant);

    /// <summary>Whether both reports are of the same theorem with the same rows.</summary>
    public bool Equals(TheoremReport? other) =>
        other is not null && Theorem.Equals(other.Theorem) && Rows.SequenceEqual(other.Rows);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Theorem, Rows.Length);
}
