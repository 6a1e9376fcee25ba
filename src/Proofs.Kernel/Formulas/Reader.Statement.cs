using System.Collections.Immutable;

namespace Proofs.Kernel.Formulas;

public sealed partial class Reader
{
    private readonly List<string> _reals = [];
    private readonly List<string> _integerNames = [];
    private readonly List<string> _declarations = [];
    private readonly ImmutableArray<Relation>.Builder _ranges = ImmutableArray.CreateBuilder<Relation>();
    private readonly ImmutableArray<Relation>.Builder _hypotheses = ImmutableArray.CreateBuilder<Relation>();

    /// <summary>A statement in the language of certificates.</summary>
    internal static Statement Statement(string text) => new Reader(text, []).Claim();

    /// <summary>
    /// A statement as people write it: what is no certificate's spelling is spelled anew, and that text is read.
    /// </summary>
    internal static Statement Typed(string text)
    {
        var reader = new Reader(text, [], isTyped: true);
        var typed = reader.Claim();
        if (!reader._isRespelled)
        {
            return typed;
        }

        var statement = Statement(Spelling.Of(reader._declarations, typed.Hypotheses, typed.Goals));
        return SameParts(statement, typed)
            ? statement with { IsRespelled = true }
            : throw new StatementFormatException("the statement has no spelling in certificates");
    }

    private static bool SameParts(Statement a, Statement b) =>
        a.Reals.SequenceEqual(b.Reals) && a.Integers.SequenceEqual(b.Integers)
        && Same(a.Ranges, b.Ranges) && Same(a.Hypotheses, b.Hypotheses) && Same(a.Goals, b.Goals);

    private static bool Same(ImmutableArray<Relation> a, ImmutableArray<Relation> b) =>
        a.Select(r => r.ToString()).SequenceEqual(b.Select(r => r.ToString()), StringComparer.Ordinal);

    private Statement Claim()
    {
        if (TakeWord("forall"))
        {
            do
            {
                Declaration();
            }
            while (Take(","));
            if (TakeWord("where"))
            {
                do
                {
                    _hypotheses.AddRange(Conditions().Relations());
                }
                while (Take(","));
            }

            if (!Take(":"))
            {
                throw Expected(_hypotheses.Count > 0 ? "':' before the claim" : "',', 'where' or ':' before the claim");
            }
        }

        var goals = Goals();
        while (_isTyped && TakeWord("implies"))
        {
            // A => B : what stands before it is assumed.
            _isRespelled = true;
            _hypotheses.AddRange(goals);
            goals = _declarations.Count > 0
                ? Goals()
                : throw new StatementFormatException(_at + 1, "=> needs variables; begin with forall");
        }

        End();
        return new(
            OneLine(_text).Trim(), [.. _reals], [.. _integerNames], _ranges.ToImmutable(), _hypotheses.ToImmutable(),
            goals);
    }

    private ImmutableArray<Relation> Goals()
    {
        var goals = Conditions().Relations();
        while (_isTyped && Take(","))
        {
            _isRespelled = true;
            goals = goals.AddRange(Conditions().Relations());
        }

        return goals;
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => c is '\n' or '\r' or '\t' ? ' ' : c));

    // names in [int|real] [range], and as people write it names > end; the ends may mention variables declared before.
    private void Declaration()
    {
        var names = new List<(string Name, int Column)>();
        do
        {
            Skip();
            int column = _at + 1;
            string name = Name("the name of a variable");
            if (!Names.IsVariable(name) || (_isTyped && Spelling.IsWord(name))
                || _scope.Contains(name) || names.Any(n => n.Name == name))
            {
                throw new StatementFormatException(column, $"'{name}' is already a name; choose another");
            }

            names.Add((name, column));
        }
        while (Take(","));
        if (TakeWord("in"))
        {
            Range(names);
        }
        else if (!_isTyped || !Compared(names))
        {
            throw new StatementFormatException(
                names[^1].Column,
                $"expected 'in' and the range of '{names[^1].Name}', as in '{names[^1].Name} in (0, 1]'");
        }
    }

    private void Range(List<(string Name, int Column)> names)
    {
        if (_isTyped && (TakeWord("nat") || TakeLetter("N")))
        {
            _isRespelled = true;
            Declare(names, true, (Formulas.Term.Constant(0), false), (null, true));
            return;
        }

        bool integer = TakeWord("int") || TakeLetter("Z"), real = !integer && (TakeWord("real") || TakeLetter("R"));
        Skip();
        int start = _at + 1;
        bool open = Take("(");
        if (!open && !Take("["))
        {
            if (!integer && !real)
            {
                throw Expected("a range such as (0, 1] or int [1, inf)" + (_isTyped ? ", or real, int or nat" : ""));
            }

            Declare(names, integer, (null, true), (null, true));
            return;
        }

        var lower = Bound(isUpper: false, open);
        Require(",");
        var upper = Bound(isUpper: true, null);
        bool openAbove = Take(")");
        if (!openAbove)
        {
            Require("]");
            if (upper is null)
            {
                throw new StatementFormatException(_at, "inf belongs to no range; close it with ')'");
            }
        }

        if (lower is Term.Number a && upper is Term.Number b
            && (a.Value > b.Value || (a.Value == b.Value && (open || openAbove))))
        {
            throw new StatementFormatException(start, $"the range from {a.Value} to {b.Value} is empty");
        }

        Declare(names, integer, (lower, open), (upper, openAbove));
    }

    // R, N and Z after `in` are the sets, unless they are variables.
    private bool TakeLetter(string letter)
    {
        bool taken = _isTyped && IsWordAt(_at, letter) && !_scope.Contains(letter);
        _at += taken ? 1 : 0;
        _isRespelled |= taken;
        return taken;
    }

    private Term? Bound(bool isUpper, bool? open)
    {
        int start = _at;
        bool signed = isUpper ? Take("+") : Take("-");
        if ((signed || isUpper) && TakeWord("inf"))
        {
            return open != false
                ? null
                : throw new StatementFormatException(_at, "-inf belongs to no range; open it with '('");
        }

        _at = start;
        return Sum();
    }

    // x, y > 0 : the names are real numbers above 0.
    private bool Compared(List<(string Name, int Column)> names)
    {
        if (Comparator() is not { } symbol || symbol == "=")
        {
            return false;
        }

        _isRespelled = true;
        var end = Sum();
        bool open = symbol is "<" or ">";
        Declare(
            names,
            false,
            symbol is ">" or ">=" ? (end, open) : (null, true),
            symbol is "<" or "<=" ? (end, open) : (null, true));
        if (symbol == "!=")
        {
            _hypotheses.AddRange(names.Select(n => new Relation(new Term.Variable(n.Name), Comparison.Different, end)));
        }

        return true;
    }

    private void Declare(
        List<(string Name, int Column)> names, bool integer, (Term? Term, bool IsOpen) lower,
        (Term? Term, bool IsOpen) upper)
    {
        foreach (var (name, _) in names)
        {
            var variable = new Term.Variable(name);
            if (lower.Term is { } a)
            {
                _ranges.Add(new(a, lower.IsOpen ? Comparison.Less : Comparison.AtMost, variable));
            }

            if (upper.Term is { } b)
            {
                _ranges.Add(new(variable, upper.IsOpen ? Comparison.Less : Comparison.AtMost, b));
            }

            _scope.Add(name);
            (integer ? _integerNames : _reals).Add(name);
            _declarations.Add(Spelling.Of(name, integer, lower, upper));
        }
    }
}
