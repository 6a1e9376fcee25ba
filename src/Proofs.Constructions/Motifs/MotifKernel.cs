using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Motifs;

/// <summary>A kernel K(x, z) on [0, 1]^D that is positive semidefinite there.</summary>
/// <remarks>Source: math/04, section 2. A kernel that is not positive semidefinite is no case of this family.</remarks>
public abstract record MotifKernel
{
    private protected MotifKernel()
    {
    }

    /// <summary>The name of the kernel in tables and messages.</summary>
    public abstract string Name { get; }

    /// <summary>An upper bound of K(x, x) on [0, 1]^D.</summary>
    public abstract BigRational DiagonalBound(int dimension);

    /// <summary>An estimate of K(x, z), in binary64 arithmetic.</summary>
    public abstract double Estimate(ReadOnlySpan<double> x, ReadOnlySpan<double> z);

    /// <summary>K(x, z) as a formula in the formulas x.</summary>
    public abstract Expr Formula(ImmutableArray<Expr> inputs, ImmutableArray<BigRational> centre);

    /// <summary>An enclosure of K(x, z).</summary>
    public abstract Interval Value(IReadOnlyList<BigRational> x, IReadOnlyList<BigRational> z);

    /// <summary>exp(−γ ‖x − z‖²).</summary>
    /// <param name="Gamma">γ > 0.</param>
    public sealed record Gaussian(BigRational Gamma) : MotifKernel
    {
        /// <inheritdoc/>
        public override string Name => "gauss";

        /// <inheritdoc/>
        public override BigRational DiagonalBound(int dimension) => BigRational.One;

        /// <inheritdoc/>
        public override double Estimate(ReadOnlySpan<double> x, ReadOnlySpan<double> z)
        {
            double sum = 0;
            for (int j = 0; j < x.Length; j++)
            {
                sum += (x[j] - z[j]) * (x[j] - z[j]);
            }

            return Interval.Exp(Interval.Point(-Numeric.Rounding.Binary64.Nearest(Gamma) * sum)).Midpoint;
        }

        /// <inheritdoc/>
        public override Expr Formula(ImmutableArray<Expr> inputs, ImmutableArray<BigRational> centre) =>
            Expr.Apply(Function.Exp, -Expr.Constant(Gamma) * Sum(inputs, centre, d => d * d));

        /// <inheritdoc/>
        public override Interval Value(IReadOnlyList<BigRational> x, IReadOnlyList<BigRational> z) =>
            Interval.Exp(Interval.Enclose(-Gamma * Total(x, z, (a, b) => (a - b) * (a - b))));
    }

    /// <summary>exp(−γ ‖x − z‖₁).</summary>
    /// <param name="Gamma">γ > 0.</param>
    public sealed record Laplacian(BigRational Gamma) : MotifKernel
    {
        /// <inheritdoc/>
        public override string Name => "laplace";

        /// <inheritdoc/>
        public override BigRational DiagonalBound(int dimension) => BigRational.One;

        /// <inheritdoc/>
        public override double Estimate(ReadOnlySpan<double> x, ReadOnlySpan<double> z)
        {
            double sum = 0;
            for (int j = 0; j < x.Length; j++)
            {
                sum += Math.Abs(x[j] - z[j]);
            }

            return Interval.Exp(Interval.Point(-Numeric.Rounding.Binary64.Nearest(Gamma) * sum)).Midpoint;
        }

        /// <inheritdoc/>
        public override Expr Formula(ImmutableArray<Expr> inputs, ImmutableArray<BigRational> centre) =>
            Expr.Apply(Function.Exp, -Expr.Constant(Gamma) * Sum(inputs, centre, d => Expr.Apply(Function.Abs, d)));

        /// <inheritdoc/>
        public override Interval Value(IReadOnlyList<BigRational> x, IReadOnlyList<BigRational> z) =>
            Interval.Exp(Interval.Enclose(-Gamma * Total(x, z, (a, b) => BigRational.Abs(a - b))));
    }

    /// <summary>(x·z + c)².</summary>
    /// <param name="Shift">c ≥ 0.</param>
    public sealed record Polynomial(BigRational Shift) : MotifKernel
    {
        /// <inheritdoc/>
        public override string Name => "poly";

        /// <inheritdoc/>
        public override BigRational DiagonalBound(int dimension) => (dimension + Shift) * (dimension + Shift);

        /// <inheritdoc/>
        public override double Estimate(ReadOnlySpan<double> x, ReadOnlySpan<double> z)
        {
            double sum = Numeric.Rounding.Binary64.Nearest(Shift);
            for (int j = 0; j < x.Length; j++)
            {
                sum += x[j] * z[j];
            }

            return sum * sum;
        }

        /// <inheritdoc/>
        public override Expr Formula(ImmutableArray<Expr> inputs, ImmutableArray<BigRational> centre)
        {
            Expr sum = Expr.Constant(Shift);
            for (int j = 0; j < centre.Length; j++)
            {
                sum += Expr.Constant(centre[j]) * inputs[j];
            }

            return sum * sum;
        }

