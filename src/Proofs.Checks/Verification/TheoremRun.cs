using System.Collections.Immutable;
using System.Diagnostics;
using Proofs.Checks.Theorems;
using Proofs.Constructions.Budgets;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Verification;

// One theorem, claim by claim. Whatever an author's code throws becomes a row, and the next row is worked on.
internal sealed class TheoremRun(
    Theorem theorem,
    VerificationOptions options,
    ProofDesk proofs,
    MeasuringDesk measures,
    IProgress<ClaimResult>? progress,
    CancellationToken cancellation)
{
    private readonly ImmutableArray<ClaimResult>.Builder _rows = ImmutableArray.CreateBuilder<ClaimResult>();
    private readonly Dictionary<string, bool> _composed = new(StringComparer.Ordinal);

    public TheoremReport Report()
    {
        try
        {
            Run();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // the theorem itself is no theorem, such as one with null among its claims
            Add(Verifier.DeclarationRow(
                "theorem", new Verdict.Faulty($"the verification broke off: {Faults.Describe(e)}")));
        }

        return new TheoremReport(theorem, options, _rows.ToImmutable());
    }

    private void Run()
    {
        foreach (var problem in Declaration.ProblemsOf(theorem))
        {
            Add(Verifier.DeclarationRow(problem.Place, new Verdict.Faulty(problem.Problem)));
        }

        foreach (var claim in theorem.General.Concat(theorem.PerInstance.Where(c => !c.IsAboutInstances)))
        {
            Add(RowKind.General, "", claim.Name, claim.Statement, () => General(claim));
        }

        Instances();
        foreach (var open in theorem.Open)
        {
            Add(RowKind.Open, "", open.Claim.Name, open.Claim.Statement, () => General(open.Claim, ProofEffort.Open));
        }

        foreach (var mutant in theorem.Mutants)
        {
            Check(mutant);
        }

        if (_rows.All(r => r.Kind is RowKind.Open or RowKind.Mutant))
        {
            Add(Verifier.DeclarationRow("claims", new Verdict.Vacuous(
                "never checked: the theorem states no claim", "State what is to hold, as claim or claims.")));
        }
    }

    private void Instances()
    {
        var claims = theorem.PerInstance.Where(c => c.IsAboutInstances).ToList();
        var due = theorem.Instances.Where(i => i.From <= options.Profile).ToList();
        var built = new List<Instance>();
        foreach (var source in due)
        {
            if (Build(RowKind.Instance, source) is not { } instance || !IsNew(instance, built))
            {
                continue;
            }

            built.Add(instance);
            foreach (var step in Try(
                RowKind.Composition, instance.Name, "budget", () =>
                    ClaimComposition.Obligations(theorem, instance).ToList()) ?? [])
            {
                AddStep(instance, step);
            }

            // what the budget rests on stands in the table also where its steps are proved for all parameters
            if (instance.BudgetAssumptions is { IsEmpty: false } premises)
            {
                Add(RowKind.Composition, instance.Name, "premises", string.Join("; ", premises), () =>
                    (new Verdict.Supported(0, 0, null, "assumed, not shown") { Assumptions = premises }, null));
            }

            // errors are measured on the network itself, whatever its budget assumes
            foreach (var claim in claims)
            {
                Add(RowKind.Instance, instance.Name, claim.Name, claim.Statement,
                    () => Under(instance.Assumptions, measures.Check(instance, claim)));
            }

            foreach (var lemma in Try(
                RowKind.Lemma, instance.Name, "budget", () => ClaimComposition.Lemmas(instance).ToList()) ?? [])
            {
                Add(RowKind.Lemma, instance.Name, lemma.Lemma, $"{lemma.Norm} error ≤ {lemma.Bound}",
                    () => Under(instance.Assumptions, measures.Check(lemma)));
            }
        }

        if (built.Count == 0 && (claims.Count > 0 || theorem.Instances.Length > 0))
        {
            NeverChecked(claims, due.Count);
        }
    }

    // Claims about instances of which none could be checked: said claim by claim.
    private void NeverChecked(List<Claim> claims, int due)
    {
        var large = theorem.Instances.Where(i => i.From > options.Profile).Select(i => i.Name).ToList();
        var (why, help) = theorem.Instances.Length == 0
            ? ("the theorem has no instance", "Add an instance on which it is to be checked.")
            : due == 0
            ? ($"in this profile no instance is checked, for {string.Join(", ", large)} "
                + $"{(large.Count == 1 ? "is" : "are")} large", "Use --profile full, or add a small instance.")
            : ("no instance could be used", "Mend the instances reported above.");
        var vacuous = new Verdict.Vacuous($"never checked: {why}", help);
        foreach (var claim in claims)
        {
            Add(RowKind.Instance, "", claim.Name, claim.Statement, () => (vacuous, null));
        }

        if (claims.Count == 0)
        {
            Add(Verifier.DeclarationRow("instances", vacuous));
        }
    }

    // The instance with its parameters inside the ranges that the theorem declares; null where there is a row that says
    // why not.
    private Instance? Build(RowKind kind, InstanceSource source)
    {
        var instance = Try(kind, source.Name, "construction", () => source.Build() with { Name = source.Name });
        if (instance is null)
        {
            return null;
        }

        var problems = Try(
            kind, source.Name, "parameters", () =>
                InstanceParameters.ProblemsOf(theorem, instance, mayLack: kind == RowKind.Mutant).ToList());
        foreach (string problem in problems ?? [])
        {
            Add(new ClaimResult(kind, source.Name, "parameters", "", new Verdict.Faulty(problem), null, TimeSpan.Zero));
        }

        return problems is { Count: 0 } ? instance : null;
    }

    // An instance of a theorem with parameters is a choice of them; the same choice twice checks nothing new.
    private bool IsNew(Instance instance, List<Instance> built)
    {
        if (theorem.Parameters.IsEmpty || built.FirstOrDefault(instance.IsSameCaseAs) is not { } twin)
        {
            return true;
        }

        Add(new ClaimResult(RowKind.Instance, instance.Name, "instance", "", new Verdict.Vacuous(
            $"the instance is {twin.Name} once more, with the same network, domain and definitions",
            "Take other parameters, or leave it out."), null, TimeSpan.Zero));
        return false;
    }

    private void Check(Mutant mutant)
    {
        if (mutant.Instance is null || !mutant.Claim.IsAboutInstances)
        {
            Add(RowKind.Mutant, "", mutant.Claim.Name, mutant.Claim.Statement, () => General(mutant.Claim));
        }
        else if (Build(RowKind.Mutant, mutant.Instance) is { } instance)
        {
            Add(RowKind.Mutant, instance.Name, mutant.Claim.Name, mutant.Claim.Statement,
                () => measures.Check(instance, mutant.Claim));
        }
        else
        {
            Add(RowKind.Mutant, mutant.Instance.Name, mutant.Claim.Name, mutant.Claim.Statement,
                () => (new Verdict.Vacuous(
                "never run: its instance could not be used", "Mend the instance."), null));
        }
    }

    // A step that is proved for all parameters is told once; any other is certified at the numbers of each instance.
    private void AddStep(Instance instance, Obligation step)
    {
        bool proved = false;
        if (step is { Applies: true, Statement: { } statement } && !_composed.TryGetValue(statement, out proved))
        {
            var watch = Stopwatch.StartNew();
            var verdict = Guarded(() => (proofs.Prove(statement, ProofEffort.Step), null)).Verdict;
            _composed[statement] = proved = verdict is Verdict.Proved;
            if (proved)
            {
                Add(new ClaimResult(RowKind.Composition, "", step.Name, statement, verdict, null, watch.Elapsed));
            }
        }

        if (!proved)
        {
            Add(RowKind.Composition, instance.Name, step.Name, step.Shown,
                () => Under(instance.BudgetAssumptions, ClaimComposition.AtInstance(step)));
        }
    }

    private static (Verdict Verdict, RationalInterval? Budget) Under(
        ImmutableArray<string> assumptions, (Verdict Verdict, RationalInterval? Budget) found) =>
        (found.Verdict.Assuming(assumptions), found.Budget);

    private (Verdict Verdict, RationalInterval? Budget) General(Claim claim, ProofEffort effort = ProofEffort.Claim) =>
        claim switch
        {
            Claim.Malformed m => (new Verdict.Faulty(m.Problem), null),
            Claim.Symbolic s => (proofs.Prove(s.Statement, effort), null),
            Claim.Exact e => (proofs.Prove(e.Statement, effort), null), // about numbers alone: nothing to quantify
            Claim.Searched s => (Earned(s.Attack(new SearchRequest(options.Seed, options.Trials, cancellation))), null),
            Claim.Statistical s =>
                (Earned(s.Rule.Decide(
                    s.Measure(new SampleRequest(options.Seed, options.Profile, options.Jobs, cancellation)),
                    options.Seed)), null),
            _ => (new Verdict.Vacuous(
                "never checked: the claim speaks of a network, and it names no instance", "State it on an instance."),
                    null),
        };

    // Trials and data support or refute, and nothing they say is more; none of them is no support.
    private static Verdict Earned(Verdict verdict) => verdict switch
    {
        null => new Verdict.Faulty("the search gave no verdict; expected one"),
        Verdict.Supported { Trials: <= 0 } => new Verdict.Vacuous("never checked: no trial was made", "Make trials."),
        Verdict.Proved or Verdict.Certified => new Verdict.Faulty(
            $"a search by trials says '{verdict.Rung}'; expected supported, refuted, inconclusive or vacuous"),
        _ => verdict,
    };

    // What the work gives; null, and a row that says why, where it throws.
    private T? Try<T>(RowKind kind, string item, string name, Func<T> work)
        where T : class
    {
        T? result = null;
        var (verdict, _) = Guarded(() =>
        {
            result = work();
            return (result is null ? new Verdict.Faulty($"the {name} is null") : new Verdict.Certified(null, ""), null);
        });
        if (verdict is Verdict.Faulty)
        {
            Add(new ClaimResult(kind, item, name, "", verdict, null, TimeSpan.Zero));
        }

        return verdict is Verdict.Faulty ? null : result;
    }

    private void Add(
        RowKind kind, string item, string name, string statement,
        Func<(Verdict Verdict, RationalInterval? Budget)> check)
    {
        var watch = Stopwatch.StartNew();
        var (verdict, budget) = Guarded(check);
        Add(new ClaimResult(kind, item, name, statement, verdict, budget, watch.Elapsed));
    }

    // Constructions, searches and formulas are an author's: anything may come out of them, and none of it ends the
    // others.
    private (Verdict Verdict, RationalInterval? Budget) Guarded(Func<(Verdict Verdict, RationalInterval? Budget)> check)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return check();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return (new Verdict.Faulty(Faults.Describe(e)), null);
        }
    }

    private void Add(ClaimResult row)
    {
        _rows.Add(row);
        progress?.Report(row);
    }
}
