using System.Collections.Immutable;

namespace Proofs.Kernel.Checking;

internal static partial class Rules
{
    /// <summary>
    /// An instance of a known inequality as a new fact. The premises must hold by signs and ranges; a premise that needs a
    /// proof is cut in before.
    /// </summary>
    /// <remarks>
    /// <code>
    /// exp-tangent u          1 + u ≤ exp(u)
    /// log-tangent u          u > 0: log(u) ≤ u - 1
    /// exp-monotone a b       a ≤ b: exp(a) ≤ exp(b)              exp-reflects a b   exp(a) ≤ exp(b): a ≤ b
    /// log-monotone a b       0 &lt; a ≤ b: log(a) ≤ log(b)          log-reflects a b   0 &lt; a, b, log(a) ≤ log(b): a ≤ b
    /// power-monotone a b p   0 ≤ a ≤ b, p > 0: a^p ≤ b^p
    /// power-antitone a b p   0 &lt; a ≤ b, p ≤ 0: b^p ≤ a^p
    /// power-reflects a b p   0 ≤ a, 0 ≤ b, p > 0, a^p ≤ b^p: a ≤ b
    /// square-reflects a b    0 ≤ b, a^2 ≤ b^2: a ≤ b
    /// exponent-grows b x y   1 ≤ b, x ≤ y: b^x ≤ b^y
    /// exponent-falls b x y   0 &lt; b ≤ 1, x ≤ y: b^y ≤ b^x
    /// bernoulli x p          -1 ≤ x, 1 ≤ p: 1 + p x ≤ (1+x)^p
    /// bernoulli-root x p     -1 ≤ x, 0 ≤ p ≤ 1: (1+x)^p ≤ 1 + p x
    /// amgm x u y v …         0 ≤ x, y, …, numbers u, v, … > 0 with sum 1: x^u y^v … ≤ u x + v y + …
    /// young x y t            0 &lt; x, y, 0 ≤ t ≤ 1: x^t y^(1-t) ≤ t x + (1-t) y
    /// floor x, floor-above x, ceil x, ceil-below x      floor(x) ≤ x &lt; floor(x) + 1, ceil(x) - 1 &lt; x ≤ ceil(x)
    /// pow2floor x, pow2floor-above x, pow2ceil x, pow2ceil-below x     x > 0: p ≤ x &lt; 2p, p/2 &lt; x ≤ p
    /// abs x, abs-minus x     x ≤ |x|, -x ≤ |x|
    /// min-left a b, min-right a b, max-left a b, max-right a b     min ≤ a, min ≤ b, a ≤ max, b ≤ max
    /// integer-gap a b        integers a &lt; b: a + 1 ≤ b
    /// </code>
    /// Where a premise a ≤ b holds strictly, the monotone ones conclude strictly.
    /// </remarks>
    private static ImmutableArray<Sequent> Axiom(Sequent s, string name, ImmutableArray<string> arguments)
    {
        var t = arguments.Select(a => Reader.Term(a, s.Variables)).ToArray();
        if (name == "amgm")
        {
            return [s.With(Means(s, t))];
        }

        return [s.With((name, t.Length) switch
        {
            (_, 1) => OfOne(s, name, t[0]),
            (_, 2) => OfTwo(s, name, t[0], t[1]),
            (_, 3) => OfThree(s, name, t[0], t[1], t[2]),
            _ => throw Unknown(name),
        })];
    }

    private static readonly Term Zero = Term.Constant(0);
    private static readonly Term One = Term.Constant(1);
    private static readonly Term Two = Term.Constant(2);

    private static Rejection Unknown(string name) => new($"there is no axiom {name} with these arguments");

    private static Term.Call Of(string function, params ImmutableArray<Term> arguments) => new Term.Call(function, arguments);

    private static Relation AtMost(Term a, Term b) => new(a, Comparison.AtMost, b);

    private static Relation Less(Term a, Term b) => new(a, Comparison.Less, b);

    private static Relation OfOne(Sequent s, string name, Term x)
    {
        if (name is "log-tangent" || name.StartsWith("pow2", StringComparison.Ordinal))
        {
            Need(s, Less(Zero, x));
        }

        return name switch
        {
            "exp-tangent" => AtMost(One + x, Of("exp", x)),
            "log-tangent" => AtMost(Of("log", x), x - One),
            "floor" => AtMost(Of("floor", x), x),
            "floor-above" => Less(x, Of("floor", x) + One),
            "ceil" => AtMost(x, Of("ceil", x)),
            "ceil-below" => Less(Of("ceil", x) - One, x),
            "pow2floor" => AtMost(Of("pow2floor", x), x),
            "pow2floor-above" => Less(x, Two * Of("pow2floor", x)),
            "pow2ceil" => AtMost(x, Of("pow2ceil", x)),
            "pow2ceil-below" => Less(Of("pow2ceil", x) / Two, x),
            "abs" => AtMost(x, Of("abs", x)),
            "abs-minus" => AtMost(-x, Of("abs", x)),
            _ => throw Unknown(name),
        };
    }

