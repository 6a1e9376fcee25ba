using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Proofs.Checks;
using Proofs.Cli.Options;
using Proofs.Cli.Papers;

namespace Proofs.Cli.Commands;

/// <summary>proofs verify: checks the theorems of paper artifacts.</summary>
internal static class VerifyCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var names = new Argument<string[]>("name-or-path")
        {
            Description = "A paper, a theorem, or the folder or library of an artifact; none stands for all that are built.",
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
        var folder = new Option<string?>("--out") { Description = "Write the tables and figures into this folder.", HelpName = "DIR" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("verify", "Checks theorems, claim by claim: exit code 0 all hold, 1 one is refuted, 2 one is open.")
        {
            names, profile, seed, jobs, folder, json,
        };
        command.SetAction(parsed => Run(
            session,
            Selection.Of(parsed.GetValue(names) ?? []),
            new VerificationOptions { Profile = parsed.GetValue(profile), Seed = parsed.GetValue(seed), Jobs = parsed.GetValue(jobs) },
            parsed.GetValue(folder),
            parsed.GetValue(json)));
        return command;
    }

    /// <summary>Checks the selected theorems and gives the exit code.</summary>
    public static int Run(
        Session session, ImmutableArray<Selection> selections, VerificationOptions options, string? folder, bool asJson)
    {
        if (selections.IsEmpty)
        {
            throw new UsageException("expected a paper artifact: none is built, and none was named; ./build.sh builds them");
        }

        if (folder is not null)
        {
            ReportFiles.CreateFolder(folder); // a folder that cannot be made is told before the work, not after it
        }

        var reports = new List<TheoremReport>();
        foreach (Selection selection in selections)
        {
            List<TheoremReport> own = [.. selection.Theorems.Select(t => Verify(session, t, options, asJson))];
            reports.AddRange(own);
            if (folder is not null)
            {
                ReportFiles.Write(folder, selection, own);
            }
        }

        if (folder is not null)
        {
            ReportFiles.WriteText(Path.Combine(folder, "junit.xml"), JUnitText.Of(reports));
        }

        int exitCode = ExitCodeOf(reports);
        if (asJson)
        {
            session.WriteJson(json => VerdictJson.Write(json, reports, options));
        }
        else
        {
            session.Out.WriteLine(VerdictTable.Summary(reports));
        }

        return exitCode;
    }

    /// <summary>1 where something false shows, 2 where something is open, 0 where all is as it should be.</summary>
    public static int ExitCodeOf(IReadOnlyCollection<TheoremReport> reports)
    {
        List<ClaimResult> rows = [.. reports.SelectMany(r => r.Rows)];
        return rows.Any(r => r.IsWrong) ? ExitCode.Refuted
            : rows.Count > 0 && rows.All(r => r.IsAsExpected) ? ExitCode.Holds
            : ExitCode.Inconclusive;
    }

    private static TheoremReport Verify(Session session, Theorem theorem, VerificationOptions options, bool asJson)
    {
        var progress = new RowProgress(session, theorem.Key);
        TheoremReport report;
        try
        {
            report = new Verifier(options, progress, session.Stop).Verify(theorem);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InputException($"theorem {theorem.Key}", e.Message); // its author named what is not there
        }

        session.ReportProgress("");
        if (!asJson)
        {
            session.Out.WriteLine($"{theorem.Title}  [{theorem.Source}]\n");
            session.Out.WriteLine(TableText.Console(VerdictTable.Of(report, withTimes: true)));
            foreach (ClaimResult row in report.Rows.Where(r => !r.IsAsExpected))
            {
                session.Out.WriteLine(Explanation.Of(report, row));
            }
        }

        return report;
    }

    private sealed class RowProgress(Session session, string theorem) : IProgress<ClaimResult>
    {
        private int _done;

        public void Report(ClaimResult value) => session.ReportProgress(string.Create(CultureInfo.InvariantCulture,
            $"{theorem}: {++_done} checked, last {value.Item} {value.Claim}: {value.Verdict.Rung}"));
    }
}
