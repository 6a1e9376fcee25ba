using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>
/// A constraint Σ a_i v_i ≤ c, or Σ a_i v_i &lt; c where it is strict. Equal constraints are equal values.
/// </summary>
/// <remarks>Without terms it says 0 ≤ c or 0 &lt; c.</remarks>
public sealed record RowConstraint(ImmutableArray<Entry> Terms, BigRational Bound, bool IsStrict)
{
    /// <summary>Σ a_i v_i − c, exactly.</summary>
    public BigRational Excess(IReadOnlyList<BigRational> point)
    {
        var sum = -Bound;
        foreach (var (index, value) in Terms)
        {
            sum += value * point[index];
        }

        return sum;
    }

    /// <summary>Whether the point satisfies the constraint.</summary>
    public bool Holds(IReadOnlyList<BigRational> point) => Excess(point).Sign < (IsStrict ? 0 : 1);

    /// <inheritdoc/>
    public bool Equals(RowConstraint? other) => other is not null
        && IsStrict == other.IsStrict && Bound == other.Bound && Terms.AsSpan().SequenceEqual(other.Terms.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Terms.Length, Bound, IsStrict);

    /// <summary>The constraint for a reader, <c>3*v0 + -1/2*v2 ≤ 5</c>.</summary>
    public override string ToString() =>
        $"{(Terms.IsEmpty ? "0" : string.Join(" + ", Terms.Select(t => $"{t.Value}*v{t.Index}")))} "
            + $"{(IsStrict ? "<" : "≤")} {Bound}";
}
