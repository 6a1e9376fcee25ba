using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Range = Proofs.Kernel.Symbolic.Range;

namespace Proofs.Search.Proving;

internal sealed partial class ProofSearch
{
    // What needs more than polynomials, in order of cost.
    private ImmutableArray<ProofStep>? Analysis(Sequent s, int depth) => First(
        s,
        t => Named("powers of both sides", Roots(t, depth)),
        t => Named("monomial domination", Domination(t)),
        t => Named("logarithms of both sides", Logarithms(t, depth)),
        t => Named("induction", Induction(t, depth)),
        t => Named("mean value theorem", MeanValue(t, depth)),
        t => Named("root as variable", RootVariable(t, depth)),
        t => Named("reciprocal variable", Reciprocal(t, depth)),
        t => Named("bisection", Bisection(t, 0)));

    // left^k ≤ right^k for the common denominator k of the exponents.
    private ImmutableArray<ProofStep>? Roots(Sequent s, int depth)
    {
        var (left, right) = (s.Context.Normal(s.Goal.Left), s.Context.Normal(s.Goal.Right));
        var denominators = left.Terms.Concat(right.Terms).SelectMany(t => t.Key.Factors)
            .Where(f => f.Atom.Kind is not AtomKind.Euler).Select(f => f.Number.Denominator).Distinct()
            .Where(d => d > 1).ToList();
        if (denominators.Count == 0 || left.Terms.Count > 6 || right.Terms.Count > 6
            || s.Goal.Comparison == Comparison.Equal)
        {
            return null;
        }

        var k = denominators.Aggregate(BigInteger.One, (a, b) => a * b / BigInteger.GreatestCommonDivisor(a, b));
        if (k > 6)
        {
            return null;
        }

        string symbol = s.Goal.Comparison == Comparison.Less ? "<" : "<=";
        var axiom = k == 2 ? Steps.Axiom(AxiomKind.SquareReflects, $"{s.Goal.Left}", $"{s.Goal.Right}")
            : Steps.Axiom(AxiomKind.PowerReflects, $"{s.Goal.Left}", $"{s.Goal.Right}", $"{k}");
        var cut = Steps.Cut($"({s.Goal.Left})^{k} {symbol} ({s.Goal.Right})^{k}");
        return Positive(s, s.Goal.Right, depth, t =>
            Left(t, cut) is [var first, var second] && Prove(first, depth - 2) is { } proof
            && Left(second, axiom) is [var last] && Close(last) is { } closed
                ? [cut with { Branches = [proof] }, axiom, .. closed]
                : null);
    }

    // 0 ≤ term as a fact, where it is not plain.
    private ImmutableArray<ProofStep>? Positive(
        Sequent s, Term term, int depth, Func<Sequent, ImmutableArray<ProofStep>?> prove)
    {
        var fact = new Relation(Term.Constant(0), Comparison.AtMost, term);
        if (s.Context.Holds(fact))
        {
            return prove(s);
        }

        return Then(s, Steps.Cut(fact), t => ReferenceEquals(t.Goal, s.Goal) ? prove(t) : Prove(t, depth - 3));
    }

    // m ≤ u n for terms of the goal whose quotient m/n has an upper end u: facts for the linear program.
    private ImmutableArray<ProofStep>? Domination(Sequent s)
    {
        var goal = s.Context.Clear(s.Context.Difference(s.Goal));
        var cuts = new List<ProofStep>();
        foreach (var (m, _) in goal.Terms.Where(t => t.Value.Sign < 0).Take(12))
        {
            foreach (var (n, _) in goal.Terms.Where(t => t.Value.Sign > 0).Take(12))
            {
                var inverse =
                    new Monomial([.. n.Factors.Select(f => new Factor(f.Atom, -f.Number, f.Symbolic?.Scale(-1)))]);
                if (n.Factors.Any(f => f.Atom.Kind != AtomKind.Euler && !s.Context.RangeOf(f.Atom).IsPositive))
                {
                    continue;
                }

                var ratio = Poly.Reduce(m * inverse);
                if (ratio.Terms.Count != 1 || s.Context.RangeOf(ratio).Upper is not { } top || top.Sign <= 0
                    || PolyText.Of(ratio) is not { } text)
                {
                    continue;
                }

                if (ratio.Terms.First().Key.Factors.All(f => f.IsPlain))
                {
                    continue;
                }

                top = top.Denominator.GetBitLength() > 40 ? Dyadic.RoundUp(top, 30).ToRational() : top;
                cuts.Add(Steps.Cut($"{text} <= {top}", [Steps.Trivial]));
            }
        }

        if (cuts.Count == 0)
        {
            return null;
        }

        var current = s;
        var done = new List<ProofStep>();
        foreach (var cut in cuts.DistinctBy(c => c.Rule.ToString()))
        {
            if (Left(current, cut) is [var first, var next] && Left(first, Steps.Trivial) is { })
            {
                done.Add(cut);
                current = next;
            }
        }

        var proof = LinearSearch.Prove(current, 0, work) ?? LinearSearch.Prove(current, 1, work);
        return proof is null ? null : [.. done, .. proof];
    }

