using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// The value of formulas at a point, from the definitions: exact where it can be, else enclosed, else unknown (null).
/// </summary>
/// <remarks>
/// A formula outside its domain is unknown, and <see cref="IsUndefined"/> says that one was met for certain; it has a
/// value all the same, as in the kernel, of which nothing is known. Only the branch of a choice that is taken counts.
/// </remarks>
internal sealed class Evaluation(Witness at)
{
    private const int LongestSeries = 60;

    private readonly Dictionary<string, Enclosed> _indices = [];

    public bool IsUndefined { get; private set; }

    /// <summary>The largest absolute value that an index had.</summary>
    public int LargestIndex { get; private set; }

    /// <summary>Whether a comparison holds; null where it is not known.</summary>
    public bool? Holds(Comparing c)
    {
        var (a, b) = (Value(c.Left), Value(c.Right));
        if (a is not { } x || b is not { } y)
        {
            // A name for a value equals that value, whatever it is.
            return at.IsDefinition(c) && (c.Sign is "=" or "<=") ? true : null;
        }

        if (c.Left.Text == c.Right.Text || at.IsDefinition(c))
        {
            return c.Sign is "=" or "<=";
        }

        bool? less = x.High < y.Low ? true : x.Low >= y.High ? false : null;
        bool? equal = x.IsExact && y.IsExact ? x == y : x.High < y.Low || x.Low > y.High ? false : null;
        bool? atMost = x.High <= y.Low ? true : x.Low > y.High ? false : null;
        return c.Sign switch { "<=" => atMost, "<" => less, "=" => equal, _ => !equal };
    }

    public Enclosed? Value(Expression formula) => formula switch
    {
        Expression.Literal n => Enclosed.Exactly(n.Value),
        Expression.Variable v => _indices.TryGetValue(v.Name, out var index) ? index : at[v.Name],
        Expression.Binary b => OfTwo(b),
        Expression.Call c => Function(c.Function, [.. c.Arguments.Select(Value)]),
        Expression.Choice c => Holds(c.Condition) switch { true => Value(c.Then), false => Value(c.Else), _ => null },
        Expression.Series s => Series(s),
        _ => null,
    };

    // What is known of a value outside the domain: of 0/0 that it is 0 times something.
    private Enclosed? Undefined(Enclosed? known = null)
    {
        IsUndefined = true;
        return known;
    }

    private Enclosed? OfTwo(Expression.Binary formula)
    {
        // Both sides are looked at, so that an undefined one is seen beside an unknown one.
        var (left, right) = (Value(formula.Left), Value(formula.Right));
        if (left is not { } a || right is not { } b)
        {
            // Every function has some value everywhere: 0 times it is 0, and its power to 0 is 1.
            return formula.Sign is '*' or '/' && left is { IsZero: true } ? left
                : formula.Sign == '*' && right is { IsZero: true } ? right
                : formula.Sign == '^' && right is { IsZero: true } ? Enclosed.Exactly(1)
                : null;
        }

        return formula.Sign switch
        {
            '+' => (a + b).Moderate(),
            '-' => (a - b).Moderate(),
            '*' => (a * b).Moderate(),
            '/' => b.IsNonZero ? (a * b.Reciprocal()).Moderate() : b.IsZero ? Undefined(a.IsZero ? a : null) : null,
            _ => Power(a, b),
        };
    }

    private Enclosed? Power(Enclosed b, Enclosed e)
    {
        if (e.Integer is { } n)
        {
            if (Math.Abs(n) > 100)
            {
                return null;
            }

            return n >= 0 ? b.Power(n).Moderate()
                : b.IsNonZero ? b.Reciprocal().Power(-n).Moderate()
                : b.IsZero ? Undefined() : null;
        }

        if (b.IsZero)
        {
            return e.IsPositive ? b : e.IsNegative ? Undefined() : null;
        }

        if (!b.IsPositive)
        {
            return b.IsNegative && e.IsExact ? Undefined() : null;
        }

        return (e.IsExact ? b.Root(e.Low)?.Moderate() : null) ?? (e * b.Log()).Exp();
    }

