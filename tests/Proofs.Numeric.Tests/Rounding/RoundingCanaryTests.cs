using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Batched;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tests.Rounding;

// dotnet/runtime#133519: optimised code folds -Multiply(x, C, mode) into Multiply(x, -C, mode), which rounds the wrong
// way. The first test runs that pattern through everything the library offers, compiled with optimisation; the second
// keeps an eye on whether the runtime still does it, so that the day it is repaired the rule in EmbeddedRounding can
// go.
public class RoundingCanaryTests
{
    private const double C = 3.1;
    private static readonly Interval Constant = Interval.Between(C, 3.2);

    [Fact]
    public void A_negated_directed_result_keeps_its_direction()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            double x = random.NextDouble() + 0.1;
            double down = Binary64.RoundDown(BigRational.Exact(x) * BigRational.Exact(C));
            double up = Binary64.RoundUp(BigRational.Exact(x) * BigRational.Exact(C));
            double quotientDown = Binary64.RoundDown(BigRational.Exact(x) / BigRational.Exact(C));
            double quotientUp = Binary64.RoundUp(BigRational.Exact(x) / BigRational.Exact(C));
            Assert.Equal(-down, NegatedProductDown(x));
            Assert.Equal(-up, NegatedProductUp(x));
            Assert.Equal(-quotientDown, NegatedQuotientDown(x));
            Assert.Equal(-quotientUp, NegatedQuotientUp(x));
            Assert.Equal(-down, NegatedProduct(Interval.Point(x)).Sup);
            Assert.Equal(-up, NegatedProductOfPoint(Interval.Point(x)).Inf);
            Assert.Equal(-quotientDown, NegatedQuotient(Interval.Point(x)).Sup);
            Assert.Equal(-quotientUp, NegatedQuotient(Interval.Point(x)).Inf);
            Assert.Equal((down, up), Bounds(ProductOfPoint(Interval.Point(x))));
            Assert.Equal((down, up), Bounds(ProductWithPoint(Interval.Point(x))));
            Assert.Equal((quotientDown, quotientUp), Bounds(Quotient(Interval.Point(x))));
            Assert.Equal((-quotientUp, -quotientDown), Bounds(QuotientOfNegative(Interval.Point(x))));
        }
    }

    [Avx512Fact]
    public void The_compiler_fault_is_present_or_gone_but_never_reaches_the_kernels()
    {
        double[] x = [.. Enumerable.Range(1, 64).Select(i => i / 7.0)], c = [.. Enumerable.Repeat(C, 64)];
        double[] inf = new double[64], sup = new double[64];
        IntervalKernels.Multiply(x, x, c, c, inf, sup);
        int wrong = 0;
        for (int i = 0; i < 64; i++)
        {
            double down = Binary64.RoundDown(BigRational.Exact(x[i]) * BigRational.Exact(C));
            Assert.Equal(down, inf[i]);
            wrong += RawPattern(x[i]) == -down ? 0 : 1;
        }

        Assert.InRange(wrong, 0, 64); // 64 wrong with the fault in optimised code, 0 without
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double NegatedProductDown(double x) => -DirectedRounding.MultiplyDown(x, C);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double NegatedProductUp(double x) => -DirectedRounding.MultiplyUp(x, C);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double NegatedQuotientDown(double x) => -DirectedRounding.DivideDown(x, C);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double NegatedQuotientUp(double x) => -DirectedRounding.DivideUp(x, C);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Interval NegatedProduct(Interval x) => -(x * Constant);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Interval NegatedProductOfPoint(Interval x) => -(x * Interval.Point(C));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Interval NegatedQuotient(Interval x) => -(x / Interval.Point(C));

    // The operators themselves, where the compiler sees a constant operand through them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Interval ProductOfPoint(Interval x) => x * Interval.Raw(C, C);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Interval ProductWithPoint(Interval x) => Interval.Raw(C, C) * x;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Interval Quotient(Interval x) => x / Interval.Raw(C, C);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Interval QuotientOfNegative(Interval x) => x / -Interval.Raw(C, C);

    private static (double Inf, double Sup) Bounds(Interval x) => (x.Inf, x.Sup);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double RawPattern(double x) => (-Avx512F.Multiply(
        Vector512.Create(x), Vector512.Create(C), FloatRoundingMode.ToNegativeInfinity)).ToScalar();
}
