using System.Globalization;
using System.Text;
using System.Text.Json;
using Proofs.Checks.Experiments;
using Proofs.Checks.Fitting;
using Proofs.Checks.Learning;
using Proofs.Cli.Sessions;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Requests;

namespace Proofs.Cli.Commands;

/// <summary>What `proofs mimic` prints, as text or as JSON.</summary>
internal sealed record MimicReport(string Path, MotifFit Fit, MotifTransfer Transfer, BigRational Tau)
{
    private const int Digits = 6;

    /// <summary>The candidates that were fitted.</summary>
    public int Candidates { get; init; }

    /// <summary>Rows to fit, to choose and to test; 0 where the same rows do all.</summary>
    public (int Fit, int Choose, int Test) Rows { get; init; }

    /// <summary>Rows whose inputs an earlier row has.</summary>
    public int Repeated { get; init; }

    /// <summary>The measured error of f on the rows to test.</summary>
    public double TestError { get; init; }

    /// <summary>The measured error of Φ on the rows to test.</summary>
    public double NetworkError { get; init; }

    /// <summary>The time that fitting all candidates took.</summary>
    public double FitSeconds { get; init; }

    /// <summary>The time that the transfer and its certificate took.</summary>
    public double TransferSeconds { get; init; }

    /// <summary>What the search found about the same supremum; null where there was none.</summary>
    public CertifyResult? Searched { get; init; }

    /// <summary>What training after the transfer gave; null where there was none.</summary>
    public Retrained? Retrained { get; init; }

    /// <summary>The rows to test.</summary>
    public Sample? Tested { get; init; }

    /// <summary>Gradient descent beside it.</summary>
    public IReadOnlyList<MimicRace> Races { get; init; } = [];

    /// <summary>The network to write.</summary>
    public ReluNetwork Network => Retrained?.Network ?? Transfer.Network;

    /// <summary>Where the network is.</summary>
    public string? File { get; init; }

    /// <summary>0 certified, 1 refuted, 2 undecided.</summary>
    public int ExitCode => Verdict switch
    {
        "CERTIFIED" => Proofs.Cli.Sessions.ExitCode.Holds,
        "REFUTED" => Proofs.Cli.Sessions.ExitCode.Refuted,
        _ => Proofs.Cli.Sessions.ExitCode.Inconclusive,
    };

    // Of the network that is written; null where nothing is certified of it.
    private BigRational? Bound => Retrained is { IsTrained: true, Error: var anew }
        ? anew is null ? null : Binary64.Exact(anew.Bound)
        : Transferred;

    private BigRational Transferred => Searched?.Value.Upper is { } upper
        ? BigRational.Min(upper, Binary64.Exact(Transfer.Error.Bound))
        : Binary64.Exact(Transfer.Error.Bound);

    private string Chooser => Rows.Choose > 0 ? $"{Rows.Choose} rows held out for the choice" : "the rows of the fit";

    private string Verdict => Bound <= Tau ? "CERTIFIED"
        : Searched?.Outcome == Outcome.Refuted && Retrained is not { IsTrained: true } ? "REFUTED"
        : "INCONCLUSIVE";

    /// <summary>The report.</summary>
    public string Print(bool asJson) => asJson ? Session.JsonText(WriteJson) : Text();

