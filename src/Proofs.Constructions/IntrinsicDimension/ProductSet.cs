using Proofs.Constructions.Domains;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>The product of two sets: constants multiply, dimensions add.</summary>
/// <remarks>Source: math/02, 1.6.</remarks>
public sealed record ProductSet(string Name, CoveredSet First, CoveredSet Second)
    : CoveredSet(Name, First.AmbientDimension + Second.AmbientDimension)
{
    /// <inheritdoc/>
    public override Interval Dimension => First.Dimension + Second.Dimension;

    /// <inheritdoc/>
    public override Interval CoverConstant => First.CoverConstant * Second.CoverConstant;

    /// <inheritdoc/>
    public override int NaturalBase => First.NaturalBase;

    /// <inheritdoc/>
    public override CellSet Cover(int n)
    {
        CellSet.CheckGrid(n, AmbientDimension);
        CellSet first = First.Cover(n), second = Second.Cover(n);
        CellSet.CheckCount((long)first.Count * second.Count, Name, n);
        int[][] others = [.. second.Indices()];
        return CellSet.Of(
            n, AmbientDimension, first.Indices().SelectMany(i => others.Select(j => (int[])[.. i, .. j])));
    }
}
