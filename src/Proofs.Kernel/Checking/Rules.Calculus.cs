using System.Collections.Immutable;

namespace Proofs.Kernel.Checking;

internal static partial class Rules
{
    /// <summary>
    /// Mean value theorem. f = right − left, e a formula without x, e ≤ x or x ≤ e. For f(x) ≥ 0 show f(e) ≥ 0, and
    /// f'(t) ≥ 0 (f'(t) ≤ 0) for every t strictly between e and x; for f(x) &gt; 0 show f(e) &gt; 0 and the same.
    /// f must be differentiable on the closed interval between e and x. If x ≠ e for certain, f(e) ≥ 0 and f' &gt; 0 also do.
    /// </summary>
    private static ImmutableArray<Sequent> Derive(Sequent s, string name, string at, string fresh)
    {
        if (!s.Variables.Contains(name) || Reader.Term(fresh, [fresh]) is not Term.Variable t || s.Goal.Comparison > Comparison.Less)
        {
            throw new Rejection("the mean value theorem does not apply");
        }

        var x = new Term.Variable(name);
        var e = Reader.Term(at, s.Variables.Remove(name));
        bool right = s.Context.Holds(new(e, Comparison.AtMost, x));
        var (low, high) = right ? ((Term)e, (Term)x) : (x, e);
        Need(s, new(low, Comparison.AtMost, high));
        bool strict = s.Goal.Comparison == Comparison.Less && s.Context.Holds(new(low, Comparison.Less, high));

        var between = s.WithVariable(fresh, false);
        var closed = between.With(new(low, Comparison.AtMost, t)).With(new(t, Comparison.AtMost, high));
        var open = between.With(new(low, Comparison.Less, t)).With(new(t, Comparison.Less, high));
        var slope = Derivative.Of(s.Goal.Right.Substitute(name, t), fresh, closed.Context)
            - Derivative.Of(s.Goal.Left.Substitute(name, t), fresh, closed.Context);
        var zero = Term.Constant(0);
        var comparison = strict ? Comparison.Less : Comparison.AtMost;
        var start = s.Goal.Substitute(name, e);
        return
        [
            s.WithGoal(strict ? start with { Comparison = Comparison.AtMost } : start),
            open.WithGoal(right ? new(zero, comparison, slope) : new(slope, comparison, zero)),
        ];
    }

    /// <summary>
    /// A convex function on [a, b] is largest at an end: for left ≤ right (or &lt;) with left − right convex in x, show the goal
    /// for x = a and for x = b. Convexity is read off the normal form, with a ≤ x ≤ b as the only facts on x.
    /// </summary>
    private static ImmutableArray<Sequent> Convex(Sequent s, string name, string from, string to)
    {
        if (!s.Variables.Contains(name) || s.Goal.Comparison > Comparison.Less)
        {
            throw new Rejection("there is no convexity to use");
        }

        var x = new Term.Variable(name);
        var others = s.Variables.Remove(name);
        var (a, b) = (Reader.Term(from, others), Reader.Term(to, others));
        var (above, below) = (new Relation(a, Comparison.AtMost, x), new Relation(x, Comparison.AtMost, b));
        Need(s, above);
        Need(s, below);
        // Between the ends x is any real number, also where the sequent speaks of integers only.
        var context = s.WithoutFactsOn(name).Real(name).With(above).With(below).Context;
        bool convex = Curvature(s.Goal.Left, name, context) >= 0 && Curvature(s.Goal.Right, name, context) <= 0;
        if (!convex && !(Curvature(context.Difference(s.Goal), name, context) <= 0))
        {
            throw new Rejection($"{s.Goal} is not convex in {name} for certain");
        }

        return [s.WithGoal(s.Goal.Substitute(name, a)), s.WithGoal(s.Goal.Substitute(name, b))];
    }

