using Proofs.Constructions.Calculus;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.IntrinsicDimension;

// Statement   With u(z) = ρ(z + 1) − ρ(z) − ρ(z − 1) + ρ(z − 2) and φ_i = ρ(Σ_d u(n x_d − i_d) − (D − 1)), the gate
//             g_i = ρ(P_i + K − Kg (1 − φ_i)) is within e0 of f + K on the cell, at most f + K + e0 outside, and 0 a
//             cell away
//             in ℓ1, where Kg ≥ K + sup |P_i| and n ≥ 2.                                                 [math/02, 3.8]
// Idea        1 − φ_i = min(1, ℓ1 distance in cells), so Kg (1 − φ_i) falls faster than c_T ((1/2 + t)/n)^β grows.

// Four units a cell and coordinate, then a bump, then the gate; nothing is shared but the monomials, which are carried
// along.
internal static class TrapezoidGates
{
    /// <summary>g_i for every cell, three layers after the monomials.</summary>
    public static Functional[] Append(
        NetworkBuilder net, IReadOnlyDictionary<MultiIndex, Functional> monomials, IntrinsicParts parts)
    {
        var @class = parts.Class;
        var x = Enumerable.Range(0, @class.Dimension).Select(i => monomials[MultiIndex.Unit(@class.Dimension, i)])
            .ToArray();
        int layer = x[0].Layer + 2;
        var carried = @class.Indices.Skip(1).Select(a => net.Carry(monomials[a], layer)).ToArray();
        return [.. parts.Cells.Indices().Select((index, i) => net.Rho(Gate(net.Rho(Bump(index)), parts.Rows.Of(i))))];

        Functional Bump(int[] index)
        {
            var units = new List<Functional>();
            var signs = new List<BigRational>();
            for (int d = 0; d < index.Length; d++)
            {
                var z = (parts.Cells.Side * x[d]) - index[d];
                units.AddRange([net.Rho(z + 1), net.Rho(z), net.Rho(z - 1), net.Rho(z - 2)]);
                signs.AddRange([1, -1, -1, 1]);
            }

            return Functional.Combine(layer - 1, signs, units) - (index.Length - 1);
        }

        Functional Gate(Functional bump, BigRational[] row) =>
            Functional.Combine(layer, [.. row.Skip(1), parts.Steepness], [.. carried, bump])
                + (row[0] + parts.Offset - parts.Steepness);
    }
}
