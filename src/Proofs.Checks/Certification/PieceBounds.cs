using Proofs.Numeric;

namespace Proofs.Checks.Certification;

// Bounds of a piece's form over the points that satisfy its constraints.
internal static class PieceBounds
{
    private const double Ulp = 1.0 / (1L << 52);
    private const double Wider = 1 + (1.0 / (1L << 44));

    // An upper bound of sign·e on the piece, −∞ where the piece is empty by its bound.
    public static double Upper(Piece piece, int sign)
    {
        double reach = 0;
        foreach (double a in piece.A)
        {
            reach += Math.Abs(a);
        }

        double best = Math.BitIncrement((sign * piece.C) + ((reach + piece.R) * Wider));
        if (double.IsNaN(best))
        {
            return double.PositiveInfinity;
        }

        foreach (var constraint in piece.Constraints)
        {
            if (constraint.Sign != Signs.Negative)
            {
                best = Math.Min(best, UnderConstraint(piece, sign, constraint, 1));
            }

            if (constraint.Sign != Signs.Positive)
            {
                best = Math.Min(best, UnderConstraint(piece, sign, constraint, -1));
            }
        }

        return best;
    }

    public static double UpperMagnitude(Piece piece) => Math.Max(Upper(piece, 1), Upper(piece, -1));

    // A lower bound of |e| on the piece.
    public static double LowerMagnitude(Piece piece) => Math.Max(0, Math.Max(-Upper(piece, 1), -Upper(piece, -1)));

    // Where L ≥ 0, e ≤ e + λ L for every λ ≥ 0. The bound is convex and piecewise linear in λ, with breaks at −a_j/l_j.
    private static double UnderConstraint(Piece piece, int sign, Constraint constraint, int side)
    {
        double best = double.PositiveInfinity;
        for (int k = 0; k < piece.A.Length; k++)
        {
            double lambda = -(sign * piece.A[k]) / (side * constraint.A[k]);
            if (lambda > 0 && double.IsFinite(lambda))
            {
                double value = (sign * piece.C) + (lambda * side * constraint.C);
                double size = Math.Abs(piece.C) + (lambda * Math.Abs(constraint.C)), spread = piece.R + (lambda * constraint.R);
                for (int j = 0; j < piece.A.Length; j++)
                {
                    spread += Math.Abs((sign * piece.A[j]) + (lambda * side * constraint.A[j]));
                    size += Math.Abs(piece.A[j]) + (lambda * Math.Abs(constraint.A[j]));
                }

                double bound = value + (((spread + ((piece.A.Length + 6) * Ulp * (size + spread))) * Wider) + double.Epsilon);
                best = double.IsNaN(bound) ? best : Math.Min(best, bound);
            }
        }

        return best;
    }
}
