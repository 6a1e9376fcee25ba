namespace Proofs.Search.Properties;

// The tree of boxes of one query: node n is divided at At of coordinate Dimension into the nodes Child (below) and
// Child + 1, or is a leaf, Child = −1, with one row for each case that excludes the case there (~row for an input row),
// or without rows where a walk of the linear regions excludes all.
internal sealed class SplitTree(PropertyQuery query)
{
    private readonly List<Node> _nodes = [new Node(-1, 0, -1, [])];

    public PropertyQuery Query { get; } = query;

    public int Count => _nodes.Count;

    public Node this[int node] => _nodes[node];

    public int Divide(int node, int dimension, double at)
    {
        int child = _nodes.Count;
        _nodes[node] = new Node(dimension, at, child, []);
        _nodes.Add(new Node(-1, 0, -1, []));
        _nodes.Add(new Node(-1, 0, -1, []));
        return child;
    }

    public int DividePhase(int node, int layer, int unit)
    {
        int child = Divide(node, unit, 0);
        _nodes[node] = _nodes[node] with { Layer = layer };
        return child;
    }

    public void Close(int node, int[] rows) => _nodes[node] = new Node(-1, 0, -1, rows);

    public readonly record struct Node(int Dimension, double At, int Child, int[] Rows)
    {
        /// <summary>
        /// The layer of the unit that the node is divided by; −1 where it is divided at a coordinate.
        /// </summary>
        public int Layer { get; init; } = -1;
    }
}
