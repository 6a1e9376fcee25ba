using FsCheck;
using FsCheck.Fluent;
using Proofs.Kernel;
using Xunit;

namespace Proofs.Constructions.Tests.Networks;

public sealed class NetworkFileTests
{
    private const string Layer = """{"columns": 2, "rowStart": [0, 2], "column": [0, 1], "value": [1, "1/3"], "bias": [0]}""";

    [Fact]
    public void What_is_written_is_read_back_equal() =>
        Prop.ForAll(RandomNetworks.Network(2, 2).ToArbitrary(), n => NetworkFile.Parse(NetworkFile.ToText(n)).Equals(n))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Extreme_weights_survive_a_file()
    {
        var network = new ReluNetwork([Affine.FromExactRows(
            [[BigRational.PowerOfTwo(-1074), BigRational.PowerOfTwo(1023), new BigRational(1, 3) * BigRational.PowerOfTwo(-1100)]],
            [BigRational.Parse("0.1")])]);
        Assert.Equal(network, NetworkFile.Parse(NetworkFile.ToText(network)));
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole()
    {
        string folder = Directory.CreateTempSubdirectory("proofs").FullName;
        string path = Path.Combine(folder, "square.json");
        NetworkFile.Write(path, Square.Build(2, 1).Network);
        NetworkFile.Write(path, Square.Build(3, 2).Network);
        Assert.Equal(Square.Build(3, 2).Network, NetworkFile.Read(path));
        Assert.Equal([path], Directory.GetFiles(folder));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Text_that_is_no_JSON_is_refused_with_its_line()
    {
        var error = Assert.Throws<NetworkFileException>(() => NetworkFile.Parse("{\n\"format\": oops}"));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "the file")]
    [InlineData("""{"format": "onnx", "version": 1, "layers": []}""", "format")]
    [InlineData("""{"format": "proofs-network", "version": 2, "layers": []}""", "version")]
    [InlineData("""{"format": "proofs-network", "version": 1}""", "layers")]
    [InlineData("""{"format": "proofs-network", "version": 1, "layers": [], "more": 1}""", "more")]
    [InlineData("""{"format": "proofs-network", "version": 1, "layers": []}""", "layers")]
    public void A_file_of_another_kind_is_refused(string text, string place)
    {
        var error = Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(text));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"1/3\"", "\"NaN\"", "layers[0].value[1]")]
    [InlineData("\"1/3\"", "1e999", "layers[0].value[1]")]
    [InlineData("\"1/3\"", "0", "layers[0].value[1]")]
    [InlineData("\"1/3\"", "\"1/0\"", "layers[0].value[1]")]
    [InlineData("[0, 1]", "[0, 2]", "layers[0].column[1]")]
    [InlineData("[0, 1]", "[0, 0]", "layers[0].column[1]")]
    [InlineData("[0, 1]", "[0]", "layers[0].column")]
    [InlineData("[0, 2]", "[0, 1]", "layers[0].rowStart[1]")]
    [InlineData("[0, 2]", "[1, 2]", "layers[0].rowStart[0]")]
    [InlineData("[0, 2]", "[0, 3]", "layers[0].rowStart[1]")]
    [InlineData("\"columns\": 2", "\"columns\": -1", "layers[0].columns")]
    [InlineData("\"bias\": [0]", "\"bias\": [null]", "layers[0].bias[0]")]
    public void A_wrong_value_is_refused_with_its_place(string good, string bad, string place)
    {
        string Text(string layer) => $$"""{"format": "proofs-network", "version": 1, "layers": [{{layer}}]}""";
        Assert.Equal(3, NetworkFile.Parse(Text(Layer)).Evaluate([BigRational.One, 6])[0]);
        var error = Assert.Throws<NetworkFileException>(
            () => NetworkFile.Parse(Text(Layer.Replace(good, bad, StringComparison.Ordinal))));
        Assert.Equal(place, error.Place);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }
}
