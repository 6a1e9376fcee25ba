using Google.Protobuf;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Xunit;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Constructions.Tests.Formats;

/// <summary>
/// What a graph executes; that executions lie in their enclosures is tested where these are computed.
/// </summary>
public sealed class OnnxExecutionTests
{
    private static readonly TensorProto Weight = Floats("W", [2, 2], 1, 2, 3, 4), Bias = Floats("b", [2], 0.5f, -0.5f);

    [Fact]
    public void Gemm_and_Relu_are_executed_as_their_layers()
    {
        var execution = Execution(Model([1, 2], [
            Weight, Bias, Node("t = Gemm(x, W, b)"), Node("u = Relu(t)"), Node("f = Flatten(u)"),
            Node("v = MatMul(f, W)"), Node("y = Add(b, v)"),
        ]));
        Assert.Equal(2, execution.Steps.Length);
        Assert.Equal(execution.Network.Layers, execution.Steps.Select(s => s.Map));
        Assert.All(
            execution.Steps, s => Assert.All(s.Roundings, r => Assert.Equal((4, false), (r.Count, r.IsOperation))));
        Assert.Equal([true, true, false, false], execution.Steps.SelectMany(s => s.IsRectified));
    }

    [Fact]
    public void Additions_in_a_row_are_not_merged()
    {
        var execution =
            Execution(Model([1, 1], [Floats("c", [1], 16777216), Node("a = Add(x, c)"), Node("y = Sub(a, c)")]));
        Assert.Equal(2, execution.Steps.Length);
        Assert.All(execution.Steps, s => Assert.Equal(RowRounding.Operation, s.Roundings[0]));
        Assert.Equal(0, execution.Run([new BigRational(1, 4)])[0]);
        Assert.Equal(new BigRational(1, 4), Value(execution.Network, new BigRational(1, 4)));
    }

    [Fact]
    public void Products_in_a_row_are_not_merged() => Assert.Equal(
        2, Execution(Model([1, 2], [Weight, Node("a = MatMul(x, W)"), Node("y = MatMul(a, W)")])).Steps.Length);

    [Fact]
    public void Moves_and_signs_are_exact()
    {
        var execution = Execution(
            Model([1, 2],
                [Node("t = Transpose(x)"), Node("n = Neg(t)"), Node("c = Concat(n, t)", Int("axis", 0)),
                    Node("y = Relu(c)")]));
        Assert.All(execution.Steps, s => Assert.All(s.Roundings, r => Assert.True(r.IsExact)));
    }

    // 1 + 2^-24 is 1 in binary32, a constant of the graph like any other.
    [Fact]
    public void Constants_that_the_graph_computes_are_rounded()
    {
        IMessage[] parts =
        [
            Floats("one", [1], 1), Floats("u", [1], MathF.ScaleB(1, -24)), Node("c = Add(one, u)"),
            Node("s = Mul(x, c)"), Node("r = Relu(s)"),
            Node("y = Add(r, x)"),
        ];
        Assert.Equal(new BigRational((1 << 25) + 1, 1 << 24), Value(Read(Model([1, 1], parts)), 1));
        var execution = Execution(Model([1, 1], parts));
        Assert.Equal(2, Value(execution.Network, 1));
        Assert.Equal(-1, Value(execution.Network, -1));
    }

    [Fact]
    public void Nodes_of_float64_numbers_are_executed_in_binary64()
    {
        var model = Model([1, 1], [Doubles("c", [1], 16777216), Node("a = Add(x, c)"), Node("y = Sub(a, c)")]);
        model.Graph.Input[0].Type.TensorType.ElemType = 11;
        var execution = Execution(model);
        Assert.Equal((NumberFormat.Binary64, 0.25), (execution.Format, execution.Run([new BigRational(1, 4)])[0]));
    }

