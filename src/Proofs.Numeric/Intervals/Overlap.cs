namespace Proofs.Numeric.Intervals;

/// <summary>The mutual position of two intervals a and b, as in IEEE 1788, Table 10.7.</summary>
public enum Overlap
{
    /// <summary>Both are empty.</summary>
    BothEmpty,

    /// <summary>Only a is empty.</summary>
    FirstEmpty,

    /// <summary>Only b is empty.</summary>
    SecondEmpty,

    /// <summary>a lies below b, with a gap.</summary>
    Before,

    /// <summary>a ends where b begins; neither is a point.</summary>
    Meets,

    /// <summary>a begins first, b ends last, and they share an interval.</summary>
    Overlaps,

    /// <summary>They begin together and a ends first.</summary>
    Starts,

    /// <summary>a lies inside b and shares no end with it.</summary>
    ContainedBy,

    /// <summary>They end together and a begins last.</summary>
    Finishes,

    /// <summary>They are the same set.</summary>
    Equals,

    /// <summary>They end together and a begins first.</summary>
    FinishedBy,

    /// <summary>b lies inside a and shares no end with it.</summary>
    Contains,

    /// <summary>They begin together and a ends last.</summary>
    StartedBy,

    /// <summary>b begins first, a ends last, and they share an interval.</summary>
    OverlappedBy,

    /// <summary>b ends where a begins; neither is a point.</summary>
    MetBy,

    /// <summary>a lies above b, with a gap.</summary>
    After,
}
