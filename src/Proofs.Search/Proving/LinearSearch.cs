using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving;

/// <summary>
/// Writes the goal as a non-negative combination of products of facts, squares and a rest with non-negative terms, by a
/// linear program over the coefficients.
/// </summary>
internal static class LinearSearch
{
    private const int LargestProgram = 400;
    private const int LargestRows = 260;

    private sealed record Candidate(string Multiplier, ImmutableArray<int> Facts, Poly Value, bool Free, bool Strict);

    // A fact, or a product of two, as 0 ≤ Value (0 < Value where it is strict, 0 = Value where it is an equation).
    private readonly record struct LinearFact(ImmutableArray<int> Index, Poly Value, bool Equation, bool Strict);

    /// <summary>Steps that close the sequent, or null.</summary>
    /// <param name="s">The sequent.</param>
    /// <param name="effort">0: single facts; 1: also products of two facts and squares of differences.</param>
    /// <param name="work">What the search may spend.</param>
    public static ImmutableArray<ProofStep>? Prove(Sequent s, int effort, WorkBudget work)
    {
        if (s.Goal.Comparison == Comparison.Different)
        {
            return null;
        }

        var steps = ImmutableArray.CreateBuilder<ProofStep>();
        var goal = s.Context.Clear(s.Context.Difference(s.Goal));
        if (goal.Terms.Count > LargestRows)
        {
            return null;
        }

        var current = EndFacts(ClearFacts(s, steps), goal, steps);
        var context = current.Context;
        var candidates = Candidates(current, goal, effort);
        if (Combine(current, context, goal, candidates, work) is not { } chosen)
        {
            return null;
        }

        var linear = Steps.Linear(chosen);
        if (context.Difference(s.Goal).Equals(goal))
        {
            steps.Add(linear);
            return Checked(s, steps.ToImmutable());
        }

        string symbol = s.Goal.Comparison switch { Comparison.Less => "<", Comparison.Equal => "=", _ => "<=" };
        if (PolyText.Of(goal) is not { } text)
        {
            return null;
        }

        steps.Add(Steps.Cut($"0 {symbol} {text}", [linear]));
        steps.Add(Steps.Trivial);
        return Checked(s, steps.ToImmutable());
    }

    // The program knows signs that the checker may not see at that place, so its answer is tried.
    private static ImmutableArray<ProofStep>? Checked(Sequent s, ImmutableArray<ProofStep> steps) =>
        ProofSearch.Closes(s, steps) ? steps : null;

    // Facts with denominators come again without them.
    private static Sequent ClearFacts(Sequent s, ImmutableArray<ProofStep>.Builder steps)
    {
        var current = s;
        for (int i = 0; i < s.Facts.Length && i < 40; i++)
        {
            if (s.Facts[i].Comparison == Comparison.Different)
            {
                continue;
            }

            var fact = s.Context.Fact(i);
            var cleared = s.Context.Clear(fact);
            if (cleared.Equals(fact) || cleared.Number is not null || PolyText.Of(cleared) is not { } text)
            {
                continue;
            }

            string symbol = s.Facts[i].Comparison switch { Comparison.Less => "<", Comparison.Equal => "=", _ => "<=" };
            var relation = Reader.Relation($"0 {symbol} {text}", s.Variables);
            if (current.Context.Holds(relation))
            {
                steps.Add(Steps.Cut(relation, [Steps.Trivial]));
                current = current.With(relation);
            }
        }

        return current;
    }

    // The finite ends of powers and function values as facts: 2 ≤ 2^p for p ≥ 1.
    private static Sequent EndFacts(Sequent s, Poly goal, ImmutableArray<ProofStep>.Builder steps)
    {
        var current = s;
        foreach (var f in goal.Terms.SelectMany(t => t.Key.Factors)
            .Where(f => !f.IsPlain || f.Atom.Kind == AtomKind.Function).Distinct().Take(8))
        {
            var value = f.Symbolic is { Terms.Count: 1 } one && one.Terms.First().Value is var c && c.IsInteger && c > 1
                ? Monomial.Of(f with { Number = 0, Symbolic = one.Scale(c.Reciprocal()) })
                : Monomial.Of(f.Symbolic is null && f.Atom.Kind == AtomKind.Function ? f with { Number = 1 } : f);
            var range = s.Context.RangeOf(Poly.Of(value));
            if (PolyText.Of(1, value) is not { } text)
            {
                continue;
            }

            foreach (string? end in new[] { End(range.Lower, "<=", true), End(range.Upper, ">=", false) })
            {
                if (end is not null && Reader.Relation($"{end} {text}", s.Variables) is var relation
                    && current.Context.Holds(relation))
                {
                    steps.Add(Steps.Cut(relation, [Steps.Trivial]));
                    current = current.With(relation);
                }
            }
        }

        return current;

        static string? End(BigRational? end, string symbol, bool lower) =>
            end is not { } e || (lower && e.IsZero) ? null
            : e.Denominator.GetBitLength() > 30 ? null : $"({e}) {symbol}";
    }

