using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Domains;

/// <summary>How an error is measured: the supremum, or an integral (∫ |e|^p)^(1/p) over the domain.</summary>
public abstract record Norm
{
    private protected Norm()
    {
    }

    /// <summary>The supremum of |e|.</summary>
    public static Norm Sup { get; } = new SupNorm();

    /// <summary>The integral of |e|.</summary>
    public static Norm L1 { get; } = new LpNorm(1);

    /// <summary>The square root of the integral of e².</summary>
    public static Norm L2 { get; } = new LpNorm(2);

    /// <summary>The L^p norm.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is below 1.</exception>
    public static Norm Lp(BigRational p) => p >= BigRational.One
        ? new LpNorm(p)
        : throw new ArgumentOutOfRangeException(nameof(p), $"The exponent of an L^p norm is {p}; expected at least 1.");

    /// <summary>The supremum norm.</summary>
    public sealed record SupNorm : Norm
    {
        internal SupNorm()
        {
        }

        /// <inheritdoc/>
        public override string ToString() => "sup";
    }

    /// <summary>The L^p norm with 1 ≤ p &lt; ∞.</summary>
    public sealed record LpNorm : Norm
    {
        internal LpNorm(BigRational p) => P = p;

        /// <summary>The exponent p.</summary>
        public BigRational P { get; }

        /// <inheritdoc/>
        public override string ToString() => $"L{P}";
    }
}
