using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Proofs.Numeric.Intervals;

namespace Proofs.Search.Proving;

/// <summary>Searches for parameters that satisfy the assumptions of a claim and violate a goal.</summary>
/// <remarks>
/// Candidates are ends of ranges, small rationals, powers of two and random numbers, each variable inside the bounds
/// that the assumptions give it once the earlier ones are chosen; the best violations are improved by coordinate steps.
/// Interval arithmetic screens; what is reported was decided by <see cref="PointEvaluation"/>.
/// </remarks>
internal sealed class Refuter(Statement claim, int seed)
{
    private const long LargestWork = 10_000_000;

    private readonly Random _random = new(seed);
    private readonly ImmutableHashSet<string> _integers = [.. claim.Integers];
    private readonly ImmutableArray<Variable> _variables = Order(claim);
    private readonly ImmutableArray<Relation> _equations =
        [.. claim.Hypotheses.Where(h => h.Comparison == Comparison.Equal)];

    /// <summary>Whether some candidate satisfied all assumptions.</summary>
    public bool FoundPoint { get; private set; }

    private sealed record Variable(string Name, bool IsInteger, ImmutableArray<Bound> Bounds, Term? Equal);

    private sealed record Bound(Term Term, bool IsLower, bool IsOpen);

    /// <summary>A counterexample, or null where <paramref name="trials"/> candidates or the work are used up.</summary>
    public ProofResult.Refuted? Search(int trials, WorkBudget work)
    {
        long cost = 200
            + (100L * claim.Goals.Concat(claim.Hypotheses).Concat(claim.Ranges)
                .Sum(r => (long)r.Left.Size + r.Right.Size));
        (Dictionary<string, BigRational> Point, double Excess)? best = null;
        for (int trial = 0; trial < trials && work.Left > cost; trial++)
        {
            work.Spend(cost);
            var point = best is { } b && trial % 3 == 2 ? Step(b.Point) : Candidate(trial);
            if (point is null)
            {
                continue;
            }

            double excess = Excess(point, trial % 16 == 0);
            if (excess > -1e-9 && Confirm(point) is { } refuted)
            {
                return Confirm(Simplify(refuted)) is { } simple ? Result(simple) : Result(refuted);
            }

            if (!FoundPoint && !double.IsNaN(excess))
            {
                Confirm(point);
            }

            if (!double.IsNaN(excess) && (best is null || excess > best.Value.Excess))
            {
                best = (point, excess);
            }
        }

        return null;
    }

    // Left − right relative to their size, positive where a goal fails; NaN where an assumption fails or nothing is
    // defined.
    private double Excess(Dictionary<string, BigRational> point, bool exact)
    {
        var boxes =
            new BoxEvaluation(point.ToDictionary(p => p.Key, p => Interval.Enclose(p.Value), StringComparer.Ordinal));
        foreach (var assumption in claim.Hypotheses.Concat(claim.Ranges))
        {
            var (a, b) = (boxes.Value(assumption.Left), boxes.Value(assumption.Right));
            bool fails = assumption.Comparison == Comparison.Different
                ? a is { IsPoint: true } && b is { IsPoint: true } && a.Inf == b.Inf
                : a.Inf > b.Sup || (assumption.Comparison == Comparison.Equal && a.Sup < b.Inf);
            if (fails)
            {
                return double.NaN;
            }
        }

        double worst = double.NegativeInfinity;
        foreach (var goal in claim.Goals)
        {
            var (a, b) = (boxes.Value(goal.Left), boxes.Value(goal.Right));
            double difference = (a - b) is { IsBounded: true } d ? d.Midpoint : double.NaN;
            double size = Math.Max(Math.Max(a.Magnitude, b.Magnitude), 1e-300);
            double excess = difference / size;
            if (goal.Comparison == Comparison.Equal)
            {
                // Rounding alone separates equal sides by about 1e-16.
                excess = Math.Abs(excess) > 1e-12 ? Math.Abs(excess) : exact ? 0 : -1;
            }
            else if (goal.Comparison == Comparison.Different)
            {
                excess = Math.Abs(excess) < 1e-12 ? 0 : -Math.Abs(excess);
            }
            else if (Math.Abs(excess) < 1e-12)
            {
                excess = goal.Comparison == Comparison.Less || exact ? 0 : -1e-8;
            }

            worst = double.IsNaN(excess) ? 0 : Math.Max(worst, excess);
        }

        return worst;
    }

