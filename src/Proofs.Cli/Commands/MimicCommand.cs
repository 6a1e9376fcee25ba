using System.CommandLine;
using Proofs.Checks.Data;
using Proofs.Checks.Experiments;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Numbers;

namespace Proofs.Cli.Commands;

/// <summary>proofs mimic: a convex fit, its analytic transfer to a network, and what is certified of both.</summary>
internal static class MimicCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var file = new Argument<string>("file")
        {
            Description = "A table: CSV with the names of the columns on its first line.",
        };
        var target = new Option<string?>("--target")
        {
            Description = "The column to learn from all others.",
            HelpName = "COLUMN",
        };
        Option<BigRational?> error = CommonOptions.Number(
            "--error", "The largest transfer error sup |Phi - f| (1/1000 of the range of the target).",
            "a positive number", n => n.Sign > 0);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Write the network into this file: ONNX (float64) where its name ends in .onnx, else JSON.",
            HelpName = "FILE",
        };
        Option<long> boxes = CommonOptions.Boxes(2_000);
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<long> seed = CommonOptions.Seed(1);
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var motif = new MimicOptions();
        var command = new Command(
            "mimic",
            "Fits a convex model or trees to data, transfers it to a network and certifies fit and transfer; "
                + "exit code 0 certified, 1 refuted, 2 undecided.")
        {
            file, target,
        };
        foreach (Option option in motif.All.Concat([error, boxes, timeout, seed, jobs, output, json]))
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            session.Keep(parsed.GetValue(timeout), why => new(Unfinished(why, asJson), ExitCode.Inconclusive));
            string path = parsed.GetValue(file) ?? "";
            string written = parsed.GetValue(output) ?? throw new UsageException("expected -o FILE for the network");
            string column = parsed.GetValue(target) ?? throw new UsageException(
                "expected --target COLUMN, the column to learn");
            var run = new MimicRun(session, path)
            {
                Motif = motif.Motif(parsed),
                Kernel = motif.Kernel(parsed),
                Numbers = motif.Numbers(parsed),
                Error = parsed.GetValue(error),
                Seed = parsed.GetValue(seed),
                Boxes = parsed.GetValue(boxes),
                Jobs = parsed.GetValue(jobs),
            };
            var report = run.Fit(Table(path, column));
            Networks.Write(written, report.Transfer.Network);
            report = report with { File = written };
            session.Out.Write(report.Print(asJson));
            return report.ExitCode;
        });
        return command;
    }

    private static Sample Table(string path, string column)
    {
        try
        {
            return InputFile.Read(path, stream => DataTable.Read(stream, path)).Target(column, path);
        }
        catch (DataTableException e)
        {
            throw new InputException(e.Message);
        }
    }

    private static string Unfinished(string why, bool asJson) => asJson
        ? Session.JsonText(json =>
        {
            json.WriteString("verdict", "INCONCLUSIVE");
            json.WriteString("why", why);
        })
        : $"INCONCLUSIVE\nended: {why}\n";
}
