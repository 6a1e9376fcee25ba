using System.CommandLine;
using System.IO.Compression;
using System.Text;
using Proofs.Cli.Options;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Proofs.Kernel.Symbolic;
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
        var minus = new Option<string?>("--minus")
        {
            Description = "And about the difference to this network.", HelpName = "FILE",
        };
        Option<int?> output = CommonOptions.Output();
        var target = new Option<string?>("--target") { Description = "Accept errors against this formula only.", HelpName = "EXPR" };
        var domain = new Option<string?>("--domain")
        {
            Description = "Accept errors on this domain only: boxes joined by 'or', or @FILE; with --group, symmetries on all of this box.", HelpName = "BOX",
        };
        var where = new Option<string?>("--where") { Description = "Of which only the points count that fulfil this.", HelpName = "CONDITION" };
        Option<BigRational?> atMost = CommonOptions.Number(
            "--at-most", "Accept errors shown to be at most this, or to exceed this.", "a non-negative number", n => n.Sign >= 0);
        var group = new Option<string?>("--group")
        {
            Description = "And about symmetries under this group, as in proofs invariance.", HelpName = "G",
        };
        var equivariant = new Option<bool>("--equivariant") { Description = "With the outputs moving as the inputs do." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("check", "Replays certificates with exact arithmetic: exit code 0 all are accepted, 1 one is rejected.")
        {
            files, network, property, minus, output, target, domain, where, atMost, group, equivariant, json,
        };
        command.SetAction(parsed =>
        {
            var about = new CheckOptions
            {
                Network = parsed.GetValue(network),
                Property = parsed.GetValue(property),
                Minus = parsed.GetValue(minus),
                Output = parsed.GetValue(output),
                Target = parsed.GetValue(target),
                Domain = parsed.GetValue(domain),
                Where = parsed.GetValue(where),
                AtMost = parsed.GetValue(atMost),
                Group = parsed.GetValue(group),
                IsEquivariant = parsed.GetValue(equivariant),
            };
            about.RefuseTogether();
            return Run(session, parsed.GetValue(files) ?? [], about, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Checks the files and gives the exit code.</summary>
    public static int Run(Session session, IReadOnlyList<string> files, CheckOptions about, bool asJson)
    {
        // all files are read before the first is judged: a file that is missing, or an option that says nothing of one, is no verdict
        // on the others (certificates of errors, which may be long, are read whole as they are checked)
        List<(string File, CertificateKind Kind)> kinds = [.. files.Select(f => (f, KindOf(f)))];
        foreach ((string file, CertificateKind kind) in kinds)
        {
            about.RefuseFor(file, kind);
        }

        List<(string File, CertificateKind Kind, byte[] Bytes)> inputs =
            [.. kinds.Select(k => (k.File, k.Kind, k.Kind == CertificateKind.Error ? [] : InputFile.ReadBytes(k.File)))];
        bool Has(CertificateKind kind) => kinds.Exists(k => k.Kind == kind);
        string? subject = Has(CertificateKind.Property) ? about.Subject() : null;
        SymmetryExpectation? symmetry = Has(CertificateKind.Symmetry) ? about.Symmetry() : null;
        ErrorExpectation? error = Has(CertificateKind.Error) ? about.Error() : null;
        var results = new List<(string File, CheckResult Result)>();
        foreach ((string file, CertificateKind kind, byte[] bytes) in inputs)
        {
            session.Stop.ThrowIfCancellationRequested();
            CheckResult result = kind == CertificateKind.Error ? CheckError(file, error!, session.Stop)
                : Check(bytes, kind, subject, symmetry, session.Stop);
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

    // Whether a certificate of a property carries that text of network and property, or of the network alone.
    private static bool IsAbout(string text, string subject) =>
        NetworkCertificate.SubjectOf(text) is { } both && (both == subject || NetworkText.NetworkOf(both) == subject);

    private static CertificateKind KindOf(string file) => InputFile.Read(file, stream =>
    {
        try
        {
            byte[] start = new byte[CheckOptions.LongestHeader];
            int length = InputFile.Unpacked(stream).ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return CheckOptions.KindOf(Encoding.ASCII.GetString(start, 0, length));
        }
        catch (InvalidDataException)
        {
            return CertificateKind.Unknown;
        }
    });

    private static CheckResult CheckError(string file, ErrorExpectation expected, CancellationToken stop) => InputFile.Read(file, stream =>
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

    private static CheckResult Check(
        byte[] bytes, CertificateKind kind, string? subject, SymmetryExpectation? symmetry, CancellationToken stop)
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

        if (CertificateText.Refuse(text) is { } why)
        {
            return new CheckResult(Accepted: false, "", why);
        }

        return kind switch
        {
            CertificateKind.Property => subject is not null && !IsAbout(text, subject)
                ? new CheckResult(Accepted: false, "", "the certificate is about another network or property")
                : NetworkCertificate.Check(text, stop),
            CertificateKind.Symmetry => SymmetryCertificate.Check(text, symmetry, stop),
            CertificateKind.Bound => text.StartsWith(BoundCertificate.Header, StringComparison.Ordinal)
                ? BoundCertificate.Check(text, stop)
                : BoxCertificate.Check(text, stop),
            CertificateKind.Statement => CertificateChecker.Check(text, stop: stop),
            _ => new CheckResult(Accepted: false, "", "the first line is that of no kind of certificate"),
        };
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