    private string Text()
    {
        var text = new StringBuilder();
        Line($"{Verdict}");
        Line($"model: {Fit.Candidate}"
            + (Candidates > 1 ? $"; the best of {Candidates} on {Chooser}" : ""));
        if (Fit.Kernel is { } kernel)
        {
            Line($"terms: {kernel.Model.Terms} of {Rows.Fit} rows; sum |a| <= {Up(kernel.Model.AbsoluteSum)}");
            Line(kernel.Gap is { } gap
                ? $"fit: duality gap <= {Up(gap.Sup)}, hence sup |(f - b) - (f* - b*)| <= {Up(kernel.Certificate)}"
                : $"fit: residual certificate sup |f - f*| <= {Up(kernel.Certificate)}");
        }

        Line($"domain: {Transfer.Scale.Box}");
        if (Transfer.Trees.IsEmpty)
        {
            Line($"transfer: sup |Phi - f| <= {Up(Transferred)} on the domain, asked for at most {Up(Tau)}");
            foreach (var part in Transfer.Error.Parts)
            {
                Line($"  {part.Name}: [{Down(part.Range.Inf)}, {Up(part.Range.Sup)}]");
            }
        }
        else
        {
            Line($"transfer: Phi = f exactly, but for strips |x_j - s| < {Up(Transfer.StripWidth / 2)} w_j around the "
                + $"splits s (w_j the side of the domain), which take at most {Up(Transfer.StripShare)} of the domain");
            Line($"  in the strips f jumps and sup |Phi - f| does not become small; Phi stays in the range of the sums "
                + "of leaves; all rows of the fit lie outside");
        }

        if (Searched is { } found)
        {
            Line($"search: sup |Phi - f| in {Decimals.Interval(found.Value.Lower, found.Value.Upper, Digits)}, "
                + $"{found.Boxes} boxes");
        }

        if (Retrained is { } trained)
        {
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"retrained: mean squared error on the rows that choose {trained.Before:g4} before, {trained.After:g4} "
                    + $"after; {(trained.IsTrained ? "kept" : "not kept, the transferred network is written")}"));
            if (trained.IsTrained)
            {
                Line("  the certificate of the transfer is void; computed anew: " + (Bound is { } anew
                    ? $"sup |Phi - f| <= {Up(anew)}"
                    : "nothing, for the layout is another"));
            }
        }

        var network = Network;
        Line($"network: L = {network.Depth}, W = {network.Size}, width {network.Width}, "
            + $"B = {Up(network.Magnitude)}" + (Transfer.Plan is { } plan
                ? $"; plan N = {plan.Hinges}{(plan.SquareLayers > 0 ? $", m = {plan.SquareLayers}" : "")}, "
                    + $"W = {plan.Size} before dead hinges are left out"
                : ""));
        Line($"rows: {Rows.Fit} to fit" + (Rows.Test > 0
            ? $", {Rows.Choose} to choose, {Rows.Test} to test"
            : ", the same to test: fewer than 10 rows are not parted"));
        Line($"test error (measured, root mean square): model {Short(TestError)}, network {Short(NetworkError)}");
        if (Retrained is { IsTrained: true } && Tested is not null)
        {
            Line($"test error after retraining: {Short(Math.Sqrt(TargetSample.MeanSquare(Network, Tested)))}");
        }

        foreach (var race in Races)
        {
            Line($"gradient descent to the same test error: {race}");
        }

        if (Repeated > 0)
        {
            Line($"note: {Repeated} rows repeat the inputs of other rows; each counts as an observation");
        }

        Line($"time: fit {Short(FitSeconds)} s, transfer and certificate {Short(TransferSeconds)} s");
        Line($"file: {File}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private void WriteJson(Utf8JsonWriter json)
    {
        var network = Network;
        json.WriteString("verdict", Verdict);
        json.WriteString("model", Fit.Candidate.ToString());
        json.WriteString("motif", Fit.Candidate.Motif.ToString().ToLowerInvariant());
        json.WriteNumber("candidates", Candidates);
        if (Fit.Kernel is { } kernel)
        {
            json.WriteNumber("terms", kernel.Model.Terms);
            json.WriteString("fit_certificate", Up(kernel.Certificate));
            json.WriteString("duality_gap", kernel.Gap is { } gap ? Up(gap.Sup) : null);
        }

        json.WriteString("domain", Transfer.Scale.Box.ToString());
        json.WriteString("error_asked", Tau.ToString());
        json.WriteString("error_bound", Bound is { } bound ? Up(bound) : null);
        json.WriteBoolean("everywhere", Transfer.Trees.IsEmpty);
        if (!Transfer.Trees.IsEmpty)
        {
            json.WriteString("strip_width", Transfer.StripWidth.ToString());
            json.WriteString("strip_share", Transfer.StripShare.ToString());
        }

        json.WriteStartObject("parts");
        foreach (var part in Transfer.Error.Parts)
        {
            json.WriteString(part.Name, $"[{Down(part.Range.Inf)}, {Up(part.Range.Sup)}]");
        }

        json.WriteEndObject();
        if (Searched is { } found)
        {
            json.WriteString("searched", Decimals.Interval(found.Value.Lower, found.Value.Upper));
        }

        json.WriteNumber("depth", network.Depth);
        json.WriteNumber("size", network.Size);
        json.WriteNumber("width", network.Width);
        json.WriteString("magnitude", network.Magnitude.ToString());
        json.WriteNumber("rows_fit", Rows.Fit);
        json.WriteNumber("rows_choose", Rows.Choose);
        json.WriteNumber("rows_test", Rows.Test);
        json.WriteNumber("repeated_rows", Repeated);
        json.WriteNumber("test_error_model", TestError);
        json.WriteNumber("test_error_network", NetworkError);
        json.WriteNumber("fit_seconds", FitSeconds);
        json.WriteNumber("transfer_seconds", TransferSeconds);
        if (Retrained is { } trained)
        {
            json.WriteBoolean("retrained_kept", trained.IsTrained);
            json.WriteNumber("retrained_before", trained.Before);
            json.WriteNumber("retrained_after", trained.After);
        }

        if (Races.Count > 0)
        {
            json.WriteStartArray("races");
            foreach (var race in Races)
            {
                json.WriteStartObject();
                json.WriteString("architecture", race.Name);
                json.WriteNumber("size", race.Size);
                json.WriteNumber("reached", race.Reached);
                json.WriteNumber("seeds", race.Seconds.Count);
                if (race.Median is { } median)
                {
                    json.WriteNumber("median_seconds", median);
                }
                else
                {
                    json.WriteString("median_seconds", "not reached");
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteString("file", File);
    }

    private static string Up(double value) => double.IsFinite(value) ? Up(Binary64.Exact(value)) : "∞";

    private static string Up(BigRational value) => value.ToDecimalRoundedUp(Digits);

    private static string Down(double value) =>
        double.IsFinite(value) ? Binary64.Exact(value).ToDecimalRoundedDown(Digits) : "-∞";

    private static string Short(double value) => value.ToString("g4", CultureInfo.InvariantCulture);
}
