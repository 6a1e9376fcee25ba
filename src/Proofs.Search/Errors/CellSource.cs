using Proofs.Numeric.Intervals;
using Proofs.Search.Relaxations;
using Proofs.Search.Relaxations.Networks;

namespace Proofs.Search.Errors;

// The boxes of a region as cells to begin with, each with the part of the networks that matters near it.
//
// The boxes stand in a tree. A pass over the box around a node finds the units that may be on there; the boxes below
// are given the network cut down to those. So a box costs what lies near it, and a logarithm: a node's pass visits only
// what its parent kept. Nodes come depth first, and only the networks on the way to the present one are held.
internal sealed class CellSource(ErrorModel model)
{
    private const long WorthCutting = 256; // edges
    private const int Attempts = 3; // levels on which nothing has to be gained before the rest is left as it is

    private readonly BoxTree _tree = BoxTree.Of(model.Domains);
    private readonly NetworkPass _pass = new(model.Dimension, symbols: 0);

    // The cells in batches of a fixed size.
    public IEnumerable<(Cell Cell, CompiledNetwork[] Networks)[]> Batches(int size) =>
        model.Domains.IsEmpty ? [] : Below(_tree.Root, model.Networks, Attempts).Chunk(size);

    private IEnumerable<(Cell Cell, CompiledNetwork[] Networks)> Below(
        BoxTree.Node node, CompiledNetwork[] networks, int attempts)
    {
        if (node.Count > 1 && attempts > 0)
        {
            var part = Cut(node, networks);
            attempts = ReferenceEquals(part, networks) ? attempts - 1 : Attempts;
            networks = part;
        }

        if (node.IsLeaf)
        {
            for (int i = node.First; i < node.First + node.Count; i++)
            {
                yield return (model.Domains[_tree.Order[i]].Outer, networks);
            }

            yield break;
        }

        foreach (int child in (int[])[node.Left, node.Right])
        {
            foreach (var cell in Below(_tree.At(child), networks, attempts))
            {
                yield return cell;
            }
        }
    }

    private CompiledNetwork[] Cut(BoxTree.Node node, CompiledNetwork[] networks)
    {
        var (middle, half) = (new double[model.Dimension], new double[model.Dimension]);
        for (int j = 0; j < middle.Length; j++)
        {
            var side = Interval.Between(node.Low[j], node.High[j]);
            (middle[j], half[j]) = (side.Midpoint, side.Radius);
        }

        CompiledNetwork[]? cut = null;
        for (int n = 0; n < networks.Length; n++)
        {
            if (networks[n].Edges >= WorthCutting && _pass.Run(networks[n], middle, half)
                && networks[n].Reduced(_pass) is var part && !ReferenceEquals(part, networks[n]))
            {
                (cut ??= [.. networks])[n] = part;
            }
        }

        return cut ?? networks;
    }
}
