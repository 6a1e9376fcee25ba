using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Calculus;

// Statement   AND(r) = ρ(1 − Σ_j (1 − r_j)) for r_j in [0, 1] lies in [0, 1], is 1 exactly where all r_j = 1 and 0
//             where some r_j = 0; 1 − Σ(1 − r_j) ≤ AND(r) ≤ min r_j, and |AND(r) − Π q_j| ≤ min(1, Σ |r_j − q_j|) for
//             q_j in {0, 1}. One unit, J + 1 entries on the stored 1 − r_j.                             [math/00, 3.3]

/// <summary>The conjunction of values in [0, 1] as a network.</summary>
public static class Conjunction
{
    /// <summary>ρ(1 − Σ w_j), where w_j = 1 − r_j is how far r_j is from true; one new unit.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Functional Append(NetworkBuilder net, IReadOnlyList<Functional> complements)
    {
        if (complements.Count == 0)
        {
            throw new ArgumentException("A conjunction has at least one part.", nameof(complements));
        }

        BigRational[] minusOnes = [.. Enumerable.Repeat((BigRational)(-1), complements.Count)];
        return net.Rho(Functional.Combine(complements[0].Layer, minusOnes, complements) + 1);
    }

    /// <summary>The network ρ(x1 + … + xJ − (J − 1)) on [0, 1]^J.</summary>
    /// <exception cref="ArgumentOutOfRangeException">J is below 1.</exception>
    public static Built Build(int j)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(j, 1);
        var net = new NetworkBuilder(j);
        return Assemble.Exact(
            "conjunction",
            "math/00, 3.3",
            net.BuildScalar(Append(net, [.. net.Inputs.Select(r => BigRational.One - r)])),
            $"max(0, 1 - ({string.Join(" + ", Inputs.Names(j).Select(x => $"(1 - {x})"))}))",
            Box.Unit(j),
            Assemble.Parameters(("J", j)),
            SizeStatement.Exactly("2", "J + if(J = 1, 0, 1) + 1", "1", "max(1, J - 1)"));
    }
}
