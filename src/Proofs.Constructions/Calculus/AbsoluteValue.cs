using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Calculus;

// Statement   |t| = ρ(t) + ρ(−t): L = 2, W = 4, width 2, B = 1, without error.                  [math/00, section 2]

/// <summary>The absolute value as a network.</summary>
public static class AbsoluteValue
{
    /// <summary>|t|, on two new units of the next layer.</summary>
    public static Functional Append(NetworkBuilder net, Functional t) => net.Rho(t) + net.Rho(-t);

    /// <summary>The network of |x| with its claims on [−radius, radius]; it is right on all of R.</summary>
    public static Built Build(BigRational radius)
    {
        var net = new NetworkBuilder(1);
        return Assemble.Exact(
            "absolute_value",
            "math/00, section 2",
            net.BuildScalar(Append(net, net.Inputs[0])),
            "abs(x)",
            Box.Cube(1, -radius, radius),
            Assemble.Parameters(),
            SizeStatement.Exactly("2", "4", "2", "1"));
    }
}
