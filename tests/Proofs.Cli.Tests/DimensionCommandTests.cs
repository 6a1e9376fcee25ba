using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Proofs.Checks.Dimension;
using Proofs.Cli.Sessions;
using Proofs.Tests;

namespace Proofs.Cli.Tests;

public sealed class DimensionCommandTests
{
    private static readonly SplitMix64 Random = new(5);

    // Points of a line in the plane.
    private static readonly double[][] Line =
        [.. Enumerable.Range(1, 300).Select(_ => Random.NextUnit()).Select(u => new[] { u, 0.25 + (u / 2) })];

    [Fact]
    public void Every_format_gives_the_same_estimates()
    {
        using var folder = new TemporaryFolder();
        string rows(string separator) =>
            string.Concat(
                Line.Select(
                    p => string.Join(separator, p.Select(v => v.ToString("R", CultureInfo.InvariantCulture))) + "\n"));
        string expected = Estimates(folder.File("a.csv", "x,y\n" + rows(",")));
        Assert.Equal(expected, Estimates(folder.File("b.txt", "# points\n\n" + rows("  \t"))));
        File.WriteAllBytes(folder.File("c.npy"), NumPy("<f8"));
        Assert.Equal(expected, Estimates(folder.File("c.npy")));
        using (var packed = new GZipStream(File.Create(folder.File("d.npy.gz")), CompressionLevel.Fastest))
        {
            packed.Write(NumPy("<f8"));
        }

        Assert.Equal(expected, Estimates(folder.File("d.npy.gz")));
        using var json = JsonDocument.Parse(expected);
        Assert.Equal(4, json.RootElement.GetArrayLength());
        Assert.InRange(json.RootElement[3].GetProperty("value").GetDouble(), 0.5, 2);
    }

