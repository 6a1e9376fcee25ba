using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Search.BranchAndBound;

namespace Proofs.Search.Properties;

/// <summary>
/// A question about a network: is there an input that satisfies a property, and how long to look for one.
/// </summary>
public sealed record PropertyRequest
{
    private const long MostEntries = 1 << 27;

    /// <summary>
    /// The question whether an input of <paramref name="network"/> satisfies <paramref name="property"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The property has other numbers of inputs or outputs than the network, or the
    /// network is too large.</exception>
    public PropertyRequest(ReluNetwork network, VnnProperty property)
    {
        if (property.InputDimension != network.InputDimension || property.OutputDimension != network.OutputDimension)
        {
            throw new ArgumentException(
                $"the property has {property.InputDimension} inputs and {property.OutputDimension} outputs; expected "
                + $"{network.InputDimension} and {network.OutputDimension}, as the network has");
        }

        ExpectEntries(network.Layers, "layers");
        (Network, Property) = (network, property);
    }

    /// <summary>
    /// The question whether an execution satisfies <paramref name="property"/> at an input made of numbers of its
    /// format.
    /// </summary>
    /// <exception cref="ArgumentException">As for the network alone.</exception>
    public PropertyRequest(NetworkExecution execution, VnnProperty property)
        : this((execution ?? throw new ArgumentNullException(nameof(execution))).Network, property)
    {
        ExpectEntries(execution.Steps.Select(s => s.Map), "steps");
        Execution = execution;
    }

    /// <summary>The network, read as an exact real function.</summary>
    public ReluNetwork Network { get; }

    /// <summary>The property; an input that satisfies it is a counterexample.</summary>
    public VnnProperty Property { get; }

    /// <summary>
    /// The search ends after this time; null for no limit. The clock only ends it and steers nothing.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// The search ends after about this many boxes: a limit that gives the same answer on every machine.
    /// </summary>
    public long BoxBudget { get; init; } = 20_000_000;

    /// <summary>How many threads work; the answer does not depend on it.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether the tree of boxes is kept, so that a certificate can be written.</summary>
    public bool KeepsTree { get; init; }

    /// <summary>
    /// The execution that the answer is about, for which no tree is kept; null where it is about the network as a real
    /// function.
    /// </summary>
    public NetworkExecution? Execution { get; }

    /// <summary>Is told how far the search is, now and then; null for nobody.</summary>
    public IProgress<PropertyProgress>? Progress { get; init; }

    /// <summary>Ends the search early.</summary>
    public CancellationToken Cancellation { get; init; }

    // What the search may spend.
    internal Limits Limits => new() { Boxes = BoxBudget, Clock = Timeout, Cancellation = Cancellation };

    /// <summary>The request with a time limit.</summary>
    public PropertyRequest WithTimeout(TimeSpan timeout) => this with { Timeout = timeout };

    /// <summary>The request with a limit on boxes.</summary>
    public PropertyRequest WithBoxBudget(long boxes) => this with { BoxBudget = boxes };

    /// <summary>The request with a number of threads.</summary>
    public PropertyRequest WithJobs(int jobs) => this with { Jobs = jobs };

    /// <summary>The request with the tree of boxes kept, or not.</summary>
    public PropertyRequest WithTree(bool keep) => this with { KeepsTree = keep };

    private static void ExpectEntries(IEnumerable<Affine> maps, string what)
    {
        long entries = maps.Sum(a => (long)a.Rows * a.Columns);
        if (entries > MostEntries)
        {
            throw new ArgumentException(
                $"the {what} of the network have {entries} entries, zeros included; expected at most {MostEntries}");
        }
    }
}

/// <summary>How far a search is.</summary>
/// <param name="Boxes">The boxes bounded so far.</param>
/// <param name="Open">The boxes still open.</param>
public readonly record struct PropertyProgress(long Boxes, long Open);
