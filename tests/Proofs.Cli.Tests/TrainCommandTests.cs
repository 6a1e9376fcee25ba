using System.Text.Json;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Networks;

namespace Proofs.Cli.Tests;

/// <summary>proofs train, with the training library of out/training, which the test target builds.</summary>
public sealed class TrainCommandTests
{
    private static readonly string[] Parabola = ["--target", "x1^2", "--domain", "[0,1]"];

    // No search ends this within a test.
    private static readonly string[] Endless =
    [
        "--target", "sin(20*x1)*cos(30*x2)", "--domain", "[0,1]^2", "--widths", "8", "--norm", "L2", "--rel-gap",
        "1e-12", "--boxes", "1000000000",
    ];

    [Theory]
    [InlineData("net.onnx")]
    [InlineData("net.json")]
    public void The_file_has_the_network_whose_error_is_printed(string name)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File(name);
        ToolRun run = Train([.. Parabola, "--widths", "8", "--steps", "300", "-o", file, "--json"]);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using var report = JsonDocument.Parse(run.Out);
        Assert.Equal("ENCLOSED", Text(report, "verdict"));
        Assert.Equal("trained", Text(report, "written"));
        Assert.Equal(file, Text(report, "file"));
        var row = report.RootElement.GetProperty("networks")[0];
        ToolRun again = ToolRunner.Run([
            "certify", file, .. Parabola, "--rel-gap", "0.05", "--at-most", row.GetProperty("upper").GetString()!]);
        Assert.Equal((ExitCode.Holds, ""), (again.ExitCode, again.Error));
        Assert.StartsWith("CERTIFIED\n", again.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refuted, ToolRunner.Run(
            ["certify", file, .. Parabola, "--at-most", Half(row.GetProperty("lower").GetString()!)]).ExitCode);
        Assert.Equal(row.GetProperty("size").GetInt64(), Networks.Read(file).Size);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("1", ExitCode.Holds, "CERTIFIED\n")]
    [InlineData("1e-9", ExitCode.Refuted, "REFUTED\n")]
    public void A_bound_in_question_is_decided(string bound, int exitCode, string first)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = Train([
            .. Parabola, "--widths", "4", "--steps", "50", "-o", folder.File("n.json"), "--at-most", bound]);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(first, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_command_writes_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        byte[][] files = [.. "112".Select(seed =>
        {
            string file = folder.File("n.onnx");
            _ = Train([.. Parabola, "--widths", "4", "--steps", "100", "--seed", $"{seed}", "-o", file]);
            return File.ReadAllBytes(file);
        })];
        Assert.Equal(files[0], files[1]);
        Assert.NotEqual(files[0], files[2]);
    }

    [Fact]
    public void A_construction_is_trained_beside_and_nothing_is_written_unasked()
    {
        ToolRun run = Train(["--constructed", "square", "r=2", "--steps", "100", "--json"]);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using var report = JsonDocument.Parse(run.Out);
        Assert.Equal(
            ["built", "trained, equal size", "trained, equal architecture", "built, then trained"],
            report.RootElement.GetProperty("networks").EnumerateArray().Select(n => n.GetProperty("name").GetString()));
        Assert.Equal((null, null), (Text(report, "written"), Text(report, "file")));
    }

    [Fact]
    public void A_table_is_learnt()
    {
        using var folder = new TemporaryFolder();
        string rows = string.Concat(Enumerable.Range(0, 40).Select(k => $"{k}e-2,{(k % 7) / 8.0:r},{k * k}e-4\n"));
        string file = folder.File("n.json");
        ToolRun run = Train([
            "--data", folder.File("t.csv", "a,b,c\n" + rows), "--y", "c", "--widths", "4", "--steps", "100", "-o", file,
            "--json"]);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using var report = JsonDocument.Parse(run.Out);
        Assert.Equal(("TRAINED", "trained"), (Text(report, "verdict"), Text(report, "written")));
        Assert.Equal(2, Networks.Read(file).InputDimension);
    }

    [Fact]
    public void A_network_goes_on_from_where_it_stands_and_what_is_zero_stays_zero()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("n.json");
        ToolRun run = Train([
            .. Parabola, "--init", Write(folder, "start.json", 1), "--steps", "50", "-o", file]);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Equal(0, Networks.Read(file).Layers[0].Bias[0]);
    }

    [Fact]
    public void A_time_limit_in_certification_leaves_the_trained_network_and_says_so()
    {
        using var report = EndedByTime("20", "5");
    }

    [Fact]
    public void A_time_limit_in_training_leaves_the_best_so_far_and_says_so()
    {
        using var report = EndedByTime("1000000000", "3");
        Assert.Contains("the time limit of 3 s is reached", Text(report, "why")!, StringComparison.Ordinal);
    }

    // A run that the time limit ends leaves a whole network and a report that says so.
    private static JsonDocument EndedByTime(string steps, string seconds)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("n.onnx");
        ToolRun run = Train([.. Endless, "--steps", steps, "--timeout", seconds, "-o", file, "--json"]);
        Assert.Equal((ExitCode.Inconclusive, ""), (run.ExitCode, run.Error));
        var report = JsonDocument.Parse(run.Out);
        Assert.Equal(
            ("INCONCLUSIVE", "trained", file),
            (Text(report, "verdict"), Text(report, "written"), Text(report, "file")));
        Assert.Equal(2, Networks.Read(file).InputDimension);
        return report;
    }

    [Fact]
    public async Task An_interrupt_in_certification_leaves_the_trained_network_and_says_so()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("n.onnx");
        using var stop = new CancellationTokenSource();
        var written = Task.Run(() =>
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists(file), TimeSpan.FromMinutes(2)));
            stop.Cancel();
        });
        ToolRun run = ToolRunner.Run(stop.Token, ["train", .. Endless, "--steps", "20", "-o", file, "--json"]);
        await written;
        Assert.Equal((ExitCode.Interrupted, "proofs train: interrupted\n"), (run.ExitCode, run.Error));
        using var report = JsonDocument.Parse(run.Out);
        Assert.Equal(("trained", file), (Text(report, "written"), Text(report, "file")));
        Assert.Equal(2, Networks.Read(file).InputDimension);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_interrupt_in_training_leaves_the_best_so_far_where_it_is_asked_for(bool asked)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("n.json");
        using var stop = new CancellationTokenSource();
        stop.Cancel(); // seen before the first step
        ToolRun run = ToolRunner.Run(
            stop.Token,
            ["train", "--constructed", "square", "r=2", "--json", .. asked ? (string[])["-o", file] : []]);
        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.StartsWith("proofs train: interrupted: 'trained, equal size' after step 0", run.Error,
            StringComparison.Ordinal);
        using var report = JsonDocument.Parse(run.Out);
        Assert.Equal(
            asked ? ("INCONCLUSIVE", "trained, equal size", file) : ("INCONCLUSIVE", null, null),
            (Text(report, "verdict"), Text(report, "written"), Text(report, "file")));
        Assert.Equal(asked, File.Exists(file));
        Assert.Contains(
            asked ? $"{file} has its best so far, of step 0, not certified" : "nothing is written", run.Error,
            StringComparison.Ordinal);
    }

    [SkippableOnWindowsFact]
    public void A_signal_ends_training_with_the_best_so_far_in_the_file()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("n.json"), state = folder.File("state");
        using var training = ToolRunner.Start(
            folder.Path, ["train", .. Endless, "--steps", "1000000000", "--checkpoint", state, "-o", file]);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(state), TimeSpan.FromMinutes(2)));
        using var kill = System.Diagnostics.Process.Start(
            "kill", ["-INT", training.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        bool ended = training.WaitForExit(TimeSpan.FromSeconds(15));
        if (!ended)
        {
            training.Kill();
        }

        Assert.True(ended, "the interrupt did not end training within 15 seconds");
        Assert.Equal(130, training.ExitCode);
        Assert.StartsWith("INCONCLUSIVE\n", training.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        Assert.Contains($"{file} has its best so far", training.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(2, Networks.Read(file).InputDimension);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused_before_training()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.File("no/n.onnx");
        string[] endless = [.. Endless, "--steps", "1000000000"]; // would not end
        Refused(ExitCode.Data, $"{folder.Path}: expected the name of a file to write, found a folder",
            [.. endless, "-o", folder.Path]);
        Refused(ExitCode.Data, $"{missing}: cannot be written: there is no such folder", [.. endless, "-o", missing]);
        Refused(ExitCode.Data, "expected the name of a file to write", [.. endless, "-o", ""]);
        Refused(ExitCode.Data, $"{missing}: cannot be written: there is no such folder",
            [.. endless, "-o", folder.File("n.onnx"), "--checkpoint", missing]);
        string old = folder.File("old.json", "kept");
        Refused(ExitCode.Usage, "device 'tpu': expected cpu", [.. endless, "-o", old, "--device", "tpu"]);
        Assert.Equal("kept", File.ReadAllText(old));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(ExitCode.Usage, "expected whole numbers from 1 on", "--widths", "0")]
    [InlineData(ExitCode.Usage, "expected whole numbers from 1 on", "--widths", "4,,4")]
    [InlineData(ExitCode.Usage, "expected whole numbers from 1 on", "--widths", "-4")]
    [InlineData(ExitCode.Usage, "expected at most 20000000", "--widths", "1000000,1000000")]
    [InlineData(ExitCode.Usage, "expected at most 20000000", "--widths", "1000000000")]
    [InlineData(ExitCode.Usage, "has 6 weights and biases; expected at most 5", "--size", "5")]
    [InlineData(ExitCode.Usage, "expected one of --widths, --size, --residual, --like or --init")]
    [InlineData(ExitCode.Usage, "expected one of", "--widths", "4", "--size", "100")]
    [InlineData(ExitCode.Usage, "tpu", "--widths", "4", "--device", "tpu")]
    [InlineData(ExitCode.Usage, "cuda:99", "--widths", "4", "--device", "cuda:99")]
    [InlineData(ExitCode.Usage, "expected squared, absolute, ", "--widths", "4", "--loss", "cubed")]
    [InlineData(ExitCode.Usage, "expected squared, absolute, ", "--widths", "4", "--loss", "p:0.5")]
    [InlineData(ExitCode.Usage, "expected adam, adamw, ", "--widths", "4", "--optimizer", "adamant")]
    [InlineData(ExitCode.Usage, "expected adam, adamw, ", "--widths", "4", "--optimizer", "sgd:1")]
    [InlineData(ExitCode.Usage, "expected constant, cosine, ", "--widths", "4", "--schedule", "step:0:1")]
    [InlineData(ExitCode.Usage, "expected a positive number", "--widths", "4", "--rate", "0")]
    [InlineData(ExitCode.Usage, "expected a positive number", "--widths", "4", "--rate", "NaN")]
    [InlineData(ExitCode.Usage, "expected a whole number from 1", "--widths", "4", "--steps", "0")]
    [InlineData(ExitCode.Inconclusive, "training diverged: the loss at step ", "--widths", "4", "--rate", "1e200",
        "--optimizer", "sgd")]
    public void A_wrong_option_is_one_line(int exitCode, string message, params string[] options)
    {
        using var folder = new TemporaryFolder();
        Refused(exitCode, message, [.. Parabola, "-o", folder.File("n.json"), .. options]);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(ExitCode.Data, "there is nothing to learn", "3", "[0,1]")]
    [InlineData(ExitCode.Usage, "expected the inputs x1, x2 only, found x3", "x1 + x3", "[0,1]^2")]
    [InlineData(ExitCode.Usage, "column 5: expected a number", "x1 +", "[0,1]")]
    [InlineData(ExitCode.Data, "log(x) has no finite value at ", "log(x1)", "[-1,1]")]
    public void A_wrong_target_is_one_line(int exitCode, string message, string target, string domain)
    {
        using var folder = new TemporaryFolder();
        Refused(exitCode, message, [
            "--target", target, "--domain", domain, "--widths", "4", "-o", folder.File("n.json")]);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("a,b\n1,2\nNaN,3\n", "b", "line 3, column 'a': expected a finite number, found 'NaN'")]
    [InlineData("a,b\n1,2\n3\n", "b", "line 3: expected 2 numbers, as there are names, found 1")]
    [InlineData("a,b\n1,2\n3,2\n", "b", "column 'b' is 2 in every row: there is nothing to learn")]
    [InlineData("a,b\n1,2\n3,4\n", "c", "expected a column 'c', found 'a', 'b'")]
    [InlineData("a,b,a\n1,2,3\n", "a", "expected names of columns that differ, found 'a' twice")]
    [InlineData("a,b\n1,\"2\n", "b", "line 2: expected a second quotation mark")]
    [InlineData("", "b", "expected names of columns on the first line, found none")]
    public void A_wrong_table_is_one_line_with_its_file(string table, string column, string message)
    {
        using var folder = new TemporaryFolder();
        string data = folder.File("t.csv", table);
        Refused(ExitCode.Data, $"{data}: {message}", [
            "--data", data, "--y", column, "--widths", "4", "-o", folder.File("n.json")]);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Parts_that_do_not_fit_are_one_line()
    {
        using var folder = new TemporaryFolder();
        string output = folder.File("n.json"), data = folder.File("t.csv", "a,b\n1,2\n3,4\n");
        string two = Write(folder, "two.json", 2), one = Write(folder, "one.json", 1);
        Refused(ExitCode.Data, $"{two}: expected a network with 1 inputs and one output, found 2 and 1",
            [.. Parabola, "--init", two, "-o", output]);
        Refused(ExitCode.Data, $"{two}: expected a network with 1 inputs and one output, found 2 and 1",
            [.. Parabola, "--like", two, "-o", output]);
        Refused(ExitCode.Usage, "--init: ", [.. Parabola, "--init", one, "--widths", "5", "-o", output]);
        Refused(ExitCode.Data, $"{data}: ", [.. Parabola, "--init", data, "-o", output]);
        Refused(ExitCode.Data, "there is no such file", [.. Parabola, "--init", folder.File("no"), "-o", output]);
        Refused(ExitCode.Data, $"{data}: expected 2 columns beside 'b', as --domain has sides, found 1", [
            "--data", data, "--y", "b", "--target", "x1*x2", "--domain", "[0,1]^2", "--widths", "4", "-o", output]);
        Refused(ExitCode.Usage, "expected --target EXPR and --domain BOX together",
            ["--target", "x1", "--widths", "4", "-o", output]);
        Refused(ExitCode.Usage, "expected -o FILE", [.. Parabola, "--widths", "4"]);
        Refused(ExitCode.Usage, "expected --target EXPR --domain BOX, --constructed NAME, or --data FILE --y COLUMN",
            ["--data", data, "--widths", "4", "-o", output]);
        Refused(ExitCode.Usage, "--checkpoint", [
            "--constructed", "square", "r=2", "--checkpoint", folder.File("state")]);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public void A_checkpoint_that_is_none_or_of_another_training_is_one_line()
    {
        using var folder = new TemporaryFolder();
        string state = folder.File("state"), output = folder.File("n.json");
        string[] all = [.. Parabola, "--widths", "4", "--steps", "100", "--checkpoint", state, "-o", output];
        Assert.Equal(ExitCode.Holds, Train(all).ExitCode);
        byte[] kept = File.ReadAllBytes(state), network = File.ReadAllBytes(output);
        Assert.Equal(ExitCode.Holds, Train(all).ExitCode);
        Assert.Equal(network, File.ReadAllBytes(output));
        Refused(ExitCode.Data, "is the checkpoint of another training", [.. all, "--seed", "2"]);
        File.WriteAllBytes(state, kept[..(kept.Length / 2)]);
        Refused(ExitCode.Data, $"{state}: ", all);
        File.WriteAllText(state, "no archive");
        Refused(ExitCode.Data, $"{state}: ", all);
    }

    private static ToolRun Train(string[] arguments) => ToolRunner.Run(["train", .. arguments]);

    private static void Refused(int exitCode, string message, string[] arguments)
    {
        ToolRun run = Train(arguments);
        run.AssertFailedInOneLine(exitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", run.Error, StringComparison.Ordinal);
    }

    // ρ(x) or ρ(x1 + x2), with no bias at all.
    private static string Write(TemporaryFolder folder, string name, int inputs)
    {
        Networks.Write(folder.File(name), new ReluNetwork(
        [
            Affine.FromRows([[.. Enumerable.Repeat(1.0, inputs)]], [0]),
            Affine.FromRows([[1]], [0]),
        ]));
        return folder.File(name);
    }

    private static string Half(string number) => (double.Parse(
        number, System.Globalization.CultureInfo.InvariantCulture) / 2).ToString(
            "R", System.Globalization.CultureInfo.InvariantCulture);

    private static string? Text(JsonDocument report, string name) => report.RootElement.GetProperty(name).GetString();
}
