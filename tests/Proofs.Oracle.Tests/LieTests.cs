using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Onnx;
using Proofs.Constructions.Formats.Text;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Properties;
using Xunit;
using Xunit.Abstractions;
using static Proofs.Constructions.Tests.Formats.OnnxModels;

namespace Proofs.Oracle.Tests;

/// <summary>
/// Lies that the comparison with the oracle has to report: outputs just outside of what is claimed, outputs that are
/// no numbers, and outputs of a graph that is not the one that was read.
/// </summary>
public sealed class LieTests(ITestOutputHelper output)
{
    private const int Points = 8, Extent = 3;

    private static readonly Arbitrary<int> Seeds = Arb.From(Gen.Choose(0, int.MaxValue));

    // A node as it is read, and one that the oracle executes instead. x, W and V are 3 x 3, b is a row, c the column of
    // the same numbers.
    private static readonly Dictionary<string, (NodeProto Read, NodeProto Executed)> Misreadings = new()
    {
        ["Gemm: transA ignored"] = (Node("h = Gemm(x, W, b)"), Node("h = Gemm(x, W, b)", Int("transA", 1))),
        ["Gemm: transB ignored"] = (Node("h = Gemm(x, W, b)"), Node("h = Gemm(x, W, b)", Int("transB", 1))),
        ["Gemm: alpha ignored"] = (Node("h = Gemm(x, W, b)"), Node("h = Gemm(x, W, b)", Float("alpha", 0.9f))),
        ["Gemm: beta ignored"] = (Node("h = Gemm(x, W, b)"), Node("h = Gemm(x, W, b)", Float("beta", 0.9f))),
        ["Gemm: bias dropped"] = (Node("h = Gemm(x, W)"), Node("h = Gemm(x, W, b)")),
        ["Gemm: bias along the other axis"] = (Node("h = Gemm(x, W, b)"), Node("h = Gemm(x, W, c)")),
        ["MatMul: factors exchanged"] = (Node("h = MatMul(x, W)"), Node("h = MatMul(W, x)")),
        ["Add: bias dropped"] = (Node("h = Identity(x)"), Node("h = Add(x, b)")),
        ["Add: broadcast along the other axis"] = (Node("h = Add(x, b)"), Node("h = Add(x, c)")),
        ["Sub: operands exchanged"] = (Node("h = Sub(x, b)"), Node("h = Sub(b, x)")),
        ["Sub: taken for Add"] = (Node("h = Add(x, b)"), Node("h = Sub(x, b)")),
        ["Mul: broadcast along the other axis"] = (Node("h = Mul(x, b)"), Node("h = Mul(x, c)")),
        ["Div: taken for Mul"] = (Node("h = Mul(x, b)"), Node("h = Div(x, b)")),
        ["Relu: left out"] = (Node("h = Identity(x)"), Node("h = Relu(x)")),
        ["Relu: where there is none"] = (Node("h = Relu(x)"), Node("h = Identity(x)")),
        ["Neg: left out"] = (Node("h = Identity(x)"), Node("h = Neg(x)")),
        ["Dropout: numbers halved"] = (Node("h = Dropout(x)"), Node("h = Mul(x, half)")),
        ["Transpose: perm ignored"] = (
            Node("h = Transpose(x)"), Node("h = Transpose(x)", Ints("perm", 0, 1))),
        ["Reshape: by columns"] = (Node("h = Reshape(x, square)"), Node("h = Transpose(x)")),
        ["Concat: parts exchanged"] = (
            Node("h = Concat(x, W)", Int("axis", 0)), Node("h = Concat(W, x)", Int("axis", 0))),
        ["Split: parts exchanged"] = (Node("h, i, j = Split(x)"), Node("i, h, j = Split(x)")),
        ["Slice: an index too late"] = (Node("h = Slice(x, zero, two)"), Node("h = Slice(x, one, three)")),
        ["Slice: step ignored"] = (
            Node("h = Slice(x, zero, three)"), Node("h = Slice(x, two, start, zero, back)")),
        ["Gather: another index"] = (Node("h = Gather(x, one)"), Node("h = Gather(x, two)")),
        ["Gather: axis ignored"] = (
            Node("h = Gather(x, turned)"), Node("h = Gather(x, turned)", Int("axis", 1))),
    };

    // They hand on all entries in their order, or compute shapes alone.
    private static readonly string[] WithoutLie =
        ["Constant", "Flatten", "Identity", "Shape", "Squeeze", "Unsqueeze"];

    public static TheoryData<string> Names => [.. Misreadings.Keys];

    private static int Trials => Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full" ? 10_000 : 500;

    [Fact]
    public void Every_operator_that_can_be_misread_is_misread() => Assert.Equal(
        RandomGraphTests.Names.Except(WithoutLie),
        Misreadings.Keys.Select(k => k[..k.IndexOf(':', StringComparison.Ordinal)]).Distinct()
            .Order(StringComparer.Ordinal));