    private Dictionary<string, BigRational>? Confirm(Dictionary<string, BigRational>? point)
    {
        if (point is null)
        {
            return null;
        }

        var exact = new PointEvaluation(point, 200, _integers);
        if (claim.Ranges.Concat(claim.Hypotheses).Any(a => exact.Holds(a) != true))
        {
            return null;
        }

        FoundPoint = true;
        return claim.Goals.Any(g => exact.Holds(g) == false) ? point : null;
    }

    private ProofResult.Refuted Result(Dictionary<string, BigRational> point)
    {
        var exact = new PointEvaluation(point, 200, _integers);
        var goal = claim.Goals.First(g => exact.Holds(g) == false);
        return new(
            [.. claim.Reals.Concat(claim.Integers).Select(n => new WitnessValue(n, point[n]))],
            goal.ToString(),
            exact.Value(goal.Left).ToString()!,
            exact.Value(goal.Right).ToString()!);
    }

    // Simpler numbers that still refute: fewer binary digits, small denominators, integers.
    private Dictionary<string, BigRational> Simplify(Dictionary<string, BigRational> point)
    {
        foreach (var variable in _variables.Where(v => v.Equal is null))
        {
            foreach (var simpler in Simpler(point[variable.Name], variable.IsInteger))
            {
                var changed = new Dictionary<string, BigRational>(point, StringComparer.Ordinal)
                {
                    [variable.Name] = simpler,
                };
                if (Derive(changed) is { } derived && Confirm(derived) is { } confirmed)
                {
                    point = confirmed;
                    break;
                }
            }
        }

        return point;
    }

    private static IEnumerable<BigRational> Simpler(BigRational x, bool integer)
    {
        int[] denominators = integer ? [1] : [1, 2, 3, 4, 8, 16, 64, 1024, 1 << 20];
        foreach (int d in denominators)
        {
            foreach (int offset in new[] { 0, 1, -1 })
            {
                var rounded = new BigRational((x * d).RoundHalfUp() + offset, d);
                if (rounded.Denominator < x.Denominator)
                {
                    yield return rounded;
                }
            }
        }
    }

    private Dictionary<string, BigRational>? Step(Dictionary<string, BigRational> point)
    {
        var free = _variables.Where(v => v.Equal is null).ToArray();
        if (free.Length == 0)
        {
            return null;
        }

        var variable = free[_random.Next(free.Length)];
        var x = point[variable.Name];
        var factor = new BigRational(new BigInteger(_random.Next(1, 33)), 16);
        var next = variable.IsInteger
            ? x + _random.Next(-3, 4)
            : _random.Next(2) == 0 ? x * factor
            : x + (new BigRational(_random.Next(-8, 9), 1) * BigRational.PowerOfTwo(-_random.Next(1, 14)));
        var changed = new Dictionary<string, BigRational>(point, StringComparer.Ordinal)
        {
            [variable.Name] = Rounded(next),
        };
        return Derive(changed);
    }

    private static BigRational Rounded(BigRational x) =>
        x.Denominator.GetBitLength() <= 48
            ? x
            : new BigRational((x * BigRational.PowerOfTwo(40)).Floor(), BigInteger.One << 40);

    private Dictionary<string, BigRational>? Derive(Dictionary<string, BigRational> point)
    {
        foreach (var variable in _variables.Where(v => v.Equal is not null))
        {
            if (new PointEvaluation(point, 64, _integers).Value(variable.Equal!) is not { IsExact: true } value)
            {
                return null;
            }

            point[variable.Name] = value.Low;
        }

        return point;
    }

