namespace Proofs.Kernel.Formulas;

/// <summary>Where a function is defined.</summary>
public enum FunctionDomain
{
    /// <summary>At all numbers.</summary>
    All,

    /// <summary>At numbers above 0.</summary>
    Positive,

    /// <summary>At numbers from 0 on.</summary>
    NonNegative,

    /// <summary>At natural numbers, 0 among them.</summary>
    Naturals,

    /// <summary>Where the cosine is not 0.</summary>
    CosineNotZero,
}
