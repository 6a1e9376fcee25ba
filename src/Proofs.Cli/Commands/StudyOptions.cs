using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Proofs.Checks.Theorems;
using Proofs.Cli.Libraries;
using Proofs.Cli.Options;
using Proofs.Cli.Papers;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Commands;

/// <summary>The options of proofs train that say which studies of a paper to run.</summary>
internal sealed class StudyOptions
{
    private readonly Option<string?> _paper = new("--paper")
    {
        Description = "Run the studies of this paper that train, in place of one network: its name or path.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _study = new("--study")
    {
        Description = "Run this study of --paper (all where it is left out).",
        HelpName = "NAME",
    };

    private readonly Option<Profile?> _profile = new("--profile")
    {
        Description = "The size of the studies of --paper (full where it is left out).",
        HelpName = "quick|full",
        CustomParser = result => result.Tokens is [{ Value: "full" }] ? Profile.Full
            : result.Tokens is [{ Value: "quick" }] ? Profile.Quick
            : CommonOptions.Reject<Profile?>(result, "expected quick or full"),
    };

    private readonly Option<(int Index, int Count)?> _shard = new("--shard")
    {
        Description = "Run every N-th part of the studies of --paper, from the K-th on; -o DIR gathers all of them.",
        HelpName = "K/N",
        CustomParser = result => result.Tokens is [{ Value: var text }] && Shard(text) is { } shard
            ? shard
            : CommonOptions.Reject<(int, int)?>(result, "expected K/N with whole numbers 1 <= K <= N"),
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [_paper, _study, _profile, _shard];

    /// <summary>Whether any is given.</summary>
    public bool IsGiven(ParseResult parsed) => All.Any(o => parsed.GetResult(o) is { Implicit: false });

    /// <summary>Runs the studies; the exit code.</summary>
    /// <exception cref="UsageException">The options do not go together, or name nothing.</exception>
    public int Run(ParseResult parsed, Session session, string? folder, long seed, int jobs, Option[] others)
    {
        if (parsed.GetValue(_paper) is not { } name)
        {
            throw new UsageException("expected --paper NAME beside --study, --profile and --shard");
        }

        var stray = parsed.CommandResult.Children.FirstOrDefault(c => c switch
        {
            OptionResult o => !o.Implicit && !All.Concat(others).Contains(o.Option),
            ArgumentResult a => a.Tokens.Count > 0,
            _ => false,
        });
        if (stray is not null)
        {
            string what = stray is OptionResult o ? o.Option.Name : stray.Tokens[0].Value;
            throw new UsageException($"'{what}': a study of --paper has its own networks and rules");
        }

        var selected = Selection.Of([name]);
        if (selected.Problems is [var problem, ..])
        {
            throw new InputException(problem);
        }

        if (selected.Selections is not [{ IsWhole: true } chosen])
        {
            throw new UsageException($"--paper: expected the name of one paper, got '{name}'");
        }

        return new TrainStudies(session, TrainerLibrary.Load)
        {
            Rules = new(parsed.GetValue(_profile) ?? Profile.Full, seed),
            Jobs = jobs,
            Shard = parsed.GetValue(_shard) ?? (1, 1),
        }.Run(chosen.Artifact, parsed.GetValue(_study), folder);
    }

    private static (int Index, int Count)? Shard(string text) => text.Split('/') is [var k, var n]
        && int.TryParse(k, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
        && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
        && 1 <= index && index <= count ? (index, count) : null;
}
