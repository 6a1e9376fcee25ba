using Proofs.Constructions.Formats.Points;

namespace Proofs.Checks.Dimension;

// A tree over points of few coordinates: a node halves its points across their widest coordinate.
internal sealed class PointTree
{
    private const int LeafPoints = 16;

    private readonly int _dimension;
    private readonly int[] _order; // the points of a node are _order[first .. last)
    private readonly double[] _values; // in this order
    private readonly int[] _axes; // by node; the children of node i are 2i + 1 and 2i + 2
    private readonly double[] _splits;

    public PointTree(PointCloud cloud)
    {
        _dimension = cloud.Dimension;
        _order = [.. Enumerable.Range(0, cloud.Count)];
        int nodes = 1;
        for (int size = cloud.Count; size > LeafPoints; size = (size + 1) / 2)
        {
            nodes = (2 * nodes) + 1;
        }

        (_axes, _splits) = (new int[nodes], new double[nodes]);
        double[] keys = new double[cloud.Count];
        Split(cloud, keys, 0, 0, cloud.Count);
        _values = cloud.Select(_order).Values.ToArray();
    }

    /// <summary>The numbers of the k nearest points, the nearest first and of equally near ones the first.</summary>
    public int[] Nearest(ReadOnlySpan<double> x, int k)
    {
        var found = new Found(Math.Min(k, _order.Length));
        Search(x, found, 0, 0, _order.Length);
        return found.InOrder();
    }

    private void Split(PointCloud cloud, double[] keys, int node, int first, int last)
    {
        if (last - first <= LeafPoints)
        {
            return;
        }

        double widest = -1;
        for (int d = 0; d < _dimension; d++)
        {
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int i = first; i < last; i++)
            {
                double v = cloud[_order[i]][d];
                (low, high) = (Math.Min(low, v), Math.Max(high, v));
            }

            (widest, _axes[node]) = high - low > widest ? (high - low, d) : (widest, _axes[node]);
        }

        for (int i = first; i < last; i++)
        {
            keys[i] = cloud[_order[i]][_axes[node]];
        }

        Array.Sort(keys, _order, first, last - first);
        int middle = (first + last) / 2;
        _splits[node] = keys[middle];
        Split(cloud, keys, (2 * node) + 1, first, middle);
        Split(cloud, keys, (2 * node) + 2, middle, last);
    }

    private void Search(ReadOnlySpan<double> x, Found found, int node, int first, int last)
    {
        if (last - first <= LeafPoints)
        {
            for (int i = first; i < last; i++)
            {
                double square = 0;
                for (int d = 0; d < _dimension; d++)
                {
                    double t = _values[(i * _dimension) + d] - x[d];
                    square += t * t;
                }

                found.Offer(square, _order[i]);
            }

            return;
        }

        // points left of the middle lie at or below the split, the others at or above it
        int middle = (first + last) / 2;
        double across = x[_axes[node]] - _splits[node];
        if (across < 0)
        {
            Search(x, found, (2 * node) + 1, first, middle);
        }

        if (across >= 0 || across * across <= found.Farthest)
        {
            Search(x, found, (2 * node) + 2, middle, last);
        }

        if (across >= 0 && across * across <= found.Farthest)
        {
            Search(x, found, (2 * node) + 1, first, middle);
        }
    }

    // The nearest points so far, in a heap with the farthest at its top.
    private sealed class Found(int k)
    {
        private readonly (double Square, int Point)[] _heap = new (double, int)[k];
        private int _count;

        public double Farthest => _count < k ? double.PositiveInfinity : _heap[0].Square;

        public int[] InOrder()
        {
            Array.Sort(_heap);
            return [.. _heap.Select(h => h.Point)];
        }

        public void Offer(double square, int point)
        {
            if (_count < k)
            {
                int at = _count++;
                for (; at > 0 && _heap[(at - 1) / 2].CompareTo((square, point)) < 0; at = (at - 1) / 2)
                {
                    _heap[at] = _heap[(at - 1) / 2];
                }

                _heap[at] = (square, point);
            }
            else if (square < _heap[0].Square || (square == _heap[0].Square && point < _heap[0].Point))
            {
                int at = 0;
                while (true)
                {
                    int child = (2 * at) + 1;
                    child += child + 1 < k && _heap[child + 1].CompareTo(_heap[child]) > 0 ? 1 : 0;
                    if (child >= k || _heap[child].CompareTo((square, point)) <= 0)
                    {
                        break;
                    }

                    _heap[at] = _heap[child];
                    at = child;
                }

                _heap[at] = (square, point);
            }
        }
    }
}
