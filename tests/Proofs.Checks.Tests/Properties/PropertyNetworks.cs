using System.Collections.Immutable;
using Proofs.Constructions;
using Proofs.Constructions.Formats;
using Proofs.Kernel;

namespace Proofs.Checks.Tests.Properties;

/// <summary>Random dense networks and properties, the same for the same seed.</summary>
internal static class PropertyNetworks
{
    public static ReluNetwork Random(Random random, params int[] widths) => new([
        .. widths.Zip(widths.Skip(1), (columns, rows) => Affine.FromRows(
            [.. Enumerable.Range(0, rows).Select(_ => (IReadOnlyList<double>)
                [.. Enumerable.Range(0, columns).Select(_ => Weight(random, columns))])],
            [.. Enumerable.Range(0, rows).Select(_ => Weight(random, 1))])),
    ]);

    /// <summary>The property Σ a_i y_i ≤ c for the outputs y on [−1, 1]^inputs.</summary>
    public static VnnProperty AtMost(int inputs, int outputs, BigRational bound, bool strict, params BigRational[] coefficients) => new(
        inputs,
        outputs,
        [new VnnCase(Box.Cube(inputs, -1, 1), [], [Row(bound, strict, coefficients)])]);

    public static LinearConstraint Row(BigRational bound, bool strict, params BigRational[] coefficients) => new(
        [.. coefficients.Select((a, i) => new LinearTerm(i, a)).Where(t => !t.Coefficient.IsZero)], bound, strict);

    private static double Weight(Random random, int columns) =>
        (float)((random.NextDouble() - random.NextDouble()) * 2 / Math.Sqrt(columns));
}
