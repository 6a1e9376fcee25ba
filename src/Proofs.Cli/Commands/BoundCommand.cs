using System.CommandLine;
using System.Text;
using Proofs.Checks;
using Proofs.Checks.Certification;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Cli.Commands;

/// <summary>proofs bound: encloses the minimum, the maximum and the supremum norm of a formula.</summary>
internal static class BoundCommand
{
    private const double DefaultGap = 1e-6;

    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var formula = new Argument<string>("formula") { Description = "A formula in x1, x2, … (or x): sin(3*x1) - x2^2." };
        var domain = new Option<string>("--domain")
        {
            Description = "A box such as [0,1]^2 or [0,1]x[-1,2]; several are joined by 'or'.", HelpName = "BOX", Required = true,
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Write a certificate for proofs check to this file.", HelpName = "FILE",
        };
        Option<BigRational?> gap = CommonOptions.RelativeGap("1e-6");
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "bound", "Encloses minimum, maximum and supremum norm of a formula; exit code 0 as narrow as asked for, 2 not.")
        {
            formula, domain, certificate, gap, timeout, jobs, json,
        };
        command.SetAction(parsed =>
        {
            Region region = Regions.Read(parsed.GetValue(domain) ?? "", where: null);
            Expr read = Formulas.Read("formula", parsed.GetValue(formula) ?? "", region.Dimension);
            CertifyRequest request = CertifyRequest.OfFormula(read, region) with
            {
                RelativeGap = parsed.GetValue(gap) is { } g ? Binary64.RoundDown(g) : DefaultGap,
                Timeout = parsed.GetValue(timeout),
                Jobs = parsed.GetValue(jobs),
                Cancellation = session.Stop,
                Progress = Searching.Progress(session),
            };
            return Run(session, read, request, parsed.GetValue(certificate), parsed.GetValue(json));
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
            AtomicFile.Write(certificate, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }

        var report = new BoundReport(formula, request, result);
        if (asJson)
        {
            session.WriteJson(report.WriteJson);
        }
        else
        {
            session.Out.Write(report.Text());
        }

        if (certificate is not null && result.Certificate is null)
        {
            throw new InputException(certificate, $"is not written: {result.WhyNoCertificate}");
        }

        return report.ExitCode;
    }
}
