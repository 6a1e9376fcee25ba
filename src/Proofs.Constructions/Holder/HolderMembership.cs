using System.Collections.Immutable;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Constructions;

// Decides, as far as it can, whether a formula is in H(β, D, M).
//   refuted   a derivative of order ≤ q exceeds M at a point, by an enclosure there
//   shown     |D^a f| ≤ M for |a| ≤ q and Σ_i |∂_i D^a f| ≤ M for |a| = q on the cube. The latter bounds the Lipschitz
//             quotient of D^a f in the sup norm by M, hence for every s ≤ 1 the Hölder quotient: ‖x − y‖ ≤ 1 on the cube
//   assumed   neither
// A formula with steps or kinks has derivative formulas that do not see the jumps, so it is at most assumed; abs, min and
// max are Lipschitz, and for q = 0 the bound of their one-sided derivatives is enough.
internal static class HolderMembership
{
    private const int MostBoxes = 2000;

    // Throws where the formula is shown to be outside; the condition says what is known else.
    public static SideCondition Check(HolderClass @class, Expr formula, IReadOnlyList<string> names)
    {
        string statement = $"{formula} is in {@class}";
        var inside = @class.Indices.Select(a => (Order: a, Value: Derivative(formula, a, names))).ToArray();
        foreach (var (order, value) in inside)
        {
            if (PointAbove(value, @class.M, names) is { } witness)
            {
                string what = order.Degree == 0 ? $"f = {formula}" : $"the derivative {order} of f = {formula}";
                throw new ArgumentException(
                    $"{statement} is false: {what} exceeds M = {@class.M} in absolute value at ({string.Join(", ", witness)}); "
                    + "take a larger M, or scale f.");
            }
        }

        bool shown = IsRegular(formula, smooth: @class.Q > 0)
            && inside.All(d => IsAtMost([d.Value], @class.M, names))
            && inside.Where(d => d.Order.Degree == @class.Q).All(d =>
                IsAtMost([.. names.Select(d.Value.Differentiate)], @class.M, names));
        return shown ? SideCondition.Shown(statement) : SideCondition.Assumed(statement);
    }

    private static Expr Derivative(Expr formula, MultiIndex order, IReadOnlyList<string> names)
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

    // Defined everywhere, and smooth (or at least Lipschitz): the derivative formulas tell the whole truth.
    private static bool IsRegular(Expr e, bool smooth) => e.IsTotal
        && e is not Expr.ConditionalCase
        && (e is not Expr.ApplyCase call || (call.Function switch
        {
            Function.Abs or Function.Min or Function.Max => !smooth,
            Function.Floor or Function.Ceil or Function.Pow2Floor or Function.Pow2Ceil => false,
            _ => true,
        }))
        && e.Children.All(c => IsRegular(c, smooth));

    // A point of the grid {0, 1/4, …, 1}^D (the corners and the centre in many dimensions) where |value| > bound surely.
    private static BigRational[]? PointAbove(Expr value, BigRational bound, IReadOnlyList<string> names)
    {
        int n = names.Count <= 2 ? 8 : names.Count <= 4 ? 4 : names.Count <= 6 ? 2 : 1;
        foreach (int[] l in KuhnInterpolant.Nodes(names.Count, n).Take(4096))
        {
            BigRational[] x = [.. l.Select(j => new BigRational(j, n))];
            var point = names.Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
            if (value.TryEvaluate(point) is { } exact)
            {
                if (BigRational.Abs(exact) > bound)
                {
                    return x;
                }

                continue;
            }

            var enclosure = value.Evaluate(point.ToDictionary(p => p.Key, p => Interval.Enclose(p.Value), StringComparer.Ordinal));
            if (!enclosure.IsEmpty && enclosure.Mignitude > Binary64.RoundUp(bound))
            {
                return x;
            }
        }

        return null;
    }

    // Σ |parts| ≤ bound on the unit cube, by bisection of its longest side until shown or MostBoxes are spent.
    private static bool IsAtMost(ImmutableArray<Expr> parts, BigRational bound, IReadOnlyList<string> names)
    {
        if (parts.Length == 0)
        {
            return true;
        }

        double limit = Binary64.RoundDown(bound);
        var open = new Queue<Interval[]>([[.. names.Select(_ => Interval.Between(0, 1))]]);
        for (int spent = 0; open.TryDequeue(out var box); spent++)
        {
            var values = names.Zip(box).ToDictionary(v => v.First, v => v.Second, StringComparer.Ordinal);
            var sum = parts.Aggregate(Interval.Zero, (s, e) => s + Interval.Abs(e.Evaluate(values)));
            if (sum.Sup <= limit)
            {
                continue;
            }

            int side = Enumerable.Range(0, box.Length).MaxBy(i => box[i].Width);
            if (spent >= MostBoxes || box.Length == 0 || sum.IsEmpty || double.IsNaN(sum.Sup))
            {
                return false;
            }

            double middle = box[side].Midpoint;
            Interval[] left = [.. box], right = [.. box];
            (left[side], right[side]) = (Interval.Between(box[side].Inf, middle), Interval.Between(middle, box[side].Sup));
            open.Enqueue(left);
            open.Enqueue(right);
        }

        return true;
    }
}
