using System.Collections.Immutable;

namespace Proofs.Kernel.Formulas;

/// <summary>What may be the name of a variable, free or bound.</summary>
/// <remarks>
/// One rule for every binder: declarations, the indices of series, and the variables that a proof introduces. A
/// name is never that of a constant, a function or a word of the language, so a text has one meaning wherever it
/// stands.
/// </remarks>
public static class Names
{
    private static readonly ImmutableHashSet<string> Words = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "forall", "in", "int", "real", "where", "and", "inf", "if", "sum", "prod", "pi");

    /// <summary>
    /// Whether a variable may have this name: ASCII letters, digits and _, no digit first, and no word of the
    /// language.
    /// </summary>
    public static bool IsVariable(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            && !Words.Contains(name) && !FormulaFunction.All.ContainsKey(name);
    }
}
