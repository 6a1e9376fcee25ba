using System.CommandLine;
using System.CommandLine.Parsing;
using Proofs.Cli.Commands;
using Proofs.Cli.Sessions;

namespace Proofs.Cli;

/// <summary>The `proofs` tool: from arguments to an exit code, with every failure told in one line.</summary>
internal static class Tool
{
    private static readonly ParserConfiguration Parsing = new()
    {
        EnablePosixBundling = false,       // -abc is a formula or a mistake, never three options
        ResponseFileTokenReplacer = null,  // @name is not a file of arguments
    };

    /// <summary>Runs the tool on its arguments and gives its exit code; never throws.</summary>
    public static int Run(IReadOnlyList<string> arguments, Session session)
    {
        string name = "proofs";
        try
        {
            RootCommand root = CreateRoot(session);
            ParseResult parsed = root.Parse(arguments, Parsing);
            name = FullName(parsed.CommandResult);
            // a first argument such as [0,1] would pass for a directive and be dropped
            bool misread = arguments is [['[', ..], ..];
            if (parsed.Errors.Count > 0 || misread || parsed.Action is null)
            {
                throw new UsageException($"{Explain(parsed, root, arguments)}; see '{name} --help'");
            }

            RejectUnknownOptions(parsed, name);
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = session.Out,
                Error = session.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (ToolException e)
        {
            return Fail(session, name, e.Message, e, e.ExitCode);
        }
        catch (OperationCanceledException e) when (session.Stop.IsCancellationRequested)
        {
            return Fail(session, name, "interrupted", e, ExitCode.Interrupted);
        }
        catch (Exception e)
        {
            // the last resort: whatever went wrong, a user gets one line and a way to say more in a report
            string hint = DebugIsOn ? "" : " (PROOFS_DEBUG=1 shows the trace)";
            return Fail(session, name, $"internal error: {e.GetType().Name}: {e.Message}{hint}", e, ExitCode.Internal);
        }
    }

    private static bool DebugIsOn => Environment.GetEnvironmentVariable("PROOFS_DEBUG") == "1";

    private static RootCommand CreateRoot(Session session)
    {
        var root = new RootCommand("Builds, proves, certifies and attacks approximation theorems about ReLU networks.");
        root.Directives.Clear();
        foreach (Command command in CommandList.Create(session))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    // An argument may begin with a minus sign, -x^2 say; with two it is a misspelt option, unless it follows a bare --.
    private static void RejectUnknownOptions(ParseResult parsed, string name)
    {
        bool literal = parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash);
        Token? option = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens)
            .FirstOrDefault(t => t.Value.StartsWith("--", StringComparison.Ordinal));
        if (option is not null && !literal)
        {
            throw new UsageException($"unknown option '{option.Value}'; see '{name} --help'");
        }
    }

    private static string Explain(ParseResult parsed, RootCommand root, IReadOnlyList<string> arguments)
    {
        if (parsed.CommandResult.Command != root)
        {
            return parsed.Errors.Count > 0 ? parsed.Errors[0].Message.TrimEnd('.') : $"unexpected '{arguments[0]}'";
        }

        string commands = string.Join(", ", root.Subcommands.Select(c => c.Name));
        string got = arguments.Count == 0 ? "none" : $"'{parsed.UnmatchedTokens.FirstOrDefault(arguments[0])}'";
        return $"expected a command ({commands}), got {got}";
    }

    private static string FullName(CommandResult result) => result.Parent is CommandResult parent
        ? $"{FullName(parent)} {result.Command.Name}"
        : "proofs";

    private static int Fail(Session session, string name, string message, Exception cause, int exitCode)
    {
        session.ReportProgress("");
        session.Error.WriteLine(Message.OneLine($"{name}: {message}"));
        if (DebugIsOn)
        {
            session.Error.WriteLine(cause.ToString());
        }

        return exitCode;
    }
}
