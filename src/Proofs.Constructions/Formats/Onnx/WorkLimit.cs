using System.Globalization;
using Proofs.Constructions.Formats.Text;

namespace Proofs.Constructions.Formats.Onnx;

// Bounds the time and memory of reading a graph: a file of a few bytes may ask for enormous tensors or products.
internal sealed class WorkLimit
{
    public const int LargestTensor = 1 << 28, LargestRank = 32;

    // What a row, a copied entry, a term of a file and a product of rationals cost; the unit is about four bytes or 50
    // ns.
    public const int Row = 32, Entry = 4, Term = 4, Product = 50;

    private const long LargestBits = 1 << 18;

    private readonly long _limit;
    private long _left;

    private WorkLimit(long limit) => (_limit, _left) = (limit, limit);

    /// <summary>The limit for a graph whose initialisers have <paramref name="entries"/> entries.</summary>
    public static WorkLimit For(long entries) => new((1L << 27) + (16 * entries));

    /// <summary>Counts the terms of a computation before it is made.</summary>
    /// <exception cref="NetworkFormatException">The graph as a whole asks for too many.</exception>
    public void Charge(long count)
    {
        Expect(count);
        _left -= count;
    }

    /// <summary>Throws where a computation to come would exceed the limit.</summary>
    /// <exception cref="NetworkFormatException">It would.</exception>
    public void Expect(long count)
    {
        if (count > _left)
        {
            throw new NetworkFormatException("the graph", string.Create(CultureInfo.InvariantCulture,
                $"expected tensors and products worth at most {_limit} units of work, "
                    + $"given the size of its initialisers; it asks for more"));
        }
    }

    /// <summary>Counts a new exact number of the given length, arithmetic with which takes its square.</summary>
    /// <exception cref="NetworkFormatException">It is too long, or the graph as a whole asks for too much.</exception>
    public void ChargeBits(long bits)
    {
        if (bits > LargestBits)
        {
            throw new NetworkFormatException(
                "the graph", $"expected exact numbers of at most {LargestBits} bits; its arithmetic needs more");
        }

        Charge(bits / 32 * (1 + (bits / 2048)));
    }

    /// <summary>The number of entries of a shape, or null where one is negative or it is too large.</summary>
    public static int? Entries(IReadOnlyList<int> dims)
    {
        // an empty axis counts as one entry here, so that no product of some extents overflows
        long count = 1;
        foreach (int d in dims)
        {
            count = d < 0 || count > LargestTensor ? long.MaxValue : count * Math.Max(d, 1);
        }

        return count > LargestTensor || dims.Count > LargestRank ? null : dims.Contains(0) ? 0 : (int)count;
    }
}
