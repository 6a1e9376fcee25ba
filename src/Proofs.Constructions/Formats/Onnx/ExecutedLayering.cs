using System.Collections.Immutable;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Networks;

namespace Proofs.Constructions.Formats.Onnx;

// The steps that grow while a graph is read as what it executes. A row that is not exact is computed in the step after
// the numbers it reads, before another node takes it; a value that skips steps is carried unchanged.
internal sealed class ExecutedLayering(int inputs, WorkLimit limit) : Layering(inputs, limit)
{
    private readonly int _inputs = inputs;
    private readonly WorkLimit _work = limit;
    private readonly List<StepRows> _steps = [];
    private readonly Dictionary<Activations, Activations> _computed = new(ReferenceEqualityComparer.Instance);

    public override Activations Relu(Activations x) => Compute(x, isRectified: true);

    public override Activations Carry(Activations x, int layer)
    {
        while (x.Layer < layer)
        {
            x = Compute(x);
        }

        return x;
    }

    /// <summary>The same numbers, each a unit of its own of the step after.</summary>
    public Activations Compute(Activations x) => _computed.TryGetValue(x, out var known)
        ? known
        : _computed[x] = Compute(x, isRectified: false);

    /// <summary>The same numbers, each of them computed: a unit, its negative, or a constant.</summary>
    public Activations Settle(Activations x) =>
        Array.TrueForAll(x.Rows, row => row.Rounding.IsExact && row.Units.Length <= 1) ? x : Compute(x);

    /// <summary>The same numbers, each of them a unit of its own.</summary>
    public Activations Separate(Activations x)
    {
        var seen = new HashSet<int>();
        return Array.TrueForAll(
            x.Rows, row => row.Rounding.IsExact && row.IsUnit && row.Constant.IsZero && seen.Add(row.Units[0]))
                ? x
                : Compute(x);
    }

    public NetworkExecution Execution(
        Tensor output, NumberFormat format, Func<ImmutableArray<ExecutedStep>, ReluNetwork> network)
    {
        int depth = output is Activations x ? x.Layer : 0;
        var last = new StepRows();
        for (int i = 0; i < output.Count; i++)
        {
            var row = output is Activations y ? y.Rows[i] : ComputedRow.OfConstant(((Constant)output).At(i));
            Add(last, row, isRectified: false);
        }

        var steps = ImmutableArray.CreateBuilder<ExecutedStep>(depth + 1);
        int columns = _inputs;
        foreach (var step in _steps.Take(depth).Append(last))
        {
            steps.Add(step.Build(columns));
            columns = step.Rows.Rows;
        }

        var all = steps.MoveToImmutable();
        return new NetworkExecution(format, all, network(all), "nodes");
    }

    private Activations Compute(Activations x, bool isRectified)
    {
        while (_steps.Count <= x.Layer)
        {
            _steps.Add(new StepRows());
        }

        var step = _steps[x.Layer];
        return new(
            x.Dims, x.Layer + 1, Array.ConvertAll(x.Rows, row => ComputedRow.OfUnit(Add(step, row, isRectified))));
    }

    private int Add(StepRows step, ComputedRow row, bool isRectified)
    {
        _work.Charge(row.Units.Length + WorkLimit.Row);
        row.WriteTo(step.Rows, negated: false);
        step.IsRectified.Add(isRectified);
        step.Roundings.Add(row.Rounding);
        return step.Rows.Rows - 1;
    }

    private sealed class StepRows
    {
        public Affine.Builder Rows { get; } = new();

        public List<bool> IsRectified { get; } = [];

        public List<RowRounding> Roundings { get; } = [];

        public ExecutedStep Build(int columns) => new(Rows.Build(columns), [.. IsRectified], [.. Roundings]);
    }
}
