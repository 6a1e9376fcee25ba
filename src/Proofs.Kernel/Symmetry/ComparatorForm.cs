using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>With what a wire of the comparators starts.</summary>
public enum WireStart
{
    /// <summary>A coordinate, plus the shift.</summary>
    Coordinate,

    /// <summary>The absolute value of a coordinate.</summary>
    Modulus,

    /// <summary>The positive part of a coordinate.</summary>
    PositivePart,
}

/// <summary>A network with one output as a head behind comparators: Φ = head ∘ wires after all stages.</summary>
/// <remarks>
/// Read from the rows alone, exactly. A layer is a stage where each of its units is a positive multiple of ρ(w_a −
/// w_b), ρ(w_a) or ρ(−w_a) for wires w, each wire in one pair at most, and where every row behind it is a combination
/// of the new wires max(w_a, w_b) = w_b + ρ(w_a − w_b), min(w_a, w_b) = w_a − ρ(w_a − w_b) and w_a. What follows the
/// last stage is the head.
/// </remarks>
public sealed record ComparatorForm
{
    private ComparatorForm(BigRational? shift, ImmutableArray<WireStart> starts) => (Shift, Starts) = (shift, starts);

    /// <summary>
    /// The form holds where no coordinate is below −Shift, and a wire starts with x_i + Shift; null: it holds for all
    /// real x.
    /// </summary>
    public BigRational? Shift { get; }

    /// <summary>With what each wire starts.</summary>
    public ImmutableArray<WireStart> Starts { get; private init; }

    /// <summary>The stages, of disjoint comparators.</summary>
    public ImmutableArray<ImmutableArray<Comparator>> Stages { get; private init; } = [];

    /// <summary>The layers behind the comparators; its inputs are the wires.</summary>
    public ExactNetwork Head { get; private init; } = new([]);

    /// <summary>The form of a reduced network, as many stages long as its rows allow; possibly none.</summary>
    /// <param name="reduced">The network, reduced.</param>
    /// <param name="isNonNegative">Whether to read the network where all x_i + Shift are at least 0, rather than for
    /// all real x.</param>
    public static ComparatorForm Of(ExactNetwork reduced, bool isNonNegative)
    {
        int inputs = reduced.InputCount;
        var layers = reduced.Layers;
        Row[] rows = [.. layers[0].Rows];
        BigRational? shift = isNonNegative ? ShiftOf(rows) : null;
        var form = new ComparatorForm(shift, [.. Enumerable.Repeat(WireStart.Coordinate, inputs)]);
        rows = [.. rows.Select(r => Shifted(r, shift ?? BigRational.Zero))];
        bool[] nonNegative = [.. Enumerable.Repeat(isNonNegative, inputs)];
        int layer = 0;
        for (; layer < reduced.Depth - 1; layer++)
        {
            if (ComparatorStage.Read(rows, [.. layers[layer + 1].Rows], nonNegative, isFirst: layer == 0)
                is not { } stage)
            {
                break;
            }

            rows = stage.Rows;
            nonNegative = stage.NonNegative;
            form = form with
            {
                Stages = form.Stages.Add(stage.Comparators),
                Starts = layer == 0 ? stage.Starts : form.Starts,
            };
        }

        var first = new AffineMap(inputs, [.. rows]);
        return form with { Head = new([first, .. layers[(layer + 1)..]]) };
    }

    // A unit that reads one coordinate alone tells the shift: ρ(k (x_a + t)).
    private static BigRational ShiftOf(Row[] rows) =>
        rows.FirstOrDefault(r => r.Weights is [{ Value.Sign: > 0 }]) is { } row
            ? row.Bias / row.Weights[0].Value
            : BigRational.Zero;

    // The row in terms of w = x + t.
    private static Row Shifted(Row row, BigRational t) =>
        row with { Bias = row.Weights.Aggregate(row.Bias, (bias, e) => bias - (e.Value * t)) };
}
