using Google.Protobuf;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Networks;
using Proofs.Constructions.Tests.Formats;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Search.Tests.Properties;

/// <summary>
/// A graph with an interpreter of its own: it computes in binary32, node by node, in orders that are drawn at random.
/// </summary>
internal sealed class ExecutionGraph
{
    private static readonly float[] Large = [16777216f, 33554432f, 3e7f, 1e12f];
    private static readonly float[] Small =
        [1e-3f, MathF.ScaleB(1, -70), MathF.ScaleB(1, -130), 3e-39f, MathF.ScaleB(1, -149)];

    private readonly List<IMessage> _parts = [];
    private readonly List<Action<Dictionary<string, float[]>, Random>> _nodes = [];
    private readonly Dictionary<string, int> _widths = new() { ["x"] = 0 };
    private readonly int _inputs;
    private int _names;
    private string _last = "x";

    private ExecutionGraph(int inputs) => _widths["x"] = _inputs = inputs;

    public int Inputs => _inputs;

    public string Text =>
        string.Join(
            "; ", _parts.OfType<NodeProto>().Select(n => $"{n.Output[0]} = {n.OpType}({string.Join(", ", n.Input)})"));

    public NetworkExecution Execution() =>
        NetworkReader.ReadExecution(new MemoryStream(Model().ToByteArray()), "graph.onnx");

    public ReluNetwork Network() => NetworkReader.Read(new MemoryStream(Model().ToByteArray()), "graph.onnx");

    public ModelProto Model()
    {
        var model = OnnxModels.Model([1, _inputs], _parts);
        model.Graph.Output[0].Name = _last;
        return model;
    }

    /// <summary>One execution.</summary>
    public float[] Execute(float[] input, Random random)
    {
        var values = new Dictionary<string, float[]> { ["x"] = input };
        foreach (var node in _nodes)
        {
            node(values, random);
        }

        return values[_last];
    }

    /// <summary>Random nodes in a row, some of which read earlier values.</summary>
    public static ExecutionGraph Random(Random random, int nodes)
    {
        var graph = new ExecutionGraph(random.Next(1, 4));
        for (int n = 0; n < nodes; n++)
        {
            graph.AddRandom(random);
        }

        return graph;
    }

    /// <summary>A graph made of named kinds of nodes, for cases that random ones rarely hit.</summary>
    public static ExecutionGraph Of(Random random, int inputs, params Action<ExecutionGraph, Random>[] nodes)
    {
        var graph = new ExecutionGraph(inputs);
        foreach (var node in nodes)
        {
            node(graph, random);
        }

        return graph;
    }

    public static void AddLarge(ExecutionGraph g, Random random) =>
        g.Elementwise(random, "Add", Large[random.Next(Large.Length)]);

    public static void SubLarge(ExecutionGraph g, Random random) =>
        g.Elementwise(random, "Sub", Large[random.Next(Large.Length)]);

    public static void MulTiny(ExecutionGraph g, Random random) => g.Elementwise(random, "Mul", MathF.ScaleB(1, -140));

    public static void MulHuge(ExecutionGraph g, Random random) => g.Elementwise(random, "Mul", MathF.ScaleB(1, 70));

    public static void MatMul(ExecutionGraph g, Random random) => g.Product(random, "MatMul");

    public static void Gemm(ExecutionGraph g, Random random) => g.Product(random, "Gemm");

    public static void AddBias(ExecutionGraph g, Random random) => g.Elementwise(random, "Add", null);

    public static void Relu(ExecutionGraph g, Random random) => g.Relu();

    public static void Flatten(ExecutionGraph g, Random random) => g.Move("Flatten", Int("axis", 1));

    public static void TransposeTwice(ExecutionGraph g, Random random)
    {
        g.Move("Transpose");
        g.Move("Transpose");
    }

