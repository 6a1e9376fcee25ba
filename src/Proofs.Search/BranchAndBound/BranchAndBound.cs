namespace Proofs.Search.BranchAndBound;

// Bounds nodes; one serves one thread, and what it says of a node depends on that node and on what the search knew when
// the batch began, and on nothing else.
internal interface IBounder<TNode>
    where TNode : class
{
    // Bounded nodes in the places of the parts; null where nothing of a part is left to look at.
    void Bound(ReadOnlySpan<TNode> parts, Span<TNode?> bounded);
}

// What a search is about: where it starts, how nodes are divided, what is learnt from bounded ones, and when it is
// done. All of it is called by one thread, in an order that does not depend on how many threads bound.
internal interface ISearchSpace<TNode>
    where TNode : class
{
    // What the whole is made of, in batches, to be bounded first.
    IEnumerable<TNode[]> Roots { get; }

    // How many nodes to take when so many are open.
    int BatchSize(int open);

    // Adds the parts of an open node, to be bounded; none where it is of no interest any more or settled as it is.
    void Divide(TNode node, List<TNode> parts);

    // Learns from a batch of bounded parts, and adds to the open nodes what has to be divided.
    void Merge(ReadOnlySpan<TNode> parts, ReadOnlySpan<TNode?> bounded);

    // Whether what was asked for is reached.
    bool IsDone();

    // The search stops before all roots were bounded: nothing is known of those that are left.
    void LeaveRoots();

    // Tells whoever wants to know how far the search is; before all roots are bounded no bound holds for the whole.
    void Report(bool areRootsBounded);
}

// A space whose nodes and whose knowledge can be written down and read again.
internal interface IStoredSpace<TNode> : ISearchSpace<TNode>
    where TNode : class
{
    void Write(BinaryWriter output);

    void Read(BinaryReader input);
}

// Branch and bound: takes a batch of open nodes, bounds their parts on some threads, and merges what was found in
// order. So the result depends on no clock and on no number of threads; limits are looked at between two batches.
internal sealed class BranchAndBound<TNode>(
    ISearchSpace<TNode> space, IOpenNodes<TNode> open, IWorkers<IBounder<TNode>> workers, Limits.Meter meter)
    where TNode : class
{
    private int _rootBatches; // merged
    private bool _areRootsBounded;

    // Parts that a bounder is given at a time.
    public int Lanes { get; init; } = 1;

    // Whether a batch is given up when time is over amid it: for spaces where a batch takes long, and where nothing is
    // worth keeping of a search that does not end. The nodes of such a batch are lost, so the search may not go on.
    public bool MayDropBatch { get; init; }

    // Goes on where it stopped before, or begins.
    public Ending Run()
    {
        if (!_areRootsBounded)
        {
            foreach (var batch in space.Roots.Skip(_rootBatches))
            {
                if (_rootBatches > 0 && meter.Interruption is { } interruption)
                {
                    space.LeaveRoots();
                    return interruption;
                }

                if (!Work(batch))
                {
                    return meter.Interruption!.Value;
                }

                _rootBatches++;
                space.Report(areRootsBounded: false);
            }

            _areRootsBounded = true;
        }

        List<TNode> parts = [];
        while (true)
        {
            if (space.IsDone())
            {
                return Ending.TargetReached;
            }

            if (open.Count == 0)
            {
                return Ending.Exhausted;
            }

            if (meter.Spent is { } limit)
            {
                return limit;
            }

            parts.Clear();
            int count = Math.Min(space.BatchSize(open.Count), open.Count);
            for (int i = 0; i < count; i++)
            {
                space.Divide(open.Take(), parts);
            }

            meter.CountSteps(count);
            if (!Work([.. parts]))
            {
                return meter.Interruption!.Value;
            }

            space.Report(areRootsBounded: true);
        }
    }

    // All that the search needs to go on elsewhere, and give what it would have given here.
    public void Write(BinaryWriter output)
    {
        output.Write(_rootBatches);
        output.Write(_areRootsBounded);
        output.Write(meter.Boxes);
        output.Write(meter.Steps);
        Stored.Write(output);
    }

    public void Read(BinaryReader input)
    {
        (_rootBatches, _areRootsBounded) = (input.ReadInt32(), input.ReadBoolean());
        meter.CountBoxes(input.ReadInt64() - meter.Boxes);
        meter.CountSteps(input.ReadInt64() - meter.Steps);
        Stored.Read(input);
    }

    private IStoredSpace<TNode> Stored => space as IStoredSpace<TNode>
        ?? throw new InvalidOperationException($"nodes of {space.GetType().Name} cannot be written down");

    // Whether the batch was bounded, and not given up.
    private bool Work(TNode[] parts)
    {
        var bounded = new TNode?[parts.Length];
        bool isDropped = false;
        workers.ForEach((parts.Length + Lanes - 1) / Lanes, (group, bounder) =>
        {
            if (MayDropBatch && meter.Interruption is not null)
            {
                isDropped = true;
                return;
            }

            int start = group * Lanes, count = Math.Min(Lanes, parts.Length - start);
            bounder.Bound(parts.AsSpan(start, count), bounded.AsSpan(start, count));
        });
        if (isDropped)
        {
            return false;
        }

        meter.CountBoxes(parts.Length);
        space.Merge(parts, bounded);
        return true;
    }
}
