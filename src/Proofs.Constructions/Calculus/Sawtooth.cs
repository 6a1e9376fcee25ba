using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Calculus;

// Statement   The s-fold iterate g^(s) of the hat g(t) = 2ρ(t) − 4ρ(t − 1/2) on [0, 1] is
//             2^s ρ(t) + Σ_(0<j<2^s) (−1)^j 2^(s+1) ρ(t − j/2^s): L = 2, W = 3·2^s − 1, width 2^s, B = 2^(s+1).
//             It has 2^(s−1) teeth with slopes ±2^s and maps [0, 1] to itself.                  [math/00, 2 and 2.3]

/// <summary>The hat and its iterates as networks.</summary>
public static class Sawtooth
{
    /// <summary>g^(s)(t) for t in [0, 1], on 2^s new units of the next layer.</summary>
    public static Functional Append(NetworkBuilder net, Functional t, int s) => OfKnots(Knots(net, t, s), s);

    /// <summary>The network of g^(s) on [0, 1]; s = 1 is the hat.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="s"/> is outside [1, 24].</exception>
    public static Built Build(int s)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(s, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(s, 24);
        var net = new NetworkBuilder(1);
        var teeth = Expr.Parse("1 - abs(2^s*x - 2*floor(2^(s - 1)*x) - 1)").Substitute("s", s);
        return Assemble.WithError(
            "sawtooth",
            "math/00, 2.3",
            net.BuildScalar(Append(net, net.Inputs[0], s)),
            teeth,
            Box.Unit(1),
            Assemble.Parameters(("s", s)),
            SizeStatement.Exactly("2", "3*2^s - 1", "2^s", "2^(s + 1)"),
            Expr.Zero,
            Expr.Zero);
    }

    // The units ρ(t − j/2^s), j = 0 … 2^s − 1, of which both the sawtooth and the interpolant of t² are combinations.
    internal static Functional[] Knots(NetworkBuilder net, Functional t, int s)
    {
        var knots = new Functional[1 << s];
        var step = BigRational.PowerOfTwo(-s);
        for (int j = 0; j < knots.Length; j++)
        {
            knots[j] = net.Rho(t - (j * step));
        }

        return knots;
    }

    internal static Functional OfKnots(Functional[] knots, int s)
    {
        var coefficients = new BigRational[knots.Length];
        var (up, down) = (BigRational.PowerOfTwo(s + 1), -BigRational.PowerOfTwo(s + 1));
        for (int j = 0; j < knots.Length; j++)
        {
            coefficients[j] = j == 0 ? BigRational.PowerOfTwo(s) : j % 2 == 0 ? up : down;
        }

        return Functional.Combine(knots[0].Layer, coefficients, knots);
    }
}
