using System.Buffers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

// HC4 on the tape of both sides: values forward, then from the relation back to the variables, each operation by its
// inverse.
internal sealed class RelationContractor : Contractor
{
    // A side that loses less than this part of its width is no reason for another round.
    private const double LeastPart = 0.01;

    private readonly ExprTape _tape;
    private readonly RelationKind _relation;

    public RelationContractor(Expr left, RelationKind relation, Expr right, IReadOnlyList<string> variables) =>
        (_tape, _relation) = (ExprTape.Compile([left, right], variables), relation);

    public override ContractionResult Contract(Span<Interval> box, int rounds = 20)
    {
        int n = _tape.Code.Instructions.Length;
        var work = ArrayPool<Interval>.Shared.Rent(n);
        var claims = ArrayPool<Decoration>.Shared.Rent(n);
        var needed = ArrayPool<bool>.Shared.Rent(n);
        try
        {
            bool contracted = false;
            for (int round = 0; round < rounds; round++)
            {
                _tape.Forward(box, work.AsSpan(0, n), claims);
                if (Apply(work, claims, out bool isCertain) || ExprTape.HasEmpty(box))
                {
                    box.Fill(Interval.Empty);
                    return ContractionResult.Empty;
                }

                if (isCertain)
                {
                    return contracted ? ContractionResult.Contracted : ContractionResult.Certain;
                }

                needed.AsSpan(0, n).Clear();
                foreach (int output in _tape.Code.Outputs)
                {
                    needed[output] = true;
                }

                if (!Backward(work, claims, needed))
                {
                    box.Fill(Interval.Empty);
                    return ContractionResult.Empty;
                }

                var (changed, much) = Update(box, work);
                contracted |= changed;
                if (!much)
                {
                    break;
                }
            }

            return contracted ? ContractionResult.Contracted : ContractionResult.Unchanged;
        }
        finally
        {
            ArrayPool<Interval>.Shared.Return(work);
            ArrayPool<Decoration>.Shared.Return(claims);
            ArrayPool<bool>.Shared.Return(needed);
        }
    }

    // Cuts both sides by the relation; true where it holds nowhere.
    private bool Apply(Span<Interval> values, ReadOnlySpan<Decoration> claims, out bool isCertain)
    {
        int l = _tape.Code.Outputs[0], r = _tape.Code.Outputs[1];
        Interval left = values[l], right = values[r];
        bool isDefined = claims[l] >= Decoration.Defined && claims[r] >= Decoration.Defined;
        (bool always, bool never) = _relation switch
        {
            RelationKind.LessOrEqual => (left.Sup <= right.Inf, left.Inf > right.Sup),
            RelationKind.Less => (left.Sup < right.Inf, left.Inf >= right.Sup),
            RelationKind.GreaterOrEqual => (left.Inf >= right.Sup, left.Sup < right.Inf),
            RelationKind.Greater => (left.Inf > right.Sup, left.Sup <= right.Inf),
            _ => (left.IsPoint && right.IsPoint && left.Inf.Equals(right.Inf),
                left.Inf > right.Sup || left.Sup < right.Inf),
        };
        isCertain = always && isDefined;
        if (left.IsEmpty || right.IsEmpty || never)
        {
            return true;
        }

        switch (_relation)
        {
            case RelationKind.LessOrEqual or RelationKind.Less:
                (left, right) = (Inverse.AtMost(left, right.Sup), Inverse.AtLeast(right, left.Inf));
                break;
            case RelationKind.GreaterOrEqual or RelationKind.Greater:
                (left, right) = (Inverse.AtLeast(left, right.Inf), Inverse.AtMost(right, left.Sup));
                break;
            default:
                left = right = Interval.Intersect(left, right);
                break;
        }

        // Both sides may be one result.
        values[l] = left;
        values[r] = l == r ? left : right;
        return false;
    }

    // Cuts the operands of every operation that both sides need, last to first; false where one has no value left.
    private bool Backward(Span<Interval> values, ReadOnlySpan<Decoration> claims, Span<bool> needed)
    {
        var code = _tape.Code.Instructions;
        for (int i = code.Length - 1; i >= 0; i--)
        {
            var c = code[i];
            if (!needed[i])
            {
                continue;
            }

            if (values[i].IsEmpty)
            {
                return false;
            }

            if (c.Operation == TapeOperation.Choose)
            {
                Choose(c, values, claims, needed, values[i]);
            }
            else if (c.A >= 0)
            {
                needed[c.A] = true;
                if (c.B < 0)
                {
                    values[c.A] = Inverse.Of(c, values[i], values[c.A]);
                }
                else
                {
                    needed[c.B] = true;
                    var (a, b) = Inverse.Of(c, values[i], values[c.A], values[c.B]);
                    values[c.A] = a;
                    values[c.B] = c.A == c.B ? Interval.Intersect(a, b) : b;
                }
            }
        }

        return true;
    }

    // The branch that is taken is cut; where the value is in reach of one branch alone, that one is taken, and a simple
    // condition has the truth that takes it.
    private static void Choose(
        Instruction c, Span<Interval> values, ReadOnlySpan<Decoration> claims, Span<bool> needed, Interval value)
    {
        bool? holds = ExprTape.Decide(c, values, claims).Holds;
        if (holds is null)
        {
            bool then = !Interval.Intersect(values[c.A], value).IsEmpty,
                otherwise = !Interval.Intersect(values[c.B], value).IsEmpty;
            if (then && otherwise)
            {
                return;
            }

            // With neither in reach the cut below leaves nothing.
            holds = then;
            if (then != otherwise && c.Test is SignTest.Sign s)
            {
                int atom = c.Atoms[s.Atom];
                needed[atom] = true;
                values[atom] = Inverse.WithSigns(values[atom], then ? s.Allowed : Signs.All & ~s.Allowed);
            }
        }

        int taken = holds == true ? c.A : c.B;
        needed[taken] = true;
        values[taken] = Interval.Intersect(values[taken], value);
    }

    private (bool Changed, bool Much) Update(Span<Interval> box, ReadOnlySpan<Interval> values)
    {
        bool changed = false, much = false;
        var code = _tape.Code.Instructions;
        for (int i = 0; i < code.Length; i++)
        {
            if (code[i].Operation == TapeOperation.Input)
            {
                ref var side = ref box[code[i].Index];
                var now = Interval.Intersect(side, values[i]);
                if (now != side)
                {
                    changed = true;
                    much |= !(now.Width >= (1 - LeastPart) * side.Width) || (!side.IsBounded && !now.Equals(side));
                    side = now;
                }
            }
        }

        return (changed, much);
    }
}
