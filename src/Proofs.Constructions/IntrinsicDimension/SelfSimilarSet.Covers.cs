using System.Collections.Immutable;
using System.Numerics;
using Proofs.Numeric.Intervals;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.IntrinsicDimension;

public sealed partial record SelfSimilarSet
{
    private const int StopFactor = 9; // words are split until their box is a ninth of a cell

    /// <summary>The cells of the m^k words of length k, which are cells of the grid b^k.</summary>
    /// <remarks>Guarantee: exact; the cells of different words are different, and their union contains E.</remarks>
    /// <exception cref="InvalidOperationException">The set has no base.</exception>
    /// <exception cref="ArgumentException">There are more cells than can be held.</exception>
    public CellSet WordCover(int k)
    {
        int side = Natural(k);
        int count = (int)WordCount(k, side);
        var digits = Digits.Select(t => CellSet.Key(side, t)).ToArray();

        // word by word from the back, in place: c becomes b c + t, and the key is linear in c
        var keys = new UInt128[count];
        int words = 1;
        for (int level = 0; level < k; level++, words *= digits.Length)
        {
            for (int w = words - 1; w >= 0; w--)
            {
                var shifted = keys[w] * (uint)Base;
                for (int t = digits.Length - 1; t >= 0; t--)
                {
                    keys[(w * digits.Length) + t] = shifted + digits[t];
                }
            }
        }

        return CellSet.FromKeys(side, AmbientDimension, keys);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The word cover on a natural grid; elsewhere words are split until their boxes are small against a cell.
    /// </remarks>
    public override CellSet Cover(int n) => Base > 0 && Exponent(n) is { } k
        ? WordCover(k)
        : Cover(n, new BigRational(1, (BigInteger)StopFactor * n));

    /// <summary>
    /// The cells that the boxes of the words S_w(<see cref="Hull"/>) meet, where a word is split while its box has a
    /// side longer than <paramref name="stop"/>.
    /// </summary>
    /// <remarks>
    /// Guarantee: the union of the cells contains E. Where K0 is a box, a smaller stop never adds cells.
    /// </remarks>
    /// <exception cref="ArgumentException">stop is not positive, or there are more cells than can be held.</exception>
    public CellSet Cover(int n, BigRational stop)
    {
        CellSet.CheckGrid(n, AmbientDimension);
        if (stop.Sign <= 0)
        {
            throw new ArgumentException(
                $"The side at which words stop is {stop}; expected a positive number.", nameof(stop));
        }

        CheckWords(n);
        var cells = new CellCollector(n, AmbientDimension, Name);
        var identity = AffineTransformation.Homothety(1, [.. Enumerable.Repeat(BigRational.Zero, AmbientDimension)]);
        var open = new Stack<AffineTransformation>([identity]);
        while (open.TryPop(out var word))
        {
            var box = word.Apply(Hull);

            // inside one cell the parts of an invariant box add that cell and no other
            bool decided = Corners.IsEmpty && cells.IsInOne(box);
            if (!decided && Enumerable.Range(0, AmbientDimension).Any(d => box.Upper[d] - box.Lower[d] > stop))
            {
                foreach (var map in Maps)
                {
                    open.Push(word.After(map));
                }
            }
            else
            {
                cells.AddMeeting(box);
            }
        }

        return cells.ToCells();
    }

    /// <summary>N_closed(b^k), the number of closed cells of the grid b^k that meet E.</summary>
    /// <remarks>Guarantee: exact. Source: math/02, 1.7.</remarks>
    /// <exception cref="InvalidOperationException">The set has no base.</exception>
    public int CountClosed(int k)
    {
        int side = Natural(k);
        _ = WordCount(k, side);
        int[][] live = LiveOffsets();
        var cells = new HashSet<UInt128>();
        int[] index = new int[AmbientDimension];
        foreach (int[] word in WordCover(k).Indices())
        {
            foreach (int[] j in live)
            {
                bool inside = true;
                for (int d = 0; d < index.Length && inside; d++)
                {
                    index[d] = word[d] + j[d];
                    inside = index[d] >= 0 && index[d] < side;
                }

                if (inside)
                {
                    _ = cells.Add(CellSet.Key(side, index));
                }
            }

            CellSet.CheckCount(cells.Count, Name, side);
        }

        return cells.Count;
    }

    // The offsets j in {−1, 0, 1}^D for which j + [0,1]^D meets E: the greatest set in which every j has s in
    // {0..b−1}^D and a digit t with b j + s − t in the set.
    private int[][] LiveOffsets()
    {
        int dimension = AmbientDimension;
        var live = Offsets(dimension).ToDictionary(j => CellSet.Key(3, [.. j.Select(c => c + 1)]));
        bool changed = true;
        while (changed)
        {
            UInt128[] dead = [.. live.Where(j => !IsSupported(j.Value)).Select(j => j.Key)];
            changed = dead.Length > 0;
            foreach (var key in dead)
            {
                _ = live.Remove(key);
            }
        }

        return [.. live.Values];

        // b j + s − t in {−1, 0, 1} leaves few s: the offset of each coordinate is tried instead
        bool IsSupported(int[] j) => Digits.Any(t => live.Values.Any(o =>
        {
            for (int d = 0; d < dimension; d++)
            {
                int s = o[d] + t[d] - (Base * j[d]);
                if (s < 0 || s >= Base)
                {
                    return false;
                }
            }

            return true;
        }));
    }

    // Every word at which splitting stops has a box no longer than a cell, hence the weight ρ_w^d ≤ (n side)^(−d), and
    // the weights add up to 1: there are at least (n side)^d words. The estimate only refuses what would take too long.
    private void CheckWords(int n)
    {
        double side = Enumerable.Range(0, AmbientDimension).Max(d => Binary64.Nearest(Hull.Upper[d] - Hull.Lower[d]));
        double words = IsSimilar ? Interval.Pow(Interval.Point(n * side), Interval.Point(Dimension.Inf)).Inf : 0;
        if (words > CellSet.MostCells)
        {
            throw new ArgumentException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The cover of {Name} by cells of the grid {n} takes {words:E1} words or more; "
                    + $"at most {CellSet.MostCells} are tried. Take a coarser grid."));
        }
    }

    private static IEnumerable<int[]> Offsets(int dimension) =>
        KuhnInterpolant.Nodes(dimension, 2).Select(l => l.Select(c => c - 1).ToArray());

    private int Natural(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        if (Base == 0)
        {
            throw new InvalidOperationException($"{Name} is no set of digits in a base; it has no natural grid.");
        }

        var side = BigInteger.Pow(Base, k);
        int n = side <= 1 << 30
            ? (int)side
            : throw new ArgumentException(
                $"The grid {Base}^{k} of {Name} is too fine; expected at most 2^30 cells a side.");
        CellSet.CheckGrid(n, AmbientDimension);
        return n;
    }

    private long WordCount(int k, int side)
    {
        var count = BigInteger.Pow(Digits.Length, k);
        CellSet.CheckCount(count, Name, side);
        return (long)count;
    }

    // k with n = b^k.
    private int? Exponent(int n)
    {
        int k = 0;
        for (; n > 1 && n % Base == 0; k++)
        {
            n /= Base;
        }

        return n == 1 ? k : null;
    }
}
