using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.IntrinsicDimension;

// Statement   For f in H(β, D, M) and N cells of the grid n, Φ = max_k A_k − K has |Φ − f| ≤ c_T (1/(2n))^β + eps_round
//             + eps_mono on the closed union of the cells, with L = 3 for one class, else 4 + ceil(log2 C) (Q(m + 2)
//             more for
//             q ≥ 2), and the exact size of math/02, 3.5 and 3.6. [nakada2020; math/02, section 3; construction ours,
//             and the paper's of 3.8 beside it, with two layers more]
// Idea        One unit a cell: g_i = ρ(P_i + K − S pen_i) has the Taylor polynomial P_i at the cell's centre and a
//             penalty, 0 on the cell and at least the distance in cells outside. S is so steep that g_i never exceeds f
//             + K by more than the error of the plateau, and is 0 half a cell away: in a sum over cells that do not
//             touch one g_i at most is on.

/// <summary>Networks for smooth functions on a set of cells, whose size counts the cells and not the cube.</summary>
public static class IntrinsicNetwork
{
    private const long MostWeights = 20_000_000;

    /// <summary>The network on the cells that cover a set.</summary>
    /// <exception cref="ArgumentException">f is shown not to be in the class, has another variable, or the network is
    /// too large.</exception>
    public static Built Build(HolderClass @class, CoveredSet set, int n, Expr f, IntrinsicChoice choice)
    {
        CheckDimension(@class, set.AmbientDimension);
        var built = Build(@class, set.Cover(n), f, choice);
        var covered = SideCondition.Shown($"the cells of the grid {n} cover {set.Name}");
        return built with
        {
            Set = set,
            Budget = built.Budget with { Conditions = built.Budget.Conditions.Add(covered) }
        };
    }

    /// <summary>The network on the union of the given cells.</summary>
    /// <exception cref="ArgumentException">f is shown not to be in the class, has another variable, or the network is
    /// too large.</exception>
    public static Built Build(HolderClass @class, CellSet cells, Expr f, IntrinsicChoice choice)
    {
        CheckDimension(@class, cells.Dimension);
        if (cells.Side < 2 || cells.Count == 0)
        {
            throw new ArgumentException(
                $"{cells.Count} cells of the grid n = {cells.Side}; expected at least one cell and n ≥ 2.");
        }

        long weights = (long)cells.Count
            * (((choice.Design.Gate == GateRule.Penalty ? 6 : 12) * @class.Dimension) + @class.Monomials + 3);
        if (weights > MostWeights)
        {
            throw new ArgumentException(
                $"The network on {cells.Count} cells has up to {weights} weights; at most {MostWeights} are built. "
                    + "Take a coarser grid.");
        }

        var names = Inputs.Names(@class.Dimension);
        var source = TaylorSource.Of(f, names);
        var member = HolderMembership.Check(@class, f, names);
        var rows = TaylorRows.Of(@class, source, cells, choice.Bits);
        var parts = new IntrinsicParts(@class, cells, choice, CellClasses.Of(cells, choice.Design.Classes), rows);
        var network = Assembled(parts);
        return IntrinsicBudget.Attach(network, f, parts, member);
    }

    private static ReluNetwork Assembled(IntrinsicParts parts)
    {
        var @class = parts.Class;
        var net = new NetworkBuilder(@class.Dimension);

        // monomials, where q ≥ 2 with x carried along
        var monomials = @class.Q <= 1
            ? Enumerable.Range(0, @class.Dimension)
                .ToDictionary(i => MultiIndex.Unit(@class.Dimension, i), i => net.Inputs[i])
            : Monomials.Append(net, net.Inputs, @class.Q, parts.Choice.Groups, parts.Choice.GroupBits);
        bool penalties = parts.Gate == GateRule.Penalty;
        var gates = penalties
            ? PenaltyGates.Append(net, monomials, parts)
            : TrapezoidGates.Append(net, monomials, parts);
        var members = gates.Zip(parts.Classes).ToLookup(g => g.Second, g => g.First);
        var sums = Enumerable.Range(0, parts.ClassCount).Select(k => Sum([.. members[k]])).ToArray();
        var top = sums.Length == 1 ? sums[0]
            : penalties ? Maximum.AppendNonNegative(net, [.. sums.Select(net.Rho)])
            : Maximum.AppendHalves(net, [.. sums.Select(net.Rho)]);
        return net.BuildScalar(top - parts.Offset);

        Functional Sum(Functional[] units) =>
            Functional.Combine(units[0].Layer, [.. units.Select(_ => BigRational.One)], units);
    }

    private static void CheckDimension(HolderClass @class, int dimension)
    {
        if (@class.Dimension != dimension)
        {
            throw new ArgumentException(
                $"The class {@class} is of functions of {@class.Dimension} variables, "
                    + $"the set lies in dimension {dimension}.");
        }
    }
}
