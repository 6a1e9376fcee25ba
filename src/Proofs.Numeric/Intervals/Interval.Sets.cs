namespace Proofs.Numeric.Intervals;

// Set operations and the relations of IEEE 1788, which are Booleans about two sets; see its Table 10.3 for each
// definition.
public readonly partial record struct Interval
{
    /// <summary>The smallest interval that contains both.</summary>
    public static Interval Hull(Interval a, Interval b) => a.IsEmpty ? b
        : b.IsEmpty ? a
        : new(Math.Min(a.Inf, b.Inf), Math.Max(a.Sup, b.Sup));

    /// <summary>The common members of both, possibly none.</summary>
    public static Interval Intersect(Interval a, Interval b)
    {
        double inf = Math.Max(a.Inf, b.Inf), sup = Math.Min(a.Sup, b.Sup); // NaN wins in both
        return inf <= sup ? new(inf, sup) : Empty;
    }

    /// <summary>Whether every member lies in <paramref name="other"/>.</summary>
    public bool IsSubsetOf(Interval other) => IsEmpty || (other.Inf <= Inf && Sup <= other.Sup);

    /// <summary>Whether every member lies in the topological interior of <paramref name="other"/>.</summary>
    public bool IsInteriorTo(Interval other) =>
        IsEmpty || (StrictlyBelow(other.Inf, Inf) && StrictlyBelow(Sup, other.Sup));

    /// <summary>Whether the two have no member in common.</summary>
    public bool IsDisjointFrom(Interval other) => Intersect(this, other).IsEmpty;

    /// <summary>
    /// Whether no member of this exceeds a member of <paramref name="other"/>: Sup ≤ other.Inf, or one is empty.
    /// </summary>
    public bool Precedes(Interval other) => IsEmpty || other.IsEmpty || Sup <= other.Inf;

    /// <summary>Whether every member of this lies below every member of <paramref name="other"/>.</summary>
    public bool StrictlyPrecedes(Interval other) => IsEmpty || other.IsEmpty || Sup < other.Inf;

    /// <summary>
    /// Whether each bound is at most the same bound of <paramref name="other"/>; true of two empty sets.
    /// </summary>
    public bool IsWeaklyLess(Interval other) => IsEmpty || other.IsEmpty
        ? IsEmpty == other.IsEmpty
        : Inf <= other.Inf && Sup <= other.Sup;

    /// <summary>
    /// Whether each bound is below the same bound of <paramref name="other"/>, equal infinities allowed.
    /// </summary>
    public bool IsStrictlyLess(Interval other) => IsEmpty || other.IsEmpty
        ? IsEmpty == other.IsEmpty
        : StrictlyBelow(Inf, other.Inf) && StrictlyBelow(Sup, other.Sup);

    /// <summary>The mutual position of two intervals, one of sixteen states.</summary>
    public Overlap Overlap(Interval other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return IsEmpty
                ? other.IsEmpty ? Proofs.Numeric.Intervals.Overlap.BothEmpty
                : Proofs.Numeric.Intervals.Overlap.FirstEmpty
                : Proofs.Numeric.Intervals.Overlap.SecondEmpty;
        }

        if (Sup < other.Inf)
        {
            return Proofs.Numeric.Intervals.Overlap.Before;
        }

        if (other.Sup < Inf)
        {
            return Proofs.Numeric.Intervals.Overlap.After;
        }

        if (Sup == other.Inf && Inf < Sup && other.Inf < other.Sup)
        {
            return Proofs.Numeric.Intervals.Overlap.Meets;
        }

        if (other.Sup == Inf && Inf < Sup && other.Inf < other.Sup)
        {
            return Proofs.Numeric.Intervals.Overlap.MetBy;
        }

        if (Inf == other.Inf)
        {
            return Sup == other.Sup ? Proofs.Numeric.Intervals.Overlap.Equals
                : Sup < other.Sup ? Proofs.Numeric.Intervals.Overlap.Starts
                : Proofs.Numeric.Intervals.Overlap.StartedBy;
        }

        if (Sup == other.Sup)
        {
            return Inf > other.Inf
                ? Proofs.Numeric.Intervals.Overlap.Finishes
                : Proofs.Numeric.Intervals.Overlap.FinishedBy;
        }

        return Inf < other.Inf
            ? Sup < other.Sup ? Proofs.Numeric.Intervals.Overlap.Overlaps : Proofs.Numeric.Intervals.Overlap.Contains
            : Sup < other.Sup ? Proofs.Numeric.Intervals.Overlap.ContainedBy
            : Proofs.Numeric.Intervals.Overlap.OverlappedBy;
    }

    private static bool StrictlyBelow(double a, double b) => a < b || (a == b && double.IsInfinity(a));
}
