using System.Runtime.Intrinsics;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

/// <summary>Many boxes of one dimension, kept as one run of lower and one of upper bounds for each variable.</summary>
/// <remarks>
/// Shape: <see cref="Count"/> boxes of <see cref="Dimension"/> intervals. Mutable, for one thread at a time.
/// </remarks>
public sealed class BoxBatch
{
    private LaneMemory _inf;
    private LaneMemory _sup;
    private int _capacity;

    /// <summary>A batch without boxes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dimension or the capacity is negative.</exception>
    public BoxBatch(int dimension, int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dimension);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        (Dimension, _capacity) = (dimension, RoundUp(capacity));
        (_inf, _sup) = (new LaneMemory(dimension * _capacity), new LaneMemory(dimension * _capacity));
    }

    /// <summary>The number of intervals of a box.</summary>
    public int Dimension { get; }

    /// <summary>The number of boxes.</summary>
    public int Count { get; private set; }

    /// <summary>The range of a variable in a box.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such variable.</exception>
    /// <exception cref="IndexOutOfRangeException">There is no such box.</exception>
    public Interval this[int box, int variable]
    {
        get => Interval.Raw(Inf(variable)[box], Sup(variable)[box]);
        set => (Inf(variable)[box], Sup(variable)[box]) = (value.Inf, value.Sup);
    }

    /// <summary>The lower bounds of a variable, box by box; NaN where the box is empty.</summary>
    /// <remarks>
    /// Domain: what is written here is checked when the batch is evaluated. <see cref="Resize"/> and <see cref="Add"/>
    /// end its life.
    /// </remarks>
    public Span<double> Inf(int variable) => _inf.Slice(At(variable), Count);

    /// <summary>The upper bounds of a variable, box by box; as <see cref="Inf"/>.</summary>
    public Span<double> Sup(int variable) => _sup.Slice(At(variable), Count);

    /// <summary>Appends a box.</summary>
    /// <exception cref="ArgumentException">The box does not have <see cref="Dimension"/> intervals.</exception>
    public void Add(ReadOnlySpan<Interval> box)
    {
        if (box.Length != Dimension)
        {
            throw new ArgumentException($"The box has {box.Length} interval(s); expected {Dimension}.", nameof(box));
        }

        Resize(Count + 1);
        for (int v = 0; v < box.Length; v++)
        {
            this[Count - 1, v] = box[v];
        }
    }

    /// <summary>
    /// Sets the number of boxes; those that remain keep their ranges, new ones have ranges that are to be written.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void Resize(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > _capacity)
        {
            int capacity = RoundUp(Math.Max(count, 2 * _capacity));
            LaneMemory inf = new(Dimension * capacity), sup = new(Dimension * capacity);
            for (int v = 0; v < Dimension; v++)
            {
                Inf(v).CopyTo(inf.Slice(v * capacity, Count));
                Sup(v).CopyTo(sup.Slice(v * capacity, Count));
            }

            (_inf, _sup, _capacity) = (inf, sup, capacity);
        }

        Count = count;
    }

    // The first bounds of the first variable, and how many numbers on those of the next variable lie.
    internal ref double FirstInf => ref _inf.First;

    internal ref double FirstSup => ref _sup.First;

    internal int Stride => _capacity;

    // Throws unless the bounds of the boxes from..from + count − 1 are intervals.
    internal void Check(int from, int count)
    {
        for (int v = 0; v < Dimension; v++)
        {
            ReadOnlySpan<double> inf = Inf(v).Slice(from, count), sup = Sup(v).Slice(from, count);
            int i = 0;
            var valid = Vector512<double>.AllBitsSet;
            for (; i <= count - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                Vector512<double> low = Vector512.Create(inf[i..]), high = Vector512.Create(sup[i..]);
                valid &= Vector512.LessThanOrEqual(low, high)
                    & Vector512.LessThan(low, Vector512.Create(double.PositiveInfinity))
                    & Vector512.GreaterThan(high, Vector512.Create(double.NegativeInfinity));
            }

            if (valid.ExtractMostSignificantBits() != 0xFF)
            {
                i = 0;
            }

            for (; i < count; i++)
            {
                bool isEmpty = double.IsNaN(inf[i]) && double.IsNaN(sup[i]);
                if (!isEmpty && Interval.TryBetween(inf[i], sup[i]) is null)
                {
                    throw new ArgumentException(
                        $"Box {from + i}, variable {v}: an interval needs inf ≤ sup with inf below +∞ and "
                            + "sup above −∞, or two NaN; "
                        + $"got inf = {inf[i]:R}, sup = {sup[i]:R}.");
                }
            }
        }
    }

    private int At(int variable)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(variable);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(variable, Dimension);
        return variable * _capacity;
    }

    // Whole cache lines; the odd line keeps the runs of the variables from meeting at one place of the cache.
    private static int RoundUp(int capacity) => ((capacity + 15) & ~15) + 8;
}
