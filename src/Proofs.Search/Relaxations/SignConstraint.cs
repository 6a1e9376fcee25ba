using Proofs.Numeric.Tapes;

namespace Proofs.Search.Relaxations;

// The points of a cell where C + Σ A_j ε_j ± R has the given sign.
internal sealed record SignConstraint(double C, double[] A, double R, Signs Sign)
{
    // Whether the value is continuous across the edge.
    public bool IsKink { get; init; }

    // R laid on the inputs, as for a piece.
    public double[] Share { get; init; } = [];
}
