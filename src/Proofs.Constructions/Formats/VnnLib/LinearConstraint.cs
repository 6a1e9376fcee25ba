using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.VnnLib;

/// <summary>A coefficient of a variable with an index from 0.</summary>
public readonly record struct LinearTerm(int Index, BigRational Coefficient);

/// <summary>A constraint Σ a_i v_i ≤ c, or Σ a_i v_i &lt; c where it is strict; entries are exact.</summary>
/// <remarks>Invariant: indices increase, no coefficient is zero. Without terms it says 0 ≤ c or 0 &lt; c.</remarks>
public sealed record LinearConstraint(ImmutableArray<LinearTerm> Terms, BigRational Bound, bool IsStrict)
{
    /// <summary>Whether the point satisfies the constraint.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public bool Holds(IReadOnlyList<BigRational> point)
    {
        var sum = BigRational.Zero;
        foreach (var (index, coefficient) in Terms)
        {
            sum += coefficient * point[index];
        }

        return IsStrict ? sum < Bound : sum <= Bound;
    }

    /// <summary>Whether both constraints have the same terms, bound and strictness.</summary>
    public bool Equals(LinearConstraint? other) => other is not null
        && IsStrict == other.IsStrict && Bound == other.Bound && Terms.AsSpan().SequenceEqual(other.Terms.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Terms.Length, Bound, IsStrict);

    /// <summary>The constraint for a reader, <c>3*v0 - 1/2*v2 ≤ 5</c>.</summary>
    public override string ToString() =>
        $"{(Terms.IsEmpty ? "0" : string.Join(" + ", Terms.Select(t => $"{t.Coefficient}*v{t.Index}")))} {(IsStrict ? "<" : "≤")} {Bound}";
}
