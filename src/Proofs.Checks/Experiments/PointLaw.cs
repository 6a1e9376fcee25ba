using System.Numerics;
using Proofs.Checks.Dimension;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats.Points;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;

namespace Proofs.Checks.Experiments;

/// <summary>A law of random points on a set of dimension d in R^D.</summary>
/// <param name="Name">The law's name in tables.</param>
/// <param name="AmbientDimension">D.</param>
/// <param name="Dimension">d, as theorems about rates have it.</param>
/// <param name="Draw">Draws a point; the same random numbers give the same point.</param>
/// <remarks>Source: math/02, sections 6 and 7.</remarks>
public sealed record PointLaw(string Name, int AmbientDimension, double Dimension, Func<SplitMix64, double[]> Draw)
{
    private const int MostRejections = 10_000;
    private const int MostGroups = 4096;

    /// <summary>
    /// The natural measure of a self-similar set; the image of the uniform law on the parameters of a parametrised one;
    /// products and affine images of such laws.
    /// </summary>
    /// <exception cref="ArgumentException">The set is of another kind.</exception>
    public static PointLaw On(CoveredSet set) => set switch
    {
        SelfSimilarSet { Base: > 0 } grid =>
            new(grid.Name, grid.AmbientDimension, grid.Dimension.Midpoint, Digits(grid)),
        SelfSimilarSet maps => new(maps.Name, maps.AmbientDimension, maps.Dimension.Midpoint, Words(maps)),
        ParametrizedSet image => new(image.Name, image.AmbientDimension, image.Parameters, Image(image)),
        ProductSet product => Product(product, On(product.First), On(product.Second)),
        ImageSet image => Affine(image, On(image.Source)),
        _ => throw new ArgumentException(
            $"{set.Name}: there is no natural law of points on this kind of set; "
                + "expected maps, a parametrisation, or a product or image of such sets."),
    };

    /// <summary>The uniform law on [0, 1]^D.</summary>
    public static PointLaw Cube(int dimension) =>
        new($"cube{dimension}", dimension, dimension,
            random => [.. Enumerable.Range(0, dimension).Select(_ => random.NextUnit())]);

    /// <summary>
    /// The law of the image under formulas in x1, …, xD (x where D is 1), which are to be bi-Lipschitz on the set.
    /// </summary>
    public PointLaw Map(string name, IReadOnlyList<Expr> coordinates)
    {
        var evaluate = CompiledFormula.Compile(coordinates, Inputs.Names(AmbientDimension));
        return new(name, coordinates.Count, Dimension, random => evaluate(Draw(random)));
    }

    /// <summary><paramref name="count"/> independent points.</summary>
    public PointCloud Sample(int count, SplitMix64 random)
    {
        double[] values = new double[count * AmbientDimension];
        for (int i = 0; i < count; i++)
        {
            Draw(random).CopyTo(values, i * AmbientDimension);
        }

        return new(AmbientDimension, values);
    }

    /// <summary>The law for a reader.</summary>
    public override string ToString() => $"{Name} in R^{AmbientDimension}";

    // Random digits of base b, most significant first, as many as keep the numerators below 2^53, so that one division
    // rounds.
    // A group of digits is drawn as one number, from a table of what the groups add up to.
    private static Func<SplitMix64, double[]> Digits(SelfSimilarSet set)
    {
        int dimension = set.AmbientDimension, length = 0;
        while (BigInteger.Pow(set.Base, length + 1) <= BigInteger.One << 53)
        {
            length++;
        }

        int group = 1;
        while (group < length && BigInteger.Pow(set.Digits.Length, group + 1) <= MostGroups)
        {
            group++;
        }

        var (whole, rest) = (Groups(set, group), Groups(set, length % group));
        long shift = (long)BigInteger.Pow(set.Base, group), shiftRest = (long)BigInteger.Pow(set.Base, length % group);
        double denominator = (double)BigInteger.Pow(set.Base, length);
        return random =>
        {
            double[] point = new double[dimension];
            Span<long> numerators = stackalloc long[dimension];
            numerators.Clear();
            for (int k = 0; k < length / group; k++)
            {
                Append(whole, shift, numerators);
            }

            if (rest.Length > 1)
            {
                Append(rest, shiftRest, numerators);
            }

            for (int d = 0; d < point.Length; d++)
            {
                point[d] = numerators[d] / denominator;
            }

            return point;

            void Append(long[][] groups, long shift, Span<long> numerators)
            {
                long[] digits = groups[random.NextBelow(groups.Length)];
                for (int d = 0; d < digits.Length; d++)
                {
                    numerators[d] = (numerators[d] * shift) + digits[d];
                }
            }
        };
    }

