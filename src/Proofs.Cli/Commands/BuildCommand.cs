using System.CommandLine;
using Proofs.Cli.Options;
using Proofs.Cli.Reading;
using Proofs.Constructions;

namespace Proofs.Cli.Commands;

/// <summary>proofs build: builds the network of a construction, with its error budget.</summary>
internal static class BuildCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        var name = new Argument<string>("name") { Description = "A construction; proofs list shows them." };
        var parameters = new Argument<string[]>("key=value")
        {
            Description = "Its parameters, such as r=3 eps=1/16.", Arity = ArgumentArity.ZeroOrMore,
        };
        var file = new Option<string?>("--output", "-o") { Description = "Write the network into this file, as JSON.", HelpName = "FILE" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("build", "Builds a construction; prints depth L, size W, width, magnitude B and the error budget.")
        {
            name, parameters, file, json,
        };
        command.SetAction(parsed => Run(
            session, parsed.GetValue(name) ?? "", parsed.GetValue(parameters) ?? [], parsed.GetValue(file), parsed.GetValue(json)));
        return command;
    }

    /// <summary>Builds the construction and gives the exit code.</summary>
    public static int Run(Session session, string name, IReadOnlyList<string> parameters, string? file, bool asJson)
    {
        if (file is not null && file.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--output {file}: expected a name such as network.json: network files are JSON, ONNX is not written");
        }

        Construction construction = Catalogue.Find(name) ?? throw new UsageException(
            $"expected a construction ({string.Join(", ", Catalogue.All.Select(c => c.Name))}), got '{name}'");
        Built built = Build(construction, parameters);
        session.Stop.ThrowIfCancellationRequested();
        if (file is not null)
        {
            Networks.Write(file, built.Network);
        }

        var report = new BuildReport(construction, built, file);
        if (asJson)
        {
            session.WriteJson(report.WriteJson);
        }
        else
        {
            session.Out.Write(report.Text());
        }

        return ExitCode.Holds;
    }

    private static Built Build(Construction construction, IReadOnlyList<string> parameters)
    {
        try
        {
            return construction.Build(parameters);
        }
        catch (Exception e) when (e is FormatException or ArithmeticException)
        {
            throw new UsageException(e.Message); // the message names the key, what was found and what is expected
        }
    }
}
