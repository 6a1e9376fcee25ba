using System.Collections.Immutable;
using Proofs.Kernel.Numbers;
using static Proofs.Kernel.Tests.Forgeries.Expression;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// A statement that is false at a point which satisfies its assumptions, so it is not vacuous either.
/// </summary>
/// <param name="Text">As in a certificate.</param>
/// <param name="At">The point.</param>
internal sealed record FalseStatement(string Text, Witness At);

/// <summary>Makes false statements: the point first, then assumptions true there, then a goal false there.</summary>
internal sealed class FalseStatementMaker(Dice dice)
{
    /// <summary>Where a term has no value, no index that leads to it is beyond this.</summary>
    public const int LargestIndex = 8;

    private static readonly BigRational[] Values =
        [0, 1, 2, 4, -1, new(1, 4), new(1, 2), new(9, 4), new(1, 9), 3, new(1, 3), new(-1, 4), new(3, 4), -2,
            new(1, 16), 10, new(-1, 2)];

    private static readonly BigRational[] Exponents =
        [new(1, 2), new(1, 2), new(1, 3), new(3, 2), new(3, 4), 2, 1, 3, 0, new(-1, 2), new(1, 10)];

    private static readonly BigRational[] Ends = [-100, -4, -2, -1, 0, 0, 0, 1, 1, 2, 3, 5, 100];

    // Ranges of the statements that people write; the signs of 0 and the size of 1 decide most normal forms.
    private static readonly (BigRational? Low, BigRational? High)[] Usual =
        [(0, 1), (0, 1), (0, null), (0, null), (1, null), (-1, 1), (null, null), (null, 0), (-1, 0)];

    private static readonly BigRational[] Thresholds =
        [-1000, -100, -10, -4, -3, -2, -1, new(-1, 2), 0, new(1, 10), new(1, 4), new(1, 3), new(1, 2), 1, 2, 3, 4, 10,
            100, 1000];

    private readonly List<string> _reals = [];
    private readonly List<string> _integers = [];
    private readonly List<string> _declarations = [];
    private readonly List<Comparing> _facts = [];
    private readonly List<(string Name, BigRational Low, BigRational High)> _between = [];
    private readonly bool _isAlgebraic = dice.Chance(75);
    private Witness _at = Witness.Empty;

    /// <summary>
    /// A statement whose terms are defined at the point, and whose goal is false there; null where the dice found none.
    /// </summary>
    public FalseStatement? False()
    {
        Assume();
        var goal = Goal();
        return goal is null ? null : Said(goal.ToString());
    }

    /// <summary>A statement of which a term has no value at the point.</summary>
    public FalseStatement? Undefined()
    {
        Assume();
        var maker = Maker();
        for (int attempt = 0; attempt < 12; attempt++)
        {
            var term = dice.Chance(15) ? Twin(maker) : maker.Formula(3);
            var evaluation = _at.Evaluate();
            _ = evaluation.Value(term);
            if (evaluation is { IsUndefined: true, LargestIndex: <= LargestIndex })
            {
                return Said(dice.Chance(50) ? $"{Number(0)} * {term} <= 1" : new Comparing(term, "=", term).ToString());
            }
        }

        return null;
    }

    // The same text for a constant and for an index that is called like it.
    private Expression Twin(ExpressionMaker maker)
    {
        var body = maker.Formula(1) / (Pi - Number(dice.Of<BigRational>(1, 2, 3, 4)));
        var (low, high) = (Number(dice.Of<BigRational>(1, 2, 3)), Number(dice.Of<BigRational>(4, 5)));
        var guarded = new Choice(new(low, "<=", Pi), new Choice(new(Pi, "<=", high), body, Number(0)), Number(0));
        var series = new Series(false, "pi", low, high, body.Replace("pi", Pi));
        return guarded + series with { Body = ExpressionReader.Formula(body.Text, ["pi"]) };
    }

    private FalseStatement Said(string goal)
    {
        string facts = _facts.Count == 0 ? "" : " where " + string.Join(", ", _facts);
        return new(_declarations.Count == 0 ? goal : $"forall {string.Join(", ", _declarations)}{facts} : {goal}", _at);
    }

    private ExpressionMaker Maker() => new(dice, _reals, _integers, _isAlgebraic);

