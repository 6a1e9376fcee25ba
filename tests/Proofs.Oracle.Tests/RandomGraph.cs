using Google.Protobuf;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Oracle.Tests;

/// <summary>
/// A graph of operators that are read, drawn at random with legal shapes, and what it computes: each node comes with
/// its exact result and a bound for what an execution misses of it, by the definition of the operator and not by our
/// reader.
/// </summary>
internal sealed partial class RandomGraph
{
    private const int MostEntries = 48, MostRank = 5;

    private readonly NumberFormat _format;
    private readonly RoundingBound _bound;
    private readonly int _opset;
    private readonly Random _random;
    private readonly List<IMessage> _parts = [];
    private readonly List<Live> _live = [];
    private readonly List<Action<Run>> _nodes = [];
    private readonly HashSet<string> _operators = [];
    private readonly int[] _inputDims;
    private int _names;

    private RandomGraph(NumberFormat format, int opset, Random random)
    {
        (_format, _opset, _random, _bound) = (format, opset, random, new(format));
        int rank = random.Next(0, 4);
        _inputDims = [.. Enumerable.Range(0, rank).Select(_ => random.Next(1, 4))];
        _live.Add(new("x", _inputDims));
    }

    /// <summary>The graph as a file.</summary>
    public ModelProto Model { get; private set; } = new();

    /// <summary>The names of the operators in it.</summary>
    public IReadOnlySet<string> Operators => _operators;

    /// <summary>The number of inputs.</summary>
    public int Inputs => Count(_inputDims);

    /// <summary>The format of all its numbers.</summary>
    public NumberFormat Format => _format;

    private Live Last => _live[^1];

    /// <summary>A graph of so many steps; fewer steps with the same seed are its beginning.</summary>
    public static RandomGraph Of(int seed, int steps)
    {
        var random = new Random(seed);
        var format = random.Next(2) == 0 ? NumberFormat.Binary32 : NumberFormat.Binary64;
        int[] opsets = format == NumberFormat.Binary32 ? [7, 9, 10, 11, 12, 13, 15, 18, 21] : [13, 14, 15, 17, 18, 21];
        var graph = new RandomGraph(format, opsets[random.Next(opsets.Length)], random);
        for (int i = 0; i < steps; i++)
        {
            graph.Append();
        }

        bool isBatchOpen = graph._inputDims is [1, ..] && random.Next(2) == 0;
        long?[] shape = [.. graph._inputDims.Select((d, axis) => isBatchOpen && axis == 0 ? null : (long?)d)];
        graph.Finish(shape);
        return graph;
    }

    /// <summary>The outputs at a point, and what executions miss of them; null where one may overflow.</summary>
    public Missed[]? Evaluate(double[] x)
    {
        var run = new Run();
        run.Values["x"] = [.. x.Select(v => Missed.Exactly(Binary64.Exact(v)))];
        foreach (var node in _nodes)
        {
            node(run);
            if (run.Overflows)
            {
                return null;
            }
        }

        return run.Values[Last.Name];
    }

    /// <summary>A number of the format, often an awkward one.</summary>
    public static double Draw(Random random, NumberFormat format)
    {
        bool isSingle = format == NumberFormat.Binary32;
        double value = random.Next(14) switch
        {
            0 => 0,
            1 => -0.0,
            2 => 1,
            3 => -1,
            4 => random.Next(-12, 13) / 4.0,
            5 => isSingle ? 16777217 : 9007199254740993, // the first integer that the format lacks, rounded
            6 => isSingle ? 1e-42 : 3e-320, // subnormal
            7 => isSingle ? 1e-30 : 1e-300,
            8 => (isSingle ? 1e12 : 1e100) * (random.NextDouble() - 0.5),
            _ => (4 * random.NextDouble()) - 2,
        };
        return isSingle ? (float)value : value;
    }

    private static int Count(int[] dims) => dims.Aggregate(1, (n, d) => n * d);

    private void Append()
    {
        int choice = _random.Next(24);
        switch (choice)
        {
            case 0 or 1: Sum("Add"); break;
            case 2: Sum("Sub"); break;
            case 3: Product("Mul"); break;
            case 4: Product("Div"); break;
            case 5 or 6: MatMul(); break;
            case 7 or 8: Gemm(); break;
            case 9 or 10: Unary("Relu", RoundingBound.Rectified); break;
            case 11: Unary("Neg", v => v with { Value = -v.Value }); break;
            case 12: Unary("Identity", v => v); break;
            case 13: Dropout(); break;
            case 14: Flatten(); break;
            case 15: Reshape(); break;
            case 16: ReshapeByShape(); break;
            case 17: Transpose(); break;
            case 18: Squeeze(); break;
            case 19: Unsqueeze(); break;
            case 20: Concat(); break;
            case 21: Split(); break;
            case 22: Slice(); break;
            default: Gather(); break;
        }
    }

