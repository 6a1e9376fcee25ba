using System.CommandLine;
using System.IO.Compression;
using System.Text;
using Proofs.Checks;
using Proofs.Checks.Certification;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Cli.Commands;

/// <summary>proofs certify: encloses the error between a network and a formula.</summary>
internal static class CertifyCommand
{
    // An error that is 0 has no enclosure that is narrow relative to its size.
    private const double SmallestGap = 1e-280;

    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var file = new Argument<string>("file") { Description = "A network: ONNX or JSON, as proofs build writes it, or packed with gzip." };
        var target = new Option<string?>("--target")
        {
            Description = "The formula f in x1, x2, … (or x): if(x2 <= 1/2 + x1^2/4, 1, 0).", HelpName = "EXPR",
        };
        var minus = new Option<string?>("--minus")
        {
            Description = "Another network in place of a formula; of several outputs, the largest difference counts.", HelpName = "FILE",
        };
        var domain = new Option<string>("--domain")
        {
            Description = "A box such as [0,1]^2 or [0,1]x[-1,2]; several are joined by 'or'; @FILE has one box a line.", HelpName = "BOX", Required = true,
        };
        Option<int?> output = CommonOptions.Output();
        var where = new Option<string?>("--where") { Description = "Only the points at which this condition holds.", HelpName = "CONDITION" };
        var norm = new Option<string>("--norm")
        {
            Description = "sup, L1, L2 or another L<p>.", HelpName = "NORM", DefaultValueFactory = _ => "sup",
        };
        Option<BigRational?> atMost = CommonOptions.Number("--at-most", "Decide whether the error is at most this number.",
            "a non-negative number", n => n.Sign >= 0);
        Option<BigRational?> gap = CommonOptions.RelativeGap("0.01");
        Option<TimeSpan?> timeout = CommonOptions.Timeout();
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Write a certificate of the supremum for `proofs check`, packed where the name ends in .gz.", HelpName = "FILE",
        };
        Option<string> semantics = CommonOptions.Semantics();
        Option<int> jobs = CommonOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "certify", "Encloses the error between a network and a formula, or another network; exit code 0 certified, 1 refuted, 2 undecided.")
        {
            file, target, minus, output, domain, where, norm, atMost, gap, timeout, certificate, semantics, jobs, json,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file) ?? "";
            Region region = Regions.Read(parsed.GetValue(domain) ?? "", parsed.GetValue(where));
            Norm measured = Norms.Read(parsed.GetValue(norm) ?? "");
            CertifyRequest request = (parsed.GetValue(target), parsed.GetValue(minus)) switch
            {
                ({ } text, null) => Error(path, parsed.GetValue(output), Formulas.Read("--target", text, region.Dimension), region),
                (null, { } other) => Difference(path, other, parsed.GetValue(output), region),
                _ => throw new UsageException("expected either --target EXPR or --minus FILE"),
            };
            request = request with
            {
                AtMost = parsed.GetValue(atMost),
                RelativeGap = parsed.GetValue(gap) is { } g ? Binary64.RoundDown(g) : 0.01,
                AbsoluteGap = SmallestGap,
                Timeout = parsed.GetValue(timeout),
                Jobs = parsed.GetValue(jobs),
                Cancellation = session.Stop,
                Progress = Searching.Progress(session),
            };
            bool isReal = parsed.GetValue(semantics) == "real";
            if (!isReal && (parsed.GetValue(certificate) is not null || measured is Norm.LpNorm))
            {
                throw new UsageException("--semantics float32: expected the norm sup, and no --certificate, which is about the real-valued network");
            }

            string?[] files = [path, parsed.GetValue(minus)];
            foreach (var (term, name) in isReal ? [] : request.Networks.Zip(files))
            {
                if (Binary32Error.Refuse(term.Network) is { } odd)
                {
                    throw new InputException(name!, odd);
                }
            }

            return Run(session, request, measured, isReal, parsed.GetValue(certificate), parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Encloses the error and gives the exit code.</summary>
    public static int Run(Session session, CertifyRequest request, Norm norm, bool isReal, string? certificate, bool asJson)
    {
        SupCertificate? writer = certificate is null ? null : Writer(request, norm);
        LargestError result = Searching.Run(session, () => isReal ? LargestError.Of(request, norm) : Binary32Error.Of(request));
        var report = new CertifyReport(request, norm, isReal, result.Result, result.Output);
        if (asJson)
        {
            session.WriteJson(report.WriteJson);
        }
        else
        {
            session.Out.Write(report.Text());
        }

        if (writer is not null && report.ExitCode != ExitCode.Inconclusive)
        {
            Write(certificate!, writer, result);
        }

        return report.ExitCode;
    }

    // Whatever cannot be written is refused before the search.
    private static SupCertificate Writer(CertifyRequest request, Norm norm) =>
        norm is Norm.LpNorm ? throw new UsageException($"--certificate: expected the norm sup, got {norm}")
        : SupCertificate.Of(request)
            ?? throw new UsageException("--certificate: expected formulas without floor, ceil, factorial and the like, which the kernel does not bound");

    private static void Write(string path, SupCertificate writer, LargestError result) => AtomicFile.Write(path, stream =>
    {
        bool isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using GZipStream? packed = isPacked ? new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true) : null;
        using var text = new StreamWriter(packed ?? stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        if (writer.Write(text, result) is { } why)
        {
            throw new InputException(path, $"is not written: {why}");
        }
    });

    private static CertifyRequest Difference(string path, string other, int? output, Region region)
    {
        ReluNetwork first = Network(path, output, region), second = Network(other, output, region);
        return first.OutputDimension == second.OutputDimension
            ? CertifyRequest.OfDifference(first, second, region)
            : throw new InputException(
                other, $"expected a network with {first.OutputDimension} outputs, as {path} has, found {second.OutputDimension}");
    }

    private static CertifyRequest Error(string path, int? output, Expr formula, Region region)
    {
        ReluNetwork network = Network(path, output, region);
        return network.OutputDimension == 1
            ? CertifyRequest.Of(network, formula, region)
            : throw new InputException(path, $"expected a network with one output, or --output K, found {network.OutputDimension}");
    }

    private static ReluNetwork Network(string path, int? output, Region region)
    {
        ReluNetwork network = Networks.Read(path, output);
        return network.InputDimension == region.Dimension
            ? network
            : throw new UsageException(
                $"--domain has {region.Dimension} sides, expected {network.InputDimension}: one for each input of {path}");
    }
}
