using Proofs.Kernel.Numbers;
using static Proofs.Kernel.Tests.Forgeries.Expression;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>Random formulas over given variables, rich in what normal forms and ranges must get right.</summary>
/// <remarks>Algebraic ones have few functions that the kernel must enclose, so that many fit into a second.</remarks>
internal sealed class ExpressionMaker(
    Dice dice, IReadOnlyList<string> reals, IReadOnlyList<string> integers, bool isAlgebraic)
{
    private static readonly BigRational[] Numbers =
    [
        0, 1, 2, 3, 4, -1, -2, 10, new(1, 2), new(1, 3), new(3, 2), new(-1, 2), new(1, 4), new(1, 10), 100, new(-5, 3),
    ];

    // Names that a reader, a normal form or a substitution could take for something else.
    private static readonly string[] Indices =
        ["i", "i", "i", "j", "j", "k", "k", "pi", "i_", "t", "exp", "e", "x", "n"];

    private readonly List<string> _indices = [];

    private IEnumerable<string> Whole => integers.Concat(_indices);

    public static Expression Number(Dice dice) => Expression.Number(dice.Of(Numbers));

    /// <summary>A formula with at most <paramref name="depth"/> levels.</summary>
    public Expression Formula(int depth)
    {
        if (depth <= 0)
        {
            return Leaf();
        }

        int way = dice.Next(100);
        return way switch
        {
            < 10 => Shared(depth),
            < 18 => Formula(depth - 1) + Formula(depth - 1),
            < 24 => Formula(depth - 1) - Formula(depth - 1),
            < 40 => Formula(depth - 1) * Formula(depth - 1),
            < 52 => Formula(depth - 1) / Formula(depth - 2),
            < 76 => Formula(depth - 2).Power(Exponent()),
            < 92 => Function(depth),
            < 95 => new Choice(Relation(depth - 2), Formula(depth - 1), Formula(depth - 1)),
            < 98 => Series(depth),
            _ => Leaf(),
        };
    }

    /// <summary>Powers of one base, which a normal form takes together.</summary>
    public Expression Shared(int depth) => Shared(Formula(depth - 2));

    /// <summary>Powers of this base.</summary>
    public Expression Shared(Expression b)
    {
        var (p, q) = (b.Power(Exponent()), dice.Chance(50) ? b : b.Power(Exponent()));
        return dice.Next(5) switch
        {
            0 => p * q,
            1 or 2 => p / q,
            3 => (Expression.Number(1) / b).Power(Exponent()),
            _ => p.Power(Exponent()),
        };
    }

    /// <summary>A formula that is differentiable nearly everywhere.</summary>
    public Expression Smooth(int depth) => depth <= 0 ? Leaf() : dice.Next(10) switch
    {
        < 3 => Smooth(depth - 1) + Smooth(depth - 1),
        < 4 => Smooth(depth - 1) - Smooth(depth - 1),
        < 7 => Smooth(depth - 1) * Smooth(depth - 1),
        7 => Smooth(depth - 1) / Leaf(),
        8 => Smooth(depth - 1)
            .Power(dice.Chance(60) ? Expression.Number(dice.Of<BigRational>(2, 3, new(3, 2), -1)) : Exponent()),
        _ when isAlgebraic => Leaf() * (Leaf() + Pi),
        _ => new Call(dice.Of("exp", "exp", "log"), Smooth(depth - 1)),
    };

    public Comparing Relation(int depth) => new(Formula(depth), dice.Of("<=", "<", "=", "!="), Formula(depth - 1));

    /// <summary>A formula whose value is an integer.</summary>
    public Expression Integer(int depth)
    {
        var names = Whole.ToList();
        return dice.Next(depth <= 0 ? 2 : 6) switch
        {
            0 => Expression.Number(dice.Of<BigRational>(0, 1, 2, 3, -1, 5)),
            1 => names.Count > 0 ? new Variable(dice.Of(names)) : Expression.Number(2),
            2 => Integer(depth - 1) + Integer(depth - 1),
            3 => Integer(depth - 1) - Integer(depth - 1),
            4 => Integer(depth - 1) * Integer(depth - 1),
            _ => new Call(dice.Of("floor", "ceil"), Formula(depth - 1)),
        };
    }

    private Expression Leaf()
    {
        var names = reals.Concat(Whole).ToList();
        return names.Count > 0 && dice.Chance(70)
            ? new Variable(dice.Of(names))
            : dice.Chance(isAlgebraic ? 1 : 6)
            ? Pi
            : Number(dice);
    }

    private Expression Exponent()
    {
        Expression name = reals.Count + integers.Count > 0
            ? new Variable(dice.Of([.. reals, .. Whole]))
            : Expression.Number(2);
        return dice.Next(12) switch
        {
            4 or 5 or 6 when isAlgebraic && dice.Chance(90) => name,
            0 or 1 => Expression.Number(2),
            2 => Expression.Number(dice.Of<BigRational>(3, 4, 0, 1, -2)),
            3 => Expression.Number(-1),
            4 or 5 => Expression.Number(new(1, 2)),
            6 => Expression.Number(dice.Of<BigRational>(new(1, 3), new(3, 2), new(-1, 2), new(5, 2))),
            7 or 8 or 9 => name,
            10 => name - Expression.Number(1),
            _ => dice.Of(
                Expression.Number(1) - name, Expression.Number(-1) * name, name * name, Expression.Number(2) * name,
                Expression.Number(1) / name),
        };
    }

    private Call Function(int depth) => (isAlgebraic ? 6 + dice.Next(12) : dice.Next(18)) switch
    {
        0 or 1 or 2 => new Call("exp", Formula(depth - 1)),
        3 or 4 or 5 => new Call("log", Formula(depth - 1)),
        6 or 7 => new Call("abs", Formula(depth - 1)),
        8 or 9 => new Call(dice.Of("min", "max"), Formula(depth - 1), Formula(depth - 1)),
        10 or 11 => new Call(dice.Of("floor", "ceil"), Formula(depth - 1)),
        12 or 13 => new Call(dice.Of("pow2floor", "pow2ceil"), Formula(depth - 1)),
        14 or 15 => new Call("factorial", Integer(1)),
        _ => new Call("binomial", Integer(1), Integer(1)),
    };

    private Series Series(int depth)
    {
        var (lower, upper) = (Integer(1), Integer(1));
        string index = dice.Of(Indices);
        _indices.Add(index);
        var body = Formula(depth - 1);
        _indices.Remove(index);
        return new Series(dice.Chance(25), index, lower, upper, body);
    }
}
