using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Bounds;

/// <summary>
/// Bounds of a formula in one input on [Low, High]: a polynomial in Bernstein form and a bound of what is left.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Performance", "CA1819", Justification = "The coefficients are read in the inner loop of the search.")]
public sealed class TaylorPiece
{
    /// <summary>The bits beyond those of the Taylor form, for sums of binomial weights.</summary>
    public const int Guard = 64;

    private TaylorPiece(
        Dyadic low, Dyadic high, Dyadic centre, FixedBall[] bernstein, BigInteger error, BigInteger noise)
    {
        (Low, High, Centre, Bernstein) = (low, high, centre, bernstein);
        (Error, Noise, Bits) = (error, noise, bernstein[0].Bits);
    }

    /// <summary>The lower end.</summary>
    public Dyadic Low { get; }

    /// <summary>The upper end.</summary>
    public Dyadic High { get; }

    /// <summary>Where the Taylor form is taken.</summary>
    public Dyadic Centre { get; }

    /// <summary>The Bernstein coefficients of the polynomial in u, where x = Low + (High − Low) u.</summary>
    public FixedBall[] Bernstein { get; }

    /// <summary>
    /// The formula is within this many units of 2^−Bits of the polynomial, wherever it is defined on the piece.
    /// </summary>
    public BigInteger Error { get; }

    /// <summary>The part of the error that more bits would remove.</summary>
    public BigInteger Noise { get; }

    /// <summary>The numbers count units of 2^−Bits.</summary>
    public int Bits { get; }

    /// <summary>The piece between two numbers, with a Taylor form of an order about a centre between them.</summary>
    /// <returns>Null where the formula has no such form there.</returns>
    public static TaylorPiece? Of(BoundFormula formula, Dyadic low, Dyadic high, Dyadic centre, int order, int bits)
    {
        if (low >= high || centre < low || centre > high)
        {
            return null;
        }

        try
        {
            return Piece(formula, low, high, centre, order, bits);
        }
        catch (PrecisionException)
        {
            return null;
        }
    }

    private static TaylorPiece? Piece(BoundFormula formula, Dyadic low, Dyadic high, Dyadic centre, int order, int bits)
    {
        // x = centre + 2^scale t with |t| ≤ 1
        Dyadic below = low - centre, above = high - centre, far = -below > above ? -below : above;
        int scale = checked((int)far.Precision + far.Exponent);
        scale = far == new Dyadic(1, scale - 1) ? scale - 1 : scale;
        var t = FixedBall.Of(below * new Dyadic(1, -scale), above * new Dyadic(1, -scale), bits);
        if (TaylorEvaluation.Of(formula, centre, scale, t, order) is not { } form)
        {
            return null;
        }

        // The radii of the coefficients, and the remainder times |t|^(m+1).
        int m = form.Order;
        var noise = form.C.Aggregate(BigInteger.Zero, (sum, c) => sum + c.Rad);
        var largest = new FixedBall(BigInteger.Max(BigInteger.Abs(t.Low), BigInteger.Abs(t.High)), 0, bits);
        var rest = BallFunctions.Product(
            new(BigInteger.Max(BigInteger.Abs(form.Remainder.Low), BigInteger.Abs(form.Remainder.High)), 0, bits),
            BallFunctions.Power(largest, m + 1)).High;
        return new(low, high, centre, ToBernstein(form.C, t), (noise + rest) << Guard, noise << Guard);
    }

    /// <summary>Both halves of a Bernstein form, by de Casteljau's algorithm.</summary>
    public static (FixedBall[] Left, FixedBall[] Right) Halve(FixedBall[] bernstein)
    {
        int n = bernstein.Length;
        FixedBall[] left = new FixedBall[n], right = [.. bernstein];
        for (int i = 0; i < n; i++)
        {
            left[i] = right[0];
            for (int j = 0; j + 1 < n - i; j++)
            {
                right[j] = (right[j] + right[j + 1]).Half();
            }
        }

        return (left, right);
    }

    // t = t_0 + w u, then b_i = Σ_k binomial(i, k)/binomial(m, k) a_k by rows of sums. The middles of the coefficients
    // alone are meant: their radii are part of the error.
    private static FixedBall[] ToBernstein(FixedBall[] c, FixedBall t)
    {
        int bits = t.Bits + Guard, m = c.Length - 1;
        FixedBall[] a = [.. c.Select(x => (x with { Rad = BigInteger.Zero }).AtBits(bits))];
        FixedBall start = new FixedBall(t.Low, 0, t.Bits).AtBits(bits),
            width = new FixedBall(t.High - t.Low, 0, t.Bits).AtBits(bits);
        for (int i = 0; i < m; i++)
        {
            for (int j = m - 1; j >= i; j--)
            {
                a[j] += a[j + 1] * start;
            }
        }

        var power = FixedBall.Integer(1, bits);
        BigInteger binomial = 1;
        for (int k = 0; k <= m; k++)
        {
            a[k] = (a[k] * power).Over(binomial);
            power *= width;
            binomial = binomial * (m - k) / (k + 1);
        }

        // Row i of the difference table of b begins with a: b_i = a after i rounds of adding neighbours.
        for (int i = 1; i <= m; i++)
        {
            for (int k = m; k >= i; k--)
            {
                a[k] += a[k - 1];
            }
        }

        return a;
    }
}
