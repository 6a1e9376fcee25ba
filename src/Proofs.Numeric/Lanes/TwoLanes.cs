using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Proofs.Numeric.Lanes;

// Two numbers: AdvSimd on Arm64, and SSE with FMA.
internal readonly struct TwoLanes(Vector128<double> value) : ILanes<TwoLanes>
{
    private readonly Vector128<double> value = value;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Load(ref double from, int at) => new(Vector128.LoadUnsafe(ref from, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Create(double x) => new(Vector128.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator +(TwoLanes a, TwoLanes b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator -(TwoLanes a, TwoLanes b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator *(TwoLanes a, TwoLanes b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator /(TwoLanes a, TwoLanes b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator &(TwoLanes a, TwoLanes b) => new(a.value & b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator |(TwoLanes a, TwoLanes b) => new(a.value | b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator ^(TwoLanes a, TwoLanes b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes operator -(TwoLanes a) => new(-a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Fused(TwoLanes a, TwoLanes b, TwoLanes c) =>
        new(Vector128.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Abs(TwoLanes a) => new(Vector128.Abs(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Min(TwoLanes a, TwoLanes b) => new(Vector128.MinNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Max(TwoLanes a, TwoLanes b) => new(Vector128.MaxNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Less(TwoLanes a, TwoLanes b) => new(Vector128.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Equal(TwoLanes a, TwoLanes b) => new(Vector128.Equals(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Select(TwoLanes mask, TwoLanes a, TwoLanes b) =>
        new(Vector128.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(TwoLanes mask) => mask.value.AsInt64() == Vector128<long>.AllBitsSet;

    // The bits of a negative number grow towards -infinity, those of a positive one towards +infinity: steps of +1 and
    // -1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Below(TwoLanes a, TwoLanes mask) =>
        new((a.value.AsInt64() - (Direction(a) & mask.value.AsInt64())).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoLanes Above(TwoLanes a, TwoLanes mask) =>
        new((a.value.AsInt64() + (Direction(a) & mask.value.AsInt64())).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double to, int at) => value.StoreUnsafe(ref to, (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Direction(TwoLanes a) =>
        Vector128.LessThan(a.value, Vector128<double>.Zero).AsInt64() | Vector128<long>.One;
}
