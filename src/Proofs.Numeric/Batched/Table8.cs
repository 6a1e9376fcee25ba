using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Proofs.Numeric.Batched;

// Tables held in registers and read by permutations, which cost less than eight loads.
internal static class Table8
{
    // Entry index mod 16 of the first 16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of16(double[] table, Vector512<long> index)
    {
        ref double t = ref MemoryMarshal.GetArrayDataReference(table);
        return Avx512F.PermuteVar8x64x2(Vector512.LoadUnsafe(ref t), index, Vector512.LoadUnsafe(ref t, 8));
    }

    // Entry index mod 32 of the first 32; upper says where the index is 16 to 31.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of32(double[] table, Vector512<long> index, Vector512<double> upper)
    {
        ref double t = ref MemoryMarshal.GetArrayDataReference(table);
        var first = Avx512F.PermuteVar8x64x2(Vector512.LoadUnsafe(ref t), index, Vector512.LoadUnsafe(ref t, 8));
        var second = Avx512F.PermuteVar8x64x2(Vector512.LoadUnsafe(ref t, 16), index, Vector512.LoadUnsafe(ref t, 24));
        return Vector512.ConditionalSelect(upper, second, first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Upper(Vector512<long> index) =>
        Vector512.Equals(index & Vector512.Create(16L), Vector512.Create(16L)).AsDouble();
}
