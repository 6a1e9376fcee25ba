using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

public abstract partial record Rule
{
    /// <summary>
    /// An instance of a known inequality as a new fact, whose premises hold; a premise that needs a proof is cut in
    /// before.
    /// </summary>
    /// <param name="Kind">The inequality.</param>
    /// <param name="Terms">Its arguments.</param>
    public sealed record Axiom(AxiomKind Kind, ImmutableArray<Term> Terms) : Rule
    {
        /// <inheritdoc/>
        public override string Name => "axiom";

        /// <inheritdoc/>
        public override ImmutableArray<string> Arguments =>
            [AxiomTable.NameOf(Kind), .. Terms.Select(t => t.ToString())];

        private protected override ImmutableArray<Sequent> Leave(Sequent s)
        {
            foreach (var term in Terms)
            {
                _ = Known(s, term);
            }

            return AxiomTable.Find(AxiomTable.NameOf(Kind), Terms.Length) == AxiomKind.Amgm
                ? [s.With(Means(s))]
                : [s.With(Terms.Length switch { 1 => OfOne(s), 2 => OfTwo(s), _ => OfThree(s) })];
        }

        private static Term.Call Of(string function, params ImmutableArray<Term> arguments) => new(function, arguments);

        private static Term.Power Raised(Term a, Term b) => new(a, b);

        private Relation OfOne(Sequent s)
        {
            var x = Terms[0];
            if (Kind is AxiomKind.LogTangent or AxiomKind.Pow2floor or AxiomKind.Pow2floorAbove or AxiomKind.Pow2ceil
                or AxiomKind.Pow2ceilBelow)
            {
                Need(s, Less(Zero, x));
            }

            return Kind switch
            {
                AxiomKind.ExpTangent => AtMost(One + x, Of("exp", x)),
                AxiomKind.LogTangent => AtMost(Of("log", x), x - One),
                AxiomKind.Floor => AtMost(Of("floor", x), x),
                AxiomKind.FloorAbove => Less(x, Of("floor", x) + One),
                AxiomKind.Ceil => AtMost(x, Of("ceil", x)),
                AxiomKind.CeilBelow => Less(Of("ceil", x) - One, x),
                AxiomKind.Pow2floor => AtMost(Of("pow2floor", x), x),
                AxiomKind.Pow2floorAbove => Less(x, Two * Of("pow2floor", x)),
                AxiomKind.Pow2ceil => AtMost(x, Of("pow2ceil", x)),
                AxiomKind.Pow2ceilBelow => Less(Of("pow2ceil", x) / Two, x),
                AxiomKind.Abs => AtMost(x, Of("abs", x)),
                AxiomKind.AbsMinus => AtMost(-x, Of("abs", x)),
                _ => throw new Rejection($"there is no axiom {Kind} of one formula"),
            };
        }

        private Relation OfTwo(Sequent s)
        {
            var (a, b) = (Terms[0], Terms[1]);
            switch (Kind)
            {
                case AxiomKind.ExpMonotone:
                    return Ordered(s, a, b, Of("exp", a), Of("exp", b));
                case AxiomKind.ExpReflects:
                    return Ordered(s, Of("exp", a), Of("exp", b), a, b);
                case AxiomKind.LogMonotone:
                    Need(s, Less(Zero, a));
                    return Ordered(s, a, b, Of("log", a), Of("log", b));
                case AxiomKind.LogReflects:
                    Need(s, Less(Zero, a));
                    Need(s, Less(Zero, b));
                    return Ordered(s, Of("log", a), Of("log", b), a, b);
                case AxiomKind.SquareReflects:
                    Need(s, AtMost(Zero, b));
                    return Ordered(s, Raised(a, Two), Raised(b, Two), a, b);
                case AxiomKind.Bernoulli:
                    Need(s, AtMost(Term.Constant(-1), a));
                    Need(s, AtMost(One, b));
                    return AtMost(One + (b * a), Raised(One + a, b));
                case AxiomKind.BernoulliRoot:
                    Need(s, AtMost(Term.Constant(-1), a));
                    Need(s, AtMost(Zero, b));
                    Need(s, AtMost(b, One));
                    return AtMost(Raised(One + a, b), One + (b * a));
                case AxiomKind.MinLeft:
                    return AtMost(Of("min", a, b), a);
                case AxiomKind.MinRight:
                    return AtMost(Of("min", a, b), b);
                case AxiomKind.MaxLeft:
                    return AtMost(a, Of("max", a, b));
                case AxiomKind.MaxRight:
                    return AtMost(b, Of("max", a, b));
                case AxiomKind.IntegerGap:
                    Need(s, Less(a, b));
                    return s.Context.Normal(a).IsInteger && s.Context.Normal(b).IsInteger
                        ? AtMost(a + One, b)
                        : throw new Rejection($"{a} and {b} are not integers for certain");
                default:
                    throw new Rejection($"there is no axiom {Kind} of two formulas");
            }
        }

