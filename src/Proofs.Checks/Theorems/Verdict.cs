using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Theorems;

/// <summary>What is known about a claim, and how: the rung it earned with the evidence for it.</summary>
public abstract record Verdict
{
    private protected Verdict()
    {
    }

    /// <summary>The name of the rung in lower case, as tables print it.</summary>
    public abstract string Rung { get; }

    /// <summary>What was measured, where the claim is about random data; null where it is not.</summary>
    public StatisticalFinding? Finding { get; init; }

    /// <summary>What the verdict assumes without its being shown; empty where it rests on nothing.</summary>
    public ImmutableArray<string> Assumptions { get; init; } = [];

    /// <summary>The verdict on a claim that rests on assumptions that are not shown: it is supported at most.</summary>
    public Verdict Assuming(ImmutableArray<string> assumptions) => assumptions.IsEmpty ? this : this switch
    {
        Proved or Certified =>
            new Supported(0, 0, null, $"{Rung}, assuming {string.Join("; ", assumptions)}")
            {
                Assumptions = assumptions,
            },
        _ => this with { Assumptions = assumptions },
    };

    /// <summary>Whether the claim may be relied on at this rung: it is proved, certified or supported.</summary>
    public bool Holds => this is Proved or Certified or Supported;

    /// <summary>Whether both are of one kind, with the same finding and assumptions.</summary>
    public virtual bool Equals(Verdict? other) => other is not null && EqualityContract == other.EqualityContract
        && Finding == other.Finding && Assumptions.AsSpan().SequenceEqual(other.Assumptions.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Finding, Assumptions.Length);

    /// <summary>The claim holds for all parameters in the stated range.</summary>
    /// <param name="Strategy">The proof's last step, by name.</param>
    /// <param name="Certificate">The proof trace, which the kernel has replayed.</param>
    public sealed record Proved(string Strategy, string Certificate) : Verdict
    {
        /// <inheritdoc/>
        public override string Rung => "proved";
    }

    /// <summary>The claim holds for this instance: the true value lies in <paramref name="Value"/>.</summary>
    /// <param name="Value">An enclosure of the quantity claimed about; null for a claim that is no bound on one
    /// number.</param>
    /// <param name="Evidence">How it was established.</param>
    public sealed record Certified(RationalInterval? Value, string Evidence) : Verdict
    {
        /// <inheritdoc/>
        public override string Rung => "certified";
    }

    /// <summary>No counterexample was found.</summary>
    /// <param name="Trials">How many trials were made.</param>
    /// <param name="Seed">The seed that replays them.</param>
    /// <param name="Worst">The largest observed value relative to the claimed bound; null where that has no
    /// meaning.</param>
    /// <param name="Coverage">What the trials visited.</param>
    public sealed record Supported(long Trials, long Seed, BigRational? Worst, string Coverage) : Verdict
    {
        /// <inheritdoc/>
        public override string Rung => "supported";
    }

    /// <summary>The claim is false; where it is about random data, by a rule with a stated false-alarm rate.</summary>
    /// <param name="Witness">What refutes it.</param>
    /// <param name="Value">An enclosure of the quantity claimed about, outside the claim; null where it is no
    /// number.</param>
    /// <param name="Blame">The smallest lemma of the budget that is violated; null where none is or there is no
    /// budget.</param>
    public sealed record Refuted(Witness Witness, RationalInterval? Value, Blame? Blame) : Verdict
    {
        /// <inheritdoc/>
        public override string Rung => "refuted";
    }

    /// <summary>Not decided within the budget given.</summary>
    /// <param name="Why">What ran out or what the method cannot do.</param>
    /// <param name="Best">The best enclosure so far; null where there is none.</param>
    /// <param name="WouldHelp">What the user can change.</param>
    public sealed record Inconclusive(string Why, RationalInterval? Best, string WouldHelp) : Verdict
    {
        /// <inheritdoc/>
        public override string Rung => "inconclusive";
    }

    /// <summary>
    /// The claim speaks of nothing, or nothing checked it: no success, whatever a check of it would say.
    /// </summary>
    /// <param name="Why">What is empty: hypotheses, a condition, a table; or that it was never checked, and
    /// why.</param>
    /// <param name="WouldHelp">What the author can change.</param>
    public sealed record Vacuous(string Why, string WouldHelp) : Verdict
    {
        /// <inheritdoc/>
        public override string Rung => "vacuous";
    }

    /// <summary>The claim cannot be checked as it is stated, or what it speaks of cannot be built.</summary>
    /// <param name="Problem">What is wrong and what was expected, in one line.</param>
    public sealed record Faulty(string Problem) : Verdict
    {
        /// <inheritdoc/>
        public override string Rung => "error";
    }
}

/// <summary>A point or a choice of parameters that refutes a claim, re-evaluated exactly.</summary>
/// <param name="Values">Exact values, in a defined order.</param>
/// <param name="Finding">What happens there, in one line.</param>
public sealed record Witness(ImmutableArray<KeyValuePair<string, BigRational>> Values, string Finding)
{
    /// <summary>The values as <c>x1 = 3/32 (0.09375), x2 = 0</c>.</summary>
    public override string ToString() => Values.IsDefaultOrEmpty
        ? Finding
        : $"{string.Join(", ", Values.Select(v => $"{v.Key} = {Printing.Whole(v.Value)}"))}: {Finding}";

    /// <summary>Whether both witnesses have the same values and finding.</summary>
    public bool Equals(Witness? other) =>
        other is not null && Finding == other.Finding && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Finding, Values.IsDefault ? 0 : Values.Length);
}

/// <summary>The lemma a refuted claim is blamed on.</summary>
/// <param name="Lemma">The lemma's name in the budget.</param>
/// <param name="Source">Where it is stated.</param>
/// <param name="Witness">What violates it.</param>
public sealed record Blame(string Lemma, string Source, Witness Witness);
