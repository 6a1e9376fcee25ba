using System.Collections.Immutable;
using System.Globalization;

namespace Proofs.Kernel.Formulas;

/// <summary>How people write what the language of certificates spells otherwise.</summary>
/// <remarks>
/// Nothing here is read in a certificate: a statement written so is spelled anew before it is proved.
/// </remarks>
internal static class Spelling
{
    private static readonly ImmutableDictionary<string, string[]> Marks =
        new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["-"] = ["−"],
            ["*"] = ["·", "×", "⋅", "∗"],
            ["/"] = ["÷"],
            ["^"] = ["**"],
            ["<="] = ["⩽", "≦"],
            [">="] = ["⩾", "≧"],
            ["!="] = ["<>"],
            ["inf"] = ["∞"],
            ["forall"] = ["∀"],
            ["in"] = ["∈"],
            ["and"] = ["∧"],
            ["or"] = ["∨"],
            ["not"] = ["¬"],
            ["implies"] = ["=>", "⇒", "⟹"],
            ["int"] = ["ℤ"],
            ["real"] = ["ℝ"],
            ["nat"] = ["ℕ"],
        }.ToImmutableDictionary(StringComparer.Ordinal);

    private static readonly ImmutableDictionary<char, string> Letters = new Dictionary<char, string>
    {
        ['α'] = "alpha",
        ['β'] = "beta",
        ['γ'] = "gamma",
        ['δ'] = "delta",
        ['ε'] = "eps",
        ['ϵ'] = "eps",
        ['ζ'] = "zeta",
        ['η'] = "eta",
        ['θ'] = "theta",
        ['ϑ'] = "theta",
        ['ι'] = "iota",
        ['κ'] = "kappa",
        ['λ'] = "lambda",
        ['μ'] = "mu",
        ['µ'] = "mu",
        ['ν'] = "nu",
        ['ξ'] = "xi",
        ['ρ'] = "rho",
        ['ϱ'] = "rho",
        ['σ'] = "sigma",
        ['ς'] = "sigma",
        ['τ'] = "tau",
        ['υ'] = "upsilon",
        ['φ'] = "phi",
        ['ϕ'] = "phi",
        ['χ'] = "chi",
        ['ψ'] = "psi",
        ['ω'] = "omega",
        ['Γ'] = "Gamma",
        ['Δ'] = "Delta",
        ['Θ'] = "Theta",
        ['Λ'] = "Lambda",
        ['Ξ'] = "Xi",
        ['Σ'] = "Sigma",
        ['Φ'] = "Phi",
        ['Ψ'] = "Psi",
        ['Ω'] = "Omega",
    }.ToImmutableDictionary();

    private static readonly ImmutableHashSet<string> Words = ImmutableHashSet.Create(
        StringComparer.Ordinal, "or", "not", "implies", "nat", "relu", "ln");

    /// <summary>Words that are no names, besides those of the language of certificates.</summary>
    public static bool IsWord(string name) => Words.Contains(name);

    /// <summary>The other ways to write a token.</summary>
    public static ReadOnlySpan<string> Of(string token) => Marks.TryGetValue(token, out string[]? others) ? others : [];

    /// <summary>The name of a Greek letter, or null.</summary>
    public static string? Letter(char c) => Letters.GetValueOrDefault(c);

    /// <summary>The digit that is written below the line, or null: x₁ is x1.</summary>
    public static char? Below(char c) => c is >= '₀' and <= '₉' ? (char)('0' + (c - '₀')) : null;

    /// <summary>The digit or sign that is written above the line, or null.</summary>
    public static char? Above(char c) =>
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻".IndexOf(c, StringComparison.Ordinal) is var i && i >= 0 ? "0123456789+-"[i] : null;

    /// <summary>The statement in the language of certificates.</summary>
    public static string Of(
        IEnumerable<string> declarations, IEnumerable<Relation> hypotheses, IEnumerable<Relation> goals)
    {
        string declared = string.Join(", ", declarations), assumed = string.Join(", ", hypotheses.Select(Of));
        string before = declared.Length == 0
            ? ""
            : assumed.Length == 0
            ? $"forall {declared} : "
            : $"forall {declared} where {assumed} : ";
        return before + string.Join(" and ", goals.Select(Of));
    }

    /// <summary>The declaration of a variable; an end that is null is infinite.</summary>
    public static string Of(
        string name, bool isInteger, (Term? Term, bool IsOpen) lower, (Term? Term, bool IsOpen) upper)
    {
        if (lower.Term is null && upper.Term is null)
        {
            return $"{name} in {(isInteger ? "int" : "real")}";
        }

        string below = lower.Term is { } a ? (lower.IsOpen ? "(" : "[") + Bare(a) : "(-inf";
        string above = upper.Term is { } b ? Bare(b) + (upper.IsOpen ? ")" : "]") : "inf)";
        return string.Create(CultureInfo.InvariantCulture, $"{name} in {(isInteger ? "int " : "")}{below}, {above}");
    }

    private static string Of(Relation relation) => $"{Bare(relation.Left)} {relation.Symbol} {Bare(relation.Right)}";

    // Without the parentheses around the whole.
    private static string Bare(Term term) => term switch
    {
        Term.Number n => n.Value.ToString(),
        Term.Sum or Term.Product or Term.Quotient or Term.Power => term.ToString()[1..^1],
        _ => term.ToString(),
    };
}
