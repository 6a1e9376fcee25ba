using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>Where a generator sends a hidden unit: u_i(g x) = Scale · u_Unit(x), with Scale &gt; 0.</summary>
public readonly record struct UnitImage(int Unit, BigRational Scale);

/// <summary>A weight-symmetry certificate of one generator: the images of the units of every hidden layer.</summary>
/// <remarks>
/// By induction over layers: where the row of unit i, read at g x, is Scale times the row of its image, the units
/// agree, since ρ(s t) = s ρ(t) for s &gt; 0. If then the outputs at g x are h applied to the outputs, Φ(g x) = h Φ(x)
/// for all real x.
/// </remarks>
public sealed record UnitMap(ImmutableArray<ImmutableArray<UnitImage>> Layers)
{
    /// <summary>Why the images do not show that Φ(g x) = h Φ(x); null where they do.</summary>
    /// <param name="network">The network.</param>
    /// <param name="action">What is done to inputs and outputs.</param>
    /// <param name="work">What products of words are counted in; null for no limit.</param>
    public string? Refuse(ExactNetwork network, GeneratorAction action, WorkBudget? work = null)
    {
        if (work is not null)
        {
            long words = ExactWork.Longest(
                network.Layers.SelectMany(l => l.Rows).SelectMany(r => r.Weights.Select(e => e.Value).Append(r.Bias)))
                + ExactWork.Longest(Layers.SelectMany(l => l.Select(u => u.Scale)));
            work.Spend(ExactWork.Entries([.. network.Layers, action.Input, action.Output]) * words * words);
        }

        if (Layers.Length != network.Depth - 1)
        {
            return $"the images are those of {Layers.Length} layers of units, the network has {network.Depth - 1}";
        }

        for (int l = 0; l < Layers.Length; l++)
        {
            if (Layers[l].Length != network.Layers[l].Count)
            {
                return $"layer {l + 1} has {network.Layers[l].Count} units and {Layers[l].Length} images";
            }

            for (int i = 0; i < Layers[l].Length; i++)
            {
                var (unit, scale) = Layers[l][i];
                if (unit < 0 || unit >= network.Layers[l].Count || scale.Sign <= 0
                    || !RowAtImage(network, action, l, i).Equals(network.Layers[l].Rows[unit].Times(scale)))
                {
                    return $"unit {i} of layer {l + 1} is not sent to {scale} times unit {unit}";
                }
            }
        }

        var last = network.Layers[^1];
        for (int k = 0; k < last.Count; k++)
        {
            if (!RowAtImage(network, action, network.Depth - 1, k).Equals(Combined(last, action.Output.Rows[k])))
            {
                return $"output {k} is not sent to where it belongs";
            }
        }

        return null;
    }

    /// <summary>
    /// Row i of layer l at g x, in terms of the units before it at x, by the images of the layers before.
    /// </summary>
    public Row RowAtImage(ExactNetwork network, GeneratorAction action, int layer, int row)
    {
        var at = network.Layers[layer].Rows[row];
        if (layer == 0)
        {
            return SymmetryClaim.Moved(at, action.Input);
        }

        var sum = new RowSum();
        sum.AddBias(at.Bias);
        foreach (var (j, w) in at.Weights)
        {
            var (unit, scale) = Layers[layer - 1][j];
            sum.Add(unit, w * scale);
        }

        return sum.Row();
    }

    private static Row Combined(AffineMap map, Row factors)
    {
        var sum = new RowSum();
        foreach (var (j, factor) in factors.Weights)
        {
            sum.AddRow(map.Rows[j], factor);
        }

        return sum.Row();
    }
}
