using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

/// <summary>What a step of a tape does with the values of earlier steps.</summary>
public enum StepKind
{
    /// <summary>A constant, as the tightest interval around it.</summary>
    Number,

    /// <summary>A variable.</summary>
    Input,

    /// <summary>The sum of the parts.</summary>
    Sum,

    /// <summary>The product of the parts.</summary>
    Product,

    /// <summary>A part to a rational power.</summary>
    Power,

    /// <summary>A part to the power of another.</summary>
    RealPower,

    /// <summary>A function of the parts.</summary>
    Apply,

    /// <summary>One of two parts, by a condition.</summary>
    Choose,
}

/// <summary>One node of a formula.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Parts">The numbers of the earlier steps it is done to.</param>
public sealed record TapeStep(StepKind Kind, ImmutableArray<int> Parts)
{
    /// <summary>The constant of a <see cref="StepKind.Number"/>.</summary>
    public Interval Number { get; init; }

    /// <summary>The variable of a <see cref="StepKind.Input"/>.</summary>
    public int Input { get; init; }

    /// <summary>The exponent of a <see cref="StepKind.Power"/>.</summary>
    public BigRational Exponent { get; init; }

    /// <summary>The function of a <see cref="StepKind.Apply"/>.</summary>
    public Function Function { get; init; }

    /// <summary>The condition of a <see cref="StepKind.Choose"/>, whose parts are its two branches.</summary>
    public SignTest? Test { get; init; }

    /// <summary>Whether the value depends on the sign of some atom that a box may leave open.</summary>
    public bool Depends { get; init; }
}
