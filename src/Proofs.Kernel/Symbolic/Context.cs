using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>What the facts of a sequent say about signs and ranges, and the normal forms that this permits.</summary>
/// <remarks>
/// The range of a polynomial is that of its primitive part (no constant term, a leading coefficient ±1) as the facts
/// bound it, met with what interval arithmetic over its atoms gives. Every range holds for all values of the variables
/// that satisfy the facts; if no values do, anything holds.
/// </remarks>
public sealed partial class Context
{
    private readonly Sequent _sequent;
    private readonly WorkBudget _work;
    private readonly Dictionary<Poly, Range> _known;
    private readonly HashSet<Poly> _nonZero;
    private readonly Dictionary<Poly, Range> _ranges = [];
    private readonly Dictionary<string, Poly> _normal = new(StringComparer.Ordinal);
    private readonly List<Poly> _facts;
    private bool _contradictory;

    /// <summary>
    /// The context of a sequent; <paramref name="before"/> is that of one with fewer facts, whose knowledge stays true.
    /// </summary>
    internal Context(Sequent sequent, Context? before)
    {
        (_sequent, _work) = (sequent, sequent.Work);
        _facts = [];
        _known = before is null ? [] : new(before._known);
        _nonZero = before is null ? [] : [.. before._nonZero];
        _contradictory = before is { _contradictory: true };

        // A second reading profits from what later facts say, as in "x < y, y < 1".
        for (int pass = before is null ? 0 : 1; pass < 2; pass++)
        {
            _facts.Clear();
            foreach (var fact in sequent.Facts)
            {
                Learn(fact);
            }
        }

        // Facts that contradict each other: anything holds.
        for (int i = 0; i < _facts.Count && !_contradictory; i++)
        {
            var range = RangeOf(_facts[i]);
            _contradictory = sequent.Facts[i].Comparison switch
            {
                Comparison.AtMost => range.IsNegative,
                Comparison.Less => range.IsNonPositive,
                Comparison.Equal => range.IsNonZero,
                _ => range is { Lower: { IsZero: true }, Upper: { IsZero: true } },
            };
        }
    }

    /// <summary>Right − left of fact number <paramref name="index"/>.</summary>
    public Poly Fact(int index) => _facts[index];

    /// <summary>The normal form of right − left.</summary>
    public Poly Difference(Relation r) => Normal(r.Right).Minus(Normal(r.Left), _work);

    /// <summary>Whether the facts contradict each other by signs and ranges, so that anything holds.</summary>
    public bool IsContradictory => _contradictory;

    /// <summary>Whether the relation follows from signs and ranges, or is an identity of normal forms.</summary>
    public bool Holds(Relation r) => Holds(Difference(r), r.Comparison);

    private bool Holds(Poly difference, Comparison comparison)
    {
        if (_contradictory)
        {
            return true;
        }

        if (comparison == Comparison.Different)
        {
            return IsNonZero(difference);
        }

        if (comparison == Comparison.Equal)
        {
            return IsZero(difference) || IsZero(Clear(difference));
        }

        var range = RangeOf(difference);
        if (comparison == Comparison.Less ? range.IsPositive : range.IsNonNegative)
        {
            return true;
        }

        var cleared = Clear(difference);
        return !cleared.Equals(difference)
            && (comparison == Comparison.Less ? RangeOf(cleared).IsPositive : RangeOf(cleared).IsNonNegative);
    }

    private bool IsZero(Poly p) => p.IsZero || RangeOf(p) is { Lower: { IsZero: true }, Upper: { IsZero: true } };

    private bool IsNonZero(Poly p) => RangeOf(p).IsNonZero || _nonZero.Contains(
        Primitive(p.WithoutConstant(), out var s, false).PlusConstant(s.IsZero ? p.ConstantTerm : p.ConstantTerm / s));