    private Enclosed? Function(string name, Enclosed?[] arguments)
    {
        if (name == "pi")
        {
            return Elementary.Pi;
        }

        if (arguments.Contains(null))
        {
            return null;
        }

        var a = arguments[0]!.Value;
        switch (name)
        {
            case "exp":
                return a.IsZero ? Enclosed.Exactly(1) : a.Exp();
            case "log":
                return a.IsPositive ? a.Log() : a.High.Sign <= 0 ? Undefined() : null;
            case "sin" or "cos":
                return a.IsZero ? Enclosed.Exactly(name == "sin" ? 0 : 1) : a.Trigonometric(name == "cos");
            case "sinh" or "cosh" or "tanh":
                return a.IsZero ? Enclosed.Exactly(name == "cosh" ? 1 : 0) : Hyperbolic(name, a);
            case "sqrt":
                return Power(a, Enclosed.Exactly(BigRational.Half));
            case "abs":
                return a.Low.Sign >= 0 ? a : a.High.Sign <= 0 ? -a : new(0, BigRational.Max(-a.Low, a.High));
            case "min" or "max":
                var b = arguments[1]!.Value;
                return name == "min"
                    ? new(BigRational.Min(a.Low, b.Low), BigRational.Min(a.High, b.High))
                    : new(BigRational.Max(a.Low, b.Low), BigRational.Max(a.High, b.High));
            case "floor":
                return a.Low.Floor() == a.High.Floor() ? Enclosed.Exactly(a.Low.Floor()) : null;
            case "ceil":
                return a.Low.Ceiling() == a.High.Ceiling() ? Enclosed.Exactly(a.Low.Ceiling()) : null;
            case "pow2floor" or "pow2ceil":
                return a.High.Sign <= 0
                    ? Undefined()
                    : a is { IsExact: true, Low: var x }
                    ? PowerOfTwo(x, name == "pow2ceil")
                    : null;
            case "factorial":
                return !a.IsExact ? null : a.Low.Sign < 0 || !a.Low.IsInteger ? Undefined()
                    : a.Integer is <= 60 and { } n ? Enclosed.Exactly(Falling(n, n)).Moderate() : null;
            case "binomial":
                var k = arguments[1]!.Value;
                return !a.IsExact || !k.IsExact ? null
                    : a.Low.Sign < 0 || k.Low.Sign < 0 || !a.Low.IsInteger || !k.Low.IsInteger ? Undefined()
                    : (a.Integer, k.Integer) is ( <= 60 and { } p, <= 60 and { } q)
                        ? Enclosed.Exactly(Falling(p, q) / Falling(q, q)).Moderate() : null;
            default:
                return null;
        }
    }

    private static Enclosed? Hyperbolic(string name, Enclosed a)
    {
        var half = Enclosed.Exactly(BigRational.Half);
        return a.Exp() is not { } p || (-a).Exp() is not { } q ? null
            : name == "sinh" ? half * (p - q)
            : name == "cosh" ? half * (p + q)
            : ((p - q) * (p + q).Reciprocal()).Moderate();
    }

    private static Enclosed? PowerOfTwo(BigRational x, bool up)
    {
        int k = -400;
        while (k < 400 && BigRational.PowerOfTwo(k + 1) <= x)
        {
            k++;
        }

        var power = BigRational.PowerOfTwo(k);
        return Enclosed.Exactly(up && power < x ? power * 2 : power);
    }

    // n (n-1) … (n-k+1)
    private static BigRational Falling(int n, int k)
    {
        BigRational product = 1;
        for (int i = 0; i < k; i++)
        {
            product *= n - i;
        }

        return product;
    }

    private Enclosed? Series(Expression.Series s)
    {
        var (first, last) = (Value(s.Lower), Value(s.Upper));
        if (first is not { } a || last is not { } b)
        {
            return null;
        }

        if ((a.IsExact && !a.Low.IsInteger) || (b.IsExact && !b.Low.IsInteger))
        {
            return Undefined();
        }

        if (a.Integer is not { } low || b.Integer is not { } high || high - low > LongestSeries)
        {
            return null;
        }

        bool isShadowing = _indices.TryGetValue(s.Index, out var outer);
        Enclosed? total = Enclosed.Exactly(s.IsProduct ? 1 : 0);
        for (int i = low; i <= high; i++)
        {
            _indices[s.Index] = Enclosed.Exactly(i);
            LargestIndex = Math.Max(LargestIndex, Math.Abs(i));
            var term = Value(s.Body);
            total = total is { } t && term is { } u ? (s.IsProduct ? t * u : t + u).Moderate() : null;
        }

        _indices.Remove(s.Index);
        if (isShadowing)
        {
            _indices[s.Index] = outer;
        }

        return total;
    }
}
