using Proofs.Numeric.Tapes;
namespace Proofs.Search.Relaxations;

// Bounds of a piece's form over the points that satisfy its constraints. Where L_i ≥ 0 for all i, e ≤ e + Σ λ_i L_i for
// any λ ≥ 0, so every choice of λ bounds e; the bound is convex and piecewise linear in each λ_i, with breaks where a
// coefficient of the sum vanishes, and is minimised over those in turn.
internal static class PieceBounds
{
    private const double Ulp = 1.0 / (1L << 52);
    private const double Wider = 1 + (1.0 / (1L << 44));
    private const int Rounds = 2;

    // An upper bound of sign·e on the piece.
    public static double Upper(Piece piece, int sign)
    {
        return piece.Constraints.Length == 0 ? Bound(sign, piece, [], []) : Minimise(sign, piece, Sides(piece));
    }

    public static double UpperMagnitude(Piece piece) => Math.Max(Upper(piece, 1), Upper(piece, -1));

    // A lower bound of |e| on the piece.
    public static double LowerMagnitude(Piece piece) => Math.Max(0, Math.Max(-Upper(piece, 1), -Upper(piece, -1)));

    // Whether the constraints certainly leave no point: some L_i + λ L_j is negative everywhere.
    public static bool IsEmpty(Piece piece)
    {
        var sides = Sides(piece);
        for (int i = 0; i < sides.Length; i++)
        {
            var (constraint, side) = sides[i];
            var first = new Piece(constraint.C, constraint.A, constraint.R, []);
            if (Bound(side, first, [], []) < 0)
            {
                return true;
            }

            for (int j = i + 1; j < sides.Length; j++)
            {
                if (Minimise(side, first, [sides[j]]) < 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The constraints as side·g ≥ 0; g = 0 is both.
    private static (SignConstraint Of, int Side)[] Sides(Piece piece)
    {
        List<(SignConstraint, int)> sides = new(piece.Constraints.Length);
        foreach (var constraint in piece.Constraints)
        {
            if (constraint.Sign != Signs.Negative)
            {
                sides.Add((constraint, 1));
            }

            if (constraint.Sign != Signs.Positive)
            {
                sides.Add((constraint, -1));
            }
        }

        return [.. sides];
    }

    private static double Minimise(int sign, Piece piece, (SignConstraint Of, int Side)[] sides)
    {
        Span<double> lambda = stackalloc double[sides.Length];
        double best = Bound(sign, piece, sides, lambda);
        for (int round = 0; round < (sides.Length > 1 ? Rounds : 1); round++)
        {
            for (int i = 0; i < sides.Length; i++)
            {
                double kept = lambda[i];
                for (int k = 0; k < piece.A.Length; k++)
                {
                    double rest = sign * piece.A[k];
                    for (int n = 0; n < sides.Length; n++)
                    {
                        rest += n == i ? 0 : lambda[n] * sides[n].Side * sides[n].Of.A[k];
                    }

                    double at = -rest / (sides[i].Side * sides[i].Of.A[k]);
                    if (at > 0 && double.IsFinite(at))
                    {
                        lambda[i] = at;
                        double bound = Bound(sign, piece, sides, lambda);
                        (best, kept) = bound < best ? (bound, at) : (best, kept);
                    }
                }

                lambda[i] = kept;
            }
        }

        return best;
    }

    // max of sign·e + Σ λ_i L_i over the cell, rounded up.
    private static double Bound(
        int sign, Piece piece, (SignConstraint Of, int Side)[] sides, ReadOnlySpan<double> lambda)
    {
        double value = sign * piece.C, spread = piece.R, size = Math.Abs(piece.C);
        for (int n = 0; n < sides.Length; n++)
        {
            value += lambda[n] * sides[n].Side * sides[n].Of.C;
            spread += lambda[n] * sides[n].Of.R;
            size += lambda[n] * Math.Abs(sides[n].Of.C);
        }

        for (int j = 0; j < piece.A.Length; j++)
        {
            double slope = sign * piece.A[j];
            for (int n = 0; n < sides.Length; n++)
            {
                slope += lambda[n] * sides[n].Side * sides[n].Of.A[j];
                size += lambda[n] * Math.Abs(sides[n].Of.A[j]);
            }

            spread += Math.Abs(slope);
            size += Math.Abs(piece.A[j]);
        }

        double rounding = sides.Length == 0
            ? 0
            : ((piece.A.Length + 8) * sides.Length * Ulp * (size + spread)) + double.Epsilon;
        double bound = Math.BitIncrement(value + ((spread + rounding) * Wider));
        return double.IsNaN(bound) ? double.PositiveInfinity : bound;
    }
}
