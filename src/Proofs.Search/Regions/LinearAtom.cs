using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Search.Regions;

// c + Σ a_j x_j ≤ 0, or < 0, with exact numbers; Of is null for a formula that is not affine as it is written.
internal sealed record LinearAtom(BigRational[] A, BigRational C, bool IsStrict)
{
    public static (BigRational[] A, BigRational C)? Form(Expr e, IReadOnlyList<string> names)
    {
        switch (e)
        {
            case Expr.ConstantCase c:
                return (new BigRational[names.Count], c.Value);
            case Expr.VariableCase v:
                var unit = new BigRational[names.Count];
                int at = Inputs.IndexOf(v.Name, names.Count);
                if (at < 0)
                {
                    return null;
                }

                unit[at] = BigRational.One;
                return (unit, BigRational.Zero);
            case Expr.SumCase s:
                var (a, b) = (new BigRational[names.Count], BigRational.Zero);
                foreach (var term in s.Terms)
                {
                    if (Form(term, names) is not { } part)
                    {
                        return null;
                    }

                    (a, b) = ([.. a.Zip(part.A, (x, y) => x + y)], b + part.C);
                }

                return (a, b);
            case Expr.ProductCase { Factors: [Expr.ConstantCase factor, var other] } when Form(other, names)
                is { } form:
                return ([.. form.A.Select(x => x * factor.Value)], form.C * factor.Value);
            default:
                return null;
        }
    }

    // Left − right ≤ 0 and the like: one atom, or two for an equation.
    public static LinearAtom[]? Of(Condition.Comparison comparison, IReadOnlyList<string> names)
    {
        if (Form(comparison.Left, names) is not { } left || Form(comparison.Right, names) is not { } right)
        {
            return null;
        }

        BigRational[] a = [.. left.A.Zip(right.A, (x, y) => x - y)], minus = [.. a.Select(x => -x)];
        var c = left.C - right.C;
        return comparison.Relation switch
        {
            RelationKind.LessOrEqual => [new(a, c, false)],
            RelationKind.Less => [new(a, c, true)],
            RelationKind.GreaterOrEqual => [new(minus, -c, false)],
            RelationKind.Greater => [new(minus, -c, true)],
            _ => [new(a, c, false), new(minus, -c, false)],
        };
    }
}
