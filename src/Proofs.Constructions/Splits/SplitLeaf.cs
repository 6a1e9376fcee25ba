using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Splits;

/// <summary>A part of an error budget: what its error e weighs in the sum, and what a small e costs.</summary>
/// <remarks>
/// The constraint of a split is Σ c_i e_i ≤ eps. With a multiplier μ &gt; 0, the cost plus μ c e is least at
/// <see cref="ShareAt"/>. Source: math/07, A7.
/// </remarks>
public abstract record SplitLeaf
{
    private protected static readonly Expr Multiplier = Expr.Variable("mu");

    private protected SplitLeaf(BigRational cost, BigRational weight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost.Sign, 1, nameof(cost));
        ArgumentOutOfRangeException.ThrowIfLessThan(weight.Sign, 1, nameof(weight));
        (Cost, Weight) = (cost, weight);
    }

    /// <summary>A &gt; 0, the factor of the cost.</summary>
    public BigRational Cost { get; }

    /// <summary>c &gt; 0, the factor of the error in the constraint.</summary>
    public BigRational Weight { get; }

    /// <summary>The cost of the error <paramref name="e"/>, a formula.</summary>
    public abstract Expr At(Expr e);

    // The e at which cost + mu c e is least, in mu; and that least value.
    private protected abstract Expr Share { get; }

    private protected abstract Expr Least { get; }

    internal Interval ShareAt(BigRational multiplier) => Enclose(Share, multiplier);

    internal Interval LeastAt(BigRational multiplier) => Enclose(Least, multiplier);

    private static Interval Enclose(Expr formula, BigRational multiplier) =>
        formula.Evaluate(new Dictionary<string, Interval> { ["mu"] = Interval.Enclose(multiplier) });

    /// <summary>A leaf whose cost is a power, A e^(−p).</summary>
    public sealed record Power : SplitLeaf
    {
        /// <summary>The leaf A e^(−p) with the weight c.</summary>
        /// <exception cref="ArgumentOutOfRangeException">A, p or c is not positive.</exception>
        public Power(BigRational cost, BigRational exponent, BigRational weight)
            : base(cost, weight)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(exponent.Sign, 1, nameof(exponent));
            Exponent = exponent;
        }

        /// <summary>p &gt; 0.</summary>
        public BigRational Exponent { get; }

        /// <inheritdoc/>
        public override Expr At(Expr e) => Cost * Expr.Power(e, -Exponent);

        private protected override Expr Share =>
            Expr.Power(Cost * Exponent / Weight / Multiplier, 1 / (Exponent + 1));

        private protected override Expr Least => (1 + Exponent) * Cost * Expr.Power(Share, -Exponent);
    }

    /// <summary>A leaf whose cost is a logarithm, A log2(1/e).</summary>
    public sealed record Logarithm : SplitLeaf
    {
        /// <summary>The leaf A log2(1/e) with the weight c.</summary>
        /// <exception cref="ArgumentOutOfRangeException">A or c is not positive.</exception>
        public Logarithm(BigRational cost, BigRational weight)
            : base(cost, weight)
        {
        }

        /// <inheritdoc/>
        public override Expr At(Expr e) => -Cost * Expr.Apply(Function.Log, e) / Log2;

        private protected override Expr Share => Cost / Weight / Multiplier / Log2;

        private protected override Expr Least => At(Share) + (Cost / Log2);

        private static Expr Log2 => Expr.Apply(Function.Log, (Expr)2);
    }
}
