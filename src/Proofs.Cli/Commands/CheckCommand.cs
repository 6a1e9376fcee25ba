using System.CommandLine;
using System.Text;
using Proofs.Cli.Options;
using Proofs.Kernel.Checking;

namespace Proofs.Cli.Commands;

/// <summary>proofs check: replays certificates with the kernel alone.</summary>
internal static class CheckCommand
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var files = new Argument<string[]>("file") { Description = "Certificates.", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("check", "Replays certificates with exact arithmetic: exit code 0 all are accepted, 1 one is rejected.")
        {
            files, json,
        };
        command.SetAction(parsed => Run(session, parsed.GetValue(files) ?? [], parsed.GetValue(json)));
        return command;
    }

    /// <summary>Checks the files and gives the exit code.</summary>
    public static int Run(Session session, IReadOnlyList<string> files, bool asJson)
    {
        // all files are read before the first is judged: a file that is missing is no verdict on the others
        List<(string File, byte[] Bytes)> inputs = [.. files.Select(f => (f, InputFile.ReadBytes(f)))];
        var results = new List<(string File, CheckResult Result)>();
        foreach ((string file, byte[] bytes) in inputs)
        {
            session.Stop.ThrowIfCancellationRequested();
            CheckResult result = Check(bytes);
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

    private static CheckResult Check(byte[] bytes)
    {
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            return new CheckResult(Accepted: false, "", $"byte {e.Index} is not UTF-8 text");
        }

        return CertificateChecker.Check(text);
    }
}
