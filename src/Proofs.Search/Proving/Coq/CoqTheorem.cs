using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving.Coq;

/// <summary>
/// Writes one statement with its certificates; every relation becomes the sign of an integer polynomial.
/// </summary>
internal sealed class CoqTheorem
{
    private readonly Statement _claim;
    private readonly WorkBudget _work;
    private readonly ImmutableArray<string> _variables;
    private readonly CoqExpression _coq;
    private readonly string _values;
    private readonly StringBuilder _definitions = new();
    private readonly StringBuilder _script = new();
    private readonly List<ConeProof.Fact> _facts = [];
    private readonly Dictionary<Poly, Poly> _positive = [];
    private int _certificates;

    public CoqTheorem(Statement claim, WorkBudget work)
    {
        (_claim, _work) = (claim, work);
        _variables = [.. claim.Reals, .. claim.Integers];
        _coq = new(_variables, [.. claim.Integers]);
        var values = _variables.Select(v =>
            claim.Integers.Contains(v) ? $"IZR {CoqExpression.Name(v)}" : CoqExpression.Name(v));
        _values = $"[{string.Join("; ", values)}]";
    }

    /// <summary>The whole file.</summary>
    /// <exception cref="InexpressibleException">Some part has no certificate of the kinds that the checker
    /// knows.</exception>
    public string Text(string checker)
    {
        Relation[] assumptions = [.. _claim.Ranges, .. _claim.Hypotheses];
        for (int i = 0; i < assumptions.Length; i++)
        {
            Assume(assumptions[i], $"H{i + 1}");
        }

        foreach (var (goal, i) in _claim.Goals.Select((g, i) => (g, i)))
        {
            _script.Append(i + 1 < _claim.Goals.Length ? "  split.\n  {\n" : "");
            Show(goal);
            _script.Append(i + 1 < _claim.Goals.Length ? "  }\n" : "");
        }

        var file = new StringBuilder();
        file.Append("(* ")
            .Append(_claim.Text.ReplaceLineEndings(" ").Replace("(*", "( *", StringComparison.Ordinal)
            .Replace("*)", "* )", StringComparison.Ordinal)).Append(" *)\n");
        file.Append(checker).Append('\n').Append(_definitions).Append("Theorem statement :");
        foreach (var (names, sort) in new[] { (_claim.Reals, "R"), (_claim.Integers, "Z") }.Where(
            p => !p.Item1.IsEmpty))
        {
            file.Append(file[^1] == ':' ? " forall" : "")
                .Append(CultureInfo.InvariantCulture,
                    $" ({string.Join(' ', names.Select(CoqExpression.Name))} : {sort})");
        }

        file.Append(_variables.IsEmpty ? "\n" : ",\n");
        foreach (var assumption in assumptions)
        {
            file.Append("  ").Append(_coq.Real(assumption)).Append(" ->\n");
        }

        file.Append("  ").AppendJoin(" /\\\n  ", _claim.Goals.Select(_coq.Real)).Append(".\nProof.\n  intros");
        file.Append(string.Concat(_variables.Select(v => " " + CoqExpression.Name(v))))
            .Append(string.Concat(assumptions.Select((_, i) => $" H{i + 1}"))).Append(".\n");
        return file.Append(_script).Append("Qed.\n\nPrint Assumptions statement.\n").ToString();
    }

    // The assumption as the sign of a polynomial: a fact.
    private void Assume(Relation r, string name)
    {
        if (r.Comparison == Comparison.Equal)
        {
            Assume(r with { Comparison = Comparison.AtMost }, name);
            Assume(new(r.Right, Comparison.AtMost, r.Left), name);
            return;
        }

        if (r.Comparison == Comparison.Different)
        {
            throw new InexpressibleException($"the assumption {r} is no inequality");
        }

        bool strict = r.Comparison == Comparison.Less;
        var (polynomial, scale, below) = Cleared(r);
        int number = _facts.Count + 1;
        _definitions.Append(
            CultureInfo.InvariantCulture, $"Definition fact_{number} : expr := {_coq.Expression(polynomial)}.\n");
        _facts.Add(new(polynomial, strict));
        _script.Append(
            CultureInfo.InvariantCulture,
            $"  assert (F{number} : signed {Flag(strict)} (eval {_values} fact_{number})).\n");
        string unfold = $"cbv [signed eval nth fact_{number}]";
        if (below is null)
        {
            _script.Append(CultureInfo.InvariantCulture, $"  {{ {unfold}. lra. }}\n");
            return;
        }

        string factor = $"{Number(scale.Reciprocal())} * ({below})";
        string lemma = strict
            ? "apply Rmult_lt_0_compat; [lra | positive]"
            : "apply Rmult_le_pos; [lra | left; positive]";
        _script.Append(
            CultureInfo.InvariantCulture,
            $"  {{ assert (E : {_coq.Real(polynomial)} = ({_coq.Real(r.Right)} - {_coq.Real(r.Left)}) * ({factor})) by "
                + $"(field; nonzero).\n");
        _script.Append(
            CultureInfo.InvariantCulture,
            $"    assert (X : 0 {(strict ? "<" : "<=")} {_coq.Real(polynomial)}) by (rewrite E; "
                + $"{lemma}).\n    {unfold}. lra. }}\n");
    }

