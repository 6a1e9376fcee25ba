using System.Globalization;
using System.Text;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

// Infix text that Expr.Parse reads back to the same expression.
internal static class ExprPrinter
{
    private enum Level
    {
        Sum,
        Product,
        Unary,
        Power,
        Atom,
    }

    public static string Print(Expr e) => At(e, Level.Sum);

    private static string At(Expr e, Level needed)
    {
        var (text, level) = Render(e);
        return level < needed ? $"({text})" : text;
    }

    private static (string Text, Level Level) Render(Expr e) => e switch
    {
        Expr.ConstantCase c => Number(c.Value),
        Expr.PiCase => ("pi", Level.Atom),
        Expr.VariableCase v => (v.Name, Level.Atom),
        Expr.SumCase s => (SumText(s), Level.Sum),
        Expr.ProductCase p => ProductText(p),
        Expr.PowerCase { Exponent: Expr.ConstantCase { Value: var n } } p when n == -BigRational.One =>
            ($"1/{At(p.Base, Level.Power)}", Level.Product),
        Expr.PowerCase p => ($"{At(p.Base, Level.Atom)}^{At(p.Exponent, Level.Atom)}", Level.Power),
        Expr.ApplyCase a => ($"{a.Function.Name()}({string.Join(", ", a.Arguments.Select(Print))})", Level.Atom),
        Expr.ConditionalCase c => ($"if({c.Condition}, {Print(c.Then)}, {Print(c.Otherwise)})", Level.Atom),
        _ => throw new InvalidOperationException("Expr is a closed family."),
    };

    private static (string Text, Level Level) Number(BigRational value)
    {
        string text = value.ToString();
        return (text, value.Sign < 0 ? Level.Unary : value.IsInteger ? Level.Atom : Level.Product);
    }

    private static string SumText(Expr.SumCase sum)
    {
        var text = new StringBuilder();
        foreach (var term in sum.Terms)
        {
            string part = At(term, Level.Product);
            if (text.Length == 0)
            {
                text.Append(term is Expr.ConstantCase ? term.ToString() : part);
            }
            else if (Negated(term) is { } positive)
            {
                text.Append(CultureInfo.InvariantCulture, $" - {At(positive, Level.Product)}");
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $" + {part}");
            }
        }

        return text.ToString();
    }

    // The term without its leading minus, or null where it has none.
    private static Expr? Negated(Expr term) => term switch
    {
        Expr.ConstantCase { Value: { Sign: < 0 } v } => Expr.Constant(-v),
        // a - (b + c) would read back as a - b - c, another expression
        Expr.ProductCase p when p.Factors[0] is Expr.ConstantCase { Value.Sign: < 0 } && -p is not Expr.SumCase => -p,
        _ => null,
    };

    private static (string Text, Level Level) ProductText(Expr.ProductCase product)
    {
        var text = new StringBuilder();
        bool negative = false;
        foreach (var factor in product.Factors)
        {
            bool first = text.Length == 0 || (negative && text.Length == 1);
            if (factor is Expr.ConstantCase { Value: var value })
            {
                negative = value.Sign < 0;
                var magnitude = BigRational.Abs(value);
                text.Append(negative ? "-" : "");
                // -(a + b) would read back as -a - b, another expression: the 1 stays.
                if (magnitude != BigRational.One || (negative && product.Factors[1] is Expr.SumCase))
                {
                    text.Append(magnitude);
                }
            }
            else if (factor is Expr.PowerCase { Exponent: Expr.ConstantCase { Value: var n } } p
                && n == -BigRational.One)
            {
                text.Append(first ? "1/" : "/").Append(At(p.Base, Level.Power));
            }
            else
            {
                text.Append(first ? "" : "*").Append(At(factor, Level.Power));
            }
        }

        return (text.ToString(), negative ? Level.Unary : Level.Product);
    }
}

public abstract partial class Expr
{
    /// <summary>The expression as infix text; <see cref="Parse"/> reads the same expression back.</summary>
    public sealed override string ToString() => ExprPrinter.Print(this);
}
