using System.CommandLine;
using System.IO.Compression;
using System.Text;
using Proofs.Checks.Invariance;
using Proofs.Checks.Properties;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Checking;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Symmetry;

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
        Option<bool> json = CommonOptions.Json();
        var command = new Command("check", "Replays certificates with exact arithmetic: exit code 0 all are accepted, 1 one is rejected.")
        {
            files, network, property, json,
        };
        command.SetAction(parsed =>
        {
            string? subject = Subject(parsed.GetValue(network), parsed.GetValue(property));
            return Run(session, parsed.GetValue(files) ?? [], subject, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Checks the files and gives the exit code.</summary>
    public static int Run(Session session, IReadOnlyList<string> files, string? subject, bool asJson)
    {
        // all files are read before the first is judged: a file that is missing is no verdict on the others
        List<(string File, byte[] Bytes)> inputs = [.. files.Select(f => (f, InputFile.ReadBytes(f)))];
        var results = new List<(string File, CheckResult Result)>();
        foreach ((string file, byte[] bytes) in inputs)
        {
            session.Stop.ThrowIfCancellationRequested();
            CheckResult result = Check(bytes, subject, session.Stop);
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
            : CertificateChecker.Check(text);
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
