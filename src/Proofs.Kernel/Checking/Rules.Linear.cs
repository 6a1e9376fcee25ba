using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Proofs.Kernel.Checking;

internal static partial class Rules
{
    /// <summary>
    /// right − left = sum of m · f · g … + rest, with multipliers m ≥ 0, products of facts f, g ≥ 0 (any m where one of them is
    /// an equation; only those for an equation as goal), and every term of the rest ≥ 0 once it is multiplied by a positive common denominator. An argument is
    /// <c>m : i j …</c> with numbers of facts, or <c>box x : a b</c>, which writes x in [a, b] as a v + b u with u, v ≥ 0,
    /// u + v = 1 (the Bernstein form). A strict goal needs one positive summand.
    /// </summary>
    private static ImmutableArray<Sequent> Linear(Sequent s, ImmutableArray<string> arguments)
    {
        var context = s.Context;
        var rest = context.Difference(s.Goal);
        bool strict = false;
        var boxes = new List<(Atom Atom, BigRational Low, BigRational High)>();
        foreach (string argument in arguments)
        {
            int colon = argument.IndexOf(':', StringComparison.Ordinal);
            string head = colon < 0 ? argument : argument[..colon];
            string[] tail = colon < 0 ? [] : argument[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (head.StartsWith("box ", StringComparison.Ordinal) && tail.Length == 2)
            {
                boxes.Add(Box(s, head[4..].Trim(), BigRational.Parse(tail[0]), BigRational.Parse(tail[1])));
                continue;
            }

            var multiplier = Reader.Term(head, s.Variables);
            var product = context.Normal(multiplier);
            bool equation = false, allStrict = context.RangeOf(product).IsPositive;
            foreach (string number in tail)
            {
                if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int i) || i >= s.Facts.Length
                    || s.Facts[i].Comparison == Comparison.Different)
                {
                    throw new Rejection($"there is no fact {number} to combine");
                }

                equation |= s.Facts[i].Comparison == Comparison.Equal;
                allStrict &= s.Facts[i].Comparison == Comparison.Less;
                product *= context.Fact(i);
            }

            if (!equation && s.Goal.Comparison == Comparison.Equal)
            {
                throw new Rejection("an equation follows from equations only");
            }

            if (!equation && !IsNonNegative(multiplier, context))
            {
                throw new Rejection($"the multiplier {multiplier} may be negative");
            }

            strict |= allStrict;
            rest -= product;
        }

        rest = boxes.Aggregate(context.Clear(rest), ToBernstein);
        if (s.Goal.Comparison == Comparison.Equal)
        {
            return rest.IsZero ? [] : throw new Rejection($"{s.Goal} leaves a rest");
        }

        foreach (var (m, c) in rest.Terms)
        {
            // The weights u, v are ≥ 0: the other factors decide the sign.
            bool weighted = m.Factors.Any(f => IsWeight(f.Atom));
            var bare = weighted ? new Monomial([.. m.Factors.Where(f => !IsWeight(f.Atom))]) : m;
            var range = context.RangeOf(Poly.Of(c, bare));
            if (!range.IsNonNegative)
            {
                throw new Rejection($"the term {c}*{m.Key} of the rest may be negative");
            }

            strict |= !weighted && range.IsPositive;
        }

        return s.Goal.Comparison == Comparison.AtMost || (s.Goal.Comparison == Comparison.Less && strict)
            ? []
            : throw new Rejection($"{s.Goal} does not follow strictly");
    }

    private static bool IsNonNegative(Term t, Context context) => t switch
    {
        Term.Number n => n.Value.Sign >= 0,
        Term.Power { Exponent: Term.Number { Value: { IsInteger: true, Sign: > 0 } n } } when n.Numerator.IsEven => true,
        Term.Product p when IsNonNegative(p.Left, context) && IsNonNegative(p.Right, context) => true,
        Term.Sum p when IsNonNegative(p.Left, context) && IsNonNegative(p.Right, context) => true,
        _ => context.RangeOf(context.Normal(t)).IsNonNegative,
    };

    private static (Atom Atom, BigRational Low, BigRational High) Box(Sequent s, string name, BigRational low, BigRational high)
    {
        var x = new Term.Variable(s.Variables.Contains(name) ? name : throw new Rejection($"there is no variable {name}"));
        Need(s, new(Term.Constant(low), Comparison.AtMost, x));
        Need(s, new(x, Comparison.AtMost, Term.Constant(high)));
        return low < high
            ? (Atom.Variable(name, s.Integers.Contains(name)), low, high)
            : throw new Rejection($"the box of {name} is empty");
    }

    // The names start with a sign that no variable has.
    private static bool IsWeight(Atom a) => a.Key[0] == '~';

    internal static Poly ToBernstein(Poly p, (Atom Atom, BigRational Low, BigRational High) box)
    {
        var u = Poly.Of(Atom.Variable("~u" + box.Atom.Key, false));
        var v = Poly.Of(Atom.Variable("~v" + box.Atom.Key, false));
        var byDegree = new SortedDictionary<int, Poly>();
        foreach (var (m, c) in p.Terms)
        {
            var factor = m.Factors.FirstOrDefault(f => f.Atom.Equals(box.Atom));
            if (factor.Atom is not null && !factor.IsPlain)
            {
                throw new Rejection($"{factor} has no Bernstein form");
            }

            int k = factor.Atom is null ? 0 : Poly.Small(factor.Number.Numerator);
            var part = Poly.Of(c, m.Without(box.Atom));
            byDegree[k] = byDegree.TryGetValue(k, out var sum) ? sum + part : part;
        }

        // x^k = (a v + b u)^k (u + v)^(n-k)
        int n = byDegree.Count == 0 ? 0 : byDegree.Keys.Max();
        var result = Poly.Zero;
        foreach (var (k, part) in byDegree)
        {
            result += part * (v.Scale(box.Low) + u.Scale(box.High)).Power(k) * (u + v).Power(n - k);
        }

        return result;
    }
}
