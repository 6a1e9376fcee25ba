using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Networks;

/// <summary>An affine functional c + Σ a_i u_i of the units u_i of one layer of a network under construction.</summary>
/// <remarks>
/// Layer 0 are the inputs of the network, layer i ≥ 1 the outputs of its i-th hidden layer. Substituting a functional
/// into a unit of the next layer is the merged composition of affine maps: no layer is spent on it.
/// Invariant: the units increase, no coefficient is zero.
/// </remarks>
public sealed class Functional
{
    private readonly int[] _units;
    private readonly BigRational[] _coefficients;

    private Functional(int layer, int[] units, BigRational[] coefficients, BigRational constant)
    {
        (Layer, _units, _coefficients, Constant) = (layer, units, coefficients, constant);
    }

    /// <summary>The layer whose units it reads.</summary>
    public int Layer { get; }

    /// <summary>The constant term.</summary>
    public BigRational Constant { get; }

    /// <summary>The number of units it reads with a non-zero coefficient.</summary>
    public int Count => _units.Length;

    /// <summary>The functional with the one value <paramref name="value"/>, read at layer <paramref name="layer"/>.</summary>
    public static Functional Of(int layer, BigRational value) => new(layer, [], [], value);

    /// <summary>The linear combination Σ coefficients[k] · terms[k] at layer <paramref name="layer"/>.</summary>
    /// <remarks>Cost: linear in the terms where their units come in increasing order, else a sort.</remarks>
    /// <exception cref="ArgumentException">A term reads another layer, or the counts differ.</exception>
    public static Functional Combine(
        int layer, IReadOnlyList<BigRational> coefficients, IReadOnlyList<Functional> terms)
    {
        if (coefficients.Count != terms.Count)
        {
            throw new ArgumentException($"{coefficients.Count} coefficients for {terms.Count} functionals; expected as many.");
        }

        var entries = new List<(int Unit, BigRational Value)>(terms.Count);
        var constant = BigRational.Zero;
        bool sorted = true;
        for (int k = 0; k < terms.Count; k++)
        {
            var (a, term) = (coefficients[k], terms[k]);
            CheckLayer(layer, term.Layer);
            if (a.IsZero)
            {
                continue;
            }

            bool unit = a == BigRational.One;
            for (int i = 0; i < term._units.Length; i++)
            {
                sorted &= entries.Count == 0 || entries[^1].Unit < term._units[i];
                entries.Add((term._units[i], unit ? term._coefficients[i] : a * term._coefficients[i]));
            }

            constant = term.Constant.IsZero ? constant : constant + (a * term.Constant);
        }

        return Collect(layer, entries, sorted, constant);
    }

    /// <summary>The sum of two functionals of one layer.</summary>
    public static Functional operator +(Functional a, Functional b) =>
        Combine(a.Layer, [BigRational.One, BigRational.One], [a, b]);

    /// <summary>The difference of two functionals of one layer.</summary>
    public static Functional operator -(Functional a, Functional b) => Combine(a.Layer, [BigRational.One, -1], [a, b]);

    /// <summary>The functional with its sign changed.</summary>
    public static Functional operator -(Functional a) => -BigRational.One * a;

    /// <summary>The functional with a constant added.</summary>
    public static Functional operator +(Functional a, BigRational b) =>
        new(a.Layer, a._units, a._coefficients, a.Constant + b);

    /// <summary>The functional with a constant subtracted.</summary>
    public static Functional operator -(Functional a, BigRational b) => a + (-b);

    /// <summary>The functional subtracted from a constant.</summary>
    public static Functional operator -(BigRational a, Functional b) => -b + a;

    /// <summary>The functional scaled by <paramref name="a"/>.</summary>
    public static Functional operator *(BigRational a, Functional b) => a.IsZero
        ? Of(b.Layer, 0)
        : new(b.Layer, b._units, [.. b._coefficients.Select(c => a * c)], a * b.Constant);

    /// <summary>The functional divided by <paramref name="b"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="b"/> is 0.</exception>
    public static Functional operator /(Functional a, BigRational b) => b.Reciprocal() * a;

    internal static Functional OfUnit(int layer, int unit) => new(layer, [unit], [BigRational.One], 0);

    internal void WriteRow(Affine.Builder layer)
    {
        for (int i = 0; i < _units.Length; i++)
        {
            layer.Add(_units[i], _coefficients[i]);
        }

        layer.EndRow(Constant);
    }

    internal static void CheckLayer(int expected, int layer)
    {
        if (layer != expected)
        {
            throw new ArgumentException($"A functional reads layer {layer}; expected layer {expected}, as its neighbours read.");
        }
    }

    private static Functional Collect(
        int layer, List<(int Unit, BigRational Value)> entries, bool sorted, BigRational constant)
    {
        if (!sorted)
        {
            entries.Sort((a, b) => a.Unit.CompareTo(b.Unit));
            int kept = 0;
            for (int k = 0; k < entries.Count;)
            {
                var (unit, sum) = entries[k++];
                while (k < entries.Count && entries[k].Unit == unit)
                {
                    sum += entries[k++].Value;
                }

                if (!sum.IsZero)
                {
                    entries[kept++] = (unit, sum);
                }
            }

            entries.RemoveRange(kept, entries.Count - kept);
        }

        var units = new int[entries.Count];
        var coefficients = new BigRational[entries.Count];
        for (int k = 0; k < units.Length; k++)
        {
            (units[k], coefficients[k]) = entries[k];
        }

        return new(layer, units, coefficients, constant);
    }
}
