using System.CommandLine;
using System.Globalization;
using Proofs.Checks.Fitting;
using Proofs.Kernel.Numbers;

namespace Proofs.Cli.Options;

/// <summary>The options that say which motif is fitted, and with which numbers.</summary>
internal sealed class MimicOptions
{
    private static readonly string[] Motifs = ["auto", "svr", "krr", "spline", "tree", "forest"];

    private readonly Option<string> _motif = new("--motif")
    {
        Description = "What is fitted; auto takes what does best on rows held out.",
        HelpName = "auto|svr|krr|spline|tree|forest",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string?> _kernel = new("--kernel")
    {
        Description = "The kernel: gauss, laplace, hat, min or poly.",
        HelpName = "KERNEL",
    };

    private readonly Option<BigRational?> _gamma = Positive("--gamma", "gamma of gauss and laplace, inputs on [0,1].");
    private readonly Option<BigRational?> _width = Positive("--width", "The half width h of hat, inputs on [0,1].");

    private readonly Option<BigRational?> _shift = CommonOptions.Number(
        "--shift", "c of poly, (x.z + c)^2.", "a number of at least 0", n => n.Sign >= 0);

    private readonly Option<BigRational?> _cost = Positive("--cost", "C of svr.");

    private readonly Option<BigRational?> _tube = CommonOptions.Number(
        "--tube", "The half width of the tube of svr.", "a number of at least 0", n => n.Sign >= 0);

    private readonly Option<BigRational?> _ridge = Positive("--ridge", "lambda of krr and spline.");
    private readonly Option<int?> _depth = Count("--depth", "Most splits on a path of a tree.", 20);
    private readonly Option<int?> _trees = Count("--trees", "Trees of a forest.", 1000);

    /// <summary>The options, bound to nothing yet.</summary>
    public MimicOptions() => _motif.AcceptOnlyFromAmong(Motifs);

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
        [_motif, _kernel, _gamma, _width, _shift, _cost, _tube, _ridge, _depth, _trees];

    /// <summary>The motif.</summary>
    public Motif Motif(ParseResult parsed) => (Motif)Array.IndexOf(Motifs, parsed.GetValue(_motif));

    /// <summary>The name of the kernel; null where it is left out.</summary>
    public string? Kernel(ParseResult parsed) => parsed.GetValue(_kernel);

    /// <summary>The numbers.</summary>
    public MotifNumbers Numbers(ParseResult parsed) => new()
    {
        Gamma = parsed.GetValue(_gamma),
        Width = parsed.GetValue(_width),
        Shift = parsed.GetValue(_shift),
        Cost = parsed.GetValue(_cost),
        Tube = parsed.GetValue(_tube),
        Ridge = parsed.GetValue(_ridge),
        Depth = parsed.GetValue(_depth),
        Trees = parsed.GetValue(_trees),
    };

    private static Option<BigRational?> Positive(string name, string description) =>
        CommonOptions.Number(name, description, "a positive number", n => n.Sign > 0);

    private static Option<int?> Count(string name, string description, int most) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => int.TryParse(
                result.Tokens.Count == 1 ? result.Tokens[0].Value : "", NumberStyles.None,
                CultureInfo.InvariantCulture, out int n)
            && n >= 1 && n <= most
            ? n
            : CommonOptions.Reject<int?>(result, $"expected a whole number from 1 to {most}"),
    };
}
