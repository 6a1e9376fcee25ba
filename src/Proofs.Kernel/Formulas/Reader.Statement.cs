using System.Collections.Immutable;

namespace Proofs.Kernel.Formulas;

public sealed partial class Reader
{
    private readonly List<string> _reals = [];
    private readonly List<string> _integerNames = [];
    private readonly ImmutableArray<Relation>.Builder _ranges = ImmutableArray.CreateBuilder<Relation>();

    internal static Statement Statement(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new Reader(text, []);
        var hypotheses = ImmutableArray.CreateBuilder<Relation>();
        if (reader.TakeWord("forall"))
        {
            do
            {
                reader.Declaration();
            }
            while (reader.Take(","));
            if (reader.TakeWord("where"))
            {
                do
                {
                    hypotheses.AddRange(reader.Conjunction());
                }
                while (reader.Take(","));
            }

            if (!reader.Take(":"))
            {
                throw reader.Expected(hypotheses.Count > 0 ? "':' before the claim" : "',', 'where' or ':' before the claim");
            }
        }

        var goals = reader.Conjunction();
        reader.End();
        return new(
            OneLine(text).Trim(), [.. reader._reals], [.. reader._integerNames], reader._ranges.ToImmutable(), hypotheses.ToImmutable(), goals);
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => c is '\n' or '\r' or '\t' ? ' ' : c));

    // names in [int|real] [range]; the ends may mention variables declared before.
    private void Declaration()
    {
        var names = new List<(string Name, int Column)>();
        do
        {
            Skip();
            int column = _at + 1;
            string name = Name("the name of a variable");
            if (!Names.IsVariable(name) || HasArity(name, out _) || _scope.Contains(name) || names.Any(n => n.Name == name))
            {
                throw new StatementFormatException(column, $"'{name}' is already a name; choose another");
            }

            names.Add((name, column));
        }
        while (Take(","));
        if (!TakeWord("in"))
        {
            throw new StatementFormatException(
                names[^1].Column, $"expected 'in' and the range of '{names[^1].Name}', as in '{names[^1].Name} in (0, 1]'");
        }

        bool integer = TakeWord("int"), real = !integer && TakeWord("real");
        int start = _at + 1;
        bool open = Take("(");
        if (!open && !Take("["))
        {
            if (!integer && !real)
            {
                throw Expected("a range such as (0, 1] or int [1, inf)");
            }

            Declare(names, integer, null, false, null, false);
            return;
        }

        var lower = Bound("-inf", open);
        Require(",");
        var upper = Bound("inf", null);
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

        Declare(names, integer, lower, open, upper, openAbove);
    }

    private Term? Bound(string infinity, bool? open)
    {
        if (!Take(infinity) && !(infinity == "inf" && Take("+inf")))
        {
            return Sum();
        }

        return open != false ? null : throw new StatementFormatException(_at, "-inf belongs to no range; open it with '('");
    }

    private void Declare(List<(string Name, int Column)> names, bool integer, Term? lower, bool open, Term? upper, bool openAbove)
    {
        foreach (var (name, _) in names)
        {
            var variable = new Term.Variable(name);
            if (lower is not null)
            {
                _ranges.Add(new(lower, open ? Comparison.Less : Comparison.AtMost, variable));
            }

            if (upper is not null)
            {
                _ranges.Add(new(variable, openAbove ? Comparison.Less : Comparison.AtMost, upper));
            }

            _scope.Add(name);
            (integer ? _integerNames : _reals).Add(name);
        }
    }
}
