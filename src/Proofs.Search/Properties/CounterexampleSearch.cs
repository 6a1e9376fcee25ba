using System.Collections.Immutable;
using Proofs.Constructions.Executions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Properties;

// Leads points downhill: some spread over the box at first, later the best of each round of boxes and some anywhere in
// them. A point that binary64 takes for a counterexample, or nearly, is judged in exact arithmetic; only that decides.
internal sealed class CounterexampleSearch(PropertyQuery query)
{
    private const int Lanes = BackwardKernel.Lanes;
    private const int Starts = 8; // batches of points before the first box
    private const int StartSteps = 24;
    private const int RoundSteps = 8;
    private const int Batches = 4; // of either kind of points, in a round
    private const double Near = 1e-9;
    private const long Patience = 10_000; // boxes

    private readonly PointSearch _search = new(query);
    private readonly double[] _reach = new double[query.Dimension * Lanes];
    private readonly Random _random = new(20240102); // the same points in every run
    private readonly List<(OpenBox Box, BoxOutcome Outcome)> _offers = [];
    private ExecutionPass? _pass;
    private int _nearMisses = 64; // judged at most

    /// <summary>A counterexample, once there is one.</summary>
    public Counterexample? Found { get; private set; }

    /// <summary>
    /// Whether an input satisfies a case in real arithmetic or in one execution, but perhaps not in every one: no box
    /// will exclude it.
    /// </summary>
    public bool IsUncertain { get; private set; }

    /// <summary>The number of boxes after which an uncertain search gives up.</summary>
    public long Deadline { get; private set; } = long.MaxValue;

    /// <summary>The boxes bounded so far.</summary>
    public long Boxes { get; set; }

    /// <summary>Tries points spread over the box by a fixed sequence.</summary>
    public void Start()
    {
        var random = new Random(20240101);
        for (int s = 0; s < Starts && Found is null; s++)
        {
            for (int at = 0; at < _reach.Length; at++)
            {
                double lower = query.Lower[at / Lanes], side = query.Upper[at / Lanes] - lower;
                _search.Points[at] = lower + (random.NextDouble() * side);
                _reach[at] = side * 0.25;
            }

            _search.Descend(query.Lower, query.Upper, _reach, StartSteps);
            JudgeLanes(Lanes);
        }
    }

    /// <summary>Takes the best point of an open box of this round.</summary>
    public void Offer(OpenBox box, BoxOutcome outcome) => _offers.Add((box, outcome));

    /// <summary>Descends from the best points of the round, and from points anywhere in some of its boxes.</summary>
    public void Descend()
    {
        var best = _offers.OrderBy(o => o.Outcome.PointValue).Take(Batches * Lanes).ToArray();
        for (int first = 0; first < best.Length && Found is null; first += Lanes)
        {
            Descend([.. best.Skip(first).Take(Lanes)], isAnywhere: false);
        }

        for (int b = 0; b < Batches && best.Length > 0 && Found is null; b++)
        {
            Descend([.. Enumerable.Range(0, Lanes).Select(_ => _offers[_random.Next(_offers.Count)])],
                isAnywhere: true);
        }

        _offers.Clear();
    }

    private void Descend((OpenBox Box, BoxOutcome Outcome)[] starts, bool isAnywhere)
    {
        for (int at = 0; at < _reach.Length; at++)
        {
            var (box, outcome) = starts[Math.Min(at % Lanes, starts.Length - 1)];
            int j = at / Lanes;
            double side = box.Upper[j] - box.Lower[j];
            _search.Points[at] = isAnywhere ? box.Lower[j] + (_random.NextDouble() * side) : outcome.Point![j];
            _reach[at] = side * 0.25;
        }

        _search.Descend(query.Lower, query.Upper, _reach, RoundSteps);
        JudgeLanes(starts.Length);
    }

    private void JudgeLanes(int lanes)
    {
        for (int lane = 0; lane < lanes && Found is null; lane++)
        {
            double value = _search.Values[lane];
            if (query.Execution is not null || value <= 0 || (value <= Near && _nearMisses-- > 0))
            {
                Judge([.. Enumerable.Range(0, query.Dimension).Select(j => _search.Points[(j * Lanes) + lane])], value);
            }
        }
    }

    private void Judge(double[] point, double value)
    {
        BigRational[] exact = [.. point.Select((x, j) =>
            BigRational.Min(BigRational.Max(Binary64.Exact(x), query.Box.Lower[j]), query.Box.Upper[j]))];
        if (query.Execution is { } execution)
        {
            Judge(execution, exact, value);
            return;
        }

        var outputs = query.Network.Evaluate(exact);
        if (query.Cases.Any(c => c.Holds(exact, outputs)))
        {
            Found = new Counterexample([.. exact], outputs);
        }
    }

    // One execution tells where it is worth to enclose all of them.
    private void Judge(NetworkExecution execution, BigRational[] point, double value)
    {
        for (int j = 0; j < point.Length; j++)
        {
            if (execution.Format.Near(point[j], query.Box.Lower[j], query.Box.Upper[j]) is not { } near)
            {
                return; // no number of the format in the box
            }

            point[j] = near;
        }

        double[] run = execution.Run(point);
        ImmutableArray<BigRational> outputs = Array.TrueForAll(run, double.IsFinite)
            ? [.. run.Select(Binary64.Exact)]
            : [];
        bool holds = outputs.Length > 0 && query.Cases.Any(c => c.Holds(point, outputs));
        if (holds && query.Cases.Any(c => (_pass ??= new ExecutionPass(execution)).Holds(c, point)))
        {
            Found = new Counterexample([.. point], outputs);
        }
        else if (!IsUncertain && (holds || (value <= 0 && HoldsInRealNumbers(point))))
        {
            (IsUncertain, Deadline) = (true, Boxes + Patience);
        }
    }

    private bool HoldsInRealNumbers(BigRational[] point) =>
        query.Network.Evaluate(point) is var outputs && query.Cases.Any(c => c.Holds(point, outputs));
}