    [OracleTheory]
    [MemberData(nameof(Names))]
    public void The_outputs_of_a_graph_that_is_read_wrongly_are_reported(string name)
    {
        var (read, executed) = Misreadings[name];
        foreach (var format in (NumberFormat[])[NumberFormat.Binary32, NumberFormat.Binary64])
        {
            Prop.ForAll(Seeds, seed =>
            {
                byte[] ours = Around(read, format, seed), theirs = Around(executed, format, seed);
                var judged = new Judged(ours);
                using Onnxruntime right = new(ours), wrong = new(theirs);
                var (random, seen) = (new Random(seed), new Seen());
                int reported = 0;
                for (int i = 0; i < Points; i++)
                {
                    double[] x = Drawn(random, format, Extent * Extent);
                    Assert.Null(judged.Complaint(x, right.Run(x), seen));

                    double[] outputs = wrong.Run(x);
                    Assert.Equal(judged.Network.OutputDimension, outputs.Length);
                    reported += judged.Complaint(x, outputs, seen) is null ? 0 : 1;
                }

                Assert.True(reported > 0, $"{name} in {format} is reported at none of {Points} points");
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));
        }
    }

    [OracleFact]
    public void An_output_next_to_an_enclosure_is_reported_and_its_ends_are_not()
    {
        int reported = 0;
        ForAllOutputs((judged, graph, x, outputs, i) =>
        {
            var point = Exactly(x);
            if (judged.Execution is null || new ExecutionPass(judged.Execution).Outputs(point) is not { } enclosures)
            {
                return;
            }

            var (inf, sup) = (enclosures[i].Inf, enclosures[i].Sup);
            foreach (double lie in Outside(Binary64.Exact(inf), Binary64.Exact(sup), graph.Format))
            {
                Assert.Contains("outside the enclosure", Complaint(judged, graph, x, With(outputs, i, lie)),
                    StringComparison.Ordinal);
                reported++;
            }

            foreach (double end in (double[])[inf, sup])
            {
                Assert.DoesNotContain("enclosure", Complaint(judged, graph, x, With(outputs, i, end)) ?? "",
                    StringComparison.Ordinal);
            }
        });

        output.WriteLine($"{reported} outputs next to an enclosure");
        Assert.True(reported > Trials, $"{reported} outputs next to an enclosure");
    }

    [OracleFact]
    public void An_output_next_to_its_rounding_bound_is_reported_and_the_last_one_within_is_not()
    {
        int reported = 0, byBound = 0;
        ForAllOutputs((judged, graph, x, outputs, i) =>
        {
            if (graph.Evaluate(x) is not { } bounds)
            {
                return;
            }

            BigRational least = bounds[i].Value - bounds[i].Error, most = bounds[i].Value + bounds[i].Error;
            foreach (double lie in Outside(least, most, graph.Format))
            {
                string? complaint = judged.ComplaintOfGraph(x, With(outputs, i, lie), new(), bounds);
                Assert.NotNull(complaint);
                reported++;
                byBound += complaint.Contains("and that is more than", StringComparison.Ordinal) ? 1 : 0;
            }

            foreach (double end in (double[])[Binary64.RoundUp(least), Binary64.RoundDown(most)])
            {
                string complaint = judged.ComplaintOfGraph(x, With(outputs, i, end), new(), bounds) ?? "";
                Assert.True(complaint.Length == 0 || complaint.Contains("enclosure", StringComparison.Ordinal)
                    || Binary64.Exact(end) < least || Binary64.Exact(end) > most, complaint);
            }
        });

        output.WriteLine($"{reported} outputs next to a rounding bound, {byBound} reported by it");
        Assert.True(reported > Trials && byBound > Trials / 20, $"{reported} next to a bound, {byBound} by the bound");
    }

    [OracleFact]
    public void A_real_value_that_is_read_wrongly_is_reported()
    {
        int reported = 0;
        ForAllOutputs((judged, graph, x, outputs, i) =>
        {
            if (graph.Evaluate(x) is { } bounds)
            {
                // however small the difference and wide the bound
                bounds[i] = new(bounds[i].Value + BigRational.PowerOfTwo(-2000), BigRational.PowerOfTwo(2000));
                Assert.Contains("by the definitions", judged.ComplaintOfGraph(x, outputs, new(), bounds),
                    StringComparison.Ordinal);
                reported++;
            }
        });

        Assert.True(reported > Trials / 4, $"{reported} values");
    }

