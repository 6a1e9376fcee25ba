using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>Whether a sequent that is false at a point leaves a false one, as every sound rule must.</summary>
internal static class StepJudge
{
    /// <summary>A false sequent and the point at which it is false.</summary>
    public sealed record Falsified(int Index, Witness At);

    /// <summary>
    /// Whether a rule was seen to be unsound, or else a false sequent that it leaves, if one was found.
    /// </summary>
    public sealed record Verdict(bool IsUnsound, Falsified? Next);

    private static readonly Verdict Unknown = new(false, null);
    private static readonly Verdict Unsound = new(true, null);

    /// <summary>
    /// true where all facts hold and the goal does not; false where that is not so; null where it is not known.
    /// </summary>
    public static bool? IsFalse(SequentView s, Witness at)
    {
        bool known = true;
        foreach (var fact in s.Facts)
        {
            switch (at.Evaluate().Holds(fact))
            {
                case false:
                    return false;
                case null:
                    known = false;
                    break;
                default:
                    break;
            }
        }

        foreach (string name in s.Integers)
        {
            if (at[name] is { IsExact: true, Low.IsInteger: false })
            {
                return false;
            }

            known &= at[name] is { IsExact: true };
        }

        return at.Evaluate().Holds(s.Goal) switch { true => false, false when known => true, _ => null };
    }

    /// <summary>Judges what a rule left of a sequent that is false at the point.</summary>
    public static Verdict Of(SequentView before, Witness at, ForgedStep step, ImmutableArray<SequentView> left)
    {
        if (left.IsEmpty)
        {
            return Unsound;
        }

        bool certain = true;
        for (int i = 0; i < left.Length; i++)
        {
            foreach (var extended in Extensions(before, at, step, left[i], i))
            {
                switch (extended is null ? null : IsFalse(left[i], extended))
                {
                    case true:
                        return new(false, new(i, extended!));
                    case null:
                        certain = false;
                        break;
                    default:
                        break;
                }
            }
        }

        return certain ? Unsound : Unknown;
    }

    // The points at which a sequent that the rule left may be false; null for one that is not known.
    private static IEnumerable<Witness?> Extensions(
        SequentView before, Witness at, ForgedStep step, SequentView left, int index)
    {
        switch (step.Rule)
        {
            case "let":
                var term = ExpressionReader.Formula(step.Arguments[1], before.Variables);
                yield return at.Evaluate().Value(term) is { } value ? at.With(step.Arguments[0], value, term) : null;
                break;
            case "enumerate":
                yield return at;
                break;
            case "induct" when index == 1:
                if (at[step.Arguments[0]]?.Integer is not { } n || n - int.Parse(step.Arguments[1], null) > 200)
                {
                    yield return null;
                    break;
                }

                for (int m = int.Parse(step.Arguments[1], null); m < n; m++)
                {
                    yield return at.With(step.Arguments[0], Enclosed.Exactly(m));
                }

                break;
            case "derive" when index == 1:
                foreach (var point in Between(before, at, step, left))
                {
                    yield return point;
                }

                break;
            default:
                yield return at;
                break;
        }
    }

    // Somewhere between the ends the slope has the sign of the difference: points on a grid, then towards both ends.
    private static IEnumerable<Witness?> Between(SequentView before, Witness at, ForgedStep step, SequentView left)
    {
        var end = ExpressionReader.Formula(step.Arguments[1], before.Variables);
        if (at[step.Arguments[0]] is not { IsExact: true, Low: var x }
            || at.Evaluate().Value(end) is not { IsExact: true, Low: var e }
            || left.Variables.Except(before.Variables).ToList() is not [var fresh])
        {
            yield return null;
            yield break;
        }

        if (x == e)
        {
            yield break;
        }

        foreach (int parts in (int[])[2, 16, 500])
        {
            for (int j = 1; j < parts; j++)
            {
                yield return at.With(fresh, Enclosed.Exactly(e + ((x - e) * new BigRational(j, parts))));
            }
        }

        for (int k = 10; k < 60; k++)
        {
            yield return at.With(fresh, Enclosed.Exactly(e + ((x - e) * BigRational.PowerOfTwo(-k))));
            yield return at.With(fresh, Enclosed.Exactly(x - ((x - e) * BigRational.PowerOfTwo(-k))));
        }
    }
}
