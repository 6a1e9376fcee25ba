using System.Collections.Immutable;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Constructions.IntrinsicDimension;

// Statement   For f in H(β, D, M) and N cells of the grid n, Φ = max_k A_k − K has |Φ − f| ≤ c_T (1/(2n))^β + eps_round +
//             eps_mono on the closed union of the cells, with L = 3 for one class, else 4 + ceil(log2 C) (Q(m + 2) more for
//             q ≥ 2), and the exact size of math/02, 3.5 and 3.6.            [nakada2020; math/02, section 3; construction ours]
// Idea        One unit a cell: g_i = ρ(P_i + K − S pen_i) has the Taylor polynomial P_i at the cell's centre and a penalty,
//             0 on the cell and at least the distance in cells outside. S is so steep that g_i never exceeds f + K by more than
//             the error of the plateau, and is 0 half a cell away: in a sum over cells that do not touch one g_i at most is on.

/// <summary>Networks for smooth functions on a set of cells, whose size counts the cells and not the cube.</summary>
public static class IntrinsicNetwork
{
    private const long MostWeights = 20_000_000;

    /// <summary>The network on the cells that cover a set.</summary>
    /// <exception cref="ArgumentException">f is shown not to be in the class, has another variable, or the network is too large.</exception>
    public static Built Build(HolderClass @class, CoveredSet set, int n, Expr f, IntrinsicChoice choice)
    {
        CheckDimension(@class, set.AmbientDimension);
        var built = Build(@class, set.Cover(n), f, choice);
        var covered = SideCondition.Shown($"the cells of the grid {n} cover {set.Name}");
        return built with { Budget = built.Budget with { Conditions = built.Budget.Conditions.Add(covered) } };
    }

    /// <summary>The network on the union of the given cells.</summary>
    /// <exception cref="ArgumentException">f is shown not to be in the class, has another variable, or the network is too large.</exception>
    public static Built Build(HolderClass @class, CellSet cells, Expr f, IntrinsicChoice choice)
    {
        CheckDimension(@class, cells.Dimension);
        if (cells.Side < 2 || cells.Count == 0)
        {
            throw new ArgumentException($"{cells.Count} cells of the grid n = {cells.Side}; expected at least one cell and n ≥ 2.");
        }

        long weights = (long)cells.Count * ((6 * @class.Dimension) + @class.Monomials + 1);
        if (weights > MostWeights)
        {
            throw new ArgumentException(
                $"The network on {cells.Count} cells has up to {weights} weights; at most {MostWeights} are built. Take a coarser grid.");
        }

        var names = Inputs.Names(@class.Dimension);
        var member = HolderMembership.Check(@class, f, names);
        var rows = TaylorRows.Of(@class, TaylorSource.Of(f, names), cells, choice.Bits);
        var parts = new IntrinsicParts(@class, cells, choice, CellClasses.Of(cells, choice.Classes), rows);
        var network = Assembled(parts);
        return IntrinsicBudget.Attach(network, f, parts, member);
    }

    private static ReluNetwork Assembled(IntrinsicParts parts)
    {
        var @class = parts.Class;
        var net = new NetworkBuilder(@class.Dimension);

        // monomials, where q ≥ 2 with x carried along, then one layer of faces with all of them carried once more
        var stored = @class.Q <= 1
            ? Enumerable.Range(0, @class.Dimension).ToDictionary(i => MultiIndex.Unit(@class.Dimension, i), i => net.Inputs[i])
            : Monomials.Append(net, net.Inputs, @class.Q, parts.Choice.Refinements, 1);
        var x = Enumerable.Range(0, @class.Dimension).Select(i => stored[MultiIndex.Unit(@class.Dimension, i)]).ToArray();
        var faces = new Dictionary<(int Coordinate, int Position, bool Above), Functional>();
        int layer = x[0].Layer + 1;
        var carried = @class.Indices.Skip(1).ToDictionary(a => a, a => net.Carry(stored[a], layer));
        var gates = parts.Cells.Indices().Select((index, i) => net.Rho(Gate(index, i))).ToArray();
        var sums = Enumerable.Range(0, parts.ClassCount).Select(k => Sum(gates.Where((_, i) => parts.Classes[i] == k))).ToArray();
        var top = sums.Length == 1
            ? sums[0]
            : Maximum.AppendNonNegative(net, [.. sums.Select(net.Rho)]);
        return net.BuildScalar(top - parts.Offset);

        Functional Gate(int[] index, int i)
        {
            var terms = new List<Functional>();
            var factors = new List<BigRational>();
            foreach (var (a, c) in @class.Indices.Zip(parts.Rows.Of(i)).Skip(1))
            {
                terms.Add(carried[a]);
                factors.Add(c);
            }

            for (int d = 0; d < index.Length; d++)
            {
                if (index[d] + 1 < parts.Cells.Side)
                {
                    terms.Add(Face(d, index[d] + 1, above: true));
                    factors.Add(-parts.Steepness);
                }

                if (index[d] > 0)
                {
                    terms.Add(Face(d, index[d], above: false));
                    factors.Add(-parts.Steepness);
                }
            }

            return Functional.Combine(layer, factors, terms) + (parts.Rows.Of(i)[0] + parts.Offset);
        }

        // ρ(n x_d − i) above, ρ(i − n x_d) below: integer weights, exact for every n
        Functional Face(int d, int position, bool above)
        {
            if (!faces.TryGetValue((d, position, above), out var face))
            {
                var distance = (parts.Cells.Side * x[d]) - position;
                faces.Add((d, position, above), face = net.Rho(above ? distance : -distance));
            }

            return face;
        }

        Functional Sum(IEnumerable<Functional> units)
        {
            Functional[] all = [.. units];
            return Functional.Combine(layer + 1, [.. all.Select(_ => BigRational.One)], all);
        }
    }

