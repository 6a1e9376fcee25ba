using System.Globalization;
using Proofs.Constructions.Motifs;

namespace Proofs.Checks.Fitting;

// The kernel between all points, in binary64 numbers: what the fit computes with, and no bound.
internal sealed class KernelMatrix
{
    private readonly double[] _values;

    public KernelMatrix(FitData data, MotifKernel kernel)
    {
        int n = data.Count;
        long free = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if ((double)n * n * sizeof(double) > Math.Min(free / 3.0, Array.MaxLength * 8.0))
        {
            throw new FitException(string.Create(
                CultureInfo.InvariantCulture,
                $"the kernels between {n} rows take {(double)n * n / (1 << 27):f1} GiB, more than a third of the "
                    + $"{(double)free / (1 << 30):f1} GiB of memory: expected fewer rows, or --motif tree"));
        }

        Count = n;
        _values = new double[(long)n * n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k <= i; k++)
            {
                double value = Estimate(data, kernel, i, k);
                (_values[((long)i * n) + k], _values[((long)k * n) + i]) = (value, value);
            }
        }
    }

    public int Count { get; }

    public double this[int i, int k] => _values[((long)i * Count) + k];

    public ReadOnlySpan<double> Row(int i) => _values.AsSpan(i * Count, Count);

    public static double Estimate(FitData data, MotifKernel kernel, int i, int k) =>
        kernel.Estimate(data.Point(i), data.Point(k));
}
