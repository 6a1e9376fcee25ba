using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving.Coq;

/// <summary>Proofs by the rules that reduce to polynomial arithmetic, as trees of cones.</summary>
/// <remarks>
/// The rules are trivial, linear, cut, split, let, subst and absurd; a proof with another one has no tree.
/// </remarks>
internal sealed class ConeProof(CoqExpression coq, WorkBudget work)
{
    /// <summary>
    /// A polynomial in the variables of the statement that is ≥ 0, or > 0; integral, as the file has it.
    /// </summary>
    public sealed record Fact(Poly Value, bool Strict);

    /// <summary>Where a proof stands.</summary>
    /// <param name="Values">What the variables of the sequent are in terms of those of the statement.</param>
    /// <param name="Facts">The facts of the tree; the last is number 0 there.</param>
    /// <param name="FactOf">For each fact of the sequent that of the tree, or −1.</param>
    /// <param name="Goal">Right − left of the goal; null where it is −1.</param>
    /// <param name="Strict">Whether the goal is > 0.</param>
    private sealed record State(
        ImmutableDictionary<string, Poly> Values, ImmutableArray<Fact> Facts, ImmutableArray<int> FactOf, Poly? Goal,
        bool Strict)
    {
        public State With(Poly integral, bool strict) =>
            this with { Facts = Facts.Add(new(integral, strict)), FactOf = FactOf.Add(Facts.Length) };
    }

    /// <summary>The tree, or null where the proof uses more than polynomial arithmetic.</summary>
    public string? Tree(Sequent s, ImmutableArray<ProofStep> proof, ImmutableArray<Fact> facts)
    {
        var values =
            s.Variables.ToImmutableDictionary(v => v, v => Poly.Of(Atom.Variable(v, false)), StringComparer.Ordinal);
        try
        {
            return Tree(
                s, proof.AsSpan(),
                new State(
                    values, facts, [.. Enumerable.Range(0, facts.Length)], s.Context.Difference(s.Goal),
                    s.Goal.Comparison == Comparison.Less));
        }
        catch (Rejection)
        {
            return null; // a polynomial grew beyond the limits
        }
    }

    private static readonly Rule.Linear NoSummands = new([], []);

    private string? Tree(Sequent s, ReadOnlySpan<ProofStep> proof, State state)
    {
        work.Spend(1_000);
        var step = proof[0];
        var left = step.Rule.Apply(s);
        switch (step.Rule)
        {
            case Rule.Trivial:
                return Leaf(state, Linear(s, state, NoSummands) ?? Combination(state.Goal ?? Poly.Constant(-1), state))
                    ?? Leaf(state with { Goal = null }, Combination(Poly.Constant(-1), state));
            case Rule.Linear linear:
                return Leaf(state, Linear(s, state, linear));
            case Rule.Absurd:
                return Tree(left[0], proof[1..], state with { Goal = null, Strict = false });
            case Rule.Let let:
                var value = Replace(s.Context.Normal(let.Value), state);
                return Tree(
                    left[0], proof[1..],
                    state with { Values = state.Values.SetItem(let.Variable, value), FactOf = state.FactOf.Add(-1) });
            case Rule.Substitute:
                return Tree(left[0], proof[1..], state);
            case Rule.Cut:
                var fact = left[0].Goal;
                if (fact.Comparison > Comparison.Less)
                {
                    return null;
                }

                bool strict = fact.Comparison == Comparison.Less;
                var (e, _) = Fraction.Integral(Replace(s.Context.Difference(fact), state));
                return Tree(left[0], step.Branches[0].AsSpan(), state with { Goal = e, Strict = strict }) is { } first
                    && Tree(left[1], proof[1..], state.With(e, strict)) is { } second
                    ? $"(Cut {coq.Expression(e)} {(strict ? "true" : "false")} {first} {second})" : null;
            case Rule.Split:
                return SplitTree(s, left, step, proof[1..], state);
            default:
                return null;
        }
    }

