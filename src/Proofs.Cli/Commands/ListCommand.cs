using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Proofs.Checks;
using Proofs.Cli.Options;
using Proofs.Cli.Papers;

namespace Proofs.Cli.Commands;

/// <summary>proofs list: what there is to verify and to build.</summary>
internal static class ListCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("list", "Lists the theorems of the built paper artifacts with their parameters.") { json };
        command.SetAction(parsed => Run(session, PaperLibrary.All(), parsed.GetValue(json)));
        return command;
    }

    /// <summary>Lists the artifacts.</summary>
    public static int Run(Session session, ImmutableArray<PaperArtifact> papers, bool asJson)
    {
        if (asJson)
        {
            session.WriteJson(json => Write(json, papers));
            return ExitCode.Holds;
        }

        foreach (PaperArtifact paper in papers)
        {
            session.Out.WriteLine($"{paper.Key}: {paper.Title}");
            foreach (Theorem theorem in paper.Theorems)
            {
                session.Out.WriteLine($"  {theorem.Key}: {theorem.Title} [{theorem.Source}]");
                session.Out.WriteLine($"    {string.Join(", ", theorem.Parameters.Select(p => $"{p.Name} in {p.Range}"))}");
            }

            session.Out.WriteLine();
        }

        if (papers.IsEmpty)
        {
            session.Out.WriteLine("no paper artifact is built; ./build.sh builds those of paper-artifacts");
        }

        return ExitCode.Holds;
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<PaperArtifact> papers)
    {
        json.WriteStartArray("papers");
        foreach (PaperArtifact paper in papers)
        {
            json.WriteStartObject();
            json.WriteString("paper", paper.Key);
            json.WriteString("title", paper.Title);
            json.WriteStartArray("theorems");
            foreach (Theorem theorem in paper.Theorems)
            {
                json.WriteStartObject();
                json.WriteString("theorem", theorem.Key);
                json.WriteString("title", theorem.Title);
                json.WriteString("source", theorem.Source);
                json.WriteStartObject("parameters");
                foreach (Parameter parameter in theorem.Parameters)
                {
                    json.WriteString(parameter.Name, parameter.Range);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
