namespace Proofs.Kernel.Certificates;

/// <summary>One pass over a certificate of some kind.</summary>
internal abstract class CertificateReplay
{
    /// <summary>What the certificate says, put in words from what was parsed; empty until that is known.</summary>
    public string Statement { get; protected set; } = "";

    /// <summary>Reads the lines after the first one up to the end, and checks what they say.</summary>
    /// <exception cref="Rejection">They do not show it.</exception>
    /// <exception cref="FormatException">A text in them is not what it should be.</exception>
    /// <exception cref="WorkExhaustedException">It takes more work than is granted.</exception>
    public abstract void Run(CertificateLines lines, WorkBudget work);
}

/// <summary>What a certificate of a kind has to be about.</summary>
public abstract record CertificateExpectation
{
    private protected CertificateExpectation()
    {
    }
}
