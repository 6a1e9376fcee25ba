using Google.Protobuf;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Xunit;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Constructions.Tests.Formats;

public sealed class OnnxRefusalTests
{
    [Fact]
    public void An_unknown_operator_is_named_with_its_node_and_what_is_understood()
    {
        string message = ErrorOf(Model([1, 1], [Node("y = Sigmoid(x)")]));
        Assert.StartsWith(
            "a.onnx: node 'n_y' (Sigmoid): expected an operator that is understood here: Add, Concat, Constant",
            message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused_with_their_place() => Assert.Equal(
        "a.onnx: initialiser 'w': expected finite numbers, found NaN at entry 1",
        ErrorOf(Model([1, 2], [Floats("w", [2, 1], 1, float.NaN), Node("y = MatMul(x, w)")])));

    [Theory]
    [InlineData("initialiser 'w': expected 6 numbers for the shape [2, 3], found 2", 2L, 3L)]
    [InlineData("initialiser 'w': expected a shape of at most", 1L << 40, 1L << 40)]
    [InlineData("initialiser 'w': expected a shape of at most", -1L, 2L)]
    [InlineData("expected matrices that fit, found shapes [1, 2] and [1, 2]", 1L, 2L)]
    public void Shapes_that_do_not_fit_are_refused(string expected, long rows, long columns) =>
        Assert.Contains(
            expected, ErrorOf(Model([1, 2], [Floats("w", [rows, columns], 1, 2), Node("y = MatMul(x, w)")])),
            StringComparison.Ordinal);

    [Fact]
    public void A_composed_weight_beyond_binary64_is_refused_by_its_size() => Assert.Equal(
        "a.onnx: output 'y': The weight in row 0, column 0 is about -2^1328; "
            + "expected a number of the binary64 range, below 2^1024.",
        ErrorOf(Model([1, 1], [
            Doubles("w", [1], -1e200), Node("a = Mul(x, w)"), Node("b = Mul(a, w)"), Node("y = Neg(b)"),
        ])));

    [Fact]
    public void Products_of_computed_values_are_refused()
    {
        Assert.Contains("no affine map", ErrorOf(Model([1, 1], [Node("y = Mul(x, x)")])), StringComparison.Ordinal);
        Assert.Contains("no affine map", ErrorOf(Model([1, 1], [Node("y = MatMul(x, x)")])), StringComparison.Ordinal);
        Assert.Contains("no affine map", ErrorOf(Model([1, 1], [Node("y = Div(x, x)")])), StringComparison.Ordinal);
    }

    [Fact]
    public void Division_by_zero_is_refused() => Assert.Contains(
        "divisor other than 0", ErrorOf(Model([1, 1], [Floats("z", [1], 0), Node("y = Div(x, z)")])),
        StringComparison.Ordinal);

    [Fact]
    public void A_missing_value_is_named() => Assert.Equal(
        "a.onnx: node 'n_y' (Add): expected a node, initialiser or input that gives 'w', found none",
        ErrorOf(Model([1, 1], [Node("y = Add(x, w)")])));

    [Fact]
    public void Cycles_are_refused() => Assert.Contains(
        "without cycles", ErrorOf(Model([1, 1], [Node("a = Add(x, y)"), Node("y = Relu(a)")])),
        StringComparison.Ordinal);

    [Fact]
    public void External_data_old_opsets_and_foreign_domains_are_refused()
    {
        var external = Floats("w", [1, 1]);
        external.DataLocation = TensorProto.Types.DataLocation.External;
        Assert.Contains(
            "external data", ErrorOf(Model([1, 1], [external, Node("y = MatMul(x, w)")])), StringComparison.Ordinal);

        var old = Model([1, 1], [Node("y = Relu(x)")]);
        old.OpsetImport[0].Version = 6;
        Assert.Contains("expected opset 7 or newer, found 6", ErrorOf(old), StringComparison.Ordinal);

        var foreign = Node("y = Relu(x)");
        foreign.Domain = "com.microsoft";
        Assert.Contains(
            "found the domain 'com.microsoft'", ErrorOf(Model([1, 1], [foreign])), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_inputs_or_an_open_inner_axis_are_refused()
    {
        var two = Model([1, 1], [Node("y = Relu(x)")]);
        two.Graph.Input.Add(new ValueInfoProto { Name = "z" });
        Assert.Contains("found 2 and 1", ErrorOf(two), StringComparison.Ordinal);
        Assert.Contains(
            "found 'N' for axis 1", ErrorOf(Model([1, null], [Node("y = Relu(x)")])), StringComparison.Ordinal);
        Assert.Contains(
            "numbers, found the shape", ErrorOf(Model([1, 1 << 30], [Node("y = Relu(x)")])), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_line_breaks_stay_on_one_line() => Assert.DoesNotContain(
        '\n', ErrorOf(
            Model([1, 1], [new NodeProto { OpType = "Bad\nline", Name = new string('\n', 5000), Output = { "y" } }])));

    [Fact]
    public void Files_that_are_no_models_are_refused()
    {
        byte[][] files = [[], [0], "{}"u8.ToArray(), "not a model"u8.ToArray(), new byte[4096], [0x1f, 0x8b, 1, 2, 3]];
        Assert.All(
            files, file => Assert.Throws<NetworkFileException>(() => OnnxFile.Read(new MemoryStream(file), "a.onnx")));
    }

    [Fact]
    public void Expansions_that_a_small_file_asks_for_are_refused()
    {
        // broadcasting makes 2^20 functionals of 2^10, then 2^30
        var row = Floats("r", [1, 1024], new float[1024]);
        var column = Floats("c", [1024, 1], new float[1024]);
        var deep = Floats("d", [1024, 1, 1], new float[1024]);
        Assert.Contains("entries", ErrorOf(Model([1, 1], [
            row, column, deep, Node("a = Add(x, r)"), Node("b = Add(a, c)"), Node("y = Add(b, d)"),
        ])), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_products_of_dense_maps_are_refused()
    {
        var w = Floats("w", [400, 400], [.. Enumerable.Range(0, 160000).Select(i => 1 + (i % 7 / 8f))]);
        var nodes = Enumerable.Range(0, 20)
            .Select(i => Node($"{(i == 19 ? "y" : $"t{i}")} = MatMul({(i == 0 ? "x" : $"t{i - 1}")}, w)"));
        Assert.Contains("units of work", ErrorOf(Model([1, 400], [w, .. nodes])), StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_that_grow_without_end_are_refused()
    {
        var nodes = Enumerable.Range(0, 60).Select(i => Node($"c{i + 1} = Mul(c{i}, c{i})"));
        Assert.Contains("its arithmetic needs more", ErrorOf(Model([1, 1], [
            Floats("c0", [1], 3), .. nodes, Node("y = Add(x, c60)"),
        ])), StringComparison.Ordinal);
    }

    [Fact]
    public void Swarms_of_empty_messages_are_refused_before_they_are_built()
    {
        byte[] swarm = [.. Enumerable.Repeat<byte[]>([0x42, 0], 1_100_000).SelectMany(b => b)];
        var error = Assert.Throws<NetworkFileException>(() => OnnxFile.Read(new MemoryStream(swarm), "a.onnx"));
        Assert.Contains("entries in all", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_longer_than_the_file_is_refused()
    {
        // a graph with a node whose first input claims 2^31 - 1 bytes; found by the fuzz test
        byte[] file = [0x3a, 0x0a, 0x0a, 0x08, 0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x17, 0x15];
        var error = Assert.Throws<NetworkFileException>(() => OnnxFile.Read(new MemoryStream(file), "a.onnx"));
        Assert.Contains("found a field of 2147483647 bytes where 2 are left", error.Message, StringComparison.Ordinal);
    }
}
