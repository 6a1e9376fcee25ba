namespace Proofs.Kernel.Certificates;

/// <summary>What the text of a certificate may hold, so that what is printed of it reads as what was checked.</summary>
/// <remarks>
/// Printable ASCII, line feeds, and ≤, ≥, ≠. No other character: a carriage return, an escape or a mark of direction
/// would show a sentence in a terminal that is none of the certificate's.
/// </remarks>
public static class CertificateText
{
    /// <summary>Whether a character may stand within a line.</summary>
    public static bool IsShown(char c) => c is (>= ' ' and <= '~') or '≤' or '≥' or '≠';
}