    [OracleFact]
    public void An_output_that_is_no_number_is_reported_where_a_number_is_claimed()
    {
        int reported = 0, unclaimed = 0, onlyBounded = 0;
        ForAllOutputs((judged, graph, x, outputs, i) =>
        {
            foreach (double lie in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            {
                var seen = new Seen();
                string? complaint = Complaint(judged, graph, x, With(outputs, i, lie), seen);
                bool isClaimed = seen.Enclosed + seen.Bounded > 0;
                Assert.Equal(isClaimed, complaint is not null);
                Assert.True(complaint?.Contains($"output {i} is {lie:R}", StringComparison.Ordinal) ?? true, complaint);
                reported += isClaimed ? 1 : 0;
                unclaimed += isClaimed ? 0 : 1;
                onlyBounded += seen.Enclosed == 0 && seen.Bounded > 0 ? 1 : 0;
            }
        });

        output.WriteLine($"{reported} reported, {onlyBounded} of them without an enclosure, {unclaimed} unclaimed");
        Assert.True(reported > Trials && onlyBounded > 0, $"{reported} reported, {onlyBounded} without an enclosure");
    }

    [OracleTheory]
    [InlineData("y = Identity(h)", double.PositiveInfinity)]
    [InlineData("y = Sub(h, h)", double.NaN)]
    [InlineData("y = Mul(h, zero)", double.NaN)]
    public void An_output_that_is_no_number_is_right_where_executions_may_overflow(string last, double expected)
    {
        var model = Graphs.Of(
            NumberFormat.Binary32, 13, [1], Floats("zero", [], 0), Node("h = Add(x, x)"), Node(last));
        var judged = new Judged(model);
        using var oracle = new Onnxruntime(model.ToByteArray());
        var seen = new Seen();

        double[] outputs = oracle.Run([3e38f]);

        Assert.Equal([expected], outputs);
        Assert.Null(judged.Complaint([3e38f], outputs, seen));
        Assert.Equal((0, 0, 1), (seen.Enclosed, seen.Bounded, seen.Unbounded));
    }

    // At a point of each random graph, for one of its outputs, after what the oracle gives has been found right.
    private static void ForAllOutputs(Action<Judged, RandomGraph, double[], double[], int> check) =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var graph = RandomGraph.Of(seed, random.Next(1, 9));
            if (RandomGraphTests.Read(graph.Model) is not { } judged)
            {
                return;
            }

            using var oracle = new Onnxruntime(graph.Model.ToByteArray());
            double[] x = RandomGraphTests.Point(graph, random), outputs = oracle.Run(x);
            string? complaint = Complaint(judged, graph, x, outputs);
            Assert.True(complaint is null, $"{complaint}\n{graph.Model}");
            check(judged, graph, x, outputs, random.Next(outputs.Length));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Trials));

    // The node, and a network behind it.
    private static byte[] Around(NodeProto node, NumberFormat format, int seed)
    {
        var random = new Random(seed);
        double[] w = Drawn(random, format, Extent * Extent), v = Drawn(random, format, Extent * Extent);
        double[] b = Drawn(random, format, Extent);
        return Graphs.Of(format, 13, [Extent, Extent], [
            Graphs.Numbers("W", format, [Extent, Extent], w),
            Graphs.Numbers("V", format, [Extent, Extent], v),
            Graphs.Numbers("b", format, [Extent], b),
            Graphs.Numbers("c", format, [Extent, 1], b),
            Graphs.Numbers("half", format, [], 0.5),
            Integers("square", Extent, Extent),
            Integers("turned", 2, 0, 1),
            Integers("zero", 0), Integers("one", 1), Integers("two", 2), Integers("three", 3),
            Integers("back", -1), Integers("start", long.MinValue),
            node,
            Node("k = MatMul(h, V)"), Node("r = Relu(k)"), Node("s = MatMul(r, W)"), Node("y = Add(s, b)"),
        ]).ToByteArray();
    }

    // Numbers of the format of size 1, about; none is 0.
    private static double[] Drawn(Random random, NumberFormat format, int count) =>
        [.. Enumerable.Range(0, count).Select(_ =>
        {
            double size = (random.NextDouble() + 0.25) * (random.Next(2) == 0 ? 1 : -1);
            return format == NumberFormat.Binary32 ? (float)size : size;
        })];

    private static string? Complaint(
        Judged judged, RandomGraph graph, double[] x, double[] outputs, Seen? seen = null) =>
        judged.ComplaintOfGraph(x, outputs, seen ?? new(), graph.Evaluate(x));

    private static BigRational[] Exactly(double[] x) => [.. x.Select(Binary64.Exact)];

    private static double[] With(double[] outputs, int i, double value)
    {
        double[] altered = [.. outputs];
        altered[i] = value;
        return altered;
    }

    // The first numbers of binary64, and of the format, that are not between two numbers.
    private static IEnumerable<double> Outside(BigRational least, BigRational most, NumberFormat format) =>
        ((double[])[-Above(-least), Above(most), -Single(Above(-least)), Single(Above(most))])
            .Take(format == NumberFormat.Binary32 ? 4 : 2);

    private static double Above(BigRational limit)
    {
        double above = Binary64.RoundUp(limit);
        return double.IsFinite(above) && Binary64.Exact(above) == limit ? Math.BitIncrement(above) : above;
    }

    private static double Single(double least) =>
        (float)least is var single && single < least ? MathF.BitIncrement(single) : single;
}
