using Proofs.Constructions.Formats.Onnx;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Oracle.Tests;

// Operators that compute.
internal sealed partial class RandomGraph
{
    // With a constant, a constant that the graph computes, or another value; on either side.
    private void Sum(string op)
    {
        var x = Last;
        Live[] others = [.. _live.Where(v => Common(v.Dims, x.Dims) is not null)];
        var other = OneIn(2) ? Pick(others) : OneIn(3) ? Folded() : Constant(Broadcasting(x.Dims), Draw);
        var (a, b) = OneIn(2) ? (x, other) : (other, x);
        int sign = op == "Sub" ? -1 : 1;
        Elementwise(op, a, b, (run, p, q) => Checked(run, _bound.Operation(
            p.Value + (sign * q.Value), p.Error + q.Error), p.Most + q.Most));
    }

    private void Product(string op)
    {
        var x = Last;
        bool isQuotient = op == "Div";
        var c = isQuotient || !OneIn(3)
            ? Constant(Broadcasting(x.Dims), () => isQuotient ? Divisor() : Draw())
            : Folded();
        bool isRight = isQuotient || OneIn(2);
        Elementwise(op, isRight ? x : c, isRight ? c : x, (run, p, q) =>
        {
            q = isQuotient ? Missed.Exactly(q.Value.Reciprocal()) : q;
            var carried = (p.Most * q.Most) - BigRational.Abs(p.Value * q.Value);
            return Checked(run, _bound.Operation(p.Value * q.Value, carried), p.Most * q.Most);
        });

        double Divisor()
        {
            double d = Draw();
            return Math.Abs(d) < 1e-20 ? 3 : d;
        }
    }

    private void Elementwise(string op, Live a, Live b, Func<Run, Missed, Missed, Missed> compute)
    {
        int[] dims = Common(a.Dims, b.Dims)!;
        int[] i = [.. Indices(dims).Select(at => Broadcast(a.Dims, at))];
        int[] j = [.. Indices(dims).Select(at => Broadcast(b.Dims, at))];
        string y = Name();
        Node(op, $"{a.Name}, {b.Name}", y);
        Result(y, dims, run =>
        {
            Missed[] p = run.Values[a.Name], q = run.Values[b.Name];
            run.Values[y] = [.. i.Zip(j, (k, l) => compute(run, p[k], q[l]))];
        });
    }

    // One number that the graph computes from constants.
    private Live Folded()
    {
        Live a = Constant([1], Draw), b = Constant([], Draw);
        string y = Name();
        string op = Pick(["Add", "Sub", "Mul"]);
        Node(op, $"{a.Name}, {b.Name}", y);
        _nodes.Add(run =>
        {
            BigRational p = run.Values[a.Name][0].Value, q = run.Values[b.Name][0].Value;
            var z = op == "Add" ? p + q : op == "Sub" ? p - q : p * q;
            run.Values[y] = [Checked(run, _bound.Operation(z, BigRational.Zero), BigRational.Abs(z))];
        });
        return new(y, [1]);
    }

    // A shape that is broadcast to the given one, or, now and then, to a larger one.
    private int[] Broadcasting(int[] dims)
    {
        int[] own = [.. dims.Skip(_random.Next(dims.Length + 1)).Select(d => OneIn(3) ? 1 : d)];
        bool isLarger = OneIn(4) && own.Length == dims.Length && dims.Length < MostRank;
        int[] more = isLarger ? [_random.Next(1, 3), .. own] : own;
        return Common(more, dims) is null ? own : more;
    }

    private void MatMul()
    {
        if (Last.Rank == 0)
        {
            Unsqueeze();
        }

        var x = Last;
        bool isLeft = OneIn(2); // whether x is
        int n = isLeft || x.Rank == 1 ? x.Dims[^1] : x.Dims[^2], m = _random.Next(1, 4);
        int[] matrix = isLeft ? [n, m] : [m, n];
        int[] batch = x.Rank <= 2
            ? OneIn(3) ? [_random.Next(1, 3)] : []
            : [.. x.Dims[_random.Next(x.Rank - 1)..^2].Select(d => OneIn(3) ? 1 : d)];
        var w = Constant(OneIn(4) ? [n] : [.. batch, .. matrix], Draw);
        var (a, b) = isLeft ? (x, w) : (w, x);
        int[] p = a.Rank == 1 ? [1, a.Dims[0]] : a.Dims, q = b.Rank == 1 ? [b.Dims[0], 1] : b.Dims;
        if (Common(p[..^2], q[..^2]) is not { } common || Count(common) * p[^2] * q[^1] > MostEntries
            || common.Length + 2 > MostRank)
        {
            return;
        }

        int[] all = [.. common, p[^2], q[^1]];
        int[] dims = [.. common, .. a.Rank == 1 ? [] : new[] { p[^2] }, .. b.Rank == 1 ? [] : new[] { q[^1] }];
        string y = Name();
        Node("MatMul", $"{a.Name}, {b.Name}", y);
        Terms[] rows = [.. Indices(all).Select(at => new Terms(
            [.. Enumerable.Range(0, n).Select(k => Broadcast(p, [.. at[..^2], at[^2], k]))],
            [.. Enumerable.Range(0, n).Select(k => Broadcast(q, [.. at[..^2], k, at[^1]]))]))];
        Result(y, dims, run =>
            run.Values[y] = [.. rows.Select(r => Sum(run, r, run.Values[a.Name], run.Values[b.Name], 1, null, 1))]);
    }

