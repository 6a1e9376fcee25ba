using Proofs.Constructions.Executions;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Properties;
using Proofs.Search.BranchAndBound;

namespace Proofs.Search.Properties;

/// <summary>Decides whether an input of a network satisfies a property.</summary>
public static class PropertyVerifier
{
    private const int QueriesAtOnce = 256;
    private const int MostWalkedWeights = 2_000;
    private const long FirstWalk = 200_000; // exact products: a fraction of a second

    /// <summary>The answer to the request.</summary>
    /// <remarks>
    /// Guarantee: <see cref="PropertyAnswer.Unsatisfiable"/> holds for the real-valued network and every real input;
    /// <see cref="PropertyAnswer.Satisfiable"/> comes with a point that exact arithmetic has checked. The answer is the
    /// same for any number of threads, but for a time-out. About a <see cref="NetworkExecution"/> the first holds for
    /// every execution at every input of numbers of its format, and the second for every execution at the point.
    /// Cost: exponential in the worst case; the box budget and the time limit end it.
    /// </remarks>
    public static PropertyResult Verify(PropertyRequest request)
    {
        bool isReal = request.Execution is null;
        var clock = request.Limits.Start();
        string reason = "";
        long boxes = 0;
        var answer = PropertyAnswer.Unsatisfiable;
        var trees = new List<SplitTree>();
        var subject = new Lazy<NetworkProperty>(() => PropertyCertificate.Subject(request.Network, request.Property));
        foreach (var chunk in PropertyQuery.Of(request.Network, request.Property, request.Execution)
            .Chunk(QueriesAtOnce))
        {
            BoxSearch[] searches = [.. chunk.Select(q => new BoxSearch(q, request, clock))];
            bool[] isExcluded = new bool[chunk.Length];
            Parallel.For(0, chunk.Length, new ParallelOptions { MaxDegreeOfParallelism = request.Jobs }, i =>
                isExcluded[i] = clock.Interruption is null && searches[i].IsExcludedAtOnce());
            for (int i = 0; i < chunk.Length; i++)
            {
                var (query, search) = (chunk[i], searches[i]);
                Walked? walk = null;
                var found = PropertyAnswer.Unsatisfiable;
                if (!isExcluded[i])
                {
                    if (clock.Interruption is { } interruption)
                    {
                        var late = BoxSearch.Answer(interruption);
                        return new PropertyResult(late, null, boxes + search.Boxes) { Reason = reason };
                    }

                    // small networks are decided exactly, ties and cancellation included; others where boxes do not
                    // decide
                    bool isSmall = isReal && request.Network.Size <= MostWalkedWeights;
                    walk = isSmall ? Walk(query, subject.Value, FirstWalk) : null;
                    found = walk is null ? search.Run(request.BoxBudget - boxes) : PropertyAnswer.Unknown;
                    if (walk is null && isSmall && found == PropertyAnswer.Unknown && clock.Interruption is null)
                    {
                        walk = Walk(query, subject.Value, NetworkCertificate.WalkWork);
                    }
                }

                boxes += search.Boxes;
                if ((walk?.Counterexample ?? search.Counterexample) is { } point)
                {
                    return new PropertyResult(
                        PropertyAnswer.Satisfiable, isReal ? DecimalWitness.Near(request, point) : point, boxes);
                }

                answer = walk is not null || found == PropertyAnswer.Unsatisfiable ? answer : found;
                reason = search.IsUncertain
                    ? "an input satisfies the property in real arithmetic or in one execution, and "
                        + "rounding decides whether it does in every execution"
                    : reason;
                if (request.KeepsTree && isReal)
                {
                    trees.Add(walk is null ? search.Tree! : new SplitTree(query));
                }
            }

            request.Progress?.Report(new PropertyProgress(boxes, 0));
        }

        return new PropertyResult(answer, null, boxes)
        {
            Trees = [.. trees],
            Reason = answer == PropertyAnswer.Unsatisfiable ? "" : reason,
        };
    }

    // Decides the cases of a query by walking linear regions; null where that takes too long.
    private static Walked? Walk(PropertyQuery query, NetworkProperty subject, long work)
    {
        foreach (int n in query.CaseNumbers)
        {
            var walk = RegionWalk.Run(subject, n, query.Box.Lower, query.Box.Upper, work);
            if (!walk.IsDecided)
            {
                return null;
            }

            if (walk.Point is { } point)
            {
                return new Walked(new Counterexample([.. point], query.Network.Evaluate(point)));
            }
        }

        return new Walked(null);
    }

    private sealed record Walked(Counterexample? Counterexample);
}
