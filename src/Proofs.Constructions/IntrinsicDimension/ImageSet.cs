using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>
/// The part in the cube of the image of a set under an affine map: the constant grows by max(1, ℓ)^d, ℓ the sup-norm
/// Lipschitz constant.
/// </summary>
/// <remarks>Source: math/02, 1.6.</remarks>
public sealed record ImageSet : CoveredSet
{
    private const int FinerBy = 4; // the set is covered by cells whose images are a quarter of a cell

    /// <summary>The image of a set.</summary>
    /// <exception cref="ArgumentException">The map is of another dimension.</exception>
    public ImageSet(string name, AffineTransformation map, CoveredSet source)
        : base(name, source.AmbientDimension) =>
        (Map, Source) = map.Dimension == source.AmbientDimension ? (map, source) : throw new ArgumentException(
            $"{name}: the map is of R^{map.Dimension}, {source.Name} lies in [0,1]^{source.AmbientDimension}; "
                + "expected one dimension.");

    /// <summary>The map.</summary>
    public AffineTransformation Map { get; }

    /// <summary>The set whose image this is.</summary>
    public CoveredSet Source { get; }

    /// <inheritdoc/>
    public override Interval Dimension => Source.Dimension;

    /// <inheritdoc/>
    public override Interval CoverConstant =>
        Source.CoverConstant * Interval.Pow(Interval.Enclose(BigRational.Max(BigRational.One, Map.SupNorm)), Dimension);

    /// <inheritdoc/>
    public override int NaturalBase => Source.NaturalBase;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The image of a cell is outside the cube, or there are more cells than can be
    /// held.</exception>
    public override CellSet Cover(int n)
    {
        CellSet.CheckGrid(n, AmbientDimension);
        long fine = NaturalBase;
        while (fine <= 1 << 30 && fine < FinerBy * n * Map.SupNorm)
        {
            fine *= NaturalBase;
        }

        CellSet.CheckGrid(fine <= 1 << 30 ? (int)fine : throw new ArgumentException(
            $"{Name}: the grid {n} needs cells of a grid {fine} of {Source.Name}, finer than 2^30; "
                + "take a coarser grid."), AmbientDimension);
        var cells = new CellCollector(n, AmbientDimension, Name);
        var slack = new BigRational(1, n);
        foreach (var box in Source.Cover((int)fine).Boxes())
        {
            var image = Map.Apply(box);
            if (image.Upper.Any(x => x < -slack) || image.Lower.Any(x => x > BigRational.One + slack))
            {
                throw new ArgumentException(
                    $"{Name}: the map takes the cell {box} of {Source.Name} to {image}, "
                        + $"outside [0,1]^{AmbientDimension}; scale and shift it into the cube.");
            }

            cells.AddMeeting(image);
        }

        return cells.ToCells();
    }
}
