using System.CommandLine;
using System.Globalization;
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
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "vnnlib", "Decides whether an input satisfies a property: unsat, sat, unknown or timeout; exit code 0 decided, 2 not.")
        {
            network, property, timeout, jobs, json,
        };
        command.SetAction(parsed =>
        {
            string networkPath = parsed.GetValue(network) ?? "";
            string propertyPath = parsed.GetValue(property) ?? "";
            ReluNetwork read = Networks.Read(networkPath);
            PropertyRequest request = Request(read, Properties.Read(propertyPath), propertyPath) with
            {
                Timeout = parsed.GetValue(timeout),
                Jobs = parsed.GetValue(jobs),
                Cancellation = session.Stop,
                Progress = new Line(session),
            };
            return Run(session, request, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Decides the property and gives the exit code.</summary>
    public static int Run(Session session, PropertyRequest request, bool asJson)
    {
        PropertyResult result;
        try
        {
            result = PropertyVerifier.Verify(request);
        }
        finally
        {
            session.ReportProgress("");
        }

        var report = new VnnLibReport(result);
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
