using System.Runtime.Intrinsics;
using Proofs.Numeric;

namespace Proofs.Benchmarks.Numerics;

// Every case works on the same 512 intervals a, b, c (seed 1): a and c with bounds in [-2, 2] of both signs, b in [1, 3].
internal static class Cases
{
    private const int N = 512;

    public static IEnumerable<(string Name, double Nanoseconds)> All()
    {
        var random = new Random(1);
        double[] al = new double[N], ah = new double[N], bl = new double[N], bh = new double[N], cl = new double[N], ch = new double[N];
        double[] rl = new double[N], rh = new double[N];
        Interval[] a = Fill(al, ah, -2, 2), b = Fill(bl, bh, 1, 3), c = Fill(cl, ch, -2, 2), r = new Interval[N];

        yield return ("plain add", Clock.Measure(N, () => PlainAdd(al, bl, rl, ah, bh, rh)));
        yield return ("plain mul", Clock.Measure(N, () => PlainMultiply(al, bl, rl, ah, bh, rh)));
        yield return ("plain div", Clock.Measure(N, () => PlainDivide(al, bl, rl, ah, bh, rh)));
        yield return ("plain fma", Clock.Measure(N, () => PlainFma(al, bl, cl, rl, ah, bh, ch, rh)));
        yield return ("batched add", Clock.Measure(N, () => IntervalKernels.Add(al, ah, bl, bh, rl, rh)));
        yield return ("batched mul", Clock.Measure(N, () => IntervalKernels.Multiply(al, ah, bl, bh, rl, rh)));
        yield return ("batched div", Clock.Measure(N, () => IntervalKernels.Divide(al, ah, bl, bh, rl, rh)));
        yield return ("batched fma", Clock.Measure(N, () => IntervalKernels.Fma(al, ah, bl, bh, cl, ch, rl, rh)));
        yield return ("batched exp", Clock.Measure(N, () => IntervalKernels.Exp(al, ah, rl, rh)));
        yield return ("batched log", Clock.Measure(N, () => IntervalKernels.Log(bl, bh, rl, rh)));
        yield return ("batched sin", Clock.Measure(N, () => IntervalKernels.Sin(al, ah, rl, rh)));
        yield return ("batched cos", Clock.Measure(N, () => IntervalKernels.Cos(al, ah, rl, rh)));
        yield return ("batched tan", Clock.Measure(N, () => IntervalKernels.Tan(al, ah, rl, rh)));
        yield return ("batched tanh", Clock.Measure(N, () => IntervalKernels.Tanh(al, ah, rl, rh)));
        yield return ("batched atan", Clock.Measure(N, () => IntervalKernels.Atan(al, ah, rl, rh)));
        yield return ("batched pow", Clock.Measure(N, () => IntervalKernels.Pow(bl, bh, cl, ch, rl, rh)));
        yield return ("batched cube", Clock.Measure(N, () => IntervalKernels.Pow(al, ah, 3, rl, rh)));
        yield return ("batched sqrt", Clock.Measure(N, () => IntervalKernels.Sqrt(bl, bh, rl, rh)));
        yield return ("batched sqr", Clock.Measure(N, () => IntervalKernels.Sqr(al, ah, rl, rh)));
        yield return ("scalar add", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = a[i] + b[i]; } }));
        yield return ("scalar mul", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = a[i] * c[i]; } }));
        yield return ("scalar div", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = a[i] / b[i]; } }));
        yield return ("scalar fma", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Fma(a[i], b[i], c[i]); } }));
        yield return ("scalar exp", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Exp(a[i]); } }));
        yield return ("scalar log", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Log(b[i]); } }));
        yield return ("scalar sin", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Sin(a[i]); } }));
        yield return ("scalar cos", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Cos(a[i]); } }));
        yield return ("scalar tanh", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Tanh(a[i]); } }));
        yield return ("scalar atan", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Atan(a[i]); } }));
        yield return ("scalar pow", Clock.Measure(N, () => { for (int i = 0; i < N; i++) { r[i] = Interval.Pow(b[i], c[i]); } }));
        foreach (int size in (int[])[64, 256, 512])
        {
            foreach (var result in Affine(size))
            {
                yield return result;
            }
        }

        Interval[] Fill(double[] lows, double[] highs, double from, double to)
        {
            for (int i = 0; i < N; i++)
            {
                double x = from + (random.NextDouble() * (to - from)), y = from + (random.NextDouble() * (to - from));
                (lows[i], highs[i]) = (Math.Min(x, y), Math.Max(x, y));
            }

            return [.. lows.Zip(highs, Interval.Between)];
        }
    }

    // Per box: the interval layer on eight boxes at once, the same product of a plain vector, and of sixteen plain columns.
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
        yield return ($"affine+ReLU {n}, interval box", Clock.Measure(8, () => IntervalKernels.AffineBatch(n, n, w, bias, x, y, true)));
        yield return ($"affine+ReLU {n}, plain vector", Clock.Measure(1, () => PlainVector(n, w, v, z)));
        yield return ($"affine+ReLU {n}, two plain columns of sixteen", Clock.Measure(8, () => PlainColumns(n, w, x, y)));
    }

    private static void PlainAdd(double[] a, double[] b, double[] r, double[] a2, double[] b2, double[] r2)
    {
        for (int i = 0; i < N; i += 8)
        {
            (Vector512.Create(a, i) + Vector512.Create(b, i)).CopyTo(r, i);
            (Vector512.Create(a2, i) + Vector512.Create(b2, i)).CopyTo(r2, i);
        }
    }

    private static void PlainMultiply(double[] a, double[] b, double[] r, double[] a2, double[] b2, double[] r2)
    {
        for (int i = 0; i < N; i += 8)
        {
            (Vector512.Create(a, i) * Vector512.Create(b, i)).CopyTo(r, i);
            (Vector512.Create(a2, i) * Vector512.Create(b2, i)).CopyTo(r2, i);
        }
    }

    private static void PlainDivide(double[] a, double[] b, double[] r, double[] a2, double[] b2, double[] r2)
    {
        for (int i = 0; i < N; i += 8)
        {
            (Vector512.Create(a, i) / Vector512.Create(b, i)).CopyTo(r, i);
            (Vector512.Create(a2, i) / Vector512.Create(b2, i)).CopyTo(r2, i);
        }
    }

    private static void PlainFma(
        double[] a, double[] b, double[] c, double[] r, double[] a2, double[] b2, double[] c2, double[] r2)
    {
        for (int i = 0; i < N; i += 8)
        {
            Vector512.FusedMultiplyAdd(Vector512.Create(a, i), Vector512.Create(b, i), Vector512.Create(c, i)).CopyTo(r, i);
            Vector512.FusedMultiplyAdd(Vector512.Create(a2, i), Vector512.Create(b2, i), Vector512.Create(c2, i)).CopyTo(r2, i);
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
