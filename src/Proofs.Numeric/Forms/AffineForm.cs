using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Forms;

/// <summary>A form c + Σ a_k ε_k ± r in shared noise symbols ε_k in [−1, 1].</summary>
/// <remarks>
/// Guarantee: for every value of the variables there is one assignment of the symbols under which every form made from
/// them contains its expression's value, wherever that is defined; so differences of dependent forms cancel. r is what
/// rounding adds.
/// A non-linear operation adds a symbol. Cost: O(number of symbols) an operation, of d + (non-linear operations) at
/// most.
/// Source: de Figueiredo and Stolfi, Affine arithmetic: concepts and applications, Numerical Algorithms 37 (2004).
/// </remarks>
public sealed class AffineForm : IForm<AffineForm>
{
    private readonly Symbols _symbols;
    private readonly Term[] _terms; // by increasing symbol

    private AffineForm(Symbols symbols, double center, Term[] terms, double slack, Interval range)
    {
        (_symbols, Center, _terms, Slack) = (symbols, center, terms, slack);
        var bound = double.IsInfinity(slack)
            ? Interval.Entire
            : Interval.Point(center) + Interval.Between(-TotalRadius, TotalRadius);
        Range = Interval.Intersect(range, bound);
    }

    /// <inheritdoc/>
    public int Order => 1;

    /// <summary>The constant c.</summary>
    public double Center { get; }

    /// <summary>The bound r of all rounding errors; +∞ where only the range is known.</summary>
    public double Slack { get; }

    /// <inheritdoc/>
    public Interval Range { get; }

    /// <summary>Σ |a_k| + r, rounded up.</summary>
    public double TotalRadius
    {
        get
        {
            double sum = Slack;
            foreach (var term in _terms)
            {
                sum = DirectedRounding.AddUp(sum, Math.Abs(term.Weight));
            }

            return sum;
        }
    }

    /// <summary>The number of noise symbols the form depends on.</summary>
    public int SymbolCount => _terms.Length;

    /// <summary>The form of an expression on a box.</summary>
    /// <remarks>Shape: <paramref name="box"/> has one bounded side for each of <paramref name="variables"/>.</remarks>
    /// <exception cref="ArgumentException">A side is empty or unbounded, or the counts differ.</exception>
    /// <exception cref="KeyNotFoundException">The expression has a variable that is not listed.</exception>
    public static AffineForm Of(Expr expression, IReadOnlyList<string> variables, IReadOnlyList<Interval> box)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(variables);
        var inputs = OfBox(box);
        if (variables.Count != box.Count)
        {
            throw new ArgumentException(
                $"Each variable has one side: {variables.Count} variables, {box.Count} sides.", nameof(box));
        }

