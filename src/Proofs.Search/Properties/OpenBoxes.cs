using Proofs.Search.BranchAndBound;

namespace Proofs.Search.Properties;

// The open boxes of a search in two orders: by bound, which proves, and by the best point seen, which refutes. Boxes
// are taken from both in turn; of one key they come out in the order in which they went in.
internal sealed class OpenBoxes : IOpenNodes<OpenBox>
{
    private readonly PriorityQueue<Entry, (double Key, long Number)> _byBound = new();
    private readonly PriorityQueue<Entry, (double Key, long Number)> _byPoint = new();
    private long _number;
    private bool _turn;

    public int Count { get; private set; }

    public static double Middle(double a, double b) => (a * 0.5) + (b * 0.5);

    public void Add(OpenBox box)
    {
        var entry = new Entry(box);
        _byBound.Enqueue(entry, (box.Score, _number));
        _byPoint.Enqueue(entry, (box.PointValue, _number++));
        Count++;
    }

    public OpenBox Take()
    {
        _turn = !_turn;
        var queue = _turn ? _byBound : _byPoint;
        Entry entry;
        do
        {
            entry = queue.Dequeue();
        }
        while (entry.IsTaken);
        entry.IsTaken = true;
        Count--;
        return entry.Box;
    }

    private sealed class Entry(OpenBox box)
    {
        public OpenBox Box { get; } = box;

        public bool IsTaken { get; set; }
    }
}
