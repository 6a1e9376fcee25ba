using MathNet.Numerics.LinearAlgebra;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Checks.Fitting;

/// <summary>Kernel ridge regression: (K + λI) a = y − b, b near the mean of y.</summary>
/// <remarks>Source: math/04, Lemma M3.</remarks>
public static class RidgeFit
{
    /// <summary>Fits by a Cholesky factorisation and certifies the fit by its residual.</summary>
    /// <param name="data">The observations.</param>
    /// <param name="kernel">K.</param>
    /// <param name="ridge">λ > 0.</param>
    /// <remarks>
    /// Guarantee: the certificate √(sup K) ‖e‖₂/(2√λ), e = y − b − (K + λI)a, is evaluated by intervals.
    /// Cost: n³/3 operations, n² kernel values.
    /// </remarks>
    /// <exception cref="FitException">The kernel matrix does not fit into memory, or is numerically not positive
    /// definite.</exception>
    public static KernelFit Fit(FitData data, MotifKernel kernel, BigRational ridge)
    {
        int n = data.Count;
        var matrix = new KernelMatrix(data, kernel);
        double mean = data.Values.Average(), lambda = Binary64.Nearest(ridge);
        var gram = Matrix<double>.Build.Dense(n, n, (i, k) => matrix[i, k] + (i == k ? lambda : 0));
        double[] a;
        try
        {
            a = gram.Cholesky().Solve(Vector<double>.Build.Dense(n, i => data.Values[i] - mean)).ToArray();
        }
        catch (ArgumentException)
        {
            throw new FitException(
                $"the kernel matrix plus λ = {ridge.ToDecimalRoundedUp(3)} is numerically not positive definite: "
                    + "expected a larger --ridge");
        }

        BigRational[] coefficients = [.. a.Select(Binary64.Exact)];
        var model = new KernelModel(
            kernel, [.. Enumerable.Range(0, n).Select(data.Exact)], coefficients, Binary64.Exact(mean));
        return new(model, Certificate(data, kernel, coefficients, Binary64.Exact(mean), ridge), null);
    }

    /// <summary>An upper bound of sup |f_a − f*| on the cube.</summary>
    public static double Certificate(
        FitData data, MotifKernel kernel, IReadOnlyList<BigRational> coefficients, BigRational offset,
        BigRational ridge)
    {
        var (b, lambda) = (Interval.Enclose(offset), Interval.Enclose(ridge));
        Interval[] a = [.. coefficients.Select(v => Interval.Enclose(v))];
        var squares = Interval.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            var e = Interval.Point(data.Values[i]) - b - (lambda * a[i]);
            for (int k = 0; k < a.Length; k++)
            {
                e -= a[k] * data.Kernel(kernel, i, k);
            }

            squares += Interval.Pow(e, 2);
        }

        var diagonal = Interval.Enclose(kernel.DiagonalBound(data.Dimension));
        return (Interval.Sqrt(squares * diagonal / lambda) / Interval.Point(2)).Sup;
    }
}
