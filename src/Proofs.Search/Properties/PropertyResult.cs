using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Search.Properties;

/// <summary>The answer to the question whether an input satisfies a property.</summary>
public enum PropertyAnswer
{
    /// <summary>Not decided, and more time alone would not help.</summary>
    Unknown,

    /// <summary>No input satisfies the property, shown for every real input.</summary>
    Unsatisfiable,

    /// <summary>An input satisfies the property, found and checked in exact arithmetic.</summary>
    Satisfiable,

    /// <summary>Not decided when the time was over.</summary>
    Timeout,
}

/// <summary>An input that satisfies the property, and the outputs of the network there.</summary>
/// <remarks>
/// Guarantee: exact; the input lies in a case of the property, and the outputs satisfy its constraints. For an
/// execution the outputs are those of one, and every one satisfies the constraints. The input has finite decimals
/// unless none were found close by.
/// </remarks>
public sealed record Counterexample(ImmutableArray<BigRational> Inputs, ImmutableArray<BigRational> Outputs);

/// <summary>What a search found.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Counterexample">The input where the answer is <see cref="PropertyAnswer.Satisfiable"/>; null
/// else.</param>
/// <param name="Boxes">The boxes bounded.</param>
public sealed record PropertyResult(PropertyAnswer Answer, Counterexample? Counterexample, long Boxes)
{
    /// <summary>Why nothing is decided, where there is more to say than that the search ended; empty else.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The trees of boxes, one for each box of the property; empty unless they were asked for.</summary>
    internal ImmutableArray<SplitTree> Trees { get; init; } = [];
}
