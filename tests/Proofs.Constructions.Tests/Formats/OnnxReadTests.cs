using System.IO.Compression;
using Google.Protobuf;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Xunit;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Constructions.Tests.Formats;

public sealed class OnnxReadTests
{
    // 2 → 2 → 1: y = [1 -1] ρ([1 2; 3 4] x + [0.5 -0.5]) + 0.25
    private static readonly ReluNetwork Small = new([
        Affine.FromRows([[1, 2], [3, 4]], [0.5, -0.5]),
        Affine.FromRows([[1, -1]], [0.25]),
    ]);

    private static readonly TensorProto[] Weights =
    [
        Floats("A", [2, 2], 1, 2, 3, 4), Floats("a", [2], 0.5f, -0.5f), Floats("B", [1, 2], 1, -1),
        Floats("b", [1], 0.25f),
    ];

    [Fact]
    public void Gemm_and_Relu_give_their_layers() => Assert.Equal(Small, Read(Model([1, 2], [
        .. Weights, Node("t = Gemm(x, A, a)", Int("transB", 1)), Node("u = Relu(t)"),
        Node("y = Gemm(u, B, b)", Int("transB", 1)),
    ])));

    [Fact]
    public void MatMul_and_Add_give_the_same_layers() => Assert.Equal(Small, Read(Model([null, 2], [
        .. Weights, Node("At = Transpose(A)"), Node("Bt = Transpose(B)", Ints("perm", 1, 0)),
        Node("s = MatMul(x, At)"), Node("t = Add(a, s)"), Node("u = Relu(t)"), Node("v = MatMul(u, Bt)"),
        Node("y = Add(v, b)"),
    ])));

    [Fact]
    public void A_constant_on_the_left_acts_on_columns() => Assert.Equal(Small, Read(Model([2, 1], [
        .. Weights, Floats("ac", [2, 1], 0.5f, -0.5f), Node("s = MatMul(A, x)"), Node("t = Add(s, ac)"),
        Node("u = Relu(t)"),
        Node("v = MatMul(B, u)"), Node("y = Add(v, b)"),
    ])));

    [Fact]
    public void Raw_typed_single_and_double_tensors_read_alike()
    {
        byte[] raw = [.. new[] { 1.0, 2, 3, 4 }.SelectMany(BitConverter.GetBytes)];
        TensorProto[] forms =
        [
            Doubles("A", [2, 2], 1, 2, 3, 4),
            new() { Name = "A", Dims = { 2, 2 }, DataType = 11, RawData = ByteString.CopyFrom(raw) },
            new() { Name = "A", Dims = { 2, 2 }, DataType = 1,
                RawData = ByteString.CopyFrom([.. new[] { 1f, 2, 3, 4 }.SelectMany(BitConverter.GetBytes)]) },
        ];
        Assert.All(forms, form => Assert.Equal(Small, Read(Model([1, 2], [
            form, .. Weights[1..], Node("t = Gemm(x, A, a)", Int("transB", 1)), Node("u = Relu(t)"),
            Node("y = Gemm(u, B, b)", Int("transB", 1)),
        ]))));
    }

    [Fact]
    public void Single_precision_weights_are_exact_numbers()
    {
        var network = Read(Model([1, 1], [Floats("w", [1, 1], 0.1f), Node("y = MatMul(x, w)")]));
        Assert.Equal(new BigRational(13421773, 1 << 27), network.Layers[0].WeightAt(0));
    }

    [Fact]
    public void Alpha_beta_and_both_transpositions_are_applied_exactly()
    {
        var network = Read(Model([2, 1], [
            Floats("W", [3, 2], 1, 2, 3, 4, 5, 6), Floats("c", [1, 1], 10),
            Node("y = Gemm(x, W, c)", Int("transA", 1), Int("transB", 1), Float("alpha", 0.5f), Float("beta", 0.25f)),
        ]));
        Assert.Equal(new ReluNetwork([Affine.FromRows([[0.5, 1], [1.5, 2], [2.5, 3]], [2.5, 2.5, 2.5])]), network);
    }

