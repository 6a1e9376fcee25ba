using Google.Protobuf;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using AttributeType = Proofs.Constructions.Formats.Onnx.AttributeProto.Types.AttributeType;
using DataType = Proofs.Constructions.Formats.Onnx.TensorProto.Types.DataType;

namespace Proofs.Constructions.Tests.Formats;

/// <summary>ONNX models for tests, in as few words as the schema allows.</summary>
internal static class OnnxModels
{
    public static ModelProto Model(long?[] inputShape, params IEnumerable<IMessage> parts)
    {
        var input =
            new ValueInfoProto { Name = "x", Type = new() { TensorType = new() { ElemType = 1, Shape = new() } } };
        input.Type.TensorType.Shape.Dim.AddRange(inputShape.Select(d => d is { } extent
            ? new TensorShapeProto.Types.Dimension { DimValue = extent }
            : new TensorShapeProto.Types.Dimension { DimParam = "N" }));
        var graph = new GraphProto { Name = "g", Input = { input }, Output = { new ValueInfoProto { Name = "y" } } };
        graph.Node.AddRange(parts.OfType<NodeProto>());
        graph.Initializer.AddRange(parts.OfType<TensorProto>());
        return new ModelProto
        {
            IrVersion = 8,
            OpsetImport = { new OperatorSetIdProto { Version = 13 } },
            Graph = graph
        };
    }

    /// <summary>A node from text, <c>y = Gemm(x, W, b)</c>.</summary>
    public static NodeProto Node(string text, params IEnumerable<AttributeProto> attributes)
    {
        string[] sides = text.Split(" = ");
        string[] call = sides[1].TrimEnd(')').Split('(');
        var node = new NodeProto { OpType = call[0], Name = $"n_{sides[0]}" };
        node.Output.AddRange(sides[0].Split(", "));
        node.Input.AddRange(
            call[1].Split(", ").Where(name => call[1].Length > 0).Select(name => name == "_" ? "" : name));
        node.Attribute.AddRange(attributes);
        return node;
    }

    public static AttributeProto Int(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeType.Int };

    public static AttributeProto Ints(string name, params long[] values) =>
        new() { Name = name, Ints = { values }, Type = AttributeType.Ints };

    public static AttributeProto Float(string name, float value) =>
        new() { Name = name, F = value, Type = AttributeType.Float };

    public static TensorProto Floats(string name, long[] dims, params float[] values) =>
        new() { Name = name, Dims = { dims }, DataType = (int)DataType.Float, FloatData = { values } };

    public static TensorProto Doubles(string name, long[] dims, params double[] values) =>
        new() { Name = name, Dims = { dims }, DataType = (int)DataType.Double, DoubleData = { values } };

    public static TensorProto Integers(string name, params long[] values) =>
        new() { Name = name, Dims = { values.LongLength }, DataType = (int)DataType.Int64, Int64Data = { values } };

    public static ReluNetwork Read(ModelProto model) => OnnxFile.Read(new MemoryStream(model.ToByteArray()), "a.onnx");

    public static string ErrorOf(ModelProto model)
    {
        var error = Xunit.Assert.Throws<NetworkFileException>(() => Read(model));
        Xunit.Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