    // What the words of a length make of the numerators.
    private static long[][] Groups(SelfSimilarSet set, int length)
    {
        long[][] groups = [new long[set.AmbientDimension]];
        for (int k = 0; k < length; k++)
        {
            groups = [
                .. groups.SelectMany(g => set.Digits.Select(t => g.Select((x, d) => (x * set.Base) + t[d]).ToArray()))];
        }

        return groups;
    }

    // A random word, each letter i with probability ρ_i^d, until the image of the hull is shorter than an ulp of 1.
    private static Func<SplitMix64, double[]> Words(SelfSimilarSet set)
    {
        double[] ratios = [.. set.SquaredRatios.Select(r => Math.Sqrt(Binary64.Nearest(r)))];
        double[] weights = [.. ratios.Select(r => Math.Pow(r, set.Dimension.Midpoint))];
        double total = weights.Sum();
        Func<double[], double[]>[] maps = [.. set.Maps.Select(Nearest)];
        double[] start = [.. set.Hull.Lower.Zip(set.Hull.Upper, (a, b) => Binary64.Nearest((a + b) / 2))];
        return random =>
        {
            var word = new Stack<int>();
            for (double size = 1; size > 1.0 / (1L << 53) && word.Count < 4096;)
            {
                int letter = 0;
                for (double u = random.NextUnit() * total; letter < weights.Length - 1
                    && u >= weights[letter]; letter++)
                {
                    u -= weights[letter];
                }

                word.Push(letter);
                size *= ratios[letter];
            }

            double[] x = start;
            while (word.TryPop(out int letter))
            {
                x = maps[letter](x);
            }

            return x;
        };
    }

    private static PointLaw Product(ProductSet set, PointLaw first, PointLaw second) => new(
        set.Name, set.AmbientDimension, first.Dimension + second.Dimension, random =>
            [.. first.Draw(random), .. second.Draw(random)]);

    private static PointLaw Affine(ImageSet set, PointLaw source)
    {
        var map = Nearest(set.Map);
        return new(
            set.Name, set.AmbientDimension, source.Dimension, InCube(set.Name, random => map(source.Draw(random))));
    }

    // An affine map with its entries rounded.
    private static Func<double[], double[]> Nearest(AffineTransformation map)
    {
        double[][] rows = [.. map.Rows.Select(r => r.Select(Binary64.Nearest).ToArray())];
        double[] shift = [.. map.Translation.Select(Binary64.Nearest)];
        return x =>
        {
            double[] image = [.. shift];
            for (int i = 0; i < image.Length; i++)
            {
                for (int j = 0; j < x.Length; j++)
                {
                    image[i] += rows[i][j] * x[j];
                }
            }

            return image;
        };
    }

    private static Func<SplitMix64, double[]> Image(ParametrizedSet set)
    {
        string[] names = set.Parameters == 1 ? ["u"] : [.. Enumerable.Range(1, set.Parameters).Select(i => $"u{i}")];
        var evaluate = CompiledFormula.Compile(set.Coordinates, names);
        return InCube(set.Name, random => evaluate([.. names.Select(_ => random.NextUnit())]));
    }

    // The set is the part of the image in the cube: other points are drawn anew.
    private static Func<SplitMix64, double[]> InCube(string name, Func<SplitMix64, double[]> draw) => random =>
    {
        for (int attempt = 0; attempt < MostRejections; attempt++)
        {
            double[] x = draw(random);
            if (x.All(v => v is >= 0 and <= 1))
            {
                return x;
            }
        }

        throw new ArgumentException($"{name}: of {MostRejections} random points none lies in the unit cube.");
    };
}

// Formulas as functions of binary64 numbers: midpoints of narrow enclosures.
internal static class CompiledFormula
{
    public static Func<double[], double[]> Compile(IReadOnlyList<Expr> formulas, IReadOnlyList<string> names)
    {
        ExprTape[] tapes = [.. formulas.Select(f => ExprTape.Compile([f], names))];
        return point =>
        {
            Interval[] box = [.. point.Select(Interval.Point)];
            double[] values = new double[tapes.Length];
            for (int i = 0; i < values.Length; i++)
            {
                var value = tapes[i].Evaluate(box);
                values[i] = value.IsBounded && !value.IsEmpty ? value.Midpoint : double.NaN;
            }

            return values;
        };
    }
}
