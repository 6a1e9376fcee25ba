using System.Collections.Immutable;
using Proofs.Constructions.Invariance;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;

namespace Proofs.Search.Invariance;

/// <summary>What is known of an invariance.</summary>
public enum InvarianceVerdict
{
    /// <summary>It holds exactly.</summary>
    Exact,

    /// <summary>It fails at a point.</summary>
    Refuted,

    /// <summary>The violation is bounded; whether it is 0 is open.</summary>
    Bounded,
}

/// <summary>How a generator was decided.</summary>
public enum InvarianceMethod
{
    /// <summary>By a symmetry of the weights: for all real inputs.</summary>
    Weights,

    /// <summary>By comparators and the 0-1 principle: for all real inputs, or all that are large enough.</summary>
    Comparators,

    /// <summary>By both sides being the same term of maxima and minima: for all real inputs.</summary>
    Terms,

    /// <summary>By an exact walk of the linear regions of the difference: on the domain.</summary>
    Regions,

    /// <summary>By an exact value at a point.</summary>
    Witness,

    /// <summary>By an enclosure of the difference on the domain.</summary>
    Enclosure,
}

/// <summary>A point at which Φ(g x) is not what it should be; all numbers are exact.</summary>
/// <param name="Point">x.</param>
/// <param name="Moved">Φ(g x).</param>
/// <param name="Expected">Φ(x), or g Φ(x) for an equivariance.</param>
/// <param name="Violation">The largest magnitude of an entry of the difference, above 0.</param>
public sealed record InvarianceWitness(
    ImmutableArray<BigRational> Point,
    ImmutableArray<BigRational> Moved,
    ImmutableArray<BigRational> Expected,
    BigRational Violation);

/// <summary>What is known for one generator.</summary>
/// <param name="Generator">The generator.</param>
/// <param name="Method">How it was decided.</param>
public sealed record GeneratorFinding(Generator Generator, InvarianceMethod Method)
{
    /// <summary>What shows it, for an exact symmetry.</summary>
    public SymmetryEvidence? Evidence { get; init; }

    /// <summary>Where it holds, if that is more than the domain.</summary>
    public SymmetryScope? Scope { get; init; }

    /// <summary>Where it fails.</summary>
    public InvarianceWitness? Witness { get; init; }

    /// <summary>An enclosure of the largest violation on the domain, where nothing decides.</summary>
    public RationalInterval? Violation { get; init; }
}

/// <summary>The answer to an <see cref="InvarianceRequest"/>.</summary>
/// <param name="Verdict">The verdict for the group; a bound is for its generators, or for its elements.</param>
/// <param name="Findings">For each generator, or each element; after a refutation only up to the one refuted.</param>
public sealed record InvarianceResult(InvarianceVerdict Verdict, ImmutableArray<GeneratorFinding> Findings)
{
    /// <summary>
    /// Whether every element of the group was looked at, which does not map the domain into itself, and not its
    /// generators alone.
    /// </summary>
    public bool IsOfElements { get; init; }

    /// <summary>The certificate that the kernel accepts, for an exact invariance.</summary>
    public string? Certificate { get; init; }

    /// <summary>The point that refutes, for a refuted invariance.</summary>
    public GeneratorFinding? Refuting => Findings.FirstOrDefault(f => f.Witness is not null);

    /// <summary>Whether the invariance holds for all real inputs, not only on the domain.</summary>
    public bool IsEverywhere => Scope is { AtLeast: null };

    /// <summary>Where the invariance holds, if that is known to be more than the domain.</summary>
    public SymmetryScope? Scope => Verdict == InvarianceVerdict.Exact && Findings.All(f => f.Scope is not null)
        ? new(Findings.Select(f => f.Scope!.AtLeast).Max())
        : null;

    /// <summary>An upper bound of the violation under the generators; null where none was found.</summary>
    public BigRational? UpperBound => Verdict switch
    {
        InvarianceVerdict.Exact => BigRational.Zero,
        InvarianceVerdict.Bounded when Findings.All(f => f.Violation is not { Upper: null }) =>
            Findings.Select(f => f.Violation?.Upper ?? BigRational.Zero).Max(),
        _ => null,
    };
}
