using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;

namespace Proofs.Kernel.Symbolic;

public abstract partial record Rule
{
    private const int LargestEnumeration = 5_000;

    /// <summary>The goal follows from signs and ranges, or is an identity.</summary>
    public sealed record Trivial : Rule
    {
        /// <inheritdoc/>
        public override string Name => "trivial";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [];

        private protected override ImmutableArray<Sequent> Leave(Sequent s) =>
            s.Context.Holds(s.Goal) ? [] : throw new Rejection($"{s.Goal} is not trivial");
    }

    /// <summary>F ⊢ A and F, A ⊢ G give F ⊢ G.</summary>
    /// <param name="Fact">A.</param>
    public sealed record Cut(Relation Fact) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "cut";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [Fact.ToString()];

        private protected override ImmutableArray<Sequent> Leave(Sequent s) =>
            [s.WithGoal(Known(s, Fact)), s.With(Fact)];
    }

    /// <summary>F, A ⊢ G and F, not A ⊢ G give F ⊢ G.</summary>
    /// <param name="Question">A.</param>
    public sealed record Split(Relation Question) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "split";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [Question.ToString()];

        private protected override ImmutableArray<Sequent> Leave(Sequent s) =>
            [s.With(Known(s, Question)), s.With(Question.Negation)];
    }

    /// <summary>For an integer From ≤ x ≤ To: the sequent for each value.</summary>
    /// <param name="Variable">x.</param>
    /// <param name="From">The first value.</param>
    /// <param name="To">The last value.</param>
    public sealed record Enumerate(string Variable, BigInteger From, BigInteger To) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "enumerate";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [Variable, $"{From}", $"{To}"];

        private protected override ImmutableArray<Sequent> Leave(Sequent s)
        {
            if (!s.Integers.Contains(Variable) || From > To || To - From > LargestEnumeration)
            {
                throw new Rejection($"{Variable} cannot be enumerated from {From} to {To}");
            }

            var x = new Term.Variable(Variable);
            Need(s, AtMost(Known(From), x));
            Need(s, AtMost(x, Known(To)));
            var cases = ImmutableArray.CreateBuilder<Sequent>();
            for (var k = From; k <= To; k++)
            {
                cases.Add(s.Replace(Variable, Term.Constant(k)));
            }

            return cases.ToImmutable();
        }
    }

    /// <summary>A new name for a value: F, t = e ⊢ G gives F ⊢ G.</summary>
    /// <param name="Variable">t.</param>
    /// <param name="Value">e.</param>
    public sealed record Let(string Variable, Term Value) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "let";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [Variable, Value.ToString()];

        private protected override ImmutableArray<Sequent> Leave(Sequent s)
        {
            bool isInteger = s.Context.Normal(Known(s, Value)).IsInteger;
            return [s.WithVariable(Variable, isInteger)
                .With(new(new Term.Variable(Variable), Comparison.Equal, Value))];
        }
    }

    /// <summary>Equal things may replace each other: the variable x goes, where x = e holds.</summary>
    /// <param name="Variable">x.</param>
    /// <param name="Value">e, without x.</param>
    public sealed record Substitute(string Variable, Term Value) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "subst";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [Variable, Value.ToString()];

        private protected override ImmutableArray<Sequent> Leave(Sequent s)
        {
            _ = Known(s, Value, except: Declared(s, Variable));
            Need(s, new(new Term.Variable(Variable), Comparison.Equal, Value));
            return [s.Replace(Variable, Value)];
        }
    }

    /// <summary>F ⊢ 1 ≤ 0 gives F ⊢ G.</summary>
    public sealed record Absurd : Rule
    {
        /// <inheritdoc/>
        public override string Name => "absurd";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [];

        private protected override ImmutableArray<Sequent> Leave(Sequent s) => [s.WithGoal(AtMost(One, Zero))];
    }

    /// <summary>a ≤ b and b ≤ a give a = b.</summary>
    public sealed record Both : Rule
    {
        /// <inheritdoc/>
        public override string Name => "both";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [];

        private protected override ImmutableArray<Sequent> Leave(Sequent s) =>
            s.Goal is { Comparison: Comparison.Equal } g
            ? [s.WithGoal(AtMost(g.Left, g.Right)), s.WithGoal(AtMost(g.Right, g.Left))]
            : throw new Rejection($"{s.Goal} is no equation");
    }

    /// <summary>a &lt; b, or b &lt; a, gives a ≠ b.</summary>
    /// <param name="IsBelow">Whether a &lt; b is shown.</param>
    public sealed record Apart(bool IsBelow) : Rule
    {
        /// <inheritdoc/>
        public override string Name => IsBelow ? "below" : "above";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [];

        private protected override ImmutableArray<Sequent> Leave(Sequent s) =>
            s.Goal is { Comparison: Comparison.Different } g
            ? [s.WithGoal(IsBelow ? Less(g.Left, g.Right) : Less(g.Right, g.Left))]
            : throw new Rejection($"{s.Goal} is not of the form a != b");
    }

    /// <summary>For an integer n ≥ k: G(k), and G(n) ⊢ G(n + 1) for n ≥ k. Facts on n are dropped.</summary>
    /// <param name="Variable">n.</param>
    /// <param name="Start">k.</param>
    public sealed record Induct(string Variable, BigInteger Start) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "induct";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [Variable, $"{Start}"];

        private protected override ImmutableArray<Sequent> Leave(Sequent s)
        {
            if (!s.Integers.Contains(Variable))
            {
                throw new Rejection($"there is no induction on {Variable}");
            }

            var (k, n) = (Known(Start), new Term.Variable(Variable));
            var from = AtMost(k, n);
            Need(s, from);
            var general = s.WithoutFactsOn(Variable);
            return
            [
                general.WithGoal(s.Goal.Substitute(Variable, k)),
                general.With(from).With(s.Goal).WithGoal(s.Goal.Substitute(Variable, n + One)),
            ];
        }
    }
}
