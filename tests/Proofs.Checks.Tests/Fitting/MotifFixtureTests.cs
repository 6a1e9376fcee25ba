using System.Collections.Immutable;
using System.Text.Json;
using Proofs.Checks.Experiments;
using Proofs.Checks.Fitting;
using Proofs.Constructions.Formats.Points;
using Proofs.Constructions.Motifs;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Motifs;
using Proofs.Tests;
using Xunit;

namespace Proofs.Checks.Tests.Fitting;

/// <summary>Every record of 04-motif.json is reproduced, the exact ones exactly.</summary>
public sealed class MotifFixtureTests
{
    private static readonly JsonElement All = RepositoryFiles.Fixture("04-motif.json");

    [Fact]
    public void Exact_support_vector_fits_and_their_networks_agree()
    {
        foreach (var c in All.GetProperty("exact_svr").EnumerateArray())
        {
            var kernel = Additive(c.GetProperty("kernel"));
            var points = Points(c.GetProperty("x"));
            BigRational[] y = Rationals(c.GetProperty("y"));
            var (cost, tube) = (Rational(c.GetProperty("C")), Rational(c.GetProperty("eps")));
            var model = ExactFit.SupportVectors(kernel, points, y, cost, tube);
            Assert.Equal(Rational(c.GetProperty("b")), model.Offset);
            BigRational[] a = Rationals(c.GetProperty("a"));
            Assert.Equal(a.Where(v => !v.IsZero), model.Coefficients);
            Assert.Equal(Rational(c.GetProperty("primal")), Primal(model, points, y, cost, tube));
            Agrees(c.GetProperty("network"), model);
            ValuesAgree(c.GetProperty("values"), model);
        }
    }

    [Fact]
    public void The_exact_ridge_fit_and_its_network_agree()
    {
        foreach (var c in All.GetProperty("krr").EnumerateArray())
        {
            var model = ExactFit.Ridge(
                Additive(c.GetProperty("kernel")), Points(c.GetProperty("x")), Rationals(c.GetProperty("y")),
                Rational(c.GetProperty("lam")));
            Assert.Equal(Rationals(c.GetProperty("a")), model.Coefficients);
            Agrees(c, model);
            ValuesAgree(c.GetProperty("values"), model);
        }
    }

    [Fact]
    public void Polynomial_transfers_agree()
    {
        foreach (var c in All.GetProperty("polynomial").EnumerateArray())
        {
            var model = new KernelModel(
                new MotifKernel.Polynomial(Rational(c.GetProperty("c"))),
                [.. c.GetProperty("Z").EnumerateArray().Select(z => Rationals(z).ToImmutableArray())],
                Rationals(c.GetProperty("a")), Rational(c.GetProperty("b")));
            int m = c.GetProperty("m").GetInt32();
            var squares = PolynomialTransfer.Decompose(model);
            Assert.Equal(
                c.GetProperty("squares").EnumerateArray().Select(s => new WeightedSquare(
                    Rational(s.GetProperty("weight")), [.. Rationals(s.GetProperty("v"))])),
                squares);
            var transfer = PolynomialTransfer.Of(model, bits: null);
            var scale = InputScale.Unit(model.Dimension);
            var network = transfer.Build(m, scale);
            Assert.Equal((c.GetProperty("L").GetInt32(), c.GetProperty("W").GetInt64()), (network.Depth, network.Size));
            var (lower, upper) = transfer.Error(model, m);
            Assert.Equal(Rationals(c.GetProperty("error_interval")), new[] { lower, upper });
            foreach (var v in c.GetProperty("values").EnumerateArray())
            {
                BigRational[] x = Rationals(v.GetProperty("x"));
                Assert.True(model.Value(x).Contains(Rational(v.GetProperty("f"))));
                Assert.Equal(Rational(v.GetProperty("net")), network.Evaluate(x)[0]);
            }

            Assert.Equal(transfer, PolynomialTransfer.Read(network, squares.Length, m, scale));
        }
    }

    [Fact]
    public void Tree_transfers_agree()
    {
        foreach (var c in All.GetProperty("trees").EnumerateArray())
        {
            var tree = Tree(c.GetProperty("tree"));
            int d = c.GetProperty("D").GetInt32();
            var delta = Rational(c.GetProperty("delta"));
            var network = TreeTransfer.Build([tree], delta, InputScale.Unit(d));
            Assert.Equal(c.GetProperty("L").GetInt32(), network.Depth);
            Assert.Equal(c.GetProperty("W").GetInt64(), network.Size);
            Assert.Equal(c.GetProperty("width").GetInt32(), network.Width);
            Assert.Equal(Rational(c.GetProperty("B")), network.Magnitude);
            Assert.Equal(c.GetProperty("internal_nodes").GetInt32(), tree.Splits().Count());
            Assert.Equal(c.GetProperty("leaves").GetInt32(), tree.Leaves().Count());
            Assert.Equal(
                Rationals(c.GetProperty("output_range")), new[] { tree.Leaves().Min(), tree.Leaves().Max() });
            Assert.Equal(
                Rational(c.GetProperty("error_set_measure_bound")), TreeTransfer.StripVolume([tree], delta, d));
            Assert.Equal(Rational(c.GetProperty("error_set_measure")), tree.StripUnion(delta, d));
            foreach (var v in c.GetProperty("values").EnumerateArray())
            {
                BigRational[] x = Rationals(v.GetProperty("x"));
                Assert.Equal(Rational(v.GetProperty("tree")), tree.At(x));
                Assert.Equal(Rational(v.GetProperty("net")), network.Evaluate(x)[0]);
            }
        }
    }