    private void Assume()
    {
        string[] names = dice.Of<string[]>(
            ["x"], ["x", "s"], ["x", "y"], ["x", "y", "s"], ["x", "n"], ["n"], ["n", "m"], ["x", "n", "s"], []);
        foreach (string name in names)
        {
            Declare(name, name is "n" or "m", name == "s");
        }

        int facts = dice.Of(0, 0, 1, 1, 2, 2, 3);
        for (int i = 0; i < facts && names.Length > 0; i++)
        {
            if (Fact() is { } fact && _at.Evaluate().Holds(fact) == true)
            {
                _facts.Add(fact);
            }
        }
    }

    private void Declare(string name, bool isInteger, bool isExponent)
    {
        var value = isInteger ? dice.Of<BigRational>(0, 1, 2, 3, 5, -1, -2) : dice.Of(isExponent ? Exponents : Values);
        BigRational? low = null, high = null;
        var (below, above) = (Ends.Where(e => e <= value).ToList(), Ends.Where(e => e >= value).ToList());
        if (below.Count > 0 && dice.Chance(75))
        {
            low = dice.Chance(50) ? below.Max() : dice.Of(below);
        }

        if (above.Count > 0 && dice.Chance(65))
        {
            high = dice.Chance(50) ? above.Min() : dice.Of(above);
        }

        if (dice.Chance(50)
            && Usual.Where(u => (u.Low is null || u.Low <= value) && (u.High is null || u.High >= value)).ToList()
                is { Count: > 0 } usual)
        {
            (low, high) = dice.Of(usual);
        }

        if (low == high && low is not null)
        {
            high += 1;
        }

        bool open = low is null || (low < value && dice.Chance(50)),
            openAbove = high is null || (high > value && dice.Chance(50));
        if (isExponent && value.Sign > 0 && dice.Chance(60))
        {
            (low, open) = (0, true);
        }

        if (low is { } l && high is { } h && l < value && value < h)
        {
            _between.Add((name, l, h));
        }

        string lower = low?.ToString() ?? "-inf", upper = high?.ToString() ?? "inf";
        string? earlier = _reals.Concat(_integers).FirstOrDefault(n => _at[n] is { } v && v.Low <= value);
        if (earlier is not null && dice.Chance(15))
        {
            (lower, open) = (earlier, false);
        }

        (isInteger ? _integers : _reals).Add(name);
        _declarations.Add(low is null && high is null && !isInteger && lower == "-inf" ? $"{name} in real"
            : $"{name} in {(isInteger ? "int " : "")}{(open ? '(' : '[')}{lower}, {upper}{(openAbove ? ')' : ']')}");
        _at = _at.With(name, Enclosed.Exactly(value));
    }

    private Comparing? Fact()
    {
        var names = _reals.Concat(_integers).ToList();
        Expression x = new Variable(dice.Of(names)), y = new Variable(dice.Of(names));
        switch (dice.Next(8))
        {
            case 0 or 1:
                return new(dice.Chance(70) ? names.Select(n => new Variable(n)).First() : x, "!=", Number(0));
            case 2:
                return new(x, "!=", Number(dice.Of(Ends)));
            case 3:
                return new(
                    dice.Of(x * y, x + y, x - y, x.Power(y), x / y, x + Number(1), Number(1) / x),
                    dice.Of("!=", "!=", "<=", "<", "="), Number(dice.Chance(40) ? 0 : dice.Of(Ends)));
            case 4 when _at.Evaluate().Value(Maker().Formula(2)) is { IsExact: true }:
                var defined = Maker().Formula(2);
                if (_at.Evaluate().Value(defined) is { IsExact: true } value)
                {
                    string name = dice.Of("y1", "z", "t", "u");
                    if (!names.Contains(name))
                    {
                        _reals.Add(name);
                        _declarations.Add($"{name} in real");
                        _at = _at.With(name, value);
                        return new(new Variable(name), "=", defined);
                    }
                }

                return null;
            default:
                var term = Maker().Formula(2);
                if (_at.Evaluate().Value(term) is not { } v)
                {
                    return null;
                }

                return dice.Next(4) switch
                {
                    0 when v.IsExact => new(term, "=", Number(v.Low)),
                    1 => new(term, dice.Of("!=", "<"), Number(Above(v))),
                    2 => new(Number(Below(v)), dice.Of("<=", "<"), term),
                    _ => new(term, dice.Of("<=", "<"), Number(Above(v))),
                };
        }
    }

