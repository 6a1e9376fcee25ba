using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Search.Tests.Properties;

/// <summary>Random dense networks and properties, the same for the same seed.</summary>
internal static class PropertyNetworks
{
    public static ReluNetwork Random(Random random, params int[] widths) => new([
        .. widths.Zip(widths.Skip(1), (columns, rows) => Affine.FromRows(
            [.. Enumerable.Range(0, rows).Select(_ => (IReadOnlyList<double>)
                [.. Enumerable.Range(0, columns).Select(_ => Weight(random, columns))])],
            [.. Enumerable.Range(0, rows).Select(_ => Weight(random, 1))])),
    ]);

    /// <summary>A random classifier, and whether a point near a random one is classified otherwise.</summary>
    public static (ReluNetwork Network, VnnProperty Property) Robustness(int seed, double radius, params int[] widths)
    {
        var random = new Random(seed);
        double Normal() =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        IReadOnlyList<double> Weights(int columns) =>
            [.. Enumerable.Range(0, columns).Select(_ => (double)(float)(Normal() * Math.Sqrt(2.0 / columns)))];
        var network = new ReluNetwork([.. widths.Zip(widths.Skip(1), (columns, rows) => Affine.FromRows(
            [.. Enumerable.Range(0, rows).Select(_ => Weights(columns))],
            [.. Enumerable.Range(0, rows).Select(_ => (double)(float)(0.1 * Normal()))]))]);
        BigRational[] centre = [.. Enumerable.Range(0, widths[0]).Select(_ => new BigRational(random.Next(257), 256))];
        var outputs = network.Evaluate(centre);
        int best = Enumerable.Range(0, outputs.Length).MaxBy(i => outputs[i]);
        var reach = Proofs.Numeric.Rounding.Binary64.Exact(radius);
        var box = new Box([.. centre.Select(x => x - reach)], [.. centre.Select(x => x + reach)]);
        return (network, new VnnProperty(widths[0], outputs.Length,
        [
            .. Enumerable.Range(0, outputs.Length).Where(i => i != best).Select(i => new VnnCase(
                box, [], [
                    Row(0, false, [.. outputs.Select((_, k) => (BigRational)(k == best ? 1 : k == i ? -1 : 0))])])),
        ]));
    }

    /// <summary>The property Σ a_i y_i ≤ c for the outputs y on [−1, 1]^inputs.</summary>
    public static VnnProperty AtMost(
        int inputs, int outputs, BigRational bound, bool strict, params BigRational[] coefficients) => new(
        inputs,
        outputs,
        [new VnnCase(Box.Cube(inputs, -1, 1), [], [Row(bound, strict, coefficients)])]);

    public static RowConstraint Row(BigRational bound, bool strict, params BigRational[] coefficients) => new(
        [.. coefficients.Select((a, i) => new Entry(i, a)).Where(t => !t.Value.IsZero)], bound, strict);

    private static double Weight(Random random, int columns) =>
        (float)((random.NextDouble() - random.NextDouble()) * 2 / Math.Sqrt(columns));
}
