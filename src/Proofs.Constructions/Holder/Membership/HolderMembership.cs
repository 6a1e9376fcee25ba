using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Holder.Membership;

// Decides, as far as a number of boxes and points allows, whether a formula is in H(β, D, M).
//   shown     |D^a f| ≤ M for |a| ≤ q, and |D^a f(x) − D^a f(y)| ≤ M ‖x − y‖^s for |a| = q, on the cube: for s = 1 by
//             Σ_i |∂_i D^a f| ≤ M
//   false     a point, or points, at which no function of the class has the values of f
//   assumed   neither
// A formula whose kinks are settled on the whole cube has derivative formulas that tell the whole truth; one with kinks
// left is split into its pieces (PiecewiseForm), or for q = 0 bounded by its generalised gradients (LocalForm).
internal static class HolderMembership
{
    /// <summary>That f is in the class, with what is known of it.</summary>
    /// <exception cref="FalsePremiseException">f is shown to be outside.</exception>
    public static SideCondition Check(
        HolderClass @class, Expr formula, IReadOnlyList<string> names, string letter = "f")
    {
        string statement = Statement(@class, formula, letter);
        var (shown, witness) = Decide(@class, formula, names);
        return witness is not null ? throw new FalsePremiseException(statement, witness)
            : shown ? SideCondition.Shown(statement)
            : SideCondition.Assumed(statement);
    }

    // "f = x^2 is in H(2, 1, 1): |D^a f| <= 1 for |a| <= 1, and D^a f for |a| = 1 Lipschitz with constant 1, on [0,1]"
    public static string Statement(HolderClass @class, Expr formula, string letter)
    {
        string where = $"on {Box.Unit(@class.Dimension)}";
        string continuity = @class.S == BigRational.One
            ? $"Lipschitz with constant {@class.M}"
            : $"Hölder continuous of exponent {@class.S} with constant {@class.M}";
        return @class.Q == 0
            ? $"{letter} = {formula} is in {@class}: |{letter}| <= {@class.M}, and {letter} {continuity}, {where}"
            : $"{letter} = {formula} is in {@class}: |D^a {letter}| <= {@class.M} for |a| <= {@class.Q}, "
                + $"and D^a {letter} {continuity} for |a| = {@class.Q}, {where}";
    }

    // The derivative of a smooth formula.
    public static Expr Derivative(Expr formula, MultiIndex order, IReadOnlyList<string> names)
    {
        if (Polynomial.TryOf(formula, names) is { } polynomial)
        {
            return polynomial.Derivative(order).ToExpr(names);
        }

        for (int i = 0; i < order.Dimension; i++)
        {
            for (int k = 0; k < order.Exponents[i]; k++)
            {
                formula = formula.Differentiate(names[i]);
            }
        }

        return formula;
    }

    // Whether no part has a kink or a step, or no derivative formula as sinc: the formula is smooth inside the set
    // where it is defined, and Derivative knows it.
    public static bool IsSmooth(Expr e) => e is not Expr.ConditionalCase
        && (e is not Expr.ApplyCase call
            || call.Function is not (Function.Abs or Function.Min or Function.Max or Function.Floor or Function.Ceil
            or Function.Pow2Floor or Function.Pow2Ceil or Function.Factorial or Function.Binomial or Function.Sinc))
        && e.Children.All(IsSmooth);

    private static (bool Shown, string? Witness) Decide(HolderClass @class, Expr formula, IReadOnlyList<string> names)
    {
        var settled = Settled(formula, new LocalForm(names, new CubeSearch(names).Cube));
        var (shown, witness) = IsSmooth(settled) ? OfSmooth(@class, settled, names)
            : (@class.Q == 0 && OfRough(@class, settled, names)) || OfPieces(@class, settled, names) ? (true, null)
            : (false, null);
        return shown ? (true, null) : (false, witness ?? HolderDifferences.Find(@class, formula, names));
    }