    // 1 convex, 0 affine, −1 concave in the variable, null unknown: of the normal form, else by the structure.
    private static int? Curvature(Term t, string name, Context context)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!t.Variables.Contains(name))
        {
            return 0;
        }

        if (Curvature(context.Normal(t), name, context) is { } known)
        {
            return known;
        }

        switch (t)
        {
            case Term.Sum s:
                return Both(Curvature(s.Left, name, context), Curvature(s.Right, name, context));
            case Term.Product p:
                var (constant, other) = p.Left.Variables.Contains(name) ? (p.Right, p.Left) : (p.Left, p.Right);
                return constant.Variables.Contains(name) ? null : Scaled(context.Normal(constant), other);
            case Term.Quotient q when !q.Right.Variables.Contains(name):
                return Scaled(context.Normal(Term.Constant(1) / q.Right), q.Left);
            case Term.Power p when !p.Exponent.Variables.Contains(name) && IsAffine(context.Normal(p.Base), name):
                // (affine)^e: see below.
                var (range, exponent) = (context.RangeOf(context.Normal(p.Base)), context.RangeOf(context.Normal(p.Exponent)));
                return PowerCurvature(range, exponent);
            case Term.Choice c when context.Holds(c.Condition):
                return Curvature(c.Then, name, context);
            case Term.Choice c when context.Holds(c.Condition.Negation):
                return Curvature(c.Else, name, context);
            case Term.Call { Function: "exp" } c:
                return Curvature(c.Arguments[0], name, context) >= 0 ? 1 : null;
            case Term.Call { Function: "max" } c:
                return Curvature(c.Arguments[0], name, context) >= 0 && Curvature(c.Arguments[1], name, context) >= 0 ? 1 : null;
            case Term.Call { Function: "min" } c:
                return Curvature(c.Arguments[0], name, context) <= 0 && Curvature(c.Arguments[1], name, context) <= 0 ? -1 : null;
            case Term.Call { Function: "abs" } c:
                return Curvature(c.Arguments[0], name, context) == 0 ? 1 : null;
            default:
                return null;
        }

        int? Scaled(Poly constant, Term other) => Curvature(other, name, context) is { } c ? Scale(context.RangeOf(constant), c) : null;
    }

    private static int? Curvature(Poly p, string name, Context context) =>
        p.Terms.Aggregate((int?)0, (sum, t) => Both(sum, Curvature(t.Key, t.Value, name, context)));

    private static int? Both(int? a, int? b) => a == 0 ? b : b == 0 ? a : a == b ? a : null;

    private static int? Scale(Range factor, int curvature) =>
        curvature == 0 ? 0 : factor.IsNonNegative ? curvature : factor.IsNonPositive ? -curvature : null;

    // (affine)^e for an affine form ≥ 0: convex for e ≥ 1, concave for 0 < e ≤ 1; for a positive one convex for e ≤ 0.
    private static int? PowerCurvature(Range range, Range exponent) =>
        (range.IsNonNegative && exponent.Lower >= 1) || (range.IsPositive && exponent.IsNonPositive) ? 1
        : range.IsNonNegative && exponent.IsPositive && exponent.Upper <= 1 ? -1
        : null;

    private static int? Curvature(Monomial m, BigRational c, string name, Context context)
    {
        var dependent = m.Factors.Where(f => f.Atom.Mentions.Contains(name) || (f.Symbolic?.Names.Contains(name) ?? false)).ToList();
        if (dependent.Count == 0)
        {
            return 0;
        }

        if (dependent.Count > 1)
        {
            return null;
        }

        var f = dependent[0];
        var scale = context.RangeOf(Poly.Of(c, new([.. m.Factors.Where(g => !g.Atom.Equals(f.Atom))])));
        int sign = scale.IsNonNegative ? 1 : scale.IsNonPositive ? -1 : 0;
        bool symbolic = f.Symbolic?.Names.Contains(name) ?? false;
        int? shape = null;
        if (f.Atom.Kind is AtomKind.Euler or AtomKind.Number && IsAffine(f.Symbolic!, name))
        {
            shape = 1; // c^(affine), c > 0
        }
        else if (!symbolic && f.Atom.Kind is AtomKind.Variable or AtomKind.Compound
            && (f.Atom.Kind == AtomKind.Variable || IsAffine(f.Atom.Parts[0], name)))
        {
            var (range, exponent) = (context.RangeOf(f.Atom), context.RangeOf(f.Exponent));
            if (f.Symbolic is null && f.Number == BigRational.One)
            {
                return 0;
            }

            bool even = f.Symbolic is null && f.Number.IsInteger && f.Number.Sign > 0 && f.Number.Numerator.IsEven;
            shape = even ? 1 : PowerCurvature(range, exponent);
        }
        else if (!symbolic && f is { Symbolic: null } && f.Number == BigRational.One
            && f.Atom.Key.StartsWith("log(", StringComparison.Ordinal) && IsAffine(f.Atom.Parts[0], name)
            && context.RangeOf(f.Atom.Parts[0]).IsPositive)
        {
            shape = -1;
        }

        return shape * sign is { } product && product != 0 ? product : null;
    }

    private static bool IsAffine(Poly? p, string name) => p is not null && p.Terms.All(t =>
    {
        var dependent = t.Key.Factors.Where(f => f.Atom.Mentions.Contains(name) || (f.Symbolic?.Names.Contains(name) ?? false)).ToList();
        return dependent.Count == 0 || (dependent is [{ Atom.Kind: AtomKind.Variable, Symbolic: null } f] && f.Number == BigRational.One);
    });
}

