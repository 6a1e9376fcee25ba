using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.IntrinsicDimension;

// The coefficients of the Taylor polynomials at the centres of the cells, rounded, in the order of the indices of the
// class.
internal sealed class TaylorRows
{
    private readonly BigRational[][] _rows;

    private TaylorRows(BigRational[][] rows, BigRational error) => (_rows, Error) = (rows, error);

    /// <summary>eps_round: the coefficients of a row are off by at most this in all.</summary>
    public BigRational Error { get; }

    public BigRational[] Of(int cell) => _rows[cell];

    // The centre (2 i + 1)/(2 n) is a point of the grid 2 n. Where a coefficient is only enclosed, the rounding error
    // is measured against both ends.
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
