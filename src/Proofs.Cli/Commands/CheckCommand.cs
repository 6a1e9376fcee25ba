using System.CommandLine;
using System.Text;
using Proofs.Cli.Options;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel;

namespace Proofs.Cli.Commands;

/// <summary>proofs check: replays certificates with the kernel alone.</summary>
internal static class CheckCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var files = new Argument<string[]>("file") { Description = "Certificates.", Arity = ArgumentArity.OneOrMore };
        var network = new Option<string?>("--network")
        {
            Description = "Accept certificates about this network only.",
            HelpName = "FILE",
        };
        var property = new Option<string?>("--property")
        {
            Description = "And about this property, in VNN-LIB.",
            HelpName = "FILE",
        };
        var minus = new Option<string?>("--minus")
        {
            Description = "And about the difference to this network.",
            HelpName = "FILE",
        };
        Option<int?> output = CommonOptions.Output();
        var target = new Option<string?>("--target")
        {
            Description = "Accept errors against this formula only.",
            HelpName = "EXPR",
        };
        var domain = new Option<string?>("--domain")
        {
            Description =
                "Accept errors on this domain only: boxes joined by 'or', or @FILE; "
                    + "with --group, symmetries on all of this box.",
            HelpName = "BOX",
        };
        var where = new Option<string?>("--where")
        {
            Description = "Of which only the points count that fulfil this.",
            HelpName = "CONDITION",
        };
        Option<BigRational?> atMost = CommonOptions.Number(
            "--at-most", "Accept errors shown to be at most this, or to exceed this.", "a non-negative number", n =>
                n.Sign >= 0);
        var group = new Option<string?>("--group")
        {
            Description = "And about symmetries under this group, as in proofs invariance.",
            HelpName = "G",
        };
        var equivariant =
            new Option<bool>("--equivariant") { Description = "With the outputs moving as the inputs do." };
        Option<long?> steps = CommonOptions.ReplaySteps();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "check", "Replays certificates with exact arithmetic: exit code 0 all are accepted, 1 one is rejected.")
        {
            files, network, property, minus, output, target, domain, where, atMost, group, equivariant, steps, json,
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
                Steps = parsed.GetValue(steps),
            };
            about.RefuseTogether();
            return Run(session, parsed.GetValue(files) ?? [], about, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Checks the files and gives the exit code.</summary>
    public static int Run(Session session, IReadOnlyList<string> files, CheckOptions about, bool asJson)
    {
        // all files are opened before the first is judged: a file that is missing, or an option that says nothing of
        // one, is no verdict on the others
        List<(string File, CertificateKind Kind)> kinds = [.. files.Select(f => (f, KindOf(f)))];
        foreach ((string file, CertificateKind kind) in kinds)
        {
            about.RefuseFor(file, kind);
        }

        Dictionary<CertificateKind, CertificateExpectation?> expected =
            kinds.Select(k => k.Kind).Distinct().ToDictionary(k => k, about.Expected);
        var results = new List<(string File, CheckResult Result)>();
        foreach ((string file, CertificateKind kind) in kinds)
        {
            session.Stop.ThrowIfCancellationRequested();
            CheckResult result = InputFile.Read(
                file, stream =>
                    CertificateCheck.Check(InputFile.Unpacked(stream), expected[kind], about.Steps, session.Stop));
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
}
