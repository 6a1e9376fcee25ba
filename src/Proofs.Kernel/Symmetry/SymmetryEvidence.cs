namespace Proofs.Kernel.Symmetry;

/// <summary>What shows the symmetry under one generator.</summary>
public abstract record SymmetryEvidence
{
    private SymmetryEvidence()
    {
    }

    /// <summary>Comparators, which the checker reads from the rows itself.</summary>
    public static SymmetryEvidence Comparators { get; } = new ComparatorEvidence();

    /// <summary>Both sides as the same term of maxima and minima, which the checker makes itself.</summary>
    public static SymmetryEvidence Terms { get; } = new TermEvidence();

    /// <summary>A walk of the linear regions of the difference, which the checker does itself.</summary>
    public static SymmetryEvidence Regions { get; } = new RegionEvidence();

    /// <summary>The images of the hidden units.</summary>
    public static SymmetryEvidence Weights(UnitMap map) => new WeightEvidence(map);

    internal sealed record WeightEvidence(UnitMap Map) : SymmetryEvidence;

    internal sealed record ComparatorEvidence : SymmetryEvidence;

    internal sealed record TermEvidence : SymmetryEvidence;

    internal sealed record RegionEvidence : SymmetryEvidence;
}
