using Proofs.Constructions.Calculus;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Holder.Membership;

// Looks for values of f that no function of H(β, D, M) takes, β = q + s.
//   |Δ_h^a f(x)| ≤ M h^|a| for |a| ≤ q: Δ_h^a f(x) = h^|a| ∫ D^a f(x + h Σ t), the mean over a cube of steps
//   |Δ_h^a f(x + h v) − Δ_h^a f(x)| ≤ M h^β for |a| = q and a direction v with |v_i| ≤ 1, by the same mean
// Values are exact, or enclosed where irrational; differences are compared strictly with a bound rounded up. So what is
// found is a proof, whatever the formula: jumps, kinks, poles and steep places need no derivative. A point of the cube
// where the formula is undefined is one too.
internal sealed class HolderDifferences
{
    private const int MostDifferences = 40_000; // a third of them on grids
    private const int MostStarts = 6;
    private const int Halvings = 44;

    private readonly HolderClass _class;
    private readonly Expr _formula;
    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<string, RationalInterval> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<MultiIndex, (MultiIndex Index, BigRational Factor)[]> _terms = [];
    private readonly List<(MultiIndex Order, int[]? Direction)> _kinds = [];
    private readonly Seams _seams;
    private string? _found;
    private int _spent;

    private HolderDifferences(HolderClass @class, Expr formula, IReadOnlyList<string> names)
    {
        (_class, _formula, _names) = (@class, formula, names);
        _seams = new Seams(formula, names);
        foreach (var order in @class.Indices.Take(24))
        {
            _kinds.Add((order, null));
        }

        foreach (var order in MultiIndex.OfDegree(names.Count, @class.Q).Take(8))
        {
            _kinds.AddRange(Directions(names.Count).Select(v => (order, (int[]?)v)));
        }
    }

    // A difference at x with step h; a null direction stands for Δ^a alone.
    private readonly record struct Stencil(BigRational[] X, BigRational H, MultiIndex Order, int[]? Direction);

    // What refutes that f is in the class, in one line; null where nothing was found.
    public static string? Find(HolderClass @class, Expr formula, IReadOnlyList<string> names)
    {
        var search = new HolderDifferences(@class, formula, names);
        var largest = search.OnGrids();
        search.AtSeams();
        search.Pursue(largest);
        return search._found;
    }

    private bool Done => _found is not null || _spent >= MostDifferences;

    // Differences across places where the formula changes its branch, at all scales.
    private void AtSeams()
    {
        foreach (var (axis, low, root) in _seams.Between(Grid()))
        {
            var order = new MultiIndex([.. _names.Select((_, i) => i == axis ? _class.Q : 0)]);
            int[] along = [.. _names.Select((_, i) => i == axis ? 1 : 0)];
            foreach (var at in new[] { low, root }.OfType<BigRational[]>())
            {
                _ = Ratio(new(at, BigRational.Half, MultiIndex.Zero(_names.Count), null));
                for (int k = 1; k <= 30 && !Done; k++)
                {
                    var h = BigRational.PowerOfTwo(-k);
                    for (int back = 0; back <= _class.Q + 1; back++)
                    {
                        BigRational[] x = [.. at.Select((c, i) => i == axis ? c - (back * h) : c)];
                        _ = Ratio(new(x, h, order, along));
                    }
                }
            }

            if (Done)
            {
                return;
            }
        }
    }

    // All differences on a grid; the largest ones.
    private Stencil[] OnGrids()
    {
        var starts = new List<(double Ratio, Stencil At)>();
        int n = Sides();
        BigRational[] steps =
            [new(1, 16 * n), .. Enumerable.Range(0, 7).Select(k => new BigRational(1 << k, n)), new(2, 3), 1];
        foreach (var x in Grid())
        {
            foreach (var (order, direction) in _kinds)
            {
                foreach (var h in steps)
                {
                    var stencil = new Stencil(x, h, order, direction);
                    if (Ratio(stencil) is { } ratio)
                    {
                        starts.Add((ratio, stencil));
                    }

                    if (_found is not null)
                    {
                        return [];
                    }
                }
            }

            if (_spent >= MostDifferences / 3)
            {
                break;
            }
        }

        return [.. starts.OrderByDescending(s => s.Ratio).Take(MostStarts).Select(s => s.At)];
    }

    // The largest differences at smaller and smaller steps.
    private void Pursue(IEnumerable<Stencil> starts)
    {
        foreach (var start in starts)
        {
            Pursue(start);
        }
    }

