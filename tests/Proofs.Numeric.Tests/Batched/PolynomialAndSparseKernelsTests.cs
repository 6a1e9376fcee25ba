using Proofs.Kernel.Numbers;
using Proofs.Numeric.Batched;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Lanes;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Batched;

public class PolynomialAndSparseKernelsTests
{
    [Fact]
    public void A_batched_polynomial_is_the_scalar_scheme_lane_by_lane_and_contains_the_values() =>
        Prop.ForAll(
            Doubles.AnyMember.ArrayOf(21).ToArbitrary(),
            Gen.Choose(0, 9)
                .SelectMany(n => Gen.OneOf(Doubles.Moderate, Doubles.Moderate, Doubles.AnyFinite).ArrayOf(n))
                .ToArbitrary(),
            (members, coefficients) =>
            {
                Interval[] a = [.. members.Select(m => m.Set)];
                (a[3], a[11], a[12]) = (Interval.Empty, Interval.Entire, Interval.Between(0, double.PositiveInfinity));
                double[] inf = [.. a.Select(x => x.Inf)], sup = [.. a.Select(x => x.Sup)], low = new double[21],
                    high = new double[21];
                IntervalKernels.Polynomial(coefficients, inf, sup, low, high);
                double[] padded = coefficients is [] ? [0] : coefficients;
                double[][] software = [[.. inf, .. sup], [.. inf, .. sup], [.. inf, .. sup]];
                int four = SoftwareKernels<FourLanes>.Polynomial(
                    padded, inf, sup, software[0].AsSpan(0, 21), software[0].AsSpan(21));
                int two = SoftwareKernels<TwoLanes>.Polynomial(
                    padded, inf, sup, software[1].AsSpan(0, 21), software[1].AsSpan(21));
                int one = SoftwareKernels<OneLane>.Polynomial(
                    padded, inf, sup, software[2].AsSpan(0, 21), software[2].AsSpan(21));
                return Enumerable.Range(0, 21).All(i =>
                {
                    var set = Read(low[i], high[i]);
                    var exact = coefficients.Reverse()
                        .Aggregate(BigRational.Zero, (s, c) => (s * members[i].Point) + BigRational.Exact(c));
                    return set == IntervalKernels.Horner(padded, a[i])
                        && (i >= four || Read(software[0][i], software[0][21 + i]) == set)
                        && (i >= two || Read(software[1][i], software[1][21 + i]) == set)
                        && (i >= one || Read(software[2][i], software[2][21 + i]) == set)
                        && (i is 3 or 11 or 12 || set.Contains(exact));
                });
            }).Holds(300);

    // Columns that are 0 in every box, a few or nearly all, change nothing but the time.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(1)]
    public void Zero_activations_and_zero_weights_are_skipped_without_a_trace(double zeros)
    {
        const int Rows = 19, Columns = 41;
        var random = new Random(53);
        for (int trial = 0; trial < (Check.Full ? 500 : 10); trial++)
        {
            double[] weights = [
                .. Enumerable.Range(0, Rows * Columns)
                .Select(_ => random.NextDouble() < zeros ? 0 : random.NextDouble() - 0.5)];
            double[] bias = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() - 0.5)];
            double[] x = new double[16 * Columns];
            for (int j = 0; j < Columns; j++)
            {
                for (int box = 0; box < 8 && random.NextDouble() >= zeros; box++)
                {
                    x[(16 * j) + box] = random.NextDouble() - 0.5;
                    x[(16 * j) + 8 + box] = x[(16 * j) + box] + (random.Next(2) * random.NextDouble());
                }
            }

            double[] y = new double[16 * Rows], sparse = new double[16 * Rows];
            IntervalKernels.AffineBatch(Rows, Columns, weights, bias, x, y, relu: true);
            var (starts, columns, values) = Compress(Rows, Columns, weights);
            IntervalKernels.SparseAffineBatch(Columns, starts, columns, values, bias, x, sparse, relu: true);
            Assert.Equal(y, sparse);

            double[] inf = [.. Enumerable.Range(0, Columns).Select(j => x[16 * j])],
                sup = [.. Enumerable.Range(0, Columns).Select(j => x[(16 * j) + 8])];
            double[] low = new double[Rows], high = new double[Rows], sparseLow = new double[Rows],
                sparseHigh = new double[Rows];
            IntervalKernels.MatrixVector(Rows, Columns, weights, bias, inf, sup, low, high);
            IntervalKernels.SparseMatrixVector(starts, columns, values, bias, inf, sup, sparseLow, sparseHigh);
            for (int r = 0; r < Rows; r++)
            {
                var (exactLow, exactHigh) = (BigRational.Exact(bias[r]), BigRational.Exact(bias[r]));
                var (rowLow, rowHigh) = (bias[r], bias[r]);
                for (int j = 0; j < Columns; j++)
                {
                    double w = weights[(r * Columns) + j];
                    exactLow += BigRational.Exact(w) * BigRational.Exact(w < 0 ? sup[j] : inf[j]);
                    exactHigh += BigRational.Exact(w) * BigRational.Exact(w < 0 ? inf[j] : sup[j]);
                    rowLow = DirectedRounding.FusedMultiplyAddDown(w, w < 0 ? sup[j] : inf[j], rowLow);
                    rowHigh = DirectedRounding.FusedMultiplyAddUp(w, w < 0 ? inf[j] : sup[j], rowHigh);
                }

                Assert.True(BigRational.Exact(low[r]) <= exactLow && exactHigh <= BigRational.Exact(high[r]));
                Assert.Equal((rowLow, rowHigh), (sparseLow[r], sparseHigh[r]));
                Assert.Equal((Math.Max(0, rowLow), Math.Max(0, rowHigh)), (y[16 * r], y[(16 * r) + 8]));
            }
        }
    }

    [Fact]
    public void Sparse_maps_that_do_not_fit_are_refused()
    {
        double[] y = new double[16];
        Assert.Throws<ArgumentException>(() =>
            IntervalKernels.SparseAffineBatch(1, [0, 1], [1], [1], [0], new double[16], y, true));
        Assert.Throws<ArgumentException>(() =>
            IntervalKernels.SparseAffineBatch(1, [0, 2], [0], [1], [0], new double[16], y, true));
        Assert.Throws<ArgumentException>(() =>
            IntervalKernels.SparseAffineBatch(1, [0, 1], [-1], [1], [0], new double[16], y, true));
        Assert.Throws<ArgumentException>(() =>
            IntervalKernels.SparseAffineBatch(1, [0, 1], [0], [double.NaN], [0], new double[16], y, true));
        Assert.Throws<ArgumentException>(() =>
            IntervalKernels.SparseMatrixVector([0, 1, 0], [0], [1], [0, 0], [1], [1], [0, 0], [0, 0]));
        Assert.Throws<ArgumentException>(() => IntervalKernels.Polynomial([double.NaN], [1], [1], [0], [0]));
    }

    private static (int[] Starts, int[] Columns, double[] Values) Compress(int rows, int columns, double[] weights)
    {
        List<int> starts = [0], at = [];
        List<double> values = [];
        for (int i = 0; i < rows * columns; i++)
        {
            if (weights[i] != 0)
            {
                at.Add(i % columns);
                values.Add(weights[i]);
            }

            if (i % columns == columns - 1)
            {
                starts.Add(at.Count);
            }
        }

        return ([.. starts], [.. at], [.. values]);
    }

    private static Interval Read(double inf, double sup) => double.IsNaN(inf) ? Interval.Empty : Interval.Raw(inf, sup);
}
