using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>Where a symmetry is shown to hold.</summary>
/// <param name="AtLeast">For all x without a coordinate below this number; null for all real x.</param>
public sealed record SymmetryScope(BigRational? AtLeast);

/// <summary>Shows Φ(g x) = h Φ(x) for networks that begin with comparators, such as a head behind a sorter.</summary>
/// <remarks>
/// Each output is read as a head behind comparators (<see cref="ComparatorForm"/>). Output k at g x and output k' =
/// h(k) at x are equal where each wire that the first reads has, on all zeros and ones, the table of a wire of the
/// second (0-1 principle), and both heads, their wires being identified so, have the same rows up to the order of the
/// units.
/// </remarks>
/// <param name="reduced">The layers.</param>
/// <param name="lower">The lower ends of the box in question.</param>
/// <param name="work">What words of tables and products of words are counted in; null for no limit but those of this
/// class.</param>
public sealed class ComparatorSymmetry(ExactNetwork reduced, ImmutableArray<BigRational> lower, WorkBudget? work = null)
{
    private const long MostEntries = 50_000_000; // over all outputs
    private const long MostWords = 1L << 33; // of tables

    private readonly Dictionary<(int Output, bool IsNonNegative), ComparatorForm> _forms = [];
    private long _words = MostWords;

    /// <summary>Where Φ(g x) = h Φ(x) is shown; null where it is not.</summary>
    /// <remarks>
    /// Shown only for g that permute coordinates and change signs, and h that permute outputs. Cost: tables of 2^n
    /// bits.
    /// </remarks>
    public SymmetryScope? Find(GeneratorAction action)
    {
        int inputs = reduced.InputCount, outputs = reduced.OutputCount;
        if (inputs > ZeroOnePrinciple.MostWires
            || outputs * reduced.Layers.Sum(l => (long)l.Count + l.Rows.Sum(r => r.Weights.Length)) > MostEntries
            || action.Input.Rows.Any(r => r.Weights is not [var only] || BigRational.Abs(only.Value) != BigRational.One)
            || action.Output.Rows.Any(r => r.Weights is not [var only] || only.Value != BigRational.One))
        {
            return null;
        }

        return Find(action, isNonNegative: false) ?? Find(action, isNonNegative: true);
    }

    private SymmetryScope? Find(GeneratorAction action, bool isNonNegative)
    {
        BigRational? atLeast = null;
        for (int k = 0; k < reduced.OutputCount; k++)
        {
            ComparatorForm moved = Form(k, isNonNegative),
                still = Form(action.Output.Rows[k].Weights[0].Index, isNonNegative);
            if ((moved.Shift is { } t && lower.Any(a => a + t < BigRational.Zero))
                || !AreEqual(moved, still, action.Input))
            {
                return null;
            }

            atLeast = moved.Shift is { } s && !(atLeast > -s) ? -s : atLeast;
        }

        return new SymmetryScope(atLeast);
    }

    // Whether the first form at g x is the second at x.
    private bool AreEqual(ComparatorForm moved, ComparatorForm still, AffineMap g)
    {
        for (int i = 0; i < g.Count; i++)
        {
            var (from, sign) = g.Rows[i].Weights[0];
            if (moved.Starts[i] != still.Starts[from] || (sign.Sign < 0 && moved.Starts[i] != WireStart.Modulus))
            {
                return false;
            }
        }

        if (moved.Shift != still.Shift || moved.Head.Depth != still.Head.Depth)
        {
            return false;
        }

        work?.Spend((long)g.Count * g.Count << int.Max(0, g.Count - 6));
        work?.Spend(long.Max(ExactWork.Entries(moved.Head.Layers), ExactWork.Entries(still.Head.Layers)));
        _words -= (
            moved.Stages.Sum(s => (long)s.Length) + still.Stages.Sum(s => (long)s.Length) + (2 * g.Count)) << int.Max(
                0, g.Count - 6);
        if (_words < 0)
        {
            return false;
        }

        var tables = ZeroOnePrinciple.Tables([.. Enumerable.Range(0, g.Count)], still.Stages);
        var movedTables = ZeroOnePrinciple.Tables([.. g.Rows.Select(r => r.Weights[0].Index)], moved.Stages);
        var numbers = new int?[g.Count]; // of the wires of the first form, as wires of the second
        foreach (int wire in moved.Head.Layers[0].Rows.SelectMany(r => r.Weights.Select(e => e.Index)).Distinct())
        {
            numbers[wire] = FirstEqual(tables, movedTables[wire]);
            if (numbers[wire] is null)
            {
                return false;
            }
        }

        int?[] same = [.. tables.Select(t => FirstEqual(tables, t))];
        return AreSame(Renumbered(moved.Head, numbers), Renumbered(still.Head, same));
    }

    private static int? FirstEqual(ImmutableArray<ImmutableArray<ulong>> tables, ImmutableArray<ulong> table)
    {
        for (int k = 0; k < tables.Length; k++)
        {
            if (tables[k].AsSpan().SequenceEqual(table.AsSpan()))
            {
                return k;
            }
        }

        return null;
    }

    private static ExactNetwork Renumbered(ExactNetwork head, int?[] numbers)
    {
        var first = head.Layers[0];
        first = first with { Rows = [.. first.Rows.Select(r => Renumbered(r, j => numbers[j]!.Value))] };
        return NetworkReduction.Of(new(head.Layers.SetItem(0, first)));
    }

    private static Row Renumbered(Row row, Func<int, int> number)
    {
        var sum = new RowSum();
        sum.AddBias(row.Bias);
        foreach (var (index, value) in row.Weights)
        {
            sum.Add(number(index), value);
        }

        return sum.Row();
    }

    // Layer by layer, each row of the first is a row of the second when the units before are named as there.
    private static bool AreSame(ExactNetwork first, ExactNetwork second)
    {
        int[] unit = [.. Enumerable.Range(0, first.InputCount)];
        for (int l = 0; l < first.Depth; l++)
        {
            Row[] rows = [.. first.Layers[l].Rows.Select(r => Renumbered(r, j => unit[j]))];
            if (l == first.Depth - 1)
            {
                return rows.Select((r, i) => r.Equals(second.Layers[l].Rows[i])).All(isEqual => isEqual);
            }

            var known = new Dictionary<Row, int>();
            for (int i = 0; i < second.Layers[l].Count; i++)
            {
                known.TryAdd(second.Layers[l].Rows[i], i);
            }

            unit = new int[rows.Length];
            for (int i = 0; i < rows.Length; i++)
            {
                if (!known.TryGetValue(rows[i], out unit[i]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private ComparatorForm Form(int output, bool isNonNegative)
    {
        if (!_forms.TryGetValue((output, isNonNegative), out var form))
        {
            var last = reduced.Layers[^1];
            var alone = last with { Rows = [last.Rows[output]] };
            form = ComparatorForm.Of(NetworkReduction.Of(new([.. reduced.Layers[..^1], alone]), work), isNonNegative);
            _forms.Add((output, isNonNegative), form);
        }

        return form;
    }
}
