using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Proofs.Checks.Experiments;
using Proofs.Checks.Papers;

namespace Proofs.Checks.Learning;

/// <summary>The learning curves of a paper: trained networks beside other estimators, by rules fixed before the run.
/// </summary>
/// <param name="paper">The key of the paper.</param>
/// <param name="subject">What is learnt, for captions; a phrase.</param>
/// <param name="comparison">The estimators, by a trainer and a seed; without a trainer (null) the errors of networks
/// can be read, not made. Its assembly carries the committed measurements, as the resource rates.csv.</param>
/// <param name="rules">What is expected.</param>
/// <param name="through">The estimator whose first point the line of the exponent goes through.</param>
/// <param name="exponent">The exponent of the theorem.</param>
public sealed class LearningCurves(
    string paper, string subject, Func<ITrainer?, long, RateComparison> comparison, ImmutableArray<RateRule> rules,
    string through, double exponent)
{
    private const long Seed = 1;
    private const int MeasuredAnew = 512;
    private const string Measurements = "rates.csv";

    // Measuring anew takes seconds, and is done once for all tables.
    private readonly Lazy<(RateComparison Read, ImmutableArray<RateMeasurement> All)> _measured = new(() =>
    {
        var (read, all) = (comparison(null, Seed), Committed(comparison.Method.Module.Assembly));
        read.CheckAnew(all, MeasuredAnew, Environment.ProcessorCount);
        return (read, all);
    });

    /// <summary>The study that makes the measurements, each fit a part; the same for every profile.</summary>
    public TrainingStudy Study => new(
        "rates", "learning curves of trained networks beside other estimators, the same for every profile",
        asked => [.. Enumerable.Range(0, comparison(null, asked.Seed).Fits).Select(i => new StudyPart(
            string.Create(CultureInfo.InvariantCulture, $"fit-{i}"),
            request => [StudyFile.Text(
                string.Create(CultureInfo.InvariantCulture, $"{i}.csv"),
                MeasurementText.Write([], [comparison(request.Trainer, asked.Seed).Measure(i)]))]))],
        (asked, files) => [StudyFile.Text(Measurements, MeasurementText.Write(
            [
                paper,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Squared errors of fits in L2 of the law; "
                        + $"made by the study rates of this paper, seed {asked.Seed}."),
                "Rules and plan: docs/training.md (Learning curves), fixed before the run.",
            ],
            files.SelectMany(f => MeasurementText.Read(f.AsText()))))])
    {
        Code = comparison.Method.Module,
    };

    /// <summary>Every rule with its outcome, from the committed measurements.</summary>
    /// <exception cref="FormatException">A measurement is missing, or an error that is measured anew is another.
    /// </exception>
    public Table Outcomes() => RateReport.Rules(
        "learning-rules",
        $"{subject}. Slopes of log error over log n with 90 % bootstrap intervals, beside rules fixed before the run; "
            + $"measured, seed {Seed}.",
        _measured.Value.Read, _measured.Value.All, rules);

    /// <summary>The errors behind them.</summary>
    /// <exception cref="FormatException">As for <see cref="Outcomes"/>.</exception>
    public Table Errors() => RateReport.Errors(
        "learning-errors", $"{subject}. Mean squared errors.", _measured.Value.Read, _measured.Value.All);

    /// <summary>The learning curves.</summary>
    /// <exception cref="FormatException">As for <see cref="Outcomes"/>.</exception>
    public Figure Figure() => RateReport.Figure(
        "learning-curves", $"{subject}. Squared error against the number of points.", _measured.Value.Read,
        _measured.Value.All, through, exponent);

    private static ImmutableArray<RateMeasurement> Committed(Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(Measurements)
            ?? throw new FormatException($"{assembly.GetName().Name} has no measurements {Measurements}");
        using var reader = new StreamReader(stream);
        return MeasurementText.Read(reader.ReadToEnd());
    }
}
