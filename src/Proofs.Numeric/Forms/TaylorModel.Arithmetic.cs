using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Forms;

// Coefficients are computed as intervals; what a coefficient's rounding leaves goes to the remainder, as |u| ≤ 1.
public sealed partial class TaylorModel
{
    /// <inheritdoc/>
    public static TaylorModel operator +(TaylorModel a, TaylorModel b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Combine(
            a, b, a.Range + b.Range, a.Remainder + b.Remainder, (x, y) => Interval.Point(x) + Interval.Point(y));
    }

    /// <inheritdoc/>
    public static TaylorModel operator -(TaylorModel a, TaylorModel b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Combine(
            a, b, a.Range - b.Range, a.Remainder - b.Remainder, (x, y) => Interval.Point(x) - Interval.Point(y));
    }

    /// <inheritdoc/>
    public static TaylorModel operator *(TaylorModel a, TaylorModel b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        Same(a, b);
        int d = a.Dimension;
        var range = a.Range * b.Range;
        if (a.Range.IsEmpty || b.Range.IsEmpty || !a.Remainder.IsBounded || !b.Remainder.IsBounded)
        {
            return a.Unknown(range);
        }

        // (p + R)(q + S) = p q + p S + R (q + S); p = p_0 + p_1 + p_2 by degree.
        var product = new Interval[a._coefficients.Length];
        for (int k = 0; k < product.Length; k++)
        {
            product[k] = Interval.Point(a.Constant) * Interval.Point(b._coefficients[k]);
            if (k > 0)
            {
                product[k] += Interval.Point(b.Constant) * Interval.Point(a._coefficients[k]);
            }
        }

        Interval unit = Interval.Between(-1, 1), beyond = Interval.Zero;
        for (int i = 0; i < d; i++)
        {
            for (int j = i; j < d; j++)
            {
                var second = Interval.Point(a.Linear(i)) * Interval.Point(b.Linear(j));
                if (j > i)
                {
                    second += Interval.Point(a.Linear(j)) * Interval.Point(b.Linear(i));
                }

                if (a.Order == 2)
                {
                    product[a.Pair(i, j)] += second;
                }
                else
                {
                    beyond += second * (i == j ? Interval.Between(0, 1) : unit);
                }
            }
        }

        if (a.Order == 2)
        {
            Interval a1 = a.OfDegree(1), a2 = a.OfDegree(2), b1 = b.OfDegree(1), b2 = b.OfDegree(2);
            beyond = (a1 * b2) + (a2 * b1) + (a2 * b2);
        }

        var p = Interval.Point(a.Constant) + a.Varying();
        var q = Interval.Point(b.Constant) + b.Varying();
        beyond += (p * b.Remainder) + (a.Remainder * (q + b.Remainder));
        return Rounded(a, product, beyond, range);
    }

    private static TaylorModel Combine(
        TaylorModel a, TaylorModel b, Interval range, Interval remainder, Func<double, double, Interval> of)
    {
        Same(a, b);
        var sums = new Interval[a._coefficients.Length];
        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] = of(a._coefficients[k], b._coefficients[k]);
        }

        return Rounded(a, sums, remainder, range);
    }

    private static TaylorModel Rounded(TaylorModel like, Interval[] exact, Interval remainder, Interval range)
    {
        var coefficients = new double[exact.Length];
        for (int k = 0; k < exact.Length; k++)
        {
            if (!exact[k].IsBounded)
            {
                return like.Unknown(range);
            }

            coefficients[k] = exact[k].Midpoint;
            var rest = exact[k] - Interval.Point(coefficients[k]);
            remainder += k == 0 ? rest : Interval.Between(-rest.Magnitude, rest.Magnitude);
        }

        return remainder.IsBounded && !range.IsEmpty
            ? new(like.Dimension, like.Order, coefficients, remainder, range)
            : like.Unknown(range);
    }

    private Interval OfDegree(int degree)
    {
        Interval unit = Interval.Between(-1, 1), sum = Interval.Zero;
        for (int i = 0; i < Dimension; i++)
        {
            if (degree == 1)
            {
                sum += Interval.Point(Linear(i)) * unit;
                continue;
            }

            for (int j = i; j < Dimension; j++)
            {
                sum += Interval.Point(Quadratic(i, j)) * (i == j ? Interval.Between(0, 1) : unit);
            }
        }

        return sum;
    }

    private static void Same(TaylorModel a, TaylorModel b)
    {
        if (a.Dimension != b.Dimension || a.Order != b.Order)
        {
            throw new ArgumentException(
                "Models of one domain have one dimension and order; "
                    + $"got {a.Dimension} and {b.Dimension}, {a.Order} and {b.Order}.");
        }
    }
}
