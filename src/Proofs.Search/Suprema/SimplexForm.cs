using Proofs.Constructions.Calculus;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Search.Suprema;

// A formula on a simplex as one polynomial, where that is decided, and the Bernstein coefficients of a polynomial
// there.
//
// A simplex is its D + 1 vertices. A polynomial of degree at most d has on it the Bernstein form Σ_α c_α B_α with
// B_α = d!/α! λ^α ≥ 0 and Σ B_α = 1: its values lie between the least and the largest c_α, and c at α = d e_i is the
// value at vertex i. All of it is exact.
internal sealed class SimplexForm
{
    private readonly IReadOnlyList<string> _names;
    private readonly Dictionary<Expr, Polynomial?> _polynomials = [];

    public SimplexForm(IReadOnlyList<string> names) => _names = names;

    // The formula's polynomial on the simplex; null where a kink crosses it, and then the simplex is to be divided.
    public Polynomial? Resolve(Expr e, BigRational[][] simplex, out Split? split)
    {
        split = null;
        if (Polynomial(e) is { } known)
        {
            return known;
        }

        switch (e)
        {
            case Expr.SumCase s:
                return Fold(s.Terms, simplex, 0, (a, b) => a + b, out split);
            case Expr.ProductCase p:
                return Fold(p.Factors, simplex, 1, (a, b) => a * b, out split);
            case Expr.PowerCase { Exponent: Expr.ConstantCase { Value: { IsInteger: true, Sign: > 0 } n } } p when n
                <= 8:
                return Fold(Enumerable.Repeat(p.Base, (int)n.Numerator), simplex, 1, (a, b) => a * b, out split);
            case Expr.ApplyCase { Function: Function.Abs } a:
                return Larger(a.Arguments[0], -a.Arguments[0], simplex, out split);
            case Expr.ApplyCase { Function: Function.Max } m:
                return m.Arguments.Length == 1
                    ? Resolve(m.Arguments[0], simplex, out split)
                    : Larger(m.Arguments[0], Expr.Apply(Function.Max, m.Arguments.RemoveAt(0)), simplex, out split);
            case Expr.ApplyCase { Function: Function.Min } m:
                return m.Arguments.Length == 1
                    ? Resolve(m.Arguments[0], simplex, out split)
                    : Minus(Larger(
                        -m.Arguments[0], -Expr.Apply(Function.Min, m.Arguments.RemoveAt(0)), simplex, out split));
            default:
                throw new NotSupportedException($"{e} is not piecewise polynomial.");
        }
    }

    // The largest degree of a polynomial the formula can be on a simplex; null where a part is no piecewise polynomial.
    public static int? Degree(Expr e) => e switch
    {
        Expr.ConstantCase => 0,
        Expr.VariableCase => 1,
        Expr.SumCase or Expr.ApplyCase { Function: Function.Abs or Function.Min or Function.Max } =>
            e.Children.Select(Degree).Aggregate((int?)0, (a, b) => a is { } x && b is { } y ? Math.Max(x, y) : null),
        Expr.ProductCase => e.Children.Select(Degree).Aggregate((int?)0, (a, b) => a + b),
        Expr.PowerCase { Exponent: Expr.ConstantCase { Value: { IsInteger: true, Sign: > 0 } n } } p when n <= 8 =>
            Degree(p.Base) * (int)n.Numerator,
        _ => null,
    };

    // The Bernstein coefficients of degree max(1, deg) on the simplex, those of the vertices first.
    public static (BigRational[] Coefficients, int Degree) Coefficients(Polynomial p, BigRational[][] simplex)
    {
        int degree = Math.Max(1, p.Degree), corners = simplex.Length;
        var one = Linear(corners, _ => BigRational.One);
        var x = Enumerable.Range(0, p.Dimension).Select(j => Linear(corners, i => simplex[i][j])).ToArray();
        var homogeneous = Proofs.Constructions.Calculus.Polynomial.Of(corners, []);
        foreach (var (index, value) in p.Coefficients)
        {
            var term = Proofs.Constructions.Calculus.Polynomial.Of(corners, [new(MultiIndex.Zero(corners), value)]);
            for (int j = 0; j < p.Dimension; j++)
            {
                term = Times(term, x[j], index.Exponents[j]);
            }

            homogeneous += Times(term, one, degree - index.Degree);
        }

        // λ^α has the coefficient d!/α! c_α
        var factorial = ExactIntegers.Factorial(degree)!.Value;
        var coefficients = MultiIndex.OfDegree(corners, degree)
            .OrderByDescending(a => a.Exponents.Max())
            .Select(a => homogeneous.Coefficient(a) * a.Factorial / factorial);
        return ([.. coefficients], degree);
    }

