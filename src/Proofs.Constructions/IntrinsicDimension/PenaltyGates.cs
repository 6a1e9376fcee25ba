using Proofs.Constructions.Calculus;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.IntrinsicDimension;

// Statement   g_i = ρ(P_i + K − S pen_i) is within e0 of f + K on the cell, at most f + K + e0 while the point is less
//             than half
//             a cell away, and 0 from there on; pen_i sums ρ(n x_d − i − 1) and ρ(i − n x_d).   [math/02, 3.2, Lemma 5]

// One unit a cell behind one layer of faces, which cells share.
internal static class PenaltyGates
{
    /// <summary>g_i for every cell, two layers after the monomials.</summary>
    public static Functional[] Append(
        NetworkBuilder net, IReadOnlyDictionary<MultiIndex, Functional> monomials, IntrinsicParts parts)
    {
        var @class = parts.Class;
        var x = Enumerable.Range(0, @class.Dimension).Select(i => monomials[MultiIndex.Unit(@class.Dimension, i)])
            .ToArray();
        var faces = new Dictionary<(int Coordinate, int Position, bool Above), Functional>();
        int layer = x[0].Layer + 1;
        var carried = @class.Indices.Skip(1).Select(a => net.Carry(monomials[a], layer)).ToArray();
        return [.. parts.Cells.Indices().Select((index, i) => net.Rho(Gate(index, parts.Rows.Of(i))))];

        Functional Gate(int[] index, BigRational[] row)
        {
            var terms = new List<Functional>(carried);
            var factors = new List<BigRational>(row.Skip(1));
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

            return Functional.Combine(layer, factors, terms) + (row[0] + parts.Offset);
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
    }
}
