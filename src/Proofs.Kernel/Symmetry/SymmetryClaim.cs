using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>How a generator acts: x ↦ g x on the inputs, y ↦ h y on the outputs. Both are linear; their biases are 0.</summary>
public sealed record GeneratorAction(AffineRows Input, AffineRows Output);

/// <summary>The claim that Φ(g x) = h Φ(x) for some generators g, for all x or for those of a box.</summary>
public sealed record SymmetryClaim(
    ImmutableArray<AffineRows> Layers,
    ImmutableArray<GeneratorAction> Generators,
    ImmutableArray<BigRational> Lower,
    ImmutableArray<BigRational> Upper)
{
    /// <summary>The identity of R^n, as h for networks that are invariant.</summary>
    public static AffineRows Identity(int n) => new(
        n,
        [.. Enumerable.Range(0, n).Select(i => ImmutableArray.Create(new Entry(i, BigRational.One)))],
        [.. Enumerable.Repeat(BigRational.Zero, n)]);

    /// <summary>The network x ↦ Φ(g x) − h Φ(x): both halves side by side, subtracted by the last layer.</summary>
    public static ImmutableArray<AffineRows> Difference(ImmutableArray<AffineRows> layers, GeneratorAction action)
    {
        var result = ImmutableArray.CreateBuilder<AffineRows>(layers.Length);
        for (int l = 0; l < layers.Length; l++)
        {
            var layer = layers[l];
            bool isFirst = l == 0, isLast = l == layers.Length - 1;
            int offset = isFirst ? 0 : layer.Columns;
            UnitRow[] moved = [.. Enumerable.Range(0, layer.Count).Select(i => isFirst ? Moved(UnitRow.Of(layer, i), action.Input) : UnitRow.Of(layer, i))];
            UnitRow[] fixedRows = [.. Enumerable.Range(0, layer.Count).Select(i => Shifted(UnitRow.Of(layer, i), offset))];
            var rows = isLast
                ? [.. moved.Select((row, k) => Less(row, action.Output.Weights[k], fixedRows))]
                : moved.Concat(fixedRows).ToArray();
            result.Add(new AffineRows(isFirst ? layer.Columns : 2 * layer.Columns, [.. rows.Select(r => r.Weights)], [.. rows.Select(r => r.Bias)]));
        }

        return result.MoveToImmutable();
    }

    /// <summary>The row t ↦ row(g t).</summary>
    public static UnitRow Moved(UnitRow row, AffineRows map)
    {
        var sum = new RowSum();
        sum.AddBias(row.Bias);
        foreach (var (j, w) in row.Weights)
        {
            foreach (var (k, v) in map.Weights[j])
            {
                sum.Add(k, w * v);
            }
        }

        return sum.Row();
    }

    private static UnitRow Shifted(UnitRow row, int offset) =>
        row with { Weights = [.. row.Weights.Select(e => e with { Index = e.Index + offset })] };

    // row − Σ_j h_j rows_j
    private static UnitRow Less(UnitRow row, ImmutableArray<Entry> h, UnitRow[] rows)
    {
        var sum = new RowSum();
        sum.AddRow(row, BigRational.One);
        foreach (var (j, factor) in h)
        {
            sum.AddRow(rows[j], -factor);
        }

        return sum.Row();
    }
}
