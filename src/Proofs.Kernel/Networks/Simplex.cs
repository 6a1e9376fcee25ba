using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>Simplices as their vertices: a box in simplices, and what changes where one is divided.</summary>
/// <remarks>
/// What walks over linear regions have in common. The walk that a checker trusts (<see cref="RegionWalk"/>) and the one
/// that decides errors against a formula differ in all else: in the edge that is divided, in what they carry from
/// vertex to vertex, in what ends them and in what they may spend. A driver that served both would put calls into
/// unknown code in the middle of the trusted one.
/// </remarks>
public static class Simplex
{
    /// <summary>Simplices that cover a box, one for each order i of its sides with width (Kuhn).</summary>
    /// <remarks>The vertices are a, a + w_(i1), a + w_(i1) + w_(i2), …</remarks>
    public static IEnumerable<BigRational[][]> Kuhn(BigRational[] low, BigRational[] high)
    {
        int[] wide = [.. Enumerable.Range(0, low.Length).Where(j => low[j] < high[j])];
        foreach (var order in Orders(wide))
        {
            var at = low;
            var vertices = new List<BigRational[]> { at };
            foreach (int j in order)
            {
                at = With(at, j, high[j]);
                vertices.Add(at);
            }

            yield return [.. vertices];
        }
    }

    /// <summary>(1 − t) a + t b.</summary>
    public static BigRational[] Between(BigRational[] a, BigRational[] b, BigRational t) =>
        [.. a.Zip(b, (p, q) => p + (t * (q - p)))];

    /// <summary>The items with another one at a place.</summary>
    public static T[] With<T>(T[] items, int at, T item)
    {
        var changed = (T[])items.Clone();
        changed[at] = item;
        return changed;
    }

    private static IEnumerable<IEnumerable<int>> Orders(int[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany(i => Orders([.. items.Where(j => j != i)]).Select(rest => rest.Prepend(i)));
}
