using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Networks;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Formats;

public sealed class AcasXuTests
{
    [AcasXuFact]
    public void All_ten_networks_have_five_inputs_five_outputs_and_six_hidden_layers_of_fifty()
    {
        string[] files = Directory.GetFiles(Path.Combine(OutsideData.Folder("acasxu")!, "onnx"), "*.onnx");
        Assert.Equal(10, files.Length);
        Assert.All(files, file =>
        {
            var network = OnnxFile.Read(file);
            Assert.Equal((5, 5, 7, 50),
                (network.InputDimension, network.OutputDimension, network.Depth, network.Width));
            Assert.All(network.Layers.SkipLast(1), layer => Assert.Equal(50, layer.Rows));
            Assert.True(network.IsBinary64);
        });
    }
}