    // log(left) ≤ log(right) where both sides are positive; the facts with positive sides come with their logarithms.
    private ImmutableArray<ProofStep>? Logarithms(Sequent s, int depth)
    {
        var (left, right) = (s.Goal.Left, s.Goal.Right);
        if (!HasPowers(s.Context.Normal(left)) && !HasPowers(s.Context.Normal(right)))
        {
            return null;
        }

        if (s.Goal.Comparison == Comparison.Equal)
        {
            return null;
        }

        // Both sides are positive, by signs or by a short proof.
        var zero = Term.Constant(0);
        var current = s;
        var done = new List<ProofStep>();
        foreach (var side in new[] { left, right })
        {
            var positive = new Relation(zero, Comparison.Less, side);
            if (current.Context.Holds(positive))
            {
                continue;
            }

            if (!s.Integers.IsEmpty || LinearSearch.Prove(current.WithGoal(positive), 0, work) is not { } shown)
            {
                return null;
            }

            done.Add(Steps.Cut(positive, shown));
            current = current.With(positive);
        }

        var steps = new List<ProofStep>();
        foreach (var fact in s.Facts.Where(f => f.Comparison is Comparison.AtMost or Comparison.Less).Take(20))
        {
            foreach (var (a, b) in Sides(s, fact))
            {
                steps.Add(Steps.Axiom(AxiomKind.LogMonotone, a.ToString(), b.ToString()));
            }
        }

        string symbol = s.Goal.Comparison == Comparison.Less ? "<" : "<=";
        var cut = Steps.Cut($"log({left}) {symbol} log({right})");
        var axiom = Steps.Axiom(AxiomKind.LogReflects, $"{left}", $"{right}");
        foreach (var step in steps)
        {
            if (Left(current, step) is [var next])
            {
                done.Add(step);
                current = next;
            }
        }

        return Left(current, cut) is [var first, var second] && Prove(first, depth - 2) is { } proof
            && Left(second, axiom) is [var last] && Close(last) is { } closed
                ? [.. done, cut with { Branches = [proof] }, axiom, .. closed]
                : null;
    }

    // A fact a ≤ b with 0 < a as such, and as 1 ≤ b/a.
    private static IEnumerable<(Term A, Term B)> Sides(Sequent s, Relation fact)
    {
        var zero = Term.Constant(0);
        if (s.Context.Holds(new(zero, Comparison.Less, fact.Left))
            && s.Context.Holds(new(zero, Comparison.Less, fact.Right)))
        {
            yield return (fact.Left, fact.Right);
        }
    }

    private static bool HasPowers(Poly p) =>
        p.Terms.Any(t => t.Key.Factors.Any(f => f.Symbolic is not null || f.Atom.Kind == AtomKind.Euler));

    private ImmutableArray<ProofStep>? Convexity(Sequent s, int depth)
    {
        foreach (string x in s.Goal.Left.Variables.Union(s.Goal.Right.Variables))
        {
            var range = s.Context.RangeOf(Variable(s, x));
            foreach (var (low, high) in Ends(s, x, range))
            {
                var step = Steps.Convex(x, low, high);
                if (Left(s, step) is { } && Then(s, step, depth - 2) is { } proof)
                {
                    return proof;
                }
            }
        }

        return null;
    }

