using Proofs.Constructions.Executions;

namespace Proofs.Constructions.Formats.Onnx;

// Operators that take tensors apart and put them together.
internal sealed partial class Operators
{
    private Tensor Concat(OnnxNode node)
    {
        Tensor[] parts = [.. Enumerable.Range(0, node.InputCount).Select(node.Input)];
        int[] first = parts[0].Dims;
        int axis = node.Axis(node.Integer("axis", 1), first.Length);
        if (parts.Any(p => p.Dims.Length != first.Length || p.Dims.Where((d, i) => i != axis && d != first[i]).Any()))
        {
            throw node.Error(
                $"expected shapes that differ along axis {axis} only, found {string.Join(", ", parts.Take(8))}");
        }

        if (parts.Sum(p => (long)p.Dims[axis]) > WorkLimit.LargestTensor)
        {
            throw node.Error($"expected a result of at most {WorkLimit.LargestTensor} entries");
        }

        int[] dims = [.. first];
        dims[axis] = parts.Sum(p => p.Dims[axis]);
        node.Entries(dims, WorkLimit.Row);
        var all = Join(node, parts);

        // the parts lie one after another; each outer index takes a run of each of them
        int outer = first.Take(axis).Aggregate(1, (n, d) => n * d);
        var source = new int[all.Count];
        int at = 0;
        for (int o = 0; o < outer; o++)
        {
            int offset = 0;
            foreach (var part in parts)
            {
                int run = part.Count / outer;
                for (int i = 0; i < run; i++)
                {
                    source[at++] = offset + (o * run) + i;
                }

                offset += part.Count;
            }
        }

        return all.Rearrange(dims, source);
    }

    // All entries in one list, with computed values brought to the latest layer among them.
    private Tensor Join(OnnxNode node, Tensor[] parts)
    {
        int count = parts.Sum(p => p.Count);
        if (parts.All(p => p is Constant { Integers: not null }))
        {
            return Constant.Of([count], [.. parts.SelectMany(p => ((Constant)p).Integers!)]);
        }

        foreach (var part in parts)
        {
            Real(node, part);
        }

        if (parts.All(p => p is Constant))
        {
            return Constant.Of(
                [count], [.. parts.Cast<Constant>().SelectMany(p => Enumerable.Range(0, p.Count).Select(p.At))],
                FormatOf(parts));
        }

        int layer = parts.OfType<Activations>().Max(p => p.Layer);
        return new Activations([count], layer, [.. parts.SelectMany(p => p is Activations x
            ? _layering.Carry(x, layer).Rows
            : Enumerable.Range(0, p.Count).Select(i => ComputedRow.OfConstant(((Constant)p).At(i))))]);
    }

    private static NumberFormat? FormatOf(Tensor[] parts) =>
        parts.Select(p => ((Constant)p).Format).Distinct().ToArray() is [var format] ? format : null;

    private static Tensor Gather(OnnxNode node)
    {
        var x = node.Input(0);
        int axis = node.Axis(node.Integer("axis", 0), x.Dims.Length);
        if (node.Input(1) is not Constant { Integers: { } wanted } indices)
        {
            throw node.Error("expected constant integer indices");
        }

        int extent = x.Dims[axis];
        int[] index = [.. wanted.Select(i => node.Axis(i, extent))];
        return Take(node, x, axis, index).Reshape([.. x.Dims[..axis], .. indices.Dims, .. x.Dims[(axis + 1)..]]);
    }

    private static Tensor Slice(OnnxNode node)
    {
        var x = node.Input(0);
        bool asInputs = node.InputCount > 1;
        long[] starts = List("starts", 1) ?? throw node.Error("expected starts");
        long[] ends = List("ends", 2) ?? throw node.Error("expected ends");
        long[] axes = List("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = asInputs && node.OptionalInput(4) is not null ? node.Integers(4) : [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length
            || axes.Length > WorkLimit.LargestRank)
        {
            throw node.Error("expected starts, ends, axes and steps of one length");
        }

        for (int k = 0; k < starts.Length; k++)
        {
            int axis = node.Axis(axes[k], x.Dims.Length), extent = x.Dims[axis];
            if (steps[k] is not 1 and not -1)
            {
                throw node.Error($"expected steps of 1 or -1, found {steps[k]}");
            }

            // from..to in steps of one, both clamped into the axis as the operator says
            bool isForward = steps[k] == 1;
            int from = Clamp(starts[k], extent, isForward ? 0 : -1, isForward ? extent : extent - 1);
            int to = Clamp(ends[k], extent, isForward ? 0 : -1, isForward ? extent : extent - 1);
            int count = Math.Max(0, isForward ? to - from : from - to);
            x = Take(node, x, axis, [.. Enumerable.Range(0, count).Select(i => isForward ? from + i : from - i)]);
        }

        return x;

        long[]? List(string name, int input) => !asInputs
            ? node.IntegersOrNull(name)
            : node.OptionalInput(input) is null ? null : node.Integers(input);

        static int Clamp(long at, int extent, int least, int most) =>
            (int)Math.Clamp(at < 0 ? at + extent : at, least, most);
    }

    private static Tensor[] Split(OnnxNode node)
    {
        node.ExpectInputs(1, 2);
        var x = node.Input(0);
        int axis = node.Axis(node.Integer("axis", 0), x.Dims.Length), extent = x.Dims[axis];
        int parts = node.OutputCount, size = parts == 0 ? 0 : (extent + parts - 1) / parts;
        long[] sizes = (node.OptionalInput(1) is not null ? node.Integers(1) : node.IntegersOrNull("split"))
            ?? [.. Enumerable.Range(0, parts).Select(i => (long)Math.Clamp(extent - ((long)i * size), 0, size))];
        if (sizes.Length != parts || sizes.Any(s => s < 0 || s > extent) || sizes.Sum() != extent)
        {
            throw node.Error(
                $"expected {parts} parts that make up {extent}, found [{string.Join(", ", sizes.Take(16))}]");
        }

        var outputs = new Tensor[parts];
        int start = 0;
        for (int i = 0; i < parts; i++)
        {
            outputs[i] = Take(node, x, axis, [.. Enumerable.Range(start, (int)sizes[i])]);
            start += (int)sizes[i];
        }

        return outputs;
    }

    // The entries at the given places of an axis, in that order.
    private static Tensor Take(OnnxNode node, Tensor x, int axis, int[] places)
    {
        int[] dims = [.. x.Dims];
        dims[axis] = places.Length;
        int count = node.Entries(dims, WorkLimit.Entry);
        int inner = x.Dims.Skip(axis + 1).Aggregate(1, (n, d) => n * d), extent = x.Dims[axis];
        var source = new int[count];
        for (int i = 0; i < count; i++)
        {
            int rest = i / inner;
            source[i] = (((rest / places.Length * extent) + places[rest % places.Length]) * inner) + (i % inner);
        }

        return x.Rearrange(dims, source);
    }
}
