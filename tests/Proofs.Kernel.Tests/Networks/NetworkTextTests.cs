using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Networks;

/// <summary>The text of networks and properties: what is written is read back equal, and a line has one form.</summary>
public sealed class NetworkTextTests
{
    private const string Small = """
        network 2 2
        layer 2
        row 1/3 0:1 1:-1*2^70
        row 0 1:5
        layer 1
        row -7 0:1 1:1*2^-1
        property 2
        case
        lower 0 -1
        upper 1 1
        input <= 1*2^-1 0:1 1:1
        input < 3 1:-1
        output <= 0 0:1
        case
        lower 0 0
        upper 0 0
        end

        """;

    [Fact]
    public void A_text_is_read_and_written_the_same()
    {
        var property = NetworkText.Parse(Small);
        Assert.Equal(Small.ReplaceLineEndings("\n"), NetworkText.Write(property));
        Assert.Equal((2, 1, 2, 2), (property.InputCount, property.OutputCount, property.Network.Depth,
            property.Cases.Length));
        Assert.True(property.Cases[0].Inputs[1].IsStrict && !property.Cases[0].Inputs[0].IsStrict);
        Assert.Empty(property.Cases[1].Outputs);
    }

    [Fact]
    public void Random_properties_are_read_back_equal_and_told_apart_by_their_hash()
    {
        var random = new Random(5);
        var hashes = new HashSet<string>();
        for (int n = 0; n < 100; n++)
        {
            var network = RandomNetworks.Of(random, random.Next(1, 4), random.Next(1, 5), random.Next(1, 3));
            int inputs = network.InputCount;
            var property = new NetworkProperty(network, [new(
                [.. RandomNetworks.Point(random, inputs)], [.. RandomNetworks.Point(random, inputs)],
                [new([new(0, n + 1)], new BigRational(n, 7), n % 2 == 0)], [])]);
            var again = NetworkText.Parse(NetworkText.Write(property));
            Assert.Equal(NetworkText.Write(property), NetworkText.Write(again));
            Assert.Equal(NetworkText.Hash(property), NetworkText.Hash(again));
            Assert.Equal(property.Cases[0].Inputs[0], again.Cases[0].Inputs[0]);
            var x = RandomNetworks.Point(random, inputs);
            Assert.Equal(RandomNetworks.Values(network, x), again.Network.Evaluate(x));
            hashes.Add(NetworkText.Hash(property));
        }

        Assert.Equal(100, hashes.Count);
    }

    [Theory]
    [InlineData("network 2 2", "network 3 2")] // points are too short
    [InlineData("network 2 2", "network 1 2")]
    [InlineData("network 2 2", "network 2 1")]
    [InlineData("network 2 2", "network 2 3")]
    [InlineData("network 2 2", "network 0 2")]
    [InlineData("network 2 2", "network 2 0")]
    [InlineData("network 2 2", "network -2 2")]
    [InlineData("network 2 2", "network 2")]
    [InlineData("network 2 2", "network 2 2 2")]
    [InlineData("layer 2", "layer 0")]
    [InlineData("layer 2", "layer 1")]
    [InlineData("layer 2", "layer 3")]
    [InlineData("row 0 1:5", "row")]
    [InlineData("row 0 1:5", "row 0 1:5 1:6")]
    [InlineData("row 0 1:5", "row 0 1:5 0:6")]
    [InlineData("row 0 1:5", "row 0 2:5")]
    [InlineData("row 0 1:5", "row 0 -1:5")]
    [InlineData("row 0 1:5", "row 0 :5")]
    [InlineData("row 0 1:5", "row 0 1:")]
    [InlineData("row 0 1:5", "row 0 15")]
    [InlineData("row 0 1:5", "row 0 1:5:6")]
    [InlineData("row 0 1:5", "row 0 1:5 ")]
    [InlineData("row 0 1:5", "row  0 1:5")]
    [InlineData("row 0 1:5", "row 0 1:0.5")]
    [InlineData("row 0 1:5", "row 1*2^2201 1:5")]
    [InlineData("row 0 1:5", "row 1*2^-2201 1:5")]
    [InlineData("property 2", "property 1")]
    [InlineData("property 2", "property 3")]
    [InlineData("property 2", "property")]
    [InlineData("case\nlower 0 -1", "lower 0 -1")]
    [InlineData("lower 0 -1", "lower 0")]
    [InlineData("lower 0 -1", "lower 0 -1 0")]
    [InlineData("lower 0 -1\nupper 1 1", "upper 1 1\nlower 0 -1")]
    [InlineData("input <= 1*2^-1", "input >= 1*2^-1")]
    [InlineData("input <= 1*2^-1", "input = 1*2^-1")]
    [InlineData("input <= 1*2^-1", "input 1*2^-1")]
    [InlineData("input <= 1*2^-1 0:1 1:1", "input <=")]
    [InlineData("input <= 1*2^-1 0:1 1:1", "input <= 1*2^-1 1:1 0:1")]
    [InlineData("input <= 1*2^-1 0:1 1:1", "input <= 1*2^-1 0:1 2:1")]
    [InlineData("output <= 0 0:1", "output <= 0 1:1")]
    [InlineData("output <= 0 0:1\n", "output <= 0 0:1\ninput <= 0 0:1\n")] // out of order
    [InlineData("end\n", "end\nend\n")]
    [InlineData("end\n", "end")]
    [InlineData("end\n", "")]
    public void A_line_that_differs_in_one_place_is_refused_in_one_line(string from, string to)
    {
        string text = Small.ReplaceLineEndings("\n");
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        var error = Assert.Throws<FormatException>(
            () => NetworkText.Parse(text[..at] + to + text[(at + from.Length)..]));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-3", "-3")]
    [InlineData("1/3", "1/3")]
    [InlineData("1/2", "1*2^-1")]
    [InlineData("-12/8", "-3*2^-1")]
    [InlineData("1152921504606846975", "1152921504606846975")] // 60 bits
    [InlineData("1152921504606846976", "1*2^60")]
    public void A_number_is_written_in_one_way(string number, string text) =>
        Assert.Equal(text, NetworkText.Number(BigRational.Parse(number)));

    [Fact]
    public void The_hash_of_a_network_is_that_of_its_lines_and_its_end()
    {
        var network = NetworkText.Parse(Small).Network;
        string lines = Small.ReplaceLineEndings("\n");
        lines = lines[..lines.IndexOf("property", StringComparison.Ordinal)];
        Assert.Equal(Sha(lines), NetworkText.Hash(network));
        Assert.Equal(Sha(lines + "end\n"), NetworkText.Hash(network, "end\n"));
    }

    private static string Sha(string text) => "sha256:" + Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
