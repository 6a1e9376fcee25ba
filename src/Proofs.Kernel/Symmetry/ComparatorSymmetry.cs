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
/// Each output is read as a head behind comparators (<see cref="ComparatorForm"/>). Output k at g x and output k' = h(k) at x are
/// equal where each wire that the first reads has, on all zeros and ones, the table of a wire of the second (0-1 principle),
/// and both heads, their wires being identified so, have the same rows up to the order of the units.
/// </remarks>
/// <param name="reduced">The layers.</param>
/// <param name="lower">The lower ends of the box in question.</param>
/// <param name="work">What words of tables and products of words are counted in; null for no limit but those of this class.</param>
public sealed class ComparatorSymmetry(ImmutableArray<AffineRows> reduced, ImmutableArray<BigRational> lower, WorkBudget? work = null)
{
    private const long MostEntries = 50_000_000; // over all outputs
    private const long MostWords = 1L << 33; // of tables

    private readonly Dictionary<(int Output, bool IsNonNegative), ComparatorForm> _forms = [];
    private long _words = MostWords;

    /// <summary>Where Φ(g x) = h Φ(x) is shown; null where it is not.</summary>
    /// <remarks>
    /// Shown only for g that permute coordinates and change signs, and h that permute outputs. Cost: tables of 2^n bits.
    /// </remarks>
    public SymmetryScope? Find(GeneratorAction action)
    {
        int inputs = reduced[0].Columns, outputs = reduced[^1].Count;
        if (inputs > ZeroOnePrinciple.MostWires || outputs * reduced.Sum(l => (long)l.Count + l.Weights.Sum(r => r.Length)) > MostEntries
            || action.Input.Weights.Any(r => r is not [var only] || BigRational.Abs(only.Value) != BigRational.One)
            || action.Output.Weights.Any(r => r is not [var only] || only.Value != BigRational.One))
        {
            return null;
        }

        return Find(action, isNonNegative: false) ?? Find(action, isNonNegative: true);
    }

    private SymmetryScope? Find(GeneratorAction action, bool isNonNegative)
    {
        BigRational? atLeast = null;
        for (int k = 0; k < reduced[^1].Count; k++)
        {
            ComparatorForm moved = Form(k, isNonNegative), still = Form(action.Output.Weights[k][0].Index, isNonNegative);
            if ((moved.Shift is { } t && lower.Any(a => a + t < BigRational.Zero)) || !AreEqual(moved, still, action.Input))
            {
                return null;
            }

            atLeast = moved.Shift is { } s && !(atLeast > -s) ? -s : atLeast;
        }

        return new SymmetryScope(atLeast);
    }

    // Whether the first form at g x is the second at x.
    private bool AreEqual(ComparatorForm moved, ComparatorForm still, AffineRows g)
    {
        for (int i = 0; i < g.Count; i++)
        {
            var (from, sign) = g.Weights[i][0];
            if (moved.Starts[i] != still.Starts[from] || (sign.Sign < 0 && moved.Starts[i] != WireStart.Modulus))
            {
                return false;
            }
        }

        if (moved.Shift != still.Shift || moved.Head.Length != still.Head.Length)
        {
            return false;
        }

        work?.Spend((long)g.Count * g.Count << int.Max(0, g.Count - 6));
        work?.Spend(long.Max(ExactWork.Entries(moved.Head), ExactWork.Entries(still.Head)));
        _words -= (moved.Stages.Sum(s => (long)s.Length) + still.Stages.Sum(s => (long)s.Length) + (2 * g.Count)) << int.Max(0, g.Count - 6);
        if (_words < 0)
        {
            return false;
        }

        var tables = ZeroOnePrinciple.Tables([.. Enumerable.Range(0, g.Count)], still.Stages);
        var movedTables = ZeroOnePrinciple.Tables([.. g.Weights.Select(r => r[0].Index)], moved.Stages);
        var numbers = new int?[g.Count]; // of the wires of the first form, as wires of the second
        foreach (int wire in moved.Head[0].Weights.SelectMany(r => r.Select(e => e.Index)).Distinct())
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

    private static ImmutableArray<AffineRows> Renumbered(ImmutableArray<AffineRows> head, int?[] numbers)
    {
        UnitRow[] rows = [.. Enumerable.Range(0, head[0].Count).Select(i => Renumbered(UnitRow.Of(head[0], i), j => numbers[j]!.Value))];
        return NetworkReduction.Of(head.SetItem(
            0, new AffineRows(head[0].Columns, [.. rows.Select(r => r.Weights)], [.. rows.Select(r => r.Bias)])));
    }

    private static UnitRow Renumbered(UnitRow row, Func<int, int> number)
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
    private static bool AreSame(ImmutableArray<AffineRows> first, ImmutableArray<AffineRows> second)
    {
        int[] unit = [.. Enumerable.Range(0, first[0].Columns)];
        for (int l = 0; l < first.Length; l++)
        {
            UnitRow[] rows = [.. Enumerable.Range(0, first[l].Count).Select(i => Renumbered(UnitRow.Of(first[l], i), j => unit[j]))];
            if (l == first.Length - 1)
            {
                return rows.Select((r, i) => r.Equals(UnitRow.Of(second[l], i))).All(isEqual => isEqual);
            }

            var known = new Dictionary<UnitRow, int>();
            for (int i = 0; i < second[l].Count; i++)
            {
                known.TryAdd(UnitRow.Of(second[l], i), i);
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
            var last = reduced[^1];
            var alone = new AffineRows(last.Columns, [last.Weights[output]], [last.Bias[output]]);
            form = ComparatorForm.Of(NetworkReduction.Of(reduced.SetItem(reduced.Length - 1, alone), work), isNonNegative);
            _forms.Add((output, isNonNegative), form);
        }

        return form;
    }
}
