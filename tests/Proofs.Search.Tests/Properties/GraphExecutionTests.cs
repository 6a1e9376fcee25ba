using Google.Protobuf;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Tests.Formats;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Properties;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Properties;

/// <summary>What executions of graphs may give, against graphs executed in binary32 in random orders.</summary>
public sealed class GraphExecutionTests
{
    private const int Lanes = 8;

    private static readonly Dictionary<string, Action<ExecutionGraph, Random>[]> Chains = new()
    {
        ["x + c - b"] = [ExecutionGraph.AddLarge, ExecutionGraph.SubLarge],
        ["two MatMuls"] = [ExecutionGraph.MatMul, ExecutionGraph.MatMul],
        ["two Gemms"] = [ExecutionGraph.Gemm, ExecutionGraph.Gemm],
        ["underflow"] = [ExecutionGraph.MulTiny, ExecutionGraph.MulHuge, ExecutionGraph.MulHuge],
        ["bias apart"] = [
            ExecutionGraph.MatMul, ExecutionGraph.AddBias, ExecutionGraph.Relu, ExecutionGraph.MatMul,
            ExecutionGraph.AddBias],
        ["moves between"] = [
            ExecutionGraph.Gemm, ExecutionGraph.Flatten, ExecutionGraph.TransposeTwice, ExecutionGraph.Gemm,
            ExecutionGraph.Flatten],
    };

    public static TheoryData<string> Names => [.. Chains.Keys];

    private static int Trials => Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full" ? 20_000 : 400;

