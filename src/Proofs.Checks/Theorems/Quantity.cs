using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Theorems;

/// <summary>What an error claim measures of e = Φ − f over a region.</summary>
public abstract record Quantity
{
    private protected Quantity()
    {
    }

    /// <summary>sup |e|.</summary>
    public sealed record Supremum : Quantity
    {
        /// <inheritdoc/>
        public override string ToString() => "sup";
    }

    /// <summary>max e, signed.</summary>
    public sealed record Maximum : Quantity
    {
        /// <inheritdoc/>
        public override string ToString() => "max";
    }

    /// <summary>min e, signed.</summary>
    public sealed record Minimum : Quantity
    {
        /// <inheritdoc/>
        public override string ToString() => "min";
    }

    /// <summary>(∫ |e|^p)^(1/p).</summary>
    public sealed record LebesgueNorm(BigRational P) : Quantity
    {
        /// <inheritdoc/>
        public override string ToString() => $"L{P}";
    }
}
