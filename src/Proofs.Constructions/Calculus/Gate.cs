using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Calculus;

// Statement   gate_F(v, r) = clip(v, −F r, F r) for r in [0, 1]: 0 where r = 0, v where r = 1 and |v| ≤ F,
//             |gate| ≤ min(|v|, F r), and |f χ − gate_F(v, r)| ≤ χ |f − v| + F |χ − r| for |f| ≤ F, χ in {0, 1}.
//             L = 3, W = 13, width 3, B = max(1, F): exact, no product needed.                          [math/00, 3.4]
// Idea        V = ρ(v + F) carries v (and clips it at −F); gate = ρ(V + F r − F) − ρ(V − F r − F) − F r.

/// <summary>Exact multiplication by an indicator as a network.</summary>
public static class Gate
{
    /// <summary>The gate of V = ρ(v + F) and r ≥ 0, both stored units of one layer: three new units.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public static Functional Append(NetworkBuilder net, Functional carrier, Functional r, BigRational bound)
    {
        Check(bound);
        var open = net.Rho(carrier + (bound * r) - bound);
        var shut = net.Rho(carrier - (bound * r) - bound);
        return open - shut - (bound * net.Rho(r));
    }

    /// <summary>The network of the gate on inputs v in [−3F, 3F] and r in [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public static Built Build(BigRational bound)
    {
        Check(bound);
        var net = new NetworkBuilder(2);
        var (v, r) = (net.Inputs[0], net.Inputs[1]);
        string f = Assemble.Text(bound);
        return Assemble.Exact(
            "gate",
            "math/00, 3.4",
            net.BuildScalar(Append(net, net.Rho(v + bound), net.Rho(r), bound)),
            $"max(min(x1, {f}*x2), -({f}*x2))",
            new Box([-3 * bound, 0], [3 * bound, 1]),
            Assemble.Parameters(("F", bound)),
            SizeStatement.Exactly("3", "13", "3", "max(1, F)"));
    }

    private static void Check(BigRational bound)
    {
        if (bound.Sign <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(bound), $"The bound F of a gate is {bound}; expected a positive number.");
        }
    }
}