    private static List<Candidate> Candidates(Sequent s, Poly goal, int effort)
    {
        var found = new List<Candidate>();
        var seen = new HashSet<Poly>();
        var facts = UsefulFacts(s);
        if (effort > 0)
        {
            AddProducts(facts);
        }

        var targets = goal.Terms.Select(t => t.Key).ToList();
        foreach (var fact in facts)
        {
            AddMultiples(s.Context, fact, Quotients(fact.Value, targets, most: effort > 0 ? 60 : 30), seen, found);
        }

        AddWrittenSquares(s, seen, found);
        DoubleRoots(s, goal, seen, found);
        if (effort > 0)
        {
            Squares(s.Context, goal, targets, seen, found);
        }

        return found;
    }

    // The facts of moderate length; a bare atom ≥ 0 is used by the signs of monomials already.
    private static List<LinearFact> UsefulFacts(Sequent s)
    {
        var facts = new List<LinearFact>();
        for (int i = 0; i < s.Facts.Length; i++)
        {
            var value = s.Context.Fact(i);
            if (s.Facts[i].Comparison != Comparison.Different && value.Number is null && value.Terms.Count <= 60)
            {
                facts.Add(
                    new([i], value, s.Facts[i].Comparison == Comparison.Equal,
                        s.Facts[i].Comparison == Comparison.Less));
            }
        }

        facts.RemoveAll(f => f.Value.Terms.Count == 1 && !f.Equation);
        return [.. facts.DistinctBy(f => (f.Value, f.Equation))];
    }

    // Products of two inequalities, as long as they are short and few.
    private static void AddProducts(List<LinearFact> facts)
    {
        int count = facts.Count;
        for (int i = 0; i < count && facts.Count < 60; i++)
        {
            for (int j = i; j < count && facts.Count < 60; j++)
            {
                var (a, b) = (facts[i], facts[j]);
                if (!a.Equation && !b.Equation && a.Value.Terms.Count * b.Value.Terms.Count <= 64)
                {
                    facts.Add(new([.. a.Index, .. b.Index], a.Value * b.Value, false, a.Strict && b.Strict));
                }
            }
        }
    }

    // 1, and the monomials that take a term of the fact to a term of the goal.
    private static HashSet<Monomial> Quotients(Poly fact, List<Monomial> targets, int most)
    {
        var quotients = new HashSet<Monomial> { Monomial.One };
        foreach (var target in targets)
        {
            foreach (var (m, _) in fact.Terms)
            {
                if (quotients.Count < most && Quotient(target, m) is { } q)
                {
                    quotients.Add(q);
                }
            }
        }

        return quotients;
    }

    // The fact times each monomial of one sign; an equation may be multiplied by any.
    private static void AddMultiples(
        Context context, LinearFact fact, HashSet<Monomial> quotients, HashSet<Poly> seen, List<Candidate> found)
    {
        foreach (var q in quotients)
        {
            var range = context.RangeOf(Poly.Of(q));
            int sign = fact.Equation || range.IsNonNegative ? 1 : range.IsNonPositive ? -1 : 0;
            if (sign == 0 || PolyText.Of(sign, q) is not { } text || found.Count >= LargestProgram)
            {
                continue;
            }

            var product = fact.Value * Poly.Of(sign, q);
            if (seen.Add(product))
            {
                found.Add(new(text, fact.Index, product, fact.Equation, fact.Strict && range.IsNonZero));
            }
        }
    }