    [Fact]
    public void Every_output_of_random_graphs_lies_in_its_enclosures()
    {
        var seen = new Seen();
        var random = new Random(32);
        for (int trial = 0; trial < Trials; trial++)
        {
            Check(ExecutionGraph.Random(random, random.Next(1, 7)), random, seen);
        }

        seen.AssertMany(Trials);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_output_of_chosen_chains_lies_in_its_enclosures(string name)
    {
        var random = new Random(name.Length);
        for (int trial = 0; trial < Trials / 10; trial++)
        {
            Check(ExecutionGraph.Of(random, random.Next(1, 4), Chains[name]), random, new Seen());
        }
    }

    [Fact]
    public void An_answer_holds_for_every_execution_tried()
    {
        var random = new Random(7);
        int decided = 0;
        for (int trial = 0; trial < Trials / 2; trial++)
        {
            var graph = ExecutionGraph.Random(random, random.Next(1, 6));
            var execution = graph.Execution();
            float[] tried = Point(random, graph.Inputs);
            float y = graph.Execute(tried, random)[0];
            if (!float.IsFinite(y))
            {
                continue;
            }

            // bounds near a value that is taken
            var bound = Binary64.Exact(y) + new BigRational(random.Next(-2, 3), 1 << random.Next(0, 26));
            var property = new VnnProperty(graph.Inputs, execution.OutputDimension,
                [new VnnCase(
                    Box.Cube(graph.Inputs, -1, 1), [], [PropertyNetworks.Row(bound, random.Next(2) == 0, 1)])]);
            var result =
                PropertyVerifier.Verify(new PropertyRequest(execution, property).WithBoxBudget(300).WithJobs(1));
            decided += result.Answer is PropertyAnswer.Satisfiable or PropertyAnswer.Unsatisfiable ? 1 : 0;
            for (int run = 0; run < 60; run++)
            {
                float[] x = result.Counterexample is { } found
                    ? [.. found.Inputs.Select(v => (float)Binary64.Nearest(v))]
                    : Point(random, graph.Inputs);
                float[] outputs = graph.Execute(x, random);
                bool holds = outputs.All(float.IsFinite)
                    && property.Holds(
                        [.. x.Select(v => Binary64.Exact(v))], [.. outputs.Select(v => Binary64.Exact(v))]);
                Assert.False(
                    result.Answer == PropertyAnswer.Unsatisfiable && holds,
                    $"{graph.Text}: unsat, but {x[0]:R} gives {outputs[0]:R}");
                Assert.False(
                    result.Answer == PropertyAnswer.Satisfiable && !holds,
                    $"{graph.Text}: sat, but {x[0]:R} gives {outputs[0]:R}");
            }
        }

        Assert.True(decided > Trials / 6, $"only {decided} were decided");
    }

    [Fact]
    public void No_error_of_an_execution_tried_lies_outside_what_is_certified()
    {
        var random = new Random(9);
        int refuted = 0, certified = 0;
        for (int trial = 0; trial < Trials / 4; trial++)
        {
            var graph = ExecutionGraph.Random(random, random.Next(1, 6));
            var execution = graph.Execution().Output(0);
            var request = CertifyRequest.OfExecution(
                execution, Expr.Parse(graph.Inputs == 1 ? "x" : "x1"), Region.Of(Box.Cube(graph.Inputs, -1, 1)))
                .WithBoxBudget(200).WithJobs(1);
            var result = ExecutionError.Of(request).Result;
            var atMost = Binary64.Exact(double.IsFinite(result.Bounds.Sup) ? result.Bounds.Sup : 1)
                * new BigRational(random.Next(1, 9), 8);
            var claim = ExecutionError.Of(request.WithAtMost(atMost)).Result;
            (refuted, certified) = (
                refuted + (claim.Outcome == Outcome.Refuted ? 1 : 0),
                certified + (claim.Outcome == Outcome.Certified ? 1 : 0));
            for (int run = 0; run < 60; run++)
            {
                bool isWitness = run < 20 && claim is { Outcome: Outcome.Refuted, Witness: not null };
                float[] x = isWitness
                    ? [.. claim.Witness!.Point.Select(v => (float)Binary64.Nearest(v))]
                    : Point(random, graph.Inputs);
                float y = graph.Execute(x, random)[0];
                double error = float.IsFinite(y) ? Math.Abs((double)y - x[0]) : double.PositiveInfinity;
                Assert.True(
                    error <= result.Bounds.Sup * (1 + 1e-15),
                    $"{graph.Text}: {x[0]:R} gives {y:R}, above {result.Bounds}");
                Assert.False(
                    claim.Outcome == Outcome.Certified && error > Binary64.Nearest(atMost) * (1 + 1e-15),
                    $"{graph.Text}: {x[0]:R} gives {y:R}");
                Assert.False(
                    isWitness && error < Binary64.Nearest(atMost) * (1 - 1e-15),
                    $"{graph.Text}: refuted, but {x[0]:R} gives {y:R}");
            }
        }

        Assert.True(refuted > 5 && certified > 5, $"{refuted} refuted, {certified} certified");
    }

    // 1e300 times 1e300 is beyond the numbers that bounds are made of, too: that is no bound, and no exception.
    [Theory]
    [InlineData("MatMul")]
    [InlineData("Mul")]
    public void Where_products_overflow_in_binary64_there_is_no_bound(string product)
    {
        var model = OnnxModels.Model([1, 1], [
            OnnxModels.Doubles("w", [1, 1], 1e300), OnnxModels.Node($"y = {product}(x, w)"),
        ]);
        model.Graph.Input[0].Type.TensorType.ElemType = 11;
        var execution = NetworkReader.ReadExecution(new MemoryStream(model.ToByteArray()), "a.onnx");
        Assert.Null(ExecutionBounds.Outputs(execution, [Binary64.Exact(1e300)]));
        Assert.Null(ExecutionBounds.Deviation(execution, [Interval.Between(0, 1e300)]));
        Assert.NotNull(ExecutionBounds.Outputs(execution, [1]));
        Assert.NotNull(ExecutionBounds.Deviation(execution, [Interval.Between(0, 1)]));
    }

    private static void Check(ExecutionGraph graph, Random random, Seen seen)
    {
        var execution = graph.Execution();
        Assert.Equal(execution.OutputDimension, graph.Network().OutputDimension);
        float[] x = Point(random, graph.Inputs);
        BigRational[] point = [.. x.Select(v => Binary64.Exact(v))];
        Assert.Equal(Steps(execution, point).AsEnumerable(), execution.Network.Evaluate(point));
        var enclosures = ExecutionBounds.Outputs(execution, point);
        var box = Enumerable.Repeat(Interval.Between(-1, 1), graph.Inputs).ToArray();
        double[]? deviation = ExecutionBounds.Deviation(execution, box);
        var real = execution.Network.Evaluate(point);
        BigRational[] row =
            [.. Enumerable.Range(0, execution.OutputDimension).Select(_ => new BigRational(random.Next(-4, 5), 2))];
        var pass = Pass(execution, row, x, isPoint: random.Next(2) == 0);
        double[] run = execution.Run(point);
        for (int n = 0; n < 30; n++)
        {
            float[] y = n == 0 ? [.. run.Select(v => (float)v)] : graph.Execute(x, random);
            for (int i = 0; i < y.Length; i++)
            {
                if (enclosures is not null)
                {
                    Assert.True(enclosures[i].Contains(y[i]), $"{graph.Text}: {y[i]:R} lies outside {enclosures[i]}");
                    seen.Points += enclosures[i].IsPoint ? 1 : 0;
                }

                if (deviation is not null)
                {
                    Assert.True(
                        BigRational.Abs(Binary64.Exact(y[i]) - real[i]) <= Binary64.Exact(deviation[i]),
                        $"{graph.Text}: {y[i]:R} is far from {real[i]}");
                }
            }

            int[] used = [.. Enumerable.Range(0, row.Length).Where(i => !row[i].IsZero)]; // others may overflow
            var value = used.All(i => float.IsFinite(y[i]))
                ? used.Select(i => row[i] * Binary64.Exact(y[i])).Aggregate(BigRational.Zero, (a, b) => a + b)
                : (BigRational?)null;
            foreach (double low in (double[])[pass.RowLower[0], pass.RowFloor[0]])
            {
                if (!double.IsNaN(low))
                {
                    Assert.True(
                        value is { } v && (double.IsNegativeInfinity(low) || Binary64.Exact(low) <= v),
                        $"{graph.Text}: {value} lies below {low:R}");
                }
            }
        }

        seen.Enclosed += enclosures is null ? 0 : 1;
        seen.Overflows += enclosures is null ? 1 : 0;
        seen.Rounded += enclosures is not null && Binary64.Exact(run[0]) != real[0] ? 1 : 0;
        seen.Constants += graph.Network().Equals(execution.Network) ? 0 : 1;
    }

    private static BoundPass Pass(NetworkExecution execution, BigRational[] row, float[] x, bool isPoint)
    {
        var property = PropertyNetworks.AtMost(execution.InputDimension, execution.OutputDimension, 0, false, row);
        var pass = new BoundPass(PropertyQuery.Of(execution.Network, property, execution).Single());
        for (int at = 0; at < pass.Lower.Length; at++)
        {
            (pass.Lower[at], pass.Upper[at]) = isPoint ? (x[at / Lanes], x[at / Lanes]) : (-1, 1);
        }

        pass.Run();
        return pass;
    }

    // The steps in exact arithmetic.
    private static BigRational[] Steps(NetworkExecution execution, BigRational[] point)
    {
        BigRational[] x = point;
        foreach (var step in execution.Steps)
        {
            BigRational[] z = [.. Enumerable.Range(0, step.Map.Rows).Select(step.Map.BiasAt)];
            for (int i = 0; i < z.Length; i++)
            {
                for (int k = step.Map.RowStart[i]; k < step.Map.RowStart[i + 1]; k++)
                {
                    z[i] += step.Map.WeightAt(k) * x[step.Map.Column[k]];
                }

                z[i] = step.IsRectified[i] ? BigRational.Max(z[i], BigRational.Zero) : z[i];
            }

            x = z;
        }

        return x;
    }

    private static float[] Point(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(6) switch
    {
        0 => 1f,
        1 => -1f,
        2 => 0f,
        3 => MathF.ScaleB(1, -random.Next(150)),
        _ => (float)((random.NextDouble() * 2) - 1),
    })];

    private sealed class Seen
    {
        public int Enclosed { get; set; }

        public int Overflows { get; set; }

        public int Rounded { get; set; }

        public int Points { get; set; }

        public int Constants { get; set; }

        // every kind was met: enclosed, overflown, rounded, determined whatever the order, constants rounded
        public void AssertMany(int trials) => Assert.True(
            Enclosed > trials / 2 && Overflows > 0 && Rounded > trials / 10 && Points > trials / 10 && Constants > 5,
            $"{Enclosed} enclosed, {Overflows} overflow, {Rounded} rounded, {Points} points, "
                + $"{Constants} with rounded constants");
    }
}
