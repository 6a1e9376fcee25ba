namespace Proofs.Search.Properties;

// Whether to divide a box at a coordinate or by the sign of a unit. Signs pay where few units have both; how few
// depends on the network. So of nodes with about as many such units (half an octave) the first are divided in both
// ways, and one in so many later:
// the kind of division whose children came nearer to being excluded is taken.
internal sealed class SplitChoice
{
    private const int First = 8;
    private const int Again = 32;

    private readonly Dictionary<int, Record> _records = [];

    /// <summary>The divisions to try: one, or both.</summary>
    public PhaseSplit[] Of(OpenBox box)
    {
        if (box.Side.Dimension < 0 || box.Sign.Layer < 0)
        {
            return [box.Sign.Layer >= 0 ? box.Sign : box.Side];
        }

        var record = _records.GetValueOrDefault(Key(box));
        _records[Key(box)] = record with { Nodes = record.Nodes + 1 };
        return record.Trials < First || record.Nodes % Again == 0 ? [box.Side, box.Sign]
            : record.Sign > record.Side ? [box.Sign]
            : [box.Side];
    }

    /// <summary>Which of the divisions tried is better, and remembers it.</summary>
    public int Better(OpenBox box, IReadOnlyList<ArraySegment<BoxOutcome>> outcomes)
    {
        if (outcomes.Count < 2)
        {
            return 0;
        }

        double side = Progress(box, outcomes[0]), sign = Progress(box, outcomes[1]);
        var record = _records[Key(box)];
        record = record with { Side = record.Side + side, Sign = record.Sign + sign, Trials = record.Trials + 1 };
        _records[Key(box)] = record;
        return record.Sign > record.Side ? 1 : 0; // one node says little: a sign that does not pay doubles all below
    }

    private static int Key(OpenBox box) => System.Numerics.BitOperations.Log2((uint)(box.Unstable * box.Unstable) + 1);

    // Which part of what the bound lacked the children have gained, summed; 1 where a child is excluded.
    private static double Progress(OpenBox box, IEnumerable<BoxOutcome> outcomes) => outcomes.Sum(o =>
    {
        double gained = o.Excluded ? 1 : 1 - (o.Score / box.Score);
        return gained > 0 ? Math.Min(gained, 1) : 0;
    });

    private readonly record struct Record(double Side, double Sign, int Trials, long Nodes);
}
