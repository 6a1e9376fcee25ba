using System.Globalization;
using Proofs.Kernel.Numbers;
using static Proofs.Kernel.Tests.Forgeries.Expression;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// Random rules for a sequent, with arguments taken from its own terms where that makes them likely to apply.
/// </summary>
internal sealed class StepMaker(Dice dice)
{
    /// <summary>The axioms of the kernel and their numbers of arguments; amgm takes pairs.</summary>
    public static readonly (string Name, int Arity)[] Axioms =
    [
        ("exp-tangent", 1), ("log-tangent", 1), ("exp-monotone", 2), ("exp-reflects", 2), ("log-monotone", 2),
        ("log-reflects", 2),
        ("power-monotone", 3), ("power-antitone", 3), ("power-reflects", 3), ("square-reflects", 2),
        ("exponent-grows", 3),
        ("exponent-falls", 3), ("bernoulli", 2), ("bernoulli-root", 2), ("amgm", 4), ("young", 3), ("floor", 1),
        ("floor-above", 1),
        ("ceil", 1), ("ceil-below", 1), ("pow2floor", 1), ("pow2floor-above", 1), ("pow2ceil", 1),
        ("pow2ceil-below", 1), ("abs", 1),
        ("abs-minus", 1), ("min-left", 2), ("min-right", 2), ("max-left", 2), ("max-right", 2), ("integer-gap", 2),
    ];

    /// <summary>The rules that leave something to prove.</summary>
    public static readonly string[] Rules =
        ["cut", "split", "enumerate", "let", "subst", "axiom", "absurd", "both", "below", "above", "induct", "derive",
            "convex"];

    private static readonly string[] Fresh =
        ["t", "u", "i", "pi", "k", "exp", "sum", "y2", "i_", "if", "inf", "e", "x_"];

    private readonly bool _isAlgebraic = dice.Chance(85);

    /// <summary>A rule that would close the sequent.</summary>
    public ForgedStep Closing(SequentView s) => dice.Chance(40) || s.Goal.Sign == "!=" ? new("trivial") : Linear(s);