    private static Polynomial Linear(int corners, Func<int, BigRational> value) =>
        Proofs.Constructions.Calculus.Polynomial.Of(
        corners, Enumerable.Range(0, corners).Select(i => KeyValuePair.Create(MultiIndex.Unit(corners, i), value(i))));

    private static Polynomial Times(Polynomial p, Polynomial factor, int times)
    {
        for (int k = 0; k < times; k++)
        {
            p *= factor;
        }

        return p;
    }

    private Polynomial? Minus(Polynomial? p) => p is null ? null : p * Number(-1);

    private Polynomial Number(BigRational value) =>
        Proofs.Constructions.Calculus.Polynomial.Of(_names.Count, [new(MultiIndex.Zero(_names.Count), value)]);

    private Polynomial? Polynomial(Expr e)
    {
        if (!_polynomials.TryGetValue(e, out var known))
        {
            _polynomials[e] = known = Proofs.Constructions.Calculus.Polynomial.TryOf(e, _names);
        }

        return known;
    }

    private Polynomial? Fold(
        IEnumerable<Expr> parts, BigRational[][] simplex, BigRational start, Func<Polynomial, Polynomial,
        Polynomial> join, out Split? split)
    {
        var result = Number(start);
        split = null;
        foreach (var part in parts)
        {
            if (Resolve(part, simplex, out split) is not { } p)
            {
                return null;
            }

            result = join(result, p);
        }

        return result;
    }

    private Polynomial? Larger(Expr first, Expr second, BigRational[][] simplex, out Split? split)
    {
        if (Resolve(first, simplex, out split) is not { } a || Resolve(second, simplex, out split) is not { } b)
        {
            return null;
        }

        var difference = a + (b * Number(-1));
        var (coefficients, degree) = Coefficients(difference, simplex);
        if (coefficients.All(c => c.Sign >= 0))
        {
            return a;
        }

        if (coefficients.All(c => c.Sign <= 0))
        {
            return b;
        }

        BigRational[] at = [.. simplex.Select(difference.Evaluate)];
        split = degree == 1 ? Split.AtZero(at) : Split.Longest(simplex);
        return null;
    }
}

// Where to divide a simplex: the point (1 − t) v_I + t v_J takes the place of v_I in one part and of v_J in the other.
internal readonly record struct Split(int I, int J, BigRational T)
{
    // Where an affine function with the given values at the vertices vanishes on an edge; null where it keeps one sign.
    public static Split? AtZero(ReadOnlySpan<BigRational> values)
    {
        int low = 0, high = 0;
        for (int i = 1; i < values.Length; i++)
        {
            low = values[i] < values[low] ? i : low;
            high = values[i] > values[high] ? i : high;
        }

        return values[low].Sign < 0 && values[high].Sign > 0
            ? new(low, high, values[low] / (values[low] - values[high]))
            : null;
    }

    // The middle of the longest edge, in the sum of coordinate differences.
    public static Split Longest(BigRational[][] simplex)
    {
        var (best, length) = (new Split(0, 1, BigRational.Half), -BigRational.One);
        for (int i = 0; i < simplex.Length; i++)
        {
            for (int j = i + 1; j < simplex.Length; j++)
            {
                var l = simplex[i].Zip(simplex[j], (a, b) => BigRational.Abs(a - b)).Aggregate((a, b) => a + b);
                (best, length) = l > length ? (new Split(i, j, BigRational.Half), l) : (best, length);
            }
        }

        return best;
    }
}
