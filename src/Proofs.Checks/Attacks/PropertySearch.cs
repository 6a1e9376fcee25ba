using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Proofs.Checks.Theorems;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Attacks;

/// <summary>What one random trial showed.</summary>
/// <param name="Violation">The witness against the property, or null where it held.</param>
/// <param name="Ratio">The largest observed value over the claimed bound; null where that has no meaning.</param>
/// <param name="Visited">The classes of cases this trial visited, such as "overlapping pieces".</param>
public sealed record Trial(Witness? Violation, BigRational? Ratio, ImmutableArray<string> Visited)
{
    /// <summary>Whether both trials showed the same.</summary>
    public bool Equals(Trial? other) => other is not null && Equals(Violation, other.Violation) && Ratio == other.Ratio
        && Visited.SequenceEqual(other.Visited);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Violation, Ratio, Visited.Length);
}

/// <summary>Random search for a counterexample, replayed by its seed; a find is shrunk inside its class.</summary>
public static class PropertySearch
{
    /// <summary>
    /// Supported, with the worst ratio and what was visited; refuted, with the smallest counterexample found; or
    /// inconclusive, where a class in <paramref name="required"/> stayed unvisited.
    /// </summary>
    /// <param name="members">Makes members of the class and shrinks them without leaving it.</param>
    /// <param name="test">Tests the property on one member; deterministic.</param>
    /// <param name="required">The classes of cases that must be visited.</param>
    /// <param name="request">Seed, trials and cancellation.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static Verdict Run<T>(
        Arbitrary<T> members, Func<T, Trial> test, IReadOnlyCollection<string> required, SearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(request);
        var visited = new SortedDictionary<string, int>(StringComparer.Ordinal);
        BigRational? worst = null;
        Witness? smallest = null;
        int trials = 0;

        bool Holds(T member)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            var trial = test(member);
            if (trial.Violation is { } violation)
            {
                smallest = violation; // shrinking goes from larger to smaller, so the last failure is the smallest
                return false;
            }

            trials += smallest is null ? 1 : 0;
            worst = trial.Ratio is { } ratio && !(ratio <= worst) ? ratio : worst;
            foreach (string place in trial.Visited)
            {
                visited[place] = visited.GetValueOrDefault(place) + 1;
            }

            return true;
        }

        var runner = new Runner();
        Prop.ForAll(members, Holds).Check(Config.Quick
            .WithMaxTest(request.Trials)
            .WithReplay(
                FSharpOption<Replay>.Some(
                    new Replay(new Rnd(unchecked((ulong)request.Seed), 1), FSharpOption<int>.None)))
            .WithRunner(runner));
        request.Cancellation.ThrowIfCancellationRequested();
        if (smallest is not null)
        {
            return new Verdict.Refuted(smallest, null, null);
        }

        if (runner.Failure is { } failure)
        {
            return new Verdict.Inconclusive($"The search broke off: {failure}", null, "Report this as a defect.");
        }

        string coverage = string.Join(", ", visited.Select(v => $"{v.Key}: {v.Value}"));
        return required.FirstOrDefault(r => !visited.ContainsKey(r)) is { } missed
            ? new Verdict.Inconclusive(
                $"No trial visited \"{missed}\" (visited: {coverage}).", null, "Make more trials.")
            : new Verdict.Supported(trials, request.Seed, worst, coverage);
    }

    // Keeps what FsCheck would print; an exception of the property is a failure of the search, not a counterexample.
    private sealed class Runner : IRunner
    {
        public string? Failure { get; private set; }

        public void OnStartFixture(Type fixture)
        {
        }

        public void OnArguments(
            int test, FSharpList<object> arguments, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(FSharpList<object> arguments, FSharpFunc<FSharpList<object>, string> every)
        {
        }

        public void OnFinished(string name, TestResult result) => Failure = result switch
        {
            TestResult.Failed failed =>
                failed.Item4 is Outcome.Failed { Item: { } error } ? error.Message : "a trial failed without a witness",
            TestResult.Exhausted => "too few members of the class could be made",
            _ => null,
        };
    }
}
