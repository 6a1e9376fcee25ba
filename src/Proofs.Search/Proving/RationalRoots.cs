using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Search.Proving;

/// <summary>
/// Rational numbers that satisfy an equation in one unknown: candidates, which whoever uses them evaluates exactly.
/// </summary>
internal static class RationalRoots
{
    private static readonly ImmutableArray<BigRational> Small =
        [.. from d in Enumerable.Range(1, 4) from n in Enumerable.Range(-12, 25) where BigInteger.GreatestCommonDivisor(
            n, d).IsOne select new BigRational(n, d)];

    /// <summary>
    /// Roots in the variable, all others at the given values: all rational ones of a polynomial of degree 2, else small
    /// ones.
    /// </summary>
    public static ImmutableArray<BigRational> Of(
        Relation equation, string name, IReadOnlyDictionary<string, BigRational> others,
        ImmutableHashSet<string> integers)
    {
        var at = new Dictionary<string, BigRational>(others, StringComparer.Ordinal);
        if (Value(0) is { } c && Value(1) is { } above && Value(-1) is { } below)
        {
            // a x² + b x + c through three points, confirmed by two more
            var (a, b) = (((above + below) * BigRational.Half) - c, (above - below) * BigRational.Half);
            if (Fits(3) && Fits(-5))
            {
                return a.IsZero ? (b.IsZero ? [] : [-c / b]) : Quadratic(a, b, c);
            }

            bool Fits(BigRational x) => Value(x) is { } y && y == (((a * x) + b) * x) + c;
        }

        return [.. Small.Where(x => Value(x) is { IsZero: true })];

        BigRational? Value(BigRational x)
        {
            at[name] = x;
            var point = new PointEvaluation(at, 64, integers);
            return point.Value(equation.Left) is { IsExact: true, Low: var left }
                && point.Value(equation.Right) is { IsExact: true, Low: var right }
                ? left - right
                : null;
        }
    }

    private static ImmutableArray<BigRational> Quadratic(BigRational a, BigRational b, BigRational c)
    {
        var discriminant = (b * b) - (4 * a * c);
        return discriminant.Sign >= 0 && PointEvaluation.SquareRoot(discriminant) is { } root
            ? [(-b + root) / (2 * a), (-b - root) / (2 * a)]
            : [];
    }
}
