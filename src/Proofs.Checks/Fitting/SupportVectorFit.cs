using System.Collections.Immutable;
using System.Numerics;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Checks.Fitting;

/// <summary>A fitted kernel model and what is certified about the fit.</summary>
/// <param name="Model">f.</param>
/// <param name="Certificate">An upper bound of sup |(f − b) − (f* − b*)| over the cube, f* the minimiser.</param>
/// <param name="Gap">The duality gap G of a support vector fit, else null.</param>
public sealed record KernelFit(KernelModel Model, double Certificate, Interval? Gap);

/// <summary>ε-insensitive support vector regression: minimise ‖w‖²/2 + C Σ max(|y_i − f(x_i)| − ε, 0).</summary>
/// <remarks>Source: math/04, section 1.</remarks>
public static class SupportVectorFit
{
    private const int CoefficientBits = 36;
    private const int MostRounds = 9;

    /// <summary>Fits by sequential minimal optimisation and certifies the fit.</summary>
    /// <param name="data">The observations.</param>
    /// <param name="kernel">K.</param>
    /// <param name="cost">C > 0.</param>
    /// <param name="tube">ε ≥ 0.</param>
    /// <param name="error">The certificate that the optimisation goes on for, in units of the values.</param>
    /// <remarks>
    /// Guarantee: the optimisation computes in binary64 and counts for nothing; the coefficients are then rounded so
    /// that Σ a = 0 and |a_i| ≤ C hold exactly, and the gap is evaluated by intervals (Lemmas M1 and M2). Whether the
    /// certificate reaches what was asked for is for the caller to look at.
    /// Cost: n² kernel values, and O(n) a step.
    /// </remarks>
    /// <exception cref="FitException">The kernel matrix does not fit into memory, or no coefficient differs from
    /// 0.</exception>
    public static KernelFit Fit(FitData data, MotifKernel kernel, BigRational cost, BigRational tube, double error)
    {
        var matrix = new KernelMatrix(data, kernel);
        double[] y = [.. data.Values];
        double c = Binary64.Nearest(cost), eps = Binary64.Nearest(tube);
        var solver = new SequentialMinimisation(matrix, y, c, eps);
        double tolerance = 1e-3 * (y.Max() - y.Min());
        KernelFit? fit = null;
        for (int round = 0; round < MostRounds; round++, tolerance /= 8)
        {
            double offset = solver.Run(tolerance);
            fit = Certified(data, kernel, solver.Coefficients(), offset, cost, tube);
            if (fit.Certificate <= error)
            {
                break;
            }
        }

        return fit!;
    }

    /// <summary>The duality gap of a model, as the sum of its local terms.</summary>
    /// <param name="data">The observations.</param>
    /// <param name="kernel">K.</param>
    /// <param name="coefficients">The a_i, one for each observation.</param>
    /// <param name="offset">b.</param>
    /// <param name="cost">C.</param>
    /// <param name="tube">ε.</param>
    /// <remarks>Guarantee: an enclosure of G(a, b); its upper end bounds ‖w_a − w*‖².</remarks>
    /// <exception cref="ArgumentException">Σ a ≠ 0 or |a_i| > C: Lemma M1 asks for both, exactly.</exception>
    public static Interval Gap(
        FitData data, MotifKernel kernel, IReadOnlyList<BigRational> coefficients, BigRational offset,
        BigRational cost, BigRational tube)
    {
        if (!coefficients.Aggregate(BigRational.Zero, (s, a) => s + a).IsZero
            || coefficients.Any(a => BigRational.Abs(a) > cost))
        {
            throw new ArgumentException(
                "The coefficients are not feasible; expected the sum 0 and absolute values of at most C.");
        }

        int[] support = [.. Enumerable.Range(0, data.Count).Where(i => !coefficients[i].IsZero)];
        Interval[] a = [.. support.Select(i => Interval.Enclose(coefficients[i]))];
        var (b, c, eps) = (Interval.Enclose(offset), Interval.Enclose(cost), Interval.Enclose(tube));
        var gap = Interval.Zero;
        for (int i = 0; i < data.Count; i++)
        {
            var f = b;
            for (int k = 0; k < support.Length; k++)
            {
                f += a[k] * data.Kernel(kernel, i, support[k]);
            }

            var r = Interval.Point(data.Values[i]) - f;
            var own = Interval.Enclose(coefficients[i]);
            var term = (c * Interval.Max(Interval.Abs(r) - eps, Interval.Zero)) + (eps * Interval.Abs(own)) - (own * r);
            gap += Interval.Max(term, Interval.Zero); // every exact term is at least 0
        }

        return gap;
    }

    private static KernelFit Certified(
        FitData data, MotifKernel kernel, double[] estimate, double offset, BigRational cost, BigRational tube)
    {
        // coefficients are whole multiples of one power of two: the sum is exact, and so is its repair
        var unit = BigRational.PowerOfTwo(
            (int)(cost.Numerator.GetBitLength() - cost.Denominator.GetBitLength()) - CoefficientBits);
        long most = (long)(cost / unit).Floor();
        long[] whole =
        [
            .. estimate.Select(a => (long)BigInteger.Max(
                -most, BigInteger.Min(most, (Binary64.Exact(a) / unit).RoundHalfUp()))),
        ];
        long excess = whole.Sum();
        foreach (int i in Enumerable.Range(0, whole.Length).Where(i => whole[i] != 0)
            .OrderByDescending(i => most - Math.Abs(whole[i])))
        {
            long moved = Math.Clamp(whole[i] - excess, -most, most);
            excess -= whole[i] - moved;
            whole[i] = moved;
            if (excess == 0)
            {
                break;
            }
        }

        if (whole.All(w => w == 0))
        {
            throw new FitException(
                $"no support vectors: a constant fits all rows within the tube ε = {tube.ToDecimalRoundedUp(3)}; "
                    + "expected a smaller --tube");
        }

        BigRational[] a = [.. whole.Select(w => w * unit)];
        var b = Binary64.Exact(offset);
        var gap = Gap(data, kernel, a, b, cost, tube);
        var model = new KernelModel(
            kernel, [.. Enumerable.Range(0, data.Count).Select(data.Exact)], a, b);
        var squared = Interval.Point(gap.Sup) * Interval.Enclose(kernel.DiagonalBound(data.Dimension));
        return new(model, Interval.Sqrt(squared).Sup, gap);
    }
}
