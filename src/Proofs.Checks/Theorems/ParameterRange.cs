using System.Text.RegularExpressions;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Search.Proving;

namespace Proofs.Checks.Theorems;

/// <summary>
/// The values a parameter of a theorem may take, read from <c>(0, 1]</c>, <c>int [1, inf)</c> or <c>real</c>.
/// </summary>
public sealed partial record ParameterRange
{
    private ParameterRange(
        bool isInteger, RationalInterval? lower, bool isOpenBelow, RationalInterval? upper, bool isOpenAbove) =>
        (IsInteger, Lower, IsOpenBelow, Upper, IsOpenAbove) = (isInteger, lower, isOpenBelow, upper, isOpenAbove);

    /// <summary>Whether the values are integers.</summary>
    public bool IsInteger { get; }

    /// <summary>The lower end; null for −∞.</summary>
    public RationalInterval? Lower { get; }

    /// <summary>Whether the lower end itself is left out.</summary>
    public bool IsOpenBelow { get; }

    /// <summary>The upper end; null for +∞.</summary>
    public RationalInterval? Upper { get; }

    /// <summary>Whether the upper end itself is left out.</summary>
    public bool IsOpenAbove { get; }

    /// <summary>The range that a declaration gives.</summary>
    /// <exception cref="FormatException">The name or the range is none, or the range holds no value; the message says
    /// what was expected.</exception>
    public static ParameterRange Parse(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        string name = parameter.Name ?? "", text = (parameter.Range ?? "").Trim();
        if (!NamePattern().IsMatch(name) || Instance.OwnNames.Contains(name))
        {
            throw new FormatException(
                $"'{name}' cannot name a parameter; expected letters, digits and _, beginning with a letter, and "
                    + $"none of {string.Join(", ", Instance.OwnNames)}");
        }

        if (RangePattern().Match(text) is not { Success: true } match)
        {
            throw Malformed(name, text, "");
        }

        bool isInteger = match.Groups["kind"].Value == "int", isBounded = match.Groups["ends"].Success;
        string[] ends = isBounded ? Split(match.Groups["ends"].Value) : ["-inf", "inf"];
        if (ends.Length != 2)
        {
            throw Malformed(name, text, "");
        }

        try
        {
            // the statement language has the last word: what it refuses could not stand in a claim
            _ = Statement.Parse($"forall {name} in {text} : 0 <= 1");
            var range = new ParameterRange(
                isInteger,
                End(ends[0], "-inf"),
                isBounded && match.Groups["below"].Value == "(",
                End(ends[1], "inf", "+inf"),
                isBounded && match.Groups["above"].Value == ")");
            return range.IsEmpty ? throw Malformed(name, text, ": it holds no value") : range;
        }
        catch (Exception e) when (
            e is FormatException or InvalidOperationException
                && !e.Message.StartsWith("the range", StringComparison.Ordinal))
        {
            throw Malformed(name, text, $": {ColumnPattern().Replace(e.Message, "")}");
        }
    }

    /// <summary>The range, or what is wrong with it.</summary>
    internal static (ParameterRange? Range, string? Problem) Read(Parameter parameter)
    {
        try
        {
            return (Parse(parameter), null);
        }
        catch (FormatException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Whether a number lies in the range; null where its enclosure leaves that open.</summary>
    public bool? Contains(RationalInterval value)
    {
        bool? above = Lower is { } lower
            ? Bounds.Holds(value, IsOpenBelow ? RelationKind.Greater : RelationKind.GreaterOrEqual, lower)
            : true;
        bool? below = Upper is { } upper
            ? Bounds.Holds(value, IsOpenAbove ? RelationKind.Less : RelationKind.LessOrEqual, upper)
            : true;
        bool? whole = !IsInteger ? true
            : value.IsExact ? value.Lower!.Value.IsInteger
            : value is { Lower: { } l, Upper: { } u } && Ceiling(l) > u ? false
            : null;
        return above == false || below == false || whole == false ? false
            : above == true && below == true && whole == true ? true
            : null;
    }

    // Certainly without a value; ends whose enclosures overlap leave it open.
    private bool IsEmpty
    {
        get
        {
            if (Lower is not { } lower || Upper is not { } upper)
            {
                return false;
            }

            if (!IsInteger)
            {
                return Bounds.Holds(
                    lower, IsOpenBelow || IsOpenAbove ? RelationKind.Less : RelationKind.LessOrEqual, upper) == false;
            }

            if (lower.Lower is not { } least || upper.Upper is not { } most)
            {
                return false;
            }

            var first = Ceiling(least);
            first = first == least && IsOpenBelow && lower.IsExact ? first + 1 : first;
            return first > most || (first == most && IsOpenAbove && upper.IsExact);
        }
    }

    private static BigRational Ceiling(BigRational value) => new(value.Ceiling(), 1);

    private static RationalInterval? End(string text, params string[] infinities) => infinities.Contains(text.Trim())
        ? null
        : Bounds.Of(new Instance("range", Proofs.Constructions.Domains.Box.Unit(1), null), Expr.Parse(text));

    private static FormatException Malformed(string name, string text, string why) => new(
        $"the range '{text}' of {name} is none{why}; expected one such as (0, 1], [1, inf), int [1, 64] or real");

    // At the commas outside all parentheses; a bracket that closes none makes no two parts.
    private static string[] Split(string text)
    {
        var parts = new List<string>();
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' ? -1 : 0;
            if (depth < 0)
            {
                return [];
            }

            if (depth == 0 && text[i] == ',')
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        return depth == 0 ? [.. parts, text[start..]] : [];
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^column [0-9]+: ", RegexOptions.CultureInvariant)]
    private static partial Regex ColumnPattern(); // of a longer text than the author wrote

    [GeneratedRegex(
        @"^(?:(?<kind>int|real)\b)?\s*(?:(?<below>[\[(])(?<ends>.*)(?<above>[\])]))?$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex RangePattern();
}
