using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Domains;

/// <summary>A compact set E in [0, 1]^D with rigorous covers by grid cells.</summary>
/// <param name="Name">The set's name in messages and tables.</param>
/// <param name="AmbientDimension">D.</param>
public abstract record CoveredSet(string Name, int AmbientDimension)
{
    /// <summary>An enclosure of d with N_cov(E, r) ≤ <see cref="CoverConstant"/> r^(−d) for r in (0, 1].</summary>
    public abstract Interval Dimension { get; }

    /// <summary>An enclosure of C_E: at most C_E r^(−d) cubes of side r in (0, 1] cover E.</summary>
    public abstract Interval CoverConstant { get; }

    /// <summary>b of the natural grids n = b^k of the set.</summary>
    public virtual int NaturalBase => 2;

    /// <summary>Cells of the grid n whose union contains E.</summary>
    /// <exception cref="ArgumentException">There are more cells than can be held; the message has the
    /// number.</exception>
    public abstract CellSet Cover(int n);

    /// <summary>The set for a reader.</summary>
    public sealed override string ToString() => $"{Name} in [0,1]^{AmbientDimension}";
}
