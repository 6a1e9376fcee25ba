using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Proofs.Numeric.Rounding;

/// <summary>Binary64 operations rounded towards −∞ and towards +∞.</summary>
/// <remarks>
/// Guarantee: correctly rounded in the stated direction for every operand, subnormals and overflow included. An exact
/// zero may carry either sign. Invalid operations return NaN.
/// The two directions are separate operations on purpose: never derive one by negating the other's result.
/// </remarks>
public static class DirectedRounding
{
    /// <summary>a + b rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddDown(double a, double b) =>
        Avx512F.IsSupported ? EmbeddedRounding.AddDown(a, b) : SoftwareRounding.AddDown(a, b);

    /// <summary>a + b rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddUp(double a, double b) =>
        Avx512F.IsSupported ? EmbeddedRounding.AddUp(a, b) : SoftwareRounding.AddUp(a, b);

    /// <summary>a − b rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SubtractDown(double a, double b) =>
        Avx512F.IsSupported ? EmbeddedRounding.SubtractDown(a, b) : SoftwareRounding.SubtractDown(a, b);

    /// <summary>a − b rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SubtractUp(double a, double b) =>
        Avx512F.IsSupported ? EmbeddedRounding.SubtractUp(a, b) : SoftwareRounding.SubtractUp(a, b);

    /// <summary>a · b rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyDown(double a, double b) =>
        Avx512F.IsSupported ? EmbeddedRounding.MultiplyDown(a, b) : SoftwareRounding.MultiplyDown(a, b);

    /// <summary>a · b rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyUp(double a, double b) =>
        Avx512F.IsSupported ? EmbeddedRounding.MultiplyUp(a, b) : SoftwareRounding.MultiplyUp(a, b);

    /// <summary>a / b rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double DivideDown(double a, double b) =>
        Avx512F.IsSupported ? EmbeddedRounding.DivideDown(a, b) : SoftwareRounding.DivideDown(a, b);

    /// <summary>a / b rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double DivideUp(double a, double b) =>
        Avx512F.IsSupported ? EmbeddedRounding.DivideUp(a, b) : SoftwareRounding.DivideUp(a, b);

    /// <summary>The square root of a, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SqrtDown(double a) =>
        Avx512F.IsSupported ? EmbeddedRounding.SqrtDown(a) : SoftwareRounding.SqrtDown(a);

    /// <summary>The square root of a, rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SqrtUp(double a) =>
        Avx512F.IsSupported ? EmbeddedRounding.SqrtUp(a) : SoftwareRounding.SqrtUp(a);

    /// <summary>a · b + c rounded down once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FusedMultiplyAddDown(double a, double b, double c) =>
        Avx512F.IsSupported
            ? EmbeddedRounding.FusedMultiplyAddDown(a, b, c)
            : SoftwareRounding.FusedMultiplyAddDown(a, b, c);

    /// <summary>a · b + c rounded up once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FusedMultiplyAddUp(double a, double b, double c) =>
        Avx512F.IsSupported
            ? EmbeddedRounding.FusedMultiplyAddUp(a, b, c)
            : SoftwareRounding.FusedMultiplyAddUp(a, b, c);
}