    [Fact]
    public void Kernel_fits_agree_and_close_their_gap()
    {
        foreach (var c in All.GetProperty("kernel_networks").EnumerateArray())
        {
            var data = Data(c);
            var fit = SupportVectorFit.Fit(
                data, Kernel(c), Rational(c.GetProperty("C")), Rational(c.GetProperty("eps")), 1e-6);
            Assert.InRange(fit.Gap!.Value.Sup, 0, 1e-7);
            double[] expected = Doubles(c.GetProperty("a"));
            double[] found = new double[expected.Length];
            for (int i = 0; i < fit.Model.Terms; i++)
            {
                int at = Enumerable.Range(0, data.Count).First(k => data.Exact(k).SequenceEqual(fit.Model.Centres[i]));
                found[at] = Binary64.Nearest(fit.Model.Coefficients[i]);
            }

            Assert.All(expected.Zip(found), p => Assert.InRange(p.First - p.Second, -2e-3, 2e-3));
            Assert.InRange(Binary64.Nearest(fit.Model.Offset) - c.GetProperty("b").GetDouble(), -1e-3, 1e-3);
        }
    }

    [Fact]
    public void Kernel_networks_have_the_sizes_bounds_and_plans()
    {
        foreach (var c in All.GetProperty("kernel_networks").EnumerateArray())
        {
            var model = Model(c);
            var gamma = Rational(c.GetProperty("gamma"));
            Assert.Equal(c.GetProperty("support_vectors").GetInt32(), model.Terms);
            Assert.Equal(c.GetProperty("sum_abs_a").GetDouble(), Binary64.Nearest(model.AbsoluteSum), 9);
            Assert.Equal(c.GetProperty("rkhs_norm").GetDouble(), model.Norm().Midpoint, 8);
            foreach (var v in c.GetProperty("values").EnumerateArray())
            {
                Assert.Equal(
                    v.GetProperty("f").GetDouble(), model.Value(Rationals(v.GetProperty("x"))).Midpoint, 8);
            }

            foreach (var n in c.GetProperty("networks").EnumerateArray())
            {
                var hinges = ExponentialHinges.Even(n.GetProperty("N").GetInt32(), gamma);
                int m = n.TryGetProperty("m", out var layers) ? layers.GetInt32() : 0;
                var scale = InputScale.Unit(model.Dimension);
                ReluNetwork Of(bool prunes) => m > 0
                    ? KernelTransfer.Gaussian(model, m, hinges, scale, prunes)
                    : KernelTransfer.Laplacian(model, hinges, scale, prunes);
                var network = Of(prunes: false);
                Assert.Equal(n.GetProperty("L").GetInt32(), network.Depth);
                Assert.Equal(n.GetProperty("W").GetInt64(), network.Size);
                Assert.Equal(n.GetProperty("width").GetInt32(), network.Width);
                Assert.Equal(n.GetProperty("B").GetDouble(), Binary64.Nearest(network.Magnitude), 8);
                if (n.TryGetProperty("W_pruned", out var pruned))
                {
                    Assert.Equal(pruned.GetInt64(), Of(prunes: true).Size);
                }

                var error = MotifTransfer.Certify(StoredNetwork.Of(network), model, m, scale)!;
                Assert.InRange(
                    error.Bound, n.GetProperty("measured_error").GetDouble(),
                    n.GetProperty("bound_refined").GetDouble() * (1 + 1e-8));
            }

            var plan = c.GetProperty("cheapest_plan");
            var tau = Rational(plan.GetProperty("target"));
            var found = model.Kernel is MotifKernel.Gaussian
                ? MotifPlan.Gaussian(model, tau, sharp: false)
                : MotifPlan.Laplacian(model, tau, sharp: false);
            Assert.Equal(plan.GetProperty("N").GetInt32(), found.Hinges);
            Assert.Equal(plan.GetProperty("W").GetInt64(), found.Size);
        }
    }

    [Fact]
    public void Exponential_blocks_agree()
    {
        foreach (var c in All.GetProperty("exp_block").EnumerateArray())
        {
            int n = c.GetProperty("N").GetInt32();
            var hinges = ExponentialHinges.Even(n, 3);
            Assert.Equal(c.GetProperty("sup_error_bound").GetDouble(), Binary64.Nearest(hinges.ErrorBound));
            double[] knots = Doubles(c.GetProperty("knots_times_gamma"));
            Assert.All(
                knots.Zip(hinges.Knots),
                p => Assert.Equal(p.First, 3 * Binary64.Nearest(p.Second), 12));
            var net = new NetworkBuilder(1);
            var terms = hinges.Knots.Select(t => net.Rho(net.Inputs[0] - t)).ToArray();
            var network = net.BuildScalar(Functional.Combine(1, hinges.Changes, terms) + 1);
            Assert.Equal((c.GetProperty("L").GetInt32(), c.GetProperty("W").GetInt64()), (network.Depth, network.Size));
        }
    }

