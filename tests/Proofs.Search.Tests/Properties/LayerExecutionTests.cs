using Proofs.Constructions.Domains;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Properties;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Properties;

/// <summary>Answers about executions layer by layer, against executions in random orders.</summary>
public sealed class LayerExecutionTests
{
    private const int Lanes = 8;

    // y = x on [-1, 1] as real functions; what an execution gives depends on the order of its sums
    private static readonly Dictionary<string, ReluNetwork> Traps = new()
    {
        ["2^26"] = Cancelling(26),
        ["2^60"] = Cancelling(60),
        ["absorbed"] = new(
            [Affine.FromRows([[1], [0]], [Math.ScaleB(1, 24), Math.ScaleB(1, 24)]), Affine.FromRows([[1, -1]], [0])]),
        ["scaled"] = new(
            [Affine.FromRows([[Math.ScaleB(1, -60)]], [Math.ScaleB(1, -60)]),
                Affine.FromRows([[Math.ScaleB(1, 60)]], [-1])]),
        ["subnormal"] = new(
            [Affine.FromRows([[Math.ScaleB(1, -140)]], [Math.ScaleB(1, -140)]),
                Affine.FromRows([[Math.ScaleB(1, 120)]], [0]), Affine.FromRows([[Math.ScaleB(1, 20)]], [-1])]),
        ["overflow"] = new(
            [Affine.FromRows([[Math.ScaleB(1, 120)], [Math.ScaleB(-1, 120)]], [0, 0]),
                Affine.FromRows([[256, 0], [0, 256]], [0, 0]),
                Affine.FromRows([[Math.ScaleB(1, -128), -Math.ScaleB(1, -128)]], [0])]),
    };