    private Comparing? Goal()
    {
        var maker = Maker();
        for (int attempt = 0; attempt < 12; attempt++)
        {
            bool smooth = dice.Chance(30);
            var nonZero = _facts.Where(f => f is { Sign: "!=", Right: Literal { Value.IsZero: true } })
                .Select(f => f.Left).ToList();
            bool isShared = nonZero.Count > 0 && dice.Chance(40);
            var term = isShared
                ? maker.Shared(dice.Of(nonZero))
                : smooth
                ? maker.Smooth(3)
                : dice.Chance(30)
                ? maker.Shared(dice.Of(2, 2, 3))
                : maker.Formula(dice.Of(1, 2, 2, 3, 3, 4));
            if (term.Size > 60 || _at.Evaluate().Value(term) is not { } value)
            {
                continue;
            }

            if (_between.Count > 0 && dice.Chance(25) && AboveTheEnds(maker) is { } above)
            {
                return above;
            }

            var other = dice.Next(isShared ? 10 : 5) switch
            {
                0 => Rewriting.Once(term, dice),
                1 => Rewriting.Once(Rewriting.Once(term, dice) ?? term, dice),
                2 => smooth ? maker.Smooth(2) : maker.Formula(2),
                _ => null,
            };
            var goal = other is null ? Beside(term, value) : Against(term, value, other);
            if (goal is not null && _at.Evaluate().Holds(goal) == false)
            {
                return goal;
            }
        }

        return null;
    }

    // A bound that a term keeps at both ends of a range and not between.
    private Comparing? AboveTheEnds(ExpressionMaker maker)
    {
        var (name, low, high) = dice.Of(_between);
        for (int attempt = 0; attempt < 8; attempt++)
        {
            var term = maker.Smooth(2);
            if (_at.Evaluate().Value(term) is not { } value
                || _at.With(name, Enclosed.Exactly(low)).Evaluate().Value(term) is not { } a
                || _at.With(name, Enclosed.Exactly(high)).Evaluate().Value(term) is not { } b)
            {
                continue;
            }

            BigRational most = BigRational.Max(a.High, b.High), least = BigRational.Min(a.Low, b.Low);
            if (most < value.Low)
            {
                return new(term, "<=", Number(dice.Chance(50) ? most : (most + value.Low) * BigRational.Half));
            }

            if (least > value.High)
            {
                return new(Number(dice.Chance(50) ? least : (least + value.High) * BigRational.Half), "<=", term);
            }
        }

        return null;
    }

    // A number that the value misses, by much or by very little.
    private Comparing Beside(Expression term, Enclosed value)
    {
        var little = BigRational.PowerOfTwo(-dice.Of(1, 3, 10, 40, 100));
        return dice.Next(8) switch
        {
            0 or 1 => new(term, dice.Of("<=", "<", "="), Number(Below(value))),
            2 or 3 => new(Number(Above(value)), dice.Of("<=", "<", "="), term),
            4 => new(term, dice.Of("<=", "<"), Number(value.Low - little)),
            5 => new(Number(value.High + little), dice.Of("<=", "<"), term),
            6 => new(term, dice.Of("<", "!="), Number(value.Low)),
            _ => new(Number(value.High), "<", term),
        };
    }

    private Comparing? Against(Expression term, Enclosed value, Expression other) =>
        _at.Evaluate().Value(other) is not { } second ? null
        : value.High < second.Low
        ? dice.Of<Comparing>(new(other, "<=", term), new(other, "=", term), new(other, "<", term))
        : value.Low > second.High
        ? dice.Of<Comparing>(new(term, "<=", other), new(term, "=", other), new(term, "<", other))
        : dice.Of<Comparing>(new(term, "<", other), new(term, "!=", other));

    private BigRational Below(Enclosed value) => Thresholds.Where(t => t < value.Low) is var list && list.Any()
        ? dice.Chance(70) ? list.Max() : dice.Of(list.ToList()) : value.Low - 1;

    private BigRational Above(Enclosed value) => Thresholds.Where(t => t > value.High) is var list && list.Any()
        ? dice.Chance(70) ? list.Min() : dice.Of(list.ToList()) : value.High + 1;
}
