using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Proofs.Search.Properties;

// out(t, j) = Σ_i in(t, i) w(i, j) for eight boxes side by side: entry (t, i) is a vector of eight numbers, one a box,
// and each weight is broadcast once for two rows. Rounded to nearest, the same bits on every processor; the callers add
// the error.
internal static class BackwardKernel
{
    public const int Lanes = 8;
    public const int Block = 8; // weights of a row, so the columns are padded to a multiple

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        double[] rows, double[] weights, double[] results, int count, int inner, int columns, int stride)
    {
        ref double a = ref MemoryMarshal.GetArrayDataReference(rows);
        ref double w = ref MemoryMarshal.GetArrayDataReference(weights);
        ref double c = ref MemoryMarshal.GetArrayDataReference(results);
        for (int t = 0; t < count; t += 2)
        {
            // an odd last row is computed twice
            int second = t + 1 < count ? stride * Lanes : 0;
            ref double a0 = ref Unsafe.Add(ref a, t * stride * Lanes);
            ref double c0 = ref Unsafe.Add(ref c, t * stride * Lanes);
            for (int j = 0; j < columns; j += Block)
            {
                TwoRows(ref a0, second, ref Unsafe.Add(ref w, j), columns, inner, ref Unsafe.Add(ref c0, j * Lanes));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoRows(ref double a, nint second, ref double w, nint columns, int inner, ref double c)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default,
            s6 = default, s7 = default;
        Vector512<double> t0 = default, t1 = default, t2 = default, t3 = default, t4 = default, t5 = default,
            t6 = default, t7 = default;
        for (int i = 0; i < inner; i++)
        {
            var x = Vector512.LoadUnsafe(ref a);
            var y = Vector512.LoadUnsafe(ref Unsafe.Add(ref a, second));
            var v = Vector512.Create(w);
            s0 = Vector512.FusedMultiplyAdd(v, x, s0);
            t0 = Vector512.FusedMultiplyAdd(v, y, t0);
            v = Vector512.Create(Unsafe.Add(ref w, 1));
            s1 = Vector512.FusedMultiplyAdd(v, x, s1);
            t1 = Vector512.FusedMultiplyAdd(v, y, t1);
            v = Vector512.Create(Unsafe.Add(ref w, 2));
            s2 = Vector512.FusedMultiplyAdd(v, x, s2);
            t2 = Vector512.FusedMultiplyAdd(v, y, t2);
            v = Vector512.Create(Unsafe.Add(ref w, 3));
            s3 = Vector512.FusedMultiplyAdd(v, x, s3);
            t3 = Vector512.FusedMultiplyAdd(v, y, t3);
            v = Vector512.Create(Unsafe.Add(ref w, 4));
            s4 = Vector512.FusedMultiplyAdd(v, x, s4);
            t4 = Vector512.FusedMultiplyAdd(v, y, t4);
            v = Vector512.Create(Unsafe.Add(ref w, 5));
            s5 = Vector512.FusedMultiplyAdd(v, x, s5);
            t5 = Vector512.FusedMultiplyAdd(v, y, t5);
            v = Vector512.Create(Unsafe.Add(ref w, 6));
            s6 = Vector512.FusedMultiplyAdd(v, x, s6);
            t6 = Vector512.FusedMultiplyAdd(v, y, t6);
            v = Vector512.Create(Unsafe.Add(ref w, 7));
            s7 = Vector512.FusedMultiplyAdd(v, x, s7);
            t7 = Vector512.FusedMultiplyAdd(v, y, t7);
            a = ref Unsafe.Add(ref a, Lanes);
            w = ref Unsafe.Add(ref w, columns);
        }

        s0.StoreUnsafe(ref c);
        s1.StoreUnsafe(ref c, 8);
        s2.StoreUnsafe(ref c, 16);
        s3.StoreUnsafe(ref c, 24);
        s4.StoreUnsafe(ref c, 32);
        s5.StoreUnsafe(ref c, 40);
        s6.StoreUnsafe(ref c, 48);
        s7.StoreUnsafe(ref c, 56);
        if (second == 0)
        {
            return;
        }

        c = ref Unsafe.Add(ref c, second);
        t0.StoreUnsafe(ref c);
        t1.StoreUnsafe(ref c, 8);
        t2.StoreUnsafe(ref c, 16);
        t3.StoreUnsafe(ref c, 24);
        t4.StoreUnsafe(ref c, 32);
        t5.StoreUnsafe(ref c, 40);
        t6.StoreUnsafe(ref c, 48);
        t7.StoreUnsafe(ref c, 56);
    }
}
