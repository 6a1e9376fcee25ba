using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Proofs.Checks.Experiments;
using Proofs.Checks.Papers;
using Proofs.Checks.Theorems;

namespace Proofs.Checks.Learning;

/// <summary>What is expected of an estimator, fixed before it is measured.</summary>
/// <param name="Estimator">Its name.</param>
/// <param name="Expectation">What the rule means, in words.</param>
/// <param name="Rule">The rule for the slope of log error over log n; with <paramref name="Against"/>, for the mean of
/// log(error/error of the other) over the sizes.</param>
/// <param name="Against">The other estimator, on the same samples; null for a slope.</param>
public sealed record RateRule(string Estimator, string Expectation, DecisionRule Rule, string? Against = null);

/// <summary>Tables and the figure of measured learning curves.</summary>
public static class RateReport
{
    /// <summary>Every rule with what was measured and its outcome: holds, fails, or undecided.</summary>
    /// <exception cref="FormatException">A measurement is missing.</exception>
    public static Table Rules(
        string key, string caption, RateComparison comparison, ImmutableArray<RateMeasurement> measurements,
        ImmutableArray<RateRule> rules)
    {
        var table = Table.Of(
            key, caption, "estimator", "n", "replicates", "expected", "of what", "measured", "from", "to", "outcome",
            "false alarms");
        foreach (var rule in rules)
        {
            var result = comparison.Result(rule.Estimator, measurements);
            var estimate = rule.Against is null
                ? result.SlopeEstimate(rule.Rule.Level)
                : result.LogRatioEstimate(comparison.Result(rule.Against, measurements), rule.Rule.Level);
            table = table.With(
                new TableCell.Text(rule.Estimator),
                new TableCell.Text(string.Create(
                    CultureInfo.InvariantCulture, $"{result.Plan.Sizes[0]} ... {result.Plan.Sizes[^1]}")),
                new TableCell.Exact(result.Plan.Replicates),
                new TableCell.Text($"{rule.Expectation}: {rule.Rule}"),
                new TableCell.Text(rule.Against is null ? "slope" : $"log ratio to {rule.Against}"),
                new TableCell.Measured(estimate.Value, 3),
                new TableCell.Measured(estimate.Lower, 3),
                new TableCell.Measured(estimate.Upper, 3),
                new TableCell.Text(Outcome(rule.Rule.Decide(estimate, comparison.Seed))),
                new TableCell.Text(string.Create(
                    CultureInfo.InvariantCulture, $"{100 * rule.Rule.FalseAlarmRate:G3} %")));
        }

        return table;
    }

    /// <summary>
    /// The mean squared errors of every estimator at every size; the caption ends with the first half of the SHA-256 of
    /// the measurements, so that no digit of them changes unseen.
    /// </summary>
    /// <exception cref="FormatException">A measurement is missing.</exception>
    public static Table Errors(
        string key, string caption, RateComparison comparison, ImmutableArray<RateMeasurement> measurements)
    {
        int[] sizes = [.. comparison.Contenders.SelectMany(c => c.Plan.Sizes).Distinct().Order()];
        string digest = Convert.ToHexStringLower(SHA256.HashData(
            Encoding.UTF8.GetBytes(MeasurementText.Write([], measurements))))[..32];
        var table = Table.Of(
            key, $"{caption} Digest of the measurements: {digest}.",
            ["estimator", .. sizes.Select(n => string.Create(CultureInfo.InvariantCulture, $"n = {n}"))]);
        foreach (var contender in comparison.Contenders)
        {
            var result = comparison.Result(contender.Name, measurements);
            table = table.With(
            [
                new TableCell.Text(contender.Name),
                .. sizes.Select(n => result.Plan.Sizes.IndexOf(n) is var at and >= 0
                    ? (TableCell)new TableCell.Measured(result.MeanErrors[at], 5)
                    : new TableCell.None()),
            ]);
        }

        return table;
    }

    /// <summary>The learning curves, with a dashed line of a slope through the first point of one of them.</summary>
    /// <exception cref="FormatException">A measurement is missing.</exception>
    public static Figure Figure(
        string key, string title, RateComparison comparison, ImmutableArray<RateMeasurement> measurements,
        string through, double exponent)
    {
        var series = ImmutableArray.CreateBuilder<Series>();
        foreach (var contender in comparison.Contenders)
        {
            var result = comparison.Result(contender.Name, measurements);
            ImmutableArray<FigurePoint> points =
                [.. result.Plan.Sizes.Zip(result.MeanErrors, (n, error) => new FigurePoint(n, error))];
            series.Add(new Series.Line(contender.Name, points));
            if (contender.Name == through)
            {
                series.Add(new Series.Line(
                    string.Create(CultureInfo.InvariantCulture, $"exponent {exponent:F3}"),
                    [
                        .. points.Select(p => new FigurePoint(
                            p.X, points[0].Y * Math.Pow(p.X / points[0].X, exponent))),
                    ],
                    Dashed: true));
            }
        }

        FigurePoint[] all = [.. series.OfType<Series.Line>().SelectMany(l => l.Points)];
        return new(
            key,
            title,
            new("$n$", "n", all.Min(p => p.X) / 1.25, all.Max(p => p.X) * 1.25, Scale.Log10),
            new("squared error", "squared error", all.Min(p => p.Y) / 1.5, all.Max(p => p.Y) * 1.5, Scale.Log10),
            series.ToImmutable())
        {
            IsMeasured = true,
        };
    }

    private static string Outcome(Verdict verdict) => verdict switch
    {
        Verdict.Supported => "holds",
        Verdict.Refuted => "fails",
        _ => "undecided",
    };
}
