using System.Runtime.CompilerServices;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

public sealed class CheckCommandTests
{
    private const string Unit = "[0,1]^2";

    // |x1 - x2|
    private const string Distance = """
        {"format":"proofs-network","version":1,"layers":[
        {"columns":2,"rowStart":[0,2,4],"column":[0,1,0,1],"value":[1,-1,-1,1],"bias":[0,0]},
        {"columns":2,"rowStart":[0,2],"column":[0,1],"value":[1,1],"bias":[0]}]}
        """;

    [Theory]
    [InlineData("bound1-point.cert", "REJECTED: the bounds do not follow at the point 0 ")]
    [InlineData("swap.cert", "REJECTED: line 2: expected 'inputs x1 x2' ")]
    [InlineData("symid.cert", "REJECTED: line 17: expected a generator that is an orthogonal matrix ")]
    [InlineData("s_zero.cert", "REJECTED: line 3: expected a row at least ")]
    [InlineData("cr.cert", "REJECTED: line 2: the character U+000D may not stand in a certificate ")]
    public void A_certificate_of_what_is_false_or_does_not_show_is_rejected_in_one_line(string name, string start)
    {
        ToolRun run = ToolRunner.Run("check", Case(name));
        Assert.Equal((ExitCode.Refuted, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(start, run.Out, StringComparison.Ordinal);
        Assert.Equal(1, run.Out.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("prove", "forall x in [0,1] : x <= 1")]
    [InlineData("bound", "exp(x) - x", "--domain", "[0,1]")]
    [InlineData("bound", "x1*x2", "--domain", "[0,1]^2")]
    [InlineData("certify", "{id}", "--target", "x1", "--domain", "[0,1]^2", "--at-most", "1/8")]
    [InlineData("vnnlib", "{addsub.onnx}", "{addsub.vnnlib}")]
    [InlineData("invariance", "{distance}", "--group", "S2")]
    public void Every_command_packs_a_certificate_whose_name_asks_for_it(params string[] words)
    {
        using var folder = new TemporaryFolder();
        string plain = folder.File("c.cert"), packed = folder.File("c.cert.gz");
        string[] command = [
            .. words.Select(
                w => w == "{distance}"
                    ? folder.File("d.json", Distance)
                    : w == "{id}"
                    ? Case("id1.json")
                    : w.StartsWith('{')
                    ? Case(w[1..^1])
                    : w)];
        foreach (string file in new[] { plain, packed })
        {
            ToolRun written = ToolRunner.Run([.. command, "--certificate", file]);
            Assert.Equal((ExitCode.Holds, ""), (written.ExitCode, written.Error));
        }

        byte[] text = File.ReadAllBytes(plain), bytes = File.ReadAllBytes(packed);
        Assert.True(bytes is [0x1f, 0x8b, ..]);
        using var unpacked = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(
            new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress))
        {
            gzip.CopyTo(unpacked);
        }

        Assert.Equal(text, unpacked.ToArray());
        Assert.Equal((byte)'\n', text[^1]);
        Assert.DoesNotContain((byte)'\r', text);
        string first = ToolRunner.Run("check", plain).Out, second = ToolRunner.Run("check", packed).Out;
        Assert.StartsWith("ACCEPTED ", first, StringComparison.Ordinal);
        Assert.Equal(first.Split('\n')[1..], second.Split('\n')[1..]);
        File.WriteAllBytes(packed, bytes[..(bytes.Length * 2 / 3)]);
        Assert.StartsWith("REJECTED", ToolRunner.Run("check", packed).Out, StringComparison.Ordinal);
        ToolRun poor = ToolRunner.Run("check", plain, "--steps", "20");
        Assert.Equal((ExitCode.Refuted, $"REJECTED: the work limit is exceeded ({plain})\n"),
            (poor.ExitCode, poor.Out));
        ToolRunner.Run("check", plain, "--steps", "0").AssertFailedInOneLine(ExitCode.Usage);
    }

    [Theory]
    [InlineData(
        "proofs-certificate network 2\n",
        "certificates 'network 2' are not understood; those that are begin with one of: ")]
    [InlineData("proofs-certificate bound 01\n", "certificates 'bound 01' are not understood")]
    [InlineData("no certificate\n", "the first line is that of no kind of certificate")]
    [InlineData("", "the first line is that of no kind of certificate")]
    [InlineData("\u00ff\u00fe", "the first line is that of no kind of certificate")]
    public void What_is_not_understood_is_said_in_one_line(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run("check", folder.File("odd.cert", text));
        Assert.Equal((ExitCode.Refuted, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("REJECTED: " + reason, run.Out, StringComparison.Ordinal);
        Assert.Equal(1, run.Out.Count(c => c == '\n'));
    }

    [Fact]
    public void Names_of_inputs_are_tied_to_the_inputs_of_the_network()
    {
        ToolRun run = ToolRunner.Run(
            "check", Case("swap.cert"), "--network", Case("id1.json"), "--target", "x2", "--domain", Unit, "--at-most",
            "1/8");
        Assert.Equal(ExitCode.Refuted, run.ExitCode);
        Assert.StartsWith("REJECTED", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--property {0} --network {1} --target x1")]
    [InlineData("--property {0} --network {1} --domain [0,1]^2")]
    [InlineData("--property {0} --network {1} --at-most 0")]
    [InlineData("--property {0} --network {1} --minus {1}")]
    [InlineData("--property {0} --network {1} --output 1")]
    [InlineData("--property {0} --network {1} --group S2")]
    [InlineData("--network {1} --group S2 --target x1")]
    [InlineData("--network {1} --group S2 --at-most 1")]
    [InlineData("--network {1} --group S2 --domain [0,1]^2 --where x1<=1")]
    [InlineData("--network {1} --equivariant")]
    [InlineData("--group S2")]
    [InlineData("--property {0}")]
    [InlineData("--minus {1}")]
    [InlineData("--output 1")]
    [InlineData("--where x1<=1")]
    public void Options_that_cannot_be_honoured_together_are_bad_usage(string options)
    {
        string[] words = [
            .. options.Split(' ')
            .Select(w =>
                w.Replace("{0}", Case("addsub.vnnlib"), StringComparison.Ordinal)
                    .Replace("{1}", Case("id1.json"), StringComparison.Ordinal))];
        foreach (string file in new[] { "swap.cert", "symid.cert", "bound1-point.cert" })
        {
            ToolRunner.Run(["check", Case(file), .. words]).AssertFailedInOneLine(ExitCode.Usage);
        }
    }

    [Theory]
    [InlineData("bound1-point.cert", "--network {1}")]
    [InlineData("bound1-point.cert", "--target x")]
    [InlineData("bound1-point.cert", "--domain [0,0]")]
    [InlineData("bound1-point.cert", "--at-most 6")]
    [InlineData("cr.cert", "--network {1}")]
    [InlineData("cr.cert", "--at-most 6")]
    [InlineData("symid.cert", "--network {1} --target x1")]
    [InlineData("symid.cert", "--network {1} --domain [0,1]^2")]
    [InlineData("symid.cert", "--network {1} --property {0}")]
    [InlineData("swap.cert", "--network {1} --property {0}")]
    [InlineData("swap.cert", "--network {1} --group S2")]
    public void Options_that_say_nothing_of_a_kind_of_certificate_are_bad_usage(string file, string options)
    {
        string[] words = [
            .. options.Split(' ')
            .Select(w =>
                w.Replace("{0}", Case("addsub.vnnlib"), StringComparison.Ordinal)
                    .Replace("{1}", Case("id1.json"), StringComparison.Ordinal))];
        ToolRun run = ToolRunner.Run(["check", Case(file), .. words]);
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains("does not apply to", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_about_a_group_is_about_all_of_it_on_any_box()
    {
        ToolRun refuted =
            ToolRunner.Run("invariance", Case("sh3.json"), "--group", "S3", "--domain", "[5,6]x[0,1]x[0,1]");
        Assert.Equal(ExitCode.Refuted, refuted.ExitCode);
        Assert.Contains("generator: (1 3)\n", refuted.Out, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        string whole = folder.File("whole.cert"), box = folder.File("box.cert");
        ToolRun exact = ToolRunner.Run(
            "invariance", Case("sh3.json"), "--group", "S3", "--domain", "[0,1]x[0,2]x[0,1]", "--certificate", box);
        Assert.Equal(ExitCode.Holds, exact.ExitCode);
        Assert.Contains("each element of the group was looked at", exact.Out, StringComparison.Ordinal);
        Assert.Equal(
            ExitCode.Holds,
            ToolRunner.Run("invariance", Case("sh3.json"), "--group", "S3", "--certificate", whole).ExitCode);
        foreach (string file in new[] { whole, box })
        {
            Assert.Equal(
                ExitCode.Holds, ToolRunner.Run("check", file, "--network", Case("sh3.json"), "--group", "S3").ExitCode);
            Assert.Equal(
                ExitCode.Holds,
                ToolRunner.Run("check", file, "--network", Case("sh3.json"), "--group", "C3", "--domain", "[0,1]^3")
                    .ExitCode);
            Assert.Equal(
                ExitCode.Refuted,
                ToolRunner.Run("check", file, "--network", Case("sh3.json"), "--group", "signs 3").ExitCode);
            Assert.Equal(
                ExitCode.Refuted,
                ToolRunner.Run("check", file, "--network", Case("sh3.json"), "--group", "S3", "--domain", "[0,3]^3")
                    .ExitCode);
            ToolRunner.Run("check", file, "--network", Case("sh3.json"), "--group", "S4")
                .AssertFailedInOneLine(ExitCode.Usage);
        }

        Assert.Contains(
            "Phi(g x) = Phi(x) for g = (1 2), (1 2 3) and all x in [0,1]x[0,1]x[0,1], and "
                + "so for all products of these g",
            ToolRunner.Run("check", whole).Out, StringComparison.Ordinal);
        ToolRunner.Run("invariance", Case("sh3.json"), "--group", "C1 on 1x3").AssertFailedInOneLine(ExitCode.Usage);
        ToolRunner.Run("invariance", Case("sh3.json"), "--group", "@" + folder.File("g.txt", "()\n"))
            .AssertFailedInOneLine(ExitCode.Usage);
    }

    // All kinds, changed at random a line, a word or a character at a time: a verdict in one line, and no internal
    // error.
    [Fact]
    public void A_changed_certificate_gets_a_verdict_in_one_line()
    {
        using var folder = new TemporaryFolder();
        string[] sources = [.. Directory.GetFiles(Path.GetDirectoryName(Case("cr.cert"))!, "*.cert")];
        var random = new Random(5);
        string file = folder.File("changed.cert");
        for (int n = 0; n < 400; n++)
        {
            string text = File.ReadAllText(sources[n % sources.Length]);
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                text = Changed(text, random);
            }

            File.WriteAllText(file, text);
            ToolRun run = ToolRunner.Run("check", file);
            Assert.True(
                run.ExitCode is ExitCode.Holds or ExitCode.Refuted && run.Error.Length == 0,
                $"{run.ExitCode} {run.Error}\n{text}");
            Assert.True(run.Out.Count(c => c == '\n') == (run.ExitCode == ExitCode.Holds ? 2 : 1), run.Out);
        }
    }

    private static string Changed(string text, Random random)
    {
        string[] extremes = [
            "0", "-1", "2147483647", "99999999999999999999", "1/0", "*2^", "1*2^2147483647", "end", "\0", ":", " ",
            "\n", "generator", "regions", "units"];
        int at = random.Next(text.Length + 1);
        string[] lines = text.Split('\n');
        int line = random.Next(lines.Length), other = random.Next(lines.Length);
        switch (random.Next(6))
        {
            case 0:
                return text[..at];
            case 1:
                return text[..at] + extremes[random.Next(extremes.Length)] + text[at..];
            case 2:
                lines[line] = lines[other];
                return string.Join('\n', lines);
            case 3:
                return string.Join('\n', lines.Where((_, i) => i != line));
            case 4:
                string[] words = lines[line].Split(' ');
                words[random.Next(words.Length)] = extremes[random.Next(extremes.Length)];
                lines[line] = string.Join(' ', words);
                return string.Join('\n', lines);
            default:
                (lines[line], lines[other]) = (lines[other], lines[line]);
                return string.Join('\n', lines);
        }
    }

    private static string Case(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "cases", "truth", name));
}
