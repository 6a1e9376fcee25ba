using System.Runtime.CompilerServices;

namespace Proofs.Numeric;

/// <summary>Binary64 operations rounded towards −∞ and towards +∞.</summary>
/// <remarks>
/// Guarantee: correctly rounded in the stated direction for every operand, subnormals and overflow included. An exact zero may
/// carry either sign. Invalid operations return NaN.
/// The two directions are separate operations on purpose: never derive one by negating the other's result.
/// </remarks>
public static class Rounding
{
    /// <summary>a + b rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddDown(double a, double b) => SoftwareRounding.AddDown(a, b);

    /// <summary>a + b rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddUp(double a, double b) => SoftwareRounding.AddUp(a, b);

    /// <summary>a − b rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SubtractDown(double a, double b) => SoftwareRounding.AddDown(a, -b);

    /// <summary>a − b rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SubtractUp(double a, double b) => SoftwareRounding.AddUp(a, -b);

    /// <summary>a · b rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyDown(double a, double b) => SoftwareRounding.MultiplyDown(a, b);

    /// <summary>a · b rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyUp(double a, double b) => SoftwareRounding.MultiplyUp(a, b);

    /// <summary>a / b rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double DivideDown(double a, double b) => SoftwareRounding.DivideDown(a, b);

    /// <summary>a / b rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double DivideUp(double a, double b) => SoftwareRounding.DivideUp(a, b);

    /// <summary>The square root of a, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SqrtDown(double a) => SoftwareRounding.SqrtDown(a);

    /// <summary>The square root of a, rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SqrtUp(double a) => SoftwareRounding.SqrtUp(a);

    /// <summary>a · b + c rounded down once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FusedMultiplyAddDown(double a, double b, double c) =>
        SoftwareRounding.FusedMultiplyAddDown(a, b, c);

    /// <summary>a · b + c rounded up once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FusedMultiplyAddUp(double a, double b, double c) =>
        SoftwareRounding.FusedMultiplyAddUp(a, b, c);
}
