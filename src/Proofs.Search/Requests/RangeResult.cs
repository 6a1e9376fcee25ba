using Proofs.Kernel.Numbers;

namespace Proofs.Search.Requests;

/// <summary>Enclosures of the smallest and the largest value of a function.</summary>
/// <param name="Minimum">What is known of the infimum.</param>
/// <param name="Maximum">What is known of the supremum.</param>
/// <param name="EndedByTime">Whether the whole time limit was used.</param>
public sealed record RangeResult(CertifyResult Minimum, CertifyResult Maximum, bool EndedByTime)
{
    /// <summary>An enclosure of sup |e|, which is the larger of sup e and −inf e.</summary>
    public RationalInterval Norm => new(
        Larger(BigRational.Zero, Larger(Maximum.Value.Lower, -Minimum.Value.Upper)),
        Maximum.Value.Upper is { } above && Minimum.Value.Lower is { } below ? Larger(above, -below) : null);

    /// <summary>
    /// A certificate of both enclosures for the kernel's checker; null unless one was asked for and could be made.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>
    /// The bounds that the certificate proves, which may be a little wider than the enclosures; the whole line where
    /// there is none.
    /// </summary>
    public RationalInterval CertifiedBounds { get; init; }

    /// <summary>Why there is no certificate though one was asked for; else null.</summary>
    public string? WhyNoCertificate { get; init; }

    /// <summary>Whether both enclosures are as narrow as was asked for.</summary>
    public bool Complete => Minimum.Complete && Maximum.Complete;

    private static BigRational? Larger(BigRational? a, BigRational? b) => a is null || b > a ? b : a;
}
