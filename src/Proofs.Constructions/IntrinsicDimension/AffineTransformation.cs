using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.IntrinsicDimension;

/// <summary>An affine map x ↦ A x + t of R^D to itself with exact rational entries.</summary>
/// <remarks>Shape: D rows of D numbers; t has D.</remarks>
public sealed record AffineTransformation
{
    /// <summary>The map with the given rows and translation.</summary>
    /// <exception cref="ArgumentException">The matrix is not square, or its size is not that of the
    /// translation.</exception>
    public AffineTransformation(
        ImmutableArray<ImmutableArray<BigRational>> rows, ImmutableArray<BigRational> translation)
    {
        if (rows.Length != translation.Length || rows.Any(r => r.Length != translation.Length))
        {
            throw new ArgumentException(
                $"A map has a translation of {translation.Length} numbers and "
                    + $"rows of {string.Join(", ", rows.Select(r => r.Length))}; expected D rows of D numbers.");
        }

        (Rows, Translation) = (rows, translation);
    }

    /// <summary>A, by rows.</summary>
    public ImmutableArray<ImmutableArray<BigRational>> Rows { get; }

    /// <summary>t.</summary>
    public ImmutableArray<BigRational> Translation { get; }

    /// <summary>D.</summary>
    public int Dimension => Translation.Length;

    /// <summary>The Lipschitz constant in the sup norm, the largest sum of absolute values of a row.</summary>
    public BigRational SupNorm =>
        Rows.Select(r => r.Aggregate(BigRational.Zero, (s, a) => s + BigRational.Abs(a))).Max();

    /// <summary>x ↦ ratio · x + t.</summary>
    public static AffineTransformation Homothety(
        BigRational ratio, params ImmutableArray<BigRational> translation) => new(
        [.. translation.Select((_, i) =>
            translation.Select((_, j) => i == j ? ratio : BigRational.Zero).ToImmutableArray())],
        translation);

    /// <summary>The image of a point.</summary>
    public BigRational[] Apply(IReadOnlyList<BigRational> x) => [.. Rows.Select((r, i) => Dot(r, x) + Translation[i])];

    /// <summary>The smallest box around the image of a box.</summary>
    public Box Apply(Box box)
    {
        var lower = ImmutableArray.CreateBuilder<BigRational>(Dimension);
        var upper = ImmutableArray.CreateBuilder<BigRational>(Dimension);
        for (int i = 0; i < Dimension; i++)
        {
            var (low, high) = (Translation[i], Translation[i]);
            for (int j = 0; j < Dimension; j++)
            {
                var a = Rows[i][j];
                low += a * (a.Sign >= 0 ? box.Lower[j] : box.Upper[j]);
                high += a * (a.Sign >= 0 ? box.Upper[j] : box.Lower[j]);
            }

            lower.Add(low);
            upper.Add(high);
        }

        return new(lower.MoveToImmutable(), upper.MoveToImmutable());
    }

    /// <summary>This map after <paramref name="inner"/>.</summary>
    public AffineTransformation After(AffineTransformation inner) => new(
        [.. Rows.Select(r => Enumerable.Range(0, Dimension)
            .Select(j => r.Select((a, k) => a * inner.Rows[k][j]).Aggregate(BigRational.Zero, (s, v) => s + v))
            .ToImmutableArray())],
        [.. Apply(inner.Translation)]);

    /// <summary>
    /// ρ² with |A x| = ρ |x| in the norm |x|² = Σ g_d x_d²; null where A is no similarity in that norm.
    /// </summary>
    public BigRational? SquaredRatio(IReadOnlyList<BigRational> metric)
    {
        BigRational? ratio = null;
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                var product = BigRational.Zero;
                for (int k = 0; k < Dimension; k++)
                {
                    product += metric[k] * Rows[k][i] * Rows[k][j];
                }

                if (i == j)
                {
                    ratio ??= product / metric[i];
                }

                if (product != (i == j ? ratio!.Value * metric[i] : BigRational.Zero))
                {
                    return null;
                }
            }
        }

        return ratio;
    }

    /// <summary>Whether both are the same map.</summary>
    public bool Equals(AffineTransformation? other) => other is not null
        && Translation.SequenceEqual(other.Translation)
        && Rows.Zip(other.Rows).All(r => r.First.SequenceEqual(r.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => Translation.Aggregate(Dimension, HashCode.Combine);

    /// <summary>The map as <c>map a11 a12 ; a21 a22 : t1 t2</c>.</summary>
    public override string ToString() =>
        $"map {string.Join(" ; ", Rows.Select(r => string.Join(' ', r)))} : {string.Join(' ', Translation)}";

    private static BigRational Dot(ImmutableArray<BigRational> row, IReadOnlyList<BigRational> x)
    {
        var sum = BigRational.Zero;
        for (int j = 0; j < row.Length; j++)
        {
            sum += row[j] * x[j];
        }

        return sum;
    }
}
