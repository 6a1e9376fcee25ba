namespace Proofs.Numeric.Lanes;

// One number: what remains where there are no vectors.
internal readonly struct OneLane(double value) : ILanes<OneLane>
{
    private readonly double value = value;

    public static int Count => 1;

    private long Bits => BitConverter.DoubleToInt64Bits(value);

    public static OneLane Load(ref double from, int at) =>
        new(System.Runtime.CompilerServices.Unsafe.Add(ref from, at));

    public static OneLane Create(double x) => new(x);

    public static OneLane operator +(OneLane a, OneLane b) => new(a.value + b.value);

    public static OneLane operator -(OneLane a, OneLane b) => new(a.value - b.value);

    public static OneLane operator *(OneLane a, OneLane b) => new(a.value * b.value);

    public static OneLane operator /(OneLane a, OneLane b) => new(a.value / b.value);

    public static OneLane operator &(OneLane a, OneLane b) => Of(a.Bits & b.Bits);

    public static OneLane operator |(OneLane a, OneLane b) => Of(a.Bits | b.Bits);

    public static OneLane operator ^(OneLane a, OneLane b) => Of(a.Bits ^ b.Bits);

    public static OneLane operator -(OneLane a) => new(-a.value);

    public static OneLane Fused(OneLane a, OneLane b, OneLane c) =>
        new(Math.FusedMultiplyAdd(a.value, b.value, c.value));

    public static OneLane Abs(OneLane a) => new(Math.Abs(a.value));

    public static OneLane Min(OneLane a, OneLane b) => new(Math.Min(a.value, b.value));

    public static OneLane Max(OneLane a, OneLane b) => new(Math.Max(a.value, b.value));

    public static OneLane Less(OneLane a, OneLane b) => Of(a.value < b.value ? -1 : 0);

    public static OneLane Equal(OneLane a, OneLane b) => Of(a.value == b.value ? -1 : 0);

    public static OneLane Select(OneLane mask, OneLane a, OneLane b) => mask.Bits != 0 ? a : b;

    public static bool All(OneLane mask) => mask.Bits != 0;

    public static OneLane Below(OneLane a, OneLane mask) => mask.Bits != 0 ? new(Math.BitDecrement(a.value)) : a;

    public static OneLane Above(OneLane a, OneLane mask) => mask.Bits != 0 ? new(Math.BitIncrement(a.value)) : a;

    public void Store(ref double to, int at) => System.Runtime.CompilerServices.Unsafe.Add(ref to, at) = value;

    private static OneLane Of(long bits) => new(BitConverter.Int64BitsToDouble(bits));
}
