using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Search.Regions;

// Whether points and boxes belong to the region of a condition, decided by exact or rigorous arithmetic alone.
internal sealed class Membership
{
    private readonly Condition? _where;
    private readonly string[] _names;

    public Membership(Region region)
    {
        int d = region.Dimension;
        _names = [.. Inputs.Names(d)];
        _where = region.Where?.Map(side => Inputs.InNames(side, d));
    }

    public Condition? Where => _where;

    // Whether the condition certainly holds at a point.
    public bool Holds(IReadOnlyList<BigRational> point) =>
        _where is null || (Expr.Holds(_where, Values(point)) ?? At(point).Holds(_where)) == true;

    // Whether the condition holds on a whole box, nowhere on it, or neither is known.
    public bool? Holds(IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper) =>
        _where is null ? true
        : lower.Zip(upper).Any(side => side.First > side.Second) ? false
        : On(lower, upper).Holds(_where);

    // Whether a condition in the inputs certainly fails on a whole box.
    public bool Fails(Condition condition, IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper) =>
        On(lower, upper).Holds(condition) == false;

    public IReadOnlyDictionary<string, BigRational> Values(IReadOnlyList<BigRational> point)
    {
        var values = new Dictionary<string, BigRational>(StringComparer.Ordinal);
        for (int j = 0; j < point.Count; j++)
        {
            values[_names[j]] = point[j];
            values[$"x{j + 1}"] = point[j];
        }

        return values;
    }

    // The arithmetic at a point.
    public PreciseRange At(IReadOnlyList<BigRational> point) => On(point, point);

    // The arithmetic on a box.
    public PreciseRange On(IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper)
    {
        var box = new Dictionary<string, DyadicInterval>(StringComparer.Ordinal);
        for (int j = 0; j < lower.Count; j++)
        {
            var side = DyadicInterval.Between(
                Dyadic.RoundDown(lower[j], PreciseRange.Bits), Dyadic.RoundUp(upper[j], PreciseRange.Bits));
            (box[_names[j]], box[$"x{j + 1}"]) = (side, side);
        }

        return new(box);
    }
}
