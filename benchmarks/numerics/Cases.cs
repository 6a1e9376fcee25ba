using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Proofs.Numeric.Batched;
using Proofs.Numeric.Intervals;

namespace Proofs.Benchmarks.Numerics;

// Every case works on the same 512 intervals a, b, c (seed 1): a and c with bounds in [-2, 2] of both signs, b in [1,
// 3]. Arrays of bounds start at cache lines, nine lines apart modulo the page: what comes from where an array happens
// to lie (up to a factor of two for eight lanes at a time, for plain vectors too) is left out.
internal static class Cases
{
    private const int N = 512;
    private const int Line = 8;
    private static readonly double[] Store = GC.AllocateArray<double>((8 * (N + (9 * Line))) + Line, pinned: true);

    public static IEnumerable<(string Name, double Nanoseconds)> All()
    {
        var random = new Random(1);
        Memory<double> al = Column(0), ah = Column(1), bl = Column(2), bh = Column(3), cl = Column(4), ch = Column(5);
        Memory<double> rl = Column(6), rh = Column(7);
        Interval[] a = Fill(al, ah, -2, 2), b = Fill(bl, bh, 1, 3), c = Fill(cl, ch, -2, 2), r = new Interval[N];

        yield return (
            "plain add", Clock.Measure(N, () => PlainAdd(al.Span, bl.Span, rl.Span, ah.Span, bh.Span, rh.Span)));
        yield return (
            "plain mul", Clock.Measure(N, () => PlainMultiply(al.Span, bl.Span, rl.Span, ah.Span, bh.Span, rh.Span)));
        yield return (
            "plain div", Clock.Measure(N, () => PlainDivide(al.Span, bl.Span, rl.Span, ah.Span, bh.Span, rh.Span)));
        yield return (
            "plain fma",
            Clock.Measure(N, () => PlainFma(al.Span, bl.Span, cl.Span, rl.Span, ah.Span, bh.Span, ch.Span, rh.Span)));
        yield return (
            "batched add",
            Clock.Measure(N, () => IntervalKernels.Add(al.Span, ah.Span, bl.Span, bh.Span, rl.Span, rh.Span)));
        yield return (
            "batched mul",
            Clock.Measure(N, () => IntervalKernels.Multiply(al.Span, ah.Span, bl.Span, bh.Span, rl.Span, rh.Span)));
        yield return (
            "batched div",
            Clock.Measure(N, () => IntervalKernels.Divide(al.Span, ah.Span, bl.Span, bh.Span, rl.Span, rh.Span)));
        yield return (
            "batched fma",
            Clock.Measure(
                N, () => IntervalKernels.Fma(al.Span, ah.Span, bl.Span, bh.Span, cl.Span, ch.Span, rl.Span, rh.Span)));
        yield return ("batched exp", Clock.Measure(N, () => IntervalKernels.Exp(al.Span, ah.Span, rl.Span, rh.Span)));
        yield return ("batched log", Clock.Measure(N, () => IntervalKernels.Log(bl.Span, bh.Span, rl.Span, rh.Span)));
        yield return ("batched sin", Clock.Measure(N, () => IntervalKernels.Sin(al.Span, ah.Span, rl.Span, rh.Span)));
        yield return ("batched cos", Clock.Measure(N, () => IntervalKernels.Cos(al.Span, ah.Span, rl.Span, rh.Span)));
        yield return ("batched tan", Clock.Measure(N, () => IntervalKernels.Tan(al.Span, ah.Span, rl.Span, rh.Span)));
        yield return ("batched tanh", Clock.Measure(N, () => IntervalKernels.Tanh(al.Span, ah.Span, rl.Span, rh.Span)));
        yield return ("batched atan", Clock.Measure(N, () => IntervalKernels.Atan(al.Span, ah.Span, rl.Span, rh.Span)));
        yield return (
            "batched pow",
            Clock.Measure(N, () => IntervalKernels.Pow(bl.Span, bh.Span, cl.Span, ch.Span, rl.Span, rh.Span)));
        yield return (
            "batched cube", Clock.Measure(N, () => IntervalKernels.Pow(al.Span, ah.Span, 3, rl.Span, rh.Span)));
        double[] taylor = [1, 1, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320];
        yield return (
            "batched polynomial of degree 8",
            Clock.Measure(N, () => IntervalKernels.Polynomial(taylor, al.Span, ah.Span, rl.Span, rh.Span)));
        yield return ("batched sqrt", Clock.Measure(N, () => IntervalKernels.Sqrt(bl.Span, bh.Span, rl.Span, rh.Span)));
        yield return ("batched sqr", Clock.Measure(N, () => IntervalKernels.Sqr(al.Span, ah.Span, rl.Span, rh.Span)));
        yield return ("scalar add", Clock.Measure(N, () => ScalarAdd(a, b, r)));
        yield return ("scalar mul", Clock.Measure(N, () => ScalarMultiply(a, c, r)));
        yield return ("scalar div", Clock.Measure(N, () => ScalarDivide(a, b, r)));
        yield return ("scalar fma", Clock.Measure(N, () => ScalarFma(a, b, c, r)));
        yield return (
            "scalar exp", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Exp(a[i]); } }));
        yield return (
            "scalar log", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Log(b[i]); } }));
        yield return (
            "scalar sin", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Sin(a[i]); } }));
        yield return (
            "scalar cos", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Cos(a[i]); } }));
        yield return (
            "scalar tanh", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Tanh(a[i]); } }));
        yield return (
            "scalar atan", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Atan(a[i]); } }));
        yield return (
            "scalar pow", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Pow(b[i], c[i]); } }));
        foreach (int size in (int[])[64, 256, 512])
        {
            foreach (var result in Affine(size))
            {
                yield return result;
            }
        }

        Interval[] Fill(Memory<double> lower, Memory<double> upper, double from, double to)
        {
            Span<double> lows = lower.Span, highs = upper.Span;
            for (int i = 0; i < N; i++)
            {
                double x = from + (random.NextDouble() * (to - from)), y = from + (random.NextDouble() * (to - from));
                (lows[i], highs[i]) = (Math.Min(x, y), Math.Max(x, y));
            }

            return [.. lower.ToArray().Zip(upper.ToArray(), Interval.Between)];
        }
    }

    // Per box: the interval layer on eight boxes at once, the same product of a plain vector, and of sixteen plain
    // columns.
    private static IEnumerable<(string Name, double Nanoseconds)> Affine(int n)
    {
        var random = new Random(2);
        double[] w = [.. Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5)], bias = new double[n];
        double[] x = [.. Enumerable.Range(0, 16 * n).Select(_ => random.NextDouble())], y = new double[16 * n];
        for (int i = 0; i < 8 * n; i++)
        {
            int at = (i / 8 * 16) + (i % 8);
            x[at + 8] = x[at] + 0.1;
        }

        double[] v = [.. x.Take(n)], z = new double[n];
        yield return (
            $"affine+ReLU {n}, interval box",
            Clock.Measure(8, () => IntervalKernels.AffineBatch(n, n, w, bias, x, y, true)));
        double[] sparse = [.. x.Select((b, i) => i / 16 % 10 == 0 ? b : 0)];
        yield return (
            $"affine+ReLU {n}, interval box, nine of ten inputs 0",
            Clock.Measure(8, () => IntervalKernels.AffineBatch(n, n, w, bias, sparse, y, true)));
        yield return ($"affine+ReLU {n}, plain vector", Clock.Measure(1, () => PlainVector(n, w, v, z)));
        yield return (
            $"affine+ReLU {n}, two plain columns of sixteen", Clock.Measure(8, () => PlainColumns(n, w, x, y)));
    }

    private static void ScalarAdd(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b, Span<Interval> r)
    {
        a = a[..r.Length];
        b = b[..r.Length];
        for (int i = 0; i < r.Length; i++)
        {
            r[i] = a[i] + b[i];
        }
    }

    private static void ScalarMultiply(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b, Span<Interval> r)
    {
        a = a[..r.Length];
        b = b[..r.Length];
        for (int i = 0; i < r.Length; i++)
        {
            r[i] = a[i] * b[i];
        }
    }

    private static void ScalarDivide(ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b, Span<Interval> r)
    {
        a = a[..r.Length];
        b = b[..r.Length];
        for (int i = 0; i < r.Length; i++)
        {
            r[i] = a[i] / b[i];
        }
    }

    private static void ScalarFma(
        ReadOnlySpan<Interval> a, ReadOnlySpan<Interval> b, ReadOnlySpan<Interval> c, Span<Interval> r)
    {
        a = a[..r.Length];
        b = b[..r.Length];
        c = c[..r.Length];
        for (int i = 0; i < r.Length; i++)
        {
            r[i] = Interval.Fma(a[i], b[i], c[i]);
        }
    }

    private static void PlainAdd(
        Span<double> a, Span<double> b, Span<double> r, Span<double> a2, Span<double> b2, Span<double> r2)
    {
        for (int i = 0; i < N; i += 8)
        {
            (Load(a, i) + Load(b, i)).StoreUnsafe(ref r[i]);
            (Load(a2, i) + Load(b2, i)).StoreUnsafe(ref r2[i]);
        }
    }

    private static void PlainMultiply(
        Span<double> a, Span<double> b, Span<double> r, Span<double> a2, Span<double> b2, Span<double> r2)
    {
        for (int i = 0; i < N; i += 8)
        {
            (Load(a, i) * Load(b, i)).StoreUnsafe(ref r[i]);
            (Load(a2, i) * Load(b2, i)).StoreUnsafe(ref r2[i]);
        }
    }

    private static void PlainDivide(
        Span<double> a, Span<double> b, Span<double> r, Span<double> a2, Span<double> b2, Span<double> r2)
    {
        for (int i = 0; i < N; i += 8)
        {
            (Load(a, i) / Load(b, i)).StoreUnsafe(ref r[i]);
            (Load(a2, i) / Load(b2, i)).StoreUnsafe(ref r2[i]);
        }
    }

    private static void PlainFma(
        Span<double> a, Span<double> b, Span<double> c, Span<double> r, Span<double> a2, Span<double> b2,
        Span<double> c2, Span<double> r2)
    {
        for (int i = 0; i < N; i += 8)
        {
            Vector512.FusedMultiplyAdd(Load(a, i), Load(b, i), Load(c, i)).StoreUnsafe(ref r[i]);
            Vector512.FusedMultiplyAdd(Load(a2, i), Load(b2, i), Load(c2, i)).StoreUnsafe(ref r2[i]);
        }
    }

    private static Vector512<double> Load(Span<double> x, int i) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i);

    private static unsafe Memory<double> Column(int i)
    {
        fixed (double* first = Store)
        {
            int toLine = (int)((64 - ((nuint)first % 64)) % 64 / sizeof(double));
            return Store.AsMemory(toLine + (i * (N + (9 * Line))), N);
        }
    }

    // Four rows at a time, eight columns a step: what a plain matrix-vector product does.
    private static void PlainVector(int n, double[] w, double[] x, double[] y)
    {
        for (int r = 0; r < n; r += 4)
        {
            Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
            int o = r * n;
            for (int j = 0; j < n; j += 8)
            {
                var v = Vector512.Create(x, j);
                s0 = Vector512.FusedMultiplyAdd(Vector512.Create(w, o + j), v, s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.Create(w, o + n + j), v, s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.Create(w, o + (2 * n) + j), v, s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.Create(w, o + (3 * n) + j), v, s3);
            }

            y[r] = Math.Max(0, Vector512.Sum(s0));
            y[r + 1] = Math.Max(0, Vector512.Sum(s1));
            y[r + 2] = Math.Max(0, Vector512.Sum(s2));
            y[r + 3] = Math.Max(0, Vector512.Sum(s3));
        }
    }

    // Sixteen plain columns: 4 rows x 16 columns a tile, weights broadcast.
    private static void PlainColumns(int n, double[] w, double[] x, double[] y)
    {
        for (int r = 0; r < n; r += 4)
        {
            Vector512<double> a0 = default, b0 = default, a1 = default, b1 = default;
            Vector512<double> a2 = default, b2 = default, a3 = default, b3 = default;
            int o = r * n;
            for (int j = 0; j < n; j++)
            {
                Vector512<double> u = Vector512.Create(x, 16 * j), v = Vector512.Create(x, (16 * j) + 8);
                Vector512<double> w0 = Vector512.Create(w[o + j]), w1 = Vector512.Create(w[o + n + j]);
                Vector512<double> w2 = Vector512.Create(w[o + (2 * n) + j]), w3 = Vector512.Create(w[o + (3 * n) + j]);
                a0 = Vector512.FusedMultiplyAdd(w0, u, a0);
                b0 = Vector512.FusedMultiplyAdd(w0, v, b0);
                a1 = Vector512.FusedMultiplyAdd(w1, u, a1);
                b1 = Vector512.FusedMultiplyAdd(w1, v, b1);
                a2 = Vector512.FusedMultiplyAdd(w2, u, a2);
                b2 = Vector512.FusedMultiplyAdd(w2, v, b2);
                a3 = Vector512.FusedMultiplyAdd(w3, u, a3);
                b3 = Vector512.FusedMultiplyAdd(w3, v, b3);
            }

            Vector512.Max(a0, default).CopyTo(y, 16 * r);
            Vector512.Max(b0, default).CopyTo(y, (16 * r) + 8);
            Vector512.Max(a1, default).CopyTo(y, 16 * (r + 1));
            Vector512.Max(b1, default).CopyTo(y, (16 * (r + 1)) + 8);
            Vector512.Max(a2, default).CopyTo(y, 16 * (r + 2));
            Vector512.Max(b2, default).CopyTo(y, (16 * (r + 2)) + 8);
            Vector512.Max(a3, default).CopyTo(y, 16 * (r + 3));
            Vector512.Max(b3, default).CopyTo(y, (16 * (r + 3)) + 8);
        }
    }
}
