namespace Proofs.Kernel.Numbers;

/// <summary>
/// Numbers as text: upper bounds rounded up, lower bounds rounded down, exact ones unchanged where short.
/// </summary>
public static class Printing
{
    /// <summary>The digits a table shows.</summary>
    public const int Digits = 4;

    /// <summary>The number rounded up to <see cref="Digits"/> digits; +∞ for null.</summary>
    public static string Up(BigRational? value) => value?.ToDecimalRoundedUp(Digits) ?? "∞";

    /// <summary>The number rounded down to <see cref="Digits"/> digits; −∞ for null.</summary>
    public static string Down(BigRational? value) => value?.ToDecimalRoundedDown(Digits) ?? "-∞";

    /// <summary>Whether the number is an integer or a fraction of few digits, so that it prints exactly.</summary>
    public static bool IsShort(BigRational value) => value.ToString().Length <= 9;

    /// <summary>The number exactly, as an integer or a fraction.</summary>
    public static string Exact(BigRational value) => value.ToString();

    /// <summary>
    /// A number of a witness: exactly, however long, and a decimal beside it, marked where it is rounded: <c>1/3 (≈
    /// 0.3333333333)</c>.
    /// </summary>
    public static string Whole(BigRational value)
    {
        string down = value.ToDecimalRoundedDown(10);
        return value.IsInteger
            ? value.ToString()
            : $"{value} ({(down == value.ToDecimalRoundedUp(10) ? down : "≈ " + down)})";
    }

    /// <summary>A fraction with its decimal beside it, as messages show numbers: <c>3/32 (0.09375)</c>.</summary>
    public static string Both(BigRational value)
    {
        string fraction = value.ToString();
        string down = value.ToDecimalRoundedDown(10);
        string approximate = down == value.ToDecimalRoundedUp(10) ? down : "≈ " + down;
        return value.IsInteger ? fraction : fraction.Length <= 40 ? $"{fraction} ({approximate})" : approximate;
    }
}
