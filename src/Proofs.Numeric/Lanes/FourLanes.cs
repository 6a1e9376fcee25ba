using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Proofs.Numeric.Lanes;

// Four numbers: AVX2 with FMA.
internal readonly struct FourLanes(Vector256<double> value) : ILanes<FourLanes>
{
    private readonly Vector256<double> value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Load(ref double from, int at) => new(Vector256.LoadUnsafe(ref from, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Create(double x) => new(Vector256.Create(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator +(FourLanes a, FourLanes b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator -(FourLanes a, FourLanes b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator *(FourLanes a, FourLanes b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator /(FourLanes a, FourLanes b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator &(FourLanes a, FourLanes b) => new(a.value & b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator |(FourLanes a, FourLanes b) => new(a.value | b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator ^(FourLanes a, FourLanes b) => new(a.value ^ b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator -(FourLanes a) => new(-a.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Fused(FourLanes a, FourLanes b, FourLanes c) =>
        new(Vector256.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Abs(FourLanes a) => new(Vector256.Abs(a.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Min(FourLanes a, FourLanes b) => new(Vector256.MinNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Max(FourLanes a, FourLanes b) => new(Vector256.MaxNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Less(FourLanes a, FourLanes b) => new(Vector256.LessThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Equal(FourLanes a, FourLanes b) => new(Vector256.Equals(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Select(FourLanes mask, FourLanes a, FourLanes b) =>
        new(Vector256.ConditionalSelect(mask.value, a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(FourLanes mask) => mask.value.AsInt64() == Vector256<long>.AllBitsSet;

    // The bits of a negative number grow towards -infinity, those of a positive one towards +infinity: steps of +1 and
    // -1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Below(FourLanes a, FourLanes mask) =>
        new((a.value.AsInt64() - (Direction(a) & mask.value.AsInt64())).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Above(FourLanes a, FourLanes mask) =>
        new((a.value.AsInt64() + (Direction(a) & mask.value.AsInt64())).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref double to, int at) => value.StoreUnsafe(ref to, (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Direction(FourLanes a) =>
        Vector256.LessThan(a.value, Vector256<double>.Zero).AsInt64() | Vector256<long>.One;
}
