using System.Collections.Frozen;

namespace Proofs.Constructions.Formats.Onnx;

// The operators that are understood: affine maps, Relu, and moves of entries. Everything else is refused by name.
internal sealed partial class Operators
{
    private readonly Layering _layering;
    private readonly WeightedSum _sum;
    private readonly FrozenDictionary<string, Func<OnnxNode, Tensor[]>> _evaluators;

    public Operators(Layering layering, WorkLimit work)
    {
        _layering = layering;
        _sum = new WeightedSum(work);
        _evaluators = new Dictionary<string, Func<OnnxNode, Tensor[]>>
        {
            ["Add"] = One(2, 2, node => Add(node, node.Input(0), node.Input(1), subtract: false)),
            ["Concat"] = One(1, int.MaxValue, Concat),
            ["Constant"] = One(0, 0, ConstantNode),
            ["Div"] = One(2, 2, Divide),
            ["Dropout"] = One(1, 3, Dropout),
            ["Flatten"] = One(1, 1, Flatten),
            ["Gather"] = One(2, 2, Gather),
            ["Gemm"] = One(2, 3, Gemm),
            ["Identity"] = One(1, 1, node => node.Input(0)),
            ["MatMul"] = One(2, 2, node => MatMul(node, node.Input(0), node.Input(1))),
            ["Mul"] = One(2, 2, Multiply),
            ["Neg"] = One(1, 1, node => Scale(node, node.Input(0), -1)),
            ["Relu"] = One(1, 1, Relu),
            ["Reshape"] = One(2, 2, Reshape),
            ["Shape"] = One(1, 1, ShapeOf),
            ["Slice"] = One(1, 5, Slice),
            ["Split"] = Split,
            ["Squeeze"] = One(1, 2, Squeeze),
            ["Sub"] = One(2, 2, node => Add(node, node.Input(0), node.Input(1), subtract: true)),
            ["Transpose"] = One(1, 1, Transpose),
            ["Unsqueeze"] = One(1, 2, Unsqueeze),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The names of all operators that are understood, in order.</summary>
    public IEnumerable<string> Names => _evaluators.Keys.Order(StringComparer.Ordinal);

    public Tensor[] Evaluate(OnnxNode node)
    {
        if (!_evaluators.TryGetValue(node.Operator, out var evaluate))
        {
            throw node.Error(
                $"expected an operator that is understood here: {string.Join(", ", Names)}");
        }

        try
        {
            var outputs = evaluate(node);
            return outputs.Length >= node.OutputCount
                ? outputs
                : throw node.Error($"expected at most {outputs.Length} outputs, found {node.OutputCount}");
        }
        catch (ArgumentException e)
        {
            // a weight beyond the binary64 range, found while a layer is built
            throw node.Error(e.Message);
        }
    }

    private static Func<OnnxNode, Tensor[]> One(int least, int most, Func<OnnxNode, Tensor> evaluate) => node =>
    {
        node.ExpectInputs(least, most);
        return [evaluate(node)];
    };
}
