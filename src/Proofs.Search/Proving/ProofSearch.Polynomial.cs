using System.Collections.Immutable;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Range = Proofs.Kernel.Symbolic.Range;

namespace Proofs.Search.Proving;

internal sealed partial class ProofSearch
{
    private const int DeepestBisection = 30;
    private const int MostParts = 400;

    private int _parts;

    // Shift every variable to its corner, then non-negative coefficients, Bernstein forms, orderings.
    private ImmutableArray<ProofStep>? Polynomial(Sequent s, int depth)
    {
        var goal = s.Context.Clear(s.Context.Difference(s.Goal));
        var plain = PlainVariables(goal);
        if (plain.Count == 0)
        {
            return null;
        }

        foreach (string x in plain)
        {
            var range = s.Context.RangeOf(Variable(s, x));
            if (Shift(s, x, range) is { } shift)
            {
                return Chain(
                    s, shift, t => Close(t) is { } closed ? Named("shift to the corner", closed) : Prove(t, depth));
            }
        }

        return First(
            s,
            t => Named("linear combination", LinearSearch.Prove(t, 0, work)),
            t => Named("Bernstein form", Bernstein(t, plain)),
            t => Named("sum of squares", SquareSearch.Prove(t, work)),
            t => Named("products of facts", LinearSearch.Prove(t, 1, work)),
            t => Named("orderings", Orderings(t, depth)));
    }

    private static Poly Variable(Sequent s, string x) => Poly.Of(Atom.Variable(x, s.Integers.Contains(x)));

    // Variables that occur in the polynomial to natural powers only, in no exponent and under no function.
    private static List<string> PlainVariables(Poly p)
    {
        var all = p.Terms.SelectMany(t => t.Key.Factors).ToList();
        return [.. all.Where(f => f.Atom.Kind == AtomKind.Variable).Select(f => f.Atom.Key).Distinct()
            .Where(x =>
                all.All(f =>
                    f.Atom.Key == x
                        ? f.IsPlain
                        : !f.Atom.Mentions.Contains(x) && !(f.Symbolic?.Names.Contains(x) ?? false)))
            .OrderBy(x => x, StringComparer.Ordinal)];
    }

    // x = low + t, or x = high − t where there is no lower end.
    private ProofStep[]? Shift(Sequent s, string x, Range range)
    {
        if (range.Lower is { } low && !low.IsZero)
        {
            string t = Fresh(s);
            return [Steps.Let(t, $"{x} - ({low})"), Steps.Substitute(x, $"{t} + ({low})")];
        }

        if (range.Lower is null && range.Upper is { } high)
        {
            string t = Fresh(s);
            return [Steps.Let(t, $"({high}) - {x}"), Steps.Substitute(x, $"({high}) - {t}")];
        }

        return null;
    }

    private ImmutableArray<ProofStep>? Bernstein(Sequent s, List<string> variables)
    {
        _parts = 0;
        return Bernstein(s, variables, 0);
    }

    private ImmutableArray<ProofStep>? Bernstein(Sequent s, List<string> variables, int bisections)
    {
        work.Spend(1_000);
        var boxes = variables.Select(x => (Name: x, Range: s.Context.RangeOf(Variable(s, x))))
            .Where(b => b.Range is { Lower: not null, Upper: not null } && b.Range.Lower < b.Range.Upper).ToList();
        if (boxes.Count == 0 || boxes.Count > 5)
        {
            return null;
        }

        ImmutableArray<BernsteinSide> sides =
            [.. boxes.Select(b => new BernsteinSide(b.Name, b.Range.Lower!.Value, b.Range.Upper!.Value))];
        foreach (string reserve in Reserves(s.Goal))
        {
            var step = Steps.Linear(reserve.Length == 0 ? [] : [Steps.Multiple(reserve)], sides);
            if (Left(s, step) is { })
            {
                return [step];
            }
        }

        // No way to go on where the goal fails already in the middle.
        if (bisections >= DeepestBisection || ++_parts > MostParts || FailsInside(s, boxes))
        {
            return null;
        }

        var (name, range) = boxes[bisections % boxes.Count];
        var middle = (range.Lower!.Value + range.Upper!.Value) / 2;
        return Then(s, Steps.Split($"{name} <= {middle}"), t => Bernstein(t, variables, bisections + 1));
    }

    private static bool FailsInside(Sequent s, List<(string Name, Range Range)> boxes)
    {
        var point = boxes.ToDictionary(
            b => b.Name, b => (b.Range.Lower!.Value + b.Range.Upper!.Value) / 2, StringComparer.Ordinal);
        return new PointEvaluation(point, 64, [.. s.Integers]).Holds(s.Goal) == false;
    }

    // A strict goal keeps a little in reserve.
    private static IEnumerable<string> Reserves(Relation goal) =>
        goal.Comparison == Comparison.Less ? ["", "1/16", "1/1024", "1/1048576"] : [""];

    // x ≤ y, y = x + t, or the other way round: the method of successive differences.
    private ImmutableArray<ProofStep>? Orderings(Sequent s, int depth)
    {
        if (depth <= 0)
        {
            return null;
        }

        var goal = s.Context.Clear(s.Context.Difference(s.Goal));
        var plain = PlainVariables(goal).Where(x => s.Context.RangeOf(Variable(s, x)).IsNonNegative).ToList();
        var unsigned = PlainVariables(goal)
            .FirstOrDefault(x => s.Context.RangeOf(Variable(s, x)) is { Lower: null, Upper: null });
        if (unsigned is not null)
        {
            return Then(s, Steps.Split($"0 <= {unsigned}"), t => Prove(t, depth - 1));
        }

        // The pair that meets most often in terms with a negative coefficient.
        var negative = goal.Terms.Where(t => t.Value.Sign < 0).Select(t => t.Key).ToList();
        var pairs = from i in Enumerable.Range(0, plain.Count)
                    from j in Enumerable.Range(i + 1, plain.Count - i - 1)
                    let weight = negative.Count(
                        m => m.Factors.Any(f => f.Atom.Key == plain[i]) && m.Factors.Any(f => f.Atom.Key == plain[j]))
                    orderby weight descending
                    select (X: plain[i], Y: plain[j]);
        foreach (var (x, y) in pairs.Take(1))
        {
            return Then(s, Steps.Split($"{x} <= {y}"), t =>
            {
                bool below = t.Facts[^1] is { Left: Term.Variable v } && v.Name == x;
                var (small, large) = below ? (x, y) : (y, x);
                string d = Fresh(t);
                return Chain(
                    t, [Steps.Let(d, $"{large} - {small}"), Steps.Substitute(large, $"{small} + {d}")], u =>
                        Ordered(u, depth - 1));
            });
        }

        if (plain.Count == 1 && negative.Count > 0 && s.Context.RangeOf(Variable(s, plain[0])).Upper is null)
        {
            return Then(s, Steps.Split($"{plain[0]} <= 1"), t => Prove(t, depth - 2));
        }

        return null;
    }

    private ImmutableArray<ProofStep>? Ordered(Sequent s, int depth) => Close(s) ?? First(
        s,
        t => LinearSearch.Prove(t, 0, work),
        t => Orderings(t, depth));
}
