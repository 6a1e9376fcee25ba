using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>A coefficient of a variable, with an index from 0.</summary>
public readonly record struct Entry(int Index, BigRational Value);

/// <summary>
/// One row of an affine map: its non-zero weights, indices increasing, and its bias. Equal rows are equal values.
/// </summary>
public sealed record Row(ImmutableArray<Entry> Weights, BigRational Bias)
{
    /// <summary>
    /// The row divided by the largest magnitude of its weights, and that magnitude; a row without weights stays.
    /// </summary>
    public (Row Row, BigRational Scale) Normalised()
    {
        var scale = Weights.Select(e => BigRational.Abs(e.Value)).DefaultIfEmpty(BigRational.One).Max();
        return (Times(scale.Reciprocal()), scale);
    }

    /// <summary>The row times a number other than 0.</summary>
    public Row Times(BigRational factor) => factor == BigRational.One ? this : Scaled(factor, factor);

    /// <summary>The row with its weights times a number other than 0, and its bias times another.</summary>
    internal Row Scaled(BigRational weights, BigRational bias) =>
        new([.. Weights.Select(e => e with { Value = weights * e.Value })], bias * Bias);

    /// <inheritdoc/>
    public bool Equals(Row? other) =>
        other is not null && Bias == other.Bias && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Bias);
        foreach (var entry in Weights)
        {
            hash.Add(entry);
        }

        return hash.ToHashCode();
    }
}

/// <summary>Collects the weights of a row in any order; weights of one index are added.</summary>
public sealed class RowSum
{
    private readonly Dictionary<int, BigRational> _sums = [];
    private BigRational _bias;

    /// <summary>Adds a weight.</summary>
    public void Add(int index, BigRational value) =>
        _sums[index] = _sums.TryGetValue(index, out var before) ? before + value : value;

    /// <summary>Adds to the bias.</summary>
    public void AddBias(BigRational value) => _bias += value;

    /// <summary>Adds a factor times a row.</summary>
    public void AddRow(Row row, BigRational factor)
    {
        AddBias(factor * row.Bias);
        foreach (var (index, value) in row.Weights)
        {
            Add(index, factor * value);
        }
    }

    /// <summary>The row so far; weights that cancel are none.</summary>
    public Row Row() => new(
        [.. _sums.Where(s => !s.Value.IsZero).OrderBy(s => s.Key).Select(s => new Entry(s.Key, s.Value))], _bias);
}
