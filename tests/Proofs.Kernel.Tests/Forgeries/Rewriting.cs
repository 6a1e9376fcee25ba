using static Proofs.Kernel.Tests.Forgeries.Expression;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// Laws that hold for some arguments only, applied wherever they fit: the false identities that a careless kernel
/// believes.
/// </summary>
internal static class Rewriting
{
    /// <summary>The formula with one law applied somewhere, or null where none fits there.</summary>
    public static Expression? Once(Expression formula, Dice dice)
    {
        var places = formula.All.ToList();
        for (int attempt = 0; attempt < 6; attempt++)
        {
            var place = dice.Of(places);
            var images = Images(place).ToList();
            if (images.Count > 0)
            {
                return Exchange(formula, place, dice.Of(images));
            }
        }

        return null;
    }

    private static Expression Exchange(Expression formula, Expression place, Expression image) =>
        ReferenceEquals(formula, place) ? image : formula switch
        {
            Binary b => new Binary(b.Sign, Exchange(b.Left, place, image), Exchange(b.Right, place, image)),
            Call c => new Call(c.Function, [.. c.Arguments.Select(a => Exchange(a, place, image))]),
            Choice c => new Choice(c.Condition, Exchange(c.Then, place, image), Exchange(c.Else, place, image)),
            Series s =>
                s with
                {
                    Lower = Exchange(s.Lower, place, image),
                    Upper = Exchange(s.Upper, place, image),
                    Body = Exchange(s.Body, place, image)
                },
            _ => formula,
        };

    private static IEnumerable<Expression> Images(Expression formula)
    {
        var (zero, one) = (Number(0), Number(1));
        switch (formula)
        {
            case Literal { Value: { IsInteger: true, Sign: > 0 } n }:
                yield return Number(n - 1) + one;
                break;
            case Variable v:
                yield return v.Power(Number(2)).Power(Number(new(1, 2)));
                yield return v.Power(Number(new(1, 2))).Power(Number(2));
                yield return new Call("exp", new Call("log", v));
                yield return new Call("abs", v);
                yield return new Call("floor", v);
                yield return v / (v * v) * (v * v);
                yield return v.Power(v).Power(one / v);
                break;
            case Binary { Sign: '/', Left: var a, Right: var b }:
                yield return a * b.Power(Number(-1));
                if (a.Text == b.Text)
                {
                    yield return one;
                }

                break;
            case Binary { Sign: '*', Left: Binary { Sign: '^' } p, Right: Binary { Sign: '^' } q } when p.Left.Text
                == q.Left.Text:
                yield return p.Left.Power(p.Right + q.Right);
                break;
            case Binary { Sign: '*', Left: Binary { Sign: '^' } p, Right: Binary { Sign: '^' } q } when p.Right.Text
                == q.Right.Text:
                yield return (p.Left * q.Left).Power(p.Right);
                break;
            case Binary { Sign: '^', Left: Binary { Sign: '^' } p, Right: var e }:
                yield return p.Left.Power(p.Right * e);
                break;
            case Binary { Sign: '^', Left: Binary { Sign: '*' or '/' } p, Right: var e }:
                yield return new Binary(p.Sign, p.Left.Power(e), p.Right.Power(e));
                break;
            case Binary { Sign: '^', Left: var b, Right: Binary { Sign: '+' or '-' } e }:
                yield return new Binary(e.Sign == '+' ? '*' : '/', b.Power(e.Left), b.Power(e.Right));
                break;
            case Binary { Sign: '^', Left: var b, Right: var e }:
                yield return new Call("exp", e * new Call("log", b));
                yield return b * b.Power(e - one);
                yield return new Call("abs", b).Power(e);
                break;
            case Call { Function: "log", Arguments: [Binary { Sign: '*' or '/' } p] }:
                yield return new Binary(p.Sign == '*' ? '+' : '-', new Call("log", p.Left), new Call("log", p.Right));
                break;
            case Call { Function: "log", Arguments: [Binary { Sign: '^' } p] }:
                yield return p.Right * new Call("log", p.Left);
                break;
            case Call { Function: "exp", Arguments: [Binary { Sign: '+' } p] }:
                yield return new Call("exp", p.Left) * new Call("exp", p.Right);
                break;
            case Call
            {
                Function: "exp" or "floor" or "ceil" or "abs" or "pow2floor" or "pow2ceil",
                Arguments: [Binary { Sign: '+' } p]
            } c:
                yield return new Call(c.Function, p.Left) + p.Right;
                yield return new Call(c.Function, p.Left) + new Call(c.Function, p.Right);
                break;
            case Call { Function: "floor" or "ceil" or "abs" or "pow2floor" or "pow2ceil", Arguments: [var a] }:
                yield return a;
                yield return zero - a;
                break;
            case Call { Function: "min" or "max", Arguments: [var a, var b] }:
                yield return a;
                yield return b;
                break;
            case Call { Function: "factorial", Arguments: [var a] }:
                yield return a * new Call("factorial", a - one);
                yield return new Call("factorial", a + one) / (a + one);
                break;
            case Call { Function: "binomial", Arguments: [var n, var k] }:
                yield return new Call("factorial", n) / (new Call("factorial", k) * new Call("factorial", n - k));
                yield return new Call("binomial", n, n - k);
                yield return n * (n - one) / Number(2);
                break;
            case Choice c:
                yield return c.Then;
                yield return c.Else;
                break;
            case Series s:
                var last = s.Body.Replace(s.Index, s.Upper);
                var rest = s with { Upper = s.Upper - one };
                yield return s.IsProduct ? rest * last : rest + last;
                yield return s with
                {
                    Body = s.Body.Replace(s.Index, new Variable(s.Index) + one),
                    Lower = s.Lower - one,
                    Upper = s.Upper - one
                };
                yield return s with { Index = "pi", Body = s.Body.Replace(s.Index, new Variable("pi")) };
                yield return s.Body.Replace(s.Index, Pi);
                break;
            default:
                break;
        }
    }
}
