using System.Collections.Immutable;

namespace Proofs.Checks.Dimension;

/// <summary>An estimate of intrinsic dimension with its interval; a measurement, and no bound.</summary>
/// <param name="Method">How it was made.</param>
/// <param name="Value">The estimate; NaN where the data do not allow one.</param>
/// <param name="Lower">The lower end of the 95 % interval.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Note">How the interval was made, or why there is no estimate.</param>
public sealed record DimensionEstimate(string Method, double Value, double Lower, double Upper, string Note)
{
    /// <summary>What the method finds at single scales: X is the scale, a distance or the side of a box, Y the dimension there.</summary>
    public ImmutableArray<FigurePoint> Curve { get; init; } = [];

    /// <summary>Whether there is an estimate.</summary>
    public bool Exists => double.IsFinite(Value);

    /// <summary>Whether both are the same estimate.</summary>
    public bool Equals(DimensionEstimate? other) => other is not null
        && (Method, Value, Lower, Upper, Note) == (other.Method, other.Value, other.Lower, other.Upper, other.Note)
        && Curve.SequenceEqual(other.Curve);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Method, Value, Lower, Upper, Note);

    internal static DimensionEstimate None(string method, string why) => new(method, double.NaN, double.NaN, double.NaN, why);
}
