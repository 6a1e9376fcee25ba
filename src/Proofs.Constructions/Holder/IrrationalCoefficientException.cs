namespace Proofs.Constructions.Holder;

/// <summary>A Taylor coefficient is irrational, so that only a choice with rounded coefficients can store it.</summary>
public sealed class IrrationalCoefficientException : ArgumentException
{
    internal IrrationalCoefficientException(string place)
        : base($"The {place} is irrational; expected a choice with rounded coefficients.")
    {
    }
}
