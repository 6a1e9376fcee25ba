namespace Proofs.Search.BranchAndBound;

// What a search halved, and along which input: what a certificate of its result begins with. Node n is a root, or a
// half; the halves of a node stand side by side, the lower one first.
internal sealed class HalvingTree
{
    private readonly List<Node> _nodes;

    public HalvingTree(int roots) => _nodes = [.. Enumerable.Repeat(Node.Leaf, roots)];

    public Node this[int node] => _nodes[node];

    // The number of the lower half; the bound is the node's own, which was too large.
    public int Halve(int node, int side, double bound)
    {
        int child = _nodes.Count;
        _nodes[node] = new(child, side, bound);
        _nodes.Add(Node.Leaf);
        _nodes.Add(Node.Leaf);
        return child;
    }

    public void Write(BinaryWriter output)
    {
        output.Write(_nodes.Count);
        foreach (var node in _nodes)
        {
            output.Write(node.Child);
            output.Write(node.Side);
            output.Write(node.Bound);
        }
    }

    public void Read(BinaryReader input)
    {
        _nodes.Clear();
        for (int left = input.ReadInt32(); left > 0; left--)
        {
            _nodes.Add(new(input.ReadInt32(), input.ReadInt32(), input.ReadDouble()));
        }
    }

    internal readonly record struct Node(int Child, int Side, double Bound)
    {
        public static Node Leaf => new(-1, -1, 0);

        public bool IsLeaf => Child < 0;
    }
}
