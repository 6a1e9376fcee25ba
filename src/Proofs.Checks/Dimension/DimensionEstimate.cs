using System.Collections.Immutable;
using Proofs.Checks.Papers;

namespace Proofs.Checks.Dimension;

/// <summary>An estimate of intrinsic dimension; a measurement, and no bound.</summary>
/// <remarks>
/// The interval is one for what the method finds on average on samples of this law and size: it holds the noise of the
/// sample. It is none for the dimension, from which the average differs at finite scales, by more than the noise on
/// cubes of dimension 3 already.
/// </remarks>
/// <param name="Method">How it was made.</param>
/// <param name="Value">The estimate; NaN where the data do not allow one.</param>
/// <param name="Lower">The lower end of the 95 % interval for the method's average; NaN where there is none.</param>
/// <param name="Upper">The upper end, likewise.</param>
/// <param name="Note">How the interval was made, or why there is no estimate.</param>
public sealed record DimensionEstimate(string Method, double Value, double Lower, double Upper, string Note)
{
    /// <summary>
    /// What the method finds at single scales: X is the scale, a distance or the side of a box, Y the dimension there.
    /// </summary>
    public ImmutableArray<FigurePoint> Curve { get; init; } = [];

    /// <summary>Whether there is an estimate.</summary>
    public bool Exists => double.IsFinite(Value);

    /// <summary>Whether there is an interval for the method's average.</summary>
    public bool HasInterval => Lower <= Upper;

    /// <summary>Whether both are the same estimate.</summary>
    public bool Equals(DimensionEstimate? other) => other is not null
        && (Method, Note) == (other.Method, other.Note)
        && Value.Equals(other.Value) && Lower.Equals(other.Lower) && Upper.Equals(other.Upper) // NaN stands for none
        && Curve.SequenceEqual(other.Curve);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Method, Value, Lower, Upper, Note);

    internal static DimensionEstimate None(string method, string why) =>
        new(method, double.NaN, double.NaN, double.NaN, why);
}