    private Dictionary<string, BigRational>? Candidate(int trial)
    {
        var point = new Dictionary<string, BigRational>(StringComparer.Ordinal);
        foreach (var variable in _variables)
        {
            var exact = new PointEvaluation(point, 64, _integers);
            if (variable.Equal is not null)
            {
                if (exact.Value(variable.Equal) is not { IsExact: true } value)
                {
                    return null;
                }

                point[variable.Name] = value.Low;
                continue;
            }

            BigRational? low = null, high = null;
            bool lowOpen = false, highOpen = false;
            foreach (var bound in variable.Bounds)
            {
                if (exact.Value(bound.Term) is not { } end)
                {
                    continue;
                }

                if (bound.IsLower && (low is null || end.High >= low))
                {
                    (low, lowOpen) = (end.High, bound.IsOpen || !end.IsExact);
                }
                else if (!bound.IsLower && (high is null || end.Low <= high))
                {
                    (high, highOpen) = (end.Low, bound.IsOpen || !end.IsExact);
                }
            }

            if (Root(variable.Name, point) is { } root)
            {
                point[variable.Name] = root;
                continue;
            }

            if (Pick(variable.IsInteger, low, lowOpen, high, highOpen, trial) is not { } chosen)
            {
                return null;
            }

            point[variable.Name] = chosen;
        }

        return point;
    }

    // A rational root of an equation among the assumptions in which all else is chosen, most of the time.
    private BigRational? Root(string name, Dictionary<string, BigRational> point)
    {
        foreach (var equation in _equations.Where(e => e.Mentions(name)))
        {
            if (_random.Next(8) > 0 && RationalRoots.Of(equation, name, point, _integers) is { Length: > 0 } roots)
            {
                return roots[_random.Next(roots.Length)];
            }
        }

        return null;
    }

    private BigRational? Pick(bool integer, BigRational? low, bool lowOpen, BigRational? high, bool highOpen, int trial)
    {
        if (integer)
        {
            low = low is { } a ? lowOpen ? a.Floor() + 1 : a.Ceiling() : null;
            high = high is { } b ? highOpen ? b.Ceiling() - 1 : b.Floor() : null;
            (lowOpen, highOpen) = (false, false);
        }

        if (low > high || (low == high && (lowOpen || highOpen)))
        {
            return null;
        }

        int kind = _random.Next(8);
        return integer ? PickInteger(low, high, kind, trial)
            : low is { } l && high is { } u ? PickBetween(l, lowOpen, u, highOpen, kind, trial)
            : PickUnbounded(low, lowOpen, high, highOpen, kind);
    }

    // Few steps from the lower end, or below the upper one; more of them the longer the search lasts.
    private BigRational PickInteger(BigRational? low, BigRational? high, int kind, int trial)
    {
        int spread = trial < 400 ? 4 : trial < 4000 ? 20 : 400;
        var start = low ?? (high is { } top ? top - spread : -spread / 2);
        var x = kind == 0 && high is { } h ? h : kind <= 2 ? start : start + _random.Next(spread);
        return high is { } limit && x > limit ? limit : x;
    }

    // An end, a point close to one, or one of a grid that gets finer.
    private BigRational PickBetween(
        BigRational low, bool lowOpen, BigRational high, bool highOpen, int kind, int trial) => kind switch
        {
            0 when !lowOpen => low,
            1 when !highOpen => high,
            2 => low + ((high - low) * BigRational.PowerOfTwo(-_random.Next(1, 40))),
            3 => high - ((high - low) * BigRational.PowerOfTwo(-_random.Next(1, 40))),
            _ when trial < 2000 => low + ((high - low) * new BigRational(_random.Next(1, 8), 8)),
            _ => low + ((high - low) * new BigRational(_random.Next(1, 1 << 20), 1 << 20)),
        };

    // A size away from the one end there is, null where that end is left out; or a size of either sign.
    private BigRational? PickUnbounded(BigRational? low, bool lowOpen, BigRational? high, bool highOpen, int kind)
    {
        var size = PickSize(kind);
        if (low is { } from)
        {
            return size.IsZero && lowOpen ? null : from + size;
        }

        if (high is { } to)
        {
            return size.IsZero && highOpen ? null : to - size;
        }

        return _random.Next(2) == 0 ? size : -size;
    }

    private BigRational PickSize(int kind) => kind switch
    {
        0 => BigRational.Zero,
        1 or 2 => BigRational.PowerOfTwo(_random.Next(-30, 31)),
        3 => BigRational.PowerOfTwo(_random.Next(-3, 4)),
        4 => new BigRational(_random.Next(1, 12), 1),
        5 => new BigRational(_random.Next(1, 16), _random.Next(1, 16)),
        _ => new BigRational(_random.Next(1, 1 << 16), 1 << _random.Next(0, 20)),
    };

