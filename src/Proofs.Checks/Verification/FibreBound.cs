using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Verification;

// An exact upper bound on the volume of a tube, by Fubini.
//
// Lemma. Let h_1, …, h_k be functions on a box, h_j = ±x_(d_j) + (something without x_(d_j)), and t ≥ 0. Then
//        |{x in the box: min_j |h_j(x)| < t}| ≤ Σ_j 2t · (volume of the box without side d_j).
// Proof. On each line parallel to axis d_j the set |h_j| < t is an interval of length at most 2t; integrate over the
//        other coordinates, and add over j. The same holds with ≤ t. []
// The bound is attained by flat surfaces, where an enclosure by floating-point boxes could never decide the tie.
internal static class FibreBound
{
    /// <summary>The bound, or null where the condition has another form.</summary>
    public static BigRational? Of(Condition condition, Box domain)
    {
        if (condition is not Condition.Comparison { Relation: RelationKind.Less or RelationKind.LessOrEqual } c
            || c.Right.TryEvaluate(ImmutableDictionary<string, BigRational>.Empty) is not { Sign: >= 0 } t)
        {
            return null;
        }

        var names = Inputs.Names(domain.Dimension);
        var total = BigRational.Zero;
        foreach (var distance in c.Left is Expr.ApplyCase { Function: Function.Min } min ? min.Arguments : [c.Left])
        {
            if (distance is not Expr.ApplyCase { Function: Function.Abs } abs
                || Axis(abs.Arguments[0], names) is not { } axis)
            {
                return null;
            }

            var area = BigRational.One;
            for (int i = 0; i < domain.Dimension; i++)
            {
                area *= i == axis ? BigRational.One : domain.Upper[i] - domain.Lower[i];
            }

            total += 2 * t * area;
        }

        return total;
    }

    // The coordinate that occurs in the formula exactly as ±x_d, or null where there is none.
    private static int? Axis(Expr formula, ImmutableArray<string> names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            var x = Expr.Variable(names[i]);
            bool Free(Expr rest) => !rest.Variables().Contains(names[i]) && rest.IsTotal;
            var terms = formula is Expr.SumCase sum ? sum.Terms : [formula];
            if (terms.Count(t => t == x || t == -x) == 1 && terms.Where(t => t != x && t != -x).All(Free))
            {
                return i;
            }
        }

        return null;
    }
}
