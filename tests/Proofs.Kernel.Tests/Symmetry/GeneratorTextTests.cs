using FsCheck;
using FsCheck.Fluent;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel.Tests.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Symmetry;

/// <summary>The words for a map say what the map is: read again they are the same map, and no other.</summary>
public sealed class GeneratorTextTests
{
    [Fact]
    public void The_cycles_of_a_permutation_move_each_coordinate_to_where_the_map_moves_it() => Draw.Check(
        Permutations(), images =>
        {
            string text = GeneratorText.Of(Permutation(images));
            int[] places = Places(text, images.Length);

            // coordinate i goes to place k: (g x)_k = x_i
            BigRational[] x = [.. Enumerable.Range(1, images.Length).Select(i => (BigRational)i)];
            var moved = Permutation(images).Apply(x);
            for (int i = 0; i < images.Length; i++)
            {
                Assert.Equal(x[i], moved[places[i]]);
            }

            // a name for each: the smallest of a cycle first, and cycles in the order of those
            Assert.Equal(text, GeneratorText.Of(Permutation(images), "y"));
            int[] heads = [.. text.Split(')').Where(c => c.Length > 1).Select(c => int.Parse(c[1..].Split(' ')[0]))];
            Assert.Equal(heads.Order(), heads);
            Assert.Equal(images.SequenceEqual(Enumerable.Range(0, images.Length)), text == "()");
            Assert.Equal(text == "()", GeneratorText.IsIdentity(Permutation(images)));
        });

    [Fact]
    public void Different_permutations_have_different_names()
    {
        int[][] all = [.. Orders([0, 1, 2, 3])];
        Assert.Equal(24, all.Select(p => GeneratorText.Of(Permutation(p))).Distinct().Count());
    }

    [Fact]
    public void The_words_of_any_map_say_each_of_its_entries() => Draw.Check(
        Maps(), map =>
        {
            string text = GeneratorText.Of(map, "u");
            var read = text.StartsWith('(')
                ? Permutation(Inverse(Places(text, map.Count)))
                : Read(text, "u", map.Columns);
            Assert.True(map.Rows.SequenceEqual(read.Rows), text);
        });

    // One entry away from a permutation: never said to be one.
    [Fact]
    public void A_map_that_is_nearly_a_permutation_is_not_named_by_cycles() => Draw.Check(
        from images in Permutations()
        from at in Gen.Choose(0, images.Length - 1)
        from kind in Gen.Choose(0, 5)
        select (images, at, kind), x =>
        {
            var map = Permutation(x.images);
            var (index, _) = map.Rows[x.at].Weights[0];
            int other = (index + 1) % map.Columns;
            Entry[] row = x.kind switch
            {
                0 => [new(index, -1)],
                1 => [new(index, 2)],
                2 => [],
                3 => [new(index, new(1, 3))],
                4 when other != index => [new(other, 1)], // twice the same coordinate
                5 when other < index => [new(other, 1), new(index, 1)],
                5 when other > index => [new(index, 1), new(other, 1)],
                _ => [new(index, new(-2, 3))],
            };
            var changed = map with { Rows = map.Rows.SetItem(x.at, new([.. row], 0)) };
            string text = GeneratorText.Of(changed);
            Assert.StartsWith("x -> (", text, StringComparison.Ordinal);
            Assert.NotEqual(GeneratorText.Of(map), text);
            Assert.False(GeneratorText.IsIdentity(changed));
            Assert.True(changed.Rows.SequenceEqual(Read(text, "x", map.Columns).Rows), text);
        });

