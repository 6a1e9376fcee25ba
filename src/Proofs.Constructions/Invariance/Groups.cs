using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Invariance;

/// <summary>Groups by name: S4, C8, D5, S3 on 3x2, D4 on 3x3, signs 3, signed S3.</summary>
public static partial class Groups
{
    /// <summary>What <see cref="Parse"/> reads, for messages.</summary>
    public const string Names =
        "S4, C8, D5, S3 on 3x2 (3 points with 2 features), D4 on 3x3 (an image), signs 3, signed S3";

    /// <summary>The group called <paramref name="name"/>, acting on <paramref name="dimension"/> coordinates.</summary>
    /// <exception cref="GroupException">There is none, or it moves another number of coordinates.</exception>
    public static GroupAction Parse(string name, int dimension)
    {
        var match = Pattern().Match(name);
        if (!match.Success || !TryNumber(match, "n", out int n) || !TryNumber(match, "a", out int a)
            || !TryNumber(match, "b", out int b) || !TryNumber(match, "c", out int c))
        {
            throw new GroupException($"expected a group ({Names}) or @FILE with generators, got '{name}'");
        }

        bool isImage = match.Groups["kind"].Value == "D" && a > 0;
        long coordinates = isImage ? (long)a * b * int.Max(c, 1) : a > 0 ? (long)a * b : n;
        if (n < 1 || (a == 0 && match.Groups["a"].Success) || (b == 0 && match.Groups["b"].Success)
            || (c > 0 && !isImage)
            || (a > 0 && !isImage && a != n))
        {
            throw new GroupException(
                $"'{name}' names no action; expected for example S{int.Max(n, 1)} on {int.Max(n, 1)}x2, points first");
        }

        if (coordinates != dimension)
        {
            string points = dimension % n == 0 && dimension > n && match.Groups["kind"].Value is "S" or "C"
                ? $"; '{match.Groups["kind"].Value}{n} on {n}x{dimension / n}' permutes {n} points "
                    + $"with {dimension / n} features each"
                : "";
            throw new GroupException(
                $"'{name}' acts on {coordinates} coordinates, the network has {dimension} inputs{points}");
        }

        return match.Groups["kind"].Value switch
        {
            "S" => Permuting(name, Symmetric(n), dimension / n, Factorial(n)),
            "C" => Permuting(name, n == 1 ? [] : [Permutation.Cycle(n)], dimension / n, n),
            "D" when isImage => n == 4 && a == b && a > 1
                ? GroupAction.OfPermutations(name, Square(a), int.Max(c, 1), 8)
                : throw new GroupException($"'{name}': expected D4 on an image as wide as high, at least 2x2"),
            "D" => n >= 3
                ? GroupAction.OfPermutations(name, [Permutation.Cycle(n), Permutation.Reversal(n)], 1, 2 * n)
                : throw new GroupException($"'{name}': expected D3 or more"),
            "signs" =>
                new GroupAction(name, n, [.. Enumerable.Range(0, n).Select(i => Flip(n, i))], BigInteger.One << n),
            _ => new GroupAction(
                name, n, [.. Trivial(name, Symmetric(n), 1).Generators, Flip(n, 0)],
                (BigInteger.One << n) * Factorial(n)),
        };
    }

    private static GroupAction Permuting(
        string name, ImmutableArray<ImmutableArray<int>> points, int features, BigInteger order) =>
        points.IsEmpty
            ? new GroupAction(name, features, [], order)
            : GroupAction.OfPermutations(name, points, features, order);

    private static GroupAction Trivial(string name, ImmutableArray<ImmutableArray<int>> points, int features) =>
        Permuting(name, points, features, BigInteger.One);

    private static ImmutableArray<ImmutableArray<int>> Symmetric(int n) => n switch
    {
        1 => [],
        2 => [Permutation.Exchange(2)],
        _ => [Permutation.Exchange(n), Permutation.Cycle(n)],
    };

    // A quarter turn and a reflection of an image with s rows and columns.
    private static ImmutableArray<ImmutableArray<int>> Square(int s) =>
    [
        [.. Enumerable.Range(0, s * s).Select(i => ((i % s) * s) + s - 1 - (i / s))],
        [.. Enumerable.Range(0, s * s).Select(i => ((i / s) * s) + s - 1 - (i % s))],
    ];

    private static Generator Flip(int n, int at) => new(
        $"x{(at + 1).ToString(CultureInfo.InvariantCulture)} -> -x{(at + 1).ToString(CultureInfo.InvariantCulture)}",
        new AffineMap(
            n,
            [.. Enumerable.Range(0, n).Select(i => new Entry(i, i == at ? -BigRational.One : BigRational.One))
                .Select(e => new Row([e], BigRational.Zero))]));

    private static BigInteger Factorial(int n) =>
        Enumerable.Range(1, n).Aggregate(BigInteger.One, (product, k) => product * k);

    // 0 where the name leaves the number out.
    private static bool TryNumber(Match match, string group, out int number)
    {
        number = 0;
        return !match.Groups[group].Success
            || int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex(
        @"^\s*(?:(?<kind>signed)\s+S(?<n>[0-9]{1,6})|(?<kind>signs)\s+(?<n>[0-9]{1,6})|(?<kind>[SCD])(?<n>[0-9]{1,6})"
            + @"(?:\s+on\s+(?<a>[0-9]{1,6})x(?<b>[0-9]{1,6})(?:x(?<c>[0-9]{1,6}))?)?)\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
