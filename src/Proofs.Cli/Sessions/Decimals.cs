using Proofs.Kernel.Numbers;

namespace Proofs.Cli.Sessions;

/// <summary>
/// Ends of enclosures as decimals: lower ones rounded down, upper ones up, so that what is printed encloses as well.
/// </summary>
internal static class Decimals
{
    /// <summary>The digits of a binary64 number.</summary>
    public const int Digits = 17;

    /// <summary>A lower end; null where there is none.</summary>
    public static string? Lower(BigRational? end, int digits = Digits) => end?.ToDecimalRoundedDown(digits);

    /// <summary>An upper end; null where there is none.</summary>
    public static string? Upper(BigRational? end, int digits = Digits) => end?.ToDecimalRoundedUp(digits);

    /// <summary>
    /// An interval, with −∞ or what else is the least where there is no lower end, and ∞ where there is no upper one.
    /// </summary>
    public static string Interval(BigRational? lower, BigRational? upper, int digits = Digits, string least = "-∞") =>
        $"[{Lower(lower, digits) ?? least}, {Upper(upper, digits) ?? "∞"}]";
}
