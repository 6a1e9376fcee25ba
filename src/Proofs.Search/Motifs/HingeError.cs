using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Search.Motifs;

// c ρ(t − s).
internal readonly record struct Hinge(BigRational Knot, BigRational Change);

// a + Σ_k c_k ρ(t − s_k) against a exp(−γt) on [0, T]: between two knots the difference is α + βt − a exp(−γt), which
// is convex or concave, so that its extremes are at the ends and where exp(−γt) = −β/(aγ).
internal static class HingeError
{
    public static Interval Range(List<Hinge> hinges, BigRational a, BigRational gamma, BigRational largest)
    {
        var ordered = hinges.OrderBy(h => h.Knot).ToList();
        BigRational constant = a, slope = BigRational.Zero, from = BigRational.Zero;
        var range = Interval.Empty;
        for (int k = 0; k <= ordered.Count; k++)
        {
            var to = k < ordered.Count ? BigRational.Min(ordered[k].Knot, largest) : largest;
            if (to > from)
            {
                range = Interval.Hull(range, Piece(constant, slope, a, gamma, from, to));
                from = to;
            }

            if (k < ordered.Count)
            {
                constant -= ordered[k].Change * ordered[k].Knot;
                slope += ordered[k].Change;
            }
        }

        return range.IsEmpty ? Interval.Zero : range;
    }

    private static Interval Piece(
        BigRational constant, BigRational slope, BigRational a, BigRational gamma, BigRational from, BigRational to)
    {
        var (factor, rate) = (Interval.Enclose(a), Interval.Enclose(gamma));
        var range = Interval.Hull(At(from), At(to));
        var level = -slope / (a * gamma);
        if (level.Sign <= 0)
        {
            return range;
        }

        var at = -Interval.Log(Interval.Enclose(level)) / rate;
        var piece = Interval.Enclose(from, to);
        return at.IsDisjointFrom(piece)
            ? range
            : Interval.Hull(range, Interval.Enclose(constant - (a * level))
                + (Interval.Enclose(slope) * Interval.Intersect(at, piece)));

        Interval At(BigRational t) => Interval.Enclose(constant + (slope * t))
            - (factor * Interval.Exp(-(rate * Interval.Enclose(t))));
    }
}