    // The numbers and formulas between which x lies: its range, and facts that are linear in x.
    private static IEnumerable<(string Low, string High)> Ends(Sequent s, string x, Range range)
    {
        var lows = new List<string>();
        var highs = new List<string>();
        if (range.Lower is { } low)
        {
            lows.Add($"({low})");
        }

        if (range.Upper is { } high)
        {
            highs.Add($"({high})");
        }

        for (int i = 0; i < s.Facts.Length; i++)
        {
            if (!s.Facts[i].Mentions(x) || s.Facts[i].Comparison > Comparison.Less
                || s.Context.Clear(s.Context.Fact(i)) is not { } fact || !PlainVariables(fact).Contains(x))
            {
                continue;
            }

            var (slope, rest) = (Poly.Zero, Poly.Zero);
            foreach (var (m, c) in fact.Terms)
            {
                var factor = m.Factors.FirstOrDefault(f => f.Atom.Key == x);
                if (factor.Atom is null)
                {
                    rest += Poly.Of(c, m);
                }
                else
                {
                    slope = factor.Number == BigRational.One ? slope + Poly.Of(c, m.Without(factor.Atom)) : Poly.Zero;
                }
            }

            var sign = s.Context.RangeOf(slope);
            if (sign.IsNonZero && !slope.IsZero && PolyText.Of(rest) is { } above && PolyText.Of(slope) is { } below)
            {
                (sign.IsPositive ? lows : highs).Add($"-({above})/({below})");
            }
        }

        return from a in lows.Distinct() from b in highs.Distinct() select (a, b);
    }

    // An integer in an exponent, a factorial or the range of a sum: induction is short where it works at all.
    private static bool GrowsWithInteger(Sequent s) =>
        Subterms(s.Goal.Left).Concat(Subterms(s.Goal.Right)).Any(t => t switch
    {
        Term.Power p => p.Exponent.Variables.Overlaps(s.Integers),
        Term.Call { Function: "factorial" } c => c.Variables.Overlaps(s.Integers),
        Term.Series series => series.Upper.Variables.Overlaps(s.Integers),
        _ => false,
    });

    private ImmutableArray<ProofStep>? Induction(Sequent s, int depth)
    {
        foreach (string n in s.Integers.Where(n => s.Goal.Mentions(n)))
        {
            if (s.Context.RangeOf(Variable(s, n)).Lower is { IsInteger: true } low
                && Then(s, Steps.Induct(n, low.Numerator), t => Prove(t, depth - 2)) is { } proof)
            {
                return proof;
            }
        }

        return null;
    }

    private static int Terms(Sequent s) => s.Context.Difference(s.Goal).Terms.Count;

    private ImmutableArray<ProofStep>? MeanValue(Sequent s, int depth)
    {
        var transcendental = s.Context.Difference(s.Goal).Terms.SelectMany(t => t.Key.Factors)
            .Where(f => !f.IsPlain || f.Atom.Kind == AtomKind.Function).ToList();
        if (transcendental.Count == 0 || depth <= 1 || s.Goal.Comparison == Comparison.Equal)
        {
            return null;
        }

        int terms = Terms(s);
        foreach (string x in s.Goal.Left.Variables.Union(s.Goal.Right.Variables)
            .OrderByDescending(
                v => transcendental.Any(f => f.Atom.Mentions.Contains(v) || (f.Symbolic?.Names.Contains(v) ?? false))))
        {
            var range = s.Context.RangeOf(Variable(s, x));
            string[] points = [.. new[] { range.Lower, range.Upper }.OfType<BigRational>().Select(p => $"({p})")];
            foreach (string point in points)
            {
                // A derivative with fewer terms is progress of its own.
                if (Then(
                    s, Steps.Derive(x, point, Fresh(s)), t =>
                        Prove(t, s.Integers.IsEmpty && Terms(t) < terms ? depth : depth - 1)) is { } proof)
                {
                    return proof;
                }
            }

            bool aroundZero = (range.Lower is null || range.Lower.Value.Sign < 0)
                && (range.Upper is null || range.Upper.Value.Sign > 0);
            if (aroundZero && Then(s, Steps.Split($"0 <= {x}"), t => Prove(t, depth - 1)) is { } split)
            {
                return split;
            }

            if (range is { Lower: { Sign: >= 0 } lower } && lower < 1 && (range.Upper is null || range.Upper > 1)
                && s.Facts.Length < 30 && Then(s, Steps.Split($"{x} <= 1"), t => Prove(t, depth - 2)) is { } atOne)
            {
                return atOne;
            }
        }

        return null;
    }

