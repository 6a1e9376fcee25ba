using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Tapes;

namespace Proofs.Benchmarks.Numerics;

// Branch and bound for the minimum of Powell's quartic (x1 + 10 x2)² + 5 (x3 − x4)² + (x2 − 2 x3)⁴ + 10 (x1 − x4)⁴ on
// [−4, 5]⁴ by the natural interval extension of this form, a sum of squares, and of the form multiplied out into
// monomials. Up to 256 boxes are taken off a stack and evaluated; the least upper bound so far drops boxes that lie
// above it; boxes whose values are known to within the tolerance are done; the others are halved across their first
// widest side and put back, of each eight boxes first the lower halves, then the upper ones. All midpoints are exact.
// quartic.cpp is the same search with Boost.Interval; both print their numbers of boxes, which agree.
internal sealed class QuarticSearch
{
    private const int Block = 256;
    private const int Lanes = 8;

    private static readonly string[] Variables = ["x1", "x2", "x3", "x4"];

    private static readonly (string Name, string Formula, double Tolerance)[] Quartics =
    [
        ("of squares", "(x1 + 10*x2)^2 + 5*(x3 - x4)^2 + (x2 - 2*x3)^4 + 10*(x1 - x4)^4", 10),
        ("of squares, fine", "(x1 + 10*x2)^2 + 5*(x3 - x4)^2 + (x2 - 2*x3)^4 + 10*(x1 - x4)^4", 1),
        ("in monomials",
            "x1^2 + 20*x1*x2 + 100*x2^2 + 5*x3^2 - 10*x3*x4 + 5*x4^2 + x2^4 - 8*x2^3*x3 + 24*x2^2*x3^2 - 32*x2*x3^3 + "
                + "16*x3^4"
            + " + 10*x1^4 - 40*x1^3*x4 + 60*x1^2*x4^2 - 40*x1*x4^3 + 10*x4^4",
            20000),
    ];

    private readonly ExprTape _quartic;
    private readonly BoxBatch _block = new(4, Block);
    private readonly double[] _inf = new double[Block];
    private readonly double[] _sup = new double[Block];

    // The stack: four lower bounds and four upper ones, each a run, with room for a block's halves.
    private readonly double[][] _stack = [.. Enumerable.Range(0, 8).Select(_ => new double[8 * Block])];
    private int _count;
    private double _lower;
    private double _upper;

    private QuarticSearch(ExprTape quartic) => _quartic = quartic;

    private readonly record struct Found(long Boxes, double Lower, double Upper);

    public static IEnumerable<(string Name, double Nanoseconds)> All()
    {
        foreach (var (name, formula, tolerance) in Quartics)
        {
            var search = new QuarticSearch(ExprTape.Compile([Expr.Parse(formula)], Variables));
            var found = search.Run(tolerance);
            yield return ($"quartic {name}, box", Clock.Measure((int)found.Boxes, () => search.Run(tolerance)));
            Console.Error.WriteLine(
                $"quartic {name}: {found.Boxes} boxes, minimum in [{found.Lower:G6}, {found.Upper:G6}]");
        }
    }

    private Found Run(double tolerance)
    {
        for (int v = 0; v < 4; v++)
        {
            (_stack[v][0], _stack[v + 4][0]) = (-4, 5);
        }

        long boxes = 0;
        (_count, _lower, _upper) = (1, double.PositiveInfinity, double.PositiveInfinity);
        while (_count > 0)
        {
            int n = Math.Min(Block, _count);
            _count -= n;
            _block.Resize(n);
            for (int v = 0; v < 4; v++)
            {
                _stack[v].AsSpan(_count, n).CopyTo(_block.Inf(v));
                _stack[v + 4].AsSpan(_count, n).CopyTo(_block.Sup(v));
            }

            _quartic.EvaluateBatch(_block, _inf.AsSpan(0, n), _sup.AsSpan(0, n));
            boxes += n;
            _upper = Math.Min(_upper, Least(_sup.AsSpan(0, n)));

            if (_stack[0].Length < _count + (2 * n) + Lanes)
            {
                for (int s = 0; s < _stack.Length; s++)
                {
                    Array.Resize(ref _stack[s], 2 * (_count + (2 * n) + Lanes));
                }
            }

            int from = Avx512F.IsSupported ? HalveEights(n, tolerance) : 0;
            for (; from < n; from += Lanes)
            {
                HalveSome(from, Math.Min(n - from, Lanes), tolerance);
            }
        }

        return new Found(boxes, _lower, _upper);
    }

    private static double Least(ReadOnlySpan<double> x)
    {
        var lanes = Vector512.Create(double.PositiveInfinity);
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            lanes = Vector512.MinNative(lanes, Vector512.Create(x[i..]));
        }

        double least = Least(lanes);

        for (; i < x.Length; i++)
        {
            least = Math.Min(least, x[i]);
        }

