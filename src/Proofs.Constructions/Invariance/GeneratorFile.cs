using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Invariance;

/// <summary>
/// Reads generators, one a line: cycles (1 2 3)(4 5), a list of images 2 3 1, or the rows of a matrix with ; between
/// them.
/// </summary>
/// <remarks>Empty lines and lines that begin with # are skipped. Coordinates are numbered from 1.</remarks>
public static partial class GeneratorFile
{
    /// <summary>The group that the lines generate on <paramref name="dimension"/> coordinates.</summary>
    /// <exception cref="GroupException">A line is no generator, does not fit or is not orthogonal, or the group is
    /// infinite.</exception>
    public static GroupAction Parse(string name, string text, int dimension)
    {
        var generators = ImmutableArray.CreateBuilder<Generator>();
        var points = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            bool isMatrix = line.Contains(';', StringComparison.Ordinal) || dimension == 1;
            if (isMatrix)
            {
                generators.Add(new Generator($"the matrix in line {i + 1}", Matrix(line, dimension, i + 1)));
            }
            else
            {
                var image = line[0] == '(' ? FromCycles(line, dimension, i + 1) : FromImages(line, dimension, i + 1);
                points.Add(image);
                generators.Add(new Generator(Permutation.Cycles(image), Permutation.Matrix(image, 1)));
            }
        }

        if (generators.Count == 0)
        {
            throw new GroupException("expected a generator a line, found none");
        }

        return new GroupAction(name, dimension, generators.ToImmutable(), GroupClosure.Order(generators.ToImmutable()))
        {
            Points = points.Count == generators.Count ? points.ToImmutable() : [],
        };
    }

    private static ImmutableArray<int> FromCycles(string line, int dimension, int number)
    {
        if (!CyclePattern().IsMatch(line))
        {
            throw new GroupException($"expected cycles such as (1 2 3)(4 5), found '{line}'", number);
        }

        int[] image = [.. Enumerable.Range(0, dimension)];
        var seen = new HashSet<int>();
        foreach (string cycle in line.Split('(', StringSplitOptions.RemoveEmptyEntries))
        {
            int[] items =
                [.. cycle.TrimEnd(' ', '\t', ')').Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries)
                .Select(word => Coordinate(word, dimension, number))];
            for (int k = 0; k < items.Length; k++)
            {
                image[items[k]] = items[(k + 1) % items.Length];
                if (!seen.Add(items[k]))
                {
                    throw new GroupException(
                        $"{items[k] + 1} occurs twice; expected cycles without common entries", number);
                }
            }
        }

        return [.. image];
    }

    private static ImmutableArray<int> FromImages(string line, int dimension, int number)
    {
        int[] image = [
            .. line.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Coordinate(word, dimension, number))];
        return image.Length != dimension
            ? throw new GroupException($"{image.Length} images; the network has {dimension} inputs", number)
            : image.Distinct().Count() != dimension
            ? throw new GroupException($"an image occurs twice; expected each of 1 … {dimension} once", number)
            : [.. image];
    }

    private static int Coordinate(string word, int dimension, int number) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= 1 && n <= dimension
            ? n - 1
            : throw new GroupException(
                $"expected a coordinate from 1 to {dimension}, the inputs of the network, found '{word}'", number);

    private static AffineMap Matrix(string line, int dimension, int number)
    {
        string[] rows = line.TrimEnd(';').Split(';');
        if (rows.Length != dimension)
        {
            throw new GroupException($"a matrix with {rows.Length} rows; the network has {dimension} inputs", number);
        }

        BigRational[][] entries = [.. rows.Select(r => r.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(w =>
                BigRational.TryParse(w) ?? throw new GroupException($"expected a rational number, found '{w}'", number))
                    .ToArray())];
        if (entries.FirstOrDefault(r => r.Length != dimension) is { } row)
        {
            throw new GroupException($"a row with {row.Length} entries; the network has {dimension} inputs", number);
        }

        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                var product = entries[i].Zip(entries[j], (a, b) => a * b).Aggregate((a, b) => a + b);
                if (product != (i == j ? 1 : 0))
                {
                    throw new GroupException(
                        $"the matrix is not orthogonal: row {j + 1} times row {i + 1} is {product}, "
                            + $"expected {(i == j ? 1 : 0)}", number);
                }
            }
        }

        return new AffineMap(
            dimension,
            [.. entries.Select(r => r.Select((v, j) => new Entry(j, v)).Where(e => !e.Value.IsZero))
                .Select(r => new Row([.. r], BigRational.Zero))]);
    }

    [GeneratedRegex(@"^(?:\(\s*[0-9]*(?:[\s,]+[0-9]+)*\s*\)\s*)+$", RegexOptions.CultureInvariant)]
    private static partial Regex CyclePattern();
}