    private static Relation OfTwo(Sequent s, string name, Term a, Term b)
    {
        switch (name)
        {
            case "exp-monotone":
                return Ordered(s, a, b, Of("exp", a), Of("exp", b));
            case "exp-reflects":
                return Ordered(s, Of("exp", a), Of("exp", b), a, b);
            case "log-monotone":
                Need(s, Less(Zero, a));
                return Ordered(s, a, b, Of("log", a), Of("log", b));
            case "log-reflects":
                Need(s, Less(Zero, a));
                Need(s, Less(Zero, b));
                return Ordered(s, Of("log", a), Of("log", b), a, b);
            case "square-reflects":
                Need(s, AtMost(Zero, b));
                return Ordered(s, new Term.Power(a, Two), new Term.Power(b, Two), a, b);
            case "bernoulli":
                Need(s, AtMost(Term.Constant(-1), a));
                Need(s, AtMost(One, b));
                return AtMost(One + (b * a), new Term.Power(One + a, b));
            case "bernoulli-root":
                Need(s, AtMost(Term.Constant(-1), a));
                Need(s, AtMost(Zero, b));
                Need(s, AtMost(b, One));
                return AtMost(new Term.Power(One + a, b), One + (b * a));
            case "min-left":
                return AtMost(Of("min", a, b), a);
            case "min-right":
                return AtMost(Of("min", a, b), b);
            case "max-left":
                return AtMost(a, Of("max", a, b));
            case "max-right":
                return AtMost(b, Of("max", a, b));
            case "integer-gap":
                Need(s, Less(a, b));
                return s.Context.Normal(a).IsInteger && s.Context.Normal(b).IsInteger
                    ? AtMost(a + One, b)
                    : throw new Rejection($"{a} and {b} are not integers for certain");
            default:
                throw Unknown(name);
        }
    }

    private static Relation OfThree(Sequent s, string name, Term a, Term b, Term c)
    {
        var (ac, bc) = (new Term.Power(a, c), new Term.Power(b, c));
        switch (name)
        {
            case "power-monotone":
                Need(s, AtMost(Zero, a));
                Need(s, Less(Zero, c));
                return Ordered(s, a, b, ac, bc);
            case "power-antitone":
                Need(s, Less(Zero, a));
                Need(s, AtMost(a, b));
                Need(s, AtMost(c, Zero));
                return AtMost(bc, ac);
            case "power-reflects":
                Need(s, AtMost(Zero, a));
                Need(s, AtMost(Zero, b));
                Need(s, Less(Zero, c));
                return Ordered(s, ac, bc, a, b);
            case "exponent-grows":
                Need(s, AtMost(One, a));
                Need(s, AtMost(b, c));
                return AtMost(new Term.Power(a, b), new Term.Power(a, c));
            case "exponent-falls":
                Need(s, Less(Zero, a));
                Need(s, AtMost(a, One));
                Need(s, AtMost(b, c));
                return AtMost(new Term.Power(a, c), new Term.Power(a, b));
            case "young":
                Need(s, Less(Zero, a));
                Need(s, Less(Zero, b));
                Need(s, AtMost(Zero, c));
                Need(s, AtMost(c, One));
                return AtMost(new Term.Power(a, c) * new Term.Power(b, One - c), (c * a) + ((One - c) * b));
            default:
                throw Unknown(name);
        }
    }

    private static Relation Means(Sequent s, Term[] t)
    {
        Term? product = null, sum = null;
        var total = BigRational.Zero;
        for (int i = 0; i + 1 < t.Length; i += 2)
        {
            Need(s, AtMost(Zero, t[i]));
            if (s.Context.Normal(t[i + 1]).Number is not { Sign: > 0 } weight)
            {
                throw new Rejection($"{t[i + 1]} is no positive number");
            }

            total += weight;
            product = product is null ? new Term.Power(t[i], t[i + 1]) : product * new Term.Power(t[i], t[i + 1]);
            sum = sum is null ? t[i + 1] * t[i] : sum + (t[i + 1] * t[i]);
        }

        return product is not null && sum is not null && t.Length % 2 == 0 && total == BigRational.One
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