    [Theory]
    [InlineData(new[] { 0 }, "()")]
    [InlineData(new[] { 0, 1, 2 }, "()")]
    [InlineData(new[] { 1, 0 }, "(1 2)")]
    [InlineData(new[] { 2, 0, 1 }, "(1 2 3)")] // coordinate 1 goes to place 2
    [InlineData(new[] { 1, 2, 0 }, "(1 3 2)")]
    [InlineData(new[] { 0, 2, 1 }, "(2 3)")]
    [InlineData(new[] { 1, 0, 3, 2 }, "(1 2)(3 4)")]
    [InlineData(new[] { 3, 4, 2, 0, 1 }, "(1 4)(2 5)")]
    [InlineData(new[] { 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0 }, "(1 11)")]
    public void Permutations_are_named_as_in_the_specification(int[] images, string expected) =>
        Assert.Equal(expected, GeneratorText.Of(Permutation(images)));

    [Fact]
    public void A_row_of_nothing_is_0_and_factors_of_1_are_left_out()
    {
        var map = new AffineMap(3, [
            new([], 0), new([new(0, -1), new(1, 1), new(2, -1)], 0), new([new(1, new(3, 4)), new(2, -2)], 0)]);
        Assert.Equal("x -> (0, -x1 + x2 - x3, 3*2^-2*x2 - 2*x3)", GeneratorText.Of(map));
        Assert.Throws<ArgumentNullException>(() => GeneratorText.Of(null!));
    }

    private static Gen<int[]> Permutations() =>
        from n in Gen.Choose(1, 12)
        from keys in Gen.Choose(0, 1 << 20).ListOf(n)
        select Enumerable.Range(0, n).OrderBy(i => keys[i]).ToArray();

    private static Gen<AffineMap> Maps() =>
        from n in Gen.Choose(1, 5)
        from isSparse in Gen.Choose(0, 1)
        from entries in Gen.Choose(-3, 3).ListOf(n * n)
        from denominators in Gen.Elements(1, 1, 2, 3, 8).ListOf(n * n)
        select new AffineMap(n, [.. Enumerable.Range(0, n).Select(k => new Row(
            [.. Enumerable.Range(0, n)
                .Where(j => entries[(k * n) + j] != 0 && (isSparse == 0 || j == (k + 1) % n))
                .Select(j => new Entry(j, new(entries[(k * n) + j], denominators[(k * n) + j])))], 0))]);

    private static AffineMap Permutation(int[] images) => new(
        images.Length, [.. images.Select(i => new Row([new Entry(i, 1)], 0))]);

    private static int[] Inverse(int[] places)
    {
        int[] images = new int[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            images[places[i]] = i;
        }

        return images;
    }

    private static IEnumerable<int[]> Orders(int[] items) => items.Length == 0 ? [[]]
        : items.SelectMany(first => Orders([.. items.Where(i => i != first)]).Select(o => (int[])[first, .. o]));

    // Where each coordinate goes, by the cycles.
    private static int[] Places(string cycles, int n)
    {
        int[] places = [.. Enumerable.Range(0, n)];
        foreach (string cycle in cycles.Split(')').Where(c => c.Length > 1))
        {
            int[] members = [.. cycle[1..].Split(' ').Select(w => int.Parse(w) - 1)];
            for (int k = 0; k < members.Length; k++)
            {
                places[members[k]] = members[(k + 1) % members.Length];
            }
        }

        return places;
    }

    // The map of "x -> (a*x1 - x2, ...)".
    private static AffineMap Read(string text, string name, int columns)
    {
        string start = $"{name} -> (";
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.EndsWith(")", text, StringComparison.Ordinal);
        return new(columns, [.. text[start.Length..^1].Split(", ").Select(row => new Row(
            [.. row == "0" ? [] : row.Replace(" - ", " + -", StringComparison.Ordinal).Split(" + ").Select(term =>
            {
                int at = term.LastIndexOf(name, StringComparison.Ordinal);
                string factor = term[..at].TrimEnd('*');
                return new Entry(
                    int.Parse(term[(at + 1)..]) - 1,
                    factor switch { "" => 1, "-" => -1, _ => Number(factor) });
            })], 0))]);
    }

    private static BigRational Number(string text) =>
        text.Contains("*2^", StringComparison.Ordinal) ? Dyadic.Parse(text).ToRational() : BigRational.Parse(text);
}
