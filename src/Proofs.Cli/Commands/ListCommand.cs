using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Proofs.Checks.Papers;
using Proofs.Checks.Theorems;
using Proofs.Cli.Options;
using Proofs.Cli.Papers;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Catalogues;

namespace Proofs.Cli.Commands;

/// <summary>proofs list: what there is to verify and to build.</summary>
internal static class ListCommand
{
    /// <summary>The command, bound to a session.</summary>
    public static Command Create(Session session)
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "list",
            "Lists the constructions, and the theorems of the built paper artifacts, with their parameters.")
        {
            json,
        };
        command.SetAction(parsed =>
        {
            LoadedPapers found = PaperLibrary.All();
            foreach (string problem in found.Problems)
            {
                session.Error.WriteLine(Message.OneLine($"proofs list: {problem}"));
            }

            int code = Run(session, [.. found.Papers.Select(p => p.Artifact)], parsed.GetValue(json));
            return found.Problems.IsEmpty ? code : ExitCode.Data;
        });
        return command;
    }

    /// <summary>Lists the artifacts.</summary>
    public static int Run(Session session, ImmutableArray<PaperArtifact> papers, bool asJson)
    {
        if (asJson)
        {
            session.WriteJson(json =>
            {
                Write(json, Catalogue.All);
                Write(json, papers);
            });
            return ExitCode.Holds;
        }

        session.Out.WriteLine("constructions, for proofs build");
        foreach (Construction construction in Catalogue.All)
        {
            session.Out.WriteLine($"  {construction.Name}: {construction.Description} [{construction.Source}]");
            foreach (ConstructionParameter parameter in construction.Parameters)
            {
                string start = parameter.Default is { Length: > 0 } text ? $" (default {text})" : "";
                session.Out.WriteLine($"    {parameter.Name}: {parameter.Description}{start}");
            }
        }

        session.Out.WriteLine("\ntheorems, for proofs verify");
        foreach (PaperArtifact paper in papers)
        {
            session.Out.WriteLine($"  {paper.Key}: {paper.Title}");
            foreach (Theorem theorem in paper.Theorems)
            {
                session.Out.WriteLine($"    {theorem.Key}: {theorem.Title} [{theorem.Source}]");
                session.Out.WriteLine(
                    $"      {string.Join(", ", theorem.Parameters.Select(p => $"{p.Name} in {p.Range}"))}");
            }
        }

        if (papers.IsEmpty)
        {
            session.Out.WriteLine("  no paper artifact is built; ./build.sh builds those of paper-artifacts");
        }

        return ExitCode.Holds;
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<Construction> constructions)
    {
        json.WriteStartArray("constructions");
        foreach (Construction construction in constructions)
        {
            json.WriteStartObject();
            json.WriteString("construction", construction.Name);
            json.WriteString("description", construction.Description);
            json.WriteString("source", construction.Source);
            json.WriteStartArray("parameters");
            foreach (ConstructionParameter parameter in construction.Parameters)
            {
                json.WriteStartObject();
                json.WriteString("name", parameter.Name);
                json.WriteString("description", parameter.Description);
                json.WriteString("default", parameter.Default);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
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