    private void Finish(long?[] shape)
    {
        if (Last.Name == "x")
        {
            Unary("Identity", v => v);
        }

        Model = Graphs.Of(_format, _opset, shape, _parts);
        Model.Graph.Output[0].Name = Last.Name;
    }

    private string Name() => $"v{_names++}";

    private void Node(string op, string inputs, string output, params AttributeProto[] attributes)
    {
        _operators.Add(op);
        _parts.Add(Constructions.Tests.Formats.OnnxModels.Node($"{output} = {op}({inputs})", attributes));
    }

    // A constant, from an initialiser or from a node.
    private Live Constant(int[] dims, Func<double> draw)
    {
        string name = Name();
        double[] values = [.. Enumerable.Range(0, Count(dims)).Select(_ => draw())];
        bool isSingle = _format == NumberFormat.Binary32;
        if (_random.Next(4) != 0)
        {
            _parts.Add(Graphs.Numbers(name, _format, [.. dims.Select(d => (long)d)], values));
        }
        else if (isSingle && _opset >= 12 && dims.Length <= 1)
        {
            Node("Constant", "", name, dims.Length == 0
                ? Float("value_float", (float)values[0])
                : new AttributeProto
                {
                    Name = "value_floats",
                    Type = AttributeProto.Types.AttributeType.Floats,
                    Floats = { values.Select(v => (float)v) },
                });
        }
        else
        {
            Node("Constant", "", name, new AttributeProto
            {
                Name = "value",
                Type = AttributeProto.Types.AttributeType.Tensor,
                T = Graphs.Numbers("", _format, [.. dims.Select(d => (long)d)], values),
            });
        }

        Missed[] exact = [.. values.Select(v => Missed.Exactly(Binary64.Exact(v)))];
        _nodes.Add(run => run.Values[name] = exact);
        return new(name, dims);
    }

    private double Draw() => Draw(_random, _format);

    private Live Result(string name, int[] dims, Action<Run> compute)
    {
        var live = new Live(name, dims);
        _nodes.Add(compute);
        _live.Add(live);
        return live;
    }

    private void Unary(string op, Func<Missed, Missed> f, params AttributeProto[] attributes)
    {
        var x = Last;
        string y = Name();
        Node(op, x.Name, y, attributes);
        Result(y, x.Dims, run => run.Values[y] = Array.ConvertAll(run.Values[x.Name], v => f(v)));
    }

    private void Dropout()
    {
        if (_opset >= 12)
        {
            Unary("Dropout", v => v);
        }
        else
        {
            Unary("Dropout", v => v, Float("ratio", 0.3f));
        }
    }

    // The entries of the last value in another order and shape: for each index of the result the index it takes.
    private void Move(
        string op, string inputs, int[] dims, Func<int[], int[]> source, params AttributeProto[] attributes)
    {
        var x = Last;
        string y = Name();
        Node(op, inputs, y, attributes);
        int[] from = [.. Indices(dims).Select(i => Offset(x.Dims, source(i)))];
        Result(y, dims, run => run.Values[y] = Array.ConvertAll(from, k => run.Values[x.Name][k]));
    }

    private void Rename(string op, string inputs, int[] dims, params AttributeProto[] attributes)
    {
        var x = Last;
        string y = Name();
        Node(op, inputs, y, attributes);
        Result(y, dims, run => run.Values[y] = run.Values[x.Name]);
    }

    private static IEnumerable<int[]> Indices(int[] dims)
    {
        for (int k = 0; k < Count(dims); k++)
        {
            int[] index = new int[dims.Length];
            for (int axis = dims.Length - 1, rest = k; axis >= 0; axis--)
            {
                (rest, index[axis]) = Math.DivRem(rest, dims[axis]);
            }

            yield return index;
        }
    }

    private static int Offset(int[] dims, int[] index) =>
        dims.Zip(index).Aggregate(0, (at, p) => (at * p.First) + p.Second);

    // The entry that an index of the common shape takes from a tensor that is broadcast to it.
    private static int Broadcast(int[] dims, int[] index) =>
        Offset(dims, [.. dims.Select((d, axis) => d == 1 ? 0 : index[index.Length - dims.Length + axis])]);

    private static int[]? Common(int[] a, int[] b)
    {
        int rank = Math.Max(a.Length, b.Length);
        int[] dims = [.. Enumerable.Range(0, rank).Select(axis => Extent(axis) is var (m, n) && (m == n || n == 1)
            ? m
            : m == 1 ? n : 0)];
        return dims.Contains(0) || Count(dims) > MostEntries || rank > MostRank ? null : dims;

        (int M, int N) Extent(int axis) => (At(a, axis), At(b, axis));

        int At(int[] d, int axis) => axis - rank + d.Length is >= 0 and var k ? d[k] : 1;
    }

    private T Pick<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private bool OneIn(int n) => _random.Next(n) == 0;

    private sealed record Live(string Name, int[] Dims)
    {
        public int Rank => Dims.Length;
    }

    private sealed class Run
    {
        public Dictionary<string, Missed[]> Values { get; } = [];

        public bool Overflows { get; set; }
    }
}
