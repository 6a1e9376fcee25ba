using Proofs.Checks.Dimension;

namespace Proofs.Checks.Experiments;

/// <summary>
/// Measures how far true and empirical risk are apart for the functions of the lower bound of math/03, Theorem G3.
/// </summary>
/// <remarks>
/// One bump Λ · dist(x, boundary) on each cube whose cells all differ, the same on its orbit, with free signs; the
/// supremum of R − R_m over the signs is Σ |P b − P_m b|. Guarantee: estimate, the same for the same seed.
/// </remarks>
public static class GapSimulation
{
    /// <summary>The mean of the supremum over some samples of the given size.</summary>
    /// <param name="points">n; points have one feature.</param>
    /// <param name="cells">N.</param>
    /// <param name="samples">m.</param>
    /// <param name="trials">How many samples of that size are drawn.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static double MeasuredGap(int points, int cells, int samples, int trials, ulong seed)
    {
        var random = new SplitMix64(seed);
        double orbits = 1, share = 1; // binom(N, n) and n!/N^n
        for (int i = 0; i < points; i++)
        {
            orbits *= (cells - i) / (i + 1.0);
            share *= (i + 1.0) / cells;
        }

        double mean = share / (2.0 * cells * (points + 1)), sum = 0;
        for (int t = 0; t < trials; t++)
        {
            var heights = new Dictionary<long, double>();
            for (int k = 0; k < samples; k++)
            {
                int[] cell = new int[points];
                double height = 1;
                for (int i = 0; i < points; i++)
                {
                    double x = random.NextUnit() * cells;
                    cell[i] = (int)x;
                    height = Math.Min(height, Math.Min(x - cell[i], cell[i] + 1 - x));
                }

                Array.Sort(cell);
                long key = 0;
                bool differ = true;
                for (int i = 0; i < points; i++)
                {
                    differ &= i == 0 || cell[i] > cell[i - 1];
                    key = (key * cells) + cell[i];
                }

                if (differ)
                {
                    heights[key] = heights.GetValueOrDefault(key) + (height / cells / samples);
                }
            }

            double gap = (orbits - heights.Count) * mean;
            foreach (double height in heights.Values)
            {
                gap += Math.Abs(mean - height);
            }

            sum += gap / trials;
        }

        return sum;
    }
}
