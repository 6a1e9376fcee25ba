using Proofs.Kernel.Certificates;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving;

/// <summary>
/// Symmetric matrices with prescribed weighted sums of entries and a least eigenvalue as large as possible, in
/// binary64.
/// </summary>
/// <remarks>
/// A barrier method: Newton steps on −τ s − log det (Q − s I) over the matrices that satisfy the sums, for growing τ.
/// Its results only guide; what is claimed is computed exactly from them.
/// </remarks>
internal sealed class GramSolver
{
    private readonly int[] _sizes;
    private readonly List<(int Block, int I, int J, double Value)[]> _directions = [];
    private readonly WorkBudget _work;

    /// <summary>An entry of a block, on or above its diagonal.</summary>
    public readonly record struct Entry(int Block, int I, int J)
    {
        public int Weight => I == J ? 1 : 2;
    }

    /// <summary>
    /// Matrices of the given sizes whose weighted sums over each group of entries are the given values.
    /// </summary>
    public GramSolver(int[] sizes, IReadOnlyList<(Entry[] Entries, double Sum)> groups, WorkBudget work)
    {
        (_sizes, _work) = (sizes, work);
        Blocks = [.. sizes.Select(n => new double[n, n])];
        foreach (var (entries, sum) in groups)
        {
            double weight = entries.Sum(e => e.Weight);
            foreach (var e in entries)
            {
                Blocks[e.Block][e.I, e.J] = Blocks[e.Block][e.J, e.I] = sum / weight;
            }

            foreach (var e in entries.Skip(1))
            {
                var first = entries[0];
                _directions.Add(
                    [(first.Block, first.I, first.J, 1.0 / first.Weight), (e.Block, e.I, e.J, -1.0 / e.Weight)]);
            }
        }
    }

    /// <summary>How many numbers are free.</summary>
    public int Freedom => _directions.Count;

    /// <summary>The matrices found.</summary>
    public double[][,] Blocks { get; }

    /// <summary>Pushes the least eigenvalue up; false where rounding stops it early.</summary>
    public bool Solve()
    {
        double scale = 1 + Blocks.Max(b => b.Cast<double>().Max(Math.Abs));
        double s = -2 * scale * _sizes.Max();
        int rows = _sizes.Sum();
        for (double tau = 1 / scale; tau < 1e10 / scale; tau *= 4)
        {
            for (int step = 0; step < 12; step++)
            {
                long d = _directions.Count + 1;
                _work.Spend((d * d) + (d * d * d / 24));
                if (Step(ref s, tau) is not { } decrement)
                {
                    return tau > 1e5 * rows / scale;
                }

                if (decrement < 0.1)
                {
                    break;
                }
            }
        }

        return true;
    }

