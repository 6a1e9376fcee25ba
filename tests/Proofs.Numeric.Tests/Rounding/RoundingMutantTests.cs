using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Rounding;

// The oracle that the rounding tests use refutes every mutant: a direction flipped, a rounding left out, a bound one
// unit too far in.
public class RoundingMutantTests
{
    private static readonly Dictionary<string, Func<double, double, BigRational>> Exact = new()
    {
        ["add"] = (a, b) => BigRational.Exact(a) + BigRational.Exact(b),
        ["subtract"] = (a, b) => BigRational.Exact(a) - BigRational.Exact(b),
        ["multiply"] = (a, b) => BigRational.Exact(a) * BigRational.Exact(b),
        ["divide"] = (a, b) => BigRational.Exact(a) / BigRational.Exact(b),
        ["fused"] = (a, b) => (BigRational.Exact(a) * BigRational.Exact(b)) + BigRational.Exact(b),
    };

    private static readonly Dictionary<(string Operation, string Mutant), Func<double, double,
        (double Down, double Up)>> Mutants = new()
        {
            [("add", "down is up")] = (a, b) => (DirectedRounding.AddUp(a, b), DirectedRounding.AddUp(a, b)),
            [("add", "up is down")] = (a, b) => (DirectedRounding.AddDown(a, b), DirectedRounding.AddDown(a, b)),
            [("add", "nearest")] = (a, b) => (a + b, a + b),
            [("subtract", "down is up")] = (a, b) =>
                (DirectedRounding.SubtractUp(a, b), DirectedRounding.SubtractUp(a, b)),
            [("subtract", "up is down")] = (a, b) =>
                (DirectedRounding.SubtractDown(a, b), DirectedRounding.SubtractDown(a, b)),
            [("multiply", "down is up")] = (a, b) =>
                (DirectedRounding.MultiplyUp(a, b), DirectedRounding.MultiplyUp(a, b)),
            [("multiply", "up is down")] = (a, b) =>
                (DirectedRounding.MultiplyDown(a, b), DirectedRounding.MultiplyDown(a, b)),
            [("multiply", "nearest")] = (a, b) => (a * b, a * b),
            [("multiply", "residual without care for underflow")] = (a, b) => (Residual(a, b, -1), Residual(a, b, 1)),
            [("divide", "down is up")] = (a, b) => (DirectedRounding.DivideUp(a, b), DirectedRounding.DivideUp(a, b)),
            [("divide", "up is down")] = (a, b) =>
                (DirectedRounding.DivideDown(a, b), DirectedRounding.DivideDown(a, b)),
            [("fused", "down is up")] = (a, b) =>
                (DirectedRounding.FusedMultiplyAddUp(a, b, b), DirectedRounding.FusedMultiplyAddUp(a, b, b)),
            [("fused", "up is down")] = (a, b) =>
                (DirectedRounding.FusedMultiplyAddDown(a, b, b), DirectedRounding.FusedMultiplyAddDown(a, b, b)),
            [("fused", "two roundings")] = (a, b) =>
                (DirectedRounding.AddDown(DirectedRounding.MultiplyDown(a, b), b),
                    DirectedRounding.AddUp(DirectedRounding.MultiplyUp(a, b), b)),
        };

    public static TheoryData<string, string> Names
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (operation, mutant) in Mutants.Keys)
            {
                data.Add(operation, mutant);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mutant_of_a_rounding_is_refuted(string operation, string mutant)
    {
        var mutated = Mutants[(operation, mutant)];
        Assert.Contains(Gen.Sample(Gen.Two(Doubles.AnyFinite), 100, 4000), pair =>
        {
            var (a, b) = (pair.Item1, pair.Item2);
            if (operation == "divide" && b == 0)
            {
                return false;
            }

            var exact = Exact[operation](a, b);
            var (down, up) = mutated(a, b);
            return down != Binary64.RoundDown(exact) || up != Binary64.RoundUp(exact);
        });
    }

    private static double Residual(double a, double b, int side)
    {
        double p = a * b, e = Math.FusedMultiplyAdd(a, b, -p);
        return Math.Sign(e) == side ? side > 0 ? Math.BitIncrement(p) : Math.BitDecrement(p) : p;
    }
}
