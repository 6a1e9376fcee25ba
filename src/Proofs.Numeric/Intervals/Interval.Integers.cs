using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Intervals;

// Functions onto the integers, and the cancellative additions. All are exact or tightest.
public readonly partial record struct Interval
{
    /// <summary>The set of the largest integers at most x.</summary>
    public static Interval Floor(Interval x) => new(Math.Floor(x.Inf), Math.Floor(x.Sup));

    /// <summary>The set of the smallest integers at least x.</summary>
    public static Interval Ceil(Interval x) => new(Math.Ceiling(x.Inf), Math.Ceiling(x.Sup));

    /// <summary>The set of the integer parts of x, rounded towards 0.</summary>
    public static Interval Truncate(Interval x) => new(Math.Truncate(x.Inf), Math.Truncate(x.Sup));

    /// <summary>The set of the integers nearest to x, ties to the even one.</summary>
    public static Interval RoundTiesToEven(Interval x) =>
        new(Math.Round(x.Inf, MidpointRounding.ToEven), Math.Round(x.Sup, MidpointRounding.ToEven));

    /// <summary>The set of the integers nearest to x, ties away from 0.</summary>
    public static Interval RoundTiesToAway(Interval x) =>
        new(Math.Round(x.Inf, MidpointRounding.AwayFromZero), Math.Round(x.Sup, MidpointRounding.AwayFromZero));

    /// <summary>The set of the signs of x, −1, 0 or 1.</summary>
    public static Interval Sign(Interval x) => x.IsEmpty ? Empty : new(Math.Sign(x.Inf), Math.Sign(x.Sup));

    /// <summary>The tightest z with y + z ⊇ x, or all reals where there is none that recovers x.</summary>
    /// <remarks>
    /// Domain: needs bounded intervals with y no wider than x; an empty x gives an empty z where y is not unbounded.
    /// </remarks>
    public static Interval CancelMinus(Interval x, Interval y)
    {
        if (x.IsEmpty && (y.IsEmpty || y.IsBounded))
        {
            return Empty;
        }

        if (!x.IsBounded || !y.IsBounded)
        {
            return Entire;
        }

        bool narrower = Binary64.Exact(x.Inf) - Binary64.Exact(y.Inf) <= Binary64.Exact(x.Sup) - Binary64.Exact(y.Sup);
        return narrower
            ? new(Proofs.Numeric.Rounding.DirectedRounding.SubtractDown(x.Inf, y.Inf),
                Proofs.Numeric.Rounding.DirectedRounding.SubtractUp(x.Sup, y.Sup))
            : Entire;
    }

    /// <summary>The tightest z with z − y ⊇ x, as <see cref="CancelMinus"/> of x and −y.</summary>
    public static Interval CancelPlus(Interval x, Interval y) => CancelMinus(x, -y);
}
