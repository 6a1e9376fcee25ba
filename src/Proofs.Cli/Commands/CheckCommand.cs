using System.CommandLine;
using System.IO.Compression;
using System.Text;
using Proofs.Checks.Certification;
using Proofs.Checks.Invariance;
using Proofs.Checks.Properties;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Checking;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Symmetry;
using Proofs.Numeric;

namespace Proofs.Cli.Commands;

/// <summary>proofs check: replays certificates with the kernel alone.</summary>
internal static class CheckCommand
{
    private const int LargestText = 1 << 30;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var files = new Argument<string[]>("file") { Description = "Certificates.", Arity = ArgumentArity.OneOrMore };
        var network = new Option<string?>("--network")
        {
            Description = "Accept certificates about this network only.", HelpName = "FILE",
        };
        var property = new Option<string?>("--property")
        {
            Description = "And about this property, in VNN-LIB.", HelpName = "FILE",
        };
        var minus = new Option<string?>("--minus")
        {
            Description = "And about the difference to this network.", HelpName = "FILE",
        };
        Option<int?> output = CommonOptions.Output();
        var target = new Option<string?>("--target") { Description = "Accept errors against this formula only.", HelpName = "EXPR" };
        var domain = new Option<string?>("--domain")
        {
            Description = "Accept errors on this domain only: boxes joined by 'or', or @FILE.", HelpName = "BOX",
        };
        var where = new Option<string?>("--where") { Description = "Of which only the points count that fulfil this.", HelpName = "CONDITION" };
        Option<BigRational?> atMost = CommonOptions.Number(
            "--at-most", "Accept errors shown to be at most this, or to exceed this.", "a non-negative number", n => n.Sign >= 0);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("check", "Replays certificates with exact arithmetic: exit code 0 all are accepted, 1 one is rejected.")
        {
            files, network, property, minus, output, target, domain, where, atMost, json,
        };
        command.SetAction(parsed =>
        {
            string? subject = Subject(parsed.GetValue(network), parsed.GetValue(property));
            ErrorExpectation? error = parsed.GetValue(property) is not null ? null : Error(
                parsed.GetValue(network), parsed.GetValue(minus), parsed.GetValue(output), parsed.GetValue(target), parsed.GetValue(domain), parsed.GetValue(where),
                parsed.GetValue(atMost));
            return Run(session, parsed.GetValue(files) ?? [], subject, error, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Checks the files and gives the exit code.</summary>
    public static int Run(Session session, IReadOnlyList<string> files, string? subject, ErrorExpectation? error, bool asJson)
    {
        // all files are read before the first is judged: a file that is missing is no verdict on the others
        // (certificates of errors, which may be long, as they are checked)
        List<(string File, byte[]? Bytes)> inputs = [.. files.Select(f => (f, IsOfError(f) ? null : InputFile.ReadBytes(f)))];
        var results = new List<(string File, CheckResult Result)>();
        foreach ((string file, byte[]? bytes) in inputs)
        {
            session.Stop.ThrowIfCancellationRequested();
            CheckResult result = bytes is null ? CheckError(file, error, session.Stop)
                : error?.IsOnlyOfErrors == true ? new CheckResult(Accepted: false, "", "the certificate is not about an error")
                : Check(bytes, subject, session.Stop);
            results.Add((file, result));
            if (!asJson)
            {
                session.Out.WriteLine(Message.OneLine(
                    result.Accepted ? $"ACCEPTED {file}" : $"REJECTED: {result.Reason} ({file})"));
                if (result.Accepted)
                {
                    session.Out.WriteLine($"  {result.Statement}");
                }
            }
        }

        bool all = results.All(r => r.Result.Accepted);
        if (asJson)
        {
            session.WriteJson(json =>
            {
                json.WriteBoolean("accepted", all);
                json.WriteStartArray("files");
                foreach ((string file, CheckResult result) in results)
                {
                    json.WriteStartObject();
                    json.WriteString("file", file);
                    json.WriteString("verdict", result.Accepted ? "ACCEPTED" : "REJECTED");
                    json.WriteString("statement", result.Statement);
                    json.WriteString("reason", result.Reason);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        }

        return all ? ExitCode.Holds : ExitCode.Refuted;
    }

    // The text that a certificate has to carry: of network and property, or of the network alone; null where any will do.
    private static string? Subject(string? network, string? property) => (network, property) switch
    {
        (null, null) => null,
        ({ } n, { } p) => NetworkText.Write(PropertyCertificate.Subject(Networks.Read(n), Properties.Read(p))),
        ({ } n, null) => NetworkText.NetworkOf(NetworkText.Write(SymmetryCertificate.Subject(InvarianceRequest.ClaimAbout(Networks.Read(n))))),
        _ => throw new UsageException("expected --network before --property: the property is about a network"),
    };

    // Whether a certificate carries that text; one of no network carries none.
    private static bool IsAbout(string text, string subject) =>
        NetworkCertificate.SubjectOf(text) is { } both ? both == subject || NetworkText.NetworkOf(both) == subject
        : SymmetryCertificate.NetworkOf(text) == subject;

    private static ErrorExpectation Error(
        string? network, string? minus, int? output, string? target, string? domain, string? where, BigRational? atMost)
    {
        if ((minus is not null && network is null) || (where is not null && domain is null))
        {
            throw new UsageException(minus is null ? "expected --domain before --where" : "expected --network before --minus");
        }

        if (output is not null && network is null)
        {
            throw new UsageException("expected --network before --output");
        }

        Region? region = domain is null ? null : Regions.Read(domain, where);
        ReluNetwork[]? networks = network is null ? null
            : minus is null ? [Networks.Read(network, output)] : [Networks.Read(network, output), Networks.Read(minus, output)];
        Expr? formula = target is null ? minus is null ? null : Expr.Zero
            : Formulas.Read("--target", target, region?.Dimension ?? networks?[0].InputDimension
                ?? throw new UsageException("expected --network or --domain with --target"));
        return SupCertificate.Expect(networks, formula, region, atMost);
    }

    private static bool IsOfError(string file) => InputFile.Read(file, stream =>
    {
        try
        {
            byte[] start = new byte[ErrorCertificate.Header.Length];
            int length = InputFile.Unpacked(stream).ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return Encoding.ASCII.GetString(start, 0, length) == ErrorCertificate.Header;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    });

    private static CheckResult CheckError(string file, ErrorExpectation? expected, CancellationToken stop) => expected is null
        ? new CheckResult(Accepted: false, "", "the certificate is not about a property")
        : InputFile.Read(file, stream =>
    {
        try
        {
            using var reader = new StreamReader(InputFile.Unpacked(stream), Strict);
            return ErrorCertificate.Check(reader, expected, stop);
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidDataException)
        {
            return new CheckResult(Accepted: false, "", "the file is no UTF-8 text, packed with gzip or not");
        }
    });

    private static CheckResult Check(byte[] bytes, string? subject, CancellationToken stop)
    {
        string text;
        try
        {
            text = Strict.GetString(Unpacked(bytes));
        }
        catch (DecoderFallbackException e)
        {
            return new CheckResult(Accepted: false, "", $"byte {e.Index} is not UTF-8 text");
        }
        catch (InvalidDataException)
        {
            return new CheckResult(Accepted: false, "", "the file is no valid gzip data, or unpacks to more than 1 GiB");
        }

        bool isNetwork = text.StartsWith(NetworkCertificate.Header, StringComparison.Ordinal);
        return subject is not null && !IsAbout(text, subject)
                ? new CheckResult(Accepted: false, "", "the certificate is about another network or property")
            : isNetwork ? NetworkCertificate.Check(text, stop)
            : text.StartsWith(BoundCertificate.Header, StringComparison.Ordinal) ? BoundCertificate.Check(text, stop)
            : text.StartsWith(BoxCertificate.Header, StringComparison.Ordinal) ? BoxCertificate.Check(text, stop)
            : text.StartsWith(SymmetryCertificate.Header, StringComparison.Ordinal) ? SymmetryCertificate.Check(text, stop)
            : CertificateChecker.Check(text, stop: stop);
    }

    private static byte[] Unpacked(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..])
        {
            return bytes;
        }

        using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        byte[] block = new byte[1 << 16];
        for (int read; (read = packed.Read(block)) > 0;)
        {
            unpacked.Write(block.AsSpan(0, read));
            if (unpacked.Length > LargestText)
            {
                throw new InvalidDataException();
            }
        }

        return unpacked.ToArray();
    }
}
