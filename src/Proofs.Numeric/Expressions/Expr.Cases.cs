using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

public abstract partial class Expr
{
    /// <summary>An exact rational constant.</summary>
    public sealed class ConstantCase : Expr
    {
        internal ConstantCase(BigRational value)
            : base(HashCode.Combine(1, value), isTotal: true) => Value = value;

        /// <summary>The constant.</summary>
        public BigRational Value { get; }

        /// <inheritdoc/>
        public override IEnumerable<Expr> Children => [];

        internal override bool SameNode(Expr other) => other is ConstantCase c && c.Value == Value;
    }

    /// <summary>The number π.</summary>
    public sealed class PiCase : Expr
    {
        internal PiCase()
            : base(2, isTotal: true)
        {
        }

        /// <inheritdoc/>
        public override IEnumerable<Expr> Children => [];

        internal override bool SameNode(Expr other) => other is PiCase;
    }

    /// <summary>A variable.</summary>
    public sealed class VariableCase : Expr
    {
        internal VariableCase(string name)
            : base(HashCode.Combine(3, name), isTotal: true) => Name = name;

        /// <summary>The variable's name.</summary>
        public string Name { get; }

        /// <inheritdoc/>
        public override IEnumerable<Expr> Children => [];

        internal override bool SameNode(Expr other) => other is VariableCase v && v.Name == Name;
    }

    /// <summary>A sum of at least two terms, none of them a sum, at most one of them constant.</summary>
    public sealed class SumCase : Expr
    {
        internal SumCase(ImmutableArray<Expr> terms)
            : base(HashOf(4, terms), terms.All(t => t.IsTotal)) => Terms = terms;

        /// <summary>The terms, in the order in which they were written.</summary>
        public ImmutableArray<Expr> Terms { get; }

        /// <inheritdoc/>
        public override IEnumerable<Expr> Children => Terms;

        internal override bool SameNode(Expr other) => other is SumCase s && s.Terms.SequenceEqual(Terms);
    }

    /// <summary>A product of at least two factors, none of them a product, only the first possibly constant.</summary>
    public sealed class ProductCase : Expr
    {
        internal ProductCase(ImmutableArray<Expr> factors)
            : base(HashOf(5, factors), factors.All(t => t.IsTotal)) => Factors = factors;

        /// <summary>The factors, a constant first, the others in the order in which they were written.</summary>
        public ImmutableArray<Expr> Factors { get; }

        /// <inheritdoc/>
        public override IEnumerable<Expr> Children => Factors;

        internal override bool SameNode(Expr other) => other is ProductCase p && p.Factors.SequenceEqual(Factors);
    }

    /// <summary>A power; a quotient a/b is the product of a and b^(−1).</summary>
    public sealed class PowerCase : Expr
    {
        internal PowerCase(Expr @base, Expr exponent)
            : base(HashCode.Combine(6, @base.StructuralHash, exponent.StructuralHash), IsTotalPower(@base, exponent)) =>
            (Base, Exponent) = (@base, exponent);

        /// <summary>The base.</summary>
        public Expr Base { get; }

        /// <summary>The exponent.</summary>
        public Expr Exponent { get; }

        /// <inheritdoc/>
        public override IEnumerable<Expr> Children => [Base, Exponent];

        internal override bool SameNode(Expr other) => other is PowerCase p && p.Base == Base && p.Exponent == Exponent;

        private static bool IsTotalPower(Expr @base, Expr exponent) =>
            @base.IsTotal && exponent is ConstantCase { Value: { IsInteger: true, Sign: >= 0 } };
    }

    /// <summary>A function applied to arguments.</summary>
    public sealed class ApplyCase : Expr
    {
        internal ApplyCase(Function function, ImmutableArray<Expr> arguments)
            : base(HashOf(64 + (int)function, arguments), function.IsTotal() && arguments.All(a => a.IsTotal)) =>
            (Function, Arguments) = (function, arguments);

        /// <summary>The function.</summary>
        public Function Function { get; }

        /// <summary>The arguments.</summary>
        public ImmutableArray<Expr> Arguments { get; }

        /// <inheritdoc/>
        public override IEnumerable<Expr> Children => Arguments;

        internal override bool SameNode(Expr other) =>
            other is ApplyCase a && a.Function == Function && a.Arguments.SequenceEqual(Arguments);
    }

    /// <summary>A piecewise expression with two branches.</summary>
    public sealed class ConditionalCase : Expr
    {
        internal ConditionalCase(Condition condition, Expr then, Expr otherwise)
            : base(
                HashCode.Combine(7, condition, then.StructuralHash, otherwise.StructuralHash),
                then.IsTotal && otherwise.IsTotal && condition.Expressions().All(e => e.IsTotal)) =>
            (Condition, Then, Otherwise) = (condition, then, otherwise);

        /// <summary>The condition.</summary>
        public Condition Condition { get; }

        /// <summary>The value where the condition holds.</summary>
        public Expr Then { get; }

        /// <summary>The value elsewhere.</summary>
        public Expr Otherwise { get; }

        /// <inheritdoc/>
        public override IEnumerable<Expr> Children => Condition.Expressions().Append(Then).Append(Otherwise);

        internal override bool SameNode(Expr other) =>
            other is ConditionalCase c && c.Then == Then && c.Otherwise == Otherwise && c.Condition == Condition;
    }

    private static int HashOf(int kind, ImmutableArray<Expr> parts)
    {
        var hash = new HashCode();
        hash.Add(kind);
        foreach (var part in parts)
        {
            hash.Add(part.StructuralHash);
        }

        return hash.ToHashCode();
    }
}
