namespace Proofs.Search.BranchAndBound;

// The nodes still to be divided, in the order in which they are taken.
internal interface IOpenNodes<TNode>
{
    int Count { get; }

    void Add(TNode node);

    TNode Take();
}

// The node of the least key first; of one key, in the order in which they came.
internal sealed class BestFirst<TNode, TKey>(Func<TNode, TKey> key) : IOpenNodes<TNode>
    where TNode : class
{
    private readonly PriorityQueue<TNode, (TKey, long)> _queue = new();
    private long _number;

    public int Count => _queue.Count;

    // The node that is taken next; null where there is none.
    public TNode? Top => _queue.TryPeek(out var node, out _) ? node : null;

    // In an order of their own, which depends only on what was added and taken.
    public IEnumerable<TNode> Nodes => _queue.UnorderedItems.Select(item => item.Element);

    public void Add(TNode node) => _queue.Enqueue(node, (key(node), _number++));

    public TNode Take() => _queue.Dequeue();

    public void Write(BinaryWriter output, Action<TNode> write)
    {
        output.Write(_number);
        output.Write(_queue.Count);
        foreach (var (node, (_, number)) in _queue.UnorderedItems)
        {
            output.Write(number);
            write(node);
        }
    }

    // What was written, in the same order inside too: the nodes of a heap, added as they stand in it, make up the same
    // heap.
    public void Read(BinaryReader input, Func<TNode> read)
    {
        _queue.Clear();
        _number = input.ReadInt64();
        for (int left = input.ReadInt32(); left > 0; left--)
        {
            long number = input.ReadInt64();
            var node = read();
            _queue.Enqueue(node, (key(node), number));
        }
    }
}