    // An equation that is linear in a real variable, once its denominators are cleared, defines that variable.
    private static void Solve(Statement claim, Relation equation, Dictionary<string, Term> equal)
    {
        var facts = claim.Obligations(new WorkBudget(LargestWork))
            .SelectMany(o => o.Facts.Select((f, i) => (Sequent: o, Fact: f, Index: i)));
        var (sequent, _, index) = facts.FirstOrDefault(f => f.Fact.ToString() == equation.ToString());
        if (sequent is null)
        {
            return;
        }

        var cleared = sequent.Context.Clear(sequent.Context.Fact(index));
        foreach (string x in claim.Reals.Where(
            x => !equal.ContainsKey(x) && !equal.Values.Any(e => e.Variables.Contains(x))))
        {
            var (slope, rest) = (Poly.Zero, Poly.Zero);
            bool linear = true;
            foreach (var (m, c) in cleared.Terms)
            {
                var factor = m.Factors.FirstOrDefault(f => f.Atom.Key == x);
                bool inside = m.Factors.Any(f => f.Atom.Key != x
                    && (f.Atom.Mentions.Contains(x) || (f.Symbolic?.Names.Contains(x) ?? false)));
                linear &= !inside && (factor.Atom is null || (factor.IsPlain && factor.Number == BigRational.One));
                (slope, rest) = factor.Atom is null
                    ? (slope, rest + Poly.Of(c, m))
                    : (slope + Poly.Of(c, m.Without(factor.Atom)), rest);
            }

            if (linear && !slope.IsZero && PolyText.Of(rest) is { } above && PolyText.Of(slope) is { } below)
            {
                equal[x] = Reader.Term($"-({above})/({below})", [.. claim.Reals.Concat(claim.Integers)]);
                return;
            }
        }
    }

    // Variables in an order in which the bounds of each mention earlier ones, as far as there is one.
    private static ImmutableArray<Variable> Order(Statement claim)
    {
        var bounds = new Dictionary<string, List<Bound>>(StringComparer.Ordinal);
        var equal = new Dictionary<string, Term>(StringComparer.Ordinal);
        var names = claim.Reals.Concat(claim.Integers).ToList();
        foreach (string name in names)
        {
            bounds[name] = [];
        }

        foreach (var relation in claim.Ranges.Concat(claim.Hypotheses))
        {
            bool open = relation.Comparison == Comparison.Less;
            if (relation.Left is Term.Variable x && !relation.Right.Variables.Contains(x.Name))
            {
                Add(x.Name, relation.Right, false);
            }

            if (relation.Right is Term.Variable y && !relation.Left.Variables.Contains(y.Name))
            {
                Add(y.Name, relation.Left, true);
            }

            void Add(string name, Term term, bool lower)
            {
                if (relation.Comparison == Comparison.Equal)
                {
                    equal.TryAdd(name, term);
                }
                else if (relation.Comparison != Comparison.Different)
                {
                    bounds[name].Add(new(term, lower, open));
                }
            }
        }

        foreach (var equation in claim.Hypotheses.Where(h => h.Comparison == Comparison.Equal
            && h.Left is not Term.Variable && h.Right is not Term.Variable))
        {
            try
            {
                Solve(claim, equation, equal);
            }
            catch (Exception e) when (e is Rejection or WorkExhaustedException)
            {
                // The equation is too large for the normal form: candidates have to meet it by chance.
            }
        }

        var order = ImmutableArray.CreateBuilder<Variable>();
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        while (order.Count < names.Count)
        {
            string next = names.Where(n => !chosen.Contains(n))
                .MinBy(n => (equal.TryGetValue(n, out var e) ? e.Variables.Count(v => !chosen.Contains(v)) : 0)
                    + bounds[n].Sum(b => b.Term.Variables.Count(v => !chosen.Contains(v))))!;
            var value = equal.TryGetValue(next, out var term) && term.Variables.All(chosen.Contains) ? term : null;
            order.Add(new(next, claim.Integers.Contains(next), [.. bounds[next]], value));
            chosen.Add(next);
        }

        return order.ToImmutable();
    }
}
