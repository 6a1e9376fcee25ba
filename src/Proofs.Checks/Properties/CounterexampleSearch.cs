using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks.Properties;

// Leads points downhill: some spread over the box at first, later the best of each round of boxes. A point that binary64 takes
// for a counterexample, or nearly, is judged in exact arithmetic; only that decides.
internal sealed class CounterexampleSearch(PropertyQuery query)
{
    private const int Lanes = BackwardKernel.Lanes;
    private const int Starts = 8; // batches of points before the first box
    private const int StartSteps = 24;
    private const int RoundSteps = 6;
    private const double Near = 1e-9;

    private readonly PointSearch _search = new(query);
    private readonly double[] _reach = new double[query.Dimension * Lanes];
    private readonly List<(OpenBox Box, BoxOutcome Outcome)> _offers = [];
    private int _nearMisses = 64; // judged at most

    /// <summary>A counterexample, once there is one.</summary>
    public Counterexample? Found { get; private set; }

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

    /// <summary>Descends from the best points of the round.</summary>
    public void Descend()
    {
        var best = _offers.OrderBy(o => o.Outcome.PointValue).Take(Lanes).ToArray();
        _offers.Clear();
        if (Found is not null || best.Length == 0)
        {
            return;
        }

        for (int at = 0; at < _reach.Length; at++)
        {
            var (box, outcome) = best[Math.Min(at % Lanes, best.Length - 1)];
            int j = at / Lanes;
            _search.Points[at] = outcome.Point![j];
            _reach[at] = (box.Upper[j] - box.Lower[j]) * 0.25;
        }

        _search.Descend(query.Lower, query.Upper, _reach, RoundSteps);
        JudgeLanes(best.Length);
    }

    private void JudgeLanes(int lanes)
    {
        for (int lane = 0; lane < lanes && Found is null; lane++)
        {
            double value = _search.Values[lane];
            if (value <= 0 || (value <= Near && _nearMisses-- > 0))
            {
                Judge([.. Enumerable.Range(0, query.Dimension).Select(j => _search.Points[(j * Lanes) + lane])]);
            }
        }
    }

    private void Judge(double[] point)
    {
        BigRational[] exact = [.. point.Select((x, j) =>
            BigRational.Min(BigRational.Max(Binary64.Exact(x), query.Box.Lower[j]), query.Box.Upper[j]))];
        var outputs = query.Network.Evaluate(exact);
        if (query.Cases.Any(c => c.Holds(exact, outputs)))
        {
            Found = new Counterexample([.. exact], outputs);
        }
    }
}
