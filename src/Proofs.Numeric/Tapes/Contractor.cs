using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

/// <summary>Cuts off parts of boxes on which a constraint between expressions does not hold.</summary>
/// <remarks>
/// Shape: a box has one interval for each variable, in the order given to the factory.
/// Guarantee: every point of the box at which the constraint is defined and holds stays in it; what is cut off is
/// closed up, so points on the edge of what is left may fail a strict relation. Immutable: threads may share a
/// contractor.
/// Source: Benhamou, Goualard, Granvilliers, Puget, Revising hull and box consistency (HC4), ICLP 1999.
/// </remarks>
public abstract class Contractor
{
    private protected Contractor()
    {
    }

    /// <summary>The contractor of left R right.</summary>
    /// <exception cref="ArgumentException">A side has a variable that is not named, or a name occurs twice.</exception>
    public static Contractor For(Expr left, RelationKind relation, Expr right, IReadOnlyList<string> variables) =>
        new RelationContractor(left, relation, right, variables);

    /// <summary>
    /// The contractor of a condition: of all its parts in turn, or the hull of what its alternatives leave.
    /// </summary>
    /// <exception cref="ArgumentException">A side has a variable that is not named, or a name occurs twice.</exception>
    public static Contractor For(Condition condition, IReadOnlyList<string> variables) => condition switch
    {
        Condition.Comparison c => For(c.Left, c.Relation, c.Right, variables),
        Condition.All a => new All(For(a.First, variables), For(a.Second, variables)),
        Condition.Any a => new Any(For(a.First, variables), For(a.Second, variables)),
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };

    /// <summary>Cuts the box down in place, until a round cuts off little.</summary>
    /// <remarks>
    /// Cost: a round is one evaluation and one sweep back; at most <paramref name="rounds"/> of them.
    /// </remarks>
    /// <exception cref="ArgumentException">The box does not have one interval for each variable.</exception>
    public abstract ContractionResult Contract(Span<Interval> box, int rounds = 20);

    private sealed class All(Contractor first, Contractor second) : Contractor
    {
        public override ContractionResult Contract(Span<Interval> box, int rounds = 20)
        {
            bool contracted = false;
            for (int round = 0; round < rounds; round++)
            {
                var one = first.Contract(box, rounds);
                var other = one == ContractionResult.Empty ? one : second.Contract(box, rounds);
                if (other == ContractionResult.Empty)
                {
                    box.Fill(Interval.Empty);
                    return other;
                }

                if (!contracted && one == ContractionResult.Certain && other == ContractionResult.Certain)
                {
                    return ContractionResult.Certain;
                }

                if (one != ContractionResult.Contracted && other != ContractionResult.Contracted)
                {
                    break;
                }

                contracted = true;
            }

            return contracted ? ContractionResult.Contracted : ContractionResult.Unchanged;
        }
    }

    // A point where one part is undefined satisfies the other all the same.
    private sealed class Any(Contractor first, Contractor second) : Contractor
    {
        public override ContractionResult Contract(Span<Interval> box, int rounds = 20)
        {
            Interval[] one = box.ToArray(), other = box.ToArray();
            var left = first.Contract(one, rounds);
            var right = second.Contract(other, rounds);
            if (left == ContractionResult.Certain || right == ContractionResult.Certain)
            {
                return ContractionResult.Certain;
            }

            bool contracted = false;
            for (int v = 0; v < box.Length; v++)
            {
                var hull = Interval.Hull(one[v], other[v]);
                contracted |= hull != box[v];
                box[v] = hull;
            }

            return left == ContractionResult.Empty && right == ContractionResult.Empty ? ContractionResult.Empty
                : contracted ? ContractionResult.Contracted : ContractionResult.Unchanged;
        }
    }
}