    [Fact]
    public void Input_normalisation_is_folded_into_the_first_layer_exactly()
    {
        var network = Read(Model([null, 1, 1, 2], [
            Floats("mean", [1, 1, 1, 2], 1, 2), Floats("deviation", [], 3), Floats("W", [2, 1], 1, 6),
            Integers("shape", -1, 2),
            Node("s = Sub(x, mean)"), Node("t = Div(s, deviation)"), Node("u = Reshape(t, shape)"),
            Node("y = MatMul(u, W)"),
        ]));
        Assert.Equal(new BigRational(1, 3), network.Layers[0].WeightAt(0));
        Assert.Equal(2, network.Layers[0].WeightAt(1));
        Assert.Equal(new BigRational(-13, 3), network.Layers[0].BiasAt(0));
    }

    [Fact]
    public void Graphs_that_end_in_Relu_get_an_identity_layer()
    {
        var network =
            Read(Model([1, 2], [Floats("w", [2, 2], 1, 0, 0, -1), Node("t = MatMul(x, w)"), Node("y = Relu(t)")]));
        Assert.Equal(
            new ReluNetwork([Affine.FromRows([[1, 0], [0, -1]], [0, 0]), Affine.FromRows([[1, 0], [0, 1]], [0, 0])]),
            network);
    }

    [Fact]
    public void A_residual_connection_carries_its_short_branch()
    {
        var network = Read(Model([1, 1], [
            Floats("w", [1, 1], 2), Node("t = MatMul(x, w)"), Node("u = Relu(t)"), Node("v = Add(x, u)"),
            Node("r = Relu(v)"), Node("y = Sub(r, u)"),
        ]));
        Assert.Equal((3, 3), (network.Depth, network.Width));
        Assert.All(
            [-3, -1, 0, 2], x =>
                Assert.Equal(
                    Math.Max(x + Math.Max(2 * x, 0), 0) - Math.Max(2 * x, 0), network.Evaluate([(BigRational)x])[0]));
    }

    [Fact]
    public void Moves_of_entries_are_permutations()
    {
        var network = Read(Model([2, 3], [
            Integers("starts", 2), Integers("ends", -100), Integers("axes", 1), Integers("steps", -1),
            Integers("first", 0), Integers("flat", 1, -1),
            Node("t = Transpose(x)"), Node("r = Slice(x, starts, ends, axes, steps)"),
            Node("p, q = Split(t)", Int("axis", 1)),
            Node("row = Gather(r, first)", Int("axis", 0)), Node("pf = Flatten(p)", Int("axis", 0)),
            Node("both = Concat(row, pf)", Int("axis", -1)),
            Node("d = Dropout(both)"), Node("e = Squeeze(d)"), Node("z = Unsqueeze(e, first)"),
            Node("y = Reshape(z, flat)"),
        ]));
        Assert.Equal("3 2 1 1 2 3", string.Join(" ", network.Evaluate([1.0, 2, 3, 4, 5, 6])));
    }

    [Fact]
    public void A_flattening_computed_from_the_shape_is_followed()
    {
        var network = Read(Model([null, 2, 2], [
            Node("s = Shape(x)"), Node("i = Constant()", Int("value_int", 0)), Node("n = Gather(s, i)"),
            Integers("axes", 0),
            Node("m = Unsqueeze(n, axes)"), Integers("rest", -1), Node("shape = Concat(m, rest)", Int("axis", 0)),
            Node("y = Reshape(x, shape)"),
        ]));
        Assert.Equal((4, 4), (network.InputDimension, network.OutputDimension));
    }

    [Fact]
    public void Initialisers_among_the_inputs_are_no_inputs()
    {
        var model = Model([1, 1, 1, 2], [Floats("w", [2, 1], 1, 1), Node("f = Flatten(x)"), Node("y = MatMul(f, w)")]);
        model.Graph.Input.Insert(0, new ValueInfoProto { Name = "w" });
        Assert.Equal(2, Read(model).InputDimension);
    }

    [Fact]
    public void Packed_files_are_unpacked()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            Model([1, 1], [Node("y = Relu(x)")]).WriteTo(gzip);
        }

        Assert.Equal(2, OnnxFile.Read(new MemoryStream(packed.ToArray()), "a.onnx").Depth);
        for (int n = 2; n < packed.Length; n++)
        {
            var cut = new MemoryStream(packed.ToArray()[..n]);
            Assert.Throws<NetworkFileException>(() => OnnxFile.Read(cut, "a.onnx"));
        }
    }
}