    private static float Weight(Random random) => random.Next(8) switch
    {
        0 => Large[random.Next(Large.Length)] * (random.Next(2) == 0 ? 1 : -1),
        1 => Small[random.Next(Small.Length)] * (random.Next(2) == 0 ? 1 : -1),
        2 => 1,
        3 => -1,
        4 => 0,
        _ => (float)((random.NextDouble() * 4) - 2),
    };

    private void AddRandom(Random random)
    {
        switch (random.Next(14))
        {
            case 0 or 1: Elementwise(random, "Add", null); break;
            case 2: Elementwise(random, "Sub", null); break;
            case 3: Elementwise(random, "Mul", null); break;
            case 4: Elementwise(random, "Div", null); break;
            case 5 or 6: Product(random, "MatMul"); break;
            case 7 or 8: Product(random, "Gemm"); break;
            case 9: Relu(); break;
            case 10: Negate(); break;
            case 11: Join(random, random.Next(2) == 0 ? "Add" : "Sub"); break;
            case 12: Twice(); break;
            default: Folded(random); break;
        }
    }

    private string Next(int width)
    {
        _last = $"v{_names++}";
        _widths[_last] = width;
        return _last;
    }

    private void Elementwise(Random random, string op, float? scale)
    {
        string from = _last, name = $"c{_names}";
        int n = _widths[from];
        bool isScalar = random.Next(3) == 0, isLeft = op == "Sub" && scale is null && random.Next(3) == 0;
        float[] c = [.. Enumerable.Range(0, isScalar ? 1 : n).Select(_ => scale ?? Weight(random))];
        c = op == "Div" ? [.. c.Select(v => v == 0 ? 3 : v)] : c;
        string to = Next(n);
        _parts.Add(Floats(name, [c.Length], c));
        _parts.Add(isLeft ? Node($"{to} = {op}({name}, {from})") : Node($"{to} = {op}({from}, {name})"));
        _nodes.Add((values, _) => values[to] = [.. values[from].Select((v, i) => (op, c[isScalar ? 0 : i]) switch
        {
            ("Add", var b) => v + b,
            ("Sub", var b) => isLeft ? b - v : v - b,
            ("Mul", var b) => v * b,
            (_, var b) => v / b,
        })]);
    }

    private void Product(Random random, string op)
    {
        string from = _last, w = $"w{_names}", b = $"b{_names}";
        int n = _widths[from], m = random.Next(1, 4);
        float[] weights = [.. Enumerable.Range(0, n * m).Select(_ => Weight(random))]; // [n, m]
        bool isGemm = op == "Gemm";
        float alpha = isGemm && random.Next(3) == 0 ? random.Next(3) switch { 0 => 0.5f, 1 => -3, _ => 1e-3f } : 1;
        float beta = isGemm && random.Next(3) == 0 ? random.Next(2) == 0 ? 2 : 0.1f : 1;
        weights = alpha == 1 ? weights : [.. weights.Select(v => Math.Abs(v) < 1e-30f ? 0 : v)];
        float[] bias = [.. Enumerable.Range(0, m).Select(_ => isGemm ? Weight(random) : 0)];
        string to = Next(m);
        _parts.Add(Floats(w, [n, m], weights));
        if (isGemm)
        {
            _parts.Add(Floats(b, [m], bias));
            _parts.Add(Node($"{to} = Gemm({from}, {w}, {b})", Float("alpha", alpha), Float("beta", beta)));
        }
        else
        {
            _parts.Add(Node($"{to} = MatMul({from}, {w})"));
        }

        _nodes.Add((values, r) => values[to] = [.. Enumerable.Range(0, m).Select(i =>
            SumOf(r, [.. Enumerable.Range(0, n).Select(k => (weights[(k * m) + i], values[from][k]))], bias[i], alpha,
                beta))]);
    }