    /// <summary>A rule that leaves other sequents, and that has to do with the one before.</summary>
    public ForgedStep Leaving(SequentView s, ForgedStep? before)
    {
        if (before is { Rule: "let" or "split" } && dice.Chance(30) && Shadowing(s) is { } series)
        {
            return new("cut", new Comparing(series, dice.Of("<=", "="), ExpressionMaker.Number(dice)).ToString());
        }

        if (before is { Rule: "cut" } && s.Goal.Left is Series
            && s.Facts.LastOrDefault(f => f is { Sign: "=", Left: Variable }) is { } equation && dice.Chance(70))
        {
            return new("subst", ((Variable)equation.Left).Name, equation.Right.Text);
        }

        var maker = new ExpressionMaker(dice, [.. s.Variables.Except(s.Integers)], [.. s.Integers], _isAlgebraic);
        string name = s.Variables.Count > 0 ? dice.Of(s.Variables.ToList()) : "x";
        string whole = s.Integers.Count > 0 ? dice.Of(s.Integers.ToList()) : name;
        switch (dice.Next(16))
        {
            case 0:
                return new(dice.Of("cut", "split"), Relation(s, maker).ToString());
            case 1:
                return new(s.Goal.Sign == "=" ? "both" : s.Goal.Sign == "!=" ? dice.Of("below", "above") : "absurd");
            case 2:
                int low = dice.Next(6) - 3;
                return new("enumerate", whole, Text(low), Text(low + dice.Next(6)));
            case 3 or 4:
                return new("let", dice.Of(Fresh), (dice.Chance(30) ? maker.Integer(2) : Term(s, maker)).Text);
            case 5 or 6:
                return Substitution(s, maker, name);
            case 7:
                return new("induct", whole, Text(dice.Next(5) - 2));
            case 8 or 9:
                return new("derive", name, End(s, maker, name).Text, dice.Of(Fresh));
            case 10 or 11:
                var (from, to) = (Bound(s, name, isLower: true), Bound(s, name, isLower: false));
                return new("convex", name, (from ?? End(s, maker, name)).Text, (to ?? End(s, maker, name)).Text);
            default:
                return Axiom(s, maker);
        }
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    private Expression Term(SequentView s, ExpressionMaker maker)
    {
        if (dice.Chance(30))
        {
            return maker.Formula(2);
        }

        // A part of the sequent whose names all stand for variables of it.
        var relation = s.Facts.Length > 0 && dice.Chance(40) ? dice.Of(s.Facts) : s.Goal;
        var parts = (dice.Chance(50) ? relation.Left : relation.Right).All
            .Where(p => p.Size <= 40 && p.Names.All(s.Variables.Contains)).ToList();
        return parts.Count > 0 ? dice.Of(parts) : maker.Formula(1);
    }

    private Comparing Relation(SequentView s, ExpressionMaker maker) => dice.Next(5) switch
    {
        1 when dice.Chance(40) => Identity(s, maker),
        0 when Term(s, maker) is var term => new(term, dice.Of("=", "=", "<="), Rewriting.Once(term, dice) ?? term),
        4 when Shadowing(s) is { } series => new(series, dice.Of("<=", "<", "="), ExpressionMaker.Number(dice)),
        4 => maker.Relation(2),
        1 => new(Term(s, maker), dice.Of("<=", "<", "=", "!="), ExpressionMaker.Number(dice)),
        2 => new(ExpressionMaker.Number(dice), dice.Of("<=", "<", "=", "!="), Term(s, maker)),
        _ => new(Term(s, maker), dice.Of("<=", "<", "=", "!="), Term(s, maker)),
    };

    // Laws of the school that need a sign, or that something is not 0.
    private Comparing Identity(SequentView s, ExpressionMaker maker)
    {
        Expression a = s.Variables.Count > 0 && dice.Chance(60)
            ? new Variable(dice.Of(s.Variables.ToList()))
            : Term(s, maker);
        var (b, one, two) = (Term(s, maker), Number(1), Number(2));
        return dice.Of<Comparing>(
            new(a / a, "=", one), new(a * (one / a), "=", one), new(b * a / a, "=", b),
            new(a.Power(b) * a.Power(Number(0) - b), "=", one),
            new(a.Power(one / two).Power(two), "=", a), new(a.Power(two).Power(one / two), "=", a),
            new(new Call("exp", new Call("log", a)), "=", a),
            new(new Call("log", a * b), "=", new Call("log", a) + new Call("log", b)),
            new(Number(0).Power(a), "=", Number(0)),
            new((a * b).Power(one / two), "=", a.Power(one / two) * b.Power(one / two)), new(one / (one / a), "=", a));
    }

    // A series whose index is called like a variable that another one is replaced by.
    private Series? Shadowing(SequentView s)
    {
        var pairs = (from f in s.Facts
                     where f.Sign == "=" && f.Left is Variable
                     from other in f.Right.Names
                     select (((Variable)f.Left).Name, Index: other)).ToList();
        if (pairs.Count == 0)
        {
            return null;
        }

        var (name, index) = dice.Of(pairs);
        Expression i = new Variable(index), x = new Variable(name);
        return new Series(
            dice.Chance(20), index, Number(dice.Next(2)), Number(1 + dice.Next(3)),
            dice.Of(i * x, i + x, x, x.Power(i)));
    }

    private ForgedStep Substitution(SequentView s, ExpressionMaker maker, string name)
    {
        var equations =
            s.Facts.Where(f => f is { Sign: "=", Left: Variable } or { Sign: "=", Right: Variable }).ToList();
        if (equations.Count > 0 && dice.Chance(80))
        {
            var equation = dice.Of(equations);
            return equation.Left is Variable v && (dice.Chance(70) || equation.Right is not Variable)
                ? new("subst", v.Name, equation.Right.Text)
                : new("subst", ((Variable)equation.Right).Name, equation.Left.Text);
        }

        return new("subst", name, Term(s, maker).Text);
    }

    // What a fact says that the variable is at least, or at most.
    private static Expression? Bound(SequentView s, string name, bool isLower) => s.Facts
        .Where(f => f.Sign is "<=" or "<" && (isLower ? f.Right : f.Left) is Variable v && v.Name == name)
        .Select(f => isLower ? f.Left : f.Right).FirstOrDefault();

    // An end of the range of the variable, if a fact names one.
    private Expression End(SequentView s, ExpressionMaker maker, string name)
    {
        var ends = s.Facts.Where(f => f.Left is Variable v && v.Name == name).Select(f => f.Right)
            .Concat(s.Facts.Where(f => f.Right is Variable v && v.Name == name).Select(f => f.Left)).ToList();
        return ends.Count > 0 && dice.Chance(75)
            ? dice.Of(ends)
            : dice.Chance(70)
            ? ExpressionMaker.Number(dice)
            : maker.Formula(1);
    }

    private ForgedStep Axiom(SequentView s, ExpressionMaker maker)
    {
        var (name, arity) = dice.Of(Axioms);
        var arguments = new List<Expression>();
        for (int i = 0; i < arity; i++)
        {
            arguments.Add(name == "integer-gap" ? maker.Integer(1)
                : dice.Chance(25) ? ExpressionMaker.Number(dice)
                : Term(s, maker));
        }

        if (name == "amgm")
        {
            var weight = dice.Of<BigRational>(new(1, 2), new(1, 3), new(1, 4), 1, 2, -1);
            (arguments[1], arguments[3]) = (Number(weight), Number(dice.Chance(85) ? 1 - weight : weight));
        }
        else if (s.Facts.Length > 0 && arity >= 2 && dice.Chance(40))
        {
            // The sides of a fact are in order, and so may be what functions make of them.
            var fact = dice.Of(s.Facts);
            (arguments[0], arguments[1]) = (fact.Left, fact.Right);
            if (name.EndsWith("-reflects", StringComparison.Ordinal)
                && fact is { Left: Binary { Sign: '^' } p, Right: Binary { Sign: '^' } q })
            {
                (arguments[0], arguments[1]) = (p.Left, q.Left);
            }
            else if (name.EndsWith("-reflects", StringComparison.Ordinal)
                && fact is { Left: Call { Arguments: [var a] }, Right: Call { Arguments: [var b] } })
            {
                (arguments[0], arguments[1]) = (a, b);
            }
        }

        return new("axiom", [name, .. arguments.Select(a => a.Text)]);
    }

    private ForgedStep Linear(SequentView s)
    {
        var maker = new ExpressionMaker(dice, [.. s.Variables.Except(s.Integers)], [.. s.Integers], _isAlgebraic);
        var arguments = new List<string>();
        if (s.Facts.Length > 0 && dice.Chance(30))
        {
            return new(
                "linear",
                [.. Enumerable.Range(0, s.Facts.Length).Where(i => s.Facts[i].Sign != "!=")
                    .Select(i => $"1 : {Text(i)}")]);
        }

        for (int i = dice.Of(0, 0, 1, 1, 2, 3); i > 0; i--)
        {
            if (s.Variables.Count > 0 && dice.Chance(20))
            {
                var (low, high) = (
                    ExpressionMaker.Number(dice).Text.Trim('(', ')'), ExpressionMaker.Number(dice).Text.Trim('(', ')'));
                arguments.Add($"box {dice.Of(s.Variables.ToList())} : {low} {high}");
                continue;
            }

            var multiplier = dice.Next(6) switch
            {
                0 => (maker.Formula(1) - maker.Formula(1)).Power(Number(2)),
                1 => maker.Formula(1),
                2 => Term(s, maker),
                _ => ExpressionMaker.Number(dice),
            };
            string facts = "";
            for (int j = dice.Next(3); j > 0 && s.Facts.Length > 0; j--)
            {
                facts += " " + Text(dice.Next(s.Facts.Length));
            }

            arguments.Add(facts.Length > 0 ? $"{multiplier} :{facts}" : multiplier.Text);
        }

        return new("linear", arguments);
    }
}
