using System.CommandLine;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>proofs bound: encloses the minimum, the maximum and the supremum norm of a formula.</summary>
internal static class BoundCommand
{
    private const double DefaultGap = 1e-6;

    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var formula =
            new Argument<string>("formula") { Description = "A formula in x1, x2, … (or x): sin(3*x1) - x2^2." };
        var domain = new Option<string>("--domain")
        {
            Description = "A box such as [0,1]^2 or [0,1]x[-1,2]; several are joined by 'or'.",
            HelpName = "BOX",
            Required = true,
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Write a certificate for proofs check to this file, packed where the name ends in .gz.",
            HelpName = "FILE",
        };
        Option<BigRational?> gap = CommonOptions.RelativeGap("1e-6");
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<long> boxes = CommonOptions.Boxes(2_000_000);
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "bound", "Encloses minimum, maximum and supremum norm of a formula; "
                + "exit code 0 as narrow as asked for, 2 not.")
        {
            formula, domain, certificate, gap, timeout, boxes, jobs, json,
        };
        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            string? file = parsed.GetValue(certificate);
            session.Keep(parsed.GetValue(timeout), why => new(Searching.Unread(why, asJson), ExitCode.Inconclusive));
            Region region = Regions.Read(parsed.GetValue(domain) ?? "", where: null);
            Expr read = Formulas.Read("formula", parsed.GetValue(formula) ?? "", region.Dimension);
            CertifyRequest request = CertifyRequest.OfFormula(read, region) with
            {
                RelativeGap = parsed.GetValue(gap) is { } g ? Binary64.RoundDown(g) : DefaultGap,
                Timeout = session.Deadline.Left,
                StatedTimeout = parsed.GetValue(timeout),
                BoxBudget = parsed.GetValue(boxes),
                Jobs = parsed.GetValue(jobs),
                Cancellation = session.Stop,
                Progress = Searching.Progress(session),
            };
            request = request with
            {
                Found = Searching.Knowing<RangeResult>(session, (found, why) =>
                {
                    var report = new BoundReport(read, request, found) { Interruption = why };
                    return new(report.Print(asJson), file is null ? report.ExitCode : ExitCode.Data);
                }),
            };
            return Run(session, read, request, file, asJson);
        });
        return command;
    }

    /// <summary>Encloses the values of the formula and gives the exit code.</summary>
    public static int Run(Session session, Expr formula, CertifyRequest request, string? certificate, bool asJson)
    {
        RangeResult result = Searching.Run(session, () =>
            certificate is null ? Certifier.Range(request) : Certifier.CertifiedRange(request));
        if (certificate is not null && result.Certificate is { } text)
        {
            CertificateFile.Write(certificate, text);
        }

        var report = new BoundReport(formula, request, result);
        session.Out.Write(report.Print(asJson));
        if (report.ExitCode != ExitCode.Holds)
        {
            session.Stop.ThrowIfCancellationRequested();
        }

        if (certificate is not null && result.Certificate is null)
        {
            throw new InputException(certificate, $"is not written: {result.WhyNoCertificate}");
        }

        return report.ExitCode;
    }
}
