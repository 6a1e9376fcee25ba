using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;

namespace Proofs.Constructions.Invariance;

/// <summary>Counts and lists a group from its generators, and tells infinite groups.</summary>
public static class GroupClosure
{
    /// <summary>The most elements that are listed.</summary>
    public const int MostElements = 20_000;

    private const long MostEntries = 2_000_000;

    private const long MostWork = 400_000_000; // images composed for the order of a group of permutations

    /// <summary>
    /// The number of elements; null where permutations with signs move too many coordinates to count them.
    /// </summary>
    /// <remarks>
    /// Elements of finite order have an integer trace (a rational sum of roots of unity), so another trace shows an
    /// infinite group. A group of permutations with signs is finite.
    /// </remarks>
    /// <exception cref="GroupException">The group is infinite, or matrices generate more elements than are
    /// listed.</exception>
    public static BigInteger? Order(ImmutableArray<Generator> generators) => generators.All(g => g.IsMonomial)
        ? StabiliserChain.Order(2 * generators[0].Map.Count, generators.Select(OnSigned), MostWork)
        : Elements(generators)?.Count;

    // The permutation of the points x_i and −x_i, numbered i and i + n.
    private static int[] OnSigned(Generator generator)
    {
        var rows = generator.Map.Rows;
        int n = rows.Length;
        int[] image = new int[2 * n];
        for (int i = 0; i < n; i++)
        {
            var (j, value) = rows[i].Weights[0];
            (image[j], image[j + n]) = value.Sign > 0 ? (i, i + n) : (i + n, i);
        }

        return image;
    }

    internal static IReadOnlyCollection<AffineMap>? Elements(ImmutableArray<Generator> generators)
    {
        bool isMonomial = generators.All(g => g.IsMonomial);
        int dimension = generators[0].Map.Count;
        var identity = SymmetryClaim.Identity(dimension);
        var known = new Dictionary<string, AffineMap>(StringComparer.Ordinal) { [Key(identity)] = identity };
        var open = new Queue<AffineMap>([identity]);
        while (open.TryDequeue(out var element))
        {
            foreach (var generator in generators)
            {
                var product = Product(generator.Map, element);
                var trace = Trace(product);
                if (!trace.IsInteger)
                {
                    throw new GroupException(
                        $"the group is infinite: it has an element with trace {trace}, and "
                            + "elements of finite order have integer traces");
                }

                if (known.TryAdd(Key(product), product))
                {
                    open.Enqueue(product);
                }

                if (known.Count > MostElements || (isMonomial && (long)known.Count * dimension > MostEntries))
                {
                    return isMonomial ? null : throw new GroupException(
                        $"the matrices generate more than {MostElements} elements; "
                            + $"expected a finite group of at most {MostElements}");
                }
            }
        }

        return known.Values;
    }

    private static BigRational Trace(AffineMap map) => Enumerable.Range(0, map.Count)
        .SelectMany(i => map.Rows[i].Weights.Where(e => e.Index == i))
        .Aggregate(BigRational.Zero, (sum, e) => sum + e.Value);

    private static AffineMap Product(AffineMap left, AffineMap right) => left with
    {
        Rows = [.. left.Rows.Select(r => SymmetryClaim.Moved(r, right))],
    };

    private static string Key(AffineMap map)
    {
        var text = new StringBuilder();
        foreach (var row in map.Rows)
        {
            foreach (var (index, value) in row.Weights)
            {
                text.Append(index).Append(value == BigRational.One ? "" : $":{value}").Append(' ');
            }

            text.Append(';');
        }

        return text.ToString();
    }
}
