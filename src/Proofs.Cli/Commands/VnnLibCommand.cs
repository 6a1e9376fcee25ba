using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Proofs.Checks.Properties;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Constructions;
using Proofs.Constructions.Formats;

namespace Proofs.Cli.Commands;

/// <summary>proofs vnnlib: decides a property of a network, in the words of the verification competition.</summary>
internal static class VnnLibCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var network = new Argument<string>("network") { Description = "A network: ONNX or JSON, or packed with gzip." };
        var property = new Argument<string>("property") { Description = "A property in VNN-LIB 1.0, or packed with gzip." };
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Write a certificate for proofs check to this file, packed where the name ends in .gz.", HelpName = "FILE",
        };
        Option<string> semantics = CommonOptions.Semantics();
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "vnnlib", "Decides whether an input satisfies a property: unsat, sat, unknown or timeout; exit code 0 decided, 2 not.")
        {
            network, property, certificate, semantics, timeout, jobs, json,
        };
        command.SetAction(parsed =>
        {
            string networkPath = parsed.GetValue(network) ?? "";
            string propertyPath = parsed.GetValue(property) ?? "";
            bool isReal = parsed.GetValue(semantics) == "real";
            if (!isReal && parsed.GetValue(certificate) is not null)
            {
                throw new UsageException("certificates are about the real-valued network: expected --certificate or --semantics float32, not both");
            }

            ReluNetwork read = Networks.Read(networkPath);
            PropertyRequest request = Request(read, Properties.Read(propertyPath), propertyPath) with
            {
                Timeout = parsed.GetValue(timeout),
                Jobs = parsed.GetValue(jobs),
                KeepsTree = parsed.GetValue(certificate) is not null,
                Cancellation = session.Stop,
                Progress = new Line(session),
                Semantics = isReal ? NetworkSemantics.Real : NetworkSemantics.Binary32,
            };
            try
            {
                return Run(session, request, parsed.GetValue(certificate), parsed.GetValue(json));
            }
            catch (ArgumentException e) when (!isReal)
            {
                throw new InputException(networkPath, e.Message);
            }
        });
        return command;
    }

    /// <summary>Decides the property and gives the exit code.</summary>
    public static int Run(Session session, PropertyRequest request, string? certificate, bool asJson)
    {
        PropertyResult result;
        bool isWritten = false;
        try
        {
            result = PropertyVerifier.Verify(request);
            if (certificate is not null && PropertyCertificate.Text(request, result) is { } text)
            {
                Write(certificate, text);
                isWritten = true;
            }
        }
        finally
        {
            session.ReportProgress("");
        }

        var report = new VnnLibReport(result, request.Semantics);
        if (asJson)
        {
            session.WriteJson(report.WriteJson);
        }
        else
        {
            session.Out.Write(report.Text());
        }

        if (result.Reason.Length > 0)
        {
            session.Error.WriteLine(Message.OneLine(result.Reason));
        }

        bool isDecided = report.ExitCode == ExitCode.Holds;
        if (certificate is not null && isDecided && !isWritten)
        {
            throw new InputException(certificate, "is not written: the exact checker does not reach this answer");
        }

        return report.ExitCode;
    }

    private static void Write(string path, string text) => AtomicFile.Write(path, stream =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            packed.Write(bytes);
        }
        else
        {
            stream.Write(bytes);
        }
    });

    private static PropertyRequest Request(ReluNetwork network, VnnProperty property, string path)
    {
        try
        {
            return new PropertyRequest(network, property);
        }
        catch (ArgumentException e)
        {
            throw new InputException(path, e.Message);
        }
    }

    private sealed class Line(Session session) : IProgress<PropertyProgress>
    {
        public void Report(PropertyProgress value) => session.ReportProgress(string.Create(
            CultureInfo.InvariantCulture, $"{value.Boxes} boxes, {value.Open} open"));
    }
}
