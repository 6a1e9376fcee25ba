using System.Globalization;
using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Certification;
using Proofs.Search.Regions;

namespace Proofs.Search.Requests;

/// <summary>
/// One network in the difference that is certified: ±(output number <paramref name="Output"/> of the network).
/// </summary>
/// <param name="Network">The network.</param>
/// <param name="Output">Which output counts, from 0.</param>
/// <param name="Sign">1 or −1.</param>
public sealed record NetworkTerm(ReluNetwork Network, int Output = 0, int Sign = 1)
{
    /// <summary>1 or −1.</summary>
    public int Sign { get; } = Sign is 1 or -1
        ? Sign
        : throw new ArgumentOutOfRangeException(nameof(Sign), $"The sign is {Sign}; expected 1 or -1.");

    /// <summary>
    /// What the network's file executes, for <see cref="ExecutionError"/>; the real-valued certifier does not look at
    /// it.
    /// </summary>
    public NetworkExecution? Execution { get; init; }

    /// <summary>The term of an execution.</summary>
    public static NetworkTerm Of(NetworkExecution execution, int sign = 1)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return new(execution.Network, 0, sign) { Execution = execution };
    }
}

/// <summary>What to certify: e = Φ − f on a region, or a difference of networks less f; and how long to try.</summary>
public sealed record CertifyRequest
{
    private CertifyRequest(ImmutableArray<NetworkTerm> networks, Expr target, Region region) =>
        (Networks, Target, Region) = (networks, target, region);

    /// <summary>The networks whose signed sum is Φ; none where a formula alone is bounded.</summary>
    public ImmutableArray<NetworkTerm> Networks { get; init; }

    /// <summary>The formula f, in x1, …, xD, or x where D = 1.</summary>
    public Expr Target { get; init; }

    /// <summary>Where.</summary>
    public Region Region { get; init; }

    /// <summary>The bound in question; null where only an enclosure is asked for.</summary>
    public BigRational? AtMost { get; init; }

    /// <summary>The search ends when the enclosure is [lo, hi] with hi − lo ≤ RelativeGap · max(|lo|, |hi|).</summary>
    public double RelativeGap { get; init; } = 0.01;

    /// <summary>The search also ends when hi − lo is at most this; 0 by default.</summary>
    public double AbsoluteGap { get; init; }

    /// <summary>
    /// Whether the search ends as soon as <see cref="AtMost"/> is decided, however wide the enclosure still is.
    /// </summary>
    public bool StopWhenDecided { get; init; } = true;

    /// <summary>
    /// The search ends after this time; null for no limit. The clock only ends it and steers nothing.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// What messages call the time limit, where a search is given only a part of it; null for <see cref="Timeout"/>.
    /// </summary>
    public TimeSpan? StatedTimeout { get; init; }

    /// <summary>
    /// The search ends after about this many boxes: a limit that gives the same result on every machine.
    /// </summary>
    public long BoxBudget { get; init; } = 2_000_000;

    /// <summary>How many threads work; the result does not depend on it.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Is told how far the search is, now and then; null for nobody.</summary>
    public IProgress<CertifyProgress>? Progress { get; init; }

    /// <summary>Is told what is known of the extrema, while both are searched for; null for nobody.</summary>
    public IProgress<RangeResult>? Found { get; init; }

    /// <summary>Ends the search early; the enclosure so far is returned.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The search ends after this much CPU time of the process; null for no limit. As the clock, it only ends
    /// a search.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Whether a search for a supremum that a limit ends keeps what is needed to go on: see <see
    /// cref="CertifyResult.Checkpoint"/>.</summary>
    public bool KeepsCheckpoint { get; init; }

    /// <summary>Whether a search for a supremum keeps the tree of its boxes, which <see cref="SupCertificate"/> starts
    /// from.</summary>
    public bool KeepsTree { get; init; }

    /// <summary>Where a search for a supremum goes on that was ended before; null to begin.</summary>
    public SearchCheckpoint? Resume { get; init; }

    // The formula of a request without networks, in the inputs' names: e is the formula, which is its target negated.
    internal Expr Formula => Inputs.InNames(-Target, Region.Dimension);

    // The request about another formula alone.
    internal CertifyRequest About(Expr formula, Region region) =>
        this with { Target = OfFormula(formula, region).Target, Region = region };

