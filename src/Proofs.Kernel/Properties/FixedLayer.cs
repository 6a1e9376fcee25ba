using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Properties;

// An affine layer in fixed point: the entry a is kept as floor(a 2^Shift), which is below 2^49.
internal sealed class FixedLayer
{
    private const int EntryBits = 49;
    private const int LeastShift = 33; // so that a weight has at most 56 bits after the point moves to 40

    public FixedLayer(AffineMap map, bool isRectified)
    {
        (Rows, Columns, IsRectified) = (map.Count, map.Columns, isRectified);
        var top = map.Rows.SelectMany(r => r.Weights.Select(e => e.Value).Append(r.Bias)).Select(BigRational.Abs)
            .Append(1).Max();
        Shift = int.Min(FixedPass.Point, EntryBits - (int)top.Ceiling().GetBitLength());
        if (Shift < LeastShift)
        {
            throw new Rejection("a weight is too large for bounds in fixed point");
        }

        Weights = new long[Rows * Columns];
        ByColumn = new long[Rows * Columns];
        Bias = [.. map.Rows.Select(r => Fixed(r.Bias))];
        for (int i = 0; i < Rows; i++)
        {
            foreach (var (j, value) in map.Rows[i].Weights)
            {
                Weights[(i * Columns) + j] = ByColumn[(j * Rows) + i] = Fixed(value);
            }
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Whether ρ follows.</summary>
    public bool IsRectified { get; }

    public int Shift { get; }

    /// <summary>Row-major.</summary>
    public long[] Weights { get; }

    public long[] ByColumn { get; }

    public long[] Bias { get; }

    private long Fixed(BigRational value) => (long)(value * BigRational.PowerOfTwo(Shift)).Floor();
}
