using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>
/// How a generator acts: x ↦ g x on the inputs, y ↦ h y on the outputs. Both are linear; their biases are 0.
/// </summary>
public sealed record GeneratorAction(AffineMap Input, AffineMap Output);

/// <summary>The claim that Φ(g x) = h Φ(x) for some generators g, for all x or for those of a box.</summary>
public sealed record SymmetryClaim(
    ExactNetwork Network,
    ImmutableArray<GeneratorAction> Generators,
    ImmutableArray<BigRational> Lower,
    ImmutableArray<BigRational> Upper)
{
    /// <summary>The identity of R^n, as h for networks that are invariant.</summary>
    public static AffineMap Identity(int n) =>
        new(n, [.. Enumerable.Range(0, n).Select(i => new Row([new Entry(i, BigRational.One)], BigRational.Zero))]);

    /// <summary>The network x ↦ Φ(g x) − h Φ(x): both halves side by side, subtracted by the last layer.</summary>
    public static ExactNetwork Difference(ExactNetwork network, GeneratorAction action)
    {
        var layers = network.Layers;
        var result = ImmutableArray.CreateBuilder<AffineMap>(layers.Length);
        for (int l = 0; l < layers.Length; l++)
        {
            var layer = layers[l];
            bool isFirst = l == 0, isLast = l == layers.Length - 1;
            int offset = isFirst ? 0 : layer.Columns;
            Row[] moved = [.. layer.Rows.Select(r => isFirst ? Moved(r, action.Input) : r)];
            Row[] fixedRows = [.. layer.Rows.Select(r => Shifted(r, offset))];
            var rows = isLast
                ? [.. moved.Select((row, k) => Less(row, action.Output.Rows[k].Weights, fixedRows))]
                : moved.Concat(fixedRows).ToArray();
            result.Add(new AffineMap(isFirst ? layer.Columns : 2 * layer.Columns, [.. rows]));
        }

        return new(result.MoveToImmutable());
    }

    /// <summary>The row t ↦ row(g t).</summary>
    public static Row Moved(Row row, AffineMap map)
    {
        var sum = new RowSum();
        sum.AddBias(row.Bias);
        foreach (var (j, w) in row.Weights)
        {
            foreach (var (k, v) in map.Rows[j].Weights)
            {
                sum.Add(k, w * v);
            }
        }

        return sum.Row();
    }

    private static Row Shifted(Row row, int offset) =>
        row with { Weights = [.. row.Weights.Select(e => e with { Index = e.Index + offset })] };

    // row − Σ_j h_j rows_j
    private static Row Less(Row row, ImmutableArray<Entry> h, Row[] rows)
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
