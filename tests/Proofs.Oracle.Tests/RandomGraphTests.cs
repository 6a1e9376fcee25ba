using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Xunit;
using Xunit.Abstractions;

namespace Proofs.Oracle.Tests;

/// <summary>
/// Random graphs of all operators that are read, in either element type and any opset: the oracle executes them, and
/// its outputs lie where our reading of the file says.
/// </summary>
public sealed class RandomGraphTests(ITestOutputHelper output)
{
    private const int Points = 8;

    private static readonly Arbitrary<Drawn> Graphs = Arb.From(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(1, 12)).Select(p => new Drawn(p.Item1, p.Item2)),
        drawn => Enumerable.Range(1, drawn.Steps - 1).Select(steps => drawn with { Steps = steps }));

    private static int Trials => Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full" ? 20_000 : 1000;

    [OracleFact]
    public void The_oracle_executes_random_graphs_as_we_read_them()
    {
        var seen = new Seen();
        var operators = new HashSet<string>();
        var refusals = new Dictionary<string, int>();
        int enclosed = 0, graphs = 0, outOfRange = 0;
        Prop.ForAll(Graphs, drawn =>
        {
            var graph = RandomGraph.Of(drawn.Seed, drawn.Steps);
            graphs++;
            operators.UnionWith(graph.Operators);
            if (Read(graph.Model) is not { } judged)
            {
                outOfRange++;
                return;
            }

            enclosed += judged.Execution is null ? 0 : 1;
            if (judged.WhyNoExecution is { } why)
            {
                why = why[(why.IndexOf("no execution", StringComparison.Ordinal) + 24)..];
                refusals[why] = refusals.GetValueOrDefault(why) + 1;
            }

            using var oracle = new Onnxruntime(graph.Model.ToByteArray());
            var random = new Random(drawn.Seed);
            for (int i = 0; i < Points; i++)
            {
                double[] x = Point(graph, random);
                string? complaint = judged.ComplaintOfGraph(x, oracle.Run(x), seen, graph.Evaluate(x));
                Assert.True(complaint is null, $"{complaint}\n{graph.Model}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Trials));

        output.WriteLine($"{graphs} graphs, {outOfRange} out of range, {enclosed} with an execution; {seen}");
        foreach (var (why, count) in refusals)
        {
            output.WriteLine($"{count} x {why}");
        }

        Assert.Equal(Names, operators.Order(StringComparer.Ordinal));
        Assert.True(outOfRange < graphs / 20, $"{outOfRange} of {graphs} graphs are out of range");
        Assert.True(enclosed > graphs / 2, $"{enclosed} of {graphs} graphs have an execution");
    }

    internal static IEnumerable<string> Names =>
        new Operators(new Layering(1, WorkLimit.For(0)), WorkLimit.For(0)).Names;

    // Products in a row may have weights that are no binary64 numbers, which a network may not have: that is refused.
    internal static Judged? Read(ModelProto model)
    {
        try
        {
            return new Judged(model);
        }
        catch (NetworkFileException e) when (e.Message.Contains("binary64 range", StringComparison.Ordinal))
        {
            return null;
        }
    }

    internal static double[] Point(RandomGraph graph, Random random)
    {
        bool isTame = random.Next(2) == 0;
        return [.. Enumerable.Range(0, graph.Inputs)
            .Select(_ => isTame ? Tame() : RandomGraph.Draw(random, graph.Format))];

        double Tame() => graph.Format == NumberFormat.Binary32
            ? (float)((random.NextDouble() * 2) - 1)
            : (random.NextDouble() * 2) - 1;
    }

    private sealed record Drawn(int Seed, int Steps);
}
