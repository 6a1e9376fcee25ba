using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;

namespace Proofs.Kernel.Symbolic;

public abstract partial record Rule
{
    /// <summary>
    /// Mean value theorem. f = right − left, e a formula without x, e ≤ x or x ≤ e. For f(x) ≥ 0 show f(e) ≥ 0, and
    /// f'(t) ≥ 0 (f'(t) ≤ 0) for every t strictly between e and x; for f(x) &gt; 0 show f(e) &gt; 0 and the same.
    /// f must be differentiable on the closed interval between e and x. If x ≠ e for certain, f(e) ≥ 0 and f' &gt; 0
    /// also do.
    /// </summary>
    /// <param name="Variable">x.</param>
    /// <param name="At">e.</param>
    /// <param name="Fresh">t, a new name.</param>
    public sealed record Derive(string Variable, Term At, string Fresh) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "derive";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [Variable, At.ToString(), Fresh];

        private protected override ImmutableArray<Sequent> Leave(Sequent s)
        {
            if (s.Goal.Comparison > Comparison.Less)
            {
                throw new Rejection("the mean value theorem does not apply");
            }

            var (x, e) = (new Term.Variable(Declared(s, Variable)), Known(s, At, except: Variable));
            bool isRight = s.Context.Holds(AtMost(e, x));
            var (low, high) = isRight ? (e, (Term)x) : (x, e);
            Need(s, AtMost(low, high));
            bool isStrict = s.Goal.Comparison == Comparison.Less && s.Context.Holds(Less(low, high));

            var between = s.WithVariable(Fresh, false);
            var t = new Term.Variable(Fresh);
            var closed = between.With(AtMost(low, t)).With(AtMost(t, high));
            var open = between.With(Less(low, t)).With(Less(t, high));
            var slope = Derivative.Of(s.Goal.Right.Substitute(Variable, t), Fresh, closed.Context)
                - Derivative.Of(s.Goal.Left.Substitute(Variable, t), Fresh, closed.Context);
            var comparison = isStrict ? Comparison.Less : Comparison.AtMost;
            var start = s.Goal.Substitute(Variable, e);
            return
            [
                s.WithGoal(isStrict ? start with { Comparison = Comparison.AtMost } : start),
                open.WithGoal(isRight ? new(Zero, comparison, slope) : new(slope, comparison, Zero)),
            ];
        }
    }

    /// <summary>
    /// A convex function on [a, b] is largest at an end: for left ≤ right (or &lt;) with left − right convex in x, show
    /// the goal for x = a and for x = b. Convexity is read off the normal form, with a ≤ x ≤ b as the only facts on x.
    /// </summary>
    /// <param name="Variable">x.</param>
    /// <param name="From">a, without x.</param>
    /// <param name="To">b, without x.</param>
    public sealed record Convex(string Variable, Term From, Term To) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "convex";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments => [Variable, From.ToString(), To.ToString()];

        private protected override ImmutableArray<Sequent> Leave(Sequent s)
        {
            if (s.Goal.Comparison > Comparison.Less)
            {
                throw new Rejection("there is no convexity to use");
            }

            var x = new Term.Variable(Declared(s, Variable));
            var (a, b) = (Known(s, From, except: Variable), Known(s, To, except: Variable));
            var (above, below) = (AtMost(a, x), AtMost(x, b));
            Need(s, above);
            Need(s, below);

            // Between the ends x is any real number, also where the sequent speaks of integers only.
            var context = s.WithoutFactsOn(Variable).Real(Variable).With(above).With(below).Context;
            bool isConvex = Curvature.Of(s.Goal.Left, Variable, context) >= 0
                && Curvature.Of(s.Goal.Right, Variable, context) <= 0;
            if (!isConvex && !(Curvature.Of(context.Difference(s.Goal), Variable, context) <= 0))
            {
                throw new Rejection($"{s.Goal} is not convex in {Variable} for certain");
            }

            return [s.WithGoal(s.Goal.Substitute(Variable, a)), s.WithGoal(s.Goal.Substitute(Variable, b))];
        }
    }
}
