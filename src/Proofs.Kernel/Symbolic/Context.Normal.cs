using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

public sealed partial class Context
{
    private const int LargestExpandedPower = 40;

    /// <summary>The normal form of a formula: equal values wherever the facts hold.</summary>
    public Poly Normal(Term term)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (term)
        {
            case Term.Number n:
                return Poly.Constant(n.Value);
            case Term.Variable v:
                return Poly.Of(Atom.Variable(v.Name, _sequent.Integers.Contains(v.Name)));
        }

        string key = term.ToString();
        if (!_normal.TryGetValue(key, out var normal))
        {
            normal = term switch
            {
                Term.Sum s => Normal(s.Left).Plus(Normal(s.Right), _work),
                Term.Product p => Normal(p.Left).Times(Normal(p.Right), _work),
                Term.Quotient q => Normal(q.Left).Times(Power(Normal(q.Right), Poly.Constant(-1)), _work),
                Term.Power p => Power(Normal(p.Base), Normal(p.Exponent)),
                Term.Call c => Function(c.Function, [.. c.Arguments.Select(Normal)]),
                Term.Choice c => Choose(c),
                Term.Series s => Series(s),
                _ => throw new Rejection($"no normal form of {term}"),
            };
            _normal[key] = normal;
        }

        return normal;
    }

    /// <summary>b^x, split into powers of atoms as far as the signs permit.</summary>
    private Poly Power(Poly b, Poly x)
    {
        if (x.Number is { IsInteger: true } n)
        {
            if (n.Sign >= 0 && (b.Terms.Count <= 1 || n <= LargestExpandedPower))
            {
                return b.Power(Poly.Small(n.Numerator), _work);
            }

            if ((n.Sign < 0 && !IsNonZero(b)) || (b.Terms.Count > 1 && BigRational.Abs(n) > LargestExpandedPower))
            {
                return Poly.Of(Atom.Function("power", [b, x], false));
            }
        }
        else if (b.IsZero && RangeOf(x).IsPositive)
        {
            return Poly.Zero;
        }

        // (c u v)^x = c^x u^x v^x for positive numbers; for u, v ≥ 0 where x > 0; for any signs where x is an integer.
        bool integer = x.Number is { IsInteger: true };
        bool positive = RangeOf(x).IsPositive;
        if (!integer && !(RangeOf(b).IsPositive || (positive && RangeOf(b).IsNonNegative)))
        {
            return Poly.Of(Atom.Function("power", [b, x], false));
        }

        var (content, primitive) = Split(b, integer, positive);
        var power = Scalar(primitive.Scale, x, integer);
        foreach (var f in content.Factors)
        {
            power = power.Times(Raise(f, x, integer), _work);
        }

        if (!primitive.Part.Equals(Poly.One))
        {
            var atom = Atom.Compound(primitive.Part, RangeOf(primitive.Part).IsPositive);
            power = power.Times(Raise(new(atom, BigRational.One, null), x, integer), _work);
        }

        return power;
    }

    // b = scale · content · part with scale a number, positive unless the exponent is an integer.
    private (Monomial Content, (BigRational Scale, Poly Part) Primitive) Split(Poly b, bool integer, bool positive)
    {
        var content = CommonContent(b, integer, positive);
        var inverse = Invert(content);
        var rest = content.Factors.IsEmpty ? b : b.Times(Poly.Of(inverse), _work);
        if (rest.Number is { } c)
        {
            return integer || c.Sign > 0 ? (content, (c, Poly.One)) : (Monomial.One, Whole(b));
        }

        bool negative = integer && RangeOf(rest).IsNegative;
        if (!integer && !(RangeOf(rest).IsPositive || (positive && RangeOf(rest).IsNonNegative)))
        {
            return (Monomial.One, Whole(b));
        }

        var part = Primitive(rest, out var scale, true);
        return (content, negative ? (-scale, part.Scale(-1)) : (scale, part));

        static (BigRational, Poly) Whole(Poly p)
        {
            var part = Primitive(p, out var scale, true);
            return (scale, part);
        }
    }

    // The powers of atoms that every term has: all of a single term; of several terms those of atoms known to be
    // positive.
    private Monomial CommonContent(Poly b, bool integer, bool positive)
    {
        bool single = b.Terms.Count == 1;
        var factors = new List<Factor>();
        foreach (var f in b.Terms.SelectMany(t => t.Key.Factors).DistinctBy(f => f.Atom))
        {
            var range = f.Atom.Kind == AtomKind.Euler ? Range.Positive : RangeOf(f.Atom);
            bool allowed = single
                ? integer || range.IsPositive || (positive && range.IsNonNegative)
                : range.IsPositive;
            if (!allowed)
            {
                if (single)
                {
                    return Monomial.One;
                }

                continue;
            }

            if (single)
            {
                factors.Add(f);
                continue;
            }

            var others = b.Terms.Select(t => t.Key.Factors.FirstOrDefault(g => g.Atom.Equals(f.Atom))).ToList();
            if (f.Symbolic is not null && others.All(g => g.Atom is not null && f.Symbolic.Equals(g.Symbolic)))
            {
                factors.Add(f with { Number = others.Min(g => g.Number) });
            }
            else if (others.All(g => g.Symbolic is null))
            {
                var least = others.Min(g => g.Number); // a term without the atom has exponent 0
                if (!least.IsZero)
                {
                    factors.Add(new(f.Atom, least, null));
                }
            }
        }

        return new([.. factors.OrderBy(f => f.Atom.Key, StringComparer.Ordinal)]);
    }

    private static Monomial Invert(Monomial m) =>
        new([.. m.Factors.Select(f => new Factor(f.Atom, -f.Number, f.Symbolic?.Scale(-1)))]);

    // c^x for a rational c, over the primes of c: 2^x, 3^x …
    private Poly Scalar(BigRational c, Poly x, bool integer)
    {
        if (c == BigRational.One)
        {
            return Poly.One;
        }

        if (integer)
        {
            return Poly.Constant(NumberLimits.Power(c, Poly.Small(x.Number!.Value.Numerator)));
        }

        var power = Poly.One;
        foreach (var (prime, count) in Primes(c))
        {
            power = power.Times(Raise(new(Atom.Number(prime), count, null), x, false), _work);
        }

        return power;
    }

    private static IEnumerable<(BigInteger Prime, int Count)> Primes(BigRational c)
    {
        foreach (var (number, sign) in new[] { (c.Numerator, 1), (c.Denominator, -1) })
        {
            var rest = number;
            for (int p = 2; p < 1000 && rest > 1; p++)
            {
                int count = 0;
                while ((rest % p).IsZero)
                {
                    rest /= p;
                    count++;
                }

                if (count > 0)
                {
                    yield return (p, sign * count);
                }
            }

            if (rest > 1)
            {
                yield return (rest, sign);
            }
        }
    }

    // (a^(n + s))^x = a^((n + s) x); and a^(u log(v) / log(a)) = v^u for a, v > 0.
    private Poly Raise(Factor f, Poly x, bool integer)
    {
        var exponent = f.Exponent.Times(x, _work);
        var rest = exponent;
        var product = Poly.One;
        if (!integer || f.Symbolic is not null)
        {
            var logarithm = f.Atom.Kind == AtomKind.Euler ? Poly.One : Log(Poly.Of(f.Atom));
            foreach (var (m, c) in exponent.Terms)
            {
                if (LogPart(Poly.Of(c, m).Times(logarithm, _work), m, f.Atom) is { } value)
                {
                    product = product.Times(value, _work);
                    rest = rest.Minus(Poly.Of(c, m), _work);
                }
            }
        }

        var number = rest.ConstantTerm;
        var symbolic = rest.WithoutConstant();
        if (f.Atom.Kind == AtomKind.Euler && !rest.IsZero)
        {
            return product.Times(Poly.Of(Monomial.Of(new(f.Atom, number, symbolic.IsZero ? null : symbolic))), _work);
        }

        return product.Times(
            Poly.Reduce(Monomial.Of(new(f.Atom, number, symbolic.IsZero ? null : symbolic)), _work), _work);
    }

    // exp(c · r · log(v)) as v^(c r), where the exponent is one term with log(v) to the first power.
    private Poly? LogPart(Poly scaled, Monomial original, Atom a)
    {
        bool hasLog =
            original.Factors.Any(g => IsLog(g.Atom) && g is { Symbolic: null } && g.Number == BigRational.One);
        if (!hasLog || scaled.Terms.Count != 1 || (a.Kind != AtomKind.Euler && !RangeOf(a).IsPositive))
        {
            return null;
        }

        var (m, c) = scaled.Terms.First();
        var logs = m.Factors.Where(g => IsLog(g.Atom)).ToList();
        if (logs.Count != 1 || logs[0] is not { Symbolic: null } || logs[0].Number != BigRational.One)
        {
            return null;
        }

        var argument = logs[0].Atom.Parts[0];
        return RangeOf(argument).IsPositive ? Power(argument, Poly.Of(c, m.Without(logs[0].Atom))) : null;
    }

    private static bool IsLog(Atom a) =>
        a.Kind == AtomKind.Function && a.Key.StartsWith("log(", StringComparison.Ordinal);

    /// <summary>log p = log of the number + sum of exponents times logs of atoms, for p > 0.</summary>
    private Poly Log(Poly p)
    {
        if (!RangeOf(p).IsPositive)
        {
            return Poly.Of(Atom.Function("log", [p], false));
        }

        var (content, (scale, part)) = Split(p, false, false);
        var sum = Poly.Zero;
        foreach (var (prime, count) in Primes(scale))
        {
            sum = sum.Plus(Poly.Of(Atom.Function("log", [Poly.Constant(prime)], false)).Scale(count), _work);
        }

        foreach (var f in content.Factors)
        {
            var log = f.Atom.Kind switch
            {
                AtomKind.Euler => Poly.One,
                AtomKind.Compound => Poly.Of(Atom.Function("log", [f.Atom.Parts[0]], false)),
                AtomKind.Number => Poly.Of(Atom.Function("log", [Poly.Constant(f.Atom.Value)], false)),
                _ => Poly.Of(Atom.Function("log", [Poly.Of(f.Atom)], false)),
            };
            sum = sum.Plus(f.Exponent.Times(log, _work), _work);
        }

        return part.Equals(Poly.One) ? sum : sum.Plus(Poly.Of(Atom.Function("log", [part], false)), _work);
    }

    /// <summary>
    /// p times a positive product of powers of atoms, so chosen that no exponent is negative and sums cancel.
    /// </summary>
    public Poly Clear(Poly p)
    {
        for (int round = 0; round < 20; round++)
        {
            var factors = new List<Factor>();
            foreach (var atom in p.Terms.SelectMany(t => t.Key.Factors).Select(f => f.Atom).Distinct())
            {
                // b^s with s ≤ 0 and b > 0: multiply by b^-s.
                var falling = p.Terms.SelectMany(t => t.Key.Factors)
                    .FirstOrDefault(f => f.Atom.Equals(atom) && f.Symbolic is not null
                    && (atom.Kind is AtomKind.Euler or AtomKind.Number or AtomKind.Variable)
                    && RangeOf(f.Symbolic!) is { IsNonPositive: true, IsNonNegative: false });
                if (falling.Symbolic is not null && RangeOf(atom).IsPositive)
                {
                    factors.Add(new(atom, BigRational.Zero, falling.Symbolic.Scale(-1)));
                    continue;
                }

                if (atom.Kind is AtomKind.Euler or AtomKind.Number)
                {
                    continue;
                }

                var least = p.Terms.Min(t => t.Key.Factors.FirstOrDefault(f => f.Atom.Equals(atom)).Number);
                if (least.Sign < 0)
                {
                    // A negative number alone in the exponent says that the atom is not 0: its square is positive.
                    var times = new BigRational(-least.Floor());
                    bool nonZero = p.Terms.Any(
                        t => t.Key.Factors.Any(f => f.Atom.Equals(atom) && f.Number.Sign < 0 && f.Symbolic is null));
                    if (RangeOf(atom).IsPositive)
                    {
                        factors.Add(new(atom, times, null));
                    }
                    else if (nonZero)
                    {
                        factors.Add(new(atom, times + (times.Numerator.IsEven ? 0 : 1), null));
                    }
                }
            }

            if (factors.Count == 0)
            {
                return p;
            }

            p = p.Times(Poly.Of(new Monomial([.. factors.OrderBy(f => f.Atom.Key, StringComparer.Ordinal)])), _work);
        }

        return p;
    }
}
