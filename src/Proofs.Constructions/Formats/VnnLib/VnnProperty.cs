using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.VnnLib;

/// <summary>
/// One case of a property: inputs of a box that satisfy further constraints, with outputs that satisfy others.
/// </summary>
/// <remarks>A strict bound of an input narrows the closed box and stands among the input constraints as well.</remarks>
public sealed record VnnCase(
    Box Inputs, ImmutableArray<RowConstraint> InputConstraints, ImmutableArray<RowConstraint> OutputConstraints)
{
    /// <summary>Whether the inputs and outputs belong to the case.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public bool Holds(IReadOnlyList<BigRational> inputs, IReadOnlyList<BigRational> outputs) =>
        Inputs.Contains(inputs)
        && InputConstraints.All(c => c.Holds(inputs))
        && OutputConstraints.All(c => c.Holds(outputs));

    /// <summary>Whether both cases have the same box and constraints.</summary>
    public bool Equals(VnnCase? other) => other is not null
        && Inputs.Equals(other.Inputs)
        && InputConstraints.SequenceEqual(other.InputConstraints)
        && OutputConstraints.SequenceEqual(other.OutputConstraints);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs, InputConstraints.Length, OutputConstraints.Length);
}

/// <summary>A property in VNN-COMP's sense: it asks for an input with (input, output) in one of the cases.</summary>
/// <remarks>Such an input is a counterexample (sat); without a case there is none (unsat).</remarks>
public sealed record VnnProperty(int InputDimension, int OutputDimension, ImmutableArray<VnnCase> Cases)
{
    /// <summary>Whether the inputs and outputs are a counterexample.</summary>
    /// <remarks>Guarantee: exact.</remarks>
    public bool Holds(IReadOnlyList<BigRational> inputs, IReadOnlyList<BigRational> outputs) =>
        Cases.Any(c => c.Holds(inputs, outputs));

    /// <summary>Whether both properties have the same dimensions and cases.</summary>
    public bool Equals(VnnProperty? other) => other is not null
        && InputDimension == other.InputDimension && OutputDimension == other.OutputDimension
        && Cases.SequenceEqual(other.Cases);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(InputDimension, OutputDimension, Cases.Length);
}