    internal static KernelModel Model(JsonElement c) => new(
        Kernel(c), [.. c.GetProperty("X").EnumerateArray().Select(x => Rationals(x).ToImmutableArray())],
        Balanced(Rationals(c.GetProperty("a"))), Rational(c.GetProperty("b")));

    internal static JsonElement KernelNetwork(string name) => All.GetProperty("kernel_networks").EnumerateArray()
        .Single(c => c.GetProperty("name").GetString() == name);

    // The printed coefficients sum to 0 only up to their last digit.
    private static BigRational[] Balanced(BigRational[] a)
    {
        var sum = a.Aggregate(BigRational.Zero, (s, v) => s + v);
        int first = Array.FindIndex(a, v => !v.IsZero);
        a[first] -= sum;
        return a;
    }

    private static FitData Data(JsonElement c)
    {
        int d = c.GetProperty("D").GetInt32();
        double[] points = [.. c.GetProperty("X").EnumerateArray().SelectMany(Doubles)];
        return FitData.Of(new Sample(new PointCloud(d, points), Doubles(c.GetProperty("y"))), InputScale.Unit(d));
    }

    private static MotifKernel Kernel(JsonElement c) => c.GetProperty("kernel").GetString() == "gauss"
        ? new MotifKernel.Gaussian(Rational(c.GetProperty("gamma")))
        : new MotifKernel.Laplacian(Rational(c.GetProperty("gamma")));

    private static MotifKernel.Additive Additive(JsonElement c) => c.GetProperty("type").GetString() == "hat"
        ? new MotifKernel.Hat(Rational(c.GetProperty("h")))
        : new MotifKernel.Brownian();

    private static void Agrees(JsonElement expected, KernelModel model)
    {
        var spline = SplineTransfer.Of(model);
        var scale = InputScale.Unit(1);
        var network = spline.Build(scale);
        Assert.Equal(expected.GetProperty("interior_knots").GetInt32(), spline.Kinks[0].Length);
        Assert.Equal(Rational(expected.GetProperty("slope_at_0")), spline.Slopes[0]);
        Assert.Equal(Rational(expected.GetProperty("value_at_0")), spline.AtZero);
        Assert.Equal(expected.GetProperty("L").GetInt32(), network.Depth);
        Assert.Equal(expected.GetProperty("W").GetInt64(), network.Size);
        if (expected.TryGetProperty("B", out var b))
        {
            Assert.Equal(Rational(b), network.Magnitude);
            Assert.Equal(expected.GetProperty("width").GetInt32(), network.Width);
        }

        Assert.Equal((BigRational.Zero, BigRational.Zero), SplineTransfer.Read(network, scale)!.Minus(spline).Range());
    }

    private static void ValuesAgree(JsonElement values, KernelModel model)
    {
        var network = SplineTransfer.Of(model).Build(InputScale.Unit(1));
        foreach (var v in values.EnumerateObject())
        {
            Assert.Equal(Rational(v.Value), network.Evaluate([BigRational.Parse(v.Name)])[0]);
        }
    }

    private static BigRational Primal(
        KernelModel model, ImmutableArray<BigRational>[] points, BigRational[] y, BigRational cost, BigRational tube)
    {
        var network = SplineTransfer.Of(model).Build(InputScale.Unit(1));
        var sum = BigRational.Zero;
        for (int i = 0; i < points.Length; i++)
        {
            var excess = BigRational.Abs(y[i] - network.Evaluate(points[i])[0]) - tube;
            sum += cost * BigRational.Max(excess, 0);
        }

        for (int i = 0; i < model.Terms; i++)
        {
            sum += model.Coefficients[i] * (network.Evaluate(model.Centres[i])[0] - model.Offset) / 2;
        }

        return sum;
    }

    private static RegressionTree Tree(JsonElement c) => c.TryGetProperty("c", out var leaf)
        ? new RegressionTree.Leaf(Rational(leaf))
        : new RegressionTree.Split(
            c.GetProperty("j").GetInt32(), Rational(c.GetProperty("s")), Tree(c.GetProperty("l")),
            Tree(c.GetProperty("r")));

    private static BigRational Rational(JsonElement e) => e.ValueKind == JsonValueKind.String
        ? BigRational.Parse(e.GetString()!)
        : BigRational.Parse(e.GetRawText());

    private static BigRational[] Rationals(JsonElement e) => [.. e.EnumerateArray().Select(Rational)];

    private static double[] Doubles(JsonElement e) => [.. e.EnumerateArray().Select(x => x.GetDouble())];

    private static ImmutableArray<BigRational>[] Points(JsonElement e) =>
        [.. Rationals(e).Select(x => ImmutableArray.Create(x))];
}
