using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>One case of a property: inputs in a box under constraints, with outputs under others.</summary>
public sealed record PropertyCase(
    ImmutableArray<BigRational> Lower,
    ImmutableArray<BigRational> Upper,
    ImmutableArray<RowConstraint> Inputs,
    ImmutableArray<RowConstraint> Outputs)
{
    /// <summary>Whether no point is in the box: a side ends before it begins.</summary>
    public bool IsEmpty => Lower.Zip(Upper).Any(side => side.First > side.Second);
}

/// <summary>
/// A unit of a hidden layer, both from 0, and whether its value before ρ is assumed to be at least 0, or at most 0.
/// </summary>
public readonly record struct UnitSign(int Layer, int Unit, bool IsOn);

/// <summary>A network and a property: does an input belong, with its output, to one of the cases?</summary>
public sealed record NetworkProperty(ExactNetwork Network, ImmutableArray<PropertyCase> Cases)
{
    /// <summary>The number of inputs.</summary>
    public int InputCount => Network.InputCount;

    /// <summary>The number of outputs.</summary>
    public int OutputCount => Network.OutputCount;

    /// <summary>Whether the point belongs to a case, with the outputs of the network there.</summary>
    public bool Holds(IReadOnlyList<BigRational> point) => Holds(point, Network.Evaluate(point));

    /// <summary>Whether the point belongs to a case where the network has these outputs.</summary>
    internal bool Holds(IReadOnlyList<BigRational> point, IReadOnlyList<BigRational> outputs)
    {
        return Cases.Any(c => Enumerable.Range(0, InputCount).All(j => c.Lower[j] <= point[j] && point[j] <= c.Upper[j])
            && c.Inputs.All(k => k.Holds(point))
            && c.Outputs.All(k => k.Holds(outputs)));
    }
}
