using System.CommandLine;
using System.Globalization;
using Proofs.Checks.Tightening;
using Proofs.Cli.Options;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Numbers;
using Proofs.Search.Proving;

namespace Proofs.Cli.Commands;

/// <summary>proofs tighten: how small a constant or a parameter can be, with a proof on one side and a counterexample
/// on the other.</summary>
internal static class TightenCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var name = new Argument<string?>("name")
        {
            Description = "A construction, for --parameter; proofs list shows them.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var parameters = new Argument<string[]>("key=value")
        {
            Description = "Its other parameters, such as p=1 f=x^2.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var parameter = new Option<string?>("--parameter")
        {
            Description = "The whole parameter to make as small as the certified error allows.",
            HelpName = "KEY",
        };
        Option<BigRational?> atMost = CommonOptions.Number(
            "--at-most", "The error allowed, in the norm of the construction's budget.", "a non-negative number",
            n => n.Sign >= 0);
        var claim = new Option<string?>("--claim")
        {
            Description = "A statement with a name in it for the constant: forall x in [0, 1] : sin(x) <= C*x.",
            HelpName = "STATEMENT",
        };
        var constant = new Option<string>("--constant")
        {
            Description = "The name of the constant in the claim.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "C",
        };
        Option<BigRational?> from = Any("--from", "The first value tried (default 1 for a parameter).");
        Option<BigRational?> to = Any("--to", "The last one (default 64 for a parameter).");
        Option<BigRational?> width = CommonOptions.Number(
            "--width", "How near proof and counterexample have to be (default 1/1024 of the way).",
            "a number above 0", n => n.Sign > 0);
        Option<BigRational?> published = Any("--published", "A constant in print, to be compared with what is found.");
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Write the proof at the constant found, which proofs check replays.",
            HelpName = "FILE",
        };
        Option<long> steps = CommonOptions.Steps(ProofOptions.DefaultSteps);
        Option<long> boxes = CommonOptions.Boxes(2_000_000);
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "tighten",
            "Finds how small a constant of a claim, or a parameter of a construction, can be: proved or certified at "
                + "one value, refuted at its neighbour; exit code 0 both found, 1 the published constant is refuted, "
                + "2 undecided.")
        {
            name, parameters, parameter, atMost, claim, constant, from, to, width, published, certificate, steps, boxes,
                timeout, jobs, json,
        };
        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            session.Keep(
                parsed.GetValue(timeout), why => new(TightenReport.Nothing(why, asJson), ExitCode.Inconclusive));
            BigRational? first = parsed.GetValue(from), last = parsed.GetValue(to);
            if (parsed.GetValue(claim) is { } text)
            {
                if (parsed.GetValue(name) is not null || parsed.GetValue(parameter) is not null
                    || parsed.GetValue(atMost) is not null)
                {
                    throw new UsageException("--claim: expected no construction, --parameter or --at-most beside it");
                }

                return OfClaim(
                    session,
                    new(text, parsed.GetValue(constant) ?? ""),
                    first ?? throw new UsageException("--claim: expected --from A and --to B"),
                    last ?? throw new UsageException("--claim: expected --from A and --to B"),
                    parsed.GetValue(width),
                    parsed.GetValue(published),
                    parsed.GetValue(certificate),
                    ProofOptions.Default.WithSteps(parsed.GetValue(steps)).WithCancellation(session.Stop),
                    asJson);
            }

            if (parsed.GetValue(name) is not { } construction || parsed.GetValue(parameter) is not { } key
                || parsed.GetValue(atMost) is not { } bound)
            {
                throw new UsageException(
                    "expected --claim STATEMENT, or a construction with --parameter KEY and --at-most ERROR");
            }

            if ((parsed.GetValue(width) ?? parsed.GetValue(published)) is not null
                || parsed.GetValue(certificate) is not null)
            {
                throw new UsageException("--width, --published, --certificate: expected --claim beside them");
            }

            return OfParameter(
                session, construction, parsed.GetValue(parameters) ?? [], key, Whole("--from", first, 1),
                Whole("--to", last, 64), bound, parsed.GetValue(boxes), parsed.GetValue(jobs), asJson);
        });
        return command;
    }

    private static int OfClaim(
        Session session, ConstantClaim claim, BigRational from, BigRational to, BigRational? width,
        BigRational? published, string? certificate, ProofOptions options, bool asJson)
    {
        if (from == to)
        {
            throw new UsageException($"--from and --to are both {from}; expected two values");
        }

        BigRational near = width ?? (BigRational.Abs(to - from) * BigRational.PowerOfTwo(-10));
        TightenReport.OfClaim Report(TightestConstant found, ConstantVerdict? print, string? why) =>
            new(claim, near, found, print, why);
        TightestConstant? latest = null;
        TightestConstant found;
        ConstantVerdict? inPrint;
        try
        {
            found = TightestConstant.Search(claim, from, to, near, options, report: known =>
            {
                latest = known;
                session.Deadline.Know(why => new(Report(known, null, why).Print(asJson), ExitCode.Inconclusive));
                session.ReportProgress(string.Create(
                    CultureInfo.InvariantCulture, $"{known.Tried} values of {claim.Constant} tried"));
            });
            inPrint = published is { } p ? new(p, Prover.Prove(claim.At(p), options)) : null;
        }
        catch (FormatException e)
        {
            throw new UsageException($"--claim: {e.Message}");
        }
        finally
        {
            session.ReportProgress("");
        }

        if (session.Stop.IsCancellationRequested)
        {
            session.Out.Write(Report(latest ?? found, null, session.Deadline.Why).Print(asJson));
            session.Stop.ThrowIfCancellationRequested();
        }

        TightenReport.OfClaim report = Report(found, inPrint, null);
        if (certificate is not null && found.Proved?.Result is ProofResult.Proved proved)
        {
            CertificateFile.Write(certificate, proved.Certificate);
        }
        else if (certificate is not null)
        {
            session.Error.WriteLine(Message.OneLine($"{certificate}: is not written: no value is proved"));
        }

        session.Out.Write(report.Print(asJson));
        return report.ExitCode;
    }

    private static int OfParameter(
        Session session, string construction, IReadOnlyList<string> parameters, string key, int from, int to,
        BigRational atMost, long boxes, int jobs, bool asJson)
    {
        if (from > to)
        {
            throw new UsageException($"--from {from} is above --to {to}; expected the smaller one first");
        }

        TightenReport.OfParameter Report(LeastParameter found, string? why) =>
            new(construction, key, from, to, atMost, found, why);
        LeastParameter result = Searching.Run(session, () => LeastParameter.Search(
            value => BuildCommand.Built(
                construction,
                [.. parameters, string.Create(CultureInfo.InvariantCulture, $"{key}={value}")]),
            from,
            to,
            atMost,
            request => request with
            {
                BoxBudget = boxes,
                Jobs = jobs,
                Timeout = session.Deadline.Left,
                Cancellation = session.Stop,
                Progress = Searching.Progress(session),
            },
            known => session.Deadline.Know(why => new(Report(known, why).Print(asJson), ExitCode.Inconclusive))));
        string? ended = session.Stop.IsCancellationRequested ? session.Deadline.Why : null;
        TightenReport.OfParameter report = Report(result, ended);
        session.Out.Write(report.Print(asJson));
        session.Stop.ThrowIfCancellationRequested();
        return report.ExitCode;
    }

    private static Option<BigRational?> Any(string name, string description) =>
        CommonOptions.Number(name, description, "a number such as 3/8 or 0.25", _ => true);

    private static int Whole(string option, BigRational? value, int start) => value switch
    {
        null => start,
        { IsInteger: true } n when n >= 0 && n <= 1_000_000 => (int)n.Numerator,
        _ => throw new UsageException($"{option}: expected a whole number from 0 to 1000000, got '{value}'"),
    };
}