    private void Gemm()
    {
        if (Last.Rank != 2)
        {
            Flatten();
        }

        var x = Last;
        bool isLeft = !OneIn(4), isATransposed = OneIn(2), isBTransposed = OneIn(2);
        bool isXTransposed = isLeft ? isATransposed : isBTransposed;
        int n = isLeft != isXTransposed ? x.Dims[1] : x.Dims[0], rows = isLeft != isXTransposed ? x.Dims[0] : x.Dims[1];
        int columns = _random.Next(1, 5);
        if (rows * columns > MostEntries)
        {
            return;
        }

        float alpha = OneIn(3) ? Pick([0.5f, -3, 1e-3f, 0.1f]) : 1, beta = OneIn(3) ? Pick([0f, 2, -0.1f, 1e5f]) : 1;
        bool isWStoredByColumns = isLeft ? isBTransposed : isATransposed;
        int[] shape = isLeft != isWStoredByColumns ? [n, columns] : [columns, n];
        var w = Constant(shape, () => Draw() is var v && alpha != 1 && Math.Abs(v) < 1e-25 ? 0 : v);
        var (a, b) = isLeft ? (x, w) : (w, x);
        int[] dims = isLeft ? [rows, columns] : [columns, rows];
        int[] pick = Pick<int[]>([[], [1], [dims[1]], [1, dims[1]], [dims[0], 1], dims]);
        bool hasC = _opset < 11 || !OneIn(4);
        var c = !hasC ? null : OneIn(12) && Common(x.Dims, dims) is { } s && s.SequenceEqual(dims) ? x
            : Constant(pick, Draw);
        string y = Name();
        Node("Gemm", c is null ? $"{a.Name}, {b.Name}" : $"{a.Name}, {b.Name}, {c.Name}", y, [
            .. alpha == 1 && OneIn(2) ? [] : new[] { Float("alpha", alpha) },
            .. beta == 1 && OneIn(2) ? [] : new[] { Float("beta", beta) },
            .. !isATransposed && OneIn(2) ? [] : new[] { Int("transA", isATransposed ? 1 : 0) },
            .. !isBTransposed && OneIn(2) ? [] : new[] { Int("transB", isBTransposed ? 1 : 0) },
        ]);
        Terms[] entries = [.. Indices(dims).Select(at => new Terms(
            [.. Enumerable.Range(0, n).Select(k => Offset(a.Dims, isATransposed ? [k, at[0]] : [at[0], k]))],
            [.. Enumerable.Range(0, n).Select(k => Offset(b.Dims, isBTransposed ? [at[1], k] : [k, at[1]]))]))];
        int[] at = c is null ? [] : [.. Indices(dims).Select(i => Broadcast(c.Dims, i))];
        Result(y, dims, run => run.Values[y] = [.. entries.Select((r, i) => Sum(
            run, r, run.Values[a.Name], run.Values[b.Name], alpha,
            c is null ? null : run.Values[c.Name][at[i]], beta))]);
    }

    // alpha Σ a b + beta c in any order, alpha in the sum, the products, or the entries of one side. A term passes its
    // product, alpha, an addition for each other term, and a rounding at the end; beta c passes one more.
    private Missed Sum(Run run, Terms terms, Missed[] a, Missed[] b, float alpha, Missed? c, float beta)
    {
        BigRational z = BigRational.Zero, size = BigRational.Zero, carried = BigRational.Zero, scale = BigRational.One;
        BigRational factor = Binary64.Exact(alpha), by = Binary64.Exact(beta);
        foreach (var (k, l) in terms.Left.Zip(terms.Right))
        {
            z += a[k].Value * b[l].Value;
            size += a[k].Most * b[l].Most;
            carried += (a[k].Most * b[l].Most) - BigRational.Abs(a[k].Value * b[l].Value);
            scale += a[k].Most + b[l].Most;
        }

        var absolute = BigRational.Abs(factor);
        var overflow = size * BigRational.Max(absolute, BigRational.One);
        var bias = c ?? Missed.Exactly(BigRational.Zero);
        size = (absolute * size) + (BigRational.Abs(by) * bias.Most);
        overflow += BigRational.Max(BigRational.Abs(by), BigRational.One) * bias.Most;
        foreach (int k in terms.Left)
        {
            overflow = BigRational.Max(overflow, absolute * a[k].Most);
        }

        foreach (int l in terms.Right)
        {
            overflow = BigRational.Max(overflow, absolute * b[l].Most);
        }

        carried = (absolute * carried) + (BigRational.Abs(by) * bias.Error);
        return Checked(run, _bound.Sum(
            (factor * z) + (by * bias.Value), carried, size, terms.Left.Length + 5,
            (BigRational.One + absolute) * scale), overflow);
    }

    private Missed Checked(Run run, Missed result, BigRational size)
    {
        run.Overflows |= _bound.MayOverflow(size);
        return result;
    }

    private sealed record Terms(int[] Left, int[] Right);
}
