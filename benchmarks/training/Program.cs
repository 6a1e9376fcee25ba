// Trains 2-64-64-1 by Adam beside PyTorch, converts 10^6 weights both ways, and certifies what was trained.
//
//   dotnet run -c Release --project benchmarks/training [-- --rounds N] [--python PROGRAM]
//
// Needs Debian's python3-torch; without it ours alone follow. Ours and the peer train in turn, each in a process that
// has trained before. Times are medians of the rounds; a ratio is the median of the rounds' ratios. Standard output is
// the tables.
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Proofs.Checks.Dimension;
using Proofs.Checks.Learning;
using Proofs.Constructions.Networks;
using Proofs.Numeric.Expressions;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Proofs.Training.Modules;
using Proofs.Training.Trainers;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Steps = 2000, Warm = 200;
int rounds = int.Parse(Option("--rounds") ?? "5", CultureInfo.InvariantCulture);
int[] counts = [.. (Option("--threads") ?? "1,2").Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
var target = Expr.Parse("sin(3*x1)*x2");
var region = Region.Parse("[0,1]^2");
var data = TargetSample.Draw(target, region, 16_384, new SplitMix64(1));
var heldOut = TargetSample.Draw(target, region, 4096, new SplitMix64(2));

using var peer = StartPeer(Option("--python") ?? "python3");
string version = peer?.StandardOutput.ReadLine() ?? "";
if (version == "")
{
    Console.Error.WriteLine("missing: python3-torch; ours alone follow");
}

TrainingOutcome? trained = null;
Console.WriteLine("| conversion | weights | network to module s | module to network s | both s |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
foreach (var precision in (Precision[])[Precision.Float32, Precision.Float64])
{
    Convert(precision);
}

Console.WriteLine();
_ = Ours(Precision.Float64, 1, Warm);
var once = Ours(Precision.Float64, 1, Steps);
Console.WriteLine($"Training float64 on one thread: {once.Wall:0.00} s, {once.Processor:0.00} s of CPU.");
Certify(trained!);
Console.WriteLine();
Console.WriteLine(
    "| numbers | threads | ours s | PyTorch s | ratio | ours CPU s | PyTorch CPU s | ratio | loss | PyTorch's |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
foreach (var precision in (Precision[])[Precision.Float32, Precision.Float64])
{
    foreach (int threads in counts)
    {
        var ours = new List<Timing>();
        var theirs = new List<Timing>();
        _ = (Ours(precision, threads, Warm), Peers(precision, threads, Warm)); // compiles and loads
        for (int round = 0; round < rounds; round++)
        {
            ours.Add(Ours(precision, threads, Steps));
            theirs.Add(Peers(precision, threads, Steps));
        }

        Console.WriteLine(
            $"| {precision.ToString().ToLowerInvariant()} | {threads} | {Times(t => t.Wall)} | "
                + $"{Times(t => t.Processor)} | {ours[0].Loss:0.0e+0} | {theirs[0].Loss:0.0e+0} |");

        string Times(Func<Timing, double> time) =>
            $"{Median(ours.Select(time)):0.00} | {Median(theirs.Select(time)):0.00} | "
                + $"{Median(ours.Zip(theirs, (a, b) => time(a) / time(b))):0.00}";
    }
}

Console.WriteLine();
Console.WriteLine($"Peer: PyTorch {(version == "" ? "missing" : version)}; NaN where it is missing.");
return 0;

Timing Ours(Precision precision, int threads, int steps)
{
    var request = new TrainingRequest(Architectures.FullyConnected([2, 64, 64, 1]), data)
    {
        Validation = heldOut,
        Precision = precision,
        Threads = threads,
        Steps = steps,
    };
    var clock = Stopwatch.StartNew();
    var before = Environment.CpuUsage.TotalTime;
    trained = new TorchTrainer().Train(request);
    double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    return new(clock.Elapsed.TotalSeconds, processor, trained.ValidationLoss);
}

Timing Peers(Precision precision, int threads, int steps)
{
    if (peer is null || version == "")
    {
        return new(double.NaN, double.NaN, double.NaN);
    }

    peer.StandardInput.WriteLine($"{precision.ToString().ToLowerInvariant()} {threads} {steps}");
    peer.StandardInput.Flush();
    string line = peer.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the peer ended");
    double[] numbers = [.. line.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
    return new(numbers[0], numbers[1], numbers[2]);
}

// ReluNetwork to module to ReluNetwork, which has to be the same.
void Convert(Precision precision)
{
    var architecture = Architectures.FullyConnected([2, 999, 999, 1]);
    var network = architecture.At(
        [.. architecture.Draw(1).Select(p => precision == Precision.Float32 ? (double)(float)p : p)]);
    var there = new List<double>();
    var back = new List<double>();
    for (int round = 0; round <= rounds; round++)
    {
        var clock = Stopwatch.StartNew();
        using var module = TorchNetwork.Of(network, precision);
        double first = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var read = module.Network;
        double second = clock.Elapsed.TotalSeconds;
        if (!read.Equals(network))
        {
            throw new InvalidOperationException("the network that came back is another");
        }

        if (round > 0)
        {
            there.Add(first);
            back.Add(second);
        }
    }

    Console.WriteLine(
        $"| {precision.ToString().ToLowerInvariant()} | {network.Size} | {Median(there):0.000} | "
            + $"{Median(back):0.000} | {Median(there.Zip(back, (a, b) => a + b)):0.000} |");
}

// What training cannot give: the error over the whole square, enclosed.
void Certify(TrainingOutcome outcome)
{
    Console.WriteLine();
    Console.WriteLine("| certified within | enclosure of the error | largest at held-out points | boxes | s | CPU s |");
    Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: |");
    double sampled = TargetSample.LargestError(outcome.Network, heldOut);
    foreach (double gap in (double[])[0.5, 0.1])
    {
        var clock = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        var result = Certifier.Sup(
            CertifyRequest.Of(outcome.Network, target, region) with
            {
                RelativeGap = gap,
                Timeout = TimeSpan.FromSeconds(15),
            });
        double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine(
            $"| {gap:0%} | [{result.Bounds.Inf:g4}, {result.Bounds.Sup:g4}] | {sampled:g4} | {result.Boxes} | "
                + $"{clock.Elapsed.TotalSeconds:0.0} | {processor:0.0} |");
    }
}

string? Option(string name) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

static Process? StartPeer(string program, [CallerFilePath] string here = "")
{
    string script = Path.Combine(Path.GetDirectoryName(here)!, "peer.py");
    var start = new ProcessStartInfo(program, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
    try
    {
        return Process.Start(start);
    }
    catch (Win32Exception)
    {
        return null; // said above: ours alone follow
    }
}

internal sealed record Timing(double Wall, double Processor, double Loss);