    [Fact]
    public void The_digits_in_the_repository_have_dimension_about_seven()
    {
        using var folder = new TemporaryFolder();
        string digits = Path.Combine(RepositoryFiles.Root, "examples", "digits", "digits-8x8.idx.gz");
        ToolRun run = ToolRunner.Run("dimension", digits, "--k", "20", "--plot", folder.File("d.svg"), "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal((1797, 64),
            (json.RootElement.GetProperty("points").GetInt32(),
                json.RootElement.GetProperty("coordinates").GetInt32()));
        JsonElement likelihood = json.RootElement.GetProperty("estimates").EnumerateArray()
            .Single(e => e.GetProperty("method").GetString() == "maximum likelihood");
        Assert.Equal(6.845, likelihood.GetProperty("value").GetDouble(), 1e-3);
        Assert.True(likelihood.GetProperty("curve").GetArrayLength() > 3);
        Assert.Equal(folder.File("d.svg"), json.RootElement.GetProperty("plot").GetString());
        Assert.Contains("<polyline", File.ReadAllText(folder.File("d.svg")), StringComparison.Ordinal);
        Assert.Contains(
            "examples/digits/digits-8x8.idx.gz",
            File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "dimension.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_is_drawn_by_seed_and_the_plot_is_shown()
    {
        using var folder = new TemporaryFolder();
        string rows =
            string.Concat(Line.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p[0]:R} {p[1]:R}\n")));
        ToolRun run = ToolRunner.Run(
            "dimension", folder.File("l.txt", rows), "--sample", "200", "--seed", "9", "--plot", folder.File("l.tex"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("200 points with 2 coordinates, drawn from 300 with seed 9", run.Out, StringComparison.Ordinal);
        Assert.Contains("scale r (distance, or side of a box)", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "o box counting   x correlation   + maximum likelihood   * TwoNN", run.Out, StringComparison.Ordinal);
        Assert.StartsWith("% dimension", File.ReadAllText(folder.File("l.tex")), StringComparison.Ordinal);
        Assert.Equal(run.Out, ToolRunner.Run("dimension", folder.File("l.txt"), "--sample", "200", "--seed", "9").Out);
    }

    [Fact]
    public void Integers_of_NumPy_are_read()
    {
        using var folder = new TemporaryFolder();
        string header = "{'descr': '|u1', 'fortran_order': False, 'shape': (60, 3), }".PadRight(117) + "\n";
        File.WriteAllBytes(
            folder.File("u.npy"), [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header),
            .. Enumerable.Range(0, 180).Select(i => (byte)(i * i % 241))]);
        ToolRun run = ToolRunner.Run("dimension", folder.File("u.npy"), "--method", "twonn");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("points with 3 coordinates", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void A_span_whose_square_is_no_number_is_told(double scale)
    {
        using var folder = new TemporaryFolder();
        string rows = string.Concat(
            Line.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p[0] * scale:R},{p[1] * scale:R}\n")));
        ToolRun run = ToolRunner.Run("dimension", folder.File("s.csv", rows));
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains("so that distances have squares (scale the points)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_are_points_and_duplicates_are_told()
    {
        using var folder = new TemporaryFolder();
        byte[] images = [
            0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 3,
            .. Enumerable.Range(0, 240).Select(i => (byte)(i / 12 * i % 251))];
        File.WriteAllBytes(folder.File("i.idx"), images);
        ToolRun run = ToolRunner.Run("dimension", folder.File("i.idx"), "--k", "5");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("points with 6 coordinates, ", run.Out, StringComparison.Ordinal);
        Assert.Contains("duplicates left out", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("# nothing\n", "has no line of numbers")]
    [InlineData("1,2\n3\n", "line 2: 1 numbers; expected 2")]
    [InlineData("x,y\n1,2\n3,nan\n", "line 3: 'nan' is no finite number")]
    [InlineData("1 2\n3 z\n", "line 2: 'z' is no finite number")]
    [InlineData("1,2\n3,\n", "line 2: '' is no finite number")]
    [InlineData("1 2\n3 4\n1 2\n", "has 2 different points; 20 neighbours need at least 21")]
    public void A_file_of_no_points_is_told_in_one_line(string text, string message)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run("dimension", folder.File("p.csv", text));
        run.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("p.csv", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_binary_files_are_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        foreach (var (bytes, message) in new (byte[], string)[]
        {
            (NumPy("<c8"), "of '<c8'; expected float64, float32 or integers"),
            (NumPy("<f8")[..^1], "an array of 300 x 2 numbers has 4800"),
            (NumPy("<f8")[..20], "ends inside the header"),
            ([0, 0, 8, 1, 0, 0, 0, 9, 1, 2], "an array of 9 numbers has 9"),
            ([0, 0, 13, 1, 0, 0, 0, 9, 1, 2], "type 0x0d; expected unsigned bytes"),
            ([0x1f, 0x8b, 1, 2, 3], "cannot be unpacked"),
        })
        {
            File.WriteAllBytes(folder.File("bad"), bytes);
            ToolRun run = ToolRunner.Run("dimension", folder.File("bad"));
            run.AssertFailedInOneLine(ExitCode.Data);
            Assert.Contains(message, run.Error, StringComparison.Ordinal);
        }

        ToolRunner.Run("dimension", folder.File("none")).AssertFailedInOneLine(ExitCode.Data);
        ToolRunner.Run("dimension", folder.File("bad"), "--k", "1").AssertFailedInOneLine(ExitCode.Usage);
        ToolRunner.Run("dimension", folder.File("bad"), "--method", "guess").AssertFailedInOneLine(ExitCode.Usage);
        ToolRunner.Run("dimension", folder.File("bad"), "--plot", "x.png").AssertFailedInOneLine(ExitCode.Usage);
        ToolRunner.Run("dimension", folder.File("bad"), "--sample", "0").AssertFailedInOneLine(ExitCode.Usage);
    }

    private static string Estimates(string file)
    {
        ToolRun run = ToolRunner.Run("dimension", file, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        return json.RootElement.GetProperty("estimates").GetRawText();
    }

    private static byte[] NumPy(string type)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': (300, 2), }}".PadRight(117) + "\n";
        byte[] data = new byte[Line.Length * 16];
        for (int i = 0; i < 2 * Line.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8 * i), Line[i / 2][i % 2]);
        }

        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }
}
