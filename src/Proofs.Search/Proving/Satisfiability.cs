using System.Collections.Immutable;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Proving;

/// <summary>
/// Whether some parameters satisfy the assumptions of a statement, also where none of them is rational.
/// </summary>
/// <remarks>
/// An equation x = t with a real variable x puts t in the place of x. All other variables but one for every equation
/// that is left take rational values. The variables that are left span a box, one for each equation f = 0: where every
/// f is continuous on the box and has opposite signs on the two faces of its variable, all of them have a common zero
/// in it (Poincaré–Miranda; for one equation the intermediate value theorem). Every other assumption has to hold on all
/// of the box.
/// </remarks>
internal static class Satisfiability
{
    private const int Trials = 300;
    private const int Halvings = 40;

    private static readonly ImmutableArray<BigRational> Values =
        [.. new[] { "1/2", "1", "2", "1/4", "3/4", "3", "3/2", "1/3", "4", "1/8", "5", "0", "-1", "2/3", "8", "-1/2",
            "16", "-2", "1/64", "64" }.Select(BigRational.Parse)];

    private static readonly ImmutableArray<BigRational> Integers = [.. Values.Where(v => v.IsInteger)];

    private static readonly ImmutableArray<BigRational> Grid =
        [.. Values.Concat(Values.Select(v => -v)).Concat(Values.Select(v => 100 * v)).Distinct().Order()];

    /// <summary>Whether parameters that satisfy all ranges and hypotheses were shown to exist.</summary>
    public static bool IsShown(Statement claim)
    {
        var (relations, names) = Reduced([.. claim.Ranges, .. claim.Hypotheses], claim.Reals);
        return Enumerable.Range(0, Trials)
            .Any(trial => Holds(relations, names, Candidate(names, claim.Integers, trial)));
    }

    // Equations that define a real variable, put into the others.
    private static (List<Relation> Relations, ImmutableArray<string> Reals) Reduced(
        List<Relation> relations, ImmutableArray<string> reals)
    {
        while (relations.Select(r => (Relation: r, Definition: Defined(r, reals)))
            .FirstOrDefault(r => r.Definition is not null)
            is { Definition: { } found } definition)
        {
            // x = t stays as t = t, which says that t is defined
            relations = [.. relations.Select(r => new Relation(
                r.Left.Substitute(found.Name, found.Value),
                ReferenceEquals(r, definition.Relation) ? Comparison.AtMost : r.Comparison,
                r.Right.Substitute(found.Name, found.Value)))];
            reals = reals.Remove(found.Name);
        }

        return (relations, reals);
    }

    private static (string Name, Term Value)? Defined(Relation r, ImmutableArray<string> reals) =>
        r.Comparison != Comparison.Equal ? null
        : r.Left is Term.Variable x && reals.Contains(x.Name) && !r.Right.Variables.Contains(x.Name) ? (x.Name, r.Right)
        : r.Right is Term.Variable y && reals.Contains(y.Name) && !r.Left.Variables.Contains(y.Name) ? (y.Name, r.Left)
        : null;

    private static Dictionary<string, Interval> Candidate(
        ImmutableArray<string> reals, ImmutableArray<string> integers, int trial)
    {
        var random = new Random(trial);
        var point = reals.ToDictionary(n => n, _ => Chosen(Values), StringComparer.Ordinal);
        foreach (string n in integers)
        {
            point[n] = Chosen(Integers);
        }

        return point;

        Interval Chosen(ImmutableArray<BigRational> values) =>
            Interval.Enclose(values[trial == 0 ? 0 : random.Next(Math.Min(values.Length, 3 + trial))]);
    }

