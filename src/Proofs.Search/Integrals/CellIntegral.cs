using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;
using Proofs.Search.Errors;
using Proofs.Search.Relaxations;

namespace Proofs.Search.Integrals;

// Encloses ∫ |e|^p over the region's part of a cell from the pieces of a pass.
internal static class CellIntegral
{
    // ∫ |e / 2^scale|^p
    public static Interval Of(Cell cell, ErrorEvaluator evaluator, BigRational p, int scale)
    {
        if (evaluator.IsOutside)
        {
            return Interval.Zero;
        }

        List<Piece> pieces = scale == 0 ? evaluator.Pieces : [.. evaluator.Pieces.Select(e => e.Scaled(-scale))];
        var mean = pieces.Count == 1 && pieces[0].Inside == true && pieces[0].Constraints.Length == 0
            ? OverCell(cell, pieces[0], p)
            : OverPieces(cell, pieces, evaluator.Covers, p);
        return Interval.Intersect(mean * cell.Volume(), Interval.Between(0, double.PositiveInfinity));
    }

    // The mean of |A + s|^p for |s| ≤ ρ: Minkowski's inequality around the exact mean for A.
    private static Interval OverCell(Cell cell, Piece piece, BigRational p)
    {
        var range = Interval.Between(PieceBounds.LowerMagnitude(piece), PieceBounds.UpperMagnitude(piece));
        var bounds = Powers.Of(range, p);
        if (!range.IsBounded)
        {
            return Interval.Between(0, double.PositiveInfinity);
        }

        double rho = piece.R;
        for (int j = 0; j < cell.Dimension; j++)
        {
            rho = DirectedRounding.AddUp(rho, DirectedRounding.MultiplyUp(Math.Abs(piece.A[j]), cell.Slack(j)));
        }

        var norm = Powers.Of(Moments.MeanPower(piece.C, piece.A, p), p.Reciprocal());
        var around = norm + Interval.Between(-rho, rho);
        var mean = Powers.Of(Interval.Between(Math.Max(0, around.Inf), Math.Max(0, around.Sup)), p);
        var both = Interval.Intersect(mean, bounds);
        return both.IsEmpty ? bounds : both;
    }

    // Each piece has a share of the cell, enclosed, and |e|^p on it, enclosed: the largest and smallest total they
    // allow.
    private static Interval OverPieces(Cell cell, List<Piece> pieces, bool covers, BigRational p)
    {
        List<(Interval Share, Interval Value)> parts = [];
        foreach (var piece in pieces)
        {
            double upper = PieceBounds.UpperMagnitude(piece), lower = PieceBounds.LowerMagnitude(piece);
            if (upper < 0)
            {
                continue; // the constraints leave no point
            }

            var value = Powers.Of(Interval.Between(Math.Min(lower, upper), upper), p);
            parts.Add((Share(cell, piece), piece.Inside == true ? value : Interval.Between(0, value.Sup)));
        }

        Interval low = Interval.Zero, high = Interval.Zero;
        Interval spare = Interval.One;
        foreach (var (share, value) in parts)
        {
            low += Interval.Point(share.Inf) * Interval.Point(value.Inf);
            high += Interval.Point(share.Inf) * UpTo(value.Sup);
            spare -= Interval.Point(share.Inf);
        }

        // What no piece is sure of goes to the largest values first; and to the smallest, where the pieces cover the
        // cell.
        double left = Math.Max(0, spare.Sup);
        foreach (var (share, value) in parts.OrderByDescending(x => x.Value.Sup))
        {
            double more = Math.Min(left, DirectedRounding.SubtractUp(share.Sup, share.Inf));
            high += Interval.Point(more) * UpTo(value.Sup);
            left = Math.Max(0, DirectedRounding.SubtractUp(left, more));
        }

        if (covers && parts.Count > 0)
        {
            low += Interval.Point(Math.Max(0, spare.Inf)) * Interval.Point(parts.Min(x => x.Value.Inf));
        }

        return Interval.Between(Math.Max(0, low.Inf), Math.Max(low.Inf, high.Sup));
    }

    // A value that may be as large as this; only the upper end counts, and ∞ is none that an interval may begin at.
    private static Interval UpTo(double sup) => Interval.Between(Math.Min(sup, double.MaxValue), sup);

    // The part of the cell's volume on which the constraints of a piece hold.
    private static Interval Share(Cell cell, Piece piece)
    {
        double low = 1, high = 1;
        foreach (var constraint in piece.Constraints)
        {
            double slack = constraint.R;
            for (int j = 0; j < cell.Dimension; j++)
            {
                slack = DirectedRounding.AddUp(
                    slack, DirectedRounding.MultiplyUp(Math.Abs(constraint.A[j]), cell.Slack(j)));
            }

            var part = Moments.Fraction(constraint.C, constraint.A, slack, constraint.Sign);
            high = Math.Min(high, part.Sup);
            low = Math.Max(0, DirectedRounding.SubtractDown(DirectedRounding.AddDown(low, part.Inf), 1));
        }

        return piece.Inside is null && piece.Constraints.Length == 0
            ? Interval.Between(0, 1)
            : Interval.Between(Math.Min(low, high), high);
    }
}
