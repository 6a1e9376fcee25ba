namespace Proofs.Numeric.Tapes;

/// <summary>What a contraction made of a box.</summary>
public enum ContractionResult
{
    /// <summary>The box is as it was; nothing is known.</summary>
    Unchanged,

    /// <summary>Parts of the box without a solution were cut off.</summary>
    Contracted,

    /// <summary>No point of the box is a solution; its sides are empty.</summary>
    Empty,

    /// <summary>The constraint is defined and holds at every point of the box, which is as it was.</summary>
    Certain,
}