    [Fact]
    public void What_has_no_known_execution_is_refused_with_its_node()
    {
        Refused("node 'n_y' (Add): no execution is known: a constant is no binary32 number", Doubles("d", [1], 1),
            Node("y = Add(x, d)"));
        Refused("node 'n_w' (MatMul): no execution is known: it multiplies constants", Floats("a", [1, 2], 0.1f, 0.7f),
            Floats("c", [2, 1], 0.3f, 0.9f), Node("w = MatMul(a, c)"), Node("y = Add(x, w)"));
        Refused("node 'n_y' (Gemm): no execution is known: its input C is computed", Floats("w", [1, 1], 2),
            Node("y = Gemm(x, w, x)"));
        Refused("node 'n_y' (Gemm): no execution is known: its alpha times", Floats("w", [1, 1], 1e-30f),
            Node("y = Gemm(x, w)", Float("alpha", 1e-10f)));
        Refused("node 'n_c' (Mul): no execution is known: a constant that it computes overflows",
            Floats("w", [1], 1e30f), Node("c = Mul(w, w)"), Node("y = Mul(x, c)"));
        var half = Model([1, 1], [Node("y = Relu(x)")]);
        half.Graph.Input[0].Type.TensorType.ElemType = 10;
        Assert.Contains(
            "input 'x': no execution is known: expected an input of type float32 (1) or float64 (11), found type 10",
            ErrorOfExecution(half), StringComparison.Ordinal);
    }

    [Fact]
    public void Products_of_constants_that_no_order_rounds_are_executed() => Assert.Equal(
        11 + 3,
        Value(Execution(Model([1, 1], [
            Floats("a", [1, 2], 1, 2), Floats("c", [2, 1], 3, 4), Node("w = MatMul(a, c)"), Node("y = Add(x, w)"),
        ])).Network, 3));

    [Fact]
    public void Networks_without_a_graph_are_executed_layer_by_layer()
    {
        var network = new ReluNetwork([Affine.FromRows([[1], [-1]], [0, 0.25]), Affine.FromRows([[0.5, 3]], [1])]);
        var execution = NetworkExecution.OfLayers(network);
        Assert.Equal("layers", execution.Parts);
        Assert.Equal([RowRounding.Exact, RowRounding.Operation], execution.Steps[0].Roundings.ToArray());
        using var file = new MemoryStream();
        NetworkFile.Write(file, new([Affine.FromRows([[0.1]], [0])]));
        file.Position = 0;
        var error = Assert.Throws<NetworkFileException>(() => NetworkReader.ReadExecution(file, "n.json"));
        Assert.Contains(
            "layer 1 has the weight 0.1, which is no binary32 number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounding_agrees_with_the_processor()
    {
        var random = new Random(24);
        for (int n = 0; n < 20_000; n++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            value = (n % 4) switch
            {
                0 => Math.ScaleB(1 + random.NextDouble(), random.Next(-152, 129)),
                // ties
                1 => ((double)(float)Math.ScaleB(random.Next(1 << 24), random.Next(-160, 100)))
                    * (1 + Math.ScaleB(1, -24)),
                2 => Math.ScaleB(random.Next(1, 64), -152),
                _ => value,
            };
            if (double.IsFinite(value))
            {
                float expected = (float)value;
                Assert.Equal(
                    float.IsFinite(expected) ? Binary64.Exact(expected) : null,
                    NumberFormat.Binary32.Nearest(Binary64.Exact(value)));
                Assert.Equal(Binary64.Exact(value), NumberFormat.Binary64.Nearest(Binary64.Exact(value)));
            }
        }
    }

    private static NetworkExecution Execution(ModelProto model) =>
        NetworkReader.ReadExecution(new MemoryStream(model.ToByteArray()), "a.onnx");

    private static BigRational Value(ReluNetwork network, BigRational x) => network.Evaluate((BigRational[])[x])[0];

    private static void Refused(string expected, params IMessage[] parts) =>
        Assert.Contains(expected, ErrorOfExecution(Model([1, 1], parts)), StringComparison.Ordinal);

    private static string ErrorOfExecution(ModelProto model)
    {
        _ = Read(model); // as a real function it is read
        var error = Assert.Throws<NetworkFileException>(() => Execution(model));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
