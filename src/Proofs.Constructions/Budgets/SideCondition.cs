using Proofs.Numeric;

namespace Proofs.Constructions;

/// <summary>A fact a lemma rests on.</summary>
/// <param name="Statement">What is required, in words and symbols.</param>
/// <param name="Formula">The requirement as a formula in the parameters; null where it is about a function.</param>
/// <param name="Standing">What is known about it on this instance.</param>
public sealed record SideCondition(string Statement, Condition? Formula, Standing Standing)
{
    /// <summary>A requirement on the parameters, which whoever reads the budget can test.</summary>
    public static SideCondition OnParameters(Condition formula) => new($"{formula}", formula, Standing.ByFormula);

    /// <summary>A requirement on a function that was shown to hold.</summary>
    public static SideCondition Shown(string statement) => new(statement, null, Standing.Shown);

    /// <summary>A requirement on a function that the user answers for.</summary>
    public static SideCondition Assumed(string statement) => new(statement, null, Standing.Assumed);
}

/// <summary>What is known about a <see cref="SideCondition"/>.</summary>
public enum Standing
{
    /// <summary>Its formula decides it, given the parameters.</summary>
    ByFormula,

    /// <summary>It was shown rigorously when the network was built.</summary>
    Shown,

    /// <summary>It could not be decided and is assumed: the bound holds if it does.</summary>
    Assumed,
}
