using System.Collections.Immutable;
using System.Diagnostics;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks;

/// <summary>Checks the claims of theorems: proves, certifies, attacks, and tells false variants from true ones.</summary>
/// <param name="options">How much work to spend, and the seed.</param>
/// <param name="progress">Told of every row as it is done; null for nobody.</param>
/// <param name="cancellation">Ends the work; a cancelled verification throws.</param>
public sealed class Verifier(
    VerificationOptions options, IProgress<ClaimResult>? progress = null, CancellationToken cancellation = default)
{
    private readonly ProofDesk _proofs = new(options, cancellation);
    private readonly MeasuringDesk _measures = new(options, cancellation);

    /// <summary>The report on one theorem.</summary>
    /// <remarks>Guarantee: no row is above the rung it earned; rows come in the order of the theorem.</remarks>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public TheoremReport Verify(Theorem theorem)
    {
        ArgumentNullException.ThrowIfNull(theorem);
        var rows = ImmutableArray.CreateBuilder<ClaimResult>();
        foreach (var claim in theorem.General)
        {
            Add(rows, RowKind.General, "", claim.Name, claim.Statement, () => General(claim));
        }

        var composed = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var source in theorem.Instances.Where(i => i.From <= options.Profile))
        {
            var instance = source.Build();
            foreach (var step in Composition.Obligations(theorem, instance))
            {
                AddStep(rows, composed, instance, step);
            }

            // errors are measured on the network itself, whatever its budget assumes
            foreach (var claim in theorem.PerInstance)
            {
                Add(rows, RowKind.Instance, instance.Name, claim.Name, claim.Statement, () => Under(instance.Assumptions, _measures.Check(instance, claim)));
            }

            foreach (var lemma in Composition.Lemmas(instance))
            {
                Add(rows, RowKind.Lemma, instance.Name, lemma.Lemma, $"{lemma.Norm} error ≤ {lemma.Bound}", () => Under(instance.Assumptions, _measures.Check(lemma)));
            }
        }

        foreach (var open in theorem.Open)
        {
            Add(rows, RowKind.Open, "", open.Claim.Name, open.Claim.Statement, () => General(open.Claim, brief: true));
        }

        foreach (var mutant in theorem.Mutants)
        {
            var instance = mutant.Instance?.Build();
            Add(rows, RowKind.Mutant, instance?.Name ?? "", mutant.Claim.Name, mutant.Claim.Statement,
                () => instance is null ? General(mutant.Claim) : _measures.Check(instance, mutant.Claim));
        }

        return new TheoremReport(theorem, options, rows.ToImmutable());
    }

    // A step that is proved for all parameters is told once; any other is certified at the numbers of each instance.
    private void AddStep(
        ImmutableArray<ClaimResult>.Builder rows, Dictionary<string, bool> composed, Instance instance, Obligation step)
    {
        bool proved = false;
        if (step is { Applies: true, Statement: { } statement } && !composed.TryGetValue(statement, out proved))
        {
            var watch = Stopwatch.StartNew();
            var verdict = _proofs.Prove(statement);
            composed[statement] = proved = verdict is Verdict.Proved;
            if (proved)
            {
                Add(rows, new ClaimResult(RowKind.Composition, "", step.Name, statement, verdict, null, watch.Elapsed));
            }
        }

        if (!proved)
        {
            Add(rows, RowKind.Composition, instance.Name, step.Name, step.Shown, () => Under(instance.BudgetAssumptions, Composition.AtInstance(step)));
        }
    }

    private static (Verdict Verdict, Enclosure? Budget) Under(
        ImmutableArray<string> assumptions, (Verdict Verdict, Enclosure? Budget) found) =>
        (found.Verdict.Assuming(assumptions), found.Budget);

    private (Verdict Verdict, Enclosure? Budget) General(Claim claim, bool brief = false) => claim switch
    {
        Claim.Symbolic s => (_proofs.Prove(s.Statement, brief), null),
        Claim.Exact e => (_proofs.Prove(e.Statement, brief), null), // about numbers alone: nothing to quantify
        Claim.Searched s => (s.Attack(new SearchRequest(options.Seed, options.Trials, cancellation)), null),
        Claim.Statistical s => (s.Rule.Decide(s.Measure(new SampleRequest(options.Seed, options.Profile, options.Jobs, cancellation)), options.Seed), null),
        _ => (new Verdict.Inconclusive(
            "The claim speaks of a network, and no instance was given.", null, "State it on an instance."), null),
    };

    private void Add(
        ImmutableArray<ClaimResult>.Builder rows,
        RowKind kind,
        string item,
        string name,
        string statement,
        Func<(Verdict Verdict, Enclosure? Budget)> check)
    {
        cancellation.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        var (verdict, budget) = check();
        Add(rows, new ClaimResult(kind, item, name, statement, verdict, budget, watch.Elapsed));
    }

    private void Add(ImmutableArray<ClaimResult>.Builder rows, ClaimResult row)
    {
        rows.Add(row);
        progress?.Report(row);
    }
}
