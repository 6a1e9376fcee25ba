using Google.Protobuf;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Onnx;
using static Proofs.Constructions.Tests.Formats.OnnxModels;
using DataType = Proofs.Constructions.Formats.Onnx.TensorProto.Types.DataType;

namespace Proofs.Oracle.Tests;

/// <summary>Graphs in either element type, as onnxruntime demands them: with the type of the output.</summary>
internal static class Graphs
{
    public static ModelProto Identity => Of(NumberFormat.Binary32, 13, [1], [Node("y = Identity(x)")]);

    /// <summary>The graph of these parts, with input x and output y.</summary>
    public static ModelProto Of(NumberFormat format, int opset, long?[] inputShape, params IEnumerable<IMessage> parts)
    {
        var model = Model(inputShape, parts);
        model.OpsetImport[0].Version = opset;
        int type = (int)TypeOf(format);
        model.Graph.Input[0].Type.TensorType.ElemType = type;
        model.Graph.Output[0].Type = new() { TensorType = new() { ElemType = type } };
        return model;
    }

    /// <summary>Numbers in the format; none of them is rounded.</summary>
    public static TensorProto Numbers(string name, NumberFormat format, long[] dims, params double[] values) =>
        format == NumberFormat.Binary32
            ? Floats(name, dims, [.. values.Select(v => (float)v)])
            : Doubles(name, dims, values);

    public static DataType TypeOf(NumberFormat format) =>
        format == NumberFormat.Binary32 ? DataType.Float : DataType.Double;

    /// <summary>The format of the graph's input.</summary>
    public static NumberFormat FormatOf(ModelProto model)
    {
        var input = model.Graph.Input.First(i => model.Graph.Initializer.All(t => t.Name != i.Name));
        return input.Type.TensorType.ElemType == (int)DataType.Float ? NumberFormat.Binary32 : NumberFormat.Binary64;
    }
}
