using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>
/// A network with the same values and fewer units: equal units are merged, constant ones folded, unused ones dropped.
/// </summary>
/// <remarks>
/// ρ(s t) = s ρ(t) for s &gt; 0, so units whose rows agree up to a positive factor are one unit read with a factor. A
/// row is divided by the largest magnitude of its weights, which permuting and changing signs of inputs leaves as it
/// is.
/// </remarks>
public static class NetworkReduction
{
    /// <summary>The reduced network; the outputs keep their order and scale.</summary>
    /// <remarks>Guarantee: exact, for all real inputs. Cost: linear in the entries, but for sorting each row.</remarks>
    /// <param name="network">The network.</param>
    /// <param name="work">What the products of words are counted in; null for no limit.</param>
    public static ExactNetwork Of(ExactNetwork network, WorkBudget? work = null)
    {
        var layers = network.Layers;
        var reduced = new List<Layer>();
        Source[] sources = [.. Enumerable.Range(0, layers[0].Columns).Select(j => new Source(j, BigRational.One))];
        int columns = layers[0].Columns;
        for (int l = 0; l < layers.Length; l++)
        {
            work?.Spend(layers[l].Count + ExactWork.Of(layers[l], sources.Select(s => s.Scale)));
            var next = new Layer(columns);
            var units = new Source[layers[l].Count];
            var known = new Dictionary<Row, int>();
            for (int i = 0; i < units.Length; i++)
            {
                var row = Fold(layers[l].Rows[i], sources);
                if (l == layers.Length - 1)
                {
                    next.Rows.Add(row);
                }
                else if (row.Weights.IsEmpty)
                {
                    units[i] = new Source(-1, BigRational.Max(row.Bias, BigRational.Zero));
                }
                else
                {
                    var (unit, scale) = row.Normalised();
                    if (!known.TryGetValue(unit, out int at))
                    {
                        known.Add(unit, at = next.Rows.Count);
                        next.Rows.Add(unit);
                    }

                    units[i] = new Source(at, scale);
                }
            }

            reduced.Add(next);
            (sources, columns) = (units, next.Rows.Count);
        }

        return WithoutUnused(reduced);
    }

    private static ExactNetwork WithoutUnused(List<Layer> layers)
    {
        for (int l = layers.Count - 1; l > 0; l--)
        {
            var used = layers[l].Rows.SelectMany(r => r.Weights.Select(e => e.Index)).Distinct().Order().ToArray();
            var number = used.Select((unit, k) => KeyValuePair.Create(unit, k)).ToDictionary();
            var rows = layers[l]
                .Rows.Select(r => r with { Weights = [.. r.Weights.Select(e => e with { Index = number[e.Index] })] });
            layers[l] = new Layer(used.Length, rows);
            layers[l - 1] = new Layer(layers[l - 1].Columns, used.Select(u => layers[l - 1].Rows[u]));
        }

        return new([.. layers.Select(l => new AffineMap(l.Columns, [.. l.Rows]))]);
    }

    // The row read from the merged units before it.
    private static Row Fold(Row row, Source[] sources)
    {
        var sum = new RowSum();
        sum.AddBias(row.Bias);
        foreach (var (index, value) in row.Weights)
        {
            var source = sources[index];
            if (source.Unit < 0)
            {
                sum.AddBias(value * source.Scale);
            }
            else
            {
                sum.Add(source.Unit, value * source.Scale);
            }
        }

        return sum.Row();
    }

    // A unit is Scale times the merged unit number Unit, or the constant Scale where Unit is −1.
    private readonly record struct Source(int Unit, BigRational Scale);

    private sealed record Layer(int Columns)
    {
        public Layer(int columns, IEnumerable<Row> rows)
            : this(columns) => Rows.AddRange(rows);

        public List<Row> Rows { get; } = [];
    }
}
