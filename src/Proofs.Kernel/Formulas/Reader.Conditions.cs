using System.Collections.Immutable;

namespace Proofs.Kernel.Formulas;

public sealed partial class Reader
{
    private static readonly (string Written, string Meant)[] Comparators =
    [
        ("<=", "<="), (">=", ">="), ("!=", "!="), ("<", "<"), (">", ">"), ("==", "="), ("=", "="),
        ("≤", "<="), ("≥", ">="), ("≠", "!="),
    ];

    // Conjunctions joined by `or`, which only people write. A chain a < b <= c is a < b and b <= c.
    private Proposition Conditions()
    {
        var parts = ImmutableArray.CreateBuilder<Proposition>();
        do
        {
            parts.Add(Conjunction());
        }
        while (_isTyped && TakeWord("or"));
        _isRespelled |= parts.Count > 1;
        return parts.Count == 1 ? parts[0] : new Proposition.Any(parts.ToImmutable());
    }

    // Of a text that is one condition: commas join like `and`, and bind less than `or`.
    private Proposition Listed()
    {
        var parts = ImmutableArray.CreateBuilder<Proposition>();
        do
        {
            var part = Conditions();
            parts.AddRange(part is Proposition.All all ? all.Parts : [part]);
        }
        while (Take(","));
        return parts.Count == 1 ? parts[0] : new Proposition.All(parts.ToImmutable());
    }

    private Proposition Conjunction()
    {
        var parts = ImmutableArray.CreateBuilder<Proposition>();
        do
        {
            var part = _isTyped ? Grouped() : Chain();
            parts.AddRange(part is Proposition.All all ? all.Parts : [part]);
        }
        while (TakeWord("and"));
        return parts.Count == 1 ? parts[0] : new Proposition.All(parts.ToImmutable());
    }

    private Proposition Grouped()
    {
        if (TakeWord("not"))
        {
            _isRespelled = true;
            Enter();
            var negated = Grouped().Negation;
            _depth--;
            return negated;
        }

        if (!IsGroup())
        {
            return Chain();
        }

        _isRespelled = true;
        Require("(");
        Enter();
        var group = Conditions();
        _depth--;
        Require(")");
        return group;
    }

    private Proposition Chain()
    {
        var comparisons = ImmutableArray.CreateBuilder<Proposition>();
        var left = Sum();
        while (Comparator() is { } symbol)
        {
            if (_isTyped && ++_comparisons > MostComparisons)
            {
                throw new StatementFormatException(_at + 1, $"more than {MostComparisons} comparisons");
            }

            var right = Sum();
            comparisons.Add(new Proposition.Comparing(left, symbol, right));
            left = right;
        }

        return comparisons.Count switch
        {
            0 => throw Expected("a relation (<=, <, >=, >, = or !=)", isAfterFormula: true),
            1 => comparisons[0],
            _ => new Proposition.All(comparisons.ToImmutable()),
        };
    }

    private string? Comparator()
    {
        Skip();
        if (_isTyped && _text.AsSpan(_at).StartsWith("=>", StringComparison.Ordinal))
        {
            return null;
        }

        foreach (string mark in (ReadOnlySpan<string>)["!=", "<=", ">="])
        {
            if (TakeOther(mark))
            {
                return mark;
            }
        }

        foreach (var (written, meant) in Comparators)
        {
            if (TakeExactly(written))
            {
                return meant;
            }
        }

        return null;
    }

    // Whether the parenthesis here is one around conditions: whether a comparison or a word between conditions
    // stands in it outside the arguments of calls. No formula has one there.
    private bool IsGroup()
    {
        Skip();
        if (_at >= _text.Length || _text[_at] != '(')
        {
            return false;
        }

        int depth = 0, call = 0; // call: the depth inside the outermost call's parenthesis, 0 outside
        for (int i = _at; i < _text.Length; i++)
        {
            char c = _text[i];
            if (c == '(')
            {
                depth++;
                call = call == 0 && i > _at && IsNamePart(_text[i - 1]) ? depth : call;
            }
            else if (c == ')')
            {
                call = call == depth ? 0 : call;
                if (--depth == 0)
                {
                    return false;
                }
            }
            else if (call == 0 && ("<>=!≤≥≠⩽⩾≦≧∧∨¬⇒⟹".Contains(c, StringComparison.Ordinal) || StartsConnective(i)))
            {
                return true;
            }
        }

        return false;
    }

    private bool StartsConnective(int i) => char.IsAsciiLetter(_text[i]) && !IsNamePart(_text[i - 1])
        && (IsWordAt(i, "and") || IsWordAt(i, "or") || IsWordAt(i, "not"));

    private bool IsWordAt(int i, string word) => _text.AsSpan(i).StartsWith(word, StringComparison.Ordinal)
        && (i + word.Length >= _text.Length || !IsNamePart(_text[i + word.Length]));
}
