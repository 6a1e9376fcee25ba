using System.CommandLine;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Commands;

/// <summary>The commands of the tool, in the order in which the help lists them.</summary>
internal static class CommandList
{
    /// <summary>The commands, bound to a session.</summary>
    public static IEnumerable<Command> Create(Session session) =>
    [
        ListCommand.Create(session),
        VerifyCommand.Create(session),
        BuildCommand.Create(session),
        TightenCommand.Create(session),
        ProveCommand.Create(session),
        BoundCommand.Create(session),
        CertifyCommand.Create(session),
        VnnLibCommand.Create(session),
        InvarianceCommand.Create(session),
        TrainCommand.Create(session),
        MimicCommand.Create(session),
        DimensionCommand.Create(session),
        CheckCommand.Create(session),
    ];
}
