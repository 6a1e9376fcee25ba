using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using Proofs.Kernel;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Symmetry;

namespace Proofs.Constructions.Invariance;

/// <summary>Lists a group from its generators, and tells infinite groups.</summary>
public static class GroupClosure
{
    /// <summary>The most elements that are listed.</summary>
    public const int MostElements = 20_000;

    private const long MostEntries = 2_000_000;

    /// <summary>The number of elements; null where permutations with signs generate more than are listed.</summary>
    /// <remarks>
    /// Elements of finite order have an integer trace (a rational sum of roots of unity), so another trace shows an infinite
    /// group. A group of permutations with signs is finite.
    /// </remarks>
    /// <exception cref="GroupException">The group is infinite, or matrices generate more elements than are listed.</exception>
    public static BigInteger? Order(ImmutableArray<Generator> generators) => Elements(generators)?.Count;

    internal static IReadOnlyCollection<AffineRows>? Elements(ImmutableArray<Generator> generators)
    {
        bool isMonomial = generators.All(g => g.IsMonomial);
        int dimension = generators[0].Map.Count;
        var identity = SymmetryClaim.Identity(dimension);
        var known = new Dictionary<string, AffineRows>(StringComparer.Ordinal) { [Key(identity)] = identity };
        var open = new Queue<AffineRows>([identity]);
        while (open.TryDequeue(out var element))
        {
            foreach (var generator in generators)
            {
                var product = Product(generator.Map, element);
                var trace = Trace(product);
                if (!trace.IsInteger)
                {
                    throw new GroupException(
                        $"the group is infinite: it has an element with trace {trace}, and elements of finite order have integer traces");
                }

                if (known.TryAdd(Key(product), product))
                {
                    open.Enqueue(product);
                }

                if (known.Count > MostElements || (isMonomial && (long)known.Count * dimension > MostEntries))
                {
                    return isMonomial ? null : throw new GroupException(
                        $"the matrices generate more than {MostElements} elements; expected a finite group of at most {MostElements}");
                }
            }
        }

        return known.Values;
    }

    private static BigRational Trace(AffineRows map) => Enumerable.Range(0, map.Count)
        .SelectMany(i => map.Weights[i].Where(e => e.Index == i))
        .Aggregate(BigRational.Zero, (sum, e) => sum + e.Value);

    private static AffineRows Product(AffineRows left, AffineRows right) => left with
    {
        Weights = [.. Enumerable.Range(0, left.Count).Select(i => SymmetryClaim.Moved(UnitRow.Of(left, i), right).Weights)],
    };

    private static string Key(AffineRows map)
    {
        var text = new StringBuilder();
        foreach (var row in map.Weights)
        {
            foreach (var (index, value) in row)
            {
                text.Append(index).Append(value == BigRational.One ? "" : $":{value}").Append(' ');
            }

            text.Append(';');
        }

        return text.ToString();
    }
}