    // y = (a + b x)^(1/q) with numbers a and b, and x = (y^q − a)/b: the root goes, and slopes are rational.
    private ImmutableArray<ProofStep>? RootVariable(Sequent s, int depth)
    {
        foreach (var factor in s.Context.Difference(s.Goal).Terms.SelectMany(t => t.Key.Factors)
            .Where(f => f.Symbolic is null && !f.Number.IsInteger && f.Number.Denominator <= 4).DistinctBy(f => f.Atom))
        {
            var b = factor.Atom.Kind == AtomKind.Compound ? factor.Atom.Parts[0] : Poly.Of(factor.Atom);
            var slopes = b.Terms.Where(t => !t.Key.Factors.IsEmpty).ToList();
            if (depth <= 1
                || slopes
                    is not [{ Key.Factors: [{ IsPlain: true, Atom.Kind: AtomKind.Variable } x], Value: var slope }]
                || x.Number != BigRational.One || s.Integers.Contains(x.Atom.Key) || PolyText.Of(b) is not { } text)
            {
                continue;
            }

            string y = Fresh(s), root = $"({text})^(1/{factor.Number.Denominator})";
            string value = $"({y}^{factor.Number.Denominator} - ({b.ConstantTerm}))/({slope})";
            var proof = Chain(
                s,
                [
                    Steps.Let(y, root),
                    Steps.Cut($"0 <= {y}", [Steps.Trivial]),
                    Steps.Cut($"{x.Atom.Key} = {value}", [Steps.Substitute(y, root), Steps.Trivial]),
                    Steps.Substitute(x.Atom.Key, value),
                ],
                u => Prove(u, depth - 1));
            if (proof is not null)
            {
                return proof;
            }
        }

        return null;
    }

    // x ≥ a > 0 without an upper end: t = 1/x lies in (0, 1/a], where convexity and bisection reach every point.
    private ImmutableArray<ProofStep>? Reciprocal(Sequent s, int depth)
    {
        foreach (string x in s.Goal.Left.Variables.Union(s.Goal.Right.Variables))
        {
            if (depth > 1 && s.Context.RangeOf(Variable(s, x)) is { Lower: { Sign: > 0 } low, Upper: null })
            {
                string t = Fresh(s);
                return Chain(
                    s,
                    [
                        Steps.Let(t, $"1/{x}"),
                        Steps.Cut($"{t} <= {low.Reciprocal()}", [Steps.Trivial]),
                        Steps.Cut($"{x} = 1/{t}", [Steps.Trivial]),
                        Steps.Substitute(x, $"1/{t}"),
                    ],
                    u => Prove(u, depth - 1));
            }
        }

        return null;
    }

    // Halving the ranges until signs decide.
    private ImmutableArray<ProofStep>? Bisection(Sequent s, int depth)
    {
        if (Close(s) is { } closed)
        {
            return closed;
        }

        var names = s.Goal.Left.Variables.Union(s.Goal.Right.Variables);
        var boxes = names.Select(x => (Name: x, Range: s.Context.RangeOf(Variable(s, x)))).ToList();
        if (depth > 7 || boxes.Count is 0 or > 2 || boxes.Any(b => b.Range.Lower is null || b.Range.Upper is null))
        {
            return null;
        }

        var (name, range) = boxes.MaxBy(b => b.Range.Upper - b.Range.Lower);
        var middle = (range.Lower!.Value + range.Upper!.Value) / 2;
        return range.Lower == range.Upper
            ? null
            : Then(s, Steps.Split($"{name} <= {middle}"), t => Bisection(t, depth + 1));
    }
}