        var known = new Dictionary<string, AffineForm>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Count; i++)
        {
            known[variables[i]] = inputs[i];
        }

        var any = inputs.Count > 0 ? inputs[0] : new AffineForm(new Symbols(), 0, [], 0, Interval.Zero);
        return new FormEvaluation<AffineForm>(known, any.Unknown(Interval.Zero)).Of(expression);
    }

    /// <summary>One form for each side of a box, each in a symbol of its own.</summary>
    /// <exception cref="ArgumentException">A side is empty or unbounded.</exception>
    public static IReadOnlyList<AffineForm> OfBox(IReadOnlyList<Interval> box)
    {
        ArgumentNullException.ThrowIfNull(box);
        var symbols = new Symbols();
        return [.. box.Select((side, i) => side.IsBounded
            ? new AffineForm(symbols, side.Midpoint, side.IsPoint ? [] : [new(symbols.Next(), side.Radius)], 0, side)
            : throw new ArgumentException(
                $"An affine form needs bounded sides; side {i + 1} is {side}.", nameof(box)))];
    }

    /// <summary>
    /// The coefficient of a symbol; those of <see cref="OfBox"/> are numbered from 0 in the order of the sides that
    /// vary.
    /// </summary>
    public double Weight(int symbol) => Array.Find(_terms, t => t.Symbol == symbol).Weight;

    /// <inheritdoc/>
    public AffineForm Unknown(Interval set)
    {
        if (!set.IsBounded)
        {
            return new(_symbols, 0, [], double.PositiveInfinity, set);
        }

        Term[] terms = set.IsPoint ? [] : [new(_symbols.Next(), set.Radius)];
        return new(_symbols, set.Midpoint, terms, 0, set);
    }

    /// <inheritdoc/>
    public AffineForm Within(Interval set) => new(_symbols, Center, _terms, Slack, Interval.Intersect(Range, set));

    /// <inheritdoc/>
    public static AffineForm operator +(AffineForm a, AffineForm b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Combine(
            a, 1, b, 1, a.Range + b.Range, Interval.Point(a.Center) + Interval.Point(b.Center), Interval.Zero);
    }

    /// <inheritdoc/>
    public static AffineForm operator -(AffineForm a, AffineForm b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Combine(
            a, 1, b, -1, a.Range - b.Range, Interval.Point(a.Center) - Interval.Point(b.Center), Interval.Zero);
    }

    /// <inheritdoc/>
    public static AffineForm operator *(AffineForm a, AffineForm b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        // (c + A)(d + B) = c d + c B + d A + A B; a symbol's square is in [0, 1], all other products in [−1, 1].
        Interval squares = Interval.Zero, sizes = Interval.Zero;
        for (int i = 0, j = 0; i < a._terms.Length && j < b._terms.Length;)
        {
            int order = a._terms[i].Symbol.CompareTo(b._terms[j].Symbol);
            if (order == 0)
            {
                var product = Interval.Point(a._terms[i].Weight) * Interval.Point(b._terms[j].Weight);
                squares += product * Interval.Between(0, 1);
                sizes += Interval.Abs(product);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        double all = DirectedRounding.MultiplyUp(a.TotalRadius, b.TotalRadius);
        double mixed = Math.Max(0, DirectedRounding.SubtractUp(all, sizes.Inf));
        var rest = double.IsFinite(mixed) ? squares + Interval.Between(-mixed, mixed) : Interval.Entire;
        return Combine(
            a, b.Center, b, a.Center, a.Range * b.Range, Interval.Point(a.Center) * Interval.Point(b.Center), rest);
    }

    // center + s (a − c_a) + t (b − c_b) + rest: rounding errors join the slack, the rest's spread gets a symbol.
    private static AffineForm Combine(
        AffineForm a, double s, AffineForm b, double t, Interval range, Interval center, Interval rest)
    {
        if (a._symbols != b._symbols)
        {
            throw new ArgumentException(
                "Forms of two different boxes share no symbols; make both from one call of OfBox.");
        }

        double slack = DirectedRounding.AddUp(Product(Math.Abs(s), a.Slack), Product(Math.Abs(t), b.Slack));
        var terms = new List<Term>(a._terms.Length + b._terms.Length + 1);
        for (int i = 0, j = 0; i < a._terms.Length || j < b._terms.Length;)
        {
            int k = Math.Min(
                i < a._terms.Length ? a._terms[i].Symbol : int.MaxValue,
                j < b._terms.Length ? b._terms[j].Symbol : int.MaxValue);
            var sum = Interval.Zero;
            if (i < a._terms.Length && a._terms[i].Symbol == k)
            {
                sum = Interval.Point(s) * Interval.Point(a._terms[i++].Weight);
            }

            if (j < b._terms.Length && b._terms[j].Symbol == k)
            {
                sum += Interval.Point(t) * Interval.Point(b._terms[j++].Weight);
            }

            Keep(k, sum);
        }

        var middle = center + rest;
        if (range.IsEmpty || !middle.IsBounded || !double.IsFinite(slack))
        {
            return a.Unknown(range);
        }

        slack = DirectedRounding.AddUp(slack, center.Radius);
        if (rest.Radius > 0)
        {
            terms.Add(new(a._symbols.Next(), rest.Radius));
        }

        var exact = Interval.Point(center.Midpoint) + Interval.Point(rest.Midpoint);
        slack = DirectedRounding.AddUp(slack, exact.Radius);
        return double.IsFinite(slack) ? new(a._symbols, exact.Midpoint, [.. terms], slack, range) : a.Unknown(range);

        void Keep(int symbol, Interval weight)
        {
            if (!weight.IsBounded)
            {
                slack = double.PositiveInfinity;
            }
            else if (weight.Midpoint != 0)
            {
                terms.Add(new(symbol, weight.Midpoint));
            }

            slack = DirectedRounding.AddUp(slack, weight.Radius);
        }
    }

    // A factor 0 of an unbounded slack still knows nothing.
    private static double Product(double factor, double slack) =>
        double.IsInfinity(slack) ? slack : DirectedRounding.MultiplyUp(factor, slack);

    private readonly record struct Term(int Symbol, double Weight);

    // The symbols of one box and of what is computed on it.
    private sealed class Symbols
    {
        private int _count;

        public int Next() => _count++;
    }
}
