using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symmetry;

/// <summary>
/// Values of units as exact linear forms over atoms: coordinates, ρ of a form, maxima of forms; a minimum is −max(−…).
/// </summary>
/// <remarks>
/// A form is a <see cref="Row"/> whose indices are atoms of the table. Each step is an identity of functions on R^n:
/// <code>
/// ρ(k r) = k ρ(r) for k > 0            ρ(−r) = ρ(r) − r            ρ(r) = r where r is at least 0
/// L + k ρ(r) = max(L + k r, L) for k > 0, −max(−L − k r, −L) for k &lt; 0
/// max of maxima is one maximum         max(L + a, L + b) = L + max(a, b)         max(k a, k b) = k max(a, b) for k > 0
/// </code>
/// so equal forms are equal functions. Different forms may be equal functions too.
/// </remarks>
internal sealed class TermTable(long work)
{
    private const int MostMembers = 512; // of a product of maxima
    // members among which two are looked for that add up to something that is not negative
    private const int MostPairs = 32;

    private readonly Dictionary<Row, int> _formNumbers = [];
    private readonly List<Row> _forms = [];
    private readonly Dictionary<string, int> _atomNumbers = new(StringComparer.Ordinal);
    private readonly List<Atom> _atoms = [];
    private readonly long _granted = work;
    private long _work = work;

    private enum Kind
    {
        Coordinate,
        Positive,
        Max,
    }

    private sealed record Atom(Kind Kind, ImmutableArray<int> Parts);

    /// <summary>The work spent.</summary>
    public long Spent => _granted - _work;

    /// <summary>Whether the work granted is spent; what is made then means nothing.</summary>
    public bool IsSpent => _work < 0;

    /// <summary>Coordinate number <paramref name="index"/>.</summary>
    public Row Coordinate(int index) => Single(AtomOf(Kind.Coordinate, [index]));

    /// <summary>The outputs of a network whose inputs have the given values.</summary>
    public Row[] Outputs(ExactNetwork network, Row[] inputs)
    {
        var layers = network.Layers;
        var values = inputs;
        for (int l = 0; l < layers.Length && !IsSpent; l++)
        {
            var next = new Row[layers[l].Count];
            for (int i = 0; i < next.Length; i++)
            {
                var row = IsSpent ? Constant(BigRational.Zero) : Combination(layers[l].Rows[i], values);
                next[i] = l == layers.Length - 1 ? row : Rectified(row);
            }

            values = next;
        }

        return values;
    }

    /// <summary>The row of the values, with maxima and minima made of what is ρ of a difference.</summary>
    public Row Combination(Row row, Row[] values)
    {
        var sum = new RowSum();
        sum.AddBias(row.Bias);
        foreach (var (index, value) in row.Weights)
        {
            _work -= 1 + values[index].Weights.Length;
            sum.AddRow(values[index], value);
        }

        return Collapsed(sum.Row());
    }

    /// <summary>
    /// The form with sums of maxima as one maximum, and sums of minima as one minimum, where they are not too long.
    /// </summary>
    public Row Flat(Row form)
    {
        form = Maximum(form);
        return Maximum(form.Times(-1)).Times(-1);
    }

    private Row Rectified(Row r)
    {
        if (IsNonNegative(r))
        {
            return r;
        }

        if (IsNonNegative(r.Times(-1)))
        {
            return Constant(BigRational.Zero);
        }

        var (unit, scale) = r.Normalised();
        bool isReversed = unit.Weights[0].Value.Sign < 0;
        int atom = AtomOf(Kind.Positive, [FormOf(isReversed ? unit.Times(-1) : unit)]);
        return Sum((Single(atom), scale), (r, isReversed ? BigRational.One : BigRational.Zero));
    }

    // L + k ρ(r) as a maximum, or minus one, wherever an atom of r is in the form and something cancels; the part of
    // the form that shares no atom with r stays outside.
    private Row Collapsed(Row form)
    {
        for (int at = 0; at < form.Weights.Length && !IsSpent; at++)
        {
            var (index, k) = form.Weights[at];
            if (_atoms[index].Kind != Kind.Positive)
            {
                continue;
            }

            var r = _forms[_atoms[index].Parts[0]];
            _work -= r.Weights.Length;
            var shared = r.Weights.Select(e => e.Index).ToHashSet();
            var local = new Row([.. form.Weights.Where(e => shared.Contains(e.Index))], form.Bias);
            var other = Sum((local, BigRational.One), (r, k));
            // then |r| is told apart always
            bool isOfCoordinates = r.Weights.All(e => _atoms[e.Index].Kind == Kind.Coordinate);
            if (!isOfCoordinates
                && (local.Weights.Length == 0 || other.Weights.Length >= local.Weights.Length + r.Weights.Length))
            {
                continue;
            }

            var rest =
                new Row([.. form.Weights.Where(e => e.Index != index && !shared.Contains(e.Index))], BigRational.Zero);
            var sign = k.Sign;
            form = Sum((rest, BigRational.One), (Maximum(local.Times(sign), other.Times(sign)), sign));
            at = -1;
        }

        return form;
    }

