using System.CommandLine;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>proofs certify: encloses the error between a network and a formula.</summary>
internal static class CertifyCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var file = new Argument<string>("file")
        {
            Description = "A network: ONNX or JSON, as proofs build writes it, or packed with gzip.",
        };
        var target = new Option<string?>("--target")
        {
            Description = "The formula f in x1, x2, … (or x): if(x2 <= 1/2 + x1^2/4, 1, 0).",
            HelpName = "EXPR",
        };
        var minus = new Option<string?>("--minus")
        {
            Description = "Another network in place of a formula; of several outputs, the largest difference counts.",
            HelpName = "FILE",
        };
        var domain = new Option<string>("--domain")
        {
            Description =
                "A box such as [0,1]^2 or [0,1]x[-1,2]; several are joined by 'or'; @FILE has one box a line.",
            HelpName = "BOX",
            Required = true,
        };
        Option<int?> output = CommonOptions.Output();
        var where = new Option<string?>("--where")
        {
            Description = "Only the points at which this condition holds.",
            HelpName = "CONDITION",
        };
        var norm = new Option<string>("--norm")
        {
            Description = "sup, L1, L2 or another L<p>.",
            HelpName = "NORM",
            DefaultValueFactory = _ => "sup",
        };
        Option<BigRational?> atMost =
            CommonOptions.Number("--at-most", "Decide whether the error is at most this number.",
            "a non-negative number", n => n.Sign >= 0);
        Option<BigRational?> gap = CommonOptions.RelativeGap("0.01");
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<long> boxes = CommonOptions.Boxes(2_000_000);
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Write a certificate of the supremum for `proofs check`, packed where the name ends in .gz.",
            HelpName = "FILE",
        };
        Option<string> semantics = CommonOptions.Semantics();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "certify",
            "Encloses the error between a network and a formula, or another network; "
                + "exit code 0 certified, 1 refuted, 2 undecided.")
        {
            file, target, minus, output, domain, where, norm, atMost, gap, timeout, boxes, certificate, semantics, jobs,
                json,
        };
        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            session.Keep(parsed.GetValue(timeout), why => new(Searching.Unread(why, asJson), ExitCode.Inconclusive));
            string path = parsed.GetValue(file) ?? "";
            Region region = Regions.Read(parsed.GetValue(domain) ?? "", parsed.GetValue(where));
            Norm measured = Norms.Read(parsed.GetValue(norm) ?? "");
            bool isReal = parsed.GetValue(semantics) == "real";
            CertifyRequest request = (parsed.GetValue(target), parsed.GetValue(minus)) switch
            {
                ({ } text, null) => Error(
                    Formulas.Read("--target", text, region.Dimension), path,
                    Term(path, parsed.GetValue(output), region, isReal), region),
                (null, { } other) => Difference(
                    Term(path, parsed.GetValue(output), region, isReal), path,
                    Term(other, parsed.GetValue(output), region, isReal), other, region),
                _ => throw new UsageException("expected either --target EXPR or --minus FILE"),
            };
            request = request with
            {
                AtMost = parsed.GetValue(atMost),
                RelativeGap = parsed.GetValue(gap) is { } g ? Binary64.RoundDown(g) : 0.01,
                AbsoluteGap = Searching.SmallestGap,
                StatedTimeout = parsed.GetValue(timeout),
                BoxBudget = parsed.GetValue(boxes),
                Jobs = parsed.GetValue(jobs),
                Cancellation = session.Stop,
                Progress = Searching.Progress(session),
            };
            if (!isReal && (parsed.GetValue(certificate) is not null || measured is Norm.LpNorm))
            {
                throw new UsageException(
                    "--semantics float32: expected the norm sup, and no --certificate, "
                        + "which is about the real-valued network");
            }

            return Run(
                session, request with { Progress = Progress(session, request, measured, isReal, asJson) }, measured,
                isReal, parsed.GetValue(certificate), asJson);
        });
        return command;
    }

    /// <summary>Encloses the error and gives the exit code.</summary>
    public static int Run(
        Session session, CertifyRequest request, Norm norm, bool isReal, string? certificate, bool asJson)
    {
        SupCertificate? writer = certificate is null ? null : Writer(request, norm);
        // A certificate has the boxes of the search, checked by the kernel in the half of the time that the error
        // leaves.
        var search = request with
        {
            Timeout = session.Deadline.Left * (writer is null ? 1 : 0.5),
            KeepsTree = writer is not null,
        };
        LargestError result =
            Searching.Run(session, () => isReal ? LargestError.Of(search, norm) : ExecutionError.Of(search));
        var report = new CertifyReport(request, norm, isReal, result.Result, result.Output);
        session.Out.Write(report.Print(asJson));
        if (report.ExitCode == ExitCode.Inconclusive)
        {
            session.Stop.ThrowIfCancellationRequested();
        }

        if (writer is not null && report.ExitCode != ExitCode.Inconclusive)
        {
            session.Deadline.Know(_ => new("", ExitCode.Data));
            Write(session, certificate!, writer, result);
        }
        else if (writer is not null)
        {
            session.Error.WriteLine(Message.OneLine($"{certificate}: is not written: nothing is decided"));
        }

        return report.ExitCode;
    }

    // What is known of one output says nothing of the others, but for the lower end.
    private static CertifyProgressRelay Progress(
        Session session, CertifyRequest request, Norm norm, bool isReal, bool asJson) => new(progress =>
    {
        request.Progress?.Report(progress);
        bool isAll = isReal && request.Networks is [{ Network.OutputDimension: 1 }, ..];
        session.Deadline.Know(why =>
        {
            var bounds = progress.Bounds.IsEmpty || !isReal ? Interval.Between(0, double.PositiveInfinity)
                : isAll ? progress.Bounds
                : Interval.Between(progress.Bounds.Inf, double.PositiveInfinity);
            var found = new CertifyResult(bounds, progress.Boxes, Complete: false, Outcome.Inconclusive)
            {
                Value = new(
                    double.IsFinite(bounds.Inf) ? Binary64.Exact(bounds.Inf) : null,
                    double.IsFinite(bounds.Sup) ? Binary64.Exact(bounds.Sup) : null),
                Why = why,
            };
            var report = new CertifyReport(request, norm, isReal, found, 0);
            return new(report.Print(asJson), report.ExitCode);
        });
    });

    private sealed class CertifyProgressRelay(Action<CertifyProgress> report) : IProgress<CertifyProgress>
    {
        public void Report(CertifyProgress value) => report(value);
    }

    // Whatever cannot be written is refused before the search.
    private static SupCertificate Writer(CertifyRequest request, Norm norm) =>
        norm is Norm.LpNorm ? throw new UsageException($"--certificate: expected the norm sup, got {norm}")
        : SupCertificate.Of(request)
            ?? throw new UsageException(
                "--certificate: expected formulas without floor, ceil, factorial and the like, "
                    + "which the kernel does not bound");

    private static void Write(Session session, string path, SupCertificate writer, LargestError result) =>
        CertificateFile.Write(path, text =>
    {
        if (writer.Within(session.Deadline.Left).Write(text, result) is { } why)
        {
            throw new InputException(path, $"is not written: {why}");
        }
    });

    private static CertifyRequest Difference(
        NetworkTerm first, string path, NetworkTerm second, string other, Region region) =>
        first.Network.OutputDimension == second.Network.OutputDimension
            ? CertifyRequest.OfDifference(
                first.Network, second.Network,
                region) with
            {
                Networks =
                    [first, new NetworkTerm(second.Network, 0, -1) { Execution = second.Execution }]
            }
            : throw new InputException(
                other, $"expected a network with {first.Network.OutputDimension} outputs, as {path} has, "
                    + $"found {second.Network.OutputDimension}");

    private static CertifyRequest Error(Expr formula, string path, NetworkTerm term, Region region) =>
        term.Network.OutputDimension == 1
            ? CertifyRequest.Of(term.Network, formula, region) with { Networks = [term] }
            : throw new InputException(
                path, $"expected a network with one output, or --output K, found {term.Network.OutputDimension}");

    // What executes is read only where it is asked for: not every network that is understood has an execution that is.
    private static NetworkTerm Term(string path, int? output, Region region, bool isReal)
    {
        NetworkTerm term = isReal
            ? new NetworkTerm(Networks.Read(path, output))
            : NetworkTerm.Of(Networks.ReadExecution(path, output));
        return term.Network.InputDimension == region.Dimension
            ? term
            : throw new UsageException(
                $"--domain has {region.Dimension} sides, expected {term.Network.InputDimension}: "
                    + $"one for each input of {path}");
    }
}
