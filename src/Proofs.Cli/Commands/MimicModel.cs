using System.Globalization;
using System.Text;
using Proofs.Checks.Fitting;
using Proofs.Cli.Reading;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Regions;

namespace Proofs.Cli.Commands;

/// <summary>A model from a file as a network: what `proofs mimic MODEL.onnx` finds and prints.</summary>
internal sealed record MimicModel(FittedModel Model, Box Domain, ModelTransfer Result, BigRational Tau)
{
    private const int Digits = 6;

    /// <summary>Where the network is.</summary>
    public string? File { get; init; }

    /// <summary>Reads a model and carries it over.</summary>
    public static MimicModel Run(string path, string domain, BigRational tau, BigRational strips)
    {
        FittedModel model = FittedModels.Read(path);
        Region region = Regions.Read(domain, where: null);
        if (region.Boxes.Length != 1)
        {
            throw new UsageException($"--domain: expected one box, found {region.Boxes.Length}");
        }

        try
        {
            return new(model, region.Boxes[0], ModelTransfer.Of(model, region.Boxes[0], tau, strips), tau);
        }
        catch (FitException e)
        {
            throw new InputException(path, e.Message);
        }
    }

    /// <summary>0 certified, 2 undecided.</summary>
    public int ExitCode => IsCertified
        ? Proofs.Cli.Sessions.ExitCode.Holds
        : Proofs.Cli.Sessions.ExitCode.Inconclusive;

    private bool IsCertified => Result.Transfer.Error.Bound <= Binary64.RoundDown(Tau);

    private string Verdict => IsCertified ? "CERTIFIED" : "INCONCLUSIVE";

    private string Kind => Model switch
    {
        FittedModel.Gaussian g => $"{g.Coefficients.Length} Gaussian kernels",
        FittedModel.Linear => "linear",
        _ => $"{((FittedModel.Trees)Model).Members.Count(t => t is RegressionTree.Split)} trees",
    };

    /// <summary>The report.</summary>
    public string Print(bool asJson)
    {
        var (transfer, network) = (Result.Transfer, Result.Transfer.Network);
        if (asJson)
        {
            return Session.JsonText(json =>
            {
                json.WriteString("verdict", Verdict);
                json.WriteString("model", Kind);
                json.WriteString("domain", Domain.ToString());
                json.WriteString("error_asked", Tau.ToString());
                json.WriteString("error_bound", Up(transfer.Error.Bound));
                json.WriteBoolean("everywhere", transfer.Trees.IsEmpty);
                if (!transfer.Trees.IsEmpty)
                {
                    json.WriteString("strip_width", transfer.StripWidth.ToString());
                    json.WriteString("strip_share", transfer.StripShare.ToString());
                    json.WriteString("runtime_strip", Result.RuntimeStrip.ToString());
                }

                json.WriteString("runtime_bound", Up(Result.Runtime));
                json.WriteNumber("depth", network.Depth);
                json.WriteNumber("size", network.Size);
                json.WriteNumber("width", network.Width);
                json.WriteString("magnitude", network.Magnitude.ToString());
                json.WriteString("file", File);
            });
        }

        var text = new StringBuilder();
        Line(Verdict);
        Line($"model f: {Kind}{(Model.IsScaled ? ", inputs scaled" : "")}, its float32 numbers taken as exact");
        Line($"domain: {Domain}");
        Line($"transfer: sup |Phi - f| <= {Up(transfer.Error.Bound)}, "
            + $"asked for at most {Tau.ToDecimalRoundedUp(Digits)}"
            + (transfer.Trees.IsEmpty ? ", on the domain" : ", outside the strips"));
        if (!transfer.Trees.IsEmpty)
        {
            Line($"strips: |x_j - s| < {Up(Binary64.RoundUp(transfer.StripWidth / 2))} w_j around the splits s, where "
                + $"w_j is the side of {transfer.Scale.Box}; at most "
                + $"{Up(Binary64.RoundUp(transfer.StripShare))} of that box. In them f jumps and "
                + "sup |Phi - f| does not become small");
        }

        Line($"float32: what a runtime computes differs from f by at most {Up(Result.Runtime)}"
            + (Model is FittedModel.Gaussian ? ", if its exponential errs by at most 4 ulps" : "")
            + (Result.RuntimeStrip.Sign > 0
                ? $", but within {Up(Binary64.RoundUp(Result.RuntimeStrip))} w_j of a split, as scaled inputs are "
                    + "rounded"
                : ""));
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"network: L = {network.Depth}, W = {network.Size}, width {network.Width}, "
                + $"B = {network.Magnitude.ToDecimalRoundedUp(Digits)}"));
        Line($"file: {File}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Up(double value) =>
        double.IsFinite(value) ? Binary64.Exact(value).ToDecimalRoundedUp(Digits) : "∞";
}
