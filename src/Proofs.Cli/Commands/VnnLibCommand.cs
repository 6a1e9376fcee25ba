using System.CommandLine;
using System.Globalization;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Search.Properties;

namespace Proofs.Cli.Commands;

/// <summary>proofs vnnlib: decides a property of a network, in the words of the verification competition.</summary>
internal static class VnnLibCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var file = new Argument<string>("network") { Description = "A network: ONNX or JSON, or packed with gzip." };
        var property =
            new Argument<string>("property") { Description = "A property in VNN-LIB 1.0, or packed with gzip." };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Write a certificate for proofs check to this file, packed where the name ends in .gz.",
            HelpName = "FILE",
        };
        Option<string> semantics = CommonOptions.Semantics();
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<long> boxes = CommonOptions.Boxes(20_000_000);
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "vnnlib",
            "Decides whether an input satisfies a property: unsat, sat, unknown or timeout; "
                + "exit code 0 decided, 2 not.")
        {
            file, property, certificate, semantics, timeout, boxes, jobs, json,
        };
        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json), isReal = parsed.GetValue(semantics) == "real";
            session.Keep(parsed.GetValue(timeout), why => Undecided(session, isReal, 0, asJson));
            string networkPath = parsed.GetValue(file) ?? "";
            string propertyPath = parsed.GetValue(property) ?? "";
            if (!isReal && parsed.GetValue(certificate) is not null)
            {
                throw new UsageException(
                    "certificates are about the real-valued network: expected --certificate or --semantics float32, "
                        + "not both");
            }

            NetworkExecution? execution = isReal ? null : Networks.ReadExecution(networkPath);
            ReluNetwork network = execution?.Network ?? Networks.Read(networkPath);
            PropertyRequest request = Request(network, execution, Properties.Read(propertyPath), propertyPath) with
            {
                BoxBudget = parsed.GetValue(boxes),
                Jobs = parsed.GetValue(jobs),
                KeepsTree = parsed.GetValue(certificate) is not null,
                Cancellation = session.Stop,
                Progress = new Line(session, done => Undecided(session, isReal, done, asJson)),
            };
            return Run(session, request, parsed.GetValue(certificate), asJson);
        });
        return command;
    }

    /// <summary>Decides the property and gives the exit code.</summary>
    public static int Run(Session session, PropertyRequest request, string? certificate, bool asJson)
    {
        // A certificate is searched for as well: in the half of the time that the answer leaves.
        PropertyResult result;
        try
        {
            result = PropertyVerifier.Verify(
                request with { Timeout = session.Deadline.Left * (certificate is null ? 1 : 0.5) });
        }
        finally
        {
            session.ReportProgress("");
        }

        var report = new VnnLibReport(result, request.Execution is null, request.Execution)
        {
            IsVacuous = request.Property.Cases.All(
                c => c.Inputs.Lower.Zip(c.Inputs.Upper, (low, high) => low > high).Any(empty => empty)),
        };
        session.Out.Write(report.Print(asJson));
        if (report.ExitCode == ExitCode.Inconclusive)
        {
            session.Stop.ThrowIfCancellationRequested();
        }

        if (result.Reason.Length > 0)
        {
            session.Error.WriteLine(Message.OneLine(result.Reason));
        }

        if (certificate is not null && report.ExitCode == ExitCode.Holds)
        {
            session.Deadline.Know(_ => new("", ExitCode.Data));
            WriteCertificate(session, request, result, certificate);
        }

        return report.ExitCode;
    }

    // The answer stands whatever becomes of its certificate.
    private static void WriteCertificate(Session session, PropertyRequest request, PropertyResult result, string path)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(session.Stop);
        if (session.Deadline.Left is { } left)
        {
            stop.CancelAfter(left);
        }

        try
        {
            CertificateFile.Write(path, PropertyCertificate.Text(request with { Cancellation = stop.Token }, result)
                ?? throw new InputException(path, "is not written: the exact checker does not reach this answer"));
        }
        catch (OperationCanceledException) when (!session.Stop.IsCancellationRequested)
        {
            throw new InputException(path, $"is not written: {session.Deadline.Why}");
        }
    }

    private static Answer Undecided(Session session, bool isReal, long boxes, bool asJson)
    {
        var answer = session.Stop.IsCancellationRequested ? PropertyAnswer.Unknown : PropertyAnswer.Timeout;
        var report = new VnnLibReport(new PropertyResult(answer, null, boxes), isReal, null);
        return new(report.Print(asJson), report.ExitCode);
    }

    private static PropertyRequest Request(
        ReluNetwork network, NetworkExecution? execution, VnnProperty property, string path)
    {
        try
        {
            return execution is null
                ? new PropertyRequest(network, property)
                : new PropertyRequest(execution, property);
        }
        catch (ArgumentException e)
        {
            throw new InputException(path, e.Message);
        }
    }

    private sealed class Line(Session session, Func<long, Answer> undecided) : IProgress<PropertyProgress>
    {
        public void Report(PropertyProgress value)
        {
            session.Deadline.Know(_ => undecided(value.Boxes));
            session.ReportProgress(string.Create(
            CultureInfo.InvariantCulture, $"{value.Boxes} boxes, {value.Open} open"));
        }
    }
}
