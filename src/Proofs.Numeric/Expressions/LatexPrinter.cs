using System.Globalization;
using System.Text;
using Proofs.Kernel.Numbers;

namespace Proofs.Numeric.Expressions;

// LaTeX for display: quotients as \frac, roots as \sqrt, piecewise expressions as cases.
internal static class LatexPrinter
{
    private static readonly Dictionary<string, string> Greek = new[]
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi",
            "rho",
        "sigma", "tau", "phi", "psi", "omega", "Gamma", "Delta", "Lambda", "Phi", "Psi", "Omega",
    }.ToDictionary(n => n, n => "\\" + n, StringComparer.Ordinal);

    static LatexPrinter() => Greek["eps"] = "\\varepsilon";

    public static string Print(Expr e) => e switch
    {
        Expr.ConstantCase c => Number(c.Value),
        Expr.PiCase => "\\pi",
        Expr.VariableCase v => Name(v.Name),
        Expr.SumCase s => SumText(s),
        Expr.ProductCase p => ProductText(p),
        Expr.PowerCase { Exponent: Expr.ConstantCase { Value: { Sign: < 0 } n } } p => n == -BigRational.One
            ? $"\\frac{{1}}{{{Print(p.Base)}}}"
            : $"\\frac{{1}}{{{Print(Expr.Power(p.Base, Expr.Constant(-n)))}}}",
        Expr.PowerCase p => $"{Base(p.Base)}^{{{Print(p.Exponent)}}}",
        Expr.ApplyCase a => Call(a),
        Expr.ConditionalCase c =>
            $"\\begin{{cases}} {Print(c.Then)} & \\text{{if }} {Print(c.Condition)} \\\\ {Print(c.Otherwise)} & "
                + "\\text{{otherwise}} \\end{{cases}}",
        _ => throw new InvalidOperationException("Expr is a closed family."),
    };

    public static string Print(Condition condition) => condition switch
    {
        Condition.Comparison c => $"{Print(c.Left)} {Symbol(c.Relation)} {Print(c.Right)}",
        Condition.All a => $"{Print(a.First)} \\text{{ and }} {Print(a.Second)}",
        Condition.Any a => $"{Print(a.First)} \\text{{ or }} {Print(a.Second)}",
        _ => throw new InvalidOperationException("Condition is a closed family."),
    };

    private static string Symbol(RelationKind relation) => relation switch
    {
        RelationKind.LessOrEqual => "\\le",
        RelationKind.GreaterOrEqual => "\\ge",
        _ => relation.Symbol(),
    };

    private static string Number(BigRational value) => value.IsInteger
        ? value.ToString()
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(value.Sign < 0 ? "-" : "")}\\frac{{{BigRational.Abs(value).Numerator}}}{{{value.Denominator}}}");

    // x12 prints as x_{12}, eps_f as \varepsilon_{f}.
    private static string Name(string name)
    {
        int at = name.IndexOf('_', StringComparison.Ordinal);
        string stem = at > 0 ? name[..at] : name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        stem = stem.Length == 0 ? name : stem;
        string index = at > 0 ? name[(at + 1)..] : name[stem.Length..];
        string shown = Greek.GetValueOrDefault(stem) ?? (stem.Length == 1 ? stem : $"\\mathrm{{{stem}}}");
        return index.Length == 0 ? shown : $"{shown}_{{{index.Replace("_", "\\_", StringComparison.Ordinal)}}}";
    }

    private static string SumText(Expr.SumCase sum)
    {
        var text = new StringBuilder();
        foreach (var term in sum.Terms)
        {
            string part = Print(term);
            text.Append(text.Length == 0 || part.StartsWith('-') ? "" : " + ");
            text.Append(text.Length > 0 && part.StartsWith('-') ? " - " + part[1..] : part);
        }

        return text.ToString();
    }

    private static string ProductText(Expr.ProductCase product)
    {
        var over = new List<Expr>();
        var under = new List<Expr>();
        var sign = "";
        foreach (var factor in product.Factors)
        {
            switch (factor)
            {
                case Expr.ConstantCase { Value: var v }:
                    sign = v.Sign < 0 ? "-" : "";
                    AddUnlessOne(over, BigRational.Abs(new BigRational(v.Numerator)));
                    AddUnlessOne(under, new BigRational(v.Denominator));
                    break;
                case Expr.PowerCase { Exponent: Expr.ConstantCase { Value: { Sign: < 0 } n } } p:
                    under.Add(Expr.Power(p.Base, Expr.Constant(-n)));
                    break;
                default:
                    over.Add(factor);
                    break;
            }
        }

        return under.Count == 0 ? sign + Row(over) : $"{sign}\\frac{{{Row(over)}}}{{{Row(under)}}}";
    }

    private static void AddUnlessOne(List<Expr> factors, BigRational value)
    {
        if (value != BigRational.One)
        {
            factors.Add(Expr.Constant(value));
        }
    }

    private static string Row(List<Expr> factors) => factors.Count switch
    {
        0 => "1",
        1 => Print(factors[0]),
        _ => string.Join(
            " ", factors.Select((f, i) => i > 0 && f is Expr.ConstantCase ? $"\\cdot {Factor(f)}" : Factor(f))),
    };

    private static string Factor(Expr e) => e is Expr.SumCase or Expr.ConditionalCase ? Parenthesised(e) : Print(e);

    private static string Base(Expr e) =>
        e is Expr.ConstantCase { Value: { IsInteger: true, Sign: >= 0 } } or Expr.VariableCase or Expr.PiCase
            ? Print(e)
            : Parenthesised(e);

    private static string Parenthesised(Expr e) => $"\\left({Print(e)}\\right)";

    private static string Call(Expr.ApplyCase call)
    {
        string arguments = string.Join(", ", call.Arguments.Select(Print));
        return call.Function switch
        {
            Function.Exp => $"e^{{{arguments}}}",
            Function.Sqrt => $"\\sqrt{{{arguments}}}",
            Function.Abs => $"\\left|{arguments}\\right|",
            Function.Floor => $"\\left\\lfloor {arguments} \\right\\rfloor",
            Function.Ceil => $"\\left\\lceil {arguments} \\right\\rceil",
            Function.Log2 => $"\\log_2\\left({arguments}\\right)",
            Function.Factorial =>
                $"{(call.Arguments[0] is Expr.VariableCase or Expr.ConstantCase ? arguments : $"({arguments})")}!",
            Function.Binomial => $"\\binom{{{Print(call.Arguments[0])}}}{{{Print(call.Arguments[1])}}}",
            Function.Min or Function.Max => $"\\{call.Function.Name()}\\{{{arguments}\\}}",
            Function.Erf or Function.Sinc =>
                $"\\operatorname{{{call.Function.Name()}}}\\left({arguments}\\right)",
            Function.Atan => $"\\arctan\\left({arguments}\\right)",
            Function.Pow2Floor => $"2^{{\\left\\lfloor \\log_2 \\left({arguments}\\right) \\right\\rfloor}}",
            Function.Pow2Ceil => $"2^{{\\left\\lceil \\log_2 \\left({arguments}\\right) \\right\\rceil}}",
            _ => $"\\{call.Function.Name()}\\left({arguments}\\right)",
        };
    }
}

public abstract partial class Expr
{
    /// <summary>The expression as LaTeX, for display in mathematics mode.</summary>
    public string ToLatex() => LatexPrinter.Print(this);
}
