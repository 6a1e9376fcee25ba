using Proofs.Numeric.Intervals;

namespace Proofs.Search.Relaxations;

// e on a part of a cell: C + Σ A_j ε_j ± R. Share lays R on the inputs.
internal sealed record Piece(double C, double[] A, double R, double[] Share)
{
    // The piece of e · 2^k, whose radius pays for what falls below the smallest number.
    public Piece Scaled(int k)
    {
        double[] a = [.. A.Select(x => Math.ScaleB(x, k))];
        double r = Math.ScaleB(R, k) * (1 + (1.0 / (1L << 44)));
        return this with
        {
            C = Math.ScaleB(C, k),
            A = a,
            R = k < 0 ? r + ((a.Length + 4) * double.Epsilon) : r,
            Share = [.. Share.Select(x => Math.ScaleB(x, k))],
        };
    }

    // An interval of numbers ≥ 0 times 2^k, rounded outward.
    public static Interval Scaled(Interval x, int k)
    {
        if (k == 0 || x.IsEmpty)
        {
            return x;
        }

        double low = Math.ScaleB(x.Inf, k), high = Math.ScaleB(x.Sup, k);
        low = double.IsPositiveInfinity(low)
            ? double.MaxValue
            : low > 0 && Math.ScaleB(low, -k) > x.Inf
            ? Math.BitDecrement(low)
            : low;
        high = Math.ScaleB(high, -k) < x.Sup ? Math.BitIncrement(high) : high;
        return Interval.Between(low, high);
    }

    // Whether the part belongs to the region: true, or null where it may in parts.
    public bool? Inside { get; init; }

    // Whether f is certainly defined on all of the part.
    public bool IsDefined { get; init; } = true;

    // The signs that define the part; none where it is the whole cell.
    public SignConstraint[] Constraints { get; init; } = [];
}
