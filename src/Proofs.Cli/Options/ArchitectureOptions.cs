using System.CommandLine;
using System.CommandLine.Parsing;
using Proofs.Checks.Learning;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Networks;

namespace Proofs.Cli.Options;

/// <summary>The options that say which network is trained, and from where.</summary>
internal sealed class ArchitectureOptions
{
    private readonly Option<Widths?> _widths = Numbers(
        "--widths", "Fully connected, with hidden layers of these widths.", "W,W,…", Counts(',', _ => true));

    private readonly Option<int?> _size = Number(
        "--size", "Fully connected, as wide as this many weights and biases allow.");

    private readonly Option<int> _hidden = TrainingOptions.Whole("--hidden", "Hidden layers of --size.", 2);

    private readonly Option<string?> _like = new("--like")
    {
        Description = "The entries of this network that are not zero.",
        HelpName = "NET",
    };

    private readonly Option<string?> _init = new("--init")
    {
        Description = "Start from this network; alone, it says the architecture too.",
        HelpName = "NET",
    };

    private readonly Option<Widths?> _residual = Numbers(
        "--residual", "Residual blocks of one hidden layer: their width, and how many.", "WIDTHxBLOCKS",
        Counts('x', n => n.Length == 2));

    private readonly Option<int?> _parallel = Number("--parallel", "The mean of so many networks of --widths.");

    private readonly Option<int?> _points = Number(
        "--deep-sets", "A function of a set of so many points: --widths for each, pooling, then --outer.");

    private readonly Option<Widths?> _outer = Numbers(
        "--outer", "Hidden layers after the pooling of --deep-sets.", "W,W,…", Counts(',', _ => true));

    private readonly Option<string> _pooling = new("--pooling")
    {
        Description = "The pooling of --deep-sets.",
        HelpName = "sum|max",
        DefaultValueFactory = _ => "sum",
    };

    /// <summary>The options, bound to nothing yet.</summary>
    public ArchitectureOptions() => _pooling.AcceptOnlyFromAmong("sum", "max");

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
        [_widths, _size, _hidden, _like, _init, _residual, _parallel, _points, _outer, _pooling];

    /// <summary>Whether the command line says an architecture.</summary>
    public bool IsGiven(ParseResult parsed) =>
        parsed.GetValue(_widths) is not null || parsed.GetValue(_size) is not null
            || parsed.GetValue(_residual) is not null || Example(parsed) is not null;

    /// <summary>The file whose network is the example or the start; null where there is none.</summary>
    public string? Example(ParseResult parsed) => parsed.GetValue(_init) ?? parsed.GetValue(_like);

    /// <summary>The architecture, and the network it starts from; null for random parameters.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <exception cref="UsageException">No architecture is given, or more than one, or one that does not
    /// fit.</exception>
    public (ParametricNetwork Network, ReluNetwork? Start) Read(ParseResult parsed, int inputs)
    {
        ReluNetwork? start = parsed.GetValue(_init) is { } init ? Network(init, inputs) : null;
        ReluNetwork? like = parsed.GetValue(_like) is { } path ? Network(path, inputs) : null;
        var (widths, size, residual) = (parsed.GetValue(_widths), parsed.GetValue(_size), parsed.GetValue(_residual));
        int given = ((object?[])[widths, size, residual, like]).Count(o => o is not null);
        if (given > 1 || (given == 0 && start is null))
        {
            throw new UsageException("expected one of --widths, --size, --residual, --like or --init");
        }

        if (widths is null && (parsed.GetValue(_parallel) ?? parsed.GetValue(_points)) is not null)
        {
            throw new UsageException("--parallel and --deep-sets: expected --widths too");
        }

        try
        {
            return ((widths, size, residual?.Values) switch
            {
                ({ } w, _, _) => OfWidths(parsed, w.Values, inputs),
                (_, { } s, _) => Architectures.OfSize(inputs, parsed.GetValue(_hidden), s),
                (_, _, [var width, var blocks]) => Architectures.Residual(inputs, width, width, blocks, 1),
                _ => Architectures.Like(like ?? start!),
            }, start);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private ParametricNetwork OfWidths(ParseResult parsed, int[] widths, int inputs)
    {
        if (parsed.GetValue(_points) is { } points)
        {
            return inputs % points == 0 && parsed.GetValue(_parallel) is null
                ? Architectures.DeepSets(
                    points, [inputs / points, .. widths],
                    parsed.GetValue(_pooling) == "max" ? Pooling.Max : Pooling.Sum,
                    [.. parsed.GetValue(_outer)?.Values ?? [], 1])
                : throw new UsageException(
                    $"--deep-sets {points}: expected a number that divides the {inputs} inputs, and no --parallel");
        }

        var part = Architectures.FullyConnected([inputs, .. widths, 1]);
        return parsed.GetValue(_parallel) is { } copies ? Architectures.Parallel(part, copies) : part;
    }

    private static ReluNetwork Network(string path, int inputs)
    {
        ReluNetwork network = Networks.Read(path);
        return network.InputDimension == inputs && network.OutputDimension == 1
            ? network
            : throw new InputException(
                path, $"expected a network with {inputs} inputs and one output, "
                    + $"found {network.InputDimension} and {network.OutputDimension}");
    }

    private static Func<string, Widths?> Counts(char separator, Func<int[], bool> fits) => text =>
        TrainingOptions.Counts(text.Replace(separator, ',')) is { } counts && fits(counts) ? new(counts) : null;

    private static Option<Widths?> Numbers(string name, string description, string help, Func<string, Widths?> read) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result => read(Text(result))
                ?? CommonOptions.Reject<Widths?>(result, $"expected whole numbers from 1 on, as {help}"),
        };

    private static Option<int?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => TrainingOptions.Count(Text(result))
            ?? CommonOptions.Reject<int?>(result, "expected a whole number from 1 on"),
    };

    // An array of its own would be empty, not absent, where the option is left out.
    private sealed record Widths(int[] Values);

    private static string Text(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}