    private void Pursue(Stencil at)
    {
        for (int k = 0; k < Halvings && !Done; k++)
        {
            var half = at.H / 2;
            var next = Shifts(at).Select(shift => at with
            {
                X = [.. at.X.Select((c, i) => c + (half * shift[i]))],
                H = half,
            }).Select(s => (Ratio: Ratio(s), At: s)).Where(s => s.Ratio is not null).ToArray();
            if (next.Length == 0)
            {
                return;
            }

            at = next.MaxBy(s => s.Ratio).At;
        }
    }

    // Where a stencil of half the step can lie within, or around, that of the whole one.
    private IEnumerable<int[]> Shifts(Stencil at)
    {
        yield return [.. _names.Select(_ => 0)];
        for (int i = 0; i < _names.Count; i++)
        {
            int reach = Math.Max(1, at.Order.Exponents[i] + Math.Abs(at.Direction?[i] ?? 0));
            for (int j = -1; j <= reach; j++)
            {
                if (j != 0)
                {
                    yield return [.. _names.Select((_, k) => k == i ? j : 0)];
                }
            }
        }

        if (at.Direction is { } v)
        {
            yield return v;
        }
    }

    // About |difference|/bound; null where the stencil leaves the cube. Keeps what exceeds the bound.
    private double? Ratio(Stencil s)
    {
        bool Inside(BigRational[] x) => x.All(c => c.Sign >= 0 && c <= BigRational.One);
        BigRational[] Corner(BigRational[] x) => [.. x.Select((c, i) => c + (s.Order.Exponents[i] * s.H))];
        BigRational[] moved = [.. s.X.Select((c, i) => c + ((s.Direction?[i] ?? 0) * s.H))];
        if (Done || !Inside(s.X) || !Inside(Corner(s.X)) || !Inside(moved) || !Inside(Corner(moved)))
        {
            return null;
        }

        _spent++;
        if (Difference(s.X, s) is not { } here
            || (s.Direction is null ? RationalInterval.Exactly(0) : Difference(moved, s)) is not { } there)
        {
            return null;
        }

        var (low, high) = (here.Low - there.High, here.High - there.Low);
        var least = low.Sign > 0 ? low : high.Sign < 0 ? -high : BigRational.Zero;
        var power = s.Direction is null ? s.Order.Degree : _class.Beta;
        var bound = Interval.Enclose(_class.M) * Interval.Pow(Interval.Enclose(s.H), power);
        if (double.IsFinite(bound.Sup) && least > Binary64.Exact(bound.Sup))
        {
            _found = Told(s, moved, here, there, least);
        }

        return Binary64.Nearest(BigRational.Max(BigRational.Abs(low), BigRational.Abs(high)))
            / Math.Max(bound.Inf, double.Epsilon);
    }

    // Σ_(b ≤ a) (−1)^|a − b| binom(a, b) f(x + h b).
    private RationalInterval? Difference(BigRational[] x, Stencil s)
    {
        var (low, high) = (BigRational.Zero, BigRational.Zero);
        if (!_terms.TryGetValue(s.Order, out var terms))
        {
            _terms[s.Order] = terms = [.. MultiIndex.UpTo(x.Length, s.Order.Degree).Where(b => b.IsBelow(s.Order))
                .Select(b => (b, s.Order.Binomial(b) * ((s.Order.Degree - b.Degree) % 2 == 0 ? 1 : -1)))];
        }

        foreach (var (b, factor) in terms)
        {
            if (Value([.. x.Select((c, i) => c + (s.H * b.Exponents[i]))]) is not { } value)
            {
                return null;
            }

            low += factor * (factor.Sign > 0 ? value.Low : value.High);
            high += factor * (factor.Sign > 0 ? value.High : value.Low);
        }

        return new(low, high);
    }

    private RationalInterval? Value(BigRational[] x)
    {
        string key = string.Join(' ', x);
        if (_values.TryGetValue(key, out var known))
        {
            return known;
        }

        var point = _names.Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        if (_formula.TryEvaluate(point) is { } exact)
        {
            return _values[key] = RationalInterval.Exactly(exact);
        }

        var value =
            _formula.Evaluate(point.ToDictionary(p => p.Key, p => Interval.Enclose(p.Value), StringComparer.Ordinal));
        if (value.IsEmpty || IsUndefined(_formula, point))
        {
            _found ??= $"f is not defined at {Shown(x)}";
        }

        return value is { IsEmpty: false, IsBounded: true }
            ? _values[key] = new(Binary64.Exact(value.Inf), Binary64.Exact(value.Sup))
            : null;
    }

