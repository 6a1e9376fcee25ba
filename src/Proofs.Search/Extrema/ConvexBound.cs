using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;

namespace Proofs.Search.Extrema;

// Lower bounds of g on a box from its second derivatives. With s > 0 and δ ≥ 0 such that S H S + δ is positive definite
// for every Hessian H on the box, L(x) = g(x) + δ/2 Σ (x_i − low_i)(x_i − high_i)/s_i² is convex and at most g on the
// box; so g lies above every tangent plane of L, and the one at the minimiser of L is a good bound.
// Source: Adjiman, Dallwig, Floudas, Neumaier, A global optimization method, αBB, Computers and Chemical Engineering 22
// (1998).
internal sealed class ConvexBound(ExprTape tape)
{
    private const int NewtonSteps = 6;

    private readonly int _n = tape.Dimension;
    private readonly Interval[] _at = new Interval[tape.Dimension];
    private readonly Interval[] _gradient = new Interval[tape.Dimension];

    // The bound, where the plane touches, the shift δ and the scales s, which are powers of two; minus infinity where
    // there is none.
    public readonly record struct Result(double Lower, double[] Point, double Shift, double[] Scales)
    {
        public static Result None => new(double.NegativeInfinity, [], 0, []);
    }

    // The best bound above `known`, or the first that is at least `enough`. The box has at least one free side; `start`
    // is where the minimum is looked for first.
    public Result Of(Interval[] box, ReadOnlySpan<Interval> hessian, double[] start, double known, double enough)
    {
        int[] free = [.. Enumerable.Range(0, _n).Where(i => !box[i].IsPoint)];
        double[] scales = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            scales[i] = box[i].IsPoint ? 1 : PowerOfTwoAbout(box[i].Width);
        }

        double[,] middle = new double[free.Length, free.Length];
        if (Thin(hessian, free, scales, middle) is not { } thin)
        {
            return Result.None;
        }

        double size = 0;
        foreach (double entry in thin)
        {
            size = Math.Max(size, Math.Abs(entry));
        }

        double least = SymmetricMatrix.LeastEigenvalue(thin);
        double shift = least > 1e-9 * size ? 0 : Math.Max(0, -least) + (1e-8 * size);
        if (!double.IsFinite(shift) || !IsPositive(thin, shift))
        {
            return Result.None;
        }

        for (int i = 0; i < free.Length; i++)
        {
            middle[i, i] += shift;
        }

        return Touch(box, free, scales, middle, shift, start, known, enough);
    }

    private static double PowerOfTwoAbout(double width) => Math.ScaleB(1, Math.Clamp(Math.ILogB(width), -500, 500));

    // S H S on the free sides, its middle, and that less the radii of the rows: where the latter is positive definite,
    // every S H S is.
    private double[,]? Thin(ReadOnlySpan<Interval> hessian, int[] free, double[] scales, double[,] middle)
    {
        int m = free.Length;
        double[,] thin = new double[m, m];
        for (int i = 0; i < m; i++)
        {
            double radii = 0;
            for (int j = 0; j < m; j++)
            {
                var entry = hessian[(_n * free[i]) + free[j]] * Interval.Point(scales[free[i]])
                    * Interval.Point(scales[free[j]]);
                if (!entry.IsBounded)
                {
                    return null;
                }

                // One number for both halves, and the radius about it.
                middle[i, j] = i <= j ? entry.Midpoint : middle[j, i];
                thin[i, j] = middle[i, j];
                radii = DirectedRounding.AddUp(
                    radii, Math.Max(
                        DirectedRounding.SubtractUp(entry.Sup, middle[i, j]),
                        DirectedRounding.SubtractUp(middle[i, j], entry.Inf)));
            }

            thin[i, i] = DirectedRounding.SubtractDown(middle[i, i], radii);
            if (!double.IsFinite(thin[i, i]))
            {
                return null;
            }
        }

        return thin;
    }

    // Whether the matrix with the shift on its diagonal is positive definite: all pivots of an interval elimination
    // are.
    private static bool IsPositive(double[,] matrix, double shift)
    {
        int m = matrix.GetLength(0);
        var a = new Interval[m, m];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
            {
                a[i, j] = i == j ? Interval.Point(matrix[i, i]) + Interval.Point(shift) : Interval.Point(matrix[i, j]);
            }
        }

        for (int k = 0; k < m; k++)
        {
            if (!(a[k, k].Inf > 0))
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

    // Newton's method for the minimiser of L, as long as the bound may get better than what is known.
    private Result Touch(
        Interval[] box, int[] free, double[] scales, double[,] curvature, double shift, double[] start, double known,
        double enough)
    {
        int m = free.Length;
        double[] point = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            point[i] = Math.Clamp(start[i], box[i].Inf, box[i].Sup);
        }

        var best = Result.None;
        double[] slopes = new double[m], low = new double[m], high = new double[m];
        for (int step = 0; step < NewtonSteps; step++)
        {
            for (int i = 0; i < _n; i++)
            {
                _at[i] = Interval.Point(point[i]);
            }

            var value = tape.Gradient(_at, _gradient);
            double lower = Tangent(box, free, scales, shift, point, value.Set), gain = lower - best.Lower;
            if (!(gain > 0))
            {
                break;
            }

            best = new(lower, [.. point], shift, scales);
            if (lower >= enough || gain <= 1e-13 * Math.Abs(lower))
            {
                break;
            }

            double floor = value.Set.Midpoint;
            for (int i = 0; i < m; i++)
            {
                var (side, s) = (box[free[i]], scales[free[i]]);
                double x = point[free[i]];
                floor += shift / 2 * ((x - side.Inf) / s) * ((x - side.Sup) / s);
                slopes[i] =
                    (_gradient[free[i]].Midpoint * s) + (shift / 2 * (((x - side.Inf) / s) + ((x - side.Sup) / s)));
                (low[i], high[i]) = ((side.Inf - x) / s, (side.Sup - x) / s);
            }

            double[] move = BoxQuadratic.Minimiser(curvature, slopes, low, high);
            for (int i = 0; i < m; i++)
            {
                floor += slopes[i] * move[i] / 2;
                var side = box[free[i]];
                double x = move[i] <= low[i]
                    ? side.Inf
                    : move[i] >= high[i]
                    ? side.Sup
                    : point[free[i]] + (move[i] * scales[free[i]]);
                point[free[i]] = double.IsNaN(x) ? point[free[i]] : Math.Clamp(x, side.Inf, side.Sup);
            }

            if (floor < known - (0.5 * Math.Abs(enough - known)))
            {
                break; // the minimum of L is about that
            }
        }

        return best;
    }

    // The least value on the box of the tangent plane of L at a point.
    private double Tangent(Interval[] box, int[] free, double[] scales, double shift, double[] point, Interval value)
    {
        var sum = value;
        var half = Interval.Point(shift / 2);
        foreach (int i in free)
        {
            Interval x = Interval.Point(point[i]), s = Interval.Point(scales[i]), slope = _gradient[i];
            if (shift != 0)
            {
                Interval below = (x - Interval.Point(box[i].Inf)) / s, above = (x - Interval.Point(box[i].Sup)) / s;
                slope += half * (below + above) / s;
                sum += half * below * above;
            }

            sum += slope * (box[i] - x);
        }

        return sum.IsEmpty ? double.NegativeInfinity : sum.Inf;
    }
}
