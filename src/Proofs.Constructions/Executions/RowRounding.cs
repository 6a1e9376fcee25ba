namespace Proofs.Constructions.Executions;

/// <summary>
/// How a row of a step is computed: exactly, by one rounded operation, or by a sum of products in any order.
/// </summary>
/// <remarks>
/// Guarantee: with S the sum of the absolute values of the products and of the bias, and u the roundoff of the format,
/// an execution misses the exact value at the operands it has computed by at most γ S and what underflow costs, γ = k u
/// / (1 − k u) with k = <see cref="Count"/>.
/// </remarks>
public readonly record struct RowRounding
{
    private readonly double _factorLessOne;

    private RowRounding(int count, bool isOperation, double factor) =>
        (Count, IsOperation, _factorLessOne) = (count, isOperation, factor - 1);

    /// <summary>Nothing is rounded: the row moves a number, negates it, or is a constant.</summary>
    public static RowRounding Exact => default;

    /// <summary>One operation of IEEE 754, which rounds the exact result once.</summary>
    public static RowRounding Operation => new(1, true, 1);

    /// <summary>The most roundings that a term of the row passes; 0 where the row is exact.</summary>
    public int Count { get; }

    /// <summary>Whether the row is the exact result of the operands, rounded once.</summary>
    public bool IsOperation { get; }

    /// <summary>Whether nothing is rounded.</summary>
    public bool IsExact => Count == 0;

    /// <summary>
    /// α where the sum, each product, or one side of all products is multiplied by α; the row's operands are then α
    /// times what is computed.
    /// </summary>
    public double Factor => _factorLessOne + 1;

    /// <summary>A sum of products, and a bias or none, in any order, with fused operations or not.</summary>
    /// <remarks>
    /// Each term passes its product, at most one addition for each other term, and one rounding at the end where the
    /// sum is kept in a wider format.
    /// </remarks>
    /// <param name="products">How many products with a factor other than 0.</param>
    /// <param name="hasBias">Whether a bias other than 0 is added.</param>
    /// <param name="isPlain">Whether all factors are 1 or −1, so that no product is rounded.</param>
    /// <param name="format">The format.</param>
    public static RowRounding Sum(int products, bool hasBias, bool isPlain, NumberFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        bool isOne = products + (hasBias ? 1 : 0) <= 1;
        if (isOne && (products == 0 || isPlain))
        {
            return Exact;
        }

        // A wider format gives one operation on numbers of 24 bits the same result: it has at least 2·24 + 2 bits. For
        // 53 bits 64 are too few.
        bool isOneOperation = isOne || (products <= 1 && isPlain);
        return isOneOperation && format == NumberFormat.Binary32
            ? Operation
            : new(products + 1 + (hasBias ? 1 : 0), false, 1);
    }

    /// <summary>The row with one rounding more, for a bias that is a rounded product.</summary>
    public RowRounding WithScaledBias() => new(Count + 1, false, Factor);

    /// <summary>The row with one rounding more, and a factor α.</summary>
    public RowRounding WithFactor(double factor) => new(Count + 1, false, factor);
}