    private static (bool Shown, string? Witness) OfSmooth(HolderClass @class, Expr f, IReadOnlyList<string> names)
    {
        var search = new CubeSearch(names);
        bool open = false;
        foreach (var a in @class.Indices)
        {
            var g = Derivative(f, a, names);
            string name = a.Degree == 0 ? "f" : $"the derivative {a} of f";
            var size = search.Magnitude(g, @class.M);
            if (size.Counterexample is { } x)
            {
                return (false,
                    $"{name} exceeds M = {@class.M} in absolute value at ({string.Join(", ", x)}){Value(g, x)}");
            }

            if (open |= !size.Holds)
            {
                continue; // nothing will be shown any more, but something may be refuted
            }

            if (a.Degree == @class.Q)
            {
                Expr[] gradient = [.. names.Select(g.Differentiate)];
                var steepness = @class.S == BigRational.One ? search.Steepness(g, gradient, @class.M) : Everywhere.Open;
                if (steepness.Counterexample is { } y)
                {
                    return (false,
                        $"the gradient of {name} exceeds M = {@class.M} in the sum norm at ({string.Join(", ", y)})");
                }

                open |= !steepness.Holds && !(new HolderModulus(names).Of(g, @class.S) <= Binary64.RoundDown(@class.M));
            }
        }

        return (!open, null);

        string Value(Expr g, BigRational[] x) =>
            g.TryEvaluate(names.Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal)) is { } value
            ? $", where it is {value}"
            : "";
    }

    // q = 0, by generalised gradients or the structure of the formula.
    private static bool OfRough(HolderClass @class, Expr f, IReadOnlyList<string> names)
    {
        var search = new CubeSearch(names);
        return search.Magnitude(f, @class.M).Holds
            && ((@class.S == BigRational.One && search.Steepness(f, null, @class.M).Holds)
                || new HolderModulus(names).Of(f, @class.S) <= Binary64.RoundDown(@class.M));
    }

    // Kinks at the zeros of polynomials: D^a f is continuous for |a| ≤ q, and bounded, and for |a| = q Lipschitz, piece
    // by piece.
    private static bool OfPieces(HolderClass @class, Expr f, IReadOnlyList<string> names)
    {
        if (PiecewiseForm.Of(f, names) is not { } pieces || !pieces.IsSmooth(@class.Q))
        {
            return false;
        }

        var search = new CubeSearch(names);
        double bound = Binary64.RoundDown(@class.M);
        return @class.Indices.All(a => search.Decide(
            box =>
            {
                var form = new LocalForm(names, box);
                return pieces.Reaching(box, a).Select(form.Of).All(g =>
                    g.Continuous && g.Range.Magnitude <= bound && (a.Degree < @class.Q || g.Steepness <= bound));
            },
            _ => false).Holds);
    }

    // The formula with the branches that the whole cube takes.
    private static Expr Settled(Expr e, LocalForm cube)
    {
        var part = e.MapChildren(child => Settled(child, cube));
        switch (part)
        {
            case Expr.ConditionalCase c:
                return cube.Holds(
                    c.Condition) switch
                {
                    true => c.Then,
                    false => c.Otherwise,
                    _ =>
                        c.Then == c.Otherwise && c.Condition.Expressions().All(x => cube.Of(x).Continuous)
                            ? c.Then
                            : part
                };
            case Expr.ApplyCase { Function: Function.Abs, Arguments: [var u] }:
                var range = cube.Of(u);
                return !range.Continuous ? part : range.Range.Inf >= 0 ? u : range.Range.Sup <= 0 ? -u : part;
            case Expr.ApplyCase { Function: Function.Max or Function.Min, Arguments: [var u, var v] } call:
                var (a, b) = (cube.Of(u), cube.Of(v));
                return u == v ? u
                    : !a.Continuous || !b.Continuous ? part
                    : a.Range.Inf >= b.Range.Sup ? call.Function == Function.Max ? u : v
                    : b.Range.Inf >= a.Range.Sup ? call.Function == Function.Max ? v : u
                    : part;
            default:
                return part;
        }
    }
}
