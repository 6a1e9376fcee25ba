using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Rounding;

/// <summary>Exact binary64 data as rationals: <c>BigRational.Exact(0.5)</c>.</summary>
public static class Binary64Extensions
{
    extension(BigRational)
    {
        /// <summary>The rational number that <paramref name="value"/> is.</summary>
        /// <remarks>Guarantee: exact.</remarks>
        /// <exception cref="ArgumentException"><paramref name="value"/> is NaN or infinite.</exception>
        public static BigRational Exact(double value) => Binary64.Exact(value);
    }
}