    // Squares that the goal was written with.
    private static void AddWrittenSquares(Sequent s, HashSet<Poly> seen, List<Candidate> found)
    {
        var squares = ProofSearch.Subterms(s.Goal.Right).Concat(ProofSearch.Subterms(s.Goal.Left)).OfType<Term.Power>()
            .Where(p => p.Exponent is Term.Number { Value: { IsInteger: true, Sign: > 0 } n } && n.Numerator.IsEven
                && p.Variables.All(s.Variables.Contains));
        foreach (var square in squares.Take(12))
        {
            var value = s.Context.Normal(square);
            if (value.Terms.Count > 1 && seen.Add(value))
            {
                found.Add(new(square.ToString(), [], value, false, false));
            }
        }
    }

    // A polynomial in one variable with a rational double root r: (x − r)², alone and times each fact.
    private static void DoubleRoots(Sequent s, Poly goal, HashSet<Poly> seen, List<Candidate> found)
    {
        if (goal.Terms.SelectMany(t => t.Key.Factors).Select(f => f.Atom).Distinct().ToList()
            is not [{ Kind: AtomKind.Variable } x]
            || goal.Terms.Any(t => t.Key.Factors.Any(f => !f.IsPlain)))
        {
            return;
        }

        var range = s.Context.RangeOf(x);
        for (int d = 1; d <= 12; d++)
        {
            for (int n = -6 * d; n <= 6 * d; n++)
            {
                var r = new BigRational(n, d);
                if (r.Denominator != d || r < range.Lower || r > range.Upper || Value(goal, r).Sign != 0)
                {
                    continue;
                }

                var square = (Poly.Of(x) - Poly.Constant(r)).Power(2);
                string text = $"({x.Key} - ({r}))^2";
                foreach (int fact in Enumerable.Range(0, s.Facts.Length)
                    .Where(i => s.Facts[i].Comparison <= Comparison.Less).Prepend(-1))
                {
                    var product = fact < 0 ? square : square * s.Context.Fact(fact);
                    if (seen.Add(product))
                    {
                        found.Add(new(text, fact < 0 ? [] : [fact], product, false, false));
                    }
                }
            }
        }

        static BigRational Value(Poly p, BigRational at) => p.Terms.Aggregate(
            BigRational.Zero, (sum, t) =>
                sum + (t.Value
                    * t.Key.Factors.Aggregate(
                        BigRational.One, (v, f) => v * BigRational.Pow(at, Poly.Small(f.Number.Numerator)))));
    }

    // q (a − b)² and q (a + b)² whose mixed term q a b is one of the goal's.
    private static void Squares(
        Context context, Poly goal, List<Monomial> targets, HashSet<Poly> seen, List<Candidate> found)
    {
        var halves = new List<Monomial> { Monomial.One };
        halves.AddRange(targets.Select(Half).OfType<Monomial>());
        halves.AddRange(
            targets.SelectMany(t => t.Factors).Where(f => f.Symbolic is null)
                .Select(f => Monomial.Of(f with { Number = 1 })));
        halves = [.. halves.Distinct().Take(24)];
        var negative = goal.Terms.Select(t => t.Key).ToHashSet();
        for (int i = 0; i < halves.Count; i++)
        {
            for (int j = i + 1; j < halves.Count; j++)
            {
                var mixed = halves[i] * halves[j];
                foreach (var target in negative)
                {
                    if (Quotient(target, mixed) is not { } q || !context.RangeOf(Poly.Of(q)).IsNonNegative
                        || found.Count >= LargestProgram || PolyText.Of(1, q) is not { } text
                        || PolyText.Of(1, halves[i]) is not { } a || PolyText.Of(1, halves[j]) is not { } b)
                    {
                        continue;
                    }

                    foreach (int sign in new[] { -1, 1 })
                    {
                        var value = (Poly.Of(halves[i]) + Poly.Of(sign, halves[j])).Power(2) * Poly.Of(q);
                        if (seen.Add(value))
                        {
                            string difference = sign < 0 ? $"({a} - {b})^2" : $"({a} + {b})^2";
                            found.Add(
                                new(q.Factors.IsEmpty ? difference : $"{text}*{difference}", [], value, false, false));
                        }
                    }
                }
            }
        }
    }

