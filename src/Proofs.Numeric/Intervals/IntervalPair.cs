namespace Proofs.Numeric.Intervals;

/// <summary>A set that is the union of two intervals; an interval alone comes first, with an empty second.</summary>
public readonly record struct IntervalPair(Interval First, Interval Second);
