using System.Globalization;
using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Search.Proving.Coq;

/// <summary>A positive multiple of a cone of the Coq checker: what is ≥ 0 by its form.</summary>
/// <param name="Scale">The multiple, > 0.</param>
/// <param name="Text">The cone, whose numbers are integers.</param>
/// <param name="Strict">Whether it is positive by its form.</param>
internal sealed record Cone(BigRational Scale, string Text, bool Strict)
{
    /// <summary>A number ≥ 0.</summary>
    public static Cone Number(BigRational value) =>
        value.IsZero ? new(1, "(KNum 0)", false) : new(value, "(KNum 1)", true);

    /// <summary>The square of the expression.</summary>
    public static Cone Square(CoqExpression.Node e) => new(1, $"(KSquare {e})", false);

    /// <summary>A fact, by its number in the checker.</summary>
    public static Cone Fact(int index, bool strict) =>
        new(1, string.Create(CultureInfo.InvariantCulture, $"(KFact {index})"), strict);

    public Cone Times(BigRational factor) => factor.IsZero ? Number(0) : this with { Scale = Scale * factor };

    public Cone Times(Cone other) => Text == "(KNum 1)" ? other.Times(Scale)
        : other.Text == "(KNum 1)" ? Times(other.Scale)
        : new(Scale * other.Scale, $"(KMul {Text} {other.Text})", Strict && other.Strict);

    public Cone Power(int n) =>
        n == 0 ? Number(1) : Enumerable.Repeat(this, n - 1).Aggregate(this, (a, b) => a.Times(b));

    /// <summary>The sum, on a common scale.</summary>
    public static Cone Sum(IReadOnlyList<Cone> parts)
    {
        var all = parts.Where(p => p.Text != "(KNum 0)").ToList();
        if (all.Count <= 1)
        {
            return all.Count == 0 ? Number(0) : all[0];
        }

        var numerator =
            all.Aggregate(BigInteger.Zero, (g, p) => BigInteger.GreatestCommonDivisor(g, p.Scale.Numerator));
        var denominator = all.Aggregate(
            BigInteger.One, (l, p) =>
                l / BigInteger.GreatestCommonDivisor(l, p.Scale.Denominator) * p.Scale.Denominator);
        var scale = new BigRational(numerator, denominator);
        return new(
            scale, all.Select(p => Integral(p.Text, (p.Scale / scale).Numerator))
                .Aggregate((a, b) => $"(KAdd {a} {b})"), all.Any(p => p.Strict));
    }

    /// <summary>The cone times an integer > 0.</summary>
    public static string Integral(string text, BigInteger factor) => factor.IsOne ? text
        : text == "(KNum 1)" ? string.Create(CultureInfo.InvariantCulture, $"(KNum {factor})")
        : string.Create(CultureInfo.InvariantCulture, $"(KMul (KNum {factor}) {text})");
}
