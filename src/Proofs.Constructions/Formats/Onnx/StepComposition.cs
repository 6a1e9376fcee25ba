using System.Collections.Immutable;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Networks;

namespace Proofs.Constructions.Formats.Onnx;

// The real function of a chain of steps as a network: maps without ρ between them are multiplied out, exactly.
internal static class StepComposition
{
    public static ReluNetwork Network(ImmutableArray<ExecutedStep> steps, WorkLimit work)
    {
        int inputs = steps[0].Map.Columns;
        var layering = new Layering(inputs, work);
        var sum = new WeightedSum(work);
        Activations[] units = [.. layering.Inputs([inputs]).Rows.Select(row => new Activations([1], 0, [row]))];
        foreach (var step in steps)
        {
            var next = new Activations[step.Map.Rows];
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = Row(step.Map, i);
                next[i] = step.IsRectified[i] ? layering.Relu(next[i]) : next[i];
            }

            units = next;
        }

        int last = units.Max(u => u.Layer);
        return layering.Build(
            new Activations([units.Length], last, [.. units.Select(u => layering.Carry(u, last).Rows[0])]));

        Activations Row(Affine map, int row)
        {
            int layer = 0;
            for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
            {
                layer = Math.Max(layer, units[map.Column[k]].Layer);
            }

            for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
            {
                sum.Add(map.WeightAt(k), layering.Carry(units[map.Column[k]], layer).Rows[0]);
            }

            sum.Add(map.BiasAt(row));
            return new Activations([1], layer, [sum.Take()]);
        }
    }
}
