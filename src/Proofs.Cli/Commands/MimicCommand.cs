using System.CommandLine;
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
            Description = "A table (CSV with the names of the columns on its first line), or an ONNX-ML model.",
        };
        var target = new Option<string?>("--target")
        {
            Description = "The column to learn from all others.",
            HelpName = "COLUMN",
        };
        var domain = new Option<string?>("--domain")
        {
            Description = "The box on which a model is carried over, such as [0,1]^2.",
            HelpName = "BOX",
        };
        Option<BigRational?> strips = CommonOptions.Number(
            "--strips", "The most of the domain that the strips around the splits of trees may take (1/100).",
            "a number between 0 and 1", n => n.Sign > 0 && n < 1);
        Option<BigRational?> error = CommonOptions.Number(
            "--error",
            "The largest transfer error sup |Phi - f| (1/1000 of the range of the target; of a model, 1/1000).",
            "a positive number", n => n.Sign > 0);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Write the network into this file: ONNX (float64) where its name ends in .onnx, else JSON.",
            HelpName = "FILE",
        };
        var retrain = new Option<bool>("--retrain")
        {
            Description = "Train the last two layers from the transferred weights; the certificate is computed anew.",
        };
        var all = new Option<bool>("--all-layers") { Description = "With --retrain, train all layers." };
        Option<int> compare = TrainingOptions.Whole(
            "--compare", "Race gradient descent from so many random starts to the same test error.", 0);
        Option<int> steps = TrainingOptions.Whole("--steps", "Steps of --retrain.", 500);
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
        foreach (Option option in motif.All.Concat(
            [
                domain, strips, error, retrain, all, compare, steps, boxes, timeout, seed, jobs, output, json,
            ]))
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            session.Keep(parsed.GetValue(timeout), why => new(Searching.Unread(why, asJson), ExitCode.Inconclusive));
            string path = parsed.GetValue(file) ?? "";
            string written = parsed.GetValue(output) ?? throw new UsageException("expected -o FILE for the network");
            AtomicFile.Require(written);
            if (FittedModels.IsModel(path))
            {
                if (parsed.GetValue(target) is not null)
                {
                    throw new UsageException("--target is about a table; expected a model without it");
                }

                var mimicked = MimicModel.Run(
                    path, parsed.GetValue(domain) ?? throw new UsageException(
                        "expected --domain BOX, on which the model is carried over"),
                    parsed.GetValue(error) ?? new BigRational(1, 1000),
                    parsed.GetValue(strips) ?? new BigRational(1, 100));
                Networks.Write(written, mimicked.Result.Transfer.Network);
                mimicked = mimicked with { File = written };
                session.Out.Write(mimicked.Print(asJson));
                return mimicked.ExitCode;
            }

            if (parsed.GetValue(domain) is not null)
            {
                throw new UsageException("--domain is about a model; a table says its own");
            }

            string column = parsed.GetValue(target) ?? throw new UsageException(
                "expected --target COLUMN, the column to learn");
            var run = new MimicRun(session, path)
            {
                Motif = motif.Motif(parsed),
                Kernel = motif.Kernel(parsed),
                Numbers = motif.Numbers(parsed),
                Error = parsed.GetValue(error),
                Strips = parsed.GetValue(strips) ?? new BigRational(1, 100),
                Seed = parsed.GetValue(seed),
                Boxes = parsed.GetValue(boxes),
                Jobs = parsed.GetValue(jobs),
                RetrainedLayers = !parsed.GetValue(retrain) ? 0 : parsed.GetValue(all) ? int.MaxValue : 2,
                RetrainingSteps = parsed.GetValue(steps),
                Races = parsed.GetValue(compare),
            };
            var report = run.Fit(Tables.Read(path, column));
            Networks.Write(written, report.Network);
            report = report with { File = written };
            session.Out.Write(report.Print(asJson));
            return report.ExitCode;
        });
        return command;
    }
}
