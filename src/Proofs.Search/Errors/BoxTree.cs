using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Numeric.Rounding;
using Proofs.Search.Relaxations;

namespace Proofs.Search.Errors;

// Boxes in a binary tree, each node with a box around its part: what lies near a box is found without a look at the
// rest.
// Nodes are halved by number along the longest side of their box, so the tree depends on the boxes alone.
// Cost: N log² N steps to build.
internal sealed class BoxTree
{
    private const int LeafSize = 8;

    private readonly int _d;
    private readonly double[] _low; // of the boxes, rounded outward
    private readonly double[] _high;
    private readonly List<Node> _nodes = [];
    private readonly int[] _order;

    private BoxTree(int dimension, double[] low, double[] high)
    {
        (_d, _low, _high) = (dimension, low, high);
        int count = dimension == 0 ? 0 : low.Length / dimension;
        _order = [.. Enumerable.Range(0, count)];
        if (count > 0)
        {
            _ = Build(0, count, new double[count]);
        }
    }

    /// <summary>The numbers of the boxes: those of a node stand together.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>The node of all boxes, which is the first.</summary>
    public Node Root => _nodes[0];

    // Boxes Order[First] … Order[First + Count − 1] lie in [Low, High]; Left and Right are numbers of nodes, or −1.
    public sealed record Node(int First, int Count, double[] Low, double[] High)
    {
        public int Left { get; set; } = -1;

        public int Right { get; set; } = -1;

        public bool IsLeaf => Left < 0;
    }

    public static BoxTree Of(IReadOnlyList<Box> boxes)
    {
        int d = boxes.Count == 0 ? 0 : boxes[0].Dimension;
        double[] low = new double[boxes.Count * d], high = new double[boxes.Count * d];
        for (int i = 0; i < boxes.Count; i++)
        {
            for (int j = 0; j < d; j++)
            {
                (low[(i * d) + j], high[(i * d) + j]) =
                    (Binary64.RoundDown(boxes[i].Lower[j]), Binary64.RoundUp(boxes[i].Upper[j]));
            }
        }

        return new BoxTree(d, low, high);
    }

    public static BoxTree Of(ImmutableArray<Domain> domains)
    {
        int d = domains.IsEmpty ? 0 : domains[0].Lower.Length;
        double[] low = new double[domains.Length * d], high = new double[domains.Length * d];
        for (int i = 0; i < domains.Length; i++)
        {
            domains[i].Outer.Low.CopyTo(low, i * d);
            domains[i].Outer.High.CopyTo(high, i * d);
        }

        return new BoxTree(d, low, high);
    }

    public Node At(int number) => _nodes[number];

    /// <summary>
    /// The numbers below <paramref name="before"/> of boxes that may meet box number <paramref name="box"/>,
    /// increasing.
    /// </summary>
    public List<int> Meeting(int box, int before)
    {
        List<int> found = [];
        Search(0);
        found.Sort();
        return found;

        void Search(int number)
        {
            var node = _nodes[number];
            if (Apart(node.Low, node.High, 0))
            {
                return;
            }

            if (node.IsLeaf)
            {
                for (int i = node.First; i < node.First + node.Count; i++)
                {
                    if (_order[i] < before && !Apart(_low, _high, _order[i] * _d))
                    {
                        found.Add(_order[i]);
                    }
                }

                return;
            }

            Search(node.Left);
            Search(node.Right);
        }

        bool Apart(double[] low, double[] high, int at)
        {
            for (int j = 0; j < _d; j++)
            {
                if (low[at + j] > _high[(box * _d) + j] || high[at + j] < _low[(box * _d) + j])
                {
                    return true;
                }
            }

            return false;
        }
    }

    private int Build(int first, int count, double[] keys)
    {
        double[] low = new double[_d], high = new double[_d];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        for (int i = first; i < first + count; i++)
        {
            for (int j = 0; j < _d; j++)
            {
                low[j] = Math.Min(low[j], _low[(_order[i] * _d) + j]);
                high[j] = Math.Max(high[j], _high[(_order[i] * _d) + j]);
            }
        }

        int number = _nodes.Count;
        var node = new Node(first, count, low, high);
        _nodes.Add(node);
        if (count > LeafSize)
        {
            int longest = 0;
            for (int j = 1; j < _d; j++)
            {
                longest = high[j] - low[j] > high[longest] - low[longest] ? j : longest;
            }

            for (int i = first; i < first + count; i++)
            {
                keys[i] = (_low[(_order[i] * _d) + longest] / 2) + (_high[(_order[i] * _d) + longest] / 2);
            }

            Array.Sort(keys, _order, first, count);
            node.Left = Build(first, count / 2, keys);
            node.Right = Build(first + (count / 2), count - (count / 2), keys);
        }

        return number;
    }
}