    // The maximum of forms, flat; the largest coefficient and what its members share are outside.
    private Row Maximum(params Row[] members)
    {
        Row[] flat = [.. members.SelectMany(m => Members(m, 1) ?? [m]).Distinct()];
        _work -= flat.Sum(m => 1L + m.Weights.Length);
        if (flat.Length == 1)
        {
            return flat[0];
        }

        // outside go the mean of constants and coordinates, and further atoms that all members have alike
        var share = new BigRational(1, flat.Length);
        var mean = new RowSum();
        foreach (var member in flat)
        {
            mean.AddRow(
                new Row([.. member.Weights.Where(e => _atoms[e.Index].Kind == Kind.Coordinate)], member.Bias), share);
        }

        var alike = flat.SelectMany(m => m.Weights).Where(e => _atoms[e.Index].Kind != Kind.Coordinate)
            .GroupBy(e => e).Where(g => g.Count() == flat.Length).Select(g => g.Key).OrderBy(e => e.Index);
        var common = Sum((mean.Row(), BigRational.One), (new Row([.. alike], BigRational.Zero), BigRational.One));
        Row[] own = [.. flat.Select(m => Sum((m, BigRational.One), (common, -BigRational.One)))];
        var scale =
            own.SelectMany(m => m.Weights.Select(e => BigRational.Abs(e.Value))).DefaultIfEmpty(BigRational.One).Max();
        int[] parts = [.. own.Select(m => FormOf(m.Times(scale.Reciprocal()))).Order()];
        return Sum((Single(AtomOf(Kind.Max, [.. parts])), scale), (common, BigRational.One));
    }

    // L + Σ k max(…), all k of one sign, as its members L + Σ k m; null where the form has no such maximum, or too many
    // members.
    private Row[]? Members(Row form, int sign)
    {
        Entry[] maxima = [.. form.Weights.Where(e => e.Value.Sign == sign && _atoms[e.Index].Kind == Kind.Max)];
        long count =
            maxima.Aggregate(1L, (product, e) => long.Min(product * _atoms[e.Index].Parts.Length, MostMembers + 1));
        if (maxima.Length == 0 || (maxima.Length > 1 && count > MostMembers))
        {
            return null;
        }

        Row[] members = [form with { Weights = [.. form.Weights.Except(maxima)] }];
        foreach (var (index, value) in maxima)
        {
            _work -= members.Length * _atoms[index].Parts.Length * (1L + members[0].Weights.Length);
            members = [
                .. members.SelectMany(
                    m => _atoms[index].Parts.Select(p => Sum((m, BigRational.One), (_forms[p], value))))];
        }

        return members;
    }

    private bool IsNonNegative(Row form)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        _work -= 1 + form.Weights.Length;
        if (IsSpent)
        {
            return false;
        }

        if (form.Bias.Sign >= 0 && form.Weights.All(e => e.Value.Sign > 0 && IsNonNegative(_atoms[e.Index])))
        {
            return true;
        }

        // L − k max(…) is the least of its members
        return (Members(form, 1) is { } members && IsMaximumNonNegative(members))
            || (Members(form, -1) is { } all && all.All(IsNonNegative));
    }

    private bool IsNonNegative(Atom atom) => atom.Kind switch
    {
        Kind.Positive => true,
        Kind.Max => IsMaximumNonNegative([.. atom.Parts.Select(p => _forms[p])]),
        _ => false,
    };

    // max(a, b) ≥ (a + b)/2
    private bool IsMaximumNonNegative(Row[] members)
    {
        _work -= members.Length;
        return members.Any(IsNonNegative) || (members.Length <= MostPairs && members.Any(a => members.Any(b =>
            Sum((a, BigRational.One), (b, BigRational.One)) is { Weights.IsEmpty: true, Bias.Sign: >= 0 })));
    }

    private int FormOf(Row form)
    {
        if (!_formNumbers.TryGetValue(form, out int number))
        {
            _formNumbers.Add(form, number = _forms.Count);
            _forms.Add(form);
        }

        return number;
    }

    private int AtomOf(Kind kind, ImmutableArray<int> parts)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{kind} {string.Join(' ', parts)}");
        if (!_atomNumbers.TryGetValue(key, out int number))
        {
            _atomNumbers.Add(key, number = _atoms.Count);
            _atoms.Add(new Atom(kind, parts));
        }

        return number;
    }

    private static Row Single(int atom) => new([new Entry(atom, BigRational.One)], BigRational.Zero);

    private static Row Constant(BigRational value) => new([], value);

    private static Row Sum((Row Row, BigRational Factor) a, (Row Row, BigRational Factor) b)
    {
        var sum = new RowSum();
        sum.AddRow(a.Row, a.Factor);
        sum.AddRow(b.Row, b.Factor);
        return sum.Row();
    }
}
