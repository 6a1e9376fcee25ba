using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Proofs.Kernel.Numbers;

namespace Proofs.Cli.Options;

/// <summary>The options that several commands share; a value outside its range is bad usage.</summary>
internal static class CommonOptions
{
    private const int MostJobs = 1024;
    private const double MostSeconds = 30 * 24 * 3600; // a month

    /// <summary>--json: one JSON object on stdout.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object and nothing else." };

    /// <summary>--seed N: where random choices start.</summary>
    public static Option<long> Seed(long start) => new("--seed")
    {
        Description = "Start random choices from this number.",
        HelpName = "N",
        DefaultValueFactory = _ => start,
        CustomParser = result =>
            long.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out long n)
            ? n
            : Reject<long>(result, "expected a whole number from 0 to 9223372036854775807"),
    };

    /// <summary>--jobs N: how many threads work.</summary>
    public static Option<int> Jobs() => new("--jobs")
    {
        Description = "Work on this many threads.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        CustomParser = result => int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out int n)
            && n is >= 1 and <= MostJobs
            ? n
            : Reject<int>(result, $"expected a whole number from 1 to {MostJobs}"),
    };

    /// <summary>--semantics real|float32: what the answer about a network is about.</summary>
    public static Option<string> Semantics()
    {
        var option = new Option<string>("--semantics")
        {
            Description =
                "What the answer is about: the network as a real function, or "
                    + "its executions in IEEE binary32 arithmetic in any order.",
            HelpName = "real|float32",
            DefaultValueFactory = _ => "real",
        };
        option.AcceptOnlyFromAmong("real", "float32");
        return option;
    }

    /// <summary>--output K: one output of a network that has several.</summary>
    public static Option<int?> Output() => new("--output")
    {
        Description = "Look at this output alone, from 1, of a network that has several.",
        HelpName = "K",
        CustomParser = result =>
            int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= 1
            ? n
            : Reject<int?>(result, "expected a whole number from 1"),
    };

    /// <summary>--timeout S: when to give up, as a positive time.</summary>
    public static Option<TimeSpan?> Timeout() => new("--timeout")
    {
        Description = "Give up after this many seconds, reading included (no limit where it is left out).",
        HelpName = "S",
        // the comparison is false for NaN, and so NaN is refused
        CustomParser = result =>
            double.TryParse(Text(result), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double s) && s is >= 0.001 and <= MostSeconds
            ? TimeSpan.FromSeconds(s)
            : Reject<TimeSpan?>(result, "expected a number of seconds from 0.001 to 2592000"),
    };

    /// <summary>--steps N: what a search may spend, whatever its speed.</summary>
    public static Option<long> Steps(long start) => new("--steps")
    {
        Description =
            $"Spend at most this many elementary steps (default {start.ToString(CultureInfo.InvariantCulture)}): "
                + "the answer depends on them, never on speed.",
        HelpName = "N",
        DefaultValueFactory = _ => start,
        CustomParser = result =>
            long.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out long n) && n > 0
            ? n
            : Reject<long>(result, "expected a whole number from 1 to 9223372036854775807"),
    };

    /// <summary>
    /// --steps N: what each replay of a certificate may spend, where that is not the limit of its kind.
    /// </summary>
    public static Option<long?> ReplaySteps() => new("--steps")
    {
        Description = "Spend at most this many elementary steps on each replay, instead of the limit of its kind.",
        HelpName = "N",
        CustomParser = result =>
            long.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out long n) && n > 0
            ? n
            : Reject<long>(result, "expected a whole number from 1 to 9223372036854775807"),
    };

    /// <summary>--boxes N: how many boxes a search may look at, the same on every machine.</summary>
    public static Option<long> Boxes(long start) => new("--boxes")
    {
        Description = "Give up after about this many boxes; unlike a time, the same on every machine.",
        HelpName = "N",
        DefaultValueFactory = _ => start,
        CustomParser = result =>
            long.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out long n) && n >= 1
            ? n
            : Reject<long>(result, "expected a whole number from 1"),
    };

    /// <summary>--rel-gap R: how narrow an enclosure has to be.</summary>
    public static Option<BigRational?> RelativeGap(string start) => Number(
        "--rel-gap",
        $"Stop at an enclosure this narrow, relative to its size (default {start}).",
        "a number between 0 and 1",
        n => n.Sign > 0 && n < 1);

    /// <summary>An option whose value is an exact number: a fraction or a decimal.</summary>
    public static Option<BigRational?> Number(
        string name, string description, string expected, Func<BigRational, bool> isInRange) => new(name)
        {
            Description = description,
            HelpName = "NUM",
            CustomParser = result => BigRational.TryParse(Text(result)) is { } n && isInRange(n)
                ? n
                : Reject<BigRational?>(result, $"expected {expected}"),
        };

    /// <summary>Refuses the value of an option, naming the option, what was expected and what was found.</summary>
    public static T? Reject<T>(ArgumentResult result, string expected)
    {
        string option = result.Parent is OptionResult parent ? parent.Option.Name + ": " : "";
        result.AddError($"{option}{expected}, got '{Text(result)}'");
        return default;
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}
