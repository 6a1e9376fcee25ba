namespace Proofs.Constructions.Budgets;

/// <summary>A side condition of a lemma that is false, with what shows it: nothing is built on it.</summary>
public sealed class FalsePremiseException : ArgumentException
{
    /// <summary>A false condition.</summary>
    /// <param name="statement">The condition, in words and symbols.</param>
    /// <param name="witness">What refutes it: exact points and values.</param>
    public FalsePremiseException(string statement, string witness)
        : base($"{statement} is false: {witness}") => (Statement, Witness) = (statement, witness);

    /// <summary>The condition.</summary>
    public string Statement { get; }

    /// <summary>What refutes it.</summary>
    public string Witness { get; }
}
