using FsCheck;
using FsCheck.Fluent;
using Proofs.Cli.Reading;
using Proofs.Constructions;
using Proofs.Kernel;
using NetworkFile = Proofs.Cli.Reading.NetworkFile;

namespace Proofs.Cli.Tests;

public sealed class NetworkFileTests
{
    private const string Head = """{ "format": "proofs-network", "version": 1, "layers": """;

    private static readonly Gen<BigRational> Weight = Gen.OneOf(
        Gen.Choose(-4, 4).Select(n => (BigRational)n),
        from n in Gen.Choose(-99, 99) from d in Gen.Choose(1, 99) select new BigRational(n, d),
        from n in Gen.Choose(-99, 99) from e in Gen.Choose(-1000, 1000) select n * BigRational.PowerOfTwo(e));

    private static readonly Gen<ReluNetwork> Network =
        from widths in Gen.Choose(1, 4).ListOf(3)
        from first in Layer(widths[0], widths[1])
        from second in Layer(widths[1], widths[2])
        select new ReluNetwork([first, second]);

    [Fact]
    public void A_network_reads_back_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("network.json");
        Prop.ForAll(Network.ToArbitrary(), network =>
        {
            AtomicFile.Write(path, stream => NetworkFile.Write(stream, network));
            return NetworkFile.Read(path).Equals(network);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("", ": line 1, byte 1: expected a network file, which is JSON")]
    [InlineData("{ \"format\": NaN }", ": line 1, byte 13: expected a network file, which is JSON")]
    [InlineData("[]", ": expected a network file, an object with \"format\": \"proofs-network\"")]
    [InlineData("{ \"format\": \"proofs-network\", \"version\": 2 }", ": version: expected 1")]
    [InlineData(Head + "[] }", ": layers: expected at least one layer")]
    [InlineData(Head + "7 }", ", layers: expected an array")]
    [InlineData(Head + "[7] }", ": layer 1: expected an object with")]
    [InlineData(Head + "[{ \"columns\": 1, \"rowStart\": [0, 1], \"column\": [0], \"value\": [\"NaN\"], \"bias\": [0] }] }",
        ": layer 1, value[0]: expected a finite number or a fraction in quotes, found \"NaN\"")]
    [InlineData(Head + "[{ \"columns\": 1, \"rowStart\": [0, 1], \"column\": [0], \"value\": [1e999], \"bias\": [0] }] }",
        ": layer 1, value[0]: expected a finite number or a fraction in quotes, found 1e999")]
    [InlineData(Head + "[{ \"columns\": 1, \"rowStart\": [0, 1], \"column\": [1], \"value\": [1], \"bias\": [0] }] }",
        ": layer 1, column[0]: expected a whole number from 0 to 0, found 1")]
    [InlineData(Head + "[{ \"columns\": 2, \"rowStart\": [0, 2], \"column\": [1, 1], \"value\": [1, 1], \"bias\": [0] }] }",
        ": layer 1, column[1]: expected more than 1")]
    [InlineData(Head + "[{ \"columns\": 2, \"rowStart\": [0, 1], \"column\": [1, 1], \"value\": [1, 1], \"bias\": [0] }] }",
        ": layer 1, rowStart: expected 2 increasing numbers from 0 to 2")]
    [InlineData(Head + "[{ \"columns\": 1, \"rowStart\": [0, 0], \"column\": [], \"value\": [], \"bias\": [\"1/0\"] }] }",
        ": layer 1, bias[0]: expected a finite number")]
    public void A_broken_file_is_told_with_its_place(string text, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("network.json", text);
        Assert.StartsWith(path + message, Assert.Throws<InputException>(() => NetworkFile.Read(path)).Message,
            StringComparison.Ordinal);
    }

    private static Gen<Affine> Layer(int columns, int rows) =>
        from weights in Weight.ListOf(columns).ListOf(rows)
        from bias in Weight.ListOf(rows)
        select Affine.FromExactRows([.. weights.Select(row => (IReadOnlyList<BigRational>)[.. row])], [.. bias]);
}
