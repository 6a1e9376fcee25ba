using System.Text;
using Proofs.Checks.Papers;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Reports;

// Text and cells in LaTeX.
internal static class LatexText
{
    public static string OneLine(string text) => text.ReplaceLineEndings(" ");

    public static string Render(TableCell cell, bool inNumberColumn) => cell switch
    {
        TableCell.None => inNumberColumn ? "{--}" : "--",
        TableCell.Exact e when inNumberColumn => e.Value.ToString(),
        TableCell.Exact e => Number(e.Value),
        TableCell.Range { Value: { IsExact: true } r } => Number(r.Lower!.Value),
        TableCell.Range r => $"$[{Bound(r.Value.Lower, up: false)}, {Bound(r.Value.Upper, up: true)}]$",
        TableCell.UpperBound { Value: null } => "$\\infty$",
        TableCell.LowerBound { Value: null } => "$-\\infty$",
        _ when inNumberColumn => cell.Plain,
        TableCell.UpperBound or TableCell.LowerBound => $"\\num{{{cell.Plain}}}",
        _ => Escape(cell.Plain),
    };

    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
                '\\' => "\\textbackslash{}",
                '^' => "\\textasciicircum{}",
                '~' => "\\textasciitilde{}",
                '<' => "\\ensuremath{<}",
                '>' => "\\ensuremath{>}",
                '|' => "\\ensuremath{|}",
                '≤' => "\\ensuremath{\\le}",
                '≥' => "\\ensuremath{\\ge}",
                '∞' => "\\ensuremath{\\infty}",
                'α' => "\\ensuremath{\\alpha}",
                'β' => "\\ensuremath{\\beta}",
                'ε' => "\\ensuremath{\\varepsilon}",
                'δ' => "\\ensuremath{\\delta}",
                'η' => "\\ensuremath{\\eta}",
                'Φ' => "\\ensuremath{\\Phi}",
                '–' => "--",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    private static string Number(BigRational value) => value.IsInteger || !Printing.IsShort(value)
        ? $"\\num{{{(value.IsInteger ? value.ToString() : value.ToDecimalRoundedDown(Printing.Digits))}}}"
        : $"${(value.Sign < 0 ? "-" : "")}\\frac{{{BigRational.Abs(value).Numerator}}}{{{value.Denominator}}}$";

    private static string Bound(BigRational? value, bool up) => value is null
        ? up ? "\\infty" : "-\\infty"
        : $"\\num{{{(up ? Printing.Up(value) : Printing.Down(value))}}}";
}
