using Proofs.Constructions.Domains;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;
using Proofs.Search.Errors;
using Proofs.Search.Regions;
using Proofs.Search.Relaxations;

namespace Proofs.Search.Extrema;

// How the lower bound of a leaf was found; a certificate says which rule the kernel is to try.
internal enum BoundRule
{
    Range,
    MeanValue,
    Convex,
    Pieces,
}

// What is known of g on a box: the box cut down to the faces on which its minimum lies, a lower bound, the rule that
// gave it, and a point where g may be small.
internal sealed record BoxBound(Interval[] Box, double Lower, BoundRule Rule, double[] Point, int Split)
{
    // The faces it was cut down to, in the order in which that was seen.
    public IReadOnlyList<Face[]> Faces { get; init; } = [];

    public ConvexBound.Result Convex { get; init; } = ConvexBound.Result.None;

    public bool IsEmpty => double.IsPositiveInfinity(Lower);
}

// Lower bounds of g = ±f on boxes, over the points at which f is defined. One serves one thread.
internal sealed class BoxBounds
{
    private const double TooLoose = 1e-7;

    private readonly ExprTape _tape;
    private readonly ConvexBound _convex;
    private readonly ErrorEvaluator? _pieces;
    private readonly Membership _points;
    private readonly Expr _formula;
    private readonly int _sign;
    private readonly Interval[] _gradient;
    private readonly Interval[] _hessian;
    private readonly Interval[] _at;
    private readonly double[] _low;
    private readonly double[] _high;
    private Domain _domain;

    // `formula` is f, in the inputs' names; `sign` is 1 where g = f and −1 where g = −f; `pieces` encloses f apart on
    // both sides of its kinks and jumps.
    public BoxBounds(ExprTape tape, Expr formula, int sign, ErrorEvaluator? pieces, Domain domain)
    {
        (_tape, _formula, _sign, _pieces, _domain) = (tape, formula, sign, pieces, domain);
        _points = new(Region.Of(new Box(domain.Lower, domain.Upper)));
        _convex = new(tape);
        int n = tape.Dimension;
        (_gradient, _hessian, _at) = (new Interval[n], new Interval[n * n], new Interval[n]);
        (_low, _high) = (new double[n], new double[n]);
    }

    // The same bounds on the boxes of another domain.
    public BoxBounds On(Domain domain)
    {
        _domain = domain;
        return this;
    }

    // The best bound, or the first that is at least `enough`.
    public BoxBound Of(Interval[] given, double enough, double[]? best)
    {
        Interval[] box = [.. given];
        var bound = new BoxBound(box, double.NegativeInfinity, BoundRule.Range, Middle(box), Widest(box));
        while (true)
        {
            var value = _tape.Gradient(box, _gradient);
            if (value.Set.IsEmpty)
            {
                return bound with { Lower = double.PositiveInfinity };
            }

            bound = Better(bound, value.Set.Inf, BoundRule.Range);
            if (bound.Lower >= enough || value.Decoration < Decoration.Continuous)
            {
                return bound.Lower >= enough ? bound : Apart(bound, value.Decoration);
            }

            var faces = Reduce(box);
            if (faces.Length == 0)
            {
                break;
            }

            bound = bound with { Point = Middle(box), Faces = [.. bound.Faces, faces] };
        }

        bound = bound with { Split = Strongest(box) };
        if (bound.Split < 0)
        {
            return bound.Lower >= enough ? bound : AtPoint(bound); // a point, or as small as boxes get
        }

        bound = MeanValue(bound);
        if (bound.Lower < enough)
        {
            bound = Apart(bound, Decoration.Continuous);
        }

        return bound.Lower < enough ? Curved(bound, enough, best) : bound;
    }

    // The value at a point of the domain; null where it is not known to be defined there.
    public Interval? At(double[] point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            double x = point[i], low = _domain.InnerLow[i], high = _domain.InnerHigh[i];
            _at[i] = x >= low && x <= high ? Interval.Point(x)
                : low > high ? Interval.Between(_domain.Outer.Low[i], _domain.Outer.High[i])
                : x < low ? Interval.Between(_domain.Outer.Low[i], low) : Interval.Between(high, _domain.Outer.High[i]);
        }

        var value = _tape.EvaluateDecorated(_at);
        bool isDefined = value.Decoration >= Decoration.Defined && value.Set.IsBounded;
        if (isDefined && value.Set.Width <= TooLoose * value.Set.Magnitude)
        {
            return value.Set;
        }

