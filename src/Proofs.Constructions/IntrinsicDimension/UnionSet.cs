using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>The union of finitely many sets: constants add, and the largest dimension counts.</summary>
/// <remarks>Source: math/02, 1.6.</remarks>
public sealed record UnionSet : CoveredSet
{
    /// <summary>The union of the given sets.</summary>
    /// <exception cref="ArgumentException">There is none, or they lie in different dimensions.</exception>
    public UnionSet(string name, ImmutableArray<CoveredSet> parts)
        : base(name,
            parts.IsEmpty
                ? throw new ArgumentException($"{name}: there is no set; expected at least one.")
                : parts[0].AmbientDimension)
    {
        Parts = parts.FirstOrDefault(p => p.AmbientDimension != AmbientDimension) is { } other
            ? throw new ArgumentException(
                $"{name}: {parts[0].Name} lies in [0,1]^{AmbientDimension}, "
                    + $"{other.Name} in [0,1]^{other.AmbientDimension}; expected sets in one cube.")
            : parts;
    }

    /// <summary>The sets.</summary>
    public ImmutableArray<CoveredSet> Parts { get; }

    /// <inheritdoc/>
    public override Interval Dimension => Parts.Select(p => p.Dimension).Aggregate(Interval.Max);

    /// <inheritdoc/>
    public override Interval CoverConstant => Parts.Aggregate(Interval.Zero, (sum, p) => sum + p.CoverConstant);

    /// <summary>The base of the part of the largest dimension.</summary>
    public override int NaturalBase => Parts.MaxBy(p => p.Dimension.Sup)!.NaturalBase;

    /// <inheritdoc/>
    public override CellSet Cover(int n) => CellSet.Union([.. Parts.Select(p => p.Cover(n))]);

    /// <summary>Whether both are the union of the same sets.</summary>
    public bool Equals(UnionSet? other) => other is not null && Name == other.Name && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(Name.GetHashCode(StringComparison.Ordinal), HashCode.Combine);
}
