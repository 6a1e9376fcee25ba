using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Tests.Networks;

// Small random networks with rational entries, zeros among them, and rational points.
internal static class RandomNetworks
{
    public static Gen<BigRational> Rational { get; } =
        from numerator in Gen.Frequency((3, Gen.Choose(-12, 12)), (1, Gen.Constant(0)))
        from denominator in Gen.Elements(1, 2, 3, 4, 8)
        select new BigRational(numerator, denominator);

    // A rational of [0, 1], the ends included.
    public static Gen<BigRational> UnitRational { get; } =
        from denominator in Gen.Elements(1, 2, 3, 7, 16, 64, 101, 128)
        from numerator in Gen.Choose(0, denominator)
        select new BigRational(numerator, denominator);

    public static Gen<ReluNetwork> Network(int inputs, int outputs) =>
        from depth in Gen.Choose(1, 4)
        from network in Network(inputs, outputs, depth)
        select network;

    public static Gen<ReluNetwork> Network(int inputs, int outputs, int depth) =>
        from widths in Gen.ArrayOf(Gen.Choose(1, 4), depth - 1)
        let shape = (int[])[inputs, .. widths, outputs]
        from layers in Gen.CollectToArray(Enumerable.Range(0, depth), l => Layer(shape[l + 1], shape[l]))
        select new ReluNetwork([.. layers]);

    public static Gen<BigRational[]> Point(int dimension) => Gen.ArrayOf(Rational, dimension);

    public static Gen<BigRational[]> UnitPoint(int dimension) => Gen.ArrayOf(UnitRational, dimension);

    private static Gen<Affine> Layer(int rows, int columns) =>
        from entries in Gen.ArrayOf(Rational, rows * (columns + 1))
        let table = entries.Chunk(columns + 1).ToArray()
        select Affine.FromExactRows([.. table.Select(r => r[1..])], [.. table.Select(r => r[0])]);
}
