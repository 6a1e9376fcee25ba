using System.CommandLine;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Networks;
using Proofs.Search.Invariance;

namespace Proofs.Cli.Commands;

/// <summary>proofs invariance: decides whether a network is invariant, or equivariant, under a group.</summary>
internal static class InvarianceCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var file = new Argument<string>("file")
        {
            Description = "A network: ONNX or JSON, as proofs build writes it, or packed with gzip.",
        };
        var group = new Option<string>("--group")
        {
            Description =
                $"{Groups.Names}; or @FILE with a generator a line: (1 2 3)(4 5), or 2 3 1, or "
                    + "the rows of a matrix joined by ';'.",
            HelpName = "G",
            Required = true,
        };
        var equivariant =
            new Option<bool>("--equivariant") { Description = "Decide whether the outputs move as the inputs do." };
        var domain = new Option<string?>("--domain")
        {
            Description = "A box such as [0,1]^3 (the default; [-1,1]^n where the group changes signs).",
            HelpName = "BOX",
        };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Write a certificate for proofs check to this file, packed where the name ends in .gz.",
            HelpName = "FILE",
        };
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "invariance",
            "Decides whether a network is invariant under a group; exit code 0 exactly, 1 refuted, 2 bounded by eps.")
        {
            file, group, equivariant, domain, certificate, timeout, jobs, json,
        };
        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            session.Keep(parsed.GetValue(timeout), why => new(Undecided(why, asJson), ExitCode.Inconclusive));
            ReluNetwork network = Networks.Read(parsed.GetValue(file) ?? "");
            GroupAction action = GroupActions.Read(parsed.GetValue(group) ?? "", network.InputDimension);
            Box? box = parsed.GetValue(domain) is { } text ? Formulas.Parse("--domain", text, Box.Parse) : null;
            InvarianceRequest request = Request(network, action, parsed.GetValue(equivariant), box);
            request = request with
            {
                Timeout = session.Deadline.Left ?? request.Timeout,
                Jobs = parsed.GetValue(jobs),
                Cancellation = session.Stop,
            };
            return Run(session, request, parsed.GetValue(certificate), asJson);
        });
        return command;
    }

    /// <summary>Decides and gives the exit code.</summary>
    public static int Run(Session session, InvarianceRequest request, string? certificate, bool asJson)
    {
        InvarianceResult result = Decide(request);
        if (certificate is not null && result.Certificate is { } text)
        {
            CertificateFile.Write(certificate, text);
        }

        var report = new InvarianceReport(request, result);
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

    private static InvarianceResult Decide(InvarianceRequest request)
    {
        try
        {
            return InvarianceDecider.Decide(request);
        }
        catch (ArgumentException e) when (!request.IsDomainMappedIntoItself)
        {
            throw new UsageException(e.Message);
        }
    }

    // Where the process has to end the command, no bound is known.
    private static string Undecided(string why, bool asJson) => asJson
        ? Session.JsonText(json =>
        {
            json.WriteString("verdict", "bounded");
            json.WriteString("upper", null as string);
            json.WriteString("why", why);
        })
        : $"BOUNDED\nnothing is known of the violation\nended: {why}\n";

    /// <summary>The question about a network, a group and a box.</summary>
    /// <exception cref="UsageException">They do not fit each other.</exception>
    public static InvarianceRequest Request(ReluNetwork network, GroupAction group, bool isEquivariant, Box? domain)
    {
        try
        {
            return new InvarianceRequest(network, group, isEquivariant, domain);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
