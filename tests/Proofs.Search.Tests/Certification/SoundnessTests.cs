using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Search.Tests.Certification;

/// <summary>
/// The oracle is exact arithmetic at rational points: ends, dyadic points where kinks lie, and random ones.
/// </summary>
public sealed class SoundnessTests
{
    private static readonly int Networks = Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full" ? 4000 : 120;
    private const int PointsEach = 40;

    private static readonly string[] Targets =
    [
        "x1^2", "x1*x2 - 1/3", "abs(x1 - x2)", "if(x1 <= x2, x1, 1/2)", "max(x1, x2^2) - min(x1, 1/3)",
        "if(abs(x2 - x1^2) >= 1/8 and x1 > 1/4, x1*x2, -x2)", "(x1 + 9)^(-1)", "(x1 - x2)^3", "x1/(3 + x2^2)", "1/7",
    ];

    [Fact]
    public void Enclosures_contain_the_exact_errors_of_random_networks()
    {
        var random = new Random(20260711);
        int unstable = 0, attained = 0;
        for (int n = 0; n < Networks; n++)
        {
            int d = random.Next(1, 4);
            var network = RandomNetwork(random, d, n % 3 == 0);
            var target = TargetIn(Targets[n % Targets.Length], d);
            var region = Region.Of(RandomBox(random, d));
            var request =
                CertifyRequest.Of(network, target, region).WithRelativeGap(0.02).WithBoxBudget(600).WithJobs(1);
            CertifyResult sup = Certifier.Sup(request), max = Certifier.Max(request), min = Certifier.Min(request);
            CheckPoints(random, network, target, region.Boxes[0], sup, max, min, $"network {n}");
            unstable += sup.Boxes > 1 ? 1 : 0;
            attained += sup.Witness is null ? 0 : 1;
        }

        Assert.True(unstable > Networks / 3, $"only {unstable} searches split a box");
        Assert.True(attained > Networks / 2, $"only {attained} searches found a witness");
    }

    [Fact]
    public void Integrals_contain_midpoint_sums_to_their_own_accuracy()
    {
        var random = new Random(7);
        for (int n = 0; n < 30; n++)
        {
            var network = RandomNetwork(random, 2, false);
            var target = TargetIn(Targets[n % Targets.Length], 2);
            var request =
                CertifyRequest.Of(network, target, Region.Of(Box.Unit(2))).WithRelativeGap(0.05).WithBoxBudget(3000);
            const int Cells = 40;
            double first = 0, second = 0;
            for (int i = 0; i < Cells * Cells; i++)
            {
                BigRational[] x = [new((2 * (i / Cells)) + 1, 2 * Cells), new((2 * (i % Cells)) + 1, 2 * Cells)];
                double e = Binary64.Nearest(ExactError(network, target, x));
                (first, second) = (first + Math.Abs(e), second + (e * e));
            }

            first /= Cells * Cells;
            second = Math.Sqrt(second / (Cells * Cells));
            var (one, two) = (Certifier.LpNorm(request, 1).Bounds, Certifier.LpNorm(request, 2).Bounds);
            var threeHalves = Certifier.LpNorm(request, new BigRational(3, 2)).Bounds;
            Assert.InRange(first, one.Inf * 0.97, one.Sup * 1.03);
            Assert.InRange(second, two.Inf * 0.97, two.Sup * 1.03);
            Assert.True(
                one.Inf <= threeHalves.Sup && threeHalves.Inf <= two.Sup, "norms over a set of volume 1 grow with p");
        }
    }

