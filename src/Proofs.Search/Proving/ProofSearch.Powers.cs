using System.Collections.Immutable;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving;

internal sealed partial class ProofSearch
{
    private const int MostMeans = 60;

    private static bool IsProduct(Sequent s) =>
        s.Goal.Comparison <= Comparison.Less && s.Context.Normal(s.Goal.Left).Terms.Count == 1
            && s.Context.Normal(s.Goal.Right).Terms.Count == 1;

    // a^e ≤ b^e from a ≤ b, where e > 0 is the exponent of the first factor of a product.
    private ImmutableArray<ProofStep>? SamePower(Sequent s, int depth)
    {
        if (!IsProduct(s)
            || s.Context.Normal(s.Goal.Left).Terms.First().Key.Factors.FirstOrDefault(f => f.Symbolic is not null)
                is not { Symbolic: { } symbolic }
            || !s.Context.RangeOf(symbolic).IsPositive || PolyText.Of(symbolic) is not { } e)
        {
            return null;
        }

        string symbol = s.Goal.Comparison == Comparison.Less ? "<" : "<=";
        string left = $"({s.Goal.Left})^(1/({e}))", right = $"({s.Goal.Right})^(1/({e}))";
        var axiom = Steps.Axiom(AxiomKind.PowerMonotone, left, right, e);
        var cut = Steps.Cut($"{left} {symbol} {right}");
        return Left(s, cut) is [var first, var second] && Left(second, axiom) is [var last] && Close(last) is { } closed
            && !HasPowers(s.Context.Normal(first.Goal.Left)) && Prove(first, depth - 2) is { } proof
                ? [cut with { Branches = [proof] }, axiom, .. closed]
                : null;
    }

    // The goal without denominators and negative exponents, where it has some.
    private ImmutableArray<ProofStep>? Cleared(Sequent s, int depth)
    {
        var difference = s.Context.Difference(s.Goal);
        var cleared = s.Context.Clear(difference);
        if (s.Goal.Comparison > Comparison.Less || cleared.Equals(difference)
            || cleared.Terms.Count > (HasPowers(cleared) ? 12 : 60) || PolyText.Of(cleared) is not { } text)
        {
            return null;
        }

        var cut = Steps.Cut($"0 {(s.Goal.Comparison == Comparison.Less ? "<" : "<=")} {text}");
        return Left(s, cut) is [var first, var second] && Close(second) is { } closed
            && Prove(first, depth - 1) is { } proof
            ? [cut with { Branches = [proof] }, .. closed]
            : null;
    }

    // Weighted means: a negative monomial in the hull of positive ones is at most their mean; a linear program does the
    // rest.
    private ImmutableArray<ProofStep>? Means(Sequent s)
    {
        if (s.Goal.Comparison > Comparison.Less)
        {
            return null;
        }

        var goal = s.Context.Clear(s.Context.Difference(s.Goal));
        var positive =
            goal.Terms.Where(t => t.Value.Sign > 0 && IsNatural(s, t.Key)).Select(t => t.Key).Take(9).ToList();
        var axioms = new List<ProofStep>();
        foreach (var (m, _) in goal.Terms.Where(t => t.Value.Sign < 0 && IsNatural(s, t.Key)).Take(8))
        {
            foreach (var subset in Subsets(positive, 4))
            {
                if (axioms.Count < MostMeans && Weights(m, subset) is { } weights)
                {
                    var arguments =
                        subset.Zip(weights).SelectMany(p => new[] { PolyText.Of(1, p.First)!, $"({p.Second})" });
                    axioms.Add(Steps.Axiom(AxiomKind.Amgm, arguments));
                }
            }
        }

        return axioms.Count == 0 ? null : Combine(s, axioms);
    }

    // The axioms that apply, and then a linear combination.
    private ImmutableArray<ProofStep>? Combine(Sequent s, IEnumerable<ProofStep> axioms)
    {
        var done = new List<ProofStep>();
        var current = s;
        foreach (var step in axioms.DistinctBy(a => a.Rule.ToString()))
        {
            if (Left(current, step) is [var next] && next.Context.Fact(next.Facts.Length - 1) is { Number: null })
            {
                done.Add(step);
                current = next;
            }
        }

        var proof = done.Count == 0 ? null
            : LinearSearch.Prove(current, 0, work) ?? (done.Count <= 12 ? LinearSearch.Prove(current, 1, work) : null);
        return proof is null ? null : [.. done, .. proof];
    }

