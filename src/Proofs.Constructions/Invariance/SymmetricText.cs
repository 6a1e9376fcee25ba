using System.Collections.Immutable;
using Proofs.Constructions.Calculus;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Invariance;

// A text of a formula that the order of sums, products, maxima and minima does not change: equal texts, equal
// functions.
internal static class SymmetricText
{
    public static string Of(Expr e, ImmutableArray<string> names)
    {
        if (Polynomial.TryOf(e, names) is { } polynomial)
        {
            return Of(polynomial);
        }

        return e switch
        {
            Expr.SumCase sum => $"sum({Sorted(sum.Terms, names)})",
            Expr.ProductCase product => $"product({Sorted(product.Factors, names)})",
            Expr.ApplyCase { Function: Function.Max or Function.Min } call =>
                $"{call.Function}({Sorted(Flat(call.Function, call.Arguments), names)})",
            Expr.ApplyCase { Function: Function.Abs, Arguments: [var of] } => $"abs({Unsigned(of, names)})",
            Expr.ApplyCase call => $"{call.Function}({string.Join("; ", call.Arguments.Select(a => Of(a, names)))})",
            Expr.PowerCase power => $"power({Of(power.Base, names)}; {Of(power.Exponent, names)})",
            _ => e.ToString(),
        };
    }

    // |p| = |−p|
    private static string Unsigned(Expr e, ImmutableArray<string> names)
    {
        string one = Of(e, names), other = Of(-e, names);
        return string.CompareOrdinal(one, other) < 0 ? one : other;
    }

    private static IEnumerable<Expr> Flat(Function function, IEnumerable<Expr> arguments) => arguments.SelectMany(a =>
        a is Expr.ApplyCase call && call.Function == function ? Flat(function, call.Arguments) : [a]);

    private static string Sorted(IEnumerable<Expr> parts, ImmutableArray<string> names) =>
        string.Join("; ", parts.Select(p => Of(p, names)).Order(StringComparer.Ordinal));

    private static string Of(Polynomial p) => string.Join(" + ", p.Coefficients
        .Select(c => $"{c.Value} {string.Join(",", c.Key.Exponents)}").Order(StringComparer.Ordinal));
}
