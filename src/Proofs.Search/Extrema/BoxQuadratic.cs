namespace Proofs.Search.Extrema;

// Minimisers of quadratics on boxes, in floating point: they say where to look and bound nothing.
internal static class BoxQuadratic
{
    private const int Sweeps = 4;

    // Near a minimiser of q·d + dᵀKd/2 over low ≤ d ≤ high for a positive definite K: sides are fixed where the free
    // minimiser leaves the box, and the result is polished by coordinates.
    public static double[] Minimiser(double[,] k, double[] q, double[] low, double[] high)
    {
        int m = q.Length, count = m;
        double[] d = new double[m];
        int[] free = [.. Enumerable.Range(0, m)];
        while (count > 0)
        {
            Solve(k, q, d, free, count);
            int kept = 0;
            for (int i = 0; i < count; i++)
            {
                int at = free[i];
                double x = double.IsFinite(d[at]) ? d[at] : 0;
                d[at] = Math.Clamp(x, low[at], high[at]);
                if (x >= low[at] && x <= high[at])
                {
                    free[kept++] = at;
                }
            }

            if (kept == count)
            {
                break;
            }

            count = kept;
        }

        for (int sweep = 0; sweep < Sweeps && count < m; sweep++)
        {
            for (int i = 0; i < m; i++)
            {
                double slope = q[i];
                for (int j = 0; j < m; j++)
                {
                    slope += k[i, j] * d[j];
                }

                d[i] = k[i, i] > 0 ? Math.Clamp(d[i] - (slope / k[i, i]), low[i], high[i]) : d[i];
            }
        }

        return d;
    }

    // The free coordinates of d, the others being as they are: K_FF d_F = −q_F − K_FC d_C, by elimination without
    // pivoting.
    private static void Solve(double[,] k, double[] q, double[] d, int[] free, int count)
    {
        int m = q.Length;
        Span<bool> isFree = stackalloc bool[m];
        for (int i = 0; i < count; i++)
        {
            isFree[free[i]] = true;
        }

        double[,] a = new double[count, count + 1];
        for (int i = 0; i < count; i++)
        {
            double right = -q[free[i]];
            for (int j = 0; j < m; j++)
            {
                right -= isFree[j] ? 0 : k[free[i], j] * d[j];
            }

            for (int j = 0; j < count; j++)
            {
                a[i, j] = k[free[i], free[j]];
            }

            a[i, count] = right;
        }

        for (int p = 0; p < count; p++)
        {
            for (int i = p + 1; i < count; i++)
            {
                double factor = a[i, p] / a[p, p];
                for (int j = p; j <= count; j++)
                {
                    a[i, j] -= factor * a[p, j];
                }
            }
        }

        for (int i = count - 1; i >= 0; i--)
        {
            double sum = a[i, count];
            for (int j = i + 1; j < count; j++)
            {
                sum -= a[i, j] * d[free[j]];
            }

            d[free[i]] = sum / a[i, i];
        }
    }
}

// Eigenvalues of small symmetric matrices, in floating point.
internal static class SymmetricMatrix
{
    private const int Rounds = 12;

    // The least eigenvalue, by Jacobi's rotations.
    public static double LeastEigenvalue(double[,] matrix)
    {
        int m = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        double least = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            double off = 0, size = 0;
            for (int p = 0; p < m; p++)
            {
                size += Math.Abs(a[p, p]);
                for (int q = p + 1; q < m; q++)
                {
                    off += Math.Abs(a[p, q]);
                    Rotate(a, m, p, q);
                }
            }

            if (off <= 1e-10 * size)
            {
                break;
            }
        }

        for (int i = 0; i < m; i++)
        {
            least = Math.Min(least, a[i, i]);
        }

        return least;
    }

    private static void Rotate(double[,] a, int m, int p, int q)
    {
        if (a[p, q] == 0)
        {
            return;
        }

        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = double.IsInfinity(theta * theta)
            ? 0
            : (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        for (int k = 0; k < m; k++)
        {
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        }

        for (int k = 0; k < m; k++)
        {
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
        }
    }
}
