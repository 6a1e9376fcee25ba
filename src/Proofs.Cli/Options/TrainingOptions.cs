using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Proofs.Checks.Learning;

namespace Proofs.Cli.Options;

/// <summary>The options that say how a network is trained; a value outside its range is bad usage.</summary>
internal sealed class TrainingOptions
{
    private const int Most = 1_000_000_000;

    private readonly Option<Loss> _loss = Words<Loss>("--loss", "squared|absolute|insensitive:EPS|p:P",
        "What is made small: the mean of r², |r|, max(|r| - EPS, 0), or the p-norm of a batch.",
        new Loss.Squared(), text => text.Split(':') switch
        {
            ["squared"] => new Loss.Squared(),
            ["absolute"] => new Loss.Absolute(),
            ["insensitive", var e] when Number(e) is >= 0 and var eps => new Loss.EpsilonInsensitive(eps),
            ["p", var n] when Number(n) is >= 1 and var p => new Loss.PNorm(p),
            _ => null,
        });

    private readonly Option<Optimizer> _optimizer = Words<Optimizer>(
        "--optimizer", "adam|adamw|sgd[:MOMENTUM]|rmsprop|lbfgs|gaussian:SIGMA|langevin:T",
        "How parameters move; gaussian and langevin add noise to plain gradient descent.",
        new Optimizer.Adam(), text => text.Split(':') switch
        {
            ["adam"] => new Optimizer.Adam(),
            ["adamw"] => new Optimizer.AdamW(),
            ["sgd"] => new Optimizer.Sgd(0),
            ["sgd", var m] when Number(m) is >= 0 and < 1 and var momentum => new Optimizer.Sgd(momentum),
            ["rmsprop"] => new Optimizer.RmsProp(),
            ["lbfgs"] => new Optimizer.Lbfgs(),
            ["gaussian", var s] when Number(s) is >= 0 and var sigma => new Optimizer.GaussianSgd(sigma),
            ["langevin", var t] when Number(t) is >= 0 and var heat => new Optimizer.Langevin(heat),
            _ => null,
        });

    private readonly Option<Schedule> _schedule = Words<Schedule>("--schedule", "constant|cosine|step:EVERY:FACTOR",
        "How the rate changes from the first step to the last.",
        new Schedule.Cosine(), text => text.Split(':') switch
        {
            ["constant"] => new Schedule.Constant(),
            ["cosine"] => new Schedule.Cosine(),
            ["step", var n, var f] when Count(n) is { } every && Number(f) is > 0 and var factor =>
                new Schedule.Stepwise(every, factor),
            _ => null,
        });

    private readonly Option<double> _rate = Real("--rate", "The rate at the first step.", 1e-2, r => r > 0);

    private readonly Option<double> _decay = Real("--weight-decay", "The decay of the weights.", 0, d => d >= 0);

    private readonly Option<double> _clip = Real("--clip", "Shorten longer gradients to this norm (0: none).", 0,
        c => c >= 0);

    private readonly Option<int> _batch = Whole("--batch", "The points of a step.", 256);

    private readonly Option<int> _steps = Whole("--steps", "The number of steps.", 2000);

    private readonly Option<int> _evaluate = Whole(
        "--evaluate", "Look at the validation points after every so many steps; the best of all looks is kept.", 100);

    private readonly Option<int?> _patience = new("--patience")
    {
        Description = "End after so many looks without a better one (never where it is left out).",
        HelpName = "N",
        CustomParser = result => Count(Text(result))
            ?? CommonOptions.Reject<int?>(result, $"expected a whole number from 1 to {Most}"),
    };

    private readonly Option<string> _precision = new("--precision")
    {
        Description = "The numbers that training computes with.",
        HelpName = "float32|float64",
        DefaultValueFactory = _ => "float64",
    };

    private readonly Option<string> _device = new("--device")
    {
        Description = "Train on the processor, on a GPU of CUDA, or on a GPU where there is one.",
        HelpName = "cpu|cuda[:N]|auto",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly Option<int> _threads = Whole(
        "--threads", "The threads of the training library; more than one pays for large networks only.", 1);

    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description = "Keep the state in this file at every look, and go on from it where it is there.",
        HelpName = "FILE",
    };

    /// <summary>The options, bound to nothing yet.</summary>
    public TrainingOptions() => _precision.AcceptOnlyFromAmong("float32", "float64");

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
    [
        _loss, _optimizer, _rate, _schedule, _decay, _clip, _batch, _steps, _evaluate, _patience, _precision, _device,
        _threads, _checkpoint,
    ];

    /// <summary>A request as the command line has it.</summary>
    public TrainingRequest Apply(ParseResult parsed, TrainingRequest request) => request with
    {
        Loss = parsed.GetValue(_loss)!,
        Optimizer = parsed.GetValue(_optimizer)!,
        Rate = parsed.GetValue(_rate),
        Schedule = parsed.GetValue(_schedule)!,
        WeightDecay = parsed.GetValue(_decay),
        Clip = parsed.GetValue(_clip) is > 0 and var clip ? clip : null,
        Batch = parsed.GetValue(_batch),
        Steps = parsed.GetValue(_steps),
        Evaluate = parsed.GetValue(_evaluate),
        Patience = parsed.GetValue(_patience),
        Precision = parsed.GetValue(_precision) == "float32" ? Precision.Float32 : Precision.Float64,
        Device = parsed.GetValue(_device) ?? "cpu",
        Threads = parsed.GetValue(_threads),
        Checkpoint = parsed.GetValue(_checkpoint),
    };

    /// <summary>An option whose value is a whole number from 1 on.</summary>
    public static Option<int> Whole(string name, string description, int start) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => start,
        CustomParser = result => Count(Text(result))
            ?? CommonOptions.Reject<int>(result, $"expected a whole number from 1 to {Most}"),
    };

    /// <summary>Whole numbers from 1 on, joined by commas; null where one is none.</summary>
    public static int[]? Counts(string text)
    {
        int?[] counts = [.. text.Split(',').Select(Count)];
        return counts.All(c => c is not null) ? [.. counts.Select(c => c!.Value)] : null;
    }

    /// <summary>A whole number from 1 on; null where the text is none.</summary>
    public static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is >= 1 and <= Most
            ? n
            : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x)
            ? x
            : null;

    private static Option<double> Real(string name, string description, double start, Func<double, bool> isInRange) =>
        new(name)
        {
            Description = description,
            HelpName = "NUM",
            DefaultValueFactory = _ => start,
            CustomParser = result => Number(Text(result)) is { } x && isInRange(x)
                ? x
                : CommonOptions.Reject<double>(
                    result, isInRange(0) ? "expected a number that is not negative" : "expected a positive number"),
        };

    private static Option<T> Words<T>(string name, string help, string description, T start, Func<string, T?> read)
        where T : class => new(name)
        {
            Description = description,
            HelpName = help,
            DefaultValueFactory = _ => start,
            CustomParser = result => read(Text(result))
                ?? CommonOptions.Reject<T>(result, $"expected {string.Join(", ", help.Split('|'))}"),
        };

    private static string Text(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}
