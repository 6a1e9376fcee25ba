namespace Proofs.Numeric.Intervals;

/// <summary>
/// What is known of a function on the box that made an interval, from worst to best (IEEE 1788, 11.2).
/// </summary>
public enum Decoration
{
    /// <summary>Not an interval: an invalid construction.</summary>
    Ill,

    /// <summary>Nothing is claimed.</summary>
    Trivial,

    /// <summary>The function is defined on the whole box.</summary>
    Defined,

    /// <summary>The function is defined on the box, and its restriction to it is continuous.</summary>
    Continuous,

    /// <summary>
    /// Moreover the box is bounded, the function is continuous at its every point, and the result is bounded.
    /// </summary>
    Common,
}
