namespace Proofs.Checks.Dimension;

/// <summary>An estimate of intrinsic dimension with its interval; a measurement, and no bound.</summary>
/// <param name="Method">How it was made.</param>
/// <param name="Value">The estimate; NaN where the data do not allow one.</param>
/// <param name="Lower">The lower end of the 95 % interval.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Note">How the interval was made, or why there is no estimate.</param>
public sealed record DimensionEstimate(string Method, double Value, double Lower, double Upper, string Note)
{
    /// <summary>Whether there is an estimate.</summary>
    public bool Exists => double.IsFinite(Value);

    internal static DimensionEstimate None(string method, string why) => new(method, double.NaN, double.NaN, double.NaN, why);
}
