using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Networks;

/// <summary>An affine functional c + Σ a_i u_i of the units u_i of one layer of a network under construction.</summary>
/// <remarks>
/// Layer 0 are the inputs of the network, layer i ≥ 1 the outputs of its i-th hidden layer. Substituting a functional
/// into a unit of the next layer is the merged composition of affine maps: no layer is spent on it.
/// Invariant: the units increase, no coefficient is zero.
/// </remarks>
public sealed class Functional
{
    private readonly Row _row; // over the units of the layer

    private Functional(int layer, Row row) => (Layer, _row) = (layer, row);

    /// <summary>The layer whose units it reads.</summary>
    public int Layer { get; }

    /// <summary>The constant term.</summary>
    public BigRational Constant => _row.Bias;

    /// <summary>The number of units it reads with a non-zero coefficient.</summary>
    public int Count => _row.Weights.Length;

    /// <summary>
    /// The functional with the one value <paramref name="value"/>, read at layer <paramref name="layer"/>.
    /// </summary>
    public static Functional Of(int layer, BigRational value) => new(layer, new Row([], value));

    /// <summary>The linear combination Σ coefficients[k] · terms[k] at layer <paramref name="layer"/>.</summary>
    /// <remarks>Cost: linear in the terms where their units come in increasing order, else a sort.</remarks>
    /// <exception cref="ArgumentException">A term reads another layer, or the counts differ.</exception>
    public static Functional Combine(
        int layer, IReadOnlyList<BigRational> coefficients, IReadOnlyList<Functional> terms)
    {
        if (coefficients.Count != terms.Count)
        {
            throw new ArgumentException(
                $"{coefficients.Count} coefficients for {terms.Count} functionals; expected as many.");
        }

        var entries = new List<Entry>(terms.Count);
        var constant = BigRational.Zero;
        bool sorted = true;
        for (int k = 0; k < terms.Count; k++)
        {
            var (a, term) = (coefficients[k], terms[k]);
            CheckLayer(layer, term.Layer);
            if (a.IsZero)
            {
                continue;
            }

            bool unit = a == BigRational.One;
            foreach (var entry in term._row.Weights)
            {
                sorted &= entries.Count == 0 || entries[^1].Index < entry.Index;
                entries.Add(unit ? entry : entry with { Value = a * entry.Value });
            }

            constant = term.Constant.IsZero ? constant : constant + (a * term.Constant);
        }

        return new(layer, new Row(Collect(entries, sorted), constant));
    }

    /// <summary>The sum of two functionals of one layer.</summary>
    public static Functional operator +(Functional a, Functional b) =>
        Combine(a.Layer, [BigRational.One, BigRational.One], [a, b]);

    /// <summary>The difference of two functionals of one layer.</summary>
    public static Functional operator -(Functional a, Functional b) => Combine(a.Layer, [BigRational.One, -1], [a, b]);

    /// <summary>The functional with its sign changed.</summary>
    public static Functional operator -(Functional a) => -BigRational.One * a;

    /// <summary>The functional with a constant added.</summary>
    public static Functional operator +(Functional a, BigRational b) =>
        new(a.Layer, a._row with { Bias = a.Constant + b });

    /// <summary>The functional with a constant subtracted.</summary>
    public static Functional operator -(Functional a, BigRational b) => a + (-b);

    /// <summary>The functional subtracted from a constant.</summary>
    public static Functional operator -(BigRational a, Functional b) => -b + a;

    /// <summary>The functional scaled by <paramref name="a"/>.</summary>
    public static Functional operator *(BigRational a, Functional b) =>
        a.IsZero ? Of(b.Layer, 0) : new(b.Layer, b._row.Times(a));

    /// <summary>The functional divided by <paramref name="b"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is 0.</exception>
    public static Functional operator /(Functional a, BigRational b) => b.Reciprocal() * a;

    internal static Functional OfUnit(int layer, int unit) =>
        new(layer, new Row([new Entry(unit, BigRational.One)], BigRational.Zero));

    internal void WriteRow(Affine.Builder layer) => layer.AddRow(_row);

    internal static void CheckLayer(int expected, int layer)
    {
        if (layer != expected)
        {
            throw new ArgumentException(
                $"A functional reads layer {layer}; expected layer {expected}, as its neighbours read.");
        }
    }

    // The entries in increasing order; those of one unit are added, and those that cancel are none.
    private static ImmutableArray<Entry> Collect(List<Entry> entries, bool sorted)
    {
        if (!sorted)
        {
            entries.Sort((a, b) => a.Index.CompareTo(b.Index));
            int kept = 0;
            for (int k = 0; k < entries.Count;)
            {
                var (unit, sum) = entries[k++];
                while (k < entries.Count && entries[k].Index == unit)
                {
                    sum += entries[k++].Value;
                }

                if (!sum.IsZero)
                {
                    entries[kept++] = new Entry(unit, sum);
                }
            }

            entries.RemoveRange(kept, entries.Count - kept);
        }

        return [.. entries];
    }
}
