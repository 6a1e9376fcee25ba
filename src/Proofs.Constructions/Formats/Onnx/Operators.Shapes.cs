using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Text;

namespace Proofs.Constructions.Formats.Onnx;

// Operators that only move entries; they act alike on constants, shapes and computed values.
internal sealed partial class Operators
{
    private static Tensor ConstantNode(OnnxNode node)
    {
        var value = node.SingleAttribute();
        switch (value.Name)
        {
            case "value" when value.T is not null:
                return TensorData.Read(value.T, node.Place);
            case "value_float":
                return Constant.Of([], [TensorData.Checked(value.F, node.Place)], NumberFormat.Binary32);
            case "value_floats":
                return Constant.Of(
                    [value.Floats.Count], [.. value.Floats.Select(v => TensorData.Checked(v, node.Place))],
                    NumberFormat.Binary32);
            case "value_int":
                return Constant.Of([], [value.I]);
            case "value_ints":
                return Constant.Of([value.Ints.Count], [.. value.Ints]);
            default:
                throw node.Error("expected attribute value, value_float, value_floats, value_int or value_ints, found "
                    + TextLine.Quote(value.Name));
        }
    }

    private static Tensor Dropout(OnnxNode node) => node.OptionalInput(2) is null
        ? node.Input(0)
        : throw node.Error("expected the inference form, without a training_mode input");

    private static Tensor Flatten(OnnxNode node)
    {
        var x = node.Input(0);
        long axis = node.Integer("axis", 1);
        int split = axis == x.Dims.Length ? x.Dims.Length : node.Axis(axis, x.Dims.Length);
        int outer = x.Dims.Take(split).Aggregate(1, (n, d) => n * d);
        return x.Reshape([outer, x.Dims.Skip(split).Aggregate(1, (n, d) => n * d)]);
    }

    private static Tensor Reshape(OnnxNode node)
    {
        var x = node.Input(0);
        long[] wanted = node.Integers(1);
        bool copiesZero = node.Integer("allowzero", 0) == 0;
        string text = $"[{string.Join(", ", wanted.Take(16))}]";
        var dims = new int[wanted.Length];
        int open = -1;
        long known = 1;
        for (int i = 0; i < dims.Length; i++)
        {
            long d = wanted[i] == 0 && copiesZero && i < x.Dims.Length ? x.Dims[i] : wanted[i];
            if (d == -1 && open < 0)
            {
                open = i;
            }
            else if (d < 0 || d > WorkLimit.LargestTensor || known > WorkLimit.LargestTensor)
            {
                throw Wrong();
            }
            else
            {
                known *= d;
                dims[i] = (int)d;
            }
        }

        if (open >= 0 && known > 0 && x.Count % known == 0)
        {
            dims[open] = (int)(x.Count / known);
            known *= dims[open];
        }

        return known == x.Count && WorkLimit.Entries(dims) == x.Count ? x.Reshape(dims) : throw Wrong();

        NetworkFormatException Wrong() =>
            node.Error($"expected a shape for the {x.Count} entries of {x}, found {text}");
    }

    private static Tensor ShapeOf(OnnxNode node)
    {
        int[] dims = node.Input(0).Dims;
        int start = Bound(node.Integer("start", 0)), end = Bound(node.Integer("end", dims.Length));
        long[] values = [.. dims.Take(end).Skip(start).Select(d => (long)d)];
        return Constant.Of([values.Length], values);

        int Bound(long at) => (int)Math.Clamp(at < 0 ? at + dims.Length : at, 0, dims.Length);
    }

    private static Tensor Transpose(OnnxNode node)
    {
        var x = node.Input(0);
        int rank = x.Dims.Length;
        long[] axes = node.IntegersOrNull("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(i => (long)i)];
        if (axes.Length != rank || !axes.Order().SequenceEqual(Enumerable.Range(0, rank).Select(i => (long)i)))
        {
            throw node.Error($"expected perm to order the {rank} axes, found [{string.Join(", ", axes.Take(16))}]");
        }

        int[] dims = [.. axes.Select(a => x.Dims[a])], strides = Broadcast.Strides(x.Dims);
        node.Entries(dims, WorkLimit.Entry);
        return x.Rearrange(dims, Broadcast.Strided(dims, [.. axes.Select(a => strides[a])], start: 0));
    }

    private static Tensor Squeeze(OnnxNode node)
    {
        var x = node.Input(0);
        int[]? axes = Axes(node, x.Dims.Length);
        if (axes is not null && axes.Any(a => x.Dims[a] != 1))
        {
            throw node.Error($"expected axes of extent 1 in the shape {x}");
        }

        return x.Reshape([.. x.Dims.Where((d, i) => axes is null ? d != 1 : !axes.Contains(i))]);
    }

    private static Tensor Unsqueeze(OnnxNode node)
    {
        var x = node.Input(0);
        long[] wanted = AxesOrNull(node) ?? throw node.Error("expected axes");
        int rank = x.Dims.Length + wanted.Length;
        int[] axes = [.. wanted.Select(a => node.Axis(a, rank))];
        if (rank > WorkLimit.LargestRank || axes.Distinct().Count() != axes.Length)
        {
            throw node.Error($"expected different axes, and at most {WorkLimit.LargestRank} in all");
        }

        int next = 0;
        return x.Reshape([.. Enumerable.Range(0, rank).Select(i => axes.Contains(i) ? 1 : x.Dims[next++])]);
    }

    private static int[]? Axes(OnnxNode node, int rank) =>
        AxesOrNull(node) is { } axes ? [.. axes.Select(a => node.Axis(a, rank))] : null;

    // from opset 13 an input, before an attribute
    private static long[]? AxesOrNull(OnnxNode node) =>
        node.OptionalInput(1) is not null ? node.Integers(1) : node.IntegersOrNull("axes");
}
