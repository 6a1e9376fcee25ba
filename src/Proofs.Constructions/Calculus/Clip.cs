using System.Globalization;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Calculus;

// Statement   clip(t) = min(max(t, a), b) = a + ρ(t − a) − ρ(t − b) for a < b: L = 2, width 2, B = max(1, |a|, |b|),
//             W = 4 + 2 [a ≠ 0] + [b ≠ 0], without error. (a is a bias twice, b once.)           [math/00, section 2]

/// <summary>Clipping to an interval as a network.</summary>
public static class Clip
{
    /// <summary>min(max(t, a), b), on two new units of the next layer.</summary>
    /// <exception cref="ArgumentException"><paramref name="a"/> is not below <paramref name="b"/>.</exception>
    public static Functional Append(NetworkBuilder net, Functional t, BigRational a, BigRational b) => a < b
        ? net.Rho(t - a) - net.Rho(t - b) + a
        : throw new ArgumentException($"The interval is [{a}, {b}]; expected a < b.");

    /// <summary>The network of min(max(x, a), b) with its claims on [a − 1, b + 1]; it is right on all of R.</summary>
    /// <exception cref="ArgumentException"><paramref name="a"/> is not below <paramref name="b"/>.</exception>
    public static Built Build(BigRational a, BigRational b)
    {
        var net = new NetworkBuilder(1);
        return Assemble.Exact(
            "clip",
            "math/00, section 2",
            net.BuildScalar(Append(net, net.Inputs[0], a, b)),
            string.Create(CultureInfo.InvariantCulture, $"min(max(x, {Assemble.Text(a)}), {Assemble.Text(b)})"),
            Box.Cube(1, a - 1, b + 1),
            Assemble.Parameters(("a", a), ("b", b)),
            SizeStatement.Exactly("2", "4 + if(a = 0, 0, 2) + if(b = 0, 0, 1)", "2", "max(1, abs(a), abs(b))"));
    }
}
