using Proofs.Benchmarks.Numerics;
using System.Diagnostics;
using System.Globalization;

// Usage: Proofs.Benchmarks.Numerics [--rounds N] [PEER PROGRAM]. Runs ours and the peers' cases alternately, N rounds
// (7), and prints a Markdown table of medians in nanoseconds an operation. Each program prints lines "case;nanoseconds"
// with --list.
if (args is ["--list"])
{
    foreach (var (name, nanoseconds) in Cases.All().Concat(QuarticSearch.All()))
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name};{nanoseconds}"));
    }

    return 0;
}

int at = Array.IndexOf(args, "--rounds");
int rounds = at >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 7;
string[] peers = [.. args.Where((_, i) => at < 0 || (i != at && i != at + 1))];
var samples = new Dictionary<string, List<double>>();
for (int round = 0; round < rounds; round++)
{
    Collect(Environment.ProcessPath!, "--list");
    foreach (string peer in peers)
    {
        Collect(peer, "");
    }
}

Console.WriteLine($"| case | ns (median of {rounds}) |\n| --- | ---: |");
foreach (var (name, values) in samples)
{
    values.Sort();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {values[values.Count / 2]:0.##} |"));
}

return 0;

void Collect(string program, string argument)
{
    using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true })!;
    while (process.StandardOutput.ReadLine() is { } line)
    {
        string[] parts = line.Split(';');
        if (!samples.TryGetValue(parts[0], out var values))
        {
            samples[parts[0]] = values = [];
        }

        values.Add(double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    process.WaitForExit();
}