    private static Monomial? Half(Monomial m) =>
        m.Factors.All(f => f.Symbolic is null && f.Number.IsInteger && f.Number.Numerator.IsEven)
        ? new([.. m.Factors.Select(f => f with { Number = f.Number / 2 })])
        : null;

    // a / b where that needs no new negative or fractional power of an atom.
    private static Monomial? Quotient(Monomial a, Monomial b)
    {
        var inverse = new Monomial([.. b.Factors.Select(f => new Factor(f.Atom, -f.Number, f.Symbolic?.Scale(-1)))]);
        var q = a * inverse;
        return q.Factors.All(
            f => f.Symbolic is null
                ? f.Number.Sign > 0 || a.Factors.Contains(f)
                : f.Atom.IsPositive || a.Factors.Contains(f))
            && q.Factors.All(f => f.Atom.Kind is not AtomKind.Number || f.Symbolic is not null || f.Number.Sign >= 0)
            ? q : null;
    }

    private static List<Multiple>? Combine(
        Sequent s, Context context, Poly goal, List<Candidate> candidates, WorkBudget work)
    {
        var monomials = goal.Terms.Select(t => t.Key)
            .Concat(candidates.SelectMany(c => c.Value.Terms.Select(t => t.Key))).Distinct().ToList();
        if (monomials.Count > LargestRows)
        {
            // Drop the candidates that bring in most new monomials.
            var known = goal.Terms.Select(t => t.Key).ToHashSet();
            candidates = [.. candidates.OrderBy(c => c.Value.Terms.Count(t => !known.Contains(t.Key))).Take(80)];
            monomials = [.. known.Concat(candidates.SelectMany(c => c.Value.Terms.Select(t => t.Key))).Distinct()];
            if (monomials.Count > LargestRows)
            {
                return null;
            }
        }

        bool equation = s.Goal.Comparison == Comparison.Equal;
        candidates = equation ? [.. candidates.Where(c => c.Free)] : candidates;
        var row = monomials.Select((m, i) => (m, i)).ToDictionary(p => p.m, p => p.i);
        var signs = monomials.Select(
            m => equation ? 0 : context.RangeOf(Poly.Of(m)) is var r && r.IsNonNegative ? 1 : r.IsNonPositive ? -1 : 0)
                .ToArray();
        var strict = monomials.Select(m => context.RangeOf(Poly.Of(m)).IsNonZero).ToArray();

        // Columns: the candidates, the negatives of those that may be subtracted, and one slack for each signed
        // monomial.
        var columns = new List<(Candidate? Candidate, int Sign, int Row)>();
        columns.AddRange(candidates.Select(c => ((Candidate?)c, 1, -1)));
        columns.AddRange(candidates.Where(c => c.Free).Select(c => ((Candidate?)c, -1, -1)));
        columns.AddRange(signs.Select((sign, i) => ((Candidate?)null, sign, i)).Where(c => c.sign != 0));
        var a = new BigRational[monomials.Count][];
        var b = new BigRational[monomials.Count];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = new BigRational[columns.Count];
        }

        foreach (var (m, c) in goal.Terms)
        {
            b[row[m]] = c;
        }

        bool[] objective = new bool[columns.Count];
        for (int j = 0; j < columns.Count; j++)
        {
            var (candidate, sign, slackRow) = columns[j];
            if (candidate is null)
            {
                a[slackRow][j] = sign;
                objective[j] = s.Goal.Comparison == Comparison.Less && strict[slackRow];
                continue;
            }

            foreach (var (m, c) in candidate.Value.Terms)
            {
                a[row[m]][j] = c * sign;
            }

            objective[j] = s.Goal.Comparison == Comparison.Less && candidate.Strict;
        }

        if (SimplexMethod.Solve(a, b, objective, 600, work) is not { } x)
        {
            return null;
        }

        if (s.Goal.Comparison == Comparison.Less && !objective.Where((o, j) => o && x[j].Sign > 0).Any())
        {
            return null;
        }

        var chosen = new List<Multiple>();
        for (int j = 0; j < columns.Count; j++)
        {
            if (columns[j].Candidate is { } c && x[j].Sign > 0)
            {
                var scale = x[j] * columns[j].Sign;
                chosen.Add(Steps.Multiple($"({scale})*{c.Multiplier}", c.Facts));
            }
        }

        return chosen;
    }
}
