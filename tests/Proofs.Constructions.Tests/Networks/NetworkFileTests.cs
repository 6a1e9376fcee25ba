using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Networks;

public sealed class NetworkFileTests
{
    private const string Layer =
        """{"columns": 2, "rowStart": [0, 2], "column": [0, 1], "value": [1, "1/3"], "bias": [0]}""";

    [Fact]
    public void What_is_written_is_read_back_equal() =>
        Prop.ForAll(RandomNetworks.Network(2, 2).ToArbitrary(), n => NetworkFile.Parse(NetworkFile.ToText(n)).Equals(n))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Extreme_weights_survive_a_file()
    {
        var network = new ReluNetwork([Affine.FromExactRows(
            [[BigRational.PowerOfTwo(-1074), BigRational.PowerOfTwo(1023),
                new BigRational(1, 3) * BigRational.PowerOfTwo(-1100)]],
            [BigRational.Parse("0.1")])]);
        Assert.Equal(network, NetworkFile.Parse(NetworkFile.ToText(network)));
    }

    [Fact]
    public void Every_binary64_number_survives_a_file_as_weight_and_as_bias()
    {
        double[] numbers = [
            .. Binary64Numbers.PowersOfTwoAndNeighbours().Concat(Binary64Numbers.RandomBits(20_000))
            .Where(x => x != 0)];
        foreach (double[] row in numbers.Chunk(1000))
        {
            var network = new ReluNetwork([Affine.FromRows([row, row], [row[0], row[^1]])]);
            var read = NetworkFile.Parse(NetworkFile.ToText(network));
            Assert.Equal(network, read);
            Assert.Equal(
                row, Enumerable.Range(0, row.Length).Select(k => Binary64.Nearest(read.Layers[0].WeightAt(k))));
        }
    }

    [Fact]
    public void The_decimals_of_a_file_are_read_as_the_nearest_binary64_numbers()
    {
        // near ties, on either side and exact ones, with all their digits
        var digits = Binary64Numbers.RandomBits(300).Where(x => Math.Abs(x) is > 1e-280 and < 1e280).SelectMany(x =>
        {
            var (tie, off) =
                ((Binary64.Exact(x) + Binary64.Exact(Math.BitIncrement(x))) / 2, BigRational.PowerOfTwo(-1200));
            return new[] { tie, tie + off, tie - off };
        }).Concat(
            [BigRational.Parse("2.98023223876953125e-8"), BigRational.Parse("0.1"),
                BigRational.PowerOfTwo(-1075) + BigRational.PowerOfTwo(-1300)]);
        foreach (var number in digits)
        {
            string text = AllDigits(number);
            var read = NetworkFile.Parse(
                $$"""
                {"format": "proofs-network", "version": 1, "layers": [
                {"columns": 1, "rowStart": [0, 1], "column": [0], "value": [{{text}}], "bias": [0]}]}
                """);
            Assert.Equal(Binary64.Exact(Binary64.Nearest(number)), read.Layers[0].WeightAt(0));
        }

        static string AllDigits(BigRational x)
        {
            int places = x.Denominator.IsPowerOfTwo ? (int)x.Denominator.GetBitLength() - 1 : 1;
            return $"{x.Numerator * System.Numerics.BigInteger.Pow(10, places) / x.Denominator}e-{places}";
        }
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
