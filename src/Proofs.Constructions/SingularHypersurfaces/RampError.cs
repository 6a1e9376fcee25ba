using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Constructions.SingularHypersurfaces;

/// <summary>E_p(η, δ) = ∫ |s_c(u + η) − 1{u ≥ 0}|^p du, the error of a shifted ramp of width δ.</summary>
/// <remarks>Source: math/00, 3.2.</remarks>
public static class RampError
{
    /// <summary>E_p(η, δ) for an integer p, exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">δ is not positive or p is below 1.</exception>
    public static BigRational Exact(BigRational eta, BigRational delta, int p)
    {
        Check(delta, p);
        var a = BigRational.Abs(eta) / delta;
        return a <= BigRational.Half
            ? delta / (p + 1) * (BigRational.Pow(BigRational.Half + a, p + 1) + BigRational.Pow(BigRational.Half - a, p + 1))
            : BigRational.Abs(eta) - (delta * (p - 1) / (2 * (p + 1)));
    }

    /// <summary>|η| + δ 2^(−p)/(p + 1), the bound of lemma 3.1 of math/01.</summary>
    /// <exception cref="ArgumentOutOfRangeException">δ is not positive or p is below 1.</exception>
    public static BigRational UpperBound(BigRational eta, BigRational delta, int p)
    {
        Check(delta, p);
        return BigRational.Abs(eta) + (delta * BigRational.PowerOfTwo(-p) / (p + 1));
    }

    /// <summary>E_p as a formula in eta, delta and p, for statements.</summary>
    public static Expr Formula { get; } = Expr.Parse(
        "if(abs(eta)/delta <= 1/2, delta/(p + 1)*((1/2 + abs(eta)/delta)^(p + 1) + (1/2 - abs(eta)/delta)^(p + 1)), "
        + "abs(eta) - delta*(p - 1)/(2*(p + 1)))");

    private static void Check(BigRational delta, int p)
    {
        if (delta.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(delta), $"The ramp's width is {delta}; expected a positive number.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
    }
}
