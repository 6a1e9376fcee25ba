using System.CommandLine;
using System.Globalization;
using Proofs.Checks.Reports;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Proofs.Cli.Options;
using Proofs.Cli.Papers;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Commands;

/// <summary>proofs verify: checks the theorems of paper artifacts.</summary>
internal static class VerifyCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var names = new Argument<string[]>("name-or-path")
        {
            Description =
                "A paper, a theorem, or the folder or library of an artifact; none stands for all that are built.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var profile = new Option<Profile>("--profile")
        {
            Description = "quick takes minutes, full as long as it needs.",
            HelpName = "quick|full",
            DefaultValueFactory = _ => Profile.Quick,
            CustomParser = result => result.Tokens is [{ Value: "full" }] ? Profile.Full
                : result.Tokens is [{ Value: "quick" }] ? Profile.Quick
                : CommonOptions.Reject<Profile>(result, "expected quick or full"),
        };
        Option<long> seed = CommonOptions.Seed(new VerificationOptions().Seed);
        Option<int> jobs = CommonOptions.Jobs();
        var folder = new Option<string?>("--out")
        {
            Description = "Write the tables and figures into this folder.",
            HelpName = "DIR",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "verify", "Checks theorems, claim by claim: exit code 0 all hold, 1 one is refuted, 2 one is open, "
            + "vacuous or never checked, 64 one cannot be checked as stated, 65 a library does not load.")
        {
            names, profile, seed, jobs, folder, json,
        };
        command.SetAction(parsed => Run(
            session,
            Selection.Of(parsed.GetValue(names) ?? []),
            new VerificationOptions
            {
                Profile = parsed.GetValue(profile),
                Seed = parsed.GetValue(seed),
                Jobs = parsed.GetValue(jobs)
            },
            parsed.GetValue(folder),
            parsed.GetValue(json)));
        return command;
    }

    /// <summary>Checks the selected theorems and gives the exit code.</summary>
    public static int Run(Session session, Selected selected, VerificationOptions options, string? folder, bool asJson)
    {
        if (selected is { Selections.IsEmpty: true, Problems.IsEmpty: true })
        {
            throw new UsageException(
                "expected a paper artifact: none is built, and none was named; ./build.sh builds them");
        }

        if (folder is not null)
        {
            ReportFiles.CreateFolder(folder); // a folder that cannot be made is told before the work, not after it
        }

        List<string> problems = [.. selected.Problems];
        problems.ForEach(p => Tell(session, p));
        if (selected.Selections.IsEmpty)
        {
            return ExitCode.Data;
        }

        var reports = new List<TheoremReport>();
        foreach (Selection selection in selected.Selections)
        {
            List<TheoremReport> own = Verify(session, selection, options, asJson);
            reports.AddRange(own);
            if (folder is not null && ReportFiles.Write(folder, selection, own) is { } problem)
            {
                problems.Add(problem);
                Tell(session, problem);
            }
        }

        if (folder is not null)
        {
            ReportFiles.WriteText(Path.Combine(folder, "junit.xml"), JUnitText.Of(reports));
        }

        if (asJson)
        {
            session.WriteJson(json => VerdictJson.Write(json, reports, options, problems));
        }
        else
        {
            session.Out.WriteLine(VerdictTable.Summary(reports));
        }

        return ExitStatus.Of(reports) switch
        {
            ExitStatus.Refuted => ExitCode.Refuted,
            _ when problems.Count > 0 => ExitCode.Data,
            int status => status,
        };
    }

    private static List<TheoremReport> Verify(
        Session session, Selection selection, VerificationOptions options, bool asJson)
    {
        var reports = new List<TheoremReport>();
        var verifier = new Verifier(options, new RowProgress(session, selection.Artifact.Key), session.Stop);
        foreach (TheoremReport checkedNow in verifier.VerifyPaper(selection.Artifact, selection.Theorems))
        {
            TheoremReport report = checkedNow with { Replay = selection.Replay(checkedNow.Theorem, options) };
            reports.Add(report);
            session.ReportProgress("");
            foreach (ClaimResult row in report.Rows.Where(r => r.Verdict is Verdict.Faulty))
            {
                Tell(session, Explanation.Line(report, row));
            }

            if (!asJson)
            {
                session.Out.WriteLine(Explanation.Body(report));
            }
        }

        return reports;
    }

    // One line for what an author has to mend; the other claims are checked all the same.
    private static void Tell(Session session, string problem) =>
        session.Error.WriteLine(Message.OneLine($"proofs verify: {problem}"));

    private sealed class RowProgress(Session session, string paper) : IProgress<ClaimResult>
    {
        private int _done;

        public void Report(ClaimResult value) => session.ReportProgress(string.Create(CultureInfo.InvariantCulture,
            $"{paper}: {++_done} checked, last {value.Item} {value.Claim}: {value.Verdict.Rung}"));
    }
}