    private string? SplitTree(
        Sequent s, ImmutableArray<Sequent> left, ProofStep step, ReadOnlySpan<ProofStep> rest, State state)
    {
        var question = left[0].Facts[^1];
        if (question.Comparison > Comparison.Less)
        {
            return null;
        }

        // The tree asks for 0 ≤ e first.
        bool strict = question.Comparison == Comparison.Less;
        var (p, _) = Fraction.Integral(Replace(s.Context.Difference(question), state));
        var e = strict ? p.Scale(-1) : p;
        if (Tree(left[0], step.Branches[0].AsSpan(), state.With(p, strict)) is not { } yes
            || Tree(left[1], rest, state.With(p.Scale(-1), !strict)) is not { } no)
        {
            return null;
        }

        return $"(Split {coq.Expression(e)} {(strict ? no : yes)} {(strict ? yes : no)})";
    }

    private static string? Leaf(State state, Cone? cone)
    {
        if (cone is null || (state.Strict && state.Goal is not null && !cone.Strict))
        {
            return null;
        }

        if (state.Goal is null)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"(Absurd {cone.Scale.Denominator} {Cone.Integral(cone.Text, cone.Scale.Numerator)})");
        }

        var (_, scale) = Fraction.Integral(state.Goal);
        var ratio = scale / cone.Scale;
        return string.Create(
            CultureInfo.InvariantCulture, $"(Leaf {ratio.Numerator} {Cone.Integral(cone.Text, ratio.Denominator)})");
    }

    // The arguments of the rule linear and its rest.
    private Cone? Linear(Sequent s, State state, Rule.Linear rule)
    {
        if (s.Goal.Comparison > Comparison.Less)
        {
            return null;
        }

        var rest = s.Context.Difference(s.Goal);
        var parts = new List<Cone>();
        var boxes = new List<(Atom Atom, BigRational Low, BigRational High)>();
        var weights = new Dictionary<string, Cone>(StringComparer.Ordinal);
        foreach (var side in rule.Sides)
        {
            var box = (Atom: Atom.Variable(side.Variable, false), side.Low, side.High);
            var x = state.Values[box.Atom.Key];
            if (Combination((x - Poly.Constant(box.Low)).Scale((box.High - box.Low).Reciprocal()), state) is not { } u
                || Combination((Poly.Constant(box.High) - x).Scale((box.High - box.Low).Reciprocal()), state)
                    is not { } v)
            {
                return null;
            }

            boxes.Add(box);
            (weights["~u" + box.Atom.Key], weights["~v" + box.Atom.Key]) = (u, v);
        }

        foreach (var (multiplier, facts) in rule.Multiples)
        {
            var product = s.Context.Normal(multiplier);
            if (NonNegative(multiplier, s, state) is not { } cone)
            {
                return null;
            }

            foreach (int i in facts)
            {
                product *= s.Context.Fact(i);
                if (state.FactOf[i] < 0)
                {
                    return null;
                }

                var value = Replace(s.Context.Fact(i), state);
                cone = cone.Times(OfFact(state.FactOf[i], state).Times(Fraction.Integral(value).Scale));
            }

            rest -= product;
            parts.Add(cone);
        }

        rest = boxes.Aggregate(rest, (p, box) => BernsteinForm.Of(p, box.Atom, box.Low, box.High, work));
        foreach (var (m, c) in rest.Terms)
        {
            if (Signed(m, c, state, weights) is not { } cone)
            {
                return null;
            }

            parts.Add(cone);
        }

        return Cone.Sum(parts);
    }

    private Cone? NonNegative(Term t, Sequent s, State state)
    {
        switch (t)
        {
            case Term.Number n:
                return n.Value.Sign >= 0 ? Cone.Number(n.Value) : null;
            case Term.Power
            {
                Exponent: Term.Number
                {
                    Value:
                    {
                        IsInteger: true,
                        Sign: > 0
                    } n
                }
            } p when n.Numerator.IsEven:
                var root = Replace(s.Context.Normal(p.Base).Power((int)n.Numerator / 2), state);
                return Square(root);
            case Term.Product p when NonNegative(p.Left, s, state) is { } a && NonNegative(p.Right, s, state) is { } b:
                return a.Times(b);
            default:
                var parts = s.Context.Normal(t).Terms.Select(m => Signed(m.Key, m.Value, state, [])).ToList();
                return parts.Contains(null) ? null : Cone.Sum(parts!);
        }
    }

    private Cone Square(Poly root)
    {
        var (integral, scale) = Fraction.Integral(root);
        return Cone.Square(coq.Expression(integral)).Times(scale * scale);
    }

    // A term whose sign is that of its factors.
    private Cone? Signed(Monomial m, BigRational c, State state, Dictionary<string, Cone> weights)
    {
        int sign = c.Sign;
        var cone = Cone.Number(BigRational.Abs(c));
        foreach (var f in m.Factors)
        {
            int n = (int)f.Number.Numerator;
            if (weights.TryGetValue(f.Atom.Key, out var weight))
            {
                cone = cone.Times(weight.Power(n));
                continue;
            }

            var x = state.Values[f.Atom.Key];
            if (Combination(x, state) is { } positive)
            {
                cone = cone.Times(positive.Power(n));
            }
            else if (Combination(x.Scale(-1), state) is { } negative)
            {
                cone = cone.Times(negative.Power(n));
                sign *= n % 2 == 0 ? 1 : -1;
            }
            else if (n % 2 == 0)
            {
                cone = cone.Times(Square(x.Power(n / 2)));
            }
            else
            {
                return null;
            }
        }

        return sign >= 0 ? cone : null;
    }

    private static Cone OfFact(int i, State state) => Cone.Fact(state.Facts.Length - 1 - i, state.Facts[i].Strict);

    private (State State, Dictionary<Poly, Cone?> Found)? _combinations;

    // The polynomial as a non-negative combination of facts and 1: one of them, or what a linear program finds.
    private Cone? Combination(Poly target, State state)
    {
        if (_combinations is not { } cache || !ReferenceEquals(cache.State.Values, state.Values)
            || cache.State.Facts != state.Facts)
        {
            _combinations = cache = (state, []);
        }

        if (!cache.Found.TryGetValue(target, out var cone))
        {
            cache.Found[target] = cone = Search(target, state);
        }

        return cone;
    }

    private Cone? Search(Poly target, State state)
    {
        if (target.Number is { } number)
        {
            if (number.Sign >= 0)
            {
                return Cone.Number(number);
            }
        }
        else
        {
            var (integral, scale) = Fraction.Integral(target);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int i = 0; i < state.Facts.Length; i++)
                {
                    if (state.Facts[i].Strict == (pass == 0) && state.Facts[i].Value.Equals(integral))
                    {
                        return OfFact(i, state).Times(scale);
                    }
                }
            }
        }

        var used = Enumerable.Range(0, state.Facts.Length).Where(i => state.Facts[i].Value.Terms.Count <= 30).ToList();
        Poly[] columns = [.. used.Select(i => state.Facts[i].Value), Poly.One];
        var monomials = columns.Append(target).SelectMany(p => p.Terms.Select(t => t.Key)).Distinct().ToList();
        if (target.Terms.Any(t => columns.All(c => c.Terms.All(u => !u.Key.Equals(t.Key)))))
        {
            return null;
        }

        BigRational Coefficient(Poly p, Monomial m) => p.Terms.FirstOrDefault(t => t.Key.Equals(m)).Value;
        BigRational[][] rows = [.. monomials.Select(m => columns.Select(c => Coefficient(c, m)).ToArray())];
        bool[] objective = [.. used.Select(i => state.Facts[i].Strict), true];
        if (SimplexMethod.Solve(rows, [.. monomials.Select(m => Coefficient(target, m))], objective, 200, work)
            is not { } x)
        {
            return null;
        }

        var parts = used.Select((i, j) => (Cone: OfFact(i, state), Weight: x[j])).Where(p => p.Weight.Sign > 0)
            .Select(p => p.Cone.Times(p.Weight)).ToList();
        return Cone.Sum([.. parts, Cone.Number(x[^1])]);
    }

    // The polynomial in the variables of the statement.
    private static Poly Replace(Poly p, State state) => p.Terms.Aggregate(
        Poly.Zero,
        (sum, t) => sum + t.Key.Factors.Aggregate(
            Poly.Constant(t.Value), (product, f) =>
                product * state.Values[f.Atom.Key].Power(Poly.Small(f.Number.Numerator))));
}