    // α Σ w x + β c in a random tree, with fused operations or not, in binary32 or binary64, α applied in one of four
    // places.
    private static float SumOf(Random random, (float W, float X)[] terms, float c, float alpha, float beta)
    {
        random.Shuffle(terms);
        int place = alpha == 1 ? 0 : random.Next(4);
        (float W, float X)[] scaled =
            [.. terms.Select(t => place switch { 1 => (t.W * alpha, t.X), 2 => (t.W, t.X * alpha), _ => t })];
        if (random.Next(4) == 0 && place is 0 or 1 or 2)
        {
            double wide = scaled.Aggregate(0.0, (s, t) => s + ((double)t.W * t.X));
            return (float)((place == 0 ? wide * alpha : wide) + ((double)beta * c));
        }

        bool startsWithBias = place is 1 or 2 && random.Next(2) == 0, isFused = random.Next(2) == 0;
        float bias = beta * c;
        var sums = new List<float> { startsWithBias ? bias : 0 };
        foreach (var (weight, x) in scaled)
        {
            int at = random.Next(sums.Count + 1);
            if (at == sums.Count)
            {
                sums.Add(0);
            }

            float product = place == 3 ? alpha * (weight * x) : weight * x;
            sums[at] = isFused && place != 3 ? MathF.FusedMultiplyAdd(weight, x, sums[at]) : sums[at] + product;
        }

        while (sums.Count > 1)
        {
            int i = random.Next(sums.Count - 1);
            sums[i] += sums[^1];
            sums.RemoveAt(sums.Count - 1);
        }

        float total = place == 0 && alpha != 1 ? alpha * sums[0] : sums[0];
        return startsWithBias ? total : isFused ? MathF.FusedMultiplyAdd(beta, c, total) : total + bias;
    }

    private void Relu()
    {
        string from = _last, to = Next(_widths[_last]);
        _parts.Add(Node($"{to} = Relu({from})"));
        _nodes.Add((values, _) => values[to] = [.. values[from].Select(v => MathF.Max(v, 0))]);
    }

    private void Negate()
    {
        string from = _last, to = Next(_widths[_last]);
        _parts.Add(Node($"{to} = Neg({from})"));
        _nodes.Add((values, _) => values[to] = [.. values[from].Select(v => -v)]);
    }

    private void Move(string op, params AttributeProto[] attributes)
    {
        string from = _last, to = Next(_widths[_last]);
        _parts.Add(Node($"{to} = {op}({from})", attributes));
        _nodes.Add((values, _) => values[to] = values[from]);
    }

    // with an earlier value of the same width, perhaps itself
    private void Join(Random random, string op)
    {
        string from = _last;
        string[] others = [.. _widths.Where(w => w.Value == _widths[from]).Select(w => w.Key)];
        string other = others[random.Next(others.Length)], to = Next(_widths[from]);
        _parts.Add(Node($"{to} = {op}({from}, {other})"));
        _nodes.Add((values, _) =>
            values[to] = [.. values[from].Zip(values[other], (a, b) => op == "Add" ? a + b : a - b)]);
    }

    // the same entries twice: what adds them up must not merge them
    private void Twice()
    {
        string from = _last;
        if (_widths[from] > 3)
        {
            return;
        }

        string to = Next(2 * _widths[from]);
        _parts.Add(Node($"{to} = Concat({from}, {from})", Int("axis", 1)));
        _nodes.Add((values, _) => values[to] = [.. values[from], .. values[from]]);
    }

    // a constant that the graph computes, in binary32
    private void Folded(Random random)
    {
        string from = _last, a = $"a{_names}", b = $"b{_names}", c = $"s{_names}";
        float first = Weight(random), second = Weight(random);
        string to = Next(_widths[from]);
        _parts.AddRange(
            [Floats(a, [1], first), Floats(b, [1], second), Node($"{c} = Add({a}, {b})"),
                Node($"{to} = Mul({from}, {c})")]);
        _nodes.Add((values, _) => values[to] = [.. values[from].Select(v => v * (first + second))]);
    }
}
