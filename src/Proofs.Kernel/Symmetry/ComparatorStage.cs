using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>
/// One layer read as comparators: what they are, and the rows of the next layer in terms of the wires behind them.
/// </summary>
internal sealed record ComparatorStage(
    ImmutableArray<Comparator> Comparators, ImmutableArray<WireStart> Starts, bool[] NonNegative, Row[] Rows)
{
    /// <summary>The stage; null where the layer is none.</summary>
    /// <param name="rows">The units of the layer, as rows over the wires before it.</param>
    /// <param name="next">The rows of the next layer, over these units.</param>
    /// <param name="nonNegative">For each wire whether it is known to be at least 0.</param>
    /// <param name="isFirst">Whether the wires are still the coordinates.</param>
    public static ComparatorStage? Read(Row[] rows, Row[] next, bool[] nonNegative, bool isFirst)
    {
        int wires = nonNegative.Length;
        int[] partner = [.. Enumerable.Repeat(-1, wires)];
        foreach (var row in rows)
        {
            switch (row)
            {
                case { Weights: [_], Bias.IsZero: true }:
                    break;
                case { Weights: [var a, var b], Bias.IsZero: true } when (a.Value + b.Value).IsZero
                    && partner[a.Index] is var p && partner[b.Index] is var q && (p < 0 || p == b.Index)
                    && (q < 0 || q == a.Index):
                    (partner[a.Index], partner[b.Index]) = (b.Index, a.Index);
                    break;
                default:
                    return null;
            }
        }

        Terms[] terms = [.. next.Select(r => Terms.Of(r, rows, partner, nonNegative))];
        var starts = Enumerable.Repeat(WireStart.Coordinate, wires).ToArray();
        for (int a = 0; a < wires; a++)
        {
            if (StartOf(terms, a) is not { } start || (start != WireStart.Coordinate && (!isFirst || partner[a] >= 0)))
            {
                return null;
            }

            starts[a] = start;
        }

        var behind = new Row[next.Length];
        for (int k = 0; k < next.Length; k++)
        {
            if (Behind(terms[k], partner, starts) is not { } row)
            {
                return null;
            }

            behind[k] = row with { Bias = next[k].Bias };
        }

        Comparator[] comparators =
            [.. Enumerable.Range(0, wires).Where(a => partner[a] > a).Select(a => new Comparator(a, partner[a]))];
        bool[] known = [.. nonNegative.Select((isKnown, a) => isKnown || starts[a] != WireStart.Coordinate)];
        foreach (var (a, b) in comparators)
        {
            (known[a], known[b]) = (known[a] || known[b], known[a] && known[b]);
        }

        return new ComparatorStage([.. comparators], [.. starts], known, behind);
    }

    // What ρ(w_a) and w_a make together in all rows: w_a, |w_a| = 2 ρ(w_a) − w_a, or ρ(w_a).
    private static WireStart? StartOf(Terms[] terms, int a) =>
        terms.All(t => t.Positive[a].IsZero) ? WireStart.Coordinate
        : terms.All(t => (t.Positive[a] + (2 * t.Wire[a])).IsZero) ? WireStart.Modulus
        : terms.All(t => t.Wire[a].IsZero) ? WireStart.PositivePart
        : null;

    // α w_a + β w_b + γ ρ(w_a − w_b) = β max + α min if and only if γ = β − α.
    private static Row? Behind(Terms t, int[] partner, WireStart[] starts)
    {
        var sum = new RowSum();
        for (int a = 0; a < partner.Length; a++)
        {
            int b = partner[a];
            if (b < 0)
            {
                sum.Add(a, starts[a] switch
                {
                    WireStart.Coordinate => t.Wire[a],
                    WireStart.Modulus => -t.Wire[a],
                    _ => t.Positive[a],
                });
            }
            else if (a < b)
            {
                if (t.Pair[a] != t.Wire[b] - t.Wire[a])
                {
                    return null;
                }

                sum.Add(a, t.Wire[b]);
                sum.Add(b, t.Wire[a]);
            }
        }

        return sum.Row();
    }

    // A row as Σ Wire[a] w_a + Σ Positive[a] ρ(w_a) + Σ Pair[a] ρ(w_a − w_b), a < b partners, less its bias.
    private sealed record Terms(BigRational[] Wire, BigRational[] Positive, BigRational[] Pair)
    {
        public static Terms Of(Row row, Row[] units, int[] partner, bool[] nonNegative)
        {
            int wires = partner.Length;
            var terms = new Terms(new BigRational[wires], new BigRational[wires], new BigRational[wires]);
            foreach (var (unit, factor) in row.Weights)
            {
                var (a, value) = units[unit].Weights[0];
                var size = factor * BigRational.Abs(value);
                if (units[unit].Weights.Length == 2)
                {
                    int b = partner[a]; // a < b, and the unit is |value| ρ(±(w_a − w_b)); ρ(−t) = ρ(t) − t
                    terms.Pair[a] += size;
                    terms.Wire[a] -= value.Sign < 0 ? size : BigRational.Zero;
                    terms.Wire[b] += value.Sign < 0 ? size : BigRational.Zero;
                }
                else if (nonNegative[a])
                {
                    terms.Wire[a] += value.Sign > 0 ? size : BigRational.Zero; // ρ(w) = w, ρ(−w) = 0
                }
                else
                {
                    terms.Positive[a] += size;
                    terms.Wire[a] -= value.Sign < 0 ? size : BigRational.Zero;
                }
            }

            return terms;
        }
    }
}
