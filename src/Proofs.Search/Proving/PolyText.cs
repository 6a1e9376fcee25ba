using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving;

/// <summary>Normal forms as formulas that the checker reads back.</summary>
internal static class PolyText
{
    /// <summary>The formula of a polynomial, or null where an atom has none.</summary>
    public static string? Of(Poly p)
    {
        if (p.IsZero)
        {
            return "0";
        }

        var terms = p.Terms.Select(t => Of(t.Value, t.Key)).ToList();
        return terms.Contains(null) ? null : string.Join(" + ", terms.OrderBy(t => t, StringComparer.Ordinal));
    }

    /// <summary>The formula of a multiple of a monomial, or null where an atom has none.</summary>
    public static string? Of(BigRational c, Monomial m)
    {
        var factors = m.Factors.Select(Of).ToList();
        return factors.Contains(null) ? null : factors.Count == 0 ? $"({c})"
            : c == BigRational.One ? string.Join("*", factors)
            : $"({c})*{string.Join("*", factors)}";
    }

    private static string? Of(Factor f)
    {
        if (Of(f.Exponent) is not { } exponent)
        {
            return null;
        }

        if (f.Atom.Kind == AtomKind.Euler)
        {
            return $"exp({exponent})";
        }

        string? atom = Of(f.Atom);
        return atom is null || (f.Symbolic is null && f.Number == BigRational.One) ? atom : $"{atom}^({exponent})";
    }

    private static string? Of(Atom a)
    {
        switch (a.Kind)
        {
            case AtomKind.Variable:
                return a.Key;
            case AtomKind.Number:
                return a.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
            case AtomKind.Pi:
                return "pi";
            case AtomKind.Compound:
                return Of(a.Parts[0]) is { } inner ? $"({inner})" : null;
        }

        if (a.Key[0] == '\'')
        {
            return $"({a.Key[1..^1]})";
        }

        if (a.Parts.IsEmpty)
        {
            return a.Key.AsSpan().ContainsAny("@#[~'") ? null : a.Key;
        }

        var arguments = a.Parts.Select(Of).ToList();
        if (arguments.Contains(null))
        {
            return null;
        }

        string name = a.Key[..a.Key.IndexOf('(', StringComparison.Ordinal)];
        return name == "power" ? $"(({arguments[0]})^({arguments[1]}))" : $"{name}({string.Join(", ", arguments)})";
    }
}
