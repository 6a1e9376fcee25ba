using System.Diagnostics;

namespace Proofs.Checks.Properties;

/// <summary>Decides whether an input of a network satisfies a property.</summary>
public static class PropertyVerifier
{
    /// <summary>The answer to the request.</summary>
    /// <remarks>
    /// Guarantee: <see cref="PropertyAnswer.Unsatisfiable"/> holds for the real-valued network and every real input;
    /// <see cref="PropertyAnswer.Satisfiable"/> comes with a point that exact arithmetic has checked. The answer is the same for
    /// any number of threads, but for a time-out.
    /// Cost: exponential in the worst case; the box budget and the time limit end it.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public static PropertyResult Verify(PropertyRequest request)
    {
        var clock = Stopwatch.StartNew();
        long boxes = 0;
        var answer = PropertyAnswer.Unsatisfiable;
        var trees = new List<SearchTree>();
        foreach (var query in PropertyQuery.Of(request.Network, request.Property))
        {
            var search = new PropertySearch(query, request, clock);
            var found = search.Run(request.BoxBudget - boxes);
            boxes += search.Boxes;
            if (search.Tree is { } tree)
            {
                trees.Add(tree);
            }

            if (found == PropertyAnswer.Satisfiable)
            {
                return new PropertyResult(found, search.Counterexample, boxes);
            }

            answer = found == PropertyAnswer.Unsatisfiable ? answer : found;
        }

        return new PropertyResult(answer, null, boxes) { Trees = [.. trees] };
    }
}
