using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Theorems;

/// <summary>One sentence of a theorem that a machine can check.</summary>
public abstract record Claim
{
    private protected Claim(string name, string statement) => (Name, Statement) = (name, statement);

    /// <summary>The claim's name, unique in its theorem.</summary>
    public string Name { get; }

    /// <summary>The claim as its author wrote it.</summary>
    public string Statement { get; }

    /// <summary>A statement quantified over all parameters, for the prover.</summary>
    public sealed record Symbolic(string Name, string Statement) : Claim(Name, Statement);

    /// <summary>A bound on the error of the network over a region, for the certifier.</summary>
    /// <param name="Name">The claim's name.</param>
    /// <param name="Statement">The claim as written.</param>
    /// <param name="Quantity">The norm or extremum.</param>
    /// <param name="Subject">What is measured, in the inputs, the definitions of the instance, and <c>Phi</c> for the
    /// network.</param>
    /// <param name="Where">The region inside the domain; null for all of it.</param>
    /// <param name="Relation">≤, ≥ or =.</param>
    /// <param name="Bound">The claimed bound, in the parameters.</param>
    public sealed record Error(
        string Name, string Statement, Quantity Quantity, Expr Subject, Condition? Where, RelationKind Relation,
        Expr Bound)
        : Claim(Name, Statement);

    /// <summary>A bound on the volume of a region inside the domain.</summary>
    public sealed record Volume(string Name, string Statement, Condition Region, RelationKind Relation, Expr Bound)
        : Claim(Name, Statement);

    /// <summary>
    /// A relation between exact numbers of an instance: its parameters and L, W, B, width of the network.
    /// </summary>
    public sealed record Exact(string Name, string Statement, Condition Condition) : Claim(Name, Statement);

    /// <summary>A property of every member of a class, attacked by random search.</summary>
    public sealed record Searched(string Name, string Statement, Func<SearchRequest, Verdict> Attack)
        : Claim(Name, Statement);

    /// <summary>
    /// A number that random data estimate, and the rule that decides about it, fixed before the data are drawn.
    /// </summary>
    /// <param name="Name">The claim's name.</param>
    /// <param name="Subject">The number in words; with the rule it makes the statement.</param>
    /// <param name="Rule">The rule.</param>
    /// <param name="Measure">Draws the data and estimates; deterministic.</param>
    public sealed record Statistical(
        string Name, string Subject, DecisionRule Rule, Func<SampleRequest, IntervalEstimate> Measure)
        : Claim(Name, $"{Subject} {Rule}");

    /// <summary>A sentence that is no claim; it is reported as an error, and the other claims are checked.</summary>
    /// <param name="Name">The claim's name.</param>
    /// <param name="Statement">The sentence as written.</param>
    /// <param name="Problem">Where it breaks, and what was expected.</param>
    public sealed record Malformed(string Name, string Statement, string Problem) : Claim(Name, Statement);

    /// <summary>Whether the claim is checked on instances, and not once for all parameters.</summary>
    public bool IsAboutInstances => this is Error or Volume or Exact;
}

/// <summary>How random data are to be drawn.</summary>
/// <param name="Seed">The seed; the same seed draws the same data.</param>
/// <param name="Profile">How much data to draw.</param>
/// <param name="Jobs">How many threads to use; results do not depend on it.</param>
/// <param name="Cancellation">Ends the work early.</param>
public sealed record SampleRequest(long Seed, Profile Profile, int Jobs, CancellationToken Cancellation);

/// <summary>How a random search is to run.</summary>
/// <param name="Seed">The seed; the same seed makes the same trials.</param>
/// <param name="Trials">How many trials to make.</param>
/// <param name="Cancellation">Ends the search early.</param>
public sealed record SearchRequest(long Seed, int Trials, CancellationToken Cancellation);