    /// <summary>The values that a polynomial may have where the facts hold.</summary>
    public Range RangeOf(Poly p)
    {
        if (p.Number is { } number)
        {
            return Range.Point(number);
        }

        if (_ranges.TryGetValue(p, out var range))
        {
            return range;
        }

        _work.Spend(10 * p.Terms.Count);
        range = Range.Point(0);
        foreach (var (m, c) in p.Terms)
        {
            range += Range.Point(c) * RangeOf(m);
        }

        var primitive = Primitive(p.WithoutConstant(), out var scale, false);
        if (_known.TryGetValue(primitive, out var known))
        {
            range = range.Intersect((Range.Point(scale) * known) + Range.Point(p.ConstantTerm));
        }

        range = (p.IsInteger ? range.Integers() : range).Rounded();
        return _ranges[p] = range;
    }

    private Range RangeOf(Monomial m)
    {
        var range = Range.Point(1);
        foreach (var f in m.Factors)
        {
            range *= RangeOf(f);
        }

        return m.Factors.Length > 1 && _known.TryGetValue(Poly.Of(m), out var known) ? range.Intersect(known) : range;
    }

    private Range RangeOf(Factor f)
    {
        if (f.Atom.Kind == AtomKind.Euler)
        {
            return RangeOf(f.Exponent).Exp(_work);
        }

        var set = RangeOf(f.Atom);
        if (f.Symbolic is null)
        {
            // A negative exponent says that the atom is not 0; one that is no integer, that it is not negative (see
            // Monomial).
            set = f.Number.Sign < 0 && set.IsNonNegative ? set.Intersect(Range.Positive) : set;
            return f.Number.IsInteger
                ? set.Power(Poly.Small(f.Number.Numerator))
                : set.Intersect(Range.NonNegative).Power(f.Number, _work);
        }

        var exponent = RangeOf(f.Exponent);
        if (!set.IsPositive)
        {
            // a ≥ 0 as the exponent is no number: 0^e = 0 with e > 0, or a > 0. At most 1 where a ≤ 1 and e ≥ 0.
            return new(0, false, set.Upper <= 1 && exponent.IsNonNegative ? 1 : null, false);
        }

        return (exponent * set.Log(_work)).Exp(_work);
    }

    /// <summary>The values that an atom may have where the facts hold.</summary>
    public Range RangeOf(Atom atom)
    {
        switch (atom.Kind)
        {
            case AtomKind.Number:
                return Range.Point(atom.Value);
            case AtomKind.Euler:
                return Range.Point(1).Exp(_work);
            case AtomKind.Pi:
                var pi = ConstantEnclosure.Pi();
                return new(pi.Low, true, pi.High, true);
            case AtomKind.Compound:
                var inner = RangeOf(atom.Parts[0]);
                return atom.IsPositive ? inner.Intersect(Range.Positive) : inner;
        }

        var p = Poly.Of(atom);
        if (_ranges.TryGetValue(p, out var range))
        {
            return range;
        }

        range = atom.Kind == AtomKind.Function ? FunctionRange(atom) : Range.All;
        if (_known.TryGetValue(p, out var known))
        {
            range = range.Intersect(known);
        }

        return _ranges[p] = (atom.IsInteger ? range.Integers() : range).Rounded();
    }

    private Range FunctionRange(Atom atom)
    {
        string name =
            atom.Key[..(atom.Key.IndexOf('(', StringComparison.Ordinal) is var i && i > 0 ? i : atom.Key.Length)];
        switch (name)
        {
            case "log":
                var set = RangeOf(atom.Parts[0]);
                return set.IsPositive ? set.Log(_work) : Range.All;
            case "min":
                return Range.Min(RangeOf(atom.Parts[0]), RangeOf(atom.Parts[1]));
            case "max":
                return Range.Max(RangeOf(atom.Parts[0]), RangeOf(atom.Parts[1]));
            case "abs":
                return RangeOf(atom.Parts[0]).Abs();
            case "floor" or "ceil":
                var r = RangeOf(atom.Parts[0]);
                return name == "floor"
                    ? new Range(
                        r.Lower?.Floor(), false, r.Upper is { } b ? r.OpenAbove ? b.Ceiling() - 1 : b.Floor() : null,
                        false)
                    : new Range(
                        r.Lower is { } a ? r.OpenBelow ? a.Floor() + 1 : a.Ceiling() : null, false, r.Upper?.Ceiling(),
                        false);
            case "pow2floor" or "pow2ceil":
                return RangeOf(atom.Parts[0]).IsPositive ? Range.Positive : Range.All;
            case "factorial":
                return RangeOf(atom.Parts[0]).IsNonNegative ? new(1, false, null, true) : Range.All;
            case "binomial":
                return RangeOf(atom.Parts[0]).IsNonNegative && RangeOf(atom.Parts[1]).IsNonNegative
                    ? Range.NonNegative
                    : Range.All;
            default:
                return FormulaFunction.All.TryGetValue(name, out var function)
                    ? Constantly(function, RangeOf(atom.Parts[0]))
                    : Range.All;
        }
    }

