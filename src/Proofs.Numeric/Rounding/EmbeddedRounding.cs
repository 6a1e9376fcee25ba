using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Proofs.Numeric.Rounding;

// Directed rounding by the rounding mode in the instruction (AVX-512). Callers test Avx512F.IsSupported.
//
// The just-in-time compiler of .NET 10 folds the negation of a directed product or quotient of vectors by a constant
// into the constant and keeps the mode, which rounds the wrong way (dotnet/runtime#133519). So neither direction is
// ever made from the other: no result of Multiply or Divide is negated here or in the kernels, and constants are loaded
// from memory. The scalar forms below are not folded today; RoundingCanaryTests watches both.
internal static class EmbeddedRounding
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddDown(double a, double b) =>
        Avx512F.AddScalar(Of(a), Of(b), FloatRoundingMode.ToNegativeInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddUp(double a, double b) =>
        Avx512F.AddScalar(Of(a), Of(b), FloatRoundingMode.ToPositiveInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SubtractDown(double a, double b) =>
        Avx512F.SubtractScalar(Of(a), Of(b), FloatRoundingMode.ToNegativeInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SubtractUp(double a, double b) =>
        Avx512F.SubtractScalar(Of(a), Of(b), FloatRoundingMode.ToPositiveInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyDown(double a, double b) =>
        Avx512F.MultiplyScalar(Of(a), Of(b), FloatRoundingMode.ToNegativeInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyUp(double a, double b) =>
        Avx512F.MultiplyScalar(Of(a), Of(b), FloatRoundingMode.ToPositiveInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double DivideDown(double a, double b) =>
        Avx512F.DivideScalar(Of(a), Of(b), FloatRoundingMode.ToNegativeInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double DivideUp(double a, double b) =>
        Avx512F.DivideScalar(Of(a), Of(b), FloatRoundingMode.ToPositiveInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SqrtDown(double a) =>
        Avx512F.SqrtScalar(Of(a), Of(a), FloatRoundingMode.ToNegativeInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FusedMultiplyAddDown(double a, double b, double c) =>
        Avx512F.FusedMultiplyAddScalar(Of(a), Of(b), Of(c), FloatRoundingMode.ToNegativeInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SqrtUp(double a) =>
        Avx512F.SqrtScalar(Of(a), Of(a), FloatRoundingMode.ToPositiveInfinity).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FusedMultiplyAddUp(double a, double b, double c) =>
        Avx512F.FusedMultiplyAddScalar(Of(a), Of(b), Of(c), FloatRoundingMode.ToPositiveInfinity).ToScalar();

    private static Vector128<double> Of(double x) => Vector128.CreateScalarUnsafe(x);
}
