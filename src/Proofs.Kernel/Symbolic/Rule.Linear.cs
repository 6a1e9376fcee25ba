using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>A summand of <see cref="Rule.Linear"/>: a factor times a product of facts.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="Facts">The numbers of the facts.</param>
public sealed record Multiple(Term Factor, ImmutableArray<int> Facts);

/// <summary>
/// A side of the box of <see cref="Rule.Linear"/>: a variable between two numbers, which takes Bernstein form.
/// </summary>
/// <param name="Variable">The variable.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public sealed record BernsteinSide(string Variable, BigRational Low, BigRational High);

public abstract partial record Rule
{
    /// <summary>
    /// right − left = sum of m · f · g … + rest, with multipliers m ≥ 0, products of facts f, g ≥ 0 (any m where one of
    /// them is an equation; only those for an equation as goal), and every term of the rest ≥ 0 once it is multiplied
    /// by a positive common denominator and x of each side is written as low v + high u with u, v ≥ 0, u + v = 1. A
    /// strict goal needs one positive summand.
    /// </summary>
    /// <param name="Multiples">The summands m · f · g ….</param>
    /// <param name="Sides">The variables that take Bernstein form.</param>
    public sealed record Linear(ImmutableArray<Multiple> Multiples, ImmutableArray<BernsteinSide> Sides) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "linear";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments =>
        [
            .. Sides.Select(b => $"box {b.Variable} : {b.Low} {b.High}"),
            .. Multiples.Select(m => m.Facts.IsEmpty ? $"{m.Factor}" : $"{m.Factor} : {string.Join(' ', m.Facts)}"),
        ];

        private protected override ImmutableArray<Sequent> Leave(Sequent s)
        {
            var context = s.Context;
            var rest = context.Difference(s.Goal);
            bool isStrict = false;
            foreach (var multiple in Multiples)
            {
                var (product, isPositive) = Product(s, multiple);
                isStrict |= isPositive;
                rest = rest.Minus(product, s.Work);
            }

            rest = context.Clear(rest);
            foreach (var side in Sides)
            {
                rest = BernsteinForm.Of(rest, Atom(s, side), side.Low, side.High, s.Work);
            }

            if (s.Goal.Comparison == Comparison.Equal)
            {
                return rest.IsZero ? [] : throw new Rejection($"{s.Goal} leaves a rest");
            }

            foreach (var (m, c) in rest.Terms)
            {
                // The weights u, v are ≥ 0: the other factors decide the sign.
                bool isWeighted = m.Factors.Any(f => BernsteinForm.IsWeight(f.Atom));
                var bare = isWeighted ? new Monomial([.. m.Factors.Where(f => !BernsteinForm.IsWeight(f.Atom))]) : m;
                var range = context.RangeOf(Poly.Of(c, bare));
                if (!range.IsNonNegative)
                {
                    throw new Rejection($"the term {c}*{m.Key} of the rest may be negative");
                }

                isStrict |= !isWeighted && range.IsPositive;
            }

            return s.Goal.Comparison == Comparison.AtMost || (s.Goal.Comparison == Comparison.Less && isStrict)
                ? []
                : throw new Rejection($"{s.Goal} does not follow strictly");
        }

        // m f g …, which is ≥ 0 (0 where one of the facts is an equation), and whether it is positive.
        private static (Poly Value, bool IsPositive) Product(Sequent s, Multiple multiple)
        {
            var context = s.Context;
            var product = context.Normal(Known(s, multiple.Factor));
            bool isEquation = false, isPositive = context.RangeOf(product).IsPositive;
            foreach (int i in multiple.Facts)
            {
                if (i < 0 || i >= s.Facts.Length || s.Facts[i].Comparison == Comparison.Different)
                {
                    throw new Rejection($"there is no fact {i} to combine");
                }

                isEquation |= s.Facts[i].Comparison == Comparison.Equal;
                isPositive &= s.Facts[i].Comparison == Comparison.Less;
                product = product.Times(context.Fact(i), s.Work);
            }

            if (!isEquation && s.Goal.Comparison == Comparison.Equal)
            {
                throw new Rejection("an equation follows from equations only");
            }

            return isEquation || IsNonNegative(multiple.Factor, context)
                ? (product, isPositive)
                : throw new Rejection($"the multiplier {multiple.Factor} may be negative");
        }

        private static Atom Atom(Sequent s, BernsteinSide side)
        {
            var x = new Term.Variable(Declared(s, side.Variable));
            Need(s, AtMost(Term.Constant(NumberLimits.Moderate(side.Low)), x));
            Need(s, AtMost(x, Term.Constant(NumberLimits.Moderate(side.High))));
            return side.Low < side.High
                ? Proofs.Kernel.Symbolic.Atom.Variable(side.Variable, s.Integers.Contains(side.Variable))
                : throw new Rejection($"the box of {side.Variable} is empty");
        }

        private static bool IsNonNegative(Term t, Context context) => t switch
        {
            Term.Number n => n.Value.Sign >= 0,
            Term.Power { Exponent: Term.Number { Value: { IsInteger: true, Sign: > 0 } n } } when n.Numerator.IsEven =>
                true,
            Term.Product p when IsNonNegative(p.Left, context) && IsNonNegative(p.Right, context) => true,
            Term.Sum p when IsNonNegative(p.Left, context) && IsNonNegative(p.Right, context) => true,
            _ => context.RangeOf(context.Normal(t)).IsNonNegative,
        };
    }
}
