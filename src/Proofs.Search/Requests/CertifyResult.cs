using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Regions;

namespace Proofs.Search.Requests;

/// <summary>A rigorous enclosure of the number a search was after, and how the search ended.</summary>
/// <param name="Bounds">Contains the true value; unbounded on a side on which nothing could be shown.</param>
/// <param name="Boxes">How many boxes were bounded.</param>
/// <param name="Complete">Whether the gap asked for was reached.</param>
/// <param name="Outcome">What became of the bound in question.</param>
public sealed record CertifyResult(Interval Bounds, long Boxes, bool Complete, Outcome Outcome)
{
    /// <summary>
    /// The same enclosure with exact ends, the lower one raised to the witness's exact value where that is known.
    /// </summary>
    public RationalInterval Value { get; init; }

    /// <summary>
    /// A point of the region at which |e| (or e) is at least Bounds.Inf, where one was found; for suprema only.
    /// </summary>
    public PointWitness? Witness { get; init; }

    /// <summary>Whether the region is known to have a point; every bound holds on a region that has none.</summary>
    public RegionStanding Region { get; init; }

    /// <summary>Why the search ended before it was complete, and what would help; null where it was complete.</summary>
    public string? Why { get; init; }

    // What the search for a supremum halved, if CertifyRequest.KeepsTree and if it was decided by boxes; else null.
    internal HalvingTree? Tree { get; init; }

    /// <summary>Where the search for a supremum stood when a limit ended it, if <see
    /// cref="CertifyRequest.KeepsCheckpoint"/>; else null.</summary>
    public SearchCheckpoint? Checkpoint { get; init; }
}

/// <summary>What is known of a bound in question.</summary>
public enum Outcome
{
    /// <summary>No bound was in question.</summary>
    NotAsked,

    /// <summary>The true value is at most the bound.</summary>
    Certified,

    /// <summary>The true value exceeds the bound.</summary>
    Refuted,

    /// <summary>The enclosure contains the bound, or the bound holds on a region that may have no point.</summary>
    Inconclusive,

    /// <summary>The region has no point, so that there is nothing to bound.</summary>
    Vacuous,
}

/// <summary>A point of the region and what e is there.</summary>
/// <param name="Point">The exact coordinates.</param>
/// <param name="Value">e there, exactly; null where it is no rational number.</param>
/// <param name="Enclosure">Contains e there.</param>
public sealed record PointWitness(ImmutableArray<BigRational> Point, BigRational? Value, Interval Enclosure)
{
    /// <summary>Whether both are the same point with the same value.</summary>
    public bool Equals(PointWitness? other) =>
        other is not null && Point.SequenceEqual(other.Point) && Value == other.Value && Enclosure == other.Enclosure;

    /// <inheritdoc/>
    public override int GetHashCode() => Point.Aggregate(0, HashCode.Combine);

    /// <summary>The point and the value.</summary>
    public override string ToString() =>
        $"({string.Join(", ", Point)}): {Value?.ToString() ?? Enclosure.ToString()}";
}