    private static void CheckDimension(HolderClass @class, int dimension)
    {
        if (@class.Dimension != dimension)
        {
            throw new ArgumentException($"The class {@class} is of functions of {@class.Dimension} variables, the set lies in dimension {dimension}.");
        }
    }
}

// What the network is made of, with the constants of its gates.
internal sealed record IntrinsicParts(HolderClass Class, CellSet Cells, IntrinsicChoice Choice, int[] Classes, TaylorRows Rows)
{
    private const int GateBits = 20; // K and S are multiples of 2^(−20)

    public int ClassCount { get; } = Classes.Max() + 1;

    /// <summary>K ≥ M.</summary>
    public BigRational Offset { get; } = RoundedUp(Class.M);

    /// <summary>eta, what rounding and monomials may add to a Taylor polynomial.</summary>
    public BigRational Eta => Rows.Error + Choice.MonomialError(Class);

    /// <summary>S ≥ 2(M + K + eta) + [q ≥ 1] 2 c_T/n.</summary>
    public BigRational Steepness => RoundedUp(
        (2 * (Class.M + Offset + Eta)) + (Class.Q >= 1 ? 2 * IntrinsicChoice.TaylorConstant(Class) / Cells.Side : 0));

    private static BigRational RoundedUp(BigRational x) => new((x * (1 << GateBits)).Ceiling(), 1 << GateBits);
}

// The coefficients of the Taylor polynomials at the centres of the cells, rounded, in the order of the indices of the class.
internal sealed class TaylorRows
{
    private readonly BigRational[][] _rows;

    private TaylorRows(BigRational[][] rows, BigRational error) => (_rows, Error) = (rows, error);

    /// <summary>eps_round: the coefficients of a row are off by at most this in all.</summary>
    public BigRational Error { get; }

    public BigRational[] Of(int cell) => _rows[cell];

    // The centre (2 i + 1)/(2 n) is a point of the grid 2 n. Where a coefficient is only enclosed, the rounding error is measured
    // against both ends.
    public static TaylorRows Of(HolderClass @class, TaylorSource source, CellSet cells, int bits)
    {
        var coefficients = @class.Indices.Select(a => source.Coefficient(a, @class.Q, 2 * cells.Side)).ToArray();
        var error = @class.Monomials * BigRational.PowerOfTwo(-bits - 1);
        var unit = BigRational.PowerOfTwo(bits);
        var rows = new BigRational[cells.Count][];
        int cell = 0;
        foreach (int[] index in cells.Indices())
        {
            int[] centre = [.. index.Select(i => (2 * i) + 1)];
            var sum = BigRational.Zero;
            rows[cell++] =
            [
                .. coefficients.Select(c =>
                {
                    var range = c(centre);
                    var rounded = new BigRational((range.Low * unit).RoundHalfUp(), 1) / unit;
                    sum += BigRational.Max(BigRational.Abs(rounded - range.Low), BigRational.Abs(rounded - range.High));
                    return rounded;
                }),
            ];
            error = BigRational.Max(error, sum);
        }

        return new(rows, error);
    }
}