    // One damped Newton step, which stays inside the cone; null where the matrices are numerically singular.
    private double? Step(ref double s, double tau)
    {
        var inverses = new double[_sizes.Length][,];
        for (int b = 0; b < _sizes.Length; b++)
        {
            if (Inverse(b, s) is not { } inverse)
            {
                return null;
            }

            inverses[b] = inverse;
        }

        // The last unknown is s, whose direction is −I.
        int d = _directions.Count;
        var hessian = new double[d + 1, d + 2];
        for (int i = 0; i < d; i++)
        {
            foreach (var (block, p, q, value) in _directions[i])
            {
                var m = inverses[block];
                hessian[i, d + 1] += value * (p == q ? 1 : 2) * m[p, q];
                double square = 0;
                for (int k = 0; k < _sizes[block]; k++)
                {
                    square += m[p, k] * m[k, q];
                }

                hessian[i, d] -= value * (p == q ? 1 : 2) * square;
            }

            hessian[d, i] = hessian[i, d];
            for (int j = i; j < d; j++)
            {
                double sum = 0;
                foreach (var (block, p, q, value) in _directions[i])
                {
                    foreach (var (other, u, v, weight) in _directions[j])
                    {
                        if (other == block)
                        {
                            var m = inverses[block];
                            double both = m[p, u] * m[q, v];
                            both += p == q || u == v ? 0 : m[p, v] * m[q, u];
                            sum += value * weight * both * (p == q && u == v ? 1 : 2);
                        }
                    }
                }

                hessian[i, j] = hessian[j, i] = sum;
            }
        }

        for (int b = 0; b < _sizes.Length; b++)
        {
            for (int i = 0; i < _sizes[b]; i++)
            {
                hessian[d, d + 1] -= inverses[b][i, i];
                for (int j = 0; j < _sizes[b]; j++)
                {
                    hessian[d, d] += inverses[b][i, j] * inverses[b][i, j];
                }
            }
        }

        hessian[d, d + 1] += tau;
        var gradient = Enumerable.Range(0, d + 1).Select(i => hessian[i, d + 1]).ToArray();
        if (LinearSolve(hessian) is not { } x)
        {
            return null;
        }

        double squared = gradient.Zip(x).Sum(p => p.First * p.Second);
        if (!(squared >= 0))
        {
            return null;
        }

        double decrement = Math.Sqrt(squared), length = 1 / (1 + decrement);
        for (int i = 0; i < d; i++)
        {
            foreach (var (block, p, q, value) in _directions[i])
            {
                Blocks[block][p, q] += length * x[i] * value;
                Blocks[block][q, p] = Blocks[block][p, q];
            }
        }

        s += length * x[d];
        return decrement;
    }

    // The inverse of Q − s I by Cholesky's factors, or null where that is not positive definite.
    private double[,]? Inverse(int block, double s)
    {
        int n = _sizes[block];
        var l = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = Blocks[block][i, j] - (i == j ? s : 0);
                for (int k = 0; k < j; k++)
                {
                    sum -= l[i, k] * l[j, k];
                }

                if (i == j && !(sum > 0))
                {
                    return null;
                }

                l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
            }
        }

        var inverse = new double[n, n];
        for (int c = 0; c < n; c++)
        {
            var y = new double[n];
            for (int i = 0; i < n; i++)
            {
                double sum = i == c ? 1 : 0;
                for (int k = 0; k < i; k++)
                {
                    sum -= l[i, k] * y[k];
                }

                y[i] = sum / l[i, i];
            }

            for (int i = n - 1; i >= 0; i--)
            {
                double sum = y[i];
                for (int k = i + 1; k < n; k++)
                {
                    sum -= l[k, i] * inverse[k, c];
                }

                inverse[i, c] = sum / l[i, i];
            }
        }

        return inverse;
    }

    // Gauss elimination with row exchanges; the right side is the last column.
    private static double[]? LinearSolve(double[,] a)
    {
        int n = a.GetLength(0);
        for (int c = 0; c < n; c++)
        {
            int pivot = c;
            for (int r = c + 1; r < n; r++)
            {
                pivot = Math.Abs(a[r, c]) > Math.Abs(a[pivot, c]) ? r : pivot;
            }

            if (!(Math.Abs(a[pivot, c]) > 1e-300))
            {
                return null;
            }

            for (int k = c; k <= n; k++)
            {
                (a[c, k], a[pivot, k]) = (a[pivot, k], a[c, k]);
            }

            for (int r = c + 1; r < n; r++)
            {
                double factor = a[r, c] / a[c, c];
                for (int k = c; factor != 0 && k <= n; k++)
                {
                    a[r, k] -= factor * a[c, k];
                }
            }
        }

        var x = new double[n];
        for (int r = n - 1; r >= 0; r--)
        {
            double sum = a[r, n];
            for (int k = r + 1; k < n; k++)
            {
                sum -= a[r, k] * x[k];
            }

            x[r] = sum / a[r, r];
        }

        return x.All(double.IsFinite) ? x : null;
    }
}
