using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

/// <summary>A closed interval [Inf, Sup] of reals with binary64 bounds, possibly unbounded, or the empty set.</summary>
/// <remarks>
/// Invariant: Inf ≤ Sup, Inf &lt; +∞, Sup &gt; −∞, or both NaN for the empty set; default is [0, 0].
/// Guarantee: operations return the tightest enclosure of the exact set image unless they say otherwise. As in IEEE
/// 1788 (set-based flavour) a function is applied to the members inside its domain, and the image of nothing is empty.
/// </remarks>
public readonly partial record struct Interval
{
    private Interval(double inf, double sup) => (Inf, Sup) = (inf, sup);

    /// <summary>The interval [0, 0].</summary>
    public static Interval Zero => default;

    /// <summary>The interval [1, 1].</summary>
    public static Interval One => new(1, 1);

    /// <summary>The empty set.</summary>
    public static Interval Empty => new(double.NaN, double.NaN);

    /// <summary>All reals, [−∞, +∞].</summary>
    public static Interval Entire => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The lower bound; −∞ where there is none, NaN for the empty set.</summary>
    public double Inf { get; }

    /// <summary>The upper bound; +∞ where there is none, NaN for the empty set.</summary>
    public double Sup { get; }

    /// <summary>Whether the set has no member.</summary>
    public bool IsEmpty => double.IsNaN(Inf);

    /// <summary>Whether the set is all of the reals.</summary>
    public bool IsEntire => double.IsNegativeInfinity(Inf) && double.IsPositiveInfinity(Sup);

    /// <summary>Whether the set is non-empty and bounded.</summary>
    public bool IsBounded => double.IsFinite(Inf) && double.IsFinite(Sup);

    /// <summary>Whether the set has exactly one member.</summary>
    public bool IsPoint => Inf == Sup;

    /// <summary>Sup − Inf, rounded up; NaN for the empty set.</summary>
    public double Width => DirectedRounding.SubtractUp(Sup, Inf);

    /// <summary>
    /// The binary64 number nearest to the middle; ±MaxValue for a half-line, 0 for all reals, NaN for the empty set.
    /// </summary>
    /// <remarks>
    /// Guarantee: a finite member of the interval unless it is empty; with <see cref="Radius"/> it covers the interval.
    /// </remarks>
    public double Midpoint
    {
        get
        {
            if (double.IsNegativeInfinity(Inf))
            {
                return double.IsPositiveInfinity(Sup) ? 0 : -double.MaxValue;
            }

            if (double.IsPositiveInfinity(Sup))
            {
                return double.MaxValue;
            }

            // One rounding: a sum of subnormals is exact, and halving is exact otherwise. The + 0 turns -0 into 0.
            double sum = Inf + Sup;
            return (double.IsInfinity(sum) ? (0.5 * Inf) + (0.5 * Sup) : 0.5 * sum) + 0.0;
        }
    }

    /// <summary>
    /// The smallest binary64 r with [m − r, m + r] ⊇ this for the <see cref="Midpoint"/> m; NaN for the empty set.
    /// </summary>
    public double Radius
    {
        get
        {
            double m = Midpoint;
            return Math.Max(DirectedRounding.SubtractUp(m, Inf), DirectedRounding.SubtractUp(Sup, m));
        }
    }

    /// <summary>The largest absolute value of a member; NaN for the empty set.</summary>
    public double Magnitude => Math.Max(Math.Abs(Inf), Math.Abs(Sup));

    /// <summary>The smallest absolute value of a member; NaN for the empty set.</summary>
    public double Mignitude => Inf <= 0 && Sup >= 0 ? 0 : Math.Min(Math.Abs(Inf), Math.Abs(Sup));

    /// <summary>The interval [<paramref name="inf"/>, <paramref name="sup"/>]; −∞ and +∞ stand for no bound.</summary>
    /// <exception cref="ArgumentException">
    /// A bound is NaN, the bounds are inverted, inf is +∞ or sup is −∞.
    /// </exception>
    public static Interval Between(double inf, double sup) => TryBetween(inf, sup) ?? throw new ArgumentException(
        $"An interval needs inf ≤ sup with inf below +∞ and sup above −∞; got inf = {inf:R}, sup = {sup:R}.");

    /// <summary>The interval [<paramref name="value"/>, <paramref name="value"/>].</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is NaN or infinite.</exception>
    public static Interval Point(double value) => double.IsFinite(value)
        ? new(value + 0.0, value + 0.0)
        : throw new ArgumentException($"A point is a finite number; got {value:R}.", nameof(value));

    /// <summary>The tightest interval that contains <paramref name="value"/>.</summary>
    public static Interval Enclose(BigRational value) => Enclose(value, value);

    /// <summary>The tightest interval that contains [<paramref name="lo"/>, <paramref name="hi"/>].</summary>
    /// <exception cref="ArgumentException"><paramref name="lo"/> exceeds <paramref name="hi"/>.</exception>
    public static Interval Enclose(BigRational lo, BigRational hi) => lo <= hi
        ? new(Binary64.RoundDown(lo), Binary64.RoundUp(hi))
        : throw new ArgumentException($"An interval needs lo ≤ hi; got lo = {lo}, hi = {hi}.");

    /// <summary>The tightest interval [m − r, m + r] around a midpoint.</summary>
    /// <exception cref="ArgumentException">The midpoint is not finite, or the radius is NaN or negative.</exception>
    public static Interval FromMidpointRadius(double midpoint, double radius) =>
        double.IsFinite(midpoint) && radius >= 0
            ? new(DirectedRounding.SubtractDown(midpoint, radius), DirectedRounding.AddUp(midpoint, radius))
            : throw new ArgumentException(
                $"A midpoint is finite and a radius at least 0; got midpoint = {midpoint:R}, radius = {radius:R}.");

    /// <summary>Whether <paramref name="value"/> is a member; infinities and NaN are members of no interval.</summary>
    public bool Contains(double value) => double.IsFinite(value) && Inf <= value && value <= Sup;

    /// <summary>Whether the integer <paramref name="value"/> is a member.</summary>
    public bool Contains(int value) => Contains((double)value);

    /// <summary>Whether <paramref name="value"/> is a member.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public bool Contains(BigRational value) =>
        !IsEmpty
        && (double.IsInfinity(Inf) || Binary64.Exact(Inf) <= value)
        && (double.IsInfinity(Sup) || value <= Binary64.Exact(Sup));

    // Bounds that satisfy the invariant by construction, or two NaN.
    internal static Interval Raw(double inf, double sup) => new(inf, sup);

    internal static Interval? TryBetween(double inf, double sup) =>
        inf <= sup && inf < double.PositiveInfinity && sup > double.NegativeInfinity
            ? new(inf + 0.0, sup + 0.0)
            : null;
}