        private Relation OfThree(Sequent s)
        {
            var (a, b, c) = (Terms[0], Terms[1], Terms[2]);
            switch (Kind)
            {
                case AxiomKind.PowerMonotone:
                    Need(s, AtMost(Zero, a));
                    Need(s, Less(Zero, c));
                    return Ordered(s, a, b, Raised(a, c), Raised(b, c));
                case AxiomKind.PowerAntitone:
                    Need(s, Less(Zero, a));
                    Need(s, AtMost(a, b));
                    Need(s, AtMost(c, Zero));
                    return AtMost(Raised(b, c), Raised(a, c));
                case AxiomKind.PowerReflects:
                    Need(s, AtMost(Zero, a));
                    Need(s, AtMost(Zero, b));
                    Need(s, Less(Zero, c));
                    return Ordered(s, Raised(a, c), Raised(b, c), a, b);
                case AxiomKind.ExponentGrows:
                    Need(s, AtMost(One, a));
                    Need(s, AtMost(b, c));
                    return AtMost(Raised(a, b), Raised(a, c));
                case AxiomKind.ExponentFalls:
                    Need(s, Less(Zero, a));
                    Need(s, AtMost(a, One));
                    Need(s, AtMost(b, c));
                    return AtMost(Raised(a, c), Raised(a, b));
                case AxiomKind.Young:
                    Need(s, Less(Zero, a));
                    Need(s, Less(Zero, b));
                    Need(s, AtMost(Zero, c));
                    Need(s, AtMost(c, One));
                    return AtMost(Raised(a, c) * Raised(b, One - c), (c * a) + ((One - c) * b));
                default:
                    throw new Rejection($"there is no axiom {Kind} of three formulas");
            }
        }

        private Relation Means(Sequent s)
        {
            Term? product = null, sum = null;
            var total = BigRational.Zero;
            for (int i = 0; i < Terms.Length; i += 2)
            {
                var (x, u) = (Terms[i], Terms[i + 1]);
                Need(s, AtMost(Zero, x));
                if (s.Context.Normal(u).Number is not { Sign: > 0 } weight)
                {
                    throw new Rejection($"{u} is no positive number");
                }

                total += weight;
                product = product is null ? Raised(x, u) : product * Raised(x, u);
                sum = sum is null ? u * x : sum + (u * x);
            }

            return product is not null && sum is not null && total == BigRational.One
                ? AtMost(product, sum)
                : throw new Rejection("the weights of the means do not add up to 1");
        }

        // From a ≤ b conclude fa ≤ fb; from a < b conclude fa < fb.
        private static Relation Ordered(Sequent s, Term a, Term b, Term fa, Term fb)
        {
            if (s.Context.Holds(Less(a, b)))
            {
                return Less(fa, fb);
            }

            Need(s, AtMost(a, b));
            return AtMost(fa, fb);
        }
    }
}
