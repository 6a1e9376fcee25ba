using Proofs.Numeric.Lanes;

namespace Proofs.Numeric.Tests.Batched;

// One lane with a fault that the tests of the paths must notice.
internal readonly struct FaultyLane(OneLane lane) : ILanes<FaultyLane>
{
    public static readonly string[] Faults =
    [
        "no step down", "no step up", "steps exchanged", "every lane valid", "fused product rounded twice",
        "comparison not strict",
        "minimum and maximum exchanged",
    ];

    private readonly OneLane lane = lane;

    [field: ThreadStatic]
    public static string? Fault { get; set; }

    public static int Count => 1;

    public static FaultyLane Load(ref double from, int at) => new(OneLane.Load(ref from, at));

    public static FaultyLane Create(double x) => new(OneLane.Create(x));

    public static FaultyLane operator +(FaultyLane a, FaultyLane b) => new(a.lane + b.lane);

    public static FaultyLane operator -(FaultyLane a, FaultyLane b) => new(a.lane - b.lane);

    public static FaultyLane operator -(FaultyLane a) => new(-a.lane);

    public static FaultyLane operator *(FaultyLane a, FaultyLane b) => new(a.lane * b.lane);

    public static FaultyLane operator /(FaultyLane a, FaultyLane b) => new(a.lane / b.lane);

    public static FaultyLane operator &(FaultyLane a, FaultyLane b) => new(a.lane & b.lane);

    public static FaultyLane operator |(FaultyLane a, FaultyLane b) => new(a.lane | b.lane);

    public static FaultyLane operator ^(FaultyLane a, FaultyLane b) => new(a.lane ^ b.lane);

    public static FaultyLane Fused(FaultyLane a, FaultyLane b, FaultyLane c) =>
        new(Fault == "fused product rounded twice"
            ? (a.lane * b.lane) + c.lane
            : OneLane.Fused(a.lane, b.lane, c.lane));

    public static FaultyLane Abs(FaultyLane a) => new(OneLane.Abs(a.lane));

    public static FaultyLane Min(FaultyLane a, FaultyLane b) =>
        new(Fault == "minimum and maximum exchanged" ? OneLane.Max(a.lane, b.lane) : OneLane.Min(a.lane, b.lane));

    public static FaultyLane Max(FaultyLane a, FaultyLane b) =>
        new(Fault == "minimum and maximum exchanged" ? OneLane.Min(a.lane, b.lane) : OneLane.Max(a.lane, b.lane));

    public static FaultyLane Less(FaultyLane a, FaultyLane b) =>
        new(Fault == "comparison not strict"
            ? OneLane.Less(a.lane, b.lane) | OneLane.Equal(a.lane, b.lane)
            : OneLane.Less(a.lane, b.lane));

    public static FaultyLane Equal(FaultyLane a, FaultyLane b) => new(OneLane.Equal(a.lane, b.lane));

    public static FaultyLane Select(FaultyLane mask, FaultyLane a, FaultyLane b) =>
        new(OneLane.Select(mask.lane, a.lane, b.lane));

    public static bool All(FaultyLane mask) => Fault == "every lane valid" || OneLane.All(mask.lane);

    public static FaultyLane Below(FaultyLane a, FaultyLane mask) => new(Fault switch
    {
        "no step down" => a.lane,
        "steps exchanged" => OneLane.Above(a.lane, mask.lane),
        _ => OneLane.Below(a.lane, mask.lane),
    });

    public static FaultyLane Above(FaultyLane a, FaultyLane mask) => new(Fault switch
    {
        "no step up" => a.lane,
        "steps exchanged" => OneLane.Below(a.lane, mask.lane),
        _ => OneLane.Above(a.lane, mask.lane),
    });

    public void Store(ref double to, int at) => lane.Store(ref to, at);
}
