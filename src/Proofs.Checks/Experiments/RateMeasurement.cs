using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Proofs.Checks.Experiments;

/// <summary>The squared error of one fit.</summary>
/// <param name="Estimator">The estimator's name.</param>
/// <param name="Size">n, the points fitted.</param>
/// <param name="Replicate">Which independent sample of this size, from 0 on.</param>
/// <param name="Seed">The seed of the study; with n's place in the plan and the replicate it makes the sample.</param>
/// <param name="Error">The squared error in L2 of the law, on test points.</param>
public readonly record struct RateMeasurement(string Estimator, int Size, int Replicate, long Seed, double Error);

/// <summary>Measurements as text: comments that begin with #, a line of columns, a line for each fit.</summary>
/// <remarks>Numbers are written so that they read back as the same binary64 numbers.</remarks>
public static class MeasurementText
{
    private const string Columns = "estimator,n,replicate,seed,error";

    /// <summary>The text, sorted by estimator, n and replicate: the same for every order of running.</summary>
    public static string Write(IEnumerable<string> comments, IEnumerable<RateMeasurement> measurements)
    {
        var text = new StringBuilder();
        foreach (string comment in comments)
        {
            _ = text.Append("# ").Append(comment).Append('\n');
        }

        _ = text.Append(Columns).Append('\n');
        foreach (var m in measurements.OrderBy(m => m.Estimator, StringComparer.Ordinal).ThenBy(m => m.Size)
            .ThenBy(m => m.Replicate))
        {
            _ = text.Append(Line(m)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The line of one measurement: an estimator's name with a comma stands between quotes.</summary>
    public static string Line(RateMeasurement m)
    {
        string name = m.Estimator.Contains(',', StringComparison.Ordinal) ? $"\"{m.Estimator}\"" : m.Estimator;
        return string.Create(CultureInfo.InvariantCulture, $"{name},{m.Size},{m.Replicate},{m.Seed},{m.Error:R}");
    }

    /// <summary>The measurements of a text.</summary>
    /// <exception cref="FormatException">A line is none, or two are for one fit; the message names it.</exception>
    public static ImmutableArray<RateMeasurement> Read(string text)
    {
        var found = ImmutableArray.CreateBuilder<RateMeasurement>();
        var seen = new HashSet<(string, int, int)>();
        bool columns = false;
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!columns)
            {
                columns = line == Columns ? true : throw Wrong(i, line, Columns);
                continue;
            }

            var m = Parse(line) ?? throw Wrong(i, line, Columns);
            if (!seen.Add((m.Estimator, m.Size, m.Replicate)))
            {
                throw Wrong(i, line, "one line for each estimator, n and replicate");
            }

            found.Add(m);
        }

        return found.ToImmutable();
    }

    private static RateMeasurement? Parse(string line)
    {
        int end = line[0] == '"' ? line.IndexOf('"', 1) + 1 : line.IndexOf(',', StringComparison.Ordinal);
        if (end <= 0 || end >= line.Length || line[end] != ',')
        {
            return null;
        }

        string[] rest = line[(end + 1)..].Split(',');
        var culture = CultureInfo.InvariantCulture;
        return rest.Length == 4
            && int.TryParse(rest[0], NumberStyles.None, culture, out int n)
            && int.TryParse(rest[1], NumberStyles.None, culture, out int replicate)
            && long.TryParse(rest[2], NumberStyles.AllowLeadingSign, culture, out long seed)
            && double.TryParse(rest[3], NumberStyles.Float, culture, out double error)
            && double.IsFinite(error) && error > 0
                ? new(line[..end].Trim('"'), n, replicate, seed, error)
                : null;
    }

    private static FormatException Wrong(int index, string line, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {index + 1}: '{line}'; expected {expected}"));
}
