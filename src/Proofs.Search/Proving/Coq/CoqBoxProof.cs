using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Range = Proofs.Kernel.Symbolic.Range;

namespace Proofs.Search.Proving.Coq;

/// <summary>
/// Bisection of a box until interval arithmetic over the rationals shows a polynomial ≥ 0, or > 0, on every part.
/// </summary>
internal sealed class CoqBoxProof(CoqExpression.Node goal, bool strict, WorkBudget work)
{
    private const int MostLeaves = 4_000;
    private const int Deepest = 40;

    private int _leaves;

    /// <summary>The bisections in the checker's notation, or null where the effort is used up.</summary>
    public string? Search(ImmutableArray<Range> box) => Search(box, 0);

    /// <summary>The box in the checker's notation.</summary>
    public static string Text(ImmutableArray<Range> box) =>
        $"[{string.Join("; ", box.Select(r => $"({Text(r.Lower!.Value)}, {Text(r.Upper!.Value)})%Q"))}]";

    private static string Text(BigRational q) =>
        string.Create(CultureInfo.InvariantCulture, $"(({q.Numerator}) # {q.Denominator})");

    private string? Search(ImmutableArray<Range> box, int depth)
    {
        work.Spend(1_000);
        var value = Value(goal, box);
        if (strict ? value.IsPositive : value.IsNonNegative)
        {
            return ++_leaves > MostLeaves ? null : "Done";
        }

        if (depth > Deepest || value.IsNegative)
        {
            return null;
        }

        // The variable whose halving leaves the least lower end.
        int chosen = -1;
        BigRational best = 0;
        for (int i = 0; i < box.Length; i++)
        {
            if (box[i].Lower < box[i].Upper)
            {
                var (a, b) = Halves(box, i);
                var least = BigRational.Min(Value(goal, a).Lower!.Value, Value(goal, b).Lower!.Value);
                if (chosen < 0 || least > best
                    || (least == best && box[i].Upper - box[i].Lower > box[chosen].Upper - box[chosen].Lower))
                {
                    (chosen, best) = (i, least);
                }
            }
        }

        if (chosen < 0)
        {
            return null;
        }

        var (left, right) = Halves(box, chosen);
        return Search(left, depth + 1) is { } l && Search(right, depth + 1) is { } r
            ? string.Create(
                CultureInfo.InvariantCulture, $"(Bisect {chosen} {Text(left[chosen].Upper!.Value)} {l} {r})") : null;
    }

    private static (ImmutableArray<Range> Left, ImmutableArray<Range> Right) Halves(ImmutableArray<Range> box, int i)
    {
        var (low, high) = (box[i].Lower!.Value, box[i].Upper!.Value);
        var middle = (low + high) / 2;
        return (box.SetItem(i, Range.Between(low, middle)), box.SetItem(i, Range.Between(middle, high)));
    }

    // What the checker computes.
    private static Range Value(CoqExpression.Node e, ImmutableArray<Range> box)
    {
        switch (e)
        {
            case CoqExpression.Node.Num n:
                return Range.Point(n.Value);
            case CoqExpression.Node.Var v:
                return box[v.Index];
            case CoqExpression.Node.Add s:
                return Value(s.A, box) + Value(s.B, box);
            case CoqExpression.Node.Mul p:
                return Value(p.A, box) * Value(p.B, box);
            case CoqExpression.Node.Pow p:
                var x = Value(p.A, box);
                var power = Enumerable.Repeat(x, p.N - 1).Aggregate(x, (a, b) => a * b);
                return p.N % 2 == 0 ? power.Intersect(Range.NonNegative) : power;
            default:
                throw new InvalidOperationException("Node is a closed family.");
        }
    }
}