    private static bool IsNatural(Sequent s, Monomial m) =>
        m.Factors.All(f => f.IsPlain && s.Context.RangeOf(f.Atom).IsNonNegative);

    private static IEnumerable<List<Monomial>> Subsets(List<Monomial> all, int largest)
    {
        for (int mask = 1; mask < 1 << all.Count; mask++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)mask) is var count && count >= 2 && count <= largest)
            {
                yield return [.. all.Where((_, i) => (mask >> i & 1) == 1)];
            }
        }
    }

    // Positive weights with sum 1 whose mean of the exponents is that of m, where they are unique.
    private BigRational[]? Weights(Monomial m, List<Monomial> corners)
    {
        var atoms = corners.Append(m).SelectMany(c => c.Factors).Select(f => f.Atom).Distinct().ToList();
        var rows = new BigRational[atoms.Count + 1][];
        var right = new BigRational[atoms.Count + 1];
        for (int i = 0; i < atoms.Count; i++)
        {
            rows[i] = [.. corners.Select(c => Exponent(c, atoms[i]))];
            right[i] = Exponent(m, atoms[i]);
        }

        rows[^1] = [.. corners.Select(_ => BigRational.One)];
        right[^1] = 1;
        return SimplexMethod.Solve(rows, right, new bool[corners.Count], 50, work) is { } x && x.All(w => w.Sign > 0)
            ? x
            : null;

        static BigRational Exponent(Monomial c, Atom atom) => c.Factors.FirstOrDefault(f => f.Atom.Equals(atom)).Number;
    }

    // log u ≤ u − 1 and −log u ≤ 1/u − 1 for the arguments as they are written (the normal form splits log(a/b) into
    // two), for the bases of powers under a logarithm, and for roots of an argument that occur beside it.
    private static IEnumerable<ProofStep> LogarithmTangents(Sequent s)
    {
        var terms =
            s.Facts.Take(20).Prepend(s.Goal).SelectMany(r => Subterms(r.Left).Concat(Subterms(r.Right))).ToList();
        var logarithms = terms.OfType<Term.Call>().Where(c => c.Function == "log" && c.Variables.Count > 0).ToList();
        var arguments = logarithms.Select(c => c.Arguments[0]).ToList();
        arguments.AddRange(arguments.SelectMany(Subterms).OfType<Term.Power>()
            .Where(p => p.Base.Variables.Count > 0 && p.Exponent.Variables.Count > 0).Select(p => p.Base).ToList());
        arguments.AddRange(terms.OfType<Term.Power>().Where(p => p.Exponent is Term.Number { Value.IsInteger: false }
            && arguments.Exists(a => a.ToString() == p.Base.ToString())).ToList());
        var distinct = arguments.Select(a => a.ToString()).Distinct(StringComparer.Ordinal).ToList();
        return from argument in distinct
               from tangent in new[] { argument, $"1/({argument})" }
               select Steps.Axiom(AxiomKind.LogTangent, tangent);
    }

    // Bernoulli, growth in exponent and base, tangents of exp and log, for the powers that occur; then a linear
    // program.
    private ImmutableArray<ProofStep>? PowerFacts(Sequent s)
    {
        if (s.Goal.Comparison > Comparison.Less)
        {
            return null;
        }

        var axioms = new List<ProofStep>();
        var factors = s.Context.Difference(s.Goal).Terms.SelectMany(t => t.Key.Factors)
            .Concat(s.Facts.Take(20).SelectMany((f, i) => s.Context.Fact(i).Terms.SelectMany(t => t.Key.Factors)))
            .Where(f => f.Symbolic is not null || f.Atom.Key.StartsWith("log(", StringComparison.Ordinal))
            .DistinctBy(f => (f.Atom, f.Symbolic)).Take(12).ToList();
        axioms.AddRange(LogarithmTangents(s));
        var powers = new List<(string Base, string Exponent, Poly Value)>();
        foreach (var f in factors)
        {
            if (f.Symbolic is null)
            {
                axioms.AddRange(
                    PolyText.Of(f.Atom.Parts[0]) is { } argument ? [Steps.Axiom(AxiomKind.LogTangent, argument)] : []);
                continue;
            }

            if (PolyText.Of(f.Symbolic) is not { } exponent)
            {
                continue;
            }

            if (f.Atom.Kind == AtomKind.Euler)
            {
                axioms.Add(Steps.Axiom(AxiomKind.ExpTangent, exponent));
                continue;
            }

            var b = f.Atom.Kind == AtomKind.Compound ? f.Atom.Parts[0] : Poly.Of(f.Atom);
            if (PolyText.Of(b) is { } text)
            {
                powers.Add((text, exponent, b));
                axioms.Add(Steps.Axiom(AxiomKind.Bernoulli, $"{text} - 1", exponent));
                axioms.Add(Steps.Axiom(AxiomKind.BernoulliRoot, $"{text} - 1", exponent));
                var range = s.Context.RangeOf(f.Symbolic);
                foreach (string end in new[] { range.Lower, range.Upper }.OfType<BigRational>().Select(e => $"({e})"))
                {
                    var kind = s.Context.RangeOf(b).Lower >= 1 ? AxiomKind.ExponentGrows : AxiomKind.ExponentFalls;
                    axioms.Add(Steps.Axiom(kind, text, end, exponent));
                    axioms.Add(Steps.Axiom(kind, text, exponent, end));
                }
            }
        }

        foreach (var p in powers)
        {
            foreach (var q in powers.Where(q => q.Exponent == p.Exponent && q.Base != p.Base))
            {
                axioms.Add(Steps.Axiom(AxiomKind.PowerMonotone, p.Base, q.Base, p.Exponent));
                axioms.Add(Steps.Axiom(AxiomKind.PowerAntitone, p.Base, q.Base, p.Exponent));
            }

            // x^t y^(1-t)
            foreach (var q in powers.Where(q => q.Base != p.Base))
            {
                axioms.Add(Steps.Axiom(AxiomKind.Young, p.Base, q.Base, p.Exponent));
            }
        }

        return axioms.Count == 0 ? null : Combine(s, axioms);
    }

    private static bool HasLogarithm(Sequent s) =>
        Subterms(s.Goal.Left).Concat(Subterms(s.Goal.Right))
            .Any(t => t is Term.Call { Function: "log", Variables.IsEmpty: false });

    // Tangents of the logarithm away from 1: log(a/2) ≤ a/2 − 1, log(1/a) ≤ 1/a − 1 and the like, for the logarithms as
    // they are written.
    private ImmutableArray<ProofStep>? Tangents(Sequent s)
    {
        if (s.Goal.Comparison > Comparison.Less || !s.Integers.IsEmpty)
        {
            return null;
        }

        var arguments = Subterms(s.Goal.Left).Concat(Subterms(s.Goal.Right)).OfType<Term.Call>()
            .Where(c => c.Function == "log" && !c.Variables.IsEmpty && c.Variables.All(s.Variables.Contains))
            .Select(c => $"{c.Arguments[0]}")
            .Concat(s.Context.Difference(s.Goal).Terms.SelectMany(t => t.Key.Factors)
                .Where(f => f.Atom.Key.StartsWith("log(", StringComparison.Ordinal) && !f.Atom.Mentions.IsEmpty)
                .Select(f => PolyText.Of(f.Atom.Parts[0])).OfType<string>())
            .Distinct().Take(4).ToList();
        ProofStep[] Of(params string[] tangents) =>
            [.. arguments.SelectMany(a => tangents.Select(t => t.Replace("@", $"({a})", StringComparison.Ordinal)))
            .Append("2").Select(a => Steps.Axiom(AxiomKind.LogTangent, a))];
        return arguments.Count == 0
            ? null
            : Combine(s, Of("@^(1/2)/2")) ?? Combine(s, Of("@", "1/@", "@/2", "1/(2*@)"));
    }
}
