using Google.Protobuf;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Xunit;

namespace Proofs.Constructions.Tests.Formats;

/// <summary>Models in ONNX-ML files are read as they stand, and what is not understood is named.</summary>
public sealed class FittedModelFileTests
{
    [Fact]
    public void A_support_vector_model_behind_a_scaler_is_read()
    {
        var model = Assert.IsType<FittedModel.Gaussian>(Read(
            Node("Scaler", Floats("offset", 1, 2), Floats("scale", 0.5f, 4)), Vectors("RBF")));
        Assert.Equal(new BigRational[] { 1, 2 }, model.Offset);
        Assert.Equal(new[] { BigRational.Half, 4 }, model.Factor);
        Assert.Equal(Binary64.Exact(0.3f), model.Gamma);
        Assert.Equal(3, model.Centres.Length);
        Assert.Equal(BigRational.PowerOfTwo(-2), model.Constant);
    }

    [Fact]
    public void Trees_are_read_with_their_base_value_apart()
    {
        var model = Assert.IsType<FittedModel.Trees>(Read(Trees("BRANCH_LEQ", 2)));
        Assert.Equal(2, model.Members.Length);
        Assert.Equal(2, model.Members[0].At([0, BigRational.Half]));
        Assert.Equal(5, model.Members[0].At([0, 1]));
        Assert.Equal(BigRational.Half, model.Members[1].At([0, 0]));
    }

    [Fact]
    public void What_is_not_understood_is_named()
    {
        Assert.Contains("SIGMOID", Refused(Vectors("SIGMOID")), StringComparison.Ordinal);
        Assert.Contains("BRANCH_LT", Refused(Trees("BRANCH_LT", 2)), StringComparison.Ordinal);
        Assert.Contains("found two", Refused(Trees("BRANCH_LEQ", 1)), StringComparison.Ordinal);
        Assert.Contains("Normalizer", Refused(Node("Normalizer")), StringComparison.Ordinal);
        Assert.Contains("found none", Refused(Node("Scaler", Floats("offset", 1), Floats("scale", 1))),
            StringComparison.Ordinal);
        Assert.Contains(
            "positive scales", Refused(Node("Scaler", Floats("offset", 1), Floats("scale", -1))),
            StringComparison.Ordinal);
    }

    // A stump on x2 at 1/2, with the leaves 2 and 5, and a base value of 1/2.
    private static NodeProto Trees(string mode, int right) => Node(
        "TreeEnsembleRegressor", Ints("nodes_treeids", 0, 0, 0), Ints("nodes_nodeids", 0, 1, 2),
        Ints("nodes_featureids", 1, 0, 0), Floats("nodes_values", 0.5f, 0, 0),
        Texts("nodes_modes", mode, "LEAF", "LEAF"), Ints("nodes_truenodeids", 1, 0, 0),
        Ints("nodes_falsenodeids", right, 0, 0), Ints("target_treeids", 0, 0), Ints("target_nodeids", 1, 2),
        Ints("target_ids", 0, 0), Floats("target_weights", 2, 5), Floats("base_values", 0.5f));

    private static NodeProto Vectors(string kernel) => Node(
        "SVMRegressor", Text("kernel_type", kernel), Floats("kernel_params", 0.3f, 0, 3),
        Floats("support_vectors", 1, 2, 3, 4, 5, 6), Floats("coefficients", 1, -1, 0.5f), Floats("rho", 0.25f),
        new AttributeProto { Name = "n_supports", I = 3 });

    private static FittedModel Read(params NodeProto[] nodes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = 2 });
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } };
        var graph = new GraphProto();
        graph.Input.Add(new ValueInfoProto { Name = "X", Type = type });
        graph.Node.AddRange(nodes);
        return FittedModelFile.Read(new MemoryStream(new ModelProto { Graph = graph }.ToByteArray()), "model.onnx");
    }

    private static string Refused(NodeProto node) =>
        Assert.Throws<NetworkFileException>(() => Read(node)).Message;

    private static NodeProto Node(string type, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = "n" };
        node.Attribute.AddRange(attributes);
        return node;
    }

    private static AttributeProto Floats(string name, params float[] values)
    {
        var attribute = new AttributeProto { Name = name };
        attribute.Floats.AddRange(values);
        return attribute;
    }

    private static AttributeProto Ints(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    private static AttributeProto Text(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value) };

    private static AttributeProto Texts(string name, params string[] values)
    {
        var attribute = new AttributeProto { Name = name };
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }
}
