using System.Text.RegularExpressions;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Tightening;

/// <summary>A statement with a constant in it that is to be as small, or as large, as it can be.</summary>
/// <param name="Text">The statement as people write it, with a name where the constant stands.</param>
/// <param name="Constant">The name.</param>
public sealed partial record ConstantClaim(string Text, string Constant)
{
    /// <summary>The statement with the number in place of the name.</summary>
    /// <exception cref="FormatException">The name is none or does not occur, or the text is no statement.</exception>
    public Statement At(BigRational value)
    {
        if (!Name().IsMatch(Constant))
        {
            throw new FormatException(
                $"The constant '{Constant}' is no name; expected a letter, then letters or digits.");
        }

        string pattern = $@"(?<![\p{{L}}_0-9]){Regex.Escape(Constant)}(?![\p{{L}}_0-9])";
        if (!Regex.IsMatch(Text, pattern))
        {
            throw new FormatException($"The constant {Constant} does not occur in '{Text}'.");
        }

        return Statement.Parse(Regex.Replace(Text, pattern, $"({value})"));
    }

    [GeneratedRegex(@"^\p{L}[\p{L}_0-9]*$")]
    private static partial Regex Name();
}
