using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>How a network knows that a point is in a cell.</summary>
public enum GateRule
{
    /// <summary>A steep penalty, 0 on the cell, on faces that cells share.</summary>
    Penalty,

    /// <summary>A product-like bump of trapezoids, four units a cell and coordinate, as the paper has it.</summary>
    Trapezoid,
}

/// <summary>The kind of a network on cells, before any accuracy is chosen.</summary>
/// <param name="Gate">How a cell is recognised.</param>
/// <param name="Classes">How cells are parted into classes.</param>
/// <remarks>Source: math/02, 3.1 to 3.3 and 3.8.</remarks>
public sealed record IntrinsicDesign(GateRule Gate, ClassRule Classes)
{
    /// <summary>Penalties and greedy classes.</summary>
    public static IntrinsicDesign Ours { get; } = new(GateRule.Penalty, ClassRule.Greedy);

    /// <summary>Penalties and classes by parity.</summary>
    public static IntrinsicDesign Parity { get; } = new(GateRule.Penalty, ClassRule.Parity);

    /// <summary>The design of the paper on the grid that the sharper analysis allows.</summary>
    public static IntrinsicDesign Paper { get; } = new(GateRule.Trapezoid, ClassRule.ModuloFive);

    /// <summary>The design of the paper on the grid that its own analysis asks for.</summary>
    public static IntrinsicDesign PaperOwn { get; } = Paper with { IsCrude = true };

    /// <summary>Whether the grid is chosen by the cruder bound M D^q/q! (3/(2n))^β.</summary>
    public bool IsCrude { get; init; }

    /// <summary>
    /// r of the squares that make monomials, so that the depth does not depend on the accuracy; null where it grows
    /// with its logarithm.
    /// </summary>
    public int? Groups { get; init; }

    /// <summary>
    /// The design with r = max(1, ceil(β/d)) groups in a square: depth apart from the accuracy, and the size keeps its
    /// exponent.
    /// </summary>
    /// <remarks>Source: math/02, 3.6. Where d is only enclosed, r ≥ β/d still holds.</remarks>
    /// <exception cref="ArgumentException">The dimension of the set is 0.</exception>
    public IntrinsicDesign Flat(HolderClass @class, CoveredSet set)
    {
        double least = set.Dimension.Inf;
        return least > 0
            ? this with { Groups = (int)BigRational.Max(1, (@class.Beta / Binary64.Exact(least)).Ceiling()).Numerator }
            : throw new ArgumentException(
                $"{set.Name} has dimension {least}, and the flat variant needs ceil(beta/d) groups; "
                    + "take a set of positive dimension or the log variant.");
    }
}