    private void Show(Relation r)
    {
        var (polynomial, scale, below) = Cleared(r);
        if (r.Comparison == Comparison.Equal)
        {
            if (!polynomial.IsZero)
            {
                throw new InexpressibleException($"the equation {r} is no identity of rational functions");
            }

            _script.Append("  field; nonzero.\n");
            return;
        }

        bool strict = r.Comparison == Comparison.Less;
        _script.Append(
            CultureInfo.InvariantCulture,
            $"  assert (P : signed {Flag(strict)} (eval {_values} goal_{_certificates + 1})).\n");
        string unfold = $"cbv [signed eval nth goal_{_certificates + 1}] in P";
        Certify(polynomial, strict, $"{r}");
        if (below is null)
        {
            _script.Append(CultureInfo.InvariantCulture, $"  {unfold}. lra.\n");
            return;
        }

        string lemma = strict
            ? "apply Rmult_lt_0_compat; [lra | positive]"
            : "apply Rmult_le_pos; [lra | left; positive]";
        _script.Append(
            CultureInfo.InvariantCulture,
            $"  {unfold}.\n  assert (E : {_coq.Real(r.Right)} - {_coq.Real(r.Left)} = ({_coq.Real(polynomial)}) * "
                + $"({Number(scale)} * / ({below}))) by (field; nonzero).\n");
        _script.Append(
            CultureInfo.InvariantCulture,
            $"  assert (X : 0 {(strict ? "<" : "<=")} {_coq.Real(r.Right)} - {_coq.Real(r.Left)}) by (rewrite E; "
                + $"{lemma}).\n  lra.\n");
    }

    // right − left = scale · polynomial / below, where below is a product of positive factors.
    private (Poly Polynomial, BigRational Scale, string? Below) Cleared(Relation r)
    {
        var difference = Fraction.Of(r.Right).Minus(Fraction.Of(r.Left));
        var numerator = difference.Numerator;
        var factors = new List<string>();
        foreach (var (factor, n) in difference.Denominator.OrderBy(f => f.Key.Key, StringComparer.Ordinal))
        {
            var positive = Positive(factor);
            numerator = positive.Equals(factor) || n % 2 == 0 ? numerator : numerator.Scale(-1);
            factors.Add(
                n == 1
                    ? $"({_coq.Real(positive)})"
                    : string.Create(CultureInfo.InvariantCulture, $"({_coq.Real(positive)}) ^ {n}"));
        }

        var (integral, scale) = Fraction.Integral(numerator);
        return (integral, scale, factors.Count == 0 ? null : string.Join(" * ", factors));
    }

    // The factor of a denominator or its negative, whichever is positive for certain.
    private Poly Positive(Poly factor)
    {
        if (_positive.TryGetValue(factor, out var known))
        {
            return known;
        }

        foreach (var candidate in new[] { factor, factor.Scale(-1) })
        {
            if (Certificate(candidate, true) is not { } certificate)
            {
                continue;
            }

            int number = _certificates + 1;
            _script.Append(CultureInfo.InvariantCulture, $"  assert (D{number} : 0 < {_coq.Real(candidate)}).\n");
            _script.Append(
                CultureInfo.InvariantCulture, $"  {{ assert (P : signed true (eval {_values} goal_{number})).\n");
            Write(candidate, true, certificate);
            _script.Append(CultureInfo.InvariantCulture, $"    cbv [signed eval nth goal_{number}] in P. lra. }}\n");
            return _positive[factor] = candidate;
        }

        throw new InexpressibleException(
            $"the sign of the denominator {PolyText.Of(factor)} was not found by polynomial arithmetic");
    }

