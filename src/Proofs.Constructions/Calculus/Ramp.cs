using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

// Statement   For δ > 0 the ramps below take values in [0, 1], do not decrease, are 1/δ-Lipschitz and equal 1{t ≥ 0}
//             except on |t| < δ/2 (centred), (−δ, 0) (left), [0, δ) (right). L = 2, W = 6 (centred) or 5, width 2,
//             B = max(1, 1/δ, shift) with shift δ/2 (centred) or δ.                                   [math/00, 3.1]
//             ∫ |s_c(u + η) − 1{u ≥ 0}|^p du = E_p(η, δ) ≤ |η| + δ 2^(−p)/(p + 1).                    [math/00, 3.2]

/// <summary>Which part of the ramp lies at the origin.</summary>
public enum RampKind
{
    /// <summary>(ρ(t + δ/2) − ρ(t − δ/2))/δ, 1/2 at the origin.</summary>
    Centred,

    /// <summary>(ρ(t + δ) − ρ(t))/δ, which is at least 1{t ≥ 0}.</summary>
    Left,

    /// <summary>(ρ(t) − ρ(t − δ))/δ, which is at most 1{t ≥ 0}.</summary>
    Right,
}

/// <summary>Continuous steps of width δ as networks, and the exact integral of their error.</summary>
public static class Ramp
{
    /// <summary>The ramp of t, on two new units of the next layer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive.</exception>
    public static Functional Append(NetworkBuilder net, Functional t, BigRational delta, RampKind kind)
    {
        Check(delta);
        var (up, down) = Shifts(delta, kind);
        return (net.Rho(t + up) - net.Rho(t + down)) / delta;
    }

    /// <summary>
    /// 1 − (centred ramp of t) in [0, 1], as one unit on one unit: ρ(1 − ρ(t + δ/2)/δ), two layers on.
    /// </summary>
    /// <remarks>z ≥ δ where z = ρ(t + δ/2) exactly where t ≥ δ/2. Source: math/00, 3.1.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive.</exception>
    public static Functional AppendComplement(NetworkBuilder net, Functional t, BigRational delta)
    {
        Check(delta);
        return net.Rho(BigRational.One - (net.Rho(t + (delta / 2)) / delta));
    }

    /// <summary>The ramp as a network with its claims on [−1 − δ, 1 + δ]; its target is the ramp itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive.</exception>
    public static Built Build(BigRational delta, RampKind kind)
    {
        var net = new NetworkBuilder(1);
        var network = net.BuildScalar(Append(net, net.Inputs[0], delta, kind));
        var (up, _) = Shifts(delta, kind);
        string shift = kind == RampKind.Centred ? "delta/2" : kind == RampKind.Left ? "delta" : "0";
        return Assemble.Exact(
            "ramp",
            "math/00, 3.1",
            network,
            $"min(max(x/{Assemble.Text(delta)} + {up / delta}, 0), 1)",
            Box.Cube(1, -1 - delta, 1 + delta),
            Assemble.Parameters(("delta", delta)),
            SizeStatement.Exactly(
                "2",
                kind == RampKind.Centred ? "6" : "5",
                "2",
                kind == RampKind.Right ? "max(1, 1/delta, delta)" : $"max(1, 1/delta, {shift})"));
    }

    /// <summary>E_p(η, δ), the integral over R of |s_c(u + η) − 1{u ≥ 0}|^p, for a whole p ≥ 1.</summary>
    /// <remarks>Guarantee: exact. Source: math/00, 3.2.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">δ is not positive, or p is below 1.</exception>
    public static BigRational IntegratedError(BigRational eta, BigRational delta, int p)
    {
        Check(delta);
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
        var a = BigRational.Abs(eta) / delta;
        if (a >= BigRational.Half)
        {
            return BigRational.Abs(eta) - (delta * (p - 1) / (2 * (p + 1)));
        }

        return delta / (p + 1)
            * (BigRational.Pow(BigRational.Half + a, p + 1) + BigRational.Pow(BigRational.Half - a, p + 1));
    }

    /// <summary>The bound |η| + δ 2^(−p)/(p + 1) of <see cref="IntegratedError"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">δ is not positive, or p is below 1.</exception>
    public static BigRational IntegratedErrorBound(BigRational eta, BigRational delta, int p)
    {
        Check(delta);
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
        return BigRational.Abs(eta) + (delta * BigRational.PowerOfTwo(-p) / (p + 1));
    }

    /// <summary>E_p(η, δ) as a formula in <c>eta</c>, <c>delta</c> and <c>p</c>.</summary>
    public static Expr IntegratedErrorFormula { get; } = Expr.Parse(
        "if(abs(eta) <= delta/2, "
        + "delta/(p + 1)*((1/2 + abs(eta)/delta)^(p + 1) + (1/2 - abs(eta)/delta)^(p + 1)), "
        + "abs(eta) - delta*(p - 1)/(2*(p + 1)))");

    private static (BigRational Up, BigRational Down) Shifts(BigRational delta, RampKind kind) => kind switch
    {
        RampKind.Centred => (delta / 2, -delta / 2),
        RampKind.Left => (delta, 0),
        _ => (0, -delta),
    };

    private static void Check(BigRational delta)
    {
        if (delta.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(delta), $"The ramp width δ is {delta}; expected a positive number.");
        }
    }
}
