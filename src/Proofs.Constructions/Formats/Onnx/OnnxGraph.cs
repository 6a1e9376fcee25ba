using System.Globalization;
using System.Collections.Immutable;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;

namespace Proofs.Constructions.Formats.Onnx;

// Evaluates the nodes that the output needs, each once, on functionals instead of numbers.
internal sealed class OnnxGraph
{
    private readonly GraphProto _graph;
    private readonly WorkLimit _work;
    private readonly Dictionary<string, TensorProto> _initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> _makers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);

    private OnnxGraph(GraphProto graph)
    {
        _graph = graph;
        foreach (var tensor in graph.Initializer)
        {
            if (!_initializers.TryAdd(tensor.Name, tensor))
            {
                throw new NetworkFormatException(
                    $"initialiser {TextLine.Quote(tensor.Name)}", "expected one of this name, found two");
            }
        }

        foreach (var node in graph.Node)
        {
            foreach (string output in node.Output.Where(name => name.Length > 0))
            {
                if (!_makers.TryAdd(output, node) || _initializers.ContainsKey(output))
                {
                    throw new NetworkFormatException(
                        $"value {TextLine.Quote(output)}", "expected one node or initialiser that gives it, found two");
                }
            }
        }

        _work = WorkLimit.For(graph.Initializer.Sum(t =>
            (t.RawData.Length / 4L) + t.FloatData.Count + t.DoubleData.Count + t.Int64Data.Count + t.Int32Data.Count));
    }

    /// <summary>The graph as an exact real function.</summary>
    public static ReluNetwork Read(ModelProto model)
    {
        var graph = new OnnxGraph(Graph(model));
        var (name, dims) = graph.Input();
        int count = graph.Count(dims);
        var layering = new Layering(count, graph._work);
        var result = graph.Evaluate(name, layering.Inputs(dims), new Operators(layering, graph._work).Evaluate);
        return graph.Built(() => layering.Build(result));
    }

    /// <summary>The graph as what its nodes execute.</summary>
    public static NetworkExecution ReadExecution(ModelProto model)
    {
        var network = Read(model); // a graph that is not understood at all is refused in the same words
        var graph = new OnnxGraph(Graph(model));
        var (name, dims) = graph.Input();
        var format = graph.InputFormat();
        var layering = new ExecutedLayering(graph.Count(dims), graph._work);
        var operators = new ExecutedOperators(new Operators(layering, graph._work), layering, format);
        var result = graph.Evaluate(name, layering.Inputs(dims), operators.Evaluate);
        return graph.Built(() => layering.Execution(
            result, format, steps =>
                operators.RoundsConstants ? StepComposition.Network(steps, graph._work) : network));
    }

    private static GraphProto Graph(ModelProto model)
    {
        CheckOpset(model);
        return model.Graph
            ?? throw new NetworkFormatException("the file", "expected an ONNX model, found no graph in it");
    }

    private (string Name, int[] Dims) Input()
    {
        // old exporters list the initialisers among the inputs
        ValueInfoProto[] inputs = [.. _graph.Input.Where(i => !_initializers.ContainsKey(i.Name))];
        if (inputs.Length != 1 || _graph.Output.Count != 1)
        {
            throw new NetworkFormatException("the graph", string.Create(CultureInfo.InvariantCulture,
                $"expected one input beside the initialisers and one output, found {inputs.Length} and "
                    + $"{_graph.Output.Count}"));
        }

        string input = inputs[0].Name;
        return _makers.ContainsKey(input)
            ? throw new NetworkFormatException(
                $"value {TextLine.Quote(input)}", "expected the graph's input, found a node that gives it too")
            : (input, InputShape(inputs[0]));
    }

    private NumberFormat InputFormat()
    {
        var input = _graph.Input.First(i => !_initializers.ContainsKey(i.Name));
        return input.Type.TensorType.ElemType switch
        {
            (int)TensorProto.Types.DataType.Float => NumberFormat.Binary32,
            (int)TensorProto.Types.DataType.Double => NumberFormat.Binary64,
            var type =>
                throw new NetworkFormatException(
                    $"input {TextLine.Quote(input.Name)}", string.Create(CultureInfo.InvariantCulture,
                $"no execution is known: expected an input of type float32 (1) or float64 (11), found type {type}; "
                    + $"take --semantics real")),
        };
    }

    private int Count(int[] dims)
    {
        int count = WorkLimit.Entries(dims) ?? 0;
        _work.Charge((long)count * WorkLimit.Row);
        return count;
    }

    private Tensor Evaluate(string input, Tensor inputs, Func<OnnxNode, Tensor[]> evaluate)
    {
        _values[input] = inputs;
        string output = _graph.Output[0].Name;
        foreach (var node in Order(input, output))
        {
            Evaluate(node, evaluate);
        }

        var result = Value(output, "the graph's output");
        return result is Constant { Integers: not null } || result.Count == 0
            ? throw new NetworkFormatException($"output {TextLine.Quote(output)}", "expected at least one real number")
            : result;
    }

    private T Built<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (ArgumentException e)
        {
            throw new NetworkFormatException($"output {TextLine.Quote(_graph.Output[0].Name)}", e.Message);
        }
    }

    // Depth first from the output, with a stack of our own: a graph may be deep, and it may be no graph but a cycle.
    private List<NodeProto> Order(string input, string output)
    {
        var order = new List<NodeProto>();
        var isDone = new Dictionary<NodeProto, bool>(ReferenceEqualityComparer.Instance);
        var stack = new Stack<(NodeProto Node, int Next)>();
        Visit(output);
        while (stack.TryPop(out var top))
        {
            if (top.Next == top.Node.Input.Count)
            {
                isDone[top.Node] = true;
                order.Add(top.Node);
                continue;
            }

            stack.Push((top.Node, top.Next + 1));
            string name = top.Node.Input[top.Next];
            _uses[name] = _uses.GetValueOrDefault(name) + 1;
            Visit(name);
        }

        _uses[output] = int.MaxValue;
        return order;

        void Visit(string name)
        {
            if (name == input || !_makers.TryGetValue(name, out var node))
            {
                return;
            }

            if (!isDone.TryGetValue(node, out bool done))
            {
                isDone[node] = false;
                stack.Push((node, 0));
            }
            else if (!done)
            {
                throw new NetworkFormatException(
                    $"value {TextLine.Quote(name)}", "expected a graph without cycles; it is computed from itself");
            }
        }
    }

    private void Evaluate(NodeProto proto, Func<OnnxNode, Tensor[]> evaluate)
    {
        var node = new OnnxNode(proto, _work);
        if (proto.Domain is not ("" or "ai.onnx"))
        {
            throw node.Error($"expected an operator of ONNX itself, found the domain {TextLine.Quote(proto.Domain)}");
        }

        node.Inputs = [.. proto.Input.Select(name => name.Length == 0 ? null : Value(name, node.Place))];
        var outputs = evaluate(node);
        foreach (var (name, value) in proto.Output.Zip(outputs))
        {
            if (name.Length > 0)
            {
                _values[name] = value;
            }
        }

        // what no later node reads is let go
        foreach (string name in proto.Input)
        {
            if (--_uses[name] == 0)
            {
                _values.Remove(name);
            }
        }
    }

    private Tensor Value(string name, string user)
    {
        if (_values.TryGetValue(name, out var value))
        {
            return value;
        }

        return _initializers.TryGetValue(name, out var tensor)
            ? _values[name] = TensorData.Read(tensor, $"initialiser {TextLine.Quote(name)}")
            : throw new NetworkFormatException(
                user, $"expected a node, initialiser or input that gives {TextLine.Quote(name)}, found none");
    }

    private static void CheckOpset(ModelProto model)
    {
        const int Oldest = 7;
        long version =
            model.OpsetImport.Where(o => o.Domain is "" or "ai.onnx").Select(o => o.Version).DefaultIfEmpty(0).Max();
        if (version < Oldest)
        {
            throw new NetworkFormatException("the file", version == 0
                ? "expected an ONNX model that names its opset, found none"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected opset {Oldest} or newer, found {version}; convert it with onnx.version_converter"));
        }
    }

    // The batch axis is the first one; where its extent is left open it is 1.
    private static int[] InputShape(ValueInfoProto input)
    {
        string place = $"input {TextLine.Quote(input.Name)}";
        var shape = input.Type?.TensorType?.Shape
            ?? throw new NetworkFormatException(place, "expected a tensor with a shape");
        if (shape.Dim.Count > WorkLimit.LargestRank)
        {
            throw new NetworkFormatException(
                place, $"expected at most {WorkLimit.LargestRank} axes, found {shape.Dim.Count}");
        }

        int[] dims = [.. shape.Dim.Select((d, i) => d.DimValue switch
        {
            <= 0 when i == 0 => 1,
            > 0 and <= int.MaxValue => (int)d.DimValue,
            _ => throw new NetworkFormatException(
                place, $"expected fixed extents after the first axis, found {Text(d)} for axis {i}"),
        })];
        return WorkLimit.Entries(dims) is > 0
            ? dims
            : throw new NetworkFormatException(place, string.Create(CultureInfo.InvariantCulture,
                $"expected at most {WorkLimit.LargestTensor} numbers, found the shape [{string.Join(", ", dims)}]"));

        static string Text(TensorShapeProto.Types.Dimension d) =>
            d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam
                ? TextLine.Quote(d.DimParam)
                : $"{d.DimValue}";
    }
}