/// <summary>Derivatives of formulas, where they exist for certain.</summary>
internal static class Derivative
{
    private static readonly Term Zero = Term.Constant(0);
    private static readonly Term One = Term.Constant(1);

    /// <summary>The derivative by a variable; every formula met is differentiable there, given the facts.</summary>
    /// <exception cref="Rejection">That could not be seen.</exception>
    public static Term Of(Term term, string x, Context context)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!term.Variables.Contains(x))
        {
            return Zero;
        }

        switch (term)
        {
            case Term.Variable:
                return One;
            case Term.Sum s:
                return Add(Of(s.Left, x, context), Of(s.Right, x, context));
            case Term.Product p:
                return Add(Times(Of(p.Left, x, context), p.Right), Times(p.Left, Of(p.Right, x, context)));
            case Term.Quotient q:
                Need(new(q.Right, Comparison.Different, Zero));
                var below = Of(q.Right, x, context);
                return below == Zero
                    ? Of(q.Left, x, context) / q.Right
                    : Add(Times(Of(q.Left, x, context), q.Right), -Times(q.Left, below)) / new Term.Power(q.Right, Term.Constant(2));
            case Term.Power p:
                return OfPower(p);
            case Term.Call { Function: "exp" } c:
                return Times(c, Of(c.Arguments[0], x, context));
            case Term.Call { Function: "log" } c:
                Need(new(Zero, Comparison.Less, c.Arguments[0]));
                return Of(c.Arguments[0], x, context) / c.Arguments[0];
            default:
                throw new Rejection($"{term} has no derivative here");
        }

        Term OfPower(Term.Power p)
        {
            if (p.Exponent is Term.Number { Value: { IsInteger: true } n })
            {
                if (n == BigRational.One)
                {
                    return Of(p.Base, x, context);
                }

                if (n.Sign <= 0)
                {
                    Need(new(p.Base, Comparison.Different, Zero));
                }

                return Times(Term.Constant(n) * new Term.Power(p.Base, Term.Constant(n - 1)), Of(p.Base, x, context));
            }

            Need(new(Zero, Comparison.Less, p.Base));
            var fromBase = Times(p.Exponent * new Term.Power(p.Base, p.Exponent - One), Of(p.Base, x, context));
            return p.Exponent.Variables.Contains(x)
                ? Add(fromBase, Times(p * new Term.Call("log", p.Base), Of(p.Exponent, x, context)))
                : fromBase;
        }

        void Need(Relation condition)
        {
            if (!context.Holds(condition))
            {
                throw new Rejection($"the derivative needs {condition}");
            }
        }
    }

    private static Term Add(Term a, Term b) => a == Zero ? b : b == Zero ? a : a + b;

    private static Term Times(Term a, Term b) => a == Zero || b == Zero ? Zero : a == One ? b : b == One ? a : a * b;
}