    private static bool Holds(List<Relation> relations, ImmutableArray<string> reals, Dictionary<string, Interval> box)
    {
        List<Relation> equations = [.. relations.Where(r => r.Comparison == Comparison.Equal)];
        List<Relation> others = [.. relations.Where(r => r.Comparison != Comparison.Equal)];
        return Solved([], reals, box);

        // The equations after those whose variables are given, each with one of its own among the free ones, at
        // whichever zero fits the rest.
        bool Solved(ImmutableArray<string> solved, ImmutableArray<string> free, Dictionary<string, Interval> at) =>
            solved.Length == equations.Count
            ? others.All(r => Certain(r, at))
                && equations.Zip(solved).All(e => IsContinuous(e.First, at) && ChangesSign(e.First, at, e.Second))
            : free.Where(equations[solved.Length].Mentions)
                .Any(n => Zeros(equations[solved.Length], at, n).Any(zero => Solved(
                    solved.Add(n), free.Remove(n), new Dictionary<string, Interval>(at, StringComparer.Ordinal)
                    {
                        [n] = zero,
                    })));
    }

    // Opposite signs on the faces of a variable, whatever the others are in the box; or a zero at a point.
    private static bool ChangesSign(Relation equation, Dictionary<string, Interval> box, string name)
    {
        int low = Sign(equation, box, name, Interval.Enclose(Binary64.Exact(box[name].Inf))),
            high = Sign(equation, box, name, Interval.Enclose(Binary64.Exact(box[name].Sup)));
        return low * high < 0;
    }

    // The certain sign of left − right where a variable has a value and the others are in the box; 0 where there is
    // none.
    private static int Sign(Relation equation, Dictionary<string, Interval> box, string name, Interval value)
    {
        var here = new Dictionary<string, Interval>(box, StringComparer.Ordinal) { [name] = value };
        if (!IsContinuous(equation, here))
        {
            return 0;
        }

        var evaluation = new BoxEvaluation(here);
        var (left, right) = (evaluation.Value(equation.Left), evaluation.Value(equation.Right));
        return left.Sup < right.Inf ? -1 : left.Inf > right.Sup ? 1 : 0;
    }

    private static bool IsContinuous(Relation r, Dictionary<string, Interval> box) =>
        Regularity.IsContinuous(r.Left, box) && Regularity.IsContinuous(r.Right, box);

    // Narrow intervals at whose ends the sides of the equation compare in opposite ways, whatever the others are in the
    // box.
    private static IEnumerable<Interval> Zeros(Relation equation, Dictionary<string, Interval> box, string name)
    {
        Dictionary<string, Interval> With(Interval value) => new(box, StringComparer.Ordinal) { [name] = value };

        int SignAt(BigRational at) => Sign(equation, box, name, Interval.Enclose(at));

        var signs = Grid.Select(g => (At: g, Sign: SignAt(g))).Where(g => g.Sign != 0).ToList();
        foreach (var (from, to) in signs.Zip(signs.Skip(1)).Where(pair => pair.First.Sign != pair.Second.Sign))
        {
            var (low, high) = (from, to);
            for (int k = 0; k < Halvings; k++)
            {
                var middle = (low.At + high.At) / 2;
                int sign = SignAt(middle);
                if (sign == 0)
                {
                    break;
                }

                (low, high) = sign == low.Sign ? ((middle, sign), high) : (low, (middle, sign));
            }

            var zero = Interval.Hull(Interval.Enclose(low.At), Interval.Enclose(high.At));
            if (IsContinuous(equation, With(zero)))
            {
                yield return zero;
            }
        }
    }

    private static bool Certain(Relation r, Dictionary<string, Interval> box)
    {
        if (!Regularity.IsContinuous(r.Left, box) || !Regularity.IsContinuous(r.Right, box))
        {
            return false;
        }

        var evaluation = new BoxEvaluation(box);
        var (left, right) = (evaluation.Value(r.Left), evaluation.Value(r.Right));
        return r.Left.ToString() == r.Right.ToString() ? r.Comparison == Comparison.AtMost
            : r.Comparison switch
            {
                Comparison.AtMost => left.Sup <= right.Inf,
                Comparison.Less => left.Sup < right.Inf,
                Comparison.Different => left.Sup < right.Inf || left.Inf > right.Sup,
                _ => false,
            };
    }
}
