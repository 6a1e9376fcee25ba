using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Kernel.Bounds;

/// <summary>A box with exact ends.</summary>
/// <param name="Low">The lower ends.</param>
/// <param name="High">The upper ends.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Performance", "CA1819",
    Justification = "The ends are read in the inner loops of the search, and nothing writes to them.")]
public sealed record DyadicBox(Dyadic[] Low, Dyadic[] High)
{
    /// <summary>The number of sides.</summary>
    public int Dimension => Low.Length;

    /// <summary>Whether a point is in the box.</summary>
    public bool Contains(Dyadic[] point) => point.Length == Dimension
        && Enumerable.Range(0, Dimension).All(i => Low[i] <= point[i] && point[i] <= High[i]);

    /// <summary>The box with one end of a side moved.</summary>
    public DyadicBox With(int side, Dyadic low, Dyadic high)
    {
        Dyadic[] lows = [.. Low], highs = [.. High];
        (lows[side], highs[side]) = (low, high);
        return new(lows, highs);
    }
}

/// <summary>A side of a box whose lower or upper end alone is looked at.</summary>
/// <param name="Side">The number of the side, from 0.</param>
/// <param name="IsUpper">Whether it is the upper end.</param>
public readonly record struct Face(int Side, bool IsUpper);

/// <summary>
/// Whether g ≥ bound follows on a box, by one of four rules; g is a part of a formula, or its negative.
/// </summary>
/// <remarks>
/// g counts only where it is defined. Nothing here guesses: what a rule needs beside the box is given.
/// </remarks>
/// <param name="formula">The formula.</param>
/// <param name="terms">The steps that are added up in g, each with a factor.</param>
/// <param name="isNegative">Whether g is the negative of that sum.</param>
/// <param name="bits">The precision.</param>
/// <param name="work">What is counted in.</param>
public sealed class BoxRules(
    BoundFormula formula, IReadOnlyList<(int Step, BigRational Factor)> terms, bool isNegative, int bits,
    WorkBudget work)
{
    private readonly (int Step, BigRational Factor)[] _terms =
        [.. terms.Select(t => (t.Step, isNegative ? -t.Factor : t.Factor))];

    /// <summary>The range of g is above the bound, or g is defined nowhere.</summary>
    public bool ByRange(DyadicBox box, BigRational bound)
    {
        var jet = BallEvaluation.Of(formula, _terms, Balls(box), 0, work);
        return jet.IsNowhere || (jet.Value is { } value && Exceeds(value, bound));
    }

    /// <summary>g(c) + Σ G_i (x_i − c_i) is above the bound for the slopes G of g.</summary>
    public bool ByMeanValue(DyadicBox box, BigRational bound, Dyadic[] centre)
    {
        if (!box.Contains(centre)
            || BallEvaluation.Of(formula, _terms, Balls(box), 1, work) is not { IsContinuous: true, Slopes: { } slopes }
            || BallEvaluation.Of(formula, _terms, Balls(new(centre, centre)), 0, work).Value is not { } value)
        {
            return false;
        }

        for (int i = 0; i < slopes.Length; i++)
        {
            value += BallFunctions.Product(slopes[i], Difference(box, i, centre[i]));
        }

        return Exceeds(value, bound);
    }

    /// <summary>
    /// S H S + shift is positive definite for every Hessian H of g on the box, S = diag(2^scale); so
    /// L(x) = g(x) + shift/2 Σ (x_i − low_i)(x_i − high_i)/4^scale_i is convex and at most g, and its tangent plane at
    /// the point is above the bound.
    /// </summary>
    public bool ByConvexity(DyadicBox box, BigRational bound, Dyadic shift, int[] scales, Dyadic[] point)
    {
        int[] free = [.. Enumerable.Range(0, box.Dimension).Where(i => box.Low[i] < box.High[i])];
        if (shift.Sign < 0 || scales.Length != box.Dimension || !box.Contains(point)
            || BallEvaluation.Of(formula, _terms, Balls(box), 2, work) is not { IsContinuous: true, Bends: { } bends }
            || !IsPositive(bends, free, scales, FixedBall.Of(shift, bits))
            || BallEvaluation.Of(formula, _terms, Balls(new(point, point)), 1, work, isWithin: true)
                is not { Value: { } value, Slopes: { } slopes })
        {
            return false;
        }

        var half = FixedBall.Of(shift * new Dyadic(1, -1), bits);
        foreach (int i in free)
        {
            Dyadic unit = new(1, -scales[i]);
            FixedBall below = FixedBall.Of((point[i] - box.Low[i]) * unit, bits),
                above = FixedBall.Of((point[i] - box.High[i]) * unit, bits);
            var slope = slopes[i] + ((half * (below + above)).Scaled(-scales[i]).AtBits(bits));
            value += (half * below * above) + BallFunctions.Product(slope, Difference(box, i, point[i]));
        }

        return Exceeds(value, bound);
    }

    /// <summary>
    /// The box cut down to faces at which the minimum lies: g does not fall towards the other end. Null if that is not
    /// shown.
    /// </summary>
    public DyadicBox? OnFaces(DyadicBox box, IReadOnlyList<Face> faces)
    {
        if (BallEvaluation.Of(formula, _terms, Balls(box), 1, work) is not { IsContinuous: true, Slopes: { } slopes })
        {
            return null;
        }

        foreach (var face in faces)
        {
            var slope = slopes[face.Side];
            if (face.IsUpper ? slope.High.Sign > 0 : slope.Low.Sign < 0)
            {
                return null;
            }

            var end = face.IsUpper ? box.High[face.Side] : box.Low[face.Side];
            box = box.With(face.Side, end, end);
        }

        return box;
    }

    private FixedBall[] Balls(DyadicBox box) =>
        [.. box.Low.Zip(box.High, (low, high) => FixedBall.Of(low, high, bits))];

    private FixedBall Difference(DyadicBox box, int i, Dyadic from) =>
        FixedBall.Of(box.Low[i] - from, box.High[i] - from, bits);

    private static bool Exceeds(FixedBall value, BigRational bound) =>
        value.Low >= bound * BigRational.PowerOfTwo(value.Bits);

    // A symmetric matrix within radii r_ij of m_ij is at least m − diag(Σ_j r_ij); that, with the shift, has positive
    // pivots.
    private static bool IsPositive(FixedBall[] bends, int[] free, int[] scales, FixedBall shift)
    {
        int m = free.Length, bits = shift.Bits;
        var a = new FixedBall[m, m];
        for (int i = 0; i < m; i++)
        {
            BigInteger radii = 0;
            for (int j = 0; j < m; j++)
            {
                int r = int.Max(free[i], free[j]), c = int.Min(free[i], free[j]);
                var entry = bends[(r * (r + 1) / 2) + c].Scaled(scales[r] + scales[c]).AtBits(bits);
                a[i, j] = entry with { Rad = BigInteger.Zero };
                radii += entry.Rad;
            }

            a[i, i] += shift - new FixedBall(radii, 0, bits);
        }

        for (int k = 0; k < m; k++)
        {
            if (a[k, k].Low.Sign <= 0)
            {
                return false;
            }

            for (int i = k + 1; i < m; i++)
            {
                var factor = a[i, k] / a[k, k];
                for (int j = k + 1; j <= i; j++)
                {
                    a[i, j] = a[j, i] = a[i, j] - (factor * a[j, k]);
                }
            }
        }

        return true;
    }
}