    private void Certify(Poly polynomial, bool strict, string what) => Write(
        polynomial, strict,
        Certificate(polynomial, strict)
            ?? throw new InexpressibleException(
                $"no proof by polynomial arithmetic or bisection was found for {what}"));

    private sealed record Found(string Certificate, ImmutableArray<Proofs.Kernel.Symbolic.Range> Box);

    private Found? Certificate(Poly polynomial, bool strict)
    {
        var zero = Term.Constant(0);
        var names = _variables.ToImmutableSortedSet(StringComparer.Ordinal);
        Relation Positive(Poly p, bool isStrict) =>
            new(zero, isStrict ? Comparison.Less : Comparison.AtMost, Reader.Term(PolyText.Of(p)!, names));
        var sequent = new Sequent(
            names, names.Clear(), [.. _facts.Select(f => Positive(f.Value, f.Strict))], Positive(polynomial, strict),
            _work);
        if (new ProofSearch(_work, polynomialOnly: true).Run(sequent) is { } proof
            && new ConeProof(_coq, _work).Tree(sequent, proof, [.. _facts]) is { } tree)
        {
            return new(tree, []);
        }

        ImmutableArray<Proofs.Kernel.Symbolic.Range> box =
            [.. _variables.Select(v => sequent.Context.RangeOf(Poly.Of(Atom.Variable(v, false))))];
        return box.Any(r => r.Lower is null || r.Upper is null) ? null
            : new CoqBoxProof(_coq.Expression(polynomial), strict, _work).Search(box) is { } bisections
            ? new(bisections, box) : null;
    }

    // The certificate, that the checker accepts it, and what that says about the values at hand.
    private void Write(Poly polynomial, bool strict, Found found)
    {
        int number = ++_certificates;
        _definitions.Append(
            CultureInfo.InvariantCulture, $"Definition goal_{number} : expr := {_coq.Expression(polynomial)}.\n");
        if (found.Box.IsEmpty)
        {
            var facts =
                Enumerable.Range(1, _facts.Count).Reverse().Select(i => $"(fact_{i}, {Flag(_facts[i - 1].Strict)})");
            string hold = Enumerable.Range(1, _facts.Count).Aggregate("I", (rest, i) => $"(conj F{i} {rest})");
            _definitions.Append(
                CultureInfo.InvariantCulture, $"Definition facts_{number} : facts := [{string.Join("; ", facts)}].\n");
            _definitions.Append(
                CultureInfo.InvariantCulture, $"Definition proof_{number} : tree := {found.Certificate}.\n");
            _definitions.Append(
                CultureInfo.InvariantCulture,
                $"Lemma accepted_{number} : check facts_{number} goal_{number} {Flag(strict)} proof_{number} = "
                    + $"true.\nProof. vm_compute. reflexivity. Qed.\n");
            _script.Append(
                CultureInfo.InvariantCulture,
                $"  {{ exact (check_sound _ _ _ _ accepted_{number} {_values} {hold}). }}\n");
            return;
        }

        _definitions.Append(
            CultureInfo.InvariantCulture,
            $"Definition box_{number} : list interval := {CoqBoxProof.Text(found.Box)}.\n");
        _definitions.Append(
            CultureInfo.InvariantCulture, $"Definition proof_{number} : boxes := {found.Certificate}.\n");
        _definitions.Append(
            CultureInfo.InvariantCulture,
            $"Lemma accepted_{number} : check_boxes box_{number} goal_{number} {Flag(strict)} proof_{number} = "
                + $"true.\nProof. vm_compute. reflexivity. Qed.\n");
        _script.Append(
            CultureInfo.InvariantCulture,
            $"  {{ apply (check_boxes_sound _ _ _ _ accepted_{number}).\n    cbv [inbox box_{number} within fst snd "
                + $"Q2R Qnum Qden]. repeat split; lra. }}\n");
    }

    private static string Flag(bool strict) => strict ? "true" : "false";

    private static string Number(BigRational q) =>
        q.IsInteger ? $"{q}" : string.Create(CultureInfo.InvariantCulture, $"({q.Numerator} / {q.Denominator})");
}
