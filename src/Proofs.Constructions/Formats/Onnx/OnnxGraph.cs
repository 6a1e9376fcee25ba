using System.Collections.Immutable;

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
                throw new NetworkFormatException($"initialiser {TextLine.Quote(tensor.Name)}", "expected one of this name, found two");
            }
        }

        foreach (var node in graph.Node)
        {
            foreach (string output in node.Output.Where(name => name.Length > 0))
            {
                if (!_makers.TryAdd(output, node) || _initializers.ContainsKey(output))
                {
                    throw new NetworkFormatException($"value {TextLine.Quote(output)}", "expected one node or initialiser that gives it, found two");
                }
            }
        }

        _work = WorkLimit.For(graph.Initializer.Sum(t =>
            (t.RawData.Length / 4L) + t.FloatData.Count + t.DoubleData.Count + t.Int64Data.Count + t.Int32Data.Count));
    }

    public static ReluNetwork Read(ModelProto model)
    {
        CheckOpset(model);
        var graph = model.Graph ?? throw new NetworkFormatException("the file", "expected an ONNX model, found no graph in it");
        return new OnnxGraph(graph).Read();
    }

    private ReluNetwork Read()
    {
        // old exporters list the initialisers among the inputs
        ValueInfoProto[] inputs = [.. _graph.Input.Where(i => !_initializers.ContainsKey(i.Name))];
        if (inputs.Length != 1 || _graph.Output.Count != 1)
        {
            throw new NetworkFormatException("the graph", FormattableString.Invariant(
                $"expected one input beside the initialisers and one output, found {inputs.Length} and {_graph.Output.Count}"));
        }

        string input = inputs[0].Name, output = _graph.Output[0].Name;
        if (_makers.ContainsKey(input))
        {
            throw new NetworkFormatException($"value {TextLine.Quote(input)}", "expected the graph's input, found a node that gives it too");
        }

        int[] dims = InputShape(inputs[0]);
        int count = WorkLimit.Entries(dims) ?? 0;
        _work.Charge((long)count * WorkLimit.Row);
        var layering = new Layering(count, _work);
        _values[input] = layering.Inputs(dims);
        var operators = new Operators(layering, _work);
        var order = Order(input, output);
        foreach (var node in order)
        {
            Evaluate(node, operators);
        }

        var result = Value(output, "the graph's output");
        if (result is Constant { Integers: not null } || result.Count == 0)
        {
            throw new NetworkFormatException($"output {TextLine.Quote(output)}", "expected at least one real number");
        }

        try
        {
            return layering.Build(result);
        }
        catch (ArgumentException e)
        {
            throw new NetworkFormatException($"output {TextLine.Quote(output)}", e.Message);
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
                throw new NetworkFormatException($"value {TextLine.Quote(name)}", "expected a graph without cycles; it is computed from itself");
            }
        }
    }

    private void Evaluate(NodeProto proto, Operators operators)
    {
        var node = new OnnxNode(proto, _work);
        if (proto.Domain is not ("" or "ai.onnx"))
        {
            throw node.Error($"expected an operator of ONNX itself, found the domain {TextLine.Quote(proto.Domain)}");
        }

        node.Inputs = [.. proto.Input.Select(name => name.Length == 0 ? null : Value(name, node.Place))];
        var outputs = operators.Evaluate(node);
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
            : throw new NetworkFormatException(user, $"expected a node, initialiser or input that gives {TextLine.Quote(name)}, found none");
    }

    private static void CheckOpset(ModelProto model)
    {
        const int Oldest = 7;
        long version = model.OpsetImport.Where(o => o.Domain is "" or "ai.onnx").Select(o => o.Version).DefaultIfEmpty(0).Max();
        if (version < Oldest)
        {
            throw new NetworkFormatException("the file", version == 0
                ? "expected an ONNX model that names its opset, found none"
                : FormattableString.Invariant($"expected opset {Oldest} or newer, found {version}; convert it with onnx.version_converter"));
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
            throw new NetworkFormatException(place, $"expected at most {WorkLimit.LargestRank} axes, found {shape.Dim.Count}");
        }

        int[] dims = [.. shape.Dim.Select((d, i) => d.DimValue switch
        {
            <= 0 when i == 0 => 1,
            > 0 and <= int.MaxValue => (int)d.DimValue,
            _ => throw new NetworkFormatException(place, $"expected fixed extents after the first axis, found {Text(d)} for axis {i}"),
        })];
        return WorkLimit.Entries(dims) is > 0
            ? dims
            : throw new NetworkFormatException(place, FormattableString.Invariant(
                $"expected at most {WorkLimit.LargestTensor} numbers, found the shape [{string.Join(", ", dims)}]"));

        static string Text(TensorShapeProto.Types.Dimension d) => d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam ? TextLine.Quote(d.DimParam) : $"{d.DimValue}";
    }
}
