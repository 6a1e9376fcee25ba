namespace Proofs.Checks.Dimension;

// Quantiles of the chi-squared law with many degrees of freedom.
internal static class ChiSquared
{
    /// <summary>x with P(χ²_degrees ≤ x) = p, to about 1e-12 of itself.</summary>
    public static double Quantile(double degrees, double p)
    {
        // Wilson and Hilferty's cube, then Newton's method on the distribution function
        double a = degrees / 2, h = 2 / (9 * degrees),
            t = 1 - h + (MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, p) * Math.Sqrt(h));
        double x = Math.Max(t * t * t * a, 1e-8);
        for (int i = 0; i < 50; i++)
        {
            double density = Math.Exp(((a - 1) * Math.Log(x)) - x - MathNet.Numerics.SpecialFunctions.GammaLn(a));
            double step = (MathNet.Numerics.SpecialFunctions.GammaLowerRegularized(a, x) - p) / density;
            x = Math.Max(x - step, x / 2);
            if (Math.Abs(step) <= 1e-13 * x)
            {
                break;
            }
        }

        return 2 * x;
    }
}
