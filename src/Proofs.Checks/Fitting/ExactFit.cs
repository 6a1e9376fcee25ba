using System.Collections.Immutable;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Fitting;

/// <summary>Fits of a few points over the rationals, with nothing left between them and the optimum.</summary>
/// <remarks>Source: math/04, section 1.</remarks>
public static class ExactFit
{
    private const int MostPoints = 7;

    /// <summary>
    /// The support vector regression of at most seven points, which fulfils the KKT conditions exactly.
    /// </summary>
    /// <param name="kernel">A kernel with rational values.</param>
    /// <param name="points">The points.</param>
    /// <param name="values">Their values.</param>
    /// <param name="cost">C > 0.</param>
    /// <param name="tube">ε ≥ 0.</param>
    /// <remarks>
    /// Guarantee: exact. Each coefficient is 0, at ±C or free; the first of the 5^n states whose linear system is
    /// regular and whose solution fulfils the conditions is taken. Cost: 5^n linear systems.
    /// </remarks>
    /// <exception cref="ArgumentException">There are more points, or no state fulfils the conditions.</exception>
    public static KernelModel SupportVectors(
        MotifKernel.Additive kernel, IReadOnlyList<ImmutableArray<BigRational>> points,
        IReadOnlyList<BigRational> values, BigRational cost, BigRational tube)
    {
        int n = points.Count;
        if (n is 0 or > MostPoints || values.Count != n)
        {
            throw new ArgumentException(
                $"{n} points with {values.Count} values; expected 1 to {MostPoints}, as many as values.");
        }

        var gram = Gram(kernel, points);
        int states = 1;
        for (int i = 0; i < n; i++)
        {
            states *= 5;
        }

        for (int code = 0; code < states; code++)
        {
            int[] state = new int[n]; // 0: a = 0, ±1: free with residual ±ε, ±2: a = ±C
            for (int i = 0, rest = code; i < n; i++, rest /= 5)
            {
                state[i] = (rest % 5) - 2;
            }

            if (Solve(gram, values, state, cost, tube) is var (a, b) && a is not null
                && Fulfils(gram, values, state, a, b, cost, tube))
            {
                return new(kernel, points, a, b);
            }
        }

        throw new ArgumentException("No state with a regular system fulfils the conditions.");
    }

    /// <summary>The kernel ridge regression (K + λI) a = y, without an offset.</summary>
    /// <remarks>Guarantee: exact. Cost: n³ rational operations.</remarks>
    /// <exception cref="ArgumentException">The system is singular.</exception>
    public static KernelModel Ridge(
        MotifKernel.Additive kernel, IReadOnlyList<ImmutableArray<BigRational>> points,
        IReadOnlyList<BigRational> values, BigRational ridge)
    {
        var gram = Gram(kernel, points);
        for (int i = 0; i < points.Count; i++)
        {
            gram[i, i] += ridge;
        }

        return new(
            kernel, points,
            Eliminate(gram, [.. values]) ?? throw new ArgumentException("K + λI is singular; expected λ > 0."), 0);
    }

    private static BigRational[,] Gram(
        MotifKernel.Additive kernel, IReadOnlyList<ImmutableArray<BigRational>> points)
    {
        int n = points.Count;
        var gram = new BigRational[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                gram[i, k] = points[i].Zip(points[k], kernel.Exact)
                    .Aggregate(BigRational.Zero, (sum, v) => sum + v);
            }
        }

        return gram;
    }

    // Unknown are the free coefficients and b; without free ones b is an end of the interval that the residuals leave.
    private static (BigRational[]? A, BigRational B) Solve(
        BigRational[,] gram, IReadOnlyList<BigRational> y, int[] state, BigRational cost, BigRational tube)
    {
        int n = state.Length;
        int[] free = [.. Enumerable.Range(0, n).Where(i => Math.Abs(state[i]) == 1)];
        BigRational[] a = [.. state.Select(s => Math.Abs(s) == 2 ? s / 2 * cost : BigRational.Zero)];
        BigRational Fixed(int i) => Enumerable.Range(0, n)
            .Aggregate(BigRational.Zero, (sum, k) => a[k].IsZero ? sum : sum + (gram[i, k] * a[k]));
        if (free.Length == 0)
        {
            var least = Enumerable.Range(0, n).Where(i => state[i] <= 0)
                .Select(i => y[i] - Fixed(i) + (state[i] == 0 ? -tube : tube)).ToList();
            var most = Enumerable.Range(0, n).Where(i => state[i] >= 0)
                .Select(i => y[i] - Fixed(i) + (state[i] == 0 ? tube : -tube)).ToList();
            return (a, least.Count > 0 ? least.Max() : most.Min());
        }

        int size = free.Length + 1;
        var system = new BigRational[size, size];
        var right = new BigRational[size];
        for (int r = 0; r < free.Length; r++)
        {
            int i = free[r];
            for (int c = 0; c < free.Length; c++)
            {
                system[r, c] = gram[i, free[c]];
            }

            (system[r, size - 1], system[size - 1, r]) = (BigRational.One, BigRational.One);
            right[r] = y[i] - Fixed(i) - (state[i] * tube);
        }

        right[size - 1] = -a.Aggregate(BigRational.Zero, (sum, v) => sum + v);
        if (Eliminate(system, right) is not { } solution)
        {
            return (null, 0);
        }

        for (int r = 0; r < free.Length; r++)
        {
            a[free[r]] = solution[r];
        }

        return (a, solution[^1]);
    }

    private static bool Fulfils(
        BigRational[,] gram, IReadOnlyList<BigRational> y, int[] state, BigRational[] a, BigRational b,
        BigRational cost, BigRational tube)
    {
        if (!a.Aggregate(BigRational.Zero, (sum, v) => sum + v).IsZero)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            var r = y[i] - b;
            for (int k = 0; k < a.Length; k++)
            {
                r -= gram[i, k] * a[k];
            }

            bool holds = state[i] switch
            {
                0 => BigRational.Abs(r) <= tube,
                1 => a[i].Sign > 0 && a[i] < cost && r == tube,
                -1 => a[i].Sign < 0 && -a[i] < cost && r == -tube,
                2 => r >= tube,
                _ => r <= -tube,
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    // Gauss–Jordan with the first pivot that is not 0; null for a singular system.
    private static BigRational[]? Eliminate(BigRational[,] system, BigRational[] right)
    {
        int n = right.Length;
        for (int c = 0; c < n; c++)
        {
            int pivot = Enumerable.Range(c, n - c).FirstOrDefault(r => !system[r, c].IsZero, -1);
            if (pivot < 0)
            {
                return null;
            }

            for (int k = 0; k < n; k++)
            {
                (system[c, k], system[pivot, k]) = (system[pivot, k], system[c, k]);
            }

            (right[c], right[pivot]) = (right[pivot], right[c]);
            for (int r = 0; r < n; r++)
            {
                if (r == c || system[r, c].IsZero)
                {
                    continue;
                }

                var factor = system[r, c] / system[c, c];
                for (int k = c; k < n; k++)
                {
                    system[r, k] -= factor * system[c, k];
                }

                right[r] -= factor * right[c];
            }
        }

        return [.. right.Select((v, i) => v / system[i, i])];
    }
}