    // What the table says of a function of one argument. A value outside the domain, as of tan, is of no known range.
    private static Range Constantly(FormulaFunction function, Range argument)
    {
        var range = function.IsTotal
            ? new Range(function.Lower, function.IsOpen, function.Upper, function.IsOpen)
            : Range.All;
        return !function.KeepsSign ? range
            : range.Intersect(
                argument.IsPositive ? Range.Positive : argument.IsNonNegative ? Range.NonNegative : Range.All)
                .Intersect(
                    argument.IsNegative ? -Range.Positive : argument.IsNonPositive ? -Range.NonNegative : Range.All);
    }

    private void Learn(Relation fact)
    {
        var p = Difference(fact);
        _facts.Add(p);
        Note(p, fact.Comparison);
        var cleared = Clear(p);
        if (!cleared.Equals(p))
        {
            Note(cleared, fact.Comparison);
        }

        Propagate(cleared, fact.Comparison);
        if (fact.Comparison == Comparison.Equal)
        {
            Propagate(cleared.Scale(-1), fact.Comparison);
        }
    }

    // p ≥ 0, p > 0, p = 0 or p ≠ 0 as a range of the primitive part of p.
    private void Note(Poly p, Comparison comparison)
    {
        var primitive = Primitive(p.WithoutConstant(), out var scale, false);
        if (scale.IsZero)
        {
            return;
        }

        var end = -p.ConstantTerm / scale;
        if (comparison == Comparison.Different)
        {
            _nonZero.Add(primitive.PlusConstant(-end));
            Forget();
            return;
        }

        bool open = comparison == Comparison.Less;
        Bound(primitive, comparison == Comparison.Equal ? Range.Point(end)
            : scale.Sign > 0 ? new(end, open, null, true)
            : new Range(null, true, end, open));
    }

    private void Bound(Poly primitive, Range range)
    {
        bool before = _known.TryGetValue(primitive, out var known);
        var both = before ? known.Intersect(range) : range;
        if (!before || both != known)
        {
            _known[primitive] = both;
            _contradictory |= both.IsEmpty;
            Forget();
        }
    }

    // c m + rest ≥ 0 and rest ≤ u give c m ≥ -u, for each single atom m of the sum.
    private void Propagate(Poly p, Comparison comparison)
    {
        if (comparison == Comparison.Different || p.Terms.Count is < 2 or > 6)
        {
            return;
        }

        foreach (var (m, c) in p.Terms.Where(
            t => t.Key.Factors is [{ IsPlain: true } f] && f.Number == BigRational.One))
        {
            var rest = RangeOf(p.Minus(Poly.Of(c, m), _work));
            if (rest.Upper is { } upper)
            {
                bool open = rest.OpenAbove || comparison == Comparison.Less;
                Bound(Poly.Of(m), c.Sign > 0 ? new(-upper / c, open, null, true) : new(null, true, -upper / c, open));
            }
        }
    }

    private void Forget()
    {
        _ranges.Clear();
        _normal.Clear();
    }

    /// <summary>
    /// p = scale · primitive; the primitive part has a first coefficient ±1, or exactly 1 unless the sign is kept.
    /// </summary>
    private static Poly Primitive(Poly p, out BigRational scale, bool keepSign)
    {
        if (p.IsZero)
        {
            scale = BigRational.Zero;
            return p;
        }

        scale = p.Terms.MinBy(t => t.Key.Key, StringComparer.Ordinal).Value;
        scale = keepSign ? BigRational.Abs(scale) : scale;
        return p.Scale(scale.Reciprocal());
    }
}
