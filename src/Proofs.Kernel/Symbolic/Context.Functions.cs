using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

public sealed partial class Context
{
    private const int LargestUnrolling = 256;

    private Poly Function(string name, ImmutableArray<Poly> a)
    {
        switch (name)
        {
            case "pi":
                return Poly.Of(Atom.Pi);
            case "exp":
                return Raise(new(Atom.Euler, BigRational.One, null), a[0], false);
            case "log":
                return Log(a[0]);
            case "abs":
                return RangeOf(a[0]) is var r && r.IsNonNegative ? a[0]
                    : r.IsNonPositive ? a[0].Scale(-1)
                    : Poly.Of(Atom.Function(name, [a[0]], a[0].IsInteger));
            case "min" or "max":
                return Extreme(name, a[0], a[1]);
            case "floor" or "ceil":
                return Whole(name, a[0]);
            case "pow2floor" or "pow2ceil":
                return a[0].Number is { Sign: > 0 } n
                    ? Poly.Constant(PowerOfTwo(n, name == "pow2ceil"))
                    : Poly.Of(Atom.Function(name, a, false));
            case "factorial":
                return Factorial(a[0]);
            case "binomial":
                return Binomial(a[0], a[1]);
            default:
                return Poly.Of(Atom.Function(name, a, false));
        }
    }

    private Poly Extreme(string name, Poly a, Poly b)
    {
        var difference = b.Minus(a, _work);
        if (Holds(difference, Comparison.AtMost))
        {
            return name == "min" ? a : b;
        }

        if (Holds(difference.Scale(-1), Comparison.AtMost))
        {
            return name == "min" ? b : a;
        }

        return Poly.Of(
            Atom.Function(
                name, string.CompareOrdinal(a.Key, b.Key) <= 0 ? [a, b] : [b, a], a.IsInteger && b.IsInteger));
    }

    // Integer terms leave the brackets: floor(x + n) = floor(x) + n.
    private Poly Whole(string name, Poly p)
    {
        var rest = p;
        foreach (var (m, c) in p.Terms)
        {
            if (Poly.Of(c, m) is { IsInteger: true } integer)
            {
                rest = rest.Minus(integer, _work);
            }
        }

        var outside = p.Minus(rest, _work);
        var number = rest.ConstantTerm;
        if (rest.Number is not null)
        {
            return outside.PlusConstant(name == "floor" ? number.Floor() : number.Ceiling());
        }

        return outside.Plus(Poly.Of(Atom.Function(name, [rest], true)), _work);
    }

    private static BigRational PowerOfTwo(BigRational x, bool up)
    {
        int k = (int)(x.Numerator.GetBitLength() - x.Denominator.GetBitLength());
        var power = BigRational.PowerOfTwo(k);
        if (power > x)
        {
            power *= BigRational.Half; // x lies in (2^(k-1), 2^(k+1))
        }

        return up && power < x ? power * 2 : power;
    }

    // n! for a number; (p + c)! = p! (p + 1) … (p + c) for a form p ≥ 0 without constant term, and the like for c < 0.
    private Poly Factorial(Poly p)
    {
        if (p.Number is { IsInteger: true, Sign: >= 0 } n && n <= LargestUnrolling)
        {
            return Poly.Constant(Product(1, (int)n.Numerator));
        }

        var c = p.ConstantTerm;
        var rest = p.WithoutConstant();
        if (p.Number is null && p.IsInteger && BigRational.Abs(c) <= LargestUnrolling && RangeOf(p).IsNonNegative
            && RangeOf(rest).IsNonNegative)
        {
            var value = Poly.Of(Atom.Function("factorial", [rest], true));
            for (int i = 1; i <= c; i++)
            {
                value = value.Times(rest.PlusConstant(i), _work);
            }

            for (int i = 0; i > c; i--)
            {
                value = value.Times(Power(rest.PlusConstant(i), Poly.Constant(-1)), _work);
            }

            return value;
        }

        return Poly.Of(Atom.Function("factorial", [p], p.IsInteger && RangeOf(p).IsNonNegative));
    }

    private static BigRational Product(int from, int to)
    {
        var product = BigInteger.One;
        for (int i = from; i <= to; i++)
        {
            product *= i;
        }

        return product;
    }

    // n! / (k! (n-k)!) for integers 0 ≤ k ≤ n; n (n-1) … (n-k+1) / k! for a number k and an integer n ≥ 0.
    private Poly Binomial(Poly n, Poly k)
    {
        if (n.IsInteger && RangeOf(n).IsNonNegative)
        {
            if (k.Number is { IsInteger: true, Sign: >= 0 } small && small <= LargestUnrolling)
            {
                var product = Poly.Constant(Product(1, (int)small.Numerator).Reciprocal());
                for (int i = 0; i < small; i++)
                {
                    product = product.Times(n.PlusConstant(-i), _work);
                }

                return product;
            }

            if (k.IsInteger && RangeOf(k).IsNonNegative && RangeOf(n.Minus(k, _work)).IsNonNegative)
            {
                return Factorial(n).Times(Power(Factorial(k), Poly.Constant(-1)), _work)
                    .Times(Power(Factorial(n.Minus(k, _work)), Poly.Constant(-1)), _work);
            }
        }

        return Poly.Of(Atom.Function("binomial", [n, k], n.IsInteger && k.IsInteger));
    }

    private Poly Choose(Term.Choice c)
    {
        if (Holds(c.Condition))
        {
            return Normal(c.Then);
        }

        return Holds(c.Condition.Negation) ? Normal(c.Else) : Poly.Of(Atom.Opaque(c));
    }

    // Numbers as ends: the terms one by one. A form p + c with c > 0 as last index: the last c terms leave the series.
    private Poly Series(Term.Series s)
    {
        var (lower, upper) = (Normal(s.Lower), Normal(s.Upper));
        if (!lower.IsInteger || !upper.IsInteger)
        {
            return Poly.Of(Atom.Opaque(s));
        }

        if (upper.Minus(lower, _work).Number is { } length)
        {
            if (length >= LargestUnrolling)
            {
                throw new Rejection("a series of the proof has too many terms");
            }

            var total = s.IsProduct ? Poly.One : Poly.Zero;
            for (int i = 0; i <= length; i++)
            {
                var value = Normal(s.Body.Substitute(s.Index, i == 0 ? s.Lower : s.Lower + Term.Constant(i)));
                total = s.IsProduct ? total.Times(value, _work) : total.Plus(value, _work);
            }

            return total;
        }

        var c = upper.ConstantTerm;
        var rest = upper.WithoutConstant();
        if (c.Sign > 0 && c <= LargestUnrolling && RangeOf(rest.Minus(lower, _work).PlusConstant(1)).IsNonNegative)
        {
            var shorter = Series(new(s.IsProduct, s.Index, s.Lower, s.Upper - Term.Constant(c), s.Body));
            for (int i = 0; i < c; i++)
            {
                var value = Normal(s.Body.Substitute(s.Index, s.Upper - Term.Constant(i)));
                shorter = s.IsProduct ? shorter.Times(value, _work) : shorter.Plus(value, _work);
            }

            return shorter;
        }

        // The key holds normal ends, so that equal series are equal atoms.
        string key = $"{(s.IsProduct ? "prod" : "sum")}({s.Index}, {lower.Key}, {upper.Key}, {s.Body})";
        return Poly.Of(Atom.Series(key, s.Variables));
    }
}
