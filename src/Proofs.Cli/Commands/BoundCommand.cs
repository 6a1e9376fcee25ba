using System.CommandLine;
using System.Diagnostics;
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
    private const double Negligible = 1e-300; // what rounding leaves of a zero
    private const long FewBoxes = 256;

    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var formula = new Argument<string>("formula") { Description = "A formula in x1, x2, … (or x): sin(3*x1) - x2^2." };
        var domain = new Option<string>("--domain")
        {
            Description = "A box such as [0,1]^2 or [0,1]x[-1,2]; several are joined by 'or'.", HelpName = "BOX", Required = true,
        };
        Option<BigRational?> gap = CommonOptions.RelativeGap("1e-6");
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "bound", "Encloses minimum, maximum and supremum norm of a formula; exit code 0 as narrow as asked for, 2 not.")
        {
            formula, domain, gap, timeout, jobs, json,
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
            return Run(session, read, request, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Encloses the values of the formula and gives the exit code.</summary>
    public static int Run(Session session, Expr formula, CertifyRequest request, bool asJson)
    {
        var clock = Stopwatch.StartNew();
        CertifyRequest Within(double share) => request.Timeout is { } limit
            ? request.WithTimeout((limit - clock.Elapsed) * share is { Ticks: > 0 } left ? left : TimeSpan.FromTicks(1))
            : request;
        bool TimeIsLeft() => clock.Elapsed < request.Timeout;

        // No enclosure of a minimum that is 0 is narrow relative to it, so a value below the gap times the norm may be
        // enclosed to the square of the gap times the norm: a rough norm comes first.
        request = request with { AbsoluteGap = Negligible };
        CertifyResult norm = Searching.Run(session, () => Certifier.Sup(Within(0.2).WithRelativeGap(0.5)));
        double scale = double.IsFinite(norm.Bounds.Inf) ? norm.Bounds.Inf : 0;
        request = request with { AbsoluteGap = Math.Max(Negligible, request.RelativeGap * request.RelativeGap * scale) };
        CertifyResult maximum = Searching.Run(session, () => Certifier.Max(Within(0.5)));
        CertifyResult minimum = Searching.Run(session, () => Certifier.Min(Within(1)));
        if (!maximum.Complete && TimeIsLeft())
        {
            maximum = Searching.Run(session, () => Certifier.Max(Within(1))); // what the minimum left of the time
        }

        bool endedByTime = request.Timeout is not null && !TimeIsLeft();
        minimum = Exactly(session, minimum, v => Certifier.Min(request.WithAtMost(-v).WithBoxBudget(FewBoxes)));
        maximum = Exactly(session, maximum, v => Certifier.Max(request.WithAtMost(v).WithBoxBudget(FewBoxes)));
        var report = new BoundReport(formula, request, minimum, maximum, endedByTime);
        if (asJson)
        {
            session.WriteJson(report.WriteJson);
        }
        else
        {
            session.Out.Write(report.Text());
        }

        return report.ExitCode;
    }

    // Where the value at the point found is the extremum itself, as it often is for polynomials, it is shown to be.
    private static CertifyResult Exactly(Session session, CertifyResult result, Func<BigRational, CertifyResult> decide) =>
        result is { Complete: true, Value.IsExact: false, Witness.Value: { } value }
        && Searching.Run(session, () => decide(value)).Outcome == Outcome.Certified
            ? result with { Value = Enclosure.Exactly(value) }
            : result;
}