    public static TheoryData<string> Names => [.. Traps.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_answer_holds_for_every_execution_tried(string name)
    {
        var network = Traps[name];
        var random = new Random(name.Length);
        foreach (var (bound, strict) in new (BigRational, bool)[]
            { (-1, false), (-1, true), (new(-101, 100), false), (new(-99, 100), false), (0, true), (-3, false),
                (-100, false), (100, false) })
        {
            var property = PropertyNetworks.AtMost(1, 1, bound, strict, -1); // y at least -bound
            var result = PropertyVerifier.Verify(Request(network, property).WithBoxBudget(300));
            for (int n = 0; n < 200; n++)
            {
                float x = n < 3 ? n - 1 : (float)((random.NextDouble() * 2) - 1);
                float[] y = Execute(
                    network, [result.Counterexample is { } found ? (float)Binary64.Nearest(found.Inputs[0]) : x],
                    random);
                bool holds = float.IsFinite(y[0])
                    && property.Holds([Binary64.Exact(x)], [Binary64.Exact(y[0])]);
                Assert.False(
                    result.Answer == PropertyAnswer.Unsatisfiable && holds,
                    $"{name}, {bound}: unsat, but {x:R} gives {y[0]:R}");
                Assert.False(
                    result.Answer == PropertyAnswer.Satisfiable && !holds,
                    $"{name}, {bound}: sat, but {x:R} gives {y[0]:R}");
            }
        }
    }

    [Fact]
    public void Clear_cases_are_decided_and_ties_are_not()
    {
        var network = new ReluNetwork([Affine.FromRows([[1], [-1]], [0, 0]), Affine.FromRows([[1, 1]], [0])]); // |x|
        PropertyResult Verify(BigRational bound) => PropertyVerifier.Verify(
            Request(network, PropertyNetworks.AtMost(1, 1, bound, false, -1)).WithBoxBudget(20_000));
        Assert.Equal(PropertyAnswer.Unsatisfiable, Verify(new(-11, 10)).Answer);
        var sat = Verify(new(-9, 10));
        Assert.Equal(PropertyAnswer.Satisfiable, sat.Answer);
        Assert.All(sat.Counterexample!.Inputs, x => Assert.Equal(x, Binary64.Exact((float)Binary64.Nearest(x))));
        var met = Verify(-1); // at 1 nothing is rounded, whatever the order
        Assert.Equal((PropertyAnswer.Satisfiable, BigRational.One),
            (met.Answer, BigRational.Abs(met.Counterexample!.Inputs[0])));

        // three products that no order adds up exactly: at (1, 1, 1) real numbers meet the bound, and executions may or
        // may not
        double[] weights = [0.1f, 0.7f, 0.9f];
        var tie = PropertyVerifier.Verify(Request(
            new([Affine.FromRows([weights], [0])]),
            PropertyNetworks.AtMost(3, 1, -weights.Select(Binary64.Exact).Aggregate((a, b) => a + b), false, -1))
                .WithBoxBudget(20_000));
        Assert.Equal(PropertyAnswer.Unknown, tie.Answer);
        Assert.Contains("rounding decides", tie.Reason, StringComparison.Ordinal);
    }

    // The lower bound of a sum of numbers that are not negative is 0, whatever rounding does: y < 0 is excluded at
    // once.
    [Fact]
    public void A_sum_of_outputs_of_rho_is_never_negative()
    {
        var network = new ReluNetwork([Affine.FromRows([[3], [-3]], [-1, 1]), Affine.FromRows([[1, 0.3f]], [0])]);
        var result =
            PropertyVerifier.Verify(Request(network, PropertyNetworks.AtMost(1, 1, 0, true, 1)).WithBoxBudget(10));
        Assert.Equal(PropertyAnswer.Unsatisfiable, result.Answer);
        var above = PropertyVerifier.Verify(
            Request(new([network.Layers[0], Affine.FromRows([[-1, -0.3f]], [0.5])]),
                PropertyNetworks.AtMost(1, 1, new(-1, 2), true, -1)).WithBoxBudget(10));
        Assert.Equal(PropertyAnswer.Unsatisfiable, above.Answer);
    }

    [Fact]
    public void A_weight_that_is_no_binary32_number_is_refused()
    {
        var network = new ReluNetwork([Affine.FromRows([[0.1]], [0])]);
        var e = Assert.Throws<ArgumentException>(() =>
            PropertyVerifier.Verify(Request(network, PropertyNetworks.AtMost(1, 1, 0, false, 1))));
        Assert.Contains("layer 1 has the weight 0.1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, new[] { 2, 7, 6, 2 })]
    [InlineData(2, new[] { 5, 30, 30, 3 })]
    [InlineData(3, new[] { 20, 12, 12, 2 })]
    public void Every_row_of_an_execution_is_at_least_its_bound_and_every_output_lies_in_its_enclosure(
        int seed, int[] widths)
    {
        var random = new Random(seed);
        int tight = 0;
        for (int trial = 0; trial < 15; trial++)
        {
            var network = PropertyNetworks.Random(random, widths);
            int inputs = widths[0];
            BigRational[] coefficients =
                [.. Enumerable.Range(0, widths[^1]).Select(_ => new BigRational(random.Next(-5, 6), 4))];
            var property = PropertyNetworks.AtMost(inputs, widths[^1], 0, false, coefficients);
            var pass = new BoundPass(PropertyQuery.Of(network, property, NetworkExecution.OfLayers(network)).Single());
            float[] x = [.. Enumerable.Range(0, inputs).Select(_ => (float)random.NextDouble())];
            for (int at = 0; at < pass.Lower.Length; at++)
            {
                // a point: all that is left is rounding
                (pass.Lower[at], pass.Upper[at]) = (x[at / Lanes], x[at / Lanes]);
            }

            pass.Run();
            var enclosures =
                ExecutionBounds.Outputs(NetworkExecution.OfLayers(network), [.. x.Select(v => Binary64.Exact(v))])!;
            for (int run = 0; run < 20; run++)
            {
                float[] y = Execute(network, x, random);
                BigRational value = coefficients.Select((a, i) => a * Binary64.Exact(y[i]))
                    .Aggregate(BigRational.Zero, (s, v) => s + v);
                Assert.True(
                    Binary64.Exact(pass.RowLower[0]) <= value,
                    $"trial {trial}: {value} lies below {pass.RowLower[0]:R}");
                Assert.All(
                    enclosures.Zip(y), e =>
                        Assert.True(e.First.Contains(e.Second), $"{e.Second:R} lies outside {e.First}"));
                tight += (double)Binary64.Nearest(value) - pass.RowLower[0] < 1e-3 ? 1 : 0;
            }
        }

        Assert.True(tight > 100, $"only {tight} bounds are near");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_execution_tried_has_an_error_above_the_upper_end(string name)
    {
        var network = Traps[name];
        var random = new Random(11);
        var region = Region.Parse("[-1,1]");
        var answer = ExecutionError.Of(
            CertifyRequest.OfExecution(NetworkExecution.OfLayers(network), Expr.Parse("x"), region).WithBoxBudget(2000))
                .Result;
        var claim = ExecutionError.Of(
            CertifyRequest.OfExecution(NetworkExecution.OfLayers(network), Expr.Parse("x"), region).WithBoxBudget(2000)
                .WithAtMost(new BigRational(1, 1000))).Result;
        for (int run = 0; run < 200; run++)
        {
            float x = run < 3 ? run - 1 : (float)((random.NextDouble() * 2) - 1);
            float y = Execute(network, [x], random)[0];
            double error = float.IsFinite(y) ? Math.Abs((double)y - x) : double.PositiveInfinity;
            Assert.True(error <= answer.Bounds.Sup, $"{x:R} gives {y:R}, above {answer.Bounds}");
            Assert.True(error <= 1e-3 || claim.Outcome != Outcome.Certified, $"{x:R} gives {y:R}");
        }
    }

    [Theory]
    [InlineData(1, new[] { 1, 6, 1 })]
    [InlineData(2, new[] { 2, 8, 6, 1 })]
    [InlineData(3, new[] { 3, 10, 1 })]
    public void Errors_of_executions_of_random_networks_lie_within_both_ends(int seed, int[] widths)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 10; trial++)
        {
            var network = PropertyNetworks.Random(random, widths);
            var region = Region.Of(Box.Unit(widths[0]));
            var target = Expr.Parse(widths[0] == 1 ? "x^2/2" : "x1*x2/2");
            var answer = ExecutionError.Of(
                CertifyRequest.OfExecution(NetworkExecution.OfLayers(network), target, region).WithBoxBudget(20_000))
                    .Result;
            for (int run = 0; run < 40; run++)
            {
                float[] x =
                    [.. widths[..1].SelectMany(n => Enumerable.Range(0, n)).Select(_ => (float)random.NextDouble())];
                Assert.True(Error(x) <= answer.Bounds.Sup, $"trial {trial}");
            }

            Assert.NotNull(answer.Witness);
            float[] at = [.. answer.Witness.Point.Select(v => (float)Binary64.Nearest(v))];
            Assert.Equal(answer.Witness.Point, at.Select(v => Binary64.Exact(v)));
            Assert.All(Enumerable.Range(0, 20), _ => Assert.True(Error(at) >= answer.Bounds.Inf, $"trial {trial}"));
            Assert.True(answer.Bounds.Sup <= (1.02 * answer.Bounds.Inf) + 1e-4, $"{answer.Bounds} is wide");

            double Error(float[] x) =>
                Math.Abs(Execute(network, x, random)[0] - (0.5 * x[0] * x[x.Length == 1 ? 0 : 1]));
        }
    }

    private static PropertyRequest Request(ReluNetwork network, VnnProperty property) =>
        new(NetworkExecution.OfLayers(network), property);

    // One execution: terms added in a random order, with fused operations or not, in one sum or two.
    private static float[] Execute(ReluNetwork network, float[] input, Random random)
    {
        float[] x = input;
        for (int l = 0; l < network.Depth; l++)
        {
            var map = network.Layers[l];
            float[] y = new float[map.Rows];
            for (int i = 0; i < y.Length; i++)
            {
                int[] order = [.. Enumerable.Range(map.RowStart[i], map.RowStart[i + 1] - map.RowStart[i])];
                random.Shuffle(order);
                bool isFused = random.Next(2) == 0, startsWithBias = random.Next(2) == 0;
                float[] sums = [startsWithBias ? (float)map.Bias[i] : 0, 0];
                int accumulators = random.Next(1, 3);
                for (int n = 0; n < order.Length; n++)
                {
                    float w = (float)map.Value[order[n]], v = x[map.Column[order[n]]];
                    ref float sum = ref sums[n % accumulators];
                    sum = isFused ? MathF.FusedMultiplyAdd(w, v, sum) : sum + (float)(w * v);
                }

                float total = sums[0] + sums[1];
                total = startsWithBias ? total : total + (float)map.Bias[i];
                y[i] = l == network.Depth - 1 ? total : MathF.Max(total, 0);
            }

            x = y;
        }

        return x;
    }

    // rho(B x + x + 2B) - rho(B x + 2B)
    private static ReluNetwork Cancelling(int power)
    {
        var big = BigRational.PowerOfTwo(power);
        return new(
        [
            Affine.FromExactRows([[big], [-big], [1], [-1]], [0, 0, 0, 0]),
            Affine.FromExactRows([[1, -1, 1, -1], [1, -1, 0, 0]], [big + big, big + big]),
            Affine.FromExactRows([[1, -1]], [0]),
        ]);
    }
}
