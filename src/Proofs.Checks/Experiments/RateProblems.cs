namespace Proofs.Checks.Experiments;

/// <summary>The regression problems of classes that are not balls of Hölder functions on a set.</summary>
public static class RateProblems
{
    /// <summary>
    /// Uniform X on the square, f = x1 x2/2 + 1 where x2 ≥ 1/4 + x1²/2 and x1 x2/2 elsewhere, σ = 1/4: smooth pieces
    /// that jump by 1 at a curve that no axis is parallel to.
    /// </summary>
    /// <remarks>
    /// Source: math/01, section 5.3 and 6, at α = β = D = 2: the network's exponent is
    /// min(2β/(2β + D), α/(α + D − 1)) = 2/3, which is <see cref="RegressionProblem.Exponent"/>; no linear estimator is
    /// better than α/(2α + D − 1) = 2/5 on the class, and isotropic ones have 1/(D + 1) = 1/3 at this function.
    /// </remarks>
    public static RegressionProblem Hypersurface() => RegressionProblem.OfFunction(
        PointLaw.Cube(2),
        "x1*x2/2 + [x2 >= 1/4 + x1^2/2]",
        x => (x[0] * x[1] / 2) + (x[1] >= 0.25 + (x[0] * x[0] / 2) ? 1 : 0),
        beta: 2,
        magnitude: 1.5,
        noise: 0.25);

    /// <summary>
    /// Uniform X on the cube, f = 4 times the mean of |x_i − x_j| over the pairs, σ = 1/2: it does not depend on the
    /// order of coordinates, and β = 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are less than two coordinates.</exception>
    public static RegressionProblem MeanDifference(int coordinates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(coordinates, 2);
        return RegressionProblem.OfFunction(
            PointLaw.Cube(coordinates),
            "4 mean_(i<j) |x_i - x_j|",
            x =>
            {
                double[] sorted = [.. x];
                Array.Sort(sorted); // the same value, to the last bit, for every order
                double sum = 0;
                for (int i = 0; i < sorted.Length; i++)
                {
                    sum += ((2 * i) - sorted.Length + 1) * sorted[i];
                }

                return 8 * sum / (sorted.Length * (sorted.Length - 1));
            },
            beta: 1,
            magnitude: 4,
            noise: 0.5);
    }
}
