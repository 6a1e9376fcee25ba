using Proofs.Search.BranchAndBound;

namespace Proofs.Search.Tests.BranchAndBound;

/// <summary>The largest entry of a table whose neighbours differ by at most a known step: a search whose answer can be
/// looked up.</summary>
internal sealed class TableSpace : IStoredSpace<TableSpace.Range>
{
    private const int RootsInBatch = 3;

    private readonly int[] _table;
    private readonly int _step;
    private readonly int _roots;

    public TableSpace(int[] table, int roots = 1)
    {
        (_table, _roots) = (table, roots);
        _step = table.Zip(table.Skip(1), (a, b) => Math.Abs(a - b)).DefaultIfEmpty(0).Max();
        Open = new(range => -range.Upper);
    }

    public BestFirst<Range, int> Open { get; }

    public int Best { get; private set; } = int.MinValue;

    public bool HasRootsLeft { get; private set; }

    /// <summary>Whether the search stops at a bound that is attained; else it goes on until nothing is left.</summary>
    public bool HasTarget { get; init; } = true;

    /// <summary>What was merged, in order.</summary>
    public List<(int Low, int High, int Upper, int Best)> Trace { get; } = [];

    public Action? OnBound { get; init; }

    public IEnumerable<Range[]> Roots => Enumerable.Range(0, _roots)
        .Select(k => new Range(_table.Length * k / _roots, _table.Length * (k + 1) / _roots, int.MaxValue))
        .Where(r => r.Low < r.High).Chunk(RootsInBatch);

    public static int[] Random(int seed, int length)
    {
        var random = new Random(seed);
        int[] table = new int[length];
        for (int i = 1; i < length; i++)
        {
            table[i] = table[i - 1] + random.Next(-3, 4);
        }

        return table;
    }

    public BranchAndBound<Range> Search(int jobs, Limits.Meter meter, bool mayDrop = false, int lanes = 1) =>
        new(this, Open, new Workers<Bounder>(jobs, () => new(this)), meter) { MayDropBatch = mayDrop, Lanes = lanes };

    public int BatchSize(int open) => Math.Clamp(open / 2, 1, 8);

    public void Divide(Range node, List<Range> parts)
    {
        if (node.Upper > Best && node.High - node.Low > 1)
        {
            int middle = (node.Low + node.High) / 2;
            parts.Add(new(node.Low, middle, int.MaxValue));
            parts.Add(new(middle, node.High, int.MaxValue));
        }
    }

    public void Merge(ReadOnlySpan<Range> parts, ReadOnlySpan<Range?> bounded)
    {
        foreach (var range in bounded)
        {
            Best = Math.Max(Best, _table[range!.Low]);
            Trace.Add((range.Low, range.High, range.Upper, Best));
            if (range.Upper > Best)
            {
                Open.Add(range);
            }
        }
    }

    public bool IsDone() => HasTarget && Best > int.MinValue && (Open.Top?.Upper ?? Best) <= Best;

    public void LeaveRoots() => HasRootsLeft = true;

    public void Report(bool areRootsBounded)
    {
        // the trace says it all
    }

    public void Write(BinaryWriter output)
    {
        output.Write(Best);
        Open.Write(output, range =>
        {
            output.Write(range.Low);
            output.Write(range.High);
            output.Write(range.Upper);
        });
    }

    public void Read(BinaryReader input)
    {
        Best = input.ReadInt32();
        Open.Read(input, () => new Range(input.ReadInt32(), input.ReadInt32(), input.ReadInt32()));
    }

    internal sealed record Range(int Low, int High, int Upper);

    internal sealed class Bounder(TableSpace space) : IBounder<Range>
    {
        public void Bound(ReadOnlySpan<Range> parts, Span<Range?> bounded)
        {
            space.OnBound?.Invoke();
            for (int i = 0; i < parts.Length; i++)
            {
                var range = parts[i];
                int reach = space._step * (range.High - range.Low - 1);
                bounded[i] = range with { Upper = space._table[range.Low] + reach };
            }
        }
    }
}
