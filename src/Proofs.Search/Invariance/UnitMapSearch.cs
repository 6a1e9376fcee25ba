using System.Collections.Immutable;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Symmetry;

namespace Proofs.Search.Invariance;

/// <summary>
/// Finds where a generator sends the hidden units of a reduced network, layer by layer, by looking rows up.
/// </summary>
internal static class UnitMapSearch
{
    /// <summary>The images, which the kernel accepts; null where the weights do not have the symmetry.</summary>
    public static UnitMap? Find(ExactNetwork reduced, GeneratorAction action)
    {
        var map = new UnitMap([]);
        for (int l = 0; l < reduced.Depth - 1; l++)
        {
            var known = new Dictionary<Row, int>();
            for (int i = 0; i < reduced.Layers[l].Count; i++)
            {
                known.TryAdd(reduced.Layers[l].Rows[i].Normalised().Row, i);
            }

            var images = ImmutableArray.CreateBuilder<UnitImage>(reduced.Layers[l].Count);
            for (int i = 0; i < reduced.Layers[l].Count; i++)
            {
                var (row, scale) = map.RowAtImage(reduced, action, l, i).Normalised();
                if (!known.TryGetValue(row, out int unit))
                {
                    return null;
                }

                images.Add(new UnitImage(unit, scale / reduced.Layers[l].Rows[unit].Normalised().Scale));
            }

            map = new UnitMap(map.Layers.Add(images.MoveToImmutable()));
        }

        return map.Refuse(reduced, action) is null ? map : null;
    }
}
