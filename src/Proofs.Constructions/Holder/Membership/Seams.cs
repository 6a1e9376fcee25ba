using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Holder.Membership;

// Where on the lines of a grid a formula changes its branch: conditions of ifs, signs in absolute values, the largest
// of a maximum, steps of floors, signs under roots, in logarithms and in denominators.
internal sealed class Seams
{
    private const int Bisections = 40;
    private const int MostSeams = 48;
    private readonly IReadOnlyList<string> _names;
    private readonly Expr[] _switches; // the formula changes its branch where one of these changes its sign

    public Seams(Expr formula, IReadOnlyList<string> names)
    {
        _names = names;
        var found = new List<Expr>();
        var seen = new HashSet<Expr>();
        Collect(formula);
        _switches = [.. found.Distinct().Where(e => e is not Expr.ConstantCase)];

        void Collect(Expr e)
        {
            if (!seen.Add(e))
            {
                return;
            }

            switch (e)
            {
                case Expr.ConditionalCase c:
                    CollectCondition(c.Condition);
                    break;
                case Expr.ApplyCase
                {
                    Function: Function.Abs or Function.Sqrt or Function.Log or Function.Log2
                    or Function.Pow2Floor or Function.Pow2Ceil
                } a:
                    found.Add(a.Arguments[0]);
                    break;
                case Expr.ApplyCase { Function: Function.Tan } a:
                    found.Add(Expr.Apply(Function.Cos, a.Arguments[0]));
                    break;
                case Expr.ApplyCase { Function: Function.Min or Function.Max } a:
                    found.AddRange(a.Arguments.SelectMany((x, i) => a.Arguments.Take(i).Select(y => x - y)));
                    break;
                case Expr.ApplyCase { Function: Function.Floor or Function.Ceil } a:
                    found.Add(a); // its own value jumps
                    break;
                case Expr.PowerCase { Exponent: Expr.ConstantCase { Value: var n } } p when !n.IsInteger || n.Sign < 0:
                    found.Add(p.Base);
                    break;
                default:
                    break;
            }

            foreach (var child in e.Children)
            {
                Collect(child);
            }
        }

        void CollectCondition(Condition condition)
        {
            switch (condition)
            {
                case Condition.Comparison c:
                    found.Add(c.Left - c.Right);
                    break;
                case Condition.All a:
                    CollectCondition(a.First);
                    CollectCondition(a.Second);
                    break;
                case Condition.Any a:
                    CollectCondition(a.First);
                    CollectCondition(a.Second);
                    break;
                default:
                    throw new InvalidOperationException("Condition is a closed family.");
            }
        }
    }

    // Points before a seam along an axis, within 2^(−40) of a grid cell, with the point of a straight seam itself where
    // that is rational.
    public IEnumerable<(int Axis, BigRational[] Before, BigRational[]? Root)> Between(IEnumerable<BigRational[]> grid)
    {
        if (_switches.Length == 0)
        {
            yield break;
        }

        int found = 0;
        foreach (var line in Lines(grid))
        {
            foreach (var (axis, from, to) in line)
            {
                foreach (var e in _switches)
                {
                    if (found < MostSeams && Cross(e, axis, from, to) is { } seam)
                    {
                        found++;
                        yield return seam;
                    }
                }
            }
        }
    }

    // Neighbours in the grid along each axis.
    private IEnumerable<IEnumerable<(int Axis, BigRational[] From, BigRational[] To)>> Lines(
        IEnumerable<BigRational[]> grid)
    {
        var points = grid.ToArray();
        BigRational[] sides = [.. points.SelectMany(p => p).Distinct().Order()];
        for (int axis = 0; axis < _names.Count; axis++)
        {
            int along = axis;
            yield return points.Where(p => p[along] < sides[^1]).Select(p =>
            {
                var next = (BigRational[])p.Clone();
                next[along] = sides[Array.BinarySearch(sides, p[along]) + 1];
                return (along, p, next);
            });
        }
    }

    private (int, BigRational[], BigRational[]?)? Cross(Expr e, int axis, BigRational[] from, BigRational[] to)
    {
        bool step = e is Expr.ApplyCase { Function: Function.Floor or Function.Ceil };
        if (Value(e, from) is not { } low || Value(e, to) is not { } high
            || (step ? low == high : low.Sign == high.Sign))
        {
            return null;
        }

        var root = step || low == high
            ? null
            : At(axis, from, from[axis] + ((to[axis] - from[axis]) * (low / (low - high))));
        root = root is not null && Value(e, root) is { IsZero: true } ? root : null;
        for (int k = 0; k < Bisections; k++)
        {
            var middle = At(axis, from, (from[axis] + to[axis]) / 2);
            if (Value(e, middle) is not { } value)
            {
                break;
            }

            (from, to) = (step ? value == low : value.Sign == low.Sign) ? (middle, to) : (from, middle);
        }

        return (axis, from, root);
    }

    private static BigRational[] At(int axis, BigRational[] x, BigRational value)
    {
        var moved = (BigRational[])x.Clone();
        moved[axis] = value;
        return moved;
    }

    // Exactly, or the middle of an enclosure: seams are where to look, and nothing rests on them.
    private BigRational? Value(Expr e, BigRational[] x)
    {
        var point = _names.Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        if (e.TryEvaluate(point) is { } exact)
        {
            return exact;
        }

        var value = e.Evaluate(point.ToDictionary(p => p.Key, p => Interval.Enclose(p.Value), StringComparer.Ordinal));
        return value is { IsEmpty: false, IsBounded: true } ? Binary64.Exact(value.Midpoint) : null;
    }
}
