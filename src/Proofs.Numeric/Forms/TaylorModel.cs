using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Forms;

/// <summary>A polynomial of degree one or two in the variables of a box and an interval remainder.</summary>
/// <remarks>
/// Shape: the variables are scaled, x_i = m_i + r_i u_i with the midpoint m_i and the radius r_i of the box's side and
/// u_i in [−1, 1].
/// Guarantee: at every point of the box where the expression is defined its value minus the polynomial lies in
/// <see cref="Remainder"/>, and the value in <see cref="Range"/>. An expression that is defined nowhere has an empty
/// range.
/// Cost: an operation takes O(d^<see cref="Order"/>) interval operations for d variables; degree-two products O(d²).
/// Source: Berz and Makino, Verified integration of ODEs with Taylor models, Reliable Computing 4 (1998).
/// </remarks>
public sealed partial class TaylorModel : IForm<TaylorModel>
{
    // Coefficients: the constant, u_1 … u_d, and at order 2 the products u_i u_j with i ≤ j, row by row.
    private readonly double[] _coefficients;

    private TaylorModel(int dimension, int order, double[] coefficients, Interval remainder, Interval range)
    {
        (Dimension, Order, _coefficients, Remainder) = (dimension, order, coefficients, remainder);
        Range = Interval.Intersect(range, Bound());
    }

    /// <summary>The number of variables.</summary>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int Order { get; }

    /// <summary>What the value can differ from the polynomial by.</summary>
    public Interval Remainder { get; }

    /// <inheritdoc/>
    public Interval Range { get; }

    /// <summary>The polynomial's constant term, its value at the midpoint.</summary>
    public double Constant => _coefficients[0];

    /// <summary>The model of an expression on a box.</summary>
    /// <remarks>
    /// Shape: <paramref name="box"/> has one bounded side for each of <paramref name="variables"/>;
    /// <paramref name="order"/> is 1 or 2.
    /// Cost: one model operation a node; a shared node is evaluated once.
    /// </remarks>
    /// <exception cref="ArgumentException">A side is empty or unbounded, the counts differ, or the order is not 1 or
    /// 2.</exception>
    /// <exception cref="KeyNotFoundException">The expression has a variable that is not listed.</exception>
    public static TaylorModel Of(
        Expr expression, IReadOnlyList<string> variables, IReadOnlyList<Interval> box, int order)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(box);
        if (order is not (1 or 2))
        {
            throw new ArgumentException($"A Taylor model has order 1 or 2; got {order}.", nameof(order));
        }

        if (variables.Count != box.Count)
        {
            throw new ArgumentException(
                $"Each variable has one side: {variables.Count} variables, {box.Count} sides.", nameof(box));
        }

        int d = box.Count;
        var known = new Dictionary<string, TaylorModel>(StringComparer.Ordinal);
        for (int i = 0; i < d; i++)
        {
            var coefficients = new double[Length(d, order)];
            if (!box[i].IsBounded)
            {
                throw new ArgumentException(
                    $"A Taylor model needs bounded sides; {variables[i]} is in {box[i]}.", nameof(box));
            }

            (coefficients[0], coefficients[1 + i]) = (box[i].Midpoint, box[i].Radius);
            known[variables[i]] = new(d, order, coefficients, Interval.Zero, box[i]);
        }

        var any = new TaylorModel(d, order, new double[Length(d, order)], Interval.Zero, Interval.Zero);
        return new FormEvaluation<TaylorModel>(known, any).Of(expression);
    }

    /// <summary>The coefficient of u_i, for i from 0.</summary>
    public double Linear(int i) => _coefficients[1 + i];

    /// <summary>The coefficient of u_i u_j in the polynomial's sum over i ≤ j; 0 at order 1.</summary>
    public double Quadratic(int i, int j) => Order < 2 ? 0 : _coefficients[Pair(Math.Min(i, j), Math.Max(i, j))];

    /// <summary>An enclosure of the value at the point with the given scaled variables.</summary>
    /// <exception cref="ArgumentException"><paramref name="u"/> has another dimension.</exception>
    public Interval At(params ReadOnlySpan<Interval> u)
    {
        if (u.Length != Dimension)
        {
            throw new ArgumentException($"The model has {Dimension} variables; got {u.Length}.", nameof(u));
        }

        var value = Interval.Point(Constant) + Remainder;
        for (int i = 0; i < Dimension; i++)
        {
            value += Interval.Point(Linear(i)) * u[i];
            for (int j = i; Order == 2 && j < Dimension; j++)
            {
                value += Interval.Point(Quadratic(i, j)) * (i == j ? Interval.Sqr(u[i]) : u[i] * u[j]);
            }
        }

        return Interval.Intersect(value, Range);
    }

    /// <inheritdoc/>
    public TaylorModel Unknown(Interval set)
    {
        var coefficients = new double[_coefficients.Length];
        if (!set.IsBounded)
        {
            return new(Dimension, Order, coefficients, set, set);
        }

        coefficients[0] = set.Midpoint;
        return new(Dimension, Order, coefficients, set - Interval.Point(set.Midpoint), set);
    }

    /// <inheritdoc/>
    public TaylorModel Within(Interval set) =>
        new(Dimension, Order, _coefficients, Remainder, Interval.Intersect(Range, set));

    private static int Length(int d, int order) => 1 + d + (order == 2 ? d * (d + 1) / 2 : 0);

    private int Pair(int i, int j) => 1 + Dimension + (i * Dimension) - (i * (i - 1) / 2) + (j - i);

    private Interval Bound() => Remainder.IsEmpty ? Interval.Empty : Interval.Point(Constant) + Varying() + Remainder;

    // The polynomial without its constant: each variable alone is a parabola, bounded exactly, and mixed products by
    // ±1.
    private Interval Varying()
    {
        Interval unit = Interval.Between(-1, 1), sum = Interval.Zero;
        for (int i = 0; i < Dimension; i++)
        {
            sum += Parabola(Linear(i), Quadratic(i, i));
            for (int j = i + 1; Order == 2 && j < Dimension; j++)
            {
                sum += Interval.Point(Quadratic(i, j)) * unit;
            }
        }

        return sum;
    }

    // a u + b u² on [−1, 1]: extreme at ±1 and at the vertex −a/(2b), where it is −a²/(4b).
    private static Interval Parabola(double a, double b)
    {
        Interval slope = Interval.Point(a), bend = Interval.Point(b), ends = Interval.Hull(bend + slope, bend - slope);
        if (Math.Abs(a) > 2 * Math.Abs(b))
        {
            return ends;
        }

        return b == 0 ? Interval.Zero : Interval.Hull(ends, -Interval.Sqr(slope) / (Interval.Point(4) * bend));
    }
}
