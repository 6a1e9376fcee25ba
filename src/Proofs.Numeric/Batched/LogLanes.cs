using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Batched;

// Logarithms in eight lanes: the method of FastLog with 32 cells, which fit registers, and one more term of the series;
// docs/elementary-functions.md, section 6.
internal static class LogLanes
{
    public const double AbsoluteClaim = 3.3881317890172014e-21; // 2^-68
    public const double RelativeClaim = 1.0842021724855044e-19; // 2^-63, in the cell of 1

    // Mantissas run from 89/128 to 89/64: their bits less those of 89/128 hold the exponent above the index of a cell.
    // Cells are
    // 1/64 wide below 1, 1/32 above, and cell 19 lies around 1.
    private const long First = 0x3FE6_4000_0000_0000;
    private const int CellOf1 = 19;
    private static readonly (double C, double High, double Low)[] Cells = [.. Enumerable.Range(0, 32).Select(Cell)];
    private static readonly double[] Inverses = [.. Cells.Select(c => c.C)];
    private static readonly double[] LogsHigh = [.. Cells.Select(c => c.High)];
    private static readonly double[] LogsLow = [.. Cells.Select(c => c.Low)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Approximation8 Log(Vector512<double> x)
    {
        var isOne = Vector512.Equals(x, Vector512<double>.One);
        var inRange = Vector512.GreaterThanOrEqual(x, Vector512.Create(2.2250738585072014e-308))
            & Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity));
        var bits = Vector512.ConditionalSelect(inRange, x, Vector512.Create(3.0)).AsInt64();
        var offset = bits - Vector512.Create(First);
        var index = offset >> 47;
        var upper = Table8.Upper(index);
        Vector512<double> c = Table8.Of32(Inverses, index, upper);
        Vector512<double> tableHigh = Table8.Of32(LogsHigh, index, upper),
            tableLow = Table8.Of32(LogsLow, index, upper);
        var e = Avx512DQ.ConvertToVector512Double(offset >> 52);
        var m = (bits - (offset & Vector512.Create(-1L << 52))).AsDouble();
        var p = Pair8.Product(m, c);
        Vector512<double> z = p.High - Vector512<double>.One, zLow = p.Low;
        var a = Avx512F.FusedMultiplyAdd(e, Vector512.Create(FastLog.Ln2High), tableHigh);
        var aLow = Avx512F.FusedMultiplyAdd(e, Vector512.Create(FastLog.Ln2Low), tableLow);

        var s = Pair8.Product(z, z);
        var q = Avx512F.FusedMultiplyAdd(z, Vector512.Create(1.0 / 11), Vector512.Create(-1.0 / 10));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(1.0 / 9));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(-1.0 / 8));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(1.0 / 7));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(-1.0 / 6));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(1.0 / 5));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(-1.0 / 4));
        q = Avx512F.FusedMultiplyAdd(z, q, Vector512.Create(1.0 / 3));
        var half = Vector512.Create(0.5);
        var small = Avx512F.FusedMultiplyAddNegated(half, s.Low, zLow * (Vector512<double>.One - z + s.High));
        var tail = Avx512F.FusedMultiplyAdd(z * s.High, q, small) + aLow;
        Pair8 first = Pair8.Sum(a, z), second = Pair8.Sum(first.High, -(half * s.High));
        var value = Pair8.FastSum(second.High, second.Low + (first.Low + tail));
        var error = Vector512.ConditionalSelect(
            Vector512.Equals(a, Vector512<double>.Zero),
            Vector512.Abs(value.High) * Vector512.Create(RelativeClaim),
            Vector512.Create(AbsoluteClaim));
        return Approximation8.Of(value, error).Only(inRange).Exact(isOne, Vector512<double>.Zero);
    }

    // c next to the inverse of the middle of the cell, and ln(1/c).
    private static (double C, double High, double Low) Cell(int i)
    {
        if (i == CellOf1)
        {
            return (1, 0, 0);
        }

        var middle = i < CellOf1 ? new BigRational(45 + i, 64) : new BigRational(i + 13, 32);
        double c = Binary64.Nearest(middle.Reciprocal());
        var (high, low) = FastLog.Inverse(BigRational.Exact(c));
        return (c, high, low);
    }
}