    // Whether a part that counts has exact arguments at which it is undefined.
    private static bool IsUndefined(Expr e, Dictionary<string, BigRational> point) => e switch
    {
        Expr.ConditionalCase c => Expr.Holds(c.Condition, point) is { } holds
            ? IsUndefined(holds ? c.Then : c.Otherwise, point)
            : c.Condition.Expressions().Any(side => IsUndefined(side, point)),
        Expr.PowerCase { Exponent: Expr.ConstantCase { Value: var n } } p when p.Base.TryEvaluate(point) is { } b =>
            (b.IsZero && n.Sign <= 0) || (b.Sign < 0 && !n.IsInteger),
        Expr.ApplyCase { Function: Function.Log or Function.Log2 or Function.Pow2Floor or Function.Pow2Ceil } a
            when a.Arguments[0].TryEvaluate(point) is { } t => t.Sign <= 0,
        Expr.ApplyCase { Function: Function.Sqrt } a when a.Arguments[0].TryEvaluate(point) is { } t => t.Sign < 0,
        _ => e.Children.Any(child => IsUndefined(child, point)),
    };

    private string Told(
        Stencil s, BigRational[] moved, RationalInterval here, RationalInterval there, BigRational least)
    {
        if (s.Direction is null && s.Order.Degree == 0)
        {
            return $"|f{Shown(s.X)}| {Size(here, least)}, above M = {_class.M}";
        }

        if (s.Order.Degree == 0)
        {
            return $"f{Shown(s.X)} {Size(here)} and f{Shown(moved)} {Size(there)} differ "
                + $"by {Size(least, here.IsExact && there.IsExact)}, "
                + $"above M*h^({_class.Beta}) with h = {s.H}";
        }

        string what = $"the difference of order {s.Order} and step h = {s.H}";
        return s.Direction is null
            ? $"{what} of f at {Shown(s.X)} is {Size(least, here.IsExact)} in absolute value, "
                + $"above M*h^{s.Order.Degree}"
            : $"{what} of f differs by {Size(least, here.IsExact && there.IsExact)} between {Shown(s.X)} and "
                + $"{Shown(moved)}, above M*h^({_class.Beta})";
    }

    private static string Size(RationalInterval value) => value.IsExact
        ? $"= {value.Low}"
        : $"in [{value.Low.ToDecimalRoundedDown(8)}, {value.High.ToDecimalRoundedUp(8)}]";

    private static string Size(RationalInterval value, BigRational least) =>
        value.IsExact ? $"= {least}" : $">= {least.ToDecimalRoundedDown(8)}";

    private static string Size(BigRational least, bool isExact) =>
        isExact ? $"{least}" : $"at least {least.ToDecimalRoundedDown(8)}";

    private static string Shown(BigRational[] x) => $"({string.Join(", ", x)})";

    // Multiples of 1/n in every coordinate; in many dimensions the corners, the centre and some others.
    private IEnumerable<BigRational[]> Grid()
    {
        int n = Sides(), d = _names.Count;
        if (d <= 6)
        {
            return KuhnInterpolant.Nodes(d, n).Select(l => l.Select(j => new BigRational(j, n)).ToArray());
        }

        var random = new Random(1);
        return Enumerable.Range(0, 128).Select(k => Enumerable.Range(0, d)
            .Select(_ => k == 0 ? BigRational.Zero : new BigRational(random.Next(n + 1), n)).ToArray());
    }

    private int Sides() => _names.Count switch { 1 => 64, 2 => 12, 3 => 6, 4 => 3, _ => 2 };

    // Along each coordinate, and in few dimensions all diagonals, one of two opposite ones.
    private static IEnumerable<int[]> Directions(int dimension)
    {
        for (int i = 0; i < dimension; i++)
        {
            yield return [.. Enumerable.Range(0, dimension).Select(k => k == i ? 1 : 0)];
        }

        for (int signs = 0; dimension > 1 && signs < 1 << Math.Min(dimension - 1, 4); signs++)
        {
            yield return [.. Enumerable.Range(0, dimension).Select(k => k > 0 && (signs >> (k - 1)) % 2 == 1 ? -1 : 1)];
        }
    }
}