        return least;
    }

    private static double Least(Vector512<double> x)
    {
        var four = Vector256.MinNative(x.GetLower(), x.GetUpper());
        var two = Vector128.MinNative(four.GetLower(), four.GetUpper());
        return Math.Min(two[0], two[1]);
    }

    // Halves whole eights of the first n boxes and returns how many boxes those are.
    private int HalveEights(int n, double tolerance)
    {
        ref double inf = ref MemoryMarshal.GetArrayDataReference(_inf),
            sup = ref MemoryMarshal.GetArrayDataReference(_sup);
        ref double a0 = ref _block.Inf(0)[0], a1 = ref _block.Inf(1)[0], a2 = ref _block.Inf(2)[0],
            a3 = ref _block.Inf(3)[0];
        ref double b0 = ref _block.Sup(0)[0], b1 = ref _block.Sup(1)[0], b2 = ref _block.Sup(2)[0],
            b3 = ref _block.Sup(3)[0];
        Vector512<double> upper = Vector512.Create(_upper), most = Vector512.Create(tolerance),
            lower = Vector512.Create(_lower);
        int count = _count, i = 0;
        for (; i <= n - Lanes; i += Lanes)
        {
            Vector512<double> low = Load(ref inf, i), high = Load(ref sup, i);
            var open = Vector512.LessThanOrEqual(low, upper);
            var wide = Vector512.GreaterThan(high - low, most);
            lower = Vector512.MinNative(lower, Vector512.ConditionalSelect(open & ~wide, low, lower));
            var kept = open & wide;
            int k = BitOperations.PopCount(kept.ExtractMostSignificantBits());
            if (k == 0)
            {
                continue;
            }

            // The kept boxes, moved together, their widths and the first that is the largest.
            Vector512<double> l0 = Pack(ref a0, i, kept), l1 = Pack(ref a1, i, kept), l2 = Pack(ref a2, i, kept),
                l3 = Pack(ref a3, i, kept);
            Vector512<double> h0 = Pack(ref b0, i, kept), h1 = Pack(ref b1, i, kept), h2 = Pack(ref b2, i, kept),
                h3 = Pack(ref b3, i, kept);
            Vector512<double> w0 = h0 - l0, w1 = h1 - l1, w2 = h2 - l2, w3 = h3 - l3;
            var w = Avx512F.Max(Avx512F.Max(w0, w1), Avx512F.Max(w2, w3));
            var is0 = Vector512.Equals(w0, w);
            var is1 = Vector512.Equals(w1, w) & ~is0;
            var is2 = Vector512.Equals(w2, w) & ~(is0 | is1);
            var is3 = ~(is0 | is1 | is2);
            Put(_stack[0], _stack[4], l0, h0, is0, count, k);
            Put(_stack[1], _stack[5], l1, h1, is1, count, k);
            Put(_stack[2], _stack[6], l2, h2, is2, count, k);
            Put(_stack[3], _stack[7], l3, h3, is3, count, k);
            count += 2 * k;
        }

        (_count, _lower) = (count, Least(lower));
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load(ref double x, int i) => Vector512.LoadUnsafe(ref x, (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Pack(ref double x, int i, Vector512<double> kept) =>
        Avx512F.Compress(Vector512<double>.Zero, kept, Load(ref x, i));

    // One side of the k lower halves and of the k upper ones; there is room for the lanes that do not count.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(
        double[] a, double[] b, Vector512<double> inf, Vector512<double> sup, Vector512<double> isHalved, int at, int k)
    {
        var middle = Vector512.Create(0.5) * (inf + sup);
        inf.StoreUnsafe(ref a[at]);
        Vector512.ConditionalSelect(isHalved, middle, sup).StoreUnsafe(ref b[at]);
        Vector512.ConditionalSelect(isHalved, middle, inf).StoreUnsafe(ref a[at + k]);
        sup.StoreUnsafe(ref b[at + k]);
    }

    private void HalveSome(int from, int count, double tolerance)
    {
        int k = 0;
        Span<int> kept = stackalloc int[Lanes];
        for (int i = from; i < from + count; i++)
        {
            if (_inf[i] <= _upper && _sup[i] - _inf[i] <= tolerance)
            {
                _lower = Math.Min(_lower, _inf[i]);
            }
            else if (_inf[i] <= _upper)
            {
                kept[k++] = i;
            }
        }

        for (int j = 0; j < k; j++)
        {
            int at = kept[j], widest = 0;
            for (int v = 1; v < 4; v++)
            {
                widest = _block[at, v].Width > _block[at, widest].Width ? v : widest;
            }

            for (int v = 0; v < 4; v++)
            {
                double inf = _block.Inf(v)[at], sup = _block.Sup(v)[at], middle = 0.5 * (inf + sup);
                (_stack[v][_count + j], _stack[v + 4][_count + j]) = (inf, v == widest ? middle : sup);
                (_stack[v][_count + k + j], _stack[v + 4][_count + k + j]) = (v == widest ? middle : inf, sup);
            }
        }

        _count += 2 * k;
    }
}
