using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Networks;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Properties;

// The cases of a property that share a box. Row r of the last layer is a constraint less its bound, a_r·y − c_r: a case
// has a counterexample where all of its rows are at most 0 (below 0 where strict), and is excluded from a box where one
// is above.
// Constraints on inputs are rows of a matrix of their own, InputRows, over the coordinates.
internal sealed class PropertyQuery
{
    private PropertyQuery(
        ReluNetwork network, BoundLayer[] layers, Box box, ImmutableArray<int> caseNumbers, VnnProperty property,
        NetworkExecution? execution)
    {
        (Network, Box, CaseNumbers, Execution) = (network, box, caseNumbers, execution);
        Cases = [.. caseNumbers.Select(n => property.Cases[n])];
        var rows = new List<RowConstraint>();
        var inputRows = new List<RowConstraint>();
        foreach (var c in Cases)
        {
            OutputRows.Add(Numbers(c.OutputConstraints, rows));
            InputRowsOf.Add(Numbers(c.InputConstraints, inputRows));
        }

        int outputs = network.OutputDimension;
        RowCount = rows.Count;
        (InputConstraints, OutputConstraints) = ([.. inputRows], [.. rows]);
        Layers = [.. layers, Matrix(rows, outputs, execution is null ? null : [.. rows.Select(IsExact)])];
        Inputs = Matrix(inputRows, network.InputDimension, null);
        (Lower, Upper) = ([.. box.Lower.Select(Binary64.RoundDown)], [.. box.Upper.Select(Binary64.RoundUp)]);
    }

    public ReluNetwork Network { get; }

    /// <summary>The execution whose outputs are meant, whatever it rounds; null for the real values.</summary>
    public NetworkExecution? Execution { get; }

    public Box Box { get; }

    public ImmutableArray<int> CaseNumbers { get; }

    public ImmutableArray<VnnCase> Cases { get; }

    /// <summary>The layers of the network and, last, the output rows.</summary>
    public BoundLayer[] Layers { get; }

    /// <summary>The input rows.</summary>
    public BoundLayer Inputs { get; }

    public ImmutableArray<RowConstraint> InputConstraints { get; }

    public ImmutableArray<RowConstraint> OutputConstraints { get; }

    public int RowCount { get; }

    /// <summary>For each case the numbers of its output rows.</summary>
    public List<int[]> OutputRows { get; } = [];

    /// <summary>For each case the numbers of its input rows.</summary>
    public List<int[]> InputRowsOf { get; } = [];

    /// <summary>The box, rounded outward.</summary>
    public double[] Lower { get; }

    public double[] Upper { get; }

    public int Dimension => Lower.Length;

    /// <summary>The queries of a property: its cases by box, in their order.</summary>
    public static IEnumerable<PropertyQuery> Of(
        ReluNetwork network, VnnProperty property, NetworkExecution? execution = null)
    {
        BoundLayer[] layers = execution is null
            ? [.. network.Layers.Select((a, l) => new BoundLayer(a, l < network.Depth - 1))]
            : [.. execution.Steps.Select(s => new BoundLayer(s, execution.Format))]; // of all queries
        return property.Cases
            .Select((c, n) => (c.Inputs, n))
            .GroupBy(c => c.Inputs, c => c.n)
            .Select(g => new PropertyQuery(network, layers, g.Key, [.. g], property, execution));
    }

    private static int[] Numbers(ImmutableArray<RowConstraint> constraints, List<RowConstraint> rows)
    {
        int[] numbers = new int[constraints.Length];
        for (int k = 0; k < numbers.Length; k++)
        {
            int at = rows.IndexOf(constraints[k]);
            numbers[k] = at >= 0 ? at : rows.Count;
            if (at < 0)
            {
                rows.Add(constraints[k]);
            }
        }

        return numbers;
    }

    private static bool IsExact(RowConstraint row) =>
        Binary64.IsExact(row.Bound) && row.Terms.All(t => Binary64.IsExact(t.Value));

    private static BoundLayer Matrix(List<RowConstraint> rows, int columns, bool[]? keepsBias)
    {
        double[] weights = new double[rows.Count * columns];
        for (int r = 0; r < rows.Count; r++)
        {
            foreach (var (index, coefficient) in rows[r].Terms)
            {
                weights[(r * columns) + index] = Binary64.Nearest(coefficient);
            }
        }

        return new BoundLayer(rows.Count, columns, weights, [.. rows.Select(r => Binary64.Nearest(-r.Bound))])
        {
            IsBiasKept = keepsBias,
        };
    }
}
