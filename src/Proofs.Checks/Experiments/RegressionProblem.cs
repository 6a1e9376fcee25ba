using MathNet.Numerics.Distributions;
using Proofs.Checks.Dimension;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats.Points;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;

namespace Proofs.Checks.Experiments;

/// <summary>Points with a value at each.</summary>
/// <param name="Points">X_1, …, X_n.</param>
/// <param name="Values">Y_1, …, Y_n.</param>
public sealed record Sample(PointCloud Points, IReadOnlyList<double> Values)
{
    /// <summary>n.</summary>
    public int Count => Points.Count;
}

/// <summary>Y = f(X) + ξ with X of a law on a set, f in H(β, D, M) and ξ Gaussian.</summary>
/// <remarks>Source: math/02, sections 5 and 7.</remarks>
public sealed record RegressionProblem
{
    private readonly Func<double[], double> _function;

    private RegressionProblem(
        PointLaw law, string formula, Func<double[], double> function, double beta, double magnitude, double noise)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(magnitude);
        ArgumentOutOfRangeException.ThrowIfNegative(noise);
        (Law, Formula, _function, Beta, Magnitude, Noise) = (law, formula, function, beta, magnitude, noise);
    }

    /// <summary>The law of X.</summary>
    public PointLaw Law { get; }

    /// <summary>f for a reader.</summary>
    public string Formula { get; }

    /// <summary>β, the smoothness of f that the rate is stated for.</summary>
    public double Beta { get; }

    /// <summary>M, a bound of |f|.</summary>
    public double Magnitude { get; }

    /// <summary>σ, the standard deviation of ξ.</summary>
    public double Noise { get; }

    /// <summary>−2β/(2β + d), the exponent of the squared error that d allows.</summary>
    public double Exponent => -2 * Beta / ((2 * Beta) + Law.Dimension);

    /// <summary>−2β/(2β + D), the exponent that the ambient dimension would have.</summary>
    public double AmbientExponent => -2 * Beta / ((2 * Beta) + Law.AmbientDimension);

    /// <summary>The problem with f given as a formula in x1, …, xD (x where D is 1).</summary>
    /// <exception cref="ArgumentException">The formula has another variable.</exception>
    public static RegressionProblem Of(PointLaw law, Expr f, double beta, double magnitude, double noise)
    {
        var evaluate = Proofs.Checks.Experiments.CompiledFormula.Compile([f], Inputs.Names(law.AmbientDimension));
        return new(law, f.ToString(), x => evaluate(x)[0], beta, magnitude, noise);
    }

    /// <summary>The problem with f given as a function.</summary>
    public static RegressionProblem OfFunction(
        PointLaw law, string description, Func<double[], double> f, double beta, double magnitude, double noise) =>
        new(law, description, f, beta, magnitude, noise);

    /// <summary>n observations, or the values of f itself at n points.</summary>
    /// <exception cref="ArgumentException">f is undefined at a point.</exception>
    public Sample Draw(int count, bool noisy, SplitMix64 random)
    {
        var points = Law.Sample(count, random);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double[] x = points[i].ToArray();
            values[i] = _function(x);
            if (!double.IsFinite(values[i]))
            {
                string at = string.Join(", ", x.Select(v => Binary64.Text(v)));
                throw new ArgumentException($"{Formula} has no finite value at ({at}), a point of {Law}.");
            }

            values[i] += noisy ? Noise * Normal.InvCDF(0, 1, (random.NextBelow(1 << 30) + 0.5) / (1 << 30)) : 0;
        }

        return new(points, values);
    }
}
