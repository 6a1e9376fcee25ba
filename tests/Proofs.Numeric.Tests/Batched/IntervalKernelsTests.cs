using Proofs.Kernel.Numbers;
using Proofs.Numeric.Batched;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Batched;

public class IntervalKernelsTests
{
    private delegate void Kernel(
        ReadOnlySpan<double> aInf, ReadOnlySpan<double> aSup, ReadOnlySpan<double> bInf, ReadOnlySpan<double> bSup,
        Span<double> inf, Span<double> sup);

    private static readonly Dictionary<string,
        (Kernel Batched, Func<Interval, Interval, Interval> Scalar)> Kernels = new()
        {
            ["add"] = (IntervalKernels.Add, (a, b) => a + b),
            ["subtract"] = (IntervalKernels.Subtract, (a, b) => a - b),
            ["multiply"] = (IntervalKernels.Multiply, (a, b) => a * b),
            ["divide"] = (IntervalKernels.Divide, (a, b) => a / b),
        };

    // Mostly bounded intervals; now and then an unbounded or empty one, which sends a group of eight the slow way.
    private static readonly Gen<Interval> Any = Gen.Frequency(
        (20, Doubles.AnyInterval),
        (20, from a in Doubles.Moderate
             from b in Doubles.Moderate
             select Interval.Between(
            Math.Min(a, b), Math.Max(a, b))),
        (1, Gen.Elements(
            Interval.Empty, Interval.Entire, Interval.Between(0, double.PositiveInfinity), Interval.Zero)));

    public static TheoryData<string> Names => new(Kernels.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batched_operation_is_the_scalar_one_lane_by_lane(string name)
    {
        var (batched, scalar) = Kernels[name];
        Prop.ForAll(Any.ArrayOf(37).ToArbitrary(), Any.ArrayOf(37).ToArbitrary(), (a, b) =>
        {
            double[] inf = new double[37], sup = new double[37];
            batched(Inf(a), Sup(a), Inf(b), Sup(b), inf, sup);
            return Enumerable.Range(0, 37).All(i =>
                scalar(a[i], b[i]) == (double.IsNaN(inf[i]) ? Interval.Empty : Interval.Between(inf[i], sup[i])))
                .Label(name);
        }).Holds(300);
    }

    [Fact]
    public void A_batched_fused_product_is_the_scalar_one_lane_by_lane() =>
        Prop.ForAll(
            Any.ArrayOf(21).ToArbitrary(), Any.ArrayOf(21).ToArbitrary(), Any.ArrayOf(21).ToArbitrary(), (a, b, c) =>
        {
            double[] inf = new double[21], sup = new double[21];
            IntervalKernels.Fma(Inf(a), Sup(a), Inf(b), Sup(b), Inf(c), Sup(c), inf, sup);
            return Enumerable.Range(0, 21).All(i => Interval.Fma(a[i], b[i], c[i])
                == (double.IsNaN(inf[i]) ? Interval.Empty : Interval.Between(inf[i], sup[i])));
        }).Holds(300);

    [Fact]
    public void An_inner_product_contains_the_exact_one() =>
        Prop.ForAll(
            Doubles.AnyMember.ArrayOf(19).ToArbitrary(),
            Doubles.Of(Doubles.Moderate.Select(Interval.Point)).ArrayOf(19).ToArbitrary(),
            (a, b) =>
            {
                Interval[] x = [.. a.Select(m => m.Set)], y = [.. b.Select(m => m.Set)];
                var exact = a.Zip(b).Aggregate(BigRational.Zero, (s, p) => s + (p.First.Point * p.Second.Point));
                return IntervalKernels.Dot(Inf(x), Sup(x), Inf(y), Sup(y)).Contains(exact);
            }).Holds(300);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_affine_layer_contains_its_exact_image_on_every_box_of_the_batch(bool relu)
    {
        const int Rows = 11, Columns = 13;
        var random = new Random(5);
        for (int trial = 0; trial < (Check.Full ? 2000 : 20); trial++)
        {
            double[] weights = Numbers(Rows * Columns), bias = Numbers(Rows), x = new double[16 * Columns],
                y = new double[16 * Rows];
            var points = new BigRational[8][];
            for (int box = 0; box < 8; box++)
            {
                points[box] = new BigRational[Columns];
                for (int j = 0; j < Columns; j++)
                {
                    double a = Number(), b = random.Next(3) == 0 ? a : Number();
                    (x[(16 * j) + box], x[(16 * j) + 8 + box]) = (Math.Min(a, b), Math.Max(a, b));
                    points[box][j] = BigRational.Exact(random.Next(2) == 0 ? a : b);
                }
            }

            IntervalKernels.AffineBatch(Rows, Columns, weights, bias, x, y, relu);
            double[] inf = new double[Rows], sup = new double[Rows];
            IntervalKernels.MatrixVector(
                Rows, Columns, weights, bias, Box(x, 3, 0), Box(x, 3, 8), inf, sup);
            for (int r = 0; r < Rows; r++)
            {
                for (int box = 0; box < 8; box++)
                {
                    var exact = BigRational.Exact(bias[r]);
                    for (int j = 0; j < Columns; j++)
                    {
                        exact += BigRational.Exact(weights[(r * Columns) + j]) * points[box][j];
                    }

                    Assert.True(box != 3 || Interval.Between(inf[r], sup[r]).Contains(exact));
                    exact = relu ? BigRational.Max(exact, 0) : exact;
                    var set = Interval.Between(y[(16 * r) + box], y[(16 * r) + 8 + box]);
                    Assert.True(set.Contains(exact), $"row {r}, box {box}: {exact} lies outside {set}");
                }
            }
        }

        static double[] Box(double[] x, int box, int offset) =>
            [.. Enumerable.Range(0, Columns).Select(j => x[(16 * j) + offset + box])];

        double[] Numbers(int n) => [.. Enumerable.Range(0, n).Select(_ => Number())];

        double Number() => random.Next(8) == 0 ? 0 : (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-30, 30));
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_lengths_that_do_not_fit_are_refused()
    {
        double[] y = new double[16];
        Assert.Throws<ArgumentException>(() =>
            IntervalKernels.AffineBatch(1, 1, [double.NaN], [0], new double[16], y, true));
        Assert.Throws<ArgumentException>(() =>
            IntervalKernels.AffineBatch(1, 1, [1], [double.PositiveInfinity], new double[16], y, true));
        Assert.Throws<ArgumentException>(() => IntervalKernels.AffineBatch(1, 1, [1, 2], [0], new double[16], y, true));
        Assert.Throws<ArgumentException>(() =>
            IntervalKernels.MatrixVector(1, 1, [1], [0], [double.NaN], [1], [0], [0]));
        Assert.Throws<ArgumentException>(() => IntervalKernels.Add([1], [1], [1], [1, 2], [0], [0]));
    }

    private static double[] Inf(Interval[] x) => [.. x.Select(i => i.Inf)];

    private static double[] Sup(Interval[] x) => [.. x.Select(i => i.Sup)];
}
