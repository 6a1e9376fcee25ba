namespace Proofs.Kernel.Numbers;

/// <summary>A ball is too wide for the next step; the same computation with more bits will pass.</summary>
public sealed class PrecisionException : ArithmeticException
{
    /// <summary>The usual message.</summary>
    public PrecisionException()
        : base("A ball is too wide at this precision; more bits are needed.")
    {
    }

    /// <summary>Another message.</summary>
    public PrecisionException(string message)
        : base(message)
    {
    }

    /// <summary>Another message, because of another error.</summary>
    public PrecisionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
