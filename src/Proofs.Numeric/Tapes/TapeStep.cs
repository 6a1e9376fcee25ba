using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

internal enum StepKind
{
    Number,
    Input,
    Sum,
    Product,
    Power,
    RealPower,
    Apply,
    Choose,
}

// One node of a formula; its parts are earlier steps.
internal sealed record TapeStep(StepKind Kind, int[] Parts)
{
    public Interval Number { get; init; }

    public int Input { get; init; }

    public BigRational Exponent { get; init; }

    public Function Function { get; init; }

    // The condition of a Choose, whose parts are its two branches.
    public SignTest? Test { get; init; }

    // Whether the value depends on the sign of some atom that a box may leave open.
    public bool Depends { get; init; }
}
