using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Invariance;

/// <summary>
/// Looks for a point of the domain at which Φ(g x) and h Φ(x) differ, in exact arithmetic; then makes the difference
/// larger.
/// </summary>
/// <remarks>Binary64 arithmetic orders the random candidates and decides nothing. Same request, same witness.</remarks>
internal sealed class WitnessSearch(InvarianceRequest request)
{
    private const int Grid = 64; // random coordinates are multiples of 1/64 of a side
    private const int Candidates = 256;
    private const long Work = 20_000_000; // exact products, about

    private readonly ReluNetwork _network = request.Network;
    private readonly int _evaluations = (int)long.Clamp(Work / (2 * (request.Network.Size + 1)), 24, 1500);

    /// <summary>A witness for one generator; null where no candidate is one.</summary>
    public InvarianceWitness? Find(GeneratorAction action)
    {
        int spent = 0;
        foreach (var point in Points(action))
        {
            request.Cancellation.ThrowIfCancellationRequested();
            if (++spent > _evaluations / 2)
            {
                return null;
            }

            if (Witness(action, point) is { } witness)
            {
                return Enlarged(action, witness, _evaluations / 2);
            }
        }

        return null;
    }

    /// <summary>The witness at a point; null where both values agree there.</summary>
    public InvarianceWitness? Witness(GeneratorAction action, IReadOnlyList<BigRational> point)
    {
        var moved = _network.Evaluate(action.Input.Apply(point));
        ImmutableArray<BigRational> expected = [.. action.Output.Apply(_network.Evaluate(point))];
        var violation = moved.Zip(expected, (a, b) => BigRational.Abs(a - b)).Max();
        return violation.IsZero ? null : new InvarianceWitness([.. point], moved, expected, violation);
    }

    // Coordinate steps: each coordinate in turn to its ends and to points between, as long as that enlarges the
    // violation.
    private InvarianceWitness Enlarged(GeneratorAction action, InvarianceWitness best, int evaluations)
    {
        BigRational[] shares = [0, 1, BigRational.Half, new(1, 4), new(3, 4)];
        bool isBetter = true;
        while (isBetter)
        {
            isBetter = false;
            for (int j = 0; j < best.Point.Length; j++)
            {
                foreach (var share in shares)
                {
                    request.Cancellation.ThrowIfCancellationRequested();
                    var x = At(j, share);
                    if (x == best.Point[j])
                    {
                        continue;
                    }

                    if (evaluations-- <= 0)
                    {
                        return best;
                    }

                    if (Witness(action, best.Point.SetItem(j, x)) is { } other && other.Violation > best.Violation)
                    {
                        (best, isBetter) = (other, true);
                    }
                }
            }
        }

        return best;
    }

    // Random points on a grid, those first at which rounded arithmetic sees the largest difference; after the first few
    // come structured points: increasing coordinates, and one coordinate off the others.
    private IEnumerable<BigRational[]> Points(GeneratorAction action)
    {
        int n = _network.InputDimension;
        var random = new Random(request.Seed);
        var candidates = Enumerable.Range(0, (int)long.Clamp(_evaluations, 24, Candidates))
            .Select(_ =>
                Enumerable.Range(0, n).Select(j => At(j, new BigRational(random.Next(Grid + 1), Grid))).ToArray())
            .Select(x => (Point: x, Size: Estimate(action, x)))
            .OrderByDescending(c => c.Size)
            .Select(c => c.Point)
            .ToArray();
        IEnumerable<BigRational[]> structured =
        [
            [.. Enumerable.Range(0, n).Select(j => At(j, new BigRational(j + 1, n + 1)))],
            .. Enumerable.Range(0, int.Min(n, 16))
            .Select(i => Enumerable.Range(0, n).Select(j => At(j, i == j ? 1 : 0)).ToArray()),
            .. Enumerable.Range(0, int.Min(n, 16))
            .Select(i => Enumerable.Range(0, n).Select(j => At(j, i == j ? BigRational.Half : 1)).ToArray()),
        ];
        return candidates.Take(8).Concat(structured).Concat(candidates.Skip(8));
    }

    private double Estimate(GeneratorAction action, BigRational[] x)
    {
        var moved = _network.Evaluate([.. action.Input.Apply(x).Select(Binary64.Nearest)]);
        var fixedValue = _network.Evaluate([.. x.Select(Binary64.Nearest)]);
        double largest = 0;
        for (int k = 0; k < moved.Length; k++)
        {
            double expected = action.Output.Rows[k].Weights.Sum(e => Binary64.Nearest(e.Value) * fixedValue[e.Index]);
            largest = Math.Max(largest, Math.Abs(moved[k] - expected));
        }

        return largest;
    }

    private BigRational At(int j, BigRational share) =>
        request.Domain.Lower[j] + (share * (request.Domain.Upper[j] - request.Domain.Lower[j]));
}
