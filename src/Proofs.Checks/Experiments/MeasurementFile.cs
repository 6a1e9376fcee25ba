using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace Proofs.Checks.Experiments;

/// <summary>Makes the measurements of a comparison in a folder, so that an ended run goes on where it was.</summary>
public static class MeasurementFile
{
    /// <summary>
    /// Makes what is missing and writes NAME.csv, or NAME.K-of-N.csv for part K of N; every fit is a line as soon as it
    /// is made. What NAME.csv and the parts in the folder have is not made again: a run without parts joins them.
    /// </summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="folder">The folder; it is made where it is missing.</param>
    /// <param name="name">The name of the file without its ending.</param>
    /// <param name="comments">Lines that stand before the measurements.</param>
    /// <param name="shard">K, from 1 on.</param>
    /// <param name="shards">N; 1 for all.</param>
    /// <param name="jobs">The fits that run at once.</param>
    /// <param name="progress">Is told each line.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The path written; its bytes depend on the measurements alone, not on their order.</returns>
    /// <exception cref="FormatException">A file has a line that is none of this comparison.</exception>
    /// <exception cref="ArgumentException">A trainer is needed and not at hand.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static string Complete(
        RateComparison comparison, string folder, string name, IEnumerable<string> comments, int shard, int shards,
        int jobs, IProgress<string>? progress, CancellationToken cancellation)
    {
        _ = Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, shards == 1
            ? $"{name}.csv"
            : string.Create(CultureInfo.InvariantCulture, $"{name}.{shard}-of-{shards}.csv"));
        var known = ImmutableArray.CreateBuilder<RateMeasurement>();
        var seen = new Dictionary<(string, int, int), RateMeasurement>();
        foreach (string file in Directory.EnumerateFiles(folder, $"{name}*.csv").Where(f => IsPart(f, name)).Order())
        {
            foreach (var m in ReadWhole(file))
            {
                if (seen.TryAdd((m.Estimator, m.Size, m.Replicate), m))
                {
                    known.Add(m);
                }
                else if (seen[(m.Estimator, m.Size, m.Replicate)] != m)
                {
                    throw new FormatException(
                        $"{file}: {MeasurementText.Line(m)}: another file has another error for this fit");
                }
            }
        }

        string[] header = [.. comments];
        var all = known.ToImmutable();
        WriteAll(path, MeasurementText.Write(header, all));
        using (var appended = new StreamWriter(path, append: true) { NewLine = "\n", AutoFlush = true })
        {
            all = comparison.Run(
                all,
                shard,
                shards,
                jobs,
                m =>
                {
                    appended.WriteLine(MeasurementText.Line(m));
                    progress?.Report(MeasurementText.Line(m));
                },
                cancellation);
        }

        WriteAll(path, MeasurementText.Write(header, all));
        return path;
    }

    /// <summary>The measurements that an assembly carries as a resource.</summary>
    /// <exception cref="FormatException">There is none of this name, or a line is wrong.</exception>
    public static ImmutableArray<RateMeasurement> Embedded(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new FormatException($"{assembly.GetName().Name} has no measurements {resource}");
        using var reader = new StreamReader(stream);
        return MeasurementText.Read(reader.ReadToEnd());
    }

    private static bool IsPart(string file, string name)
    {
        string rest = Path.GetFileName(file)[name.Length..];
        return rest == ".csv" || rest.Contains("-of-", StringComparison.Ordinal);
    }

    // A line that a killed run left half written is made again.
    private static ImmutableArray<RateMeasurement> ReadWhole(string file)
    {
        string text = File.ReadAllText(file);
        try
        {
            return MeasurementText.Read(text[..(text.LastIndexOf('\n') + 1)]);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{file}, {e.Message}", e);
        }
    }

    private static void WriteAll(string path, string text)
    {
        string fresh = path + ".new";
        File.WriteAllText(fresh, text);
        File.Move(fresh, path, overwrite: true);
    }
}
