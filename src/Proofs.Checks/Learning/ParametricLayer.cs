using System.Collections.Immutable;
using System.Globalization;

namespace Proofs.Checks.Learning;

/// <summary>An entry of a layer that is trained, or that the architecture fixes.</summary>
/// <param name="Row">The row, from 0.</param>
/// <param name="Column">The column, from 0; of a bias, 0.</param>
/// <param name="Parameter">Which parameter of the layer it is, from 0; −1 where it is fixed.</param>
/// <param name="Factor">1 or −1, what the parameter is multiplied by; of a fixed entry, its value.</param>
/// <remarks>A sign is the only factor a parameter may have, so that an entry is a binary64 number as it is.</remarks>
public readonly record struct LayerEntry(int Row, int Column, int Parameter, double Factor)
{
    /// <summary>The value of the entry for the given parameters of its layer.</summary>
    public double Value(ReadOnlySpan<double> parameters) => Parameter < 0 ? Factor : Factor * parameters[Parameter];

    /// <summary>The same entry at another place.</summary>
    public LayerEntry At(int row, int column) => this with { Row = row, Column = column };
}

/// <summary>
/// An affine layer whose entries are parameters, shared or not, or fixed; all others are zero and stay so.
/// </summary>
/// <remarks>
/// Shape: weights in the order of rows, and of columns in a row, no place twice; weights and biases have parameters of
/// their own, each used at least once.
/// </remarks>
public sealed class ParametricLayer
{
    /// <summary>The most rows, weights or biases of a layer; more are refused before they are in memory.</summary>
    public const int MostEntries = 20_000_000;

    /// <summary>The layer of the given entries.</summary>
    /// <param name="rows">The number of outputs.</param>
    /// <param name="columns">The number of inputs.</param>
    /// <param name="weights">The entries of A that are not zero for all parameters.</param>
    /// <param name="biases">The entries of b that are not zero for all parameters.</param>
    /// <exception cref="ArgumentException">There are no rows or columns, or more than <see cref="MostEntries"/> rows or
    /// entries; an entry lies outside or twice at one place, is not finite, or has a factor that is no sign; the
    /// numbers of the parameters have a gap.</exception>
    public ParametricLayer(int rows, int columns, IEnumerable<LayerEntry> weights, IEnumerable<LayerEntry> biases)
    {
        if (rows < 1 || columns < 1)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A layer with {rows} rows and {columns} columns; expected one at least."));
        }

        CheckSize(rows);
        (Rows, Columns) = (rows, columns);
        Weights = Ordered(weights, rows, columns, "weight");
        Biases = Ordered(biases, rows, 1, "bias");
        WeightParameters = Count(Weights, "weight");
        BiasParameters = Count(Biases, "bias");
    }

    /// <summary>The number of outputs.</summary>
    public int Rows { get; }

    /// <summary>The number of inputs.</summary>
    public int Columns { get; }

    /// <summary>The entries of A that may differ from zero.</summary>
    public ImmutableArray<LayerEntry> Weights { get; }

    /// <summary>The entries of b that may differ from zero; their column is 0.</summary>
    public ImmutableArray<LayerEntry> Biases { get; }

    /// <summary>How many parameters the weights have.</summary>
    public int WeightParameters { get; }

    /// <summary>How many parameters the biases have.</summary>
    public int BiasParameters { get; }

    /// <summary>Whether every weight is a parameter of its own, in the order of the rows.</summary>
    public bool IsDense => IsInOrder(Weights, (long)Rows * Columns);

    /// <summary>Whether every bias is a parameter of its own, in order.</summary>
    public bool HasPlainBias => IsInOrder(Biases, Rows);

    /// <summary>A layer all of whose weights and biases are trained, none shared.</summary>
    /// <exception cref="ArgumentException">There are no rows or columns, or more than <see cref="MostEntries"/>
    /// weights.</exception>
    public static ParametricLayer Dense(int rows, int columns)
    {
        CheckSize((Int128)rows * columns);
        return new(
            rows,
            columns,
            Enumerable.Range(0, Math.Max(rows, 0)).SelectMany(i =>
                Enumerable.Range(0, Math.Max(columns, 0)).Select(j => new LayerEntry(i, j, (i * columns) + j, 1))),
            Enumerable.Range(0, Math.Max(rows, 0)).Select(i => new LayerEntry(i, 0, i, 1)));
    }

    /// <summary>Refuses an architecture that is too large, before it is in memory.</summary>
    /// <param name="entries">Its weights and biases, or a number that is below theirs.</param>
    /// <exception cref="ArgumentException">There are more than <see cref="MostEntries"/>.</exception>
    internal static void CheckSize(Int128 entries)
    {
        if (entries > MostEntries)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The architecture has {entries} entries or more; expected at most {MostEntries}."));
        }
    }

    private static bool IsInOrder(ImmutableArray<LayerEntry> entries, long count)
    {
        bool inOrder = entries.Length == count;
        for (int k = 0; inOrder && k < entries.Length; k++)
        {
            inOrder = entries[k].Parameter == k && entries[k].Factor == 1;
        }

        return inOrder;
    }

    private static ImmutableArray<LayerEntry> Ordered(
        IEnumerable<LayerEntry> entries, int rows, int columns, string what)
    {
        LayerEntry[] given = [.. entries.Take(MostEntries + 1)];
        CheckSize(given.Length);
        ImmutableArray<LayerEntry> ordered = [.. given.OrderBy(e => e.Row).ThenBy(e => e.Column)];
        for (int k = 0; k < ordered.Length; k++)
        {
            var (row, column, parameter, factor) = ordered[k];
            bool outside = (uint)row >= (uint)rows || (uint)column >= (uint)columns || parameter < -1;
            bool twice = k > 0 && ordered[k - 1].Row == row && ordered[k - 1].Column == column;
            bool wrong = parameter >= 0 ? factor is not (1 or -1) : !double.IsFinite(factor);
            if (outside || twice || wrong)
            {
                string problem =
                    outside ? "outside the layer" : twice ? "given twice" : "not finite, or its factor no sign";
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The {what} at row {row}, column {column} (parameter {parameter}, factor {factor}) is "
                        + $"{problem}."));
            }
        }

        return ordered;
    }

    private static int Count(ImmutableArray<LayerEntry> entries, string what)
    {
        long count = entries.Select(e => e.Parameter + 1L).DefaultIfEmpty(0).Max();
        bool[] used = new bool[Math.Min(count, entries.Length)]; // of more parameters than entries, one is missing here
        foreach (var entry in entries.Where(e => e.Parameter >= 0 && e.Parameter < used.Length))
        {
            used[entry.Parameter] = true;
        }

        int missing = Array.IndexOf(used, false);
        return missing < 0
            ? (int)count
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"No {what} uses parameter {missing} of {count}."));
    }
}