    // Each of these is 0 or x, exactly; binary64 evaluation in a careless order says otherwise.
    [Theory]
    [InlineData(60, 0)]
    [InlineData(26, 0)]
    [InlineData(53, -40)]
    [InlineData(900, 0)]
    [InlineData(0, -1060)]
    [InlineData(1000, -1000)]
    public void Huge_cancelling_weights_never_give_a_wrong_bound(int large, int small)
    {
        var (w, s) = (BigRational.PowerOfTwo(large), BigRational.PowerOfTwo(small));
        var network = new ReluNetwork(
        [
            Affine.FromExactRows([[w], [w], [s]], [0, 0, 0]),
            Affine.FromExactRows(
                [[1, -1, s.Reciprocal() > BigRational.PowerOfTwo(1000)
                    ? BigRational.PowerOfTwo(1000)
                    : s.Reciprocal()]], [0]),
        ]);
        var e = (BigRational x) => network.Evaluate((IReadOnlyList<BigRational>)[x])[0] - x;
        var request = CertifyRequest.Of(network, Expr.Parse("x"), Region.Of(Box.Unit(1))).WithBoxBudget(400);
        CertifyResult sup = Certifier.Sup(request), max = Certifier.Max(request), min = Certifier.Min(request);
        foreach (var x in new BigRational[] { 0, 1, new(1, 3), new(1, 2), BigRational.PowerOfTwo(-30) })
        {
            AssertInside(BigRational.Abs(e(x)), sup, $"|e({x})|");
            Assert.False(max.Value.Upper < e(x) || min.Value.Lower > e(x));
        }

        Assert.NotEqual(Outcome.Refuted, Certifier.Sup(request.WithAtMost(1)).Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_integral_far_below_the_first_bounds_of_its_cells_is_still_found(int p)
    {
        // Cells begin with bounds near 1e8^p, which cancel to rounding errors above the integral of what is left.
        var network = NetworkFile.Parse("""
            {"format":"proofs-network","version":1,"layers":[
            {"columns":2,"rowStart":[0,2,3,4,4,5],"column":[0,1,0,1,0],"value":[-6.5,-4,7,-4.5,-1.5],
            "bias":[15,4,0,0,0]},
            {"columns":5,"rowStart":[0,3,6,7],"column":[2,3,4,0,2,3,1],"value":[-3,5,1,-2.5,0.75,-0.125,0.5],
            "bias":["-5/7",-4,-0.25]},
            {"columns":3,"rowStart":[0,2,3,4],"column":[1,2,2,2],"value":[72916622,-267871250.75,-2,0.625],
            "bias":[-7,0,-0.125]},
            {"columns":3,"rowStart":[0,1],"column":[0],"value":[0.5625],"bias":[0]}]}
            """);
        var region = Region.Parse("[-5/4,-27/28]x[1/2,1] or [0,3/5]x[4/5,9/5] or [-1,-2/7]x[1/2,7/6]");
        var result =
            Certifier.LpNorm(CertifyRequest.Of(network, Expr.Parse("exp(-5)"), region).WithRelativeGap(1e-3), p);
        Assert.True(result.Complete, result.Why);
        var area = Certifier.Volume(region).Bounds;
        double expected = Math.Exp(-5) * Math.Pow(area.Sup, 1.0 / p);
        Assert.InRange(expected, result.Bounds.Inf * 0.999, result.Bounds.Sup * 1.001);
    }

    [Fact]
    public void Overflow_gives_no_bound_rather_than_a_wrong_one()
    {
        var huge = BigRational.PowerOfTwo(1000);
        var network = new ReluNetwork(
            [Affine.FromExactRows([[huge]], [0]), Affine.FromExactRows([[huge]], [0]),
                Affine.FromExactRows([[1]], [0])]);
        var sup = Certifier.Sup(CertifyRequest.Of(network, Expr.Zero, Region.Of(Box.Unit(1))).WithBoxBudget(50));
        Assert.True(double.IsPositiveInfinity(sup.Bounds.Sup));
        Assert.False(sup.Complete);
    }

    [Fact]
    public void Weights_that_are_no_binary64_numbers_are_covered()
    {
        var third = new BigRational(1, 3);
        var network = new ReluNetwork(
            [Affine.FromExactRows([[third], [third]], [0, -third / 2]), Affine.FromExactRows([[3, -third]], [third])]);
        var request = CertifyRequest.Of(network, Expr.Parse("x"), Region.Of(Box.Unit(1)));
        var max = Certifier.Max(request);
        Assert.True(max.Value.Contains(third), max.Value.ToString()); // e = 1/3 − ρ(x − 1/2)/9
        Assert.True(Certifier.Min(request).Value.Contains(third - new BigRational(1, 18)));
    }

    [Fact]
    public void A_supremum_at_a_kink_off_the_grid_is_enclosed()
    {
        // The tent of height 1 over 1/3, minus 0: sup 1 at x = 1/3.
        var third = new BigRational(1, 3);
        var network = new ReluNetwork(
            [Affine.FromExactRows([[1], [1]], [0, -third]), Affine.FromExactRows([[3, new(-9, 2)]], [0])]);
        var sup = Certifier.Max(CertifyRequest.Of(network, Expr.Zero, Region.Of(Box.Unit(1))).WithRelativeGap(1e-6));
        Assert.True(sup.Complete);
        AssertInside(1, sup, "the peak");
        Assert.True(sup.Bounds.Width < 2e-6);
    }

    [Fact]
    public void Rational_corners_are_neither_cut_off_nor_stepped_over()
    {
        var box = new Box([new BigRational(1, 3)], [new BigRational(2, 3)]);
        var sup = Certifier.Max(CertifyRequest.OfFormula(Expr.Parse("x"), Region.Of(box)));
        AssertInside(new(2, 3), sup, "the right end");
        Assert.Equal(new BigRational(2, 3), sup.Witness!.Value);
        var volume = Certifier.Volume(Region.Of(box));
        AssertInside(new(1, 3), volume, "the length");
    }

    [Fact]
    public void An_undefined_formula_has_no_bound()
    {
        var log =
            Certifier.Sup(CertifyRequest.OfFormula(Expr.Parse("log(x)"), Region.Of(Box.Unit(1))).WithBoxBudget(300));
        Assert.True(double.IsPositiveInfinity(log.Bounds.Sup));
    }

    [Fact]
    public void Overlapping_boxes_count_once()
    {
        var region = Region.Parse("[0,1]^2 or [1/2,3/2]x[0,1] or [0,1]^2");
        var volume = Certifier.Volume(region);
        Assert.True(volume.Value.Contains(new(3, 2)) && volume.Bounds.Width < 1e-12, volume.Bounds.ToString());
    }

    private static void CheckPoints(
        Random random, ReluNetwork network, Expr target, Box box, CertifyResult sup, CertifyResult max,
        CertifyResult min, string name)
    {
        for (int k = 0; k < PointsEach; k++)
        {
            BigRational[] x = [.. Enumerable.Range(0, box.Dimension).Select(j =>
                box.Lower[j] + ((box.Upper[j] - box.Lower[j]) * Part(random, k)))];
            var e = ExactError(network, target, x);
            Assert.False(max.Value.Upper < e, $"{name}: e({string.Join(", ", x)}) = {e} is above {max.Value}");
            Assert.False(min.Value.Lower > e, $"{name}: e({string.Join(", ", x)}) = {e} is below {min.Value}");
            AssertInside(BigRational.Abs(e), sup, $"{name}: |e({string.Join(", ", x)})|");
        }

        Assert.False(sup.Value.Upper < BigRational.Max(max.Value.Lower ?? 0, -(min.Value.Upper ?? 0)), name);
        if (sup.Witness is { } witness)
        {
            Assert.True(
                Enumerable.Range(0, box.Dimension)
                    .All(j => box.Lower[j] <= witness.Point[j] && witness.Point[j] <= box.Upper[j]));
            Assert.Equal(ExactError(network, target, [.. witness.Point]), witness.Value);
        }
    }

    // Ends, dyadic parts and others, in turn.
    private static BigRational Part(Random random, int k) => (k % 4) switch
    {
        0 => random.Next(2),
        1 => new BigRational(random.Next(17), 16),
        2 => new BigRational(random.Next(97), 96),
        _ => new BigRational(random.Next(100_003), 100_002),
    };

    private static void AssertInside(BigRational value, CertifyResult result, string name) =>
        Assert.False(result.Value.Upper < value, $"{name} = {value} is above {result.Value}");

    private static BigRational ExactError(ReluNetwork network, Expr target, BigRational[] x)
    {
        var values = Inputs.Names(x.Length).Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        return network.Evaluate((IReadOnlyList<BigRational>)x)[0] - target.Evaluate(values);
    }

    private static Expr TargetIn(string text, int d)
    {
        var names = Inputs.Names(d);
        return Expr.Parse(text).Substitute(new Dictionary<string, Expr>(StringComparer.Ordinal)
        {
            ["x1"] = Expr.Variable(names[0]),
            ["x2"] = Expr.Variable(names[^1]),
        });
    }

    private static Box RandomBox(Random random, int d)
    {
        BigRational[] lower =
            [.. Enumerable.Range(0, d).Select(_ => new BigRational(random.Next(-6, 3), random.Next(1, 7)))];
        return new Box([.. lower], [.. lower.Select(a => a + new BigRational(random.Next(0, 9), random.Next(1, 7)))]);
    }

    // Small integers over powers of two, so that kinks lie on grids; or thirds, which are no binary64 numbers.
    private static ReluNetwork RandomNetwork(Random random, int d, bool thirds)
    {
        int depth = random.Next(2, 6), width = d;
        var layers = ImmutableArray.CreateBuilder<Affine>();
        for (int l = 0; l < depth; l++)
        {
            int rows = l == depth - 1 ? 1 : random.Next(4, 14);
            BigRational Entry() =>
                random.Next(3) == 0 ? 0 : new BigRational(random.Next(-8, 9), thirds ? 3 : 1 << random.Next(4));
            BigRational[][] weights =
                [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, width).Select(_ => Entry()).ToArray())];
            if (l > 0 && rows > 2)
            {
                weights[1] = [.. weights[0].Select(w => -2 * w)]; // a kink that two units share
            }

            layers.Add(
                Affine.FromExactRows(
                    [.. weights.Select(r => (IReadOnlyList<BigRational>)r)],
                    [.. Enumerable.Range(0, rows).Select(_ => Entry())]));
            width = rows;
        }

        return new ReluNetwork(layers.ToImmutable());
    }
}
