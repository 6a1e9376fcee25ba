namespace Proofs.Numeric.Intervals;

// Each function with its domain, and where it has jumps. The rest of the claim follows from the sets.
public readonly partial record struct DecoratedInterval
{
    /// <summary>
    /// The claim of <c>f</c> on one argument: <paramref name="result"/> = f(x), defined and continuous as stated.
    /// </summary>
    /// <remarks>
    /// Guarantee: the smaller of the claim of <paramref name="x"/> and that of f itself: Trivial where f is not defined
    /// on all of x, Defined where its restriction to x jumps, Continuous where it is discontinuous at a point of x or
    /// its result is unbounded.
    /// </remarks>
    internal static DecoratedInterval Apply(
        Interval result, DecoratedInterval x, bool isDefined, bool isContinuous, bool isContinuousAround)
    {
        if (x.IsNotAnInterval)
        {
            return default;
        }

        var local = x.Set.IsEmpty || !isDefined ? Decoration.Trivial
            : !isContinuous ? Decoration.Defined
            : !isContinuousAround ? Decoration.Continuous : Decoration.Common;
        return Of(result, local < x.Decoration ? local : x.Decoration);
    }

    /// <summary>A function that is defined and continuous everywhere, of one argument.</summary>
    internal static DecoratedInterval Smooth(Func<Interval, Interval> f, DecoratedInterval x) =>
        Apply(f(x.Set), x, isDefined: true, isContinuous: true, isContinuousAround: true);

    /// <summary>A function that is continuous on its domain, of one argument that lies there where said.</summary>
    internal static DecoratedInterval Within(Func<Interval, Interval> f, DecoratedInterval x, bool isDefined) =>
        Apply(f(x.Set), x, isDefined, isContinuous: true, isContinuousAround: true);

    /// <summary>A function of two arguments that is continuous on its domain, where said.</summary>
    internal static DecoratedInterval Within(
        Func<Interval, Interval, Interval> f, DecoratedInterval x, DecoratedInterval y, bool isDefined) =>
        Apply(f(x.Set, y.Set), Worst(x, y), isDefined && !x.Set.IsEmpty && !y.Set.IsEmpty, true, true);

    /// <summary>The sums x + y.</summary>
    public static DecoratedInterval operator +(DecoratedInterval x, DecoratedInterval y) =>
        Within((a, b) => a + b, x, y, true);

    /// <summary>The differences x − y.</summary>
    public static DecoratedInterval operator -(DecoratedInterval x, DecoratedInterval y) =>
        Within((a, b) => a - b, x, y, true);

    /// <summary>The numbers −x.</summary>
    public static DecoratedInterval operator -(DecoratedInterval x) => Smooth(a => -a, x);

    /// <summary>The products x · y.</summary>
    public static DecoratedInterval operator *(DecoratedInterval x, DecoratedInterval y) =>
        Within((a, b) => a * b, x, y, true);

    /// <summary>The quotients x / y; Trivial where y contains 0.</summary>
    public static DecoratedInterval operator /(DecoratedInterval x, DecoratedInterval y) =>
        Within((a, b) => a / b, x, y, !y.Set.Contains(0));

    /// <summary>The values x · y + z.</summary>
    public static DecoratedInterval Fma(DecoratedInterval x, DecoratedInterval y, DecoratedInterval z)
    {
        var worst = Worst(Worst(x, y), z);
        return Apply(
            Interval.Fma(x.Set, y.Set, z.Set), worst, !x.Set.IsEmpty && !y.Set.IsEmpty && !z.Set.IsEmpty, true, true);
    }

    /// <summary>The square root; Trivial where x has negative members.</summary>
    public static DecoratedInterval Sqrt(DecoratedInterval x) => Within(Interval.Sqrt, x, x.Set.Inf >= 0);

    /// <summary>The natural logarithm; Trivial where x has members at most 0.</summary>
    public static DecoratedInterval Log(DecoratedInterval x) => Within(Interval.Log, x, x.Set.Inf > 0);

    /// <summary>The exponential.</summary>
    public static DecoratedInterval Exp(DecoratedInterval x) => Smooth(Interval.Exp, x);

    /// <summary>The sine.</summary>
    public static DecoratedInterval Sin(DecoratedInterval x) => Smooth(Interval.Sin, x);

    /// <summary>The cosine.</summary>
    public static DecoratedInterval Cos(DecoratedInterval x) => Smooth(Interval.Cos, x);

    /// <summary>The tangent; Trivial where a pole lies in x.</summary>
    public static DecoratedInterval Tan(DecoratedInterval x) =>
        Within(Interval.Tan, x, x.Set.IsBounded && !Interval.Tan(x.Set).IsEntire);

    /// <summary>The integer powers; Trivial where 0 lies in x and n is negative.</summary>
    public static DecoratedInterval Pow(DecoratedInterval x, int n) =>
        Within(a => Interval.Pow(a, n), x, n >= 0 || !x.Set.Contains(0));

    /// <summary>
    /// The real powers x^y; Trivial where x has negative members, or 0 while y has members at most 0.
    /// </summary>
    public static DecoratedInterval Pow(DecoratedInterval x, DecoratedInterval y) =>
        Within(Interval.Pow, x, y, x.Set.Inf > 0 || (x.Set.Inf == 0 && y.Set.Inf > 0));

    /// <summary>
    /// The angle of the points (x, y); Trivial at the origin, Defined across the cut, Continuous where it ends at the
    /// cut.
    /// </summary>
    public static DecoratedInterval Atan2(DecoratedInterval y, DecoratedInterval x)
    {
        Interval v = y.Set, u = x.Set;
        bool origin = v.Contains(0) && u.Contains(0), cut = v.Contains(0) && u.Inf < 0;
        return Apply(
            Interval.Atan2(v, u), Worst(x, y), !origin && !u.IsEmpty && !v.IsEmpty, !(cut && v.Inf < 0), !cut);
    }

    /// <summary>
    /// A function with jumps at all points where <paramref name="isJump"/> holds: floor, ceil, sign and their like.
    /// </summary>
    /// <remarks>Continuous where the function is constant on x, Common where moreover no bound is a jump.</remarks>
    internal static DecoratedInterval Step(Func<Interval, Interval> f, DecoratedInterval x, Func<double, bool> isJump)
    {
        var result = f(x.Set);
        return Apply(result, x, true, result.IsPoint, result.IsPoint && !isJump(x.Set.Inf) && !isJump(x.Set.Sup));
    }

    /// <summary>The smaller of two claims on the first set that has it; what a function of both starts from.</summary>
    private static DecoratedInterval Worst(DecoratedInterval x, DecoratedInterval y) =>
        x.Decoration <= y.Decoration ? x : y;
}