        /// <inheritdoc/>
        public override Interval Value(IReadOnlyList<BigRational> x, IReadOnlyList<BigRational> z)
        {
            var sum = Shift + Total(x, z, (a, b) => a * b);
            return Interval.Enclose(sum * sum);
        }
    }

    /// <summary>Σ_j k(x_j, z_j) with a kernel k of one variable that is piecewise linear.</summary>
    public abstract record Additive : MotifKernel
    {
        private protected Additive()
        {
        }

        /// <summary>k(x, z), exactly.</summary>
        public abstract BigRational Exact(BigRational x, BigRational z);

        /// <summary>The points of [0, 1] at which k(·, z) changes its slope, and by how much.</summary>
        public abstract IEnumerable<(BigRational At, BigRational Change)> Kinks(BigRational z);

        /// <summary>The slope of k(·, z) right of 0.</summary>
        public abstract BigRational SlopeAtZero(BigRational z);

        /// <summary>The largest k(x, x).</summary>
        public virtual BigRational Largest => BigRational.One;

        /// <inheritdoc/>
        public override BigRational DiagonalBound(int dimension) => dimension * Largest;

        /// <inheritdoc/>
        public override Interval Value(IReadOnlyList<BigRational> x, IReadOnlyList<BigRational> z) =>
            Interval.Enclose(Total(x, z, Exact));
    }

    /// <summary>Σ_j max(1 − |x_j − z_j|/h, 0).</summary>
    /// <param name="Width">h > 0.</param>
    public sealed record Hat(BigRational Width) : Additive
    {
        /// <inheritdoc/>
        public override string Name => "hat";

        /// <inheritdoc/>
        public override BigRational Exact(BigRational x, BigRational z) =>
            BigRational.Max(BigRational.One - (BigRational.Abs(x - z) / Width), BigRational.Zero);

        /// <inheritdoc/>
        public override IEnumerable<(BigRational At, BigRational Change)> Kinks(BigRational z)
        {
            var slope = Width.Reciprocal();
            return [(z - Width, slope), (z, -2 * slope), (z + Width, slope)];
        }

        /// <inheritdoc/>
        public override BigRational SlopeAtZero(BigRational z) =>
            z.IsZero ? -Width.Reciprocal() : z <= Width ? Width.Reciprocal() : BigRational.Zero;

        /// <inheritdoc/>
        public override double Estimate(ReadOnlySpan<double> x, ReadOnlySpan<double> z)
        {
            double sum = 0, h = Numeric.Rounding.Binary64.Nearest(Width);
            for (int j = 0; j < x.Length; j++)
            {
                sum += Math.Max(1 - (Math.Abs(x[j] - z[j]) / h), 0);
            }

            return sum;
        }

        /// <inheritdoc/>
        public override Expr Formula(ImmutableArray<Expr> inputs, ImmutableArray<BigRational> centre) => Sum(
            inputs, centre, d => Expr.Apply(
                Function.Max, Expr.One - (Expr.Apply(Function.Abs, d) / Expr.Constant(Width)), Expr.Zero));
    }

    /// <summary>Σ_j min(x_j, z_j), the kernel of linear splines.</summary>
    public sealed record Brownian : Additive
    {
        /// <inheritdoc/>
        public override string Name => "min";

        /// <inheritdoc/>
        public override BigRational Exact(BigRational x, BigRational z) => BigRational.Min(x, z);

        /// <inheritdoc/>
        public override IEnumerable<(BigRational At, BigRational Change)> Kinks(BigRational z) =>
            [(z, -BigRational.One)];

        /// <inheritdoc/>
        public override BigRational SlopeAtZero(BigRational z) => z.Sign > 0 ? BigRational.One : BigRational.Zero;

        /// <inheritdoc/>
        public override double Estimate(ReadOnlySpan<double> x, ReadOnlySpan<double> z)
        {
            double sum = 0;
            for (int j = 0; j < x.Length; j++)
            {
                sum += Math.Min(x[j], z[j]);
            }

            return sum;
        }

        /// <inheritdoc/>
        public override Expr Formula(ImmutableArray<Expr> inputs, ImmutableArray<BigRational> centre)
        {
            return centre.Select((z, j) => Expr.Apply(Function.Min, inputs[j], Expr.Constant(z)))
                .Aggregate(Expr.Zero, (sum, term) => sum + term);
        }
    }

    private static Expr Sum(
        ImmutableArray<Expr> inputs, ImmutableArray<BigRational> centre, Func<Expr, Expr> term)
    {
        return centre.Select((z, j) => term(inputs[j] - Expr.Constant(z)))
            .Aggregate(Expr.Zero, (sum, next) => sum + next);
    }

    private static BigRational Total(
        IReadOnlyList<BigRational> x, IReadOnlyList<BigRational> z, Func<BigRational, BigRational, BigRational> term)
    {
        var sum = BigRational.Zero;
        for (int j = 0; j < x.Count; j++)
        {
            sum += term(x[j], z[j]);
        }

        return sum;
    }
}
