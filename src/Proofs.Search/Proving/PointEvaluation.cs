using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Search.Proving;

/// <summary>A real number between two rationals; exact where they agree.</summary>
internal readonly record struct Enclosed(BigRational Low, BigRational High)
{
    public bool IsExact => Low == High;

    public static Enclosed Exact(BigRational x) => new(x, x);

    public static Enclosed operator +(Enclosed a, Enclosed b) => new(a.Low + b.Low, a.High + b.High);

    public static Enclosed operator -(Enclosed a) => new(-a.High, -a.Low);

    public static Enclosed operator *(Enclosed a, Enclosed b)
    {
        if (a.IsExact && b.IsExact)
        {
            return Exact(a.Low * b.Low);
        }

        BigRational[] ends = [a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High];
        return new(ends.Min(), ends.Max());
    }

    public override string ToString() =>
        IsExact ? Low.ToString() : $"[{Low.ToDecimalRoundedDown(12)}, {High.ToDecimalRoundedUp(12)}]";
}

/// <summary>Evaluates formulas at rational points: exactly where the value is rational, else enclosed.</summary>
/// <remarks>
/// Independent of the checker: it shares the syntax tree with it and nothing else. A formula that is undefined at the
/// point, or that cannot be decided (a comparison of equal irrational numbers), has no value.
/// </remarks>
/// <param name="point">The values of the variables.</param>
/// <param name="bits">The precision of what is not rational.</param>
/// <param name="integers">The variables that are integers: b^n of such a formula n is 1 where n = 0, also for b =
/// 0.</param>
internal sealed class PointEvaluation(
    IReadOnlyDictionary<string, BigRational> point, int bits, ImmutableHashSet<string> integers)
{
    private const int LargestInteger = 3_000;
    private const int LargestBits = 40_000;

    public Enclosed? Value(Term term)
    {
        switch (term)
        {
            case Term.Number n:
                return Enclosed.Exact(n.Value);
            case Term.Variable v:
                return point.TryGetValue(v.Name, out var x) ? Enclosed.Exact(x) : null;
            case Term.Sum s:
                return Small(Value(s.Left) + Value(s.Right));
            case Term.Product p:
                return Small(Value(p.Left) * Value(p.Right));
            case Term.Quotient q:
                return Value(q.Left) is { } a && Value(q.Right) is { } b ? Small(Divide(a, b)) : null;
            case Term.Power p:
                return Value(p.Base) is { } radix && Value(p.Exponent) is { } e
                    && !(radix is { IsExact: true, Low.IsZero: true } && e is { IsExact: true, Low.IsZero: true }
                    && !p.Exponent.Variables.All(integers.Contains))
                    ? Small(Power(radix, e)) : null;
            case Term.Choice choice:
                return Holds(choice.Condition) is { } holds ? Value(holds ? choice.Then : choice.Else) : null;
            case Term.Series s:
                return Series(s);
            case Term.Call c:
                var arguments = c.Arguments.Select(Value).ToArray();
                return arguments.All(v => v is not null)
                    ? Call(c.Function, [.. arguments.Select(v => v!.Value)])
                    : null;
            default:
                return null;
        }
    }

    /// <summary>Whether a relation holds at the point, or null where that is not decided.</summary>
    public bool? Holds(Relation r)
    {
        if (Value(r.Left) is not { } a || Value(r.Right) is not { } b)
        {
            return null;
        }

        bool disjoint = a.High < b.Low || b.High < a.Low;
        return r.Comparison switch
        {
            Comparison.AtMost => a.High <= b.Low ? true : b.High < a.Low ? false : null,
            Comparison.Less => a.High < b.Low ? true : b.High <= a.Low ? false : null,
            Comparison.Equal => disjoint ? false : a.IsExact && b.IsExact ? true : null,
            _ => disjoint ? true : a.IsExact && b.IsExact ? false : null,
        };
    }

    private Enclosed? Small(Enclosed? v)
    {
        if (v is not { } x || Size(x.Low) + Size(x.High) > LargestBits)
        {
            return null;
        }

        return x.IsExact || Size(x.Low) + Size(x.High) < 8 * bits
            ? x
            : new(Dyadic.RoundDown(x.Low, bits + 32).ToRational(), Dyadic.RoundUp(x.High, bits + 32).ToRational());
    }

    private static long Size(BigRational x) => x.Numerator.GetBitLength() + x.Denominator.GetBitLength();

    private static Enclosed? Divide(Enclosed a, Enclosed b) => b.Low.Sign > 0 || b.High.Sign < 0
        ? a * new Enclosed(b.High.Reciprocal(), b.Low.Reciprocal())
        : null;

    private Enclosed? Power(Enclosed b, Enclosed e)
    {
        if (e.IsExact && e.Low.IsInteger)
        {
            if (BigRational.Abs(e.Low) > LargestInteger * 4)
            {
                return b is { IsExact: true } && BigRational.Abs(b.Low) == BigRational.One && !b.Low.IsZero
                    ? Enclosed.Exact(b.Low.Sign > 0 || e.Low.Numerator.IsEven ? 1 : -1)
                    : null;
            }

            return IntegerPower(b, (int)e.Low.Numerator);
        }

        if (b.IsExact && b.Low.IsZero)
        {
            return e.Low.Sign > 0 ? b : null;
        }

        if (b.Low.Sign <= 0)
        {
            return null;
        }

        return b.IsExact && e.IsExact && ExactRoot(b.Low, e.Low) is { } root ? Enclosed.Exact(root) : Exp(e * Log(b));
    }

    private static Enclosed? IntegerPower(Enclosed b, int n)
    {
        if ((Size(b.Low) + Size(b.High)) * Math.Abs((long)n) > 4 * LargestBits)
        {
            return null;
        }

        if (n < 0)
        {
            return IntegerPower(b, -n) is { } p ? Divide(Enclosed.Exact(1), p) : null;
        }

        var (low, high) = (BigRational.Pow(b.Low, n), BigRational.Pow(b.High, n));
        return n % 2 == 1 || b.Low.Sign >= 0 ? new(low, high)
            : b.High.Sign <= 0 ? new(high, low)
            : new(0, BigRational.Max(low, high));
    }

    // b^(p/q) where b is the q-th power of a rational.
    private static BigRational? ExactRoot(BigRational b, BigRational e)
    {
        if (e.Denominator > 24 || BigRational.Abs(e) > 64)
        {
            return null;
        }

        int q = (int)e.Denominator;
        return Root(b.Numerator, q) is { } n && Root(b.Denominator, q) is { } d
            ? BigRational.Pow(new BigRational(n, d), (int)e.Numerator)
            : null;
    }

    /// <summary>The square root of a number ≥ 0 where it is rational.</summary>
    public static BigRational? SquareRoot(BigRational x) => ExactRoot(x, BigRational.Half);

    private static BigInteger? Root(BigInteger n, int q)
    {
        BigInteger low = 0, high = BigInteger.One << (int)((n.GetBitLength() / q) + 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (BigInteger.Pow(middle, q) <= n)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return BigInteger.Pow(low, q) == n ? low : null;
    }

    private Enclosed Log(Enclosed x)
    {
        var low = Precise.Log(DyadicInterval.Enclose(x.Low, bits + 16), bits);
        var high = Precise.Log(DyadicInterval.Enclose(x.High, bits + 16), bits);
        return new(low.Inf.ToRational(), high.Sup.ToRational());
    }

    private Enclosed? Exp(Enclosed x)
    {
        if (x.High > LargestInteger || x.Low < -LargestInteger)
        {
            return null;
        }

        if (x.IsExact && x.Low.IsZero)
        {
            return Enclosed.Exact(1);
        }

        var low = Precise.Exp(DyadicInterval.Enclose(x.Low, bits + 16), bits);
        var high = Precise.Exp(DyadicInterval.Enclose(x.High, bits + 16), bits);
        return new(low.Inf.ToRational(), high.Sup.ToRational());
    }

    private Enclosed? Call(string name, Enclosed[] a)
    {
        switch (name)
        {
            case "pi":
                var pi = Precise.Pi(bits);
                return new(pi.Inf.ToRational(), pi.Sup.ToRational());
            case "exp":
                return Exp(a[0]);
            case "log":
                return a[0].Low.Sign <= 0 ? null : a[0] == Enclosed.Exact(1) ? Enclosed.Exact(0) : Log(a[0]);
            case "sin":
                return Curved(a[0], Precise.Sin);
            case "cos":
                return Curved(a[0], Precise.Cos);
            case "tan":
                return Curved(a[0], Precise.Cos) is { } cosine && (cosine.Low.Sign > 0 || cosine.High.Sign < 0)
                    ? Curved(a[0], Precise.Tan)
                    : null;
            case "atan":
                return Curved(a[0], Precise.Atan);
            case "sinh":
                return Curved(a[0], Precise.Sinh);
            case "cosh":
                return Curved(a[0], Precise.Cosh);
            case "tanh":
                return Curved(a[0], Precise.Tanh);
            case "erf":
                return Curved(a[0], Precise.Erf);
            case "sinc":
                return Curved(a[0], Precise.Sinc);
            case "abs":
                return a[0].Low.Sign >= 0
                    ? a[0]
                    : a[0].High.Sign <= 0
                    ? -a[0]
                    : new(0, BigRational.Max(-a[0].Low, a[0].High));
            case "min":
                return new(BigRational.Min(a[0].Low, a[1].Low), BigRational.Min(a[0].High, a[1].High));
            case "max":
                return new(BigRational.Max(a[0].Low, a[1].Low), BigRational.Max(a[0].High, a[1].High));
            case "floor" or "ceil":
                var (low, high) = name == "floor"
                    ? (a[0].Low.Floor(), a[0].High.Floor())
                    : (a[0].Low.Ceiling(), a[0].High.Ceiling());
                return low == high ? Enclosed.Exact(low) : null;
            case "pow2floor" or "pow2ceil":
                return a[0].Low.Sign > 0 && PowerOfTwo(a[0].Low, name == "pow2ceil") is var p
                    && p == PowerOfTwo(a[0].High, name == "pow2ceil")
                    ? Enclosed.Exact(p)
                    : null;
            case "factorial":
                return Integer(a[0]) is { } n ? Enclosed.Exact(Falling(n, n)) : null;
            case "binomial":
                return Integer(a[0]) is { } m && Integer(a[1]) is { } k
                    ? Enclosed.Exact(k > m ? 0 : new BigRational(Falling(m, k), Falling(k, k)))
                    : null;
            default:
                return null;
        }
    }

    // Exact at 0 only; far out the values are left unknown, as those of exp.
    private Enclosed? Curved(Enclosed x, Func<DyadicInterval, int, DyadicInterval> function)
    {
        if (x.High > LargestInteger || x.Low < -LargestInteger)
        {
            return null;
        }

        var argument = DyadicInterval.Between(Dyadic.RoundDown(x.Low, bits + 16), Dyadic.RoundUp(x.High, bits + 16));
        var image = function(argument, bits);
        return new(image.Inf.ToRational(), image.Sup.ToRational());
    }

    private static int? Integer(Enclosed x) =>
        x.IsExact && x.Low.IsInteger && x.Low.Sign >= 0 && x.Low <= LargestInteger ? (int)x.Low.Numerator : null;

    private static BigInteger Falling(int n, int k)
    {
        var product = BigInteger.One;
        for (int i = 0; i < k; i++)
        {
            product *= n - i;
        }

        return product;
    }

    private static BigRational PowerOfTwo(BigRational x, bool up)
    {
        var power = BigRational.One;
        while (power > x)
        {
            power *= BigRational.Half;
        }

        while (power * 2 <= x)
        {
            power *= 2;
        }

        return up && power < x ? power * 2 : power;
    }

    private Enclosed? Series(Term.Series s)
    {
        if (Value(s.Lower) is not { IsExact: true } from || Value(s.Upper) is not { IsExact: true } to
            || !from.Low.IsInteger || !to.Low.IsInteger || to.Low - from.Low > LargestInteger)
        {
            return null;
        }

        Enclosed? total = Enclosed.Exact(s.IsProduct ? 1 : 0);
        for (var i = from.Low; i <= to.Low && total is not null; i += 1)
        {
            var inner = new Dictionary<string, BigRational>(point, StringComparer.Ordinal) { [s.Index] = i };
            var value = new PointEvaluation(inner, bits, integers.Add(s.Index)).Value(s.Body);
            total = Small(s.IsProduct ? total * value : total + value);
        }

        return total;
    }
}
