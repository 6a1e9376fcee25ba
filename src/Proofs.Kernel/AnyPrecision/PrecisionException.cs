namespace Proofs.Kernel;

// A ball is too wide for the next step; the same computation with more bits will pass.
internal sealed class PrecisionException : ArithmeticException
{
    public PrecisionException()
        : base("A ball is too wide at this precision; more bits are needed.")
    {
    }

    public PrecisionException(string message)
        : base(message)
    {
    }

    public PrecisionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