    // What the search may spend.
    internal Limits Limits => new()
    {
        Boxes = BoxBudget,
        Clock = Timeout,
        CpuTime = CpuTime,
        Cancellation = Cancellation,
    };

    // The request with a part of the time that is left; messages still state the whole.
    internal CertifyRequest Within(Limits.Meter meter, double share = 1) => this with
    {
        Timeout = meter.Share(share),
        CpuTime = meter.CpuShare(share),
        StatedTimeout = StatedTimeout ?? Timeout,
    };

    // What messages say of a search that a limit, or the lack of boxes to divide, ended before it reached its target.
    internal string Why(Ending ending) => ending switch
    {
        Ending.Boxes => string.Create(
            CultureInfo.InvariantCulture,
            $"the budget of {BoxBudget} boxes is spent; a larger one would help"),
        Ending.Clock => string.Create(
            CultureInfo.InvariantCulture,
            $"the time limit of {(StatedTimeout ?? Timeout)?.TotalSeconds} s is reached; a longer one would help"),
        Ending.CpuTime => "the limit of CPU time is reached; a larger one would help",
        Ending.Cancelled => "the search was cancelled",
        Ending.Exhausted => "no box can be split further",
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "expected a limit of a request"),
    };

    /// <summary>The error of a network against a formula.</summary>
    public static CertifyRequest Of(ReluNetwork network, Expr target, Region region) =>
        new([new NetworkTerm(network)], target, region);

    /// <summary>The error that a construction claims to bound.</summary>
    public static CertifyRequest Of(Built built) =>
        Of(built.Network, built.Target, Region.Of(built.Domain, built.Boxes));

    /// <summary>What a lemma of a budget speaks of.</summary>
    public static CertifyRequest Of(LemmaInstance lemma)
    {
        var region = Region.Of(lemma.Domain, lemma.Boxes);
        return Of(lemma.Network, lemma.Target, lemma.Region is null ? region : region.WithWhere(lemma.Region));
    }

    /// <summary>A formula alone: e is the formula itself.</summary>
    public static CertifyRequest OfFormula(Expr formula, Region region) => new([], -formula, region);

    /// <summary>The difference of two networks.</summary>
    public static CertifyRequest OfDifference(ReluNetwork first, ReluNetwork second, Region region) =>
        new([new NetworkTerm(first), new NetworkTerm(second, 0, -1)], Expr.Zero, region);

    /// <summary>
    /// The error of what a network's file executes against a formula, for <see cref="ExecutionError"/>.
    /// </summary>
    public static CertifyRequest OfExecution(NetworkExecution execution, Expr target, Region region) =>
        new([NetworkTerm.Of(execution)], target, region);

    /// <summary>The difference of what two files execute, for <see cref="ExecutionError"/>.</summary>
    public static CertifyRequest OfExecutions(NetworkExecution first, NetworkExecution second, Region region) =>
        new([NetworkTerm.Of(first), NetworkTerm.Of(second, -1)], Expr.Zero, region);

    /// <summary>The request for the output number <paramref name="output"/> of its networks, from 0.</summary>
    public CertifyRequest WithOutput(int output) =>
        this with { Networks = [.. Networks.Select(n => n with { Output = output })] };

    /// <summary>The request with a bound to decide.</summary>
    public CertifyRequest WithAtMost(BigRational atMost) => this with { AtMost = atMost };

    /// <summary>The request with another region.</summary>
    public CertifyRequest WithRegion(Region region) => this with { Region = region };

    /// <summary>The request with another relative gap.</summary>
    public CertifyRequest WithRelativeGap(double gap) => this with { RelativeGap = gap };

    /// <summary>The request with a time limit.</summary>
    public CertifyRequest WithTimeout(TimeSpan timeout) => this with { Timeout = timeout };

    /// <summary>The request with a limit on boxes.</summary>
    public CertifyRequest WithBoxBudget(long boxes) => this with { BoxBudget = boxes };

    /// <summary>The request with a number of threads.</summary>
    public CertifyRequest WithJobs(int jobs) => this with { Jobs = jobs };
}

/// <summary>How far a search is.</summary>
/// <param name="Bounds">The enclosure so far.</param>
/// <param name="Boxes">The boxes bounded so far.</param>
/// <param name="Open">The boxes still open.</param>
public readonly record struct CertifyProgress(Interval Bounds, long Boxes, long Open);