        // What cancels in binary64 need not in many digits.
        var precise = Precisely(_points.At(PointOracle.Inside(_domain, point)));
        return isDefined && precise is { } p
            ? Interval.Intersect(value.Set, p) is { IsEmpty: false } both
            ? both
            : value.Set
            : isDefined ? value.Set
            : precise;
    }

    // g in many digits, where it is defined and bounded; null else.
    private Interval? Precisely(PreciseRange at) =>
        at.Of(_formula) is { IsDefined: true, Set: { } set }
            && (_sign > 0 ? set : -set).ToInterval() is { IsBounded: true } value ? value : null;

    // The bound on a box that is not divided further, by the points of the domain in it.
    private BoxBound AtPoint(BoxBound bound)
    {
        BigRational[] low = new BigRational[bound.Box.Length], high = new BigRational[bound.Box.Length];
        for (int i = 0; i < low.Length; i++)
        {
            (low[i], high[i]) = (Clamped(bound.Box[i].Inf, i), Clamped(bound.Box[i].Sup, i));
        }

        return Precisely(_points.On(low, high)) is { } value ? Better(bound, value.Inf, BoundRule.Range) : bound;
    }

    private BigRational Clamped(double x, int i) =>
        BigRational.Min(BigRational.Max(Binary64.Exact(x), _domain.Lower[i]), _domain.Upper[i]);

    private static double[] Middle(Interval[] box) => [.. box.Select(b => b.Midpoint)];

    private static BoxBound Better(BoxBound bound, double lower, BoundRule rule) =>
        lower > bound.Lower ? bound with { Lower = lower, Rule = rule } : bound;

    // Where g does not fall along a side its minimum lies at the side's lower end, where it does not rise at the upper
    // one.
    private Face[] Reduce(Interval[] box)
    {
        List<Face> faces = [];
        for (int i = 0; i < box.Length; i++)
        {
            if (!box[i].IsPoint && (_gradient[i].Inf >= 0 || _gradient[i].Sup <= 0))
            {
                faces.Add(new(i, !(_gradient[i].Inf >= 0)));
                box[i] = Interval.Point(_gradient[i].Inf >= 0 ? box[i].Inf : box[i].Sup);
            }
        }

        return [.. faces];
    }

    // The side along which g may change most; the widest of those with unbounded slopes, if any; −1 for a point.
    private int Strongest(Interval[] box)
    {
        int best = -1;
        double most = double.NegativeInfinity;
        for (int i = 0; i < box.Length; i++)
        {
            if (!CanSplit(box[i]))
            {
                continue;
            }

            double change = _gradient[i].IsBounded
                ? _gradient[i].Magnitude * box[i].Width
                : double.MaxValue * Math.Min(1, box[i].Width);
            if (change > most)
            {
                (best, most) = (i, change);
            }
        }

        return best;
    }

    private static int Widest(Interval[] box)
    {
        int best = -1;
        for (int i = 0; i < box.Length; i++)
        {
            if (CanSplit(box[i]) && (best < 0 || box[i].Width > box[best].Width))
            {
                best = i;
            }
        }

        return best;
    }

    private static bool CanSplit(Interval side) => side.Inf < side.Midpoint && side.Midpoint < side.Sup;

    // g(c) + Σ G_i (x_i − c_i) with the centre c at which both ends of each side count the same.
    // Source: Baumann, Optimal centered forms, BIT 28 (1988).
    private BoxBound MeanValue(BoxBound bound)
    {
        var box = bound.Box;
        double[] centre = new double[box.Length];
        for (int i = 0; i < box.Length; i++)
        {
            if (!_gradient[i].IsBounded)
            {
                return bound;
            }

            double a = _gradient[i].Inf, b = _gradient[i].Sup, x = ((b * box[i].Inf) - (a * box[i].Sup)) / (b - a);
            centre[i] = double.IsFinite(x) ? Math.Clamp(x, box[i].Inf, box[i].Sup) : box[i].Midpoint;
            _at[i] = Interval.Point(centre[i]);
        }

        var value = _tape.Evaluate(_at);
        for (int i = 0; i < box.Length; i++)
        {
            value += _gradient[i] * (box[i] - _at[i]);
        }

        return Better(bound with { Point = centre }, value.Inf, BoundRule.MeanValue);
    }

    // The bound by second derivatives, touched at the best point known where the box holds it.
    private BoxBound Curved(BoxBound bound, double enough, double[]? best)
    {
        var box = bound.Box;
        if (_tape.Hessian(box, _gradient, _hessian).Decoration < Decoration.Continuous)
        {
            return bound;
        }

        var convex =
            _convex.Of(box, _hessian, best is not null && Holds(box, best) ? best : Middle(box), bound.Lower, enough);
        bound = convex.Point.Length > 0 ? bound with { Point = convex.Point } : bound;
        return convex.Lower > bound.Lower
            ? bound with { Lower = convex.Lower, Rule = BoundRule.Convex, Convex = convex }
            : bound;
    }

    private static bool Holds(Interval[] box, double[] point)
    {
        for (int i = 0; i < box.Length; i++)
        {
            if (!(box[i].Inf <= point[i] && point[i] <= box[i].Sup))
            {
                return false;
            }
        }

        return true;
    }

    // The least bound of the pieces on which every open condition is decided.
    private BoxBound Apart(BoxBound bound, Decoration claim)
    {
        if (_pieces is null || claim < Decoration.Defined)
        {
            return bound;
        }

        var box = bound.Box;
        for (int i = 0; i < box.Length; i++)
        {
            (_low[i], _high[i]) = (box[i].Inf, box[i].Sup);
        }

        var cell = new Cell(_domain, _low, _high);
        _pieces.Run(cell, []);
        double upper = double.NegativeInfinity;
        foreach (var piece in _pieces.Pieces)
        {
            upper = Math.Max(upper, PieceBounds.Upper(piece, -_sign));
        }

        if (_pieces.Pieces.Count > 0 && claim < Decoration.Continuous
            && Splitting.Choose(cell, _pieces.Pieces, 1) is >= 0 and var split)
        {
            bound = bound with { Split = split };
        }

        return _pieces.Pieces.Count > 0 ? Better(bound, -upper, BoundRule.Pieces) : bound;
    }
}
