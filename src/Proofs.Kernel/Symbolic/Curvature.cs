using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>Convexity and concavity in one variable, where they can be read off.</summary>
internal static class Curvature
{
    // 1 convex, 0 affine, −1 concave in the variable, null unknown: of the normal form, else by the structure.
    public static int? Of(Term t, string name, Context context)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!t.Variables.Contains(name))
        {
            return 0;
        }

        if (Of(context.Normal(t), name, context) is { } known)
        {
            return known;
        }

        switch (t)
        {
            case Term.Sum s:
                return Both(Of(s.Left, name, context), Of(s.Right, name, context));
            case Term.Product p:
                var (constant, other) = p.Left.Variables.Contains(name) ? (p.Right, p.Left) : (p.Left, p.Right);
                return constant.Variables.Contains(name) ? null : Scaled(context.Normal(constant), other);
            case Term.Quotient q when !q.Right.Variables.Contains(name):
                return Scaled(context.Normal(Term.Constant(1) / q.Right), q.Left);
            case Term.Power p when !p.Exponent.Variables.Contains(name) && IsAffine(context.Normal(p.Base), name):
                // (affine)^e: see below.
                var (range, exponent) =
                    (context.RangeOf(context.Normal(p.Base)), context.RangeOf(context.Normal(p.Exponent)));
                return PowerCurvature(range, exponent);
            case Term.Choice c when context.Holds(c.Condition):
                return Of(c.Then, name, context);
            case Term.Choice c when context.Holds(c.Condition.Negation):
                return Of(c.Else, name, context);
            case Term.Call { Function: "exp" } c:
                return Of(c.Arguments[0], name, context) >= 0 ? 1 : null;
            case Term.Call { Function: "max" } c:
                return Of(c.Arguments[0], name, context) >= 0 && Of(c.Arguments[1], name, context) >= 0 ? 1 : null;
            case Term.Call { Function: "min" } c:
                return Of(c.Arguments[0], name, context) <= 0 && Of(c.Arguments[1], name, context) <= 0 ? -1 : null;
            case Term.Call { Function: "abs" } c:
                return Of(c.Arguments[0], name, context) == 0 ? 1 : null;
            default:
                return null;
        }

        int? Scaled(Poly constant, Term other) =>
            Of(other, name, context) is { } c ? Scale(context.RangeOf(constant), c) : null;
    }

    public static int? Of(Poly p, string name, Context context) =>
        p.Terms.Aggregate((int?)0, (sum, t) => Both(sum, Of(t.Key, t.Value, name, context)));

    private static int? Both(int? a, int? b) => a == 0 ? b : b == 0 ? a : a == b ? a : null;

    private static int? Scale(Range factor, int curvature) =>
        curvature == 0 ? 0 : factor.IsNonNegative ? curvature : factor.IsNonPositive ? -curvature : null;

    // (affine)^e for an affine form ≥ 0: convex for e ≥ 1, concave for 0 < e ≤ 1; for a positive one convex for e ≤ 0.
    private static int? PowerCurvature(Range range, Range exponent) =>
        (range.IsNonNegative && exponent.Lower >= 1) || (range.IsPositive && exponent.IsNonPositive) ? 1
        : range.IsNonNegative && exponent.IsPositive && exponent.Upper <= 1 ? -1
        : null;

    private static int? Of(Monomial m, BigRational c, string name, Context context)
    {
        var dependent = m.Factors.Where(
            f => f.Atom.Mentions.Contains(name) || (f.Symbolic?.Names.Contains(name) ?? false)).ToList();
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
        var dependent = t.Key.Factors.Where(
            f => f.Atom.Mentions.Contains(name) || (f.Symbolic?.Names.Contains(name) ?? false)).ToList();
        return dependent.Count == 0
            || (dependent is [{ Atom.Kind: AtomKind.Variable, Symbolic: null } f] && f.Number == BigRational.One);
    });
}
