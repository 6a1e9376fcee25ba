using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>A set of reals between two ends, each closed or open; a missing end is infinite.</summary>
/// <param name="Lower">The lower end; null where there is none.</param>
/// <param name="OpenBelow">Whether the lower end is left out.</param>
/// <param name="Upper">The upper end; null where there is none.</param>
/// <param name="OpenAbove">Whether the upper end is left out.</param>
/// <remarks>
/// Guarantee: operators return an enclosure of the set image, exact at the ends and their openness.
/// It is the set of values that a term may have, possibly none, and not an enclosure of one number as
/// <see cref="RationalInterval"/>: x > 0 shows 1/x > 0 because the end is open, and facts that contradict each other
/// make the set empty.
/// </remarks>
public readonly record struct Range(BigRational? Lower, bool OpenBelow, BigRational? Upper, bool OpenAbove)
{
    private const int Bits = 128;

    /// <summary>All reals.</summary>
    public static readonly Range All = new(null, true, null, true);

    /// <summary>The reals above 0.</summary>
    public static readonly Range Positive = new(BigRational.Zero, true, null, true);

    /// <summary>The reals from 0 on.</summary>
    public static readonly Range NonNegative = new(BigRational.Zero, false, null, true);

    /// <summary>One number.</summary>
    public static Range Point(BigRational x) => new(x, false, x, false);

    /// <summary>The numbers between two, both included.</summary>
    public static Range Between(BigRational lower, BigRational upper) => new(lower, false, upper, false);

    /// <summary>Whether no number is in the set.</summary>
    public bool IsEmpty => Lower > Upper || (Lower == Upper && Lower is not null && (OpenBelow || OpenAbove));

    /// <summary>Whether all numbers of the set are above 0.</summary>
    public bool IsPositive => Lower is { } a && (a.Sign > 0 || (a.IsZero && OpenBelow));

    /// <summary>Whether all numbers of the set are below 0.</summary>
    public bool IsNegative => Upper is { } b && (b.Sign < 0 || (b.IsZero && OpenAbove));

    /// <summary>Whether no number of the set is below 0.</summary>
    public bool IsNonNegative => Lower is { Sign: >= 0 };

    /// <summary>Whether no number of the set is above 0.</summary>
    public bool IsNonPositive => Upper is { Sign: <= 0 };

    /// <summary>Whether 0 is not in the set.</summary>
    public bool IsNonZero => IsPositive || IsNegative;

    /// <summary>The numbers with their signs changed.</summary>
    public static Range operator -(Range a) =>
        new(a.Upper is { } u ? -u : null, a.OpenAbove, a.Lower is { } l ? -l : null, a.OpenBelow);

    /// <summary>The sums of numbers of both sets.</summary>
    public static Range operator +(Range a, Range b) => new(
        a.Lower + b.Lower, a.OpenBelow || b.OpenBelow, a.Upper + b.Upper, a.OpenAbove || b.OpenAbove);

    /// <summary>The products of numbers of both sets.</summary>
    public static Range operator *(Range a, Range b)
    {
        if (a.Lower is { } x && a.Upper == x && b.Lower is { } y && b.Upper == y)
        {
            return Point(x * y);
        }

        End[] ends = [
            End.Lower(a) * End.Lower(b), End.Lower(a) * End.Upper(b), End.Upper(a) * End.Lower(b),
            End.Upper(a) * End.Upper(b)];
        var low = ends.Aggregate((p, q) => p.Compare(q) is var c && (c < 0 || (c == 0 && !p.Open)) ? p : q);
        var high = ends.Aggregate((p, q) => p.Compare(q) is var c && (c > 0 || (c == 0 && !p.Open)) ? p : q);
        return new(low.Finite, low.Open, high.Finite, high.Open);
    }

    /// <summary>The numbers in both sets.</summary>
    public Range Intersect(Range other)
    {
        var (lower, openBelow) = (Lower, OpenBelow);
        if (other.Lower is { } a && (lower is null || a > lower || (a == lower && other.OpenBelow)))
        {
            (lower, openBelow) = (a, other.OpenBelow);
        }

        var (upper, openAbove) = (Upper, OpenAbove);
        if (other.Upper is { } b && (upper is null || b < upper || (b == upper && other.OpenAbove)))
        {
            (upper, openAbove) = (b, other.OpenAbove);
        }

        return new(lower, openBelow, upper, openAbove);
    }

    /// <summary>The integers of the set lie between these ends.</summary>
    public Range Integers() => new(
        Lower is { } a ? OpenBelow ? a.Floor() + 1 : a.Ceiling() : null,
        Lower is null,
        Upper is { } b ? OpenAbove ? b.Ceiling() - 1 : b.Floor() : null,
        Upper is null);

    /// <summary>The smaller ones of numbers of both sets.</summary>
    public static Range Min(Range a, Range b) => -Max(-a, -b);

    /// <summary>The larger ones of numbers of both sets.</summary>
    public static Range Max(Range a, Range b)
    {
        var below = b.Lower is null || (a.Lower is { } x && (x > b.Lower || (x == b.Lower && a.OpenBelow))) ? a : b;
        var above = a.Upper is null || (b.Upper is { } y && (a.Upper > y || (a.Upper == y && !a.OpenAbove))) ? a : b;
        return new(below.Lower, below.OpenBelow, above.Upper, above.OpenAbove);
    }

    /// <summary>The absolute values.</summary>
    public Range Abs() => IsNonNegative ? this : IsNonPositive ? -this : Max(this, -this).Intersect(NonNegative);

    /// <summary>The n-th powers, for an integer n; the set must not hold 0 where n is negative.</summary>
    public Range Power(int n)
    {
        if (n < 0)
        {
            return Power(-n).Reciprocal();
        }

        if (n == 0)
        {
            return Point(1);
        }

        var set = n % 2 == 0 ? Abs() : this;
        return new(
            set.Lower is { } a ? NumberLimits.Power(a, n) : null, set.OpenBelow,
            set.Upper is { } b ? NumberLimits.Power(b, n) : null, set.OpenAbove);
    }

    // Of a set without 0; an end 0 is open there.
    private Range Reciprocal()
    {
        if (!IsPositive)
        {
            return IsNegative ? -(-this).Reciprocal() : All;
        }

        if (Upper is { Sign: <= 0 })
        {
            return All; // no number is positive and at most 0: facts that contradict each other
        }

        return new(
            Upper is { } b ? b.Reciprocal() : BigRational.Zero,
            Upper is null || OpenAbove,
            Lower is { Sign: > 0 } a ? a.Reciprocal() : null,
            Lower is { Sign: > 0 } ? OpenBelow : true);
    }

    /// <summary>The values exp(x).</summary>
    public Range Exp(WorkBudget work) => new Range(
        Lower is { } a ? ConstantEnclosure.Exp(a, work).Lower : BigRational.Zero,
        Lower is not { IsZero: true } || OpenBelow,
        Upper is { } b ? ConstantEnclosure.Exp(b, work).Upper : null,
        Upper is not { IsZero: true } || OpenAbove) switch
    {
        // Off 0 the rounded ends are no values of exp, so they are open; at 0 the end is exactly 1.
        var r => r.Intersect(Positive),
    };

    /// <summary>The values log(x) of a positive set.</summary>
    public Range Log(WorkBudget work) => new(
        Lower is { Sign: > 0 } a ? ConstantEnclosure.Log(a, work).Low : null,
        Lower is { Sign: > 0 } && OpenBelow,
        Upper is { Sign: > 0 } b ? ConstantEnclosure.Log(b, work).High : null,
        Upper is { Sign: > 0 } && OpenAbove);

    /// <summary>The values x^e of a set of x ≥ 0, for a rational e > 0, or x > 0 for a rational e ≠ 0.</summary>
    public Range Power(BigRational e, WorkBudget work)
    {
        if (e.Sign < 0)
        {
            return Power(-e, work).Reciprocal();
        }

        return new(
            Lower is { } a ? Root(a, e, work, up: false) : null, OpenBelow,
            Upper is { } b ? Root(b, e, work, up: true) : null, OpenAbove);
    }

    private static BigRational? Root(BigRational x, BigRational e, WorkBudget work, bool up)
    {
        if (x.Sign <= 0)
        {
            return BigRational.Zero;
        }

        if (x == BigRational.One)
        {
            return x;
        }

        var log = ConstantEnclosure.Log(x, work);
        return up ? ConstantEnclosure.Exp(log.High * e, work).Upper : ConstantEnclosure.Exp(log.Low * e, work).Lower;
    }

    /// <summary>The same set, its ends moved outward to numbers of moderate length.</summary>
    public Range Rounded() => new(
        Lower is { } a && IsLong(a) ? Dyadic.RoundDown(a, Bits).ToRational() : Lower,
        OpenBelow && !(Lower is { } a1 && IsLong(a1)),
        Upper is { } b && IsLong(b) ? Dyadic.RoundUp(b, Bits).ToRational() : Upper,
        OpenAbove && !(Upper is { } b1 && IsLong(b1)));

    private static bool IsLong(BigRational x) => x.Numerator.GetBitLength() + x.Denominator.GetBitLength() > 6 * Bits;

    // An end as a point of the extended line: sign of infinity, or a number.
    private readonly record struct End(int Infinity, BigRational Value, bool Open)
    {
        public BigRational? Finite => Infinity == 0 ? Value : null;

        public static End Lower(Range r) => r.Lower is { } a ? new(0, a, r.OpenBelow) : new(-1, 0, true);

        public static End Upper(Range r) => r.Upper is { } b ? new(0, b, r.OpenAbove) : new(1, 0, true);

        private int Sign => Infinity != 0 ? Infinity : Value.Sign;

        public int Compare(End other) =>
            Infinity != other.Infinity
                ? Infinity.CompareTo(other.Infinity)
                : Infinity != 0
                ? 0
                : Value.CompareTo(other.Value);

        // A closed factor 0 makes the product 0 a value; an end at 0 times infinity is 0, the limit of what occurs.
        public static End operator *(End a, End b)
        {
            if (a.Sign == 0 || b.Sign == 0)
            {
                return new(0, 0, !((a.Sign == 0 && !a.Open) || (b.Sign == 0 && !b.Open)));
            }

            return a.Infinity != 0 || b.Infinity != 0
                ? new(a.Sign * b.Sign, 0, true)
                : new(0, a.Value * b.Value, a.Open || b.Open);
        }
    }
}
