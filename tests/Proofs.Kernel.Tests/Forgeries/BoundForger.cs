using System.Globalization;
using System.Numerics;
using System.Text;
using Proofs.Kernel.Numbers;
using static Proofs.Kernel.Tests.Forgeries.Expression;

namespace Proofs.Kernel.Tests.Forgeries;

/// <summary>
/// Forges certificates of bounds of formulas: a bound that the formula exceeds at a point, or a value that it does not
/// reach.
/// </summary>
internal sealed class BoundForger(Dice dice)
{
    private static readonly BigRational[] Numbers =
        [0, 1, 2, 3, -1, -2, new(1, 2), new(-1, 2), new(1, 3), new(3, 2), new(5, 4), 10];

    private readonly List<string> _names = [];

    /// <summary>A certificate of the kind bound 1 or 2; null where the dice found none.</summary>
    public ForgedCertificate? Forge(bool isOfBoxes)
    {
        int inputs = isOfBoxes ? 1 + dice.Next(3) : 1;
        _names.AddRange(
            inputs == 1
                ? ["x"]
                : Enumerable.Range(1, inputs).Select(i => $"x{i.ToString(CultureInfo.InvariantCulture)}"));
        Expression[] terms =
            [.. Enumerable.Range(0, isOfBoxes ? 1 + dice.Next(3) : 1).Select(_ => Term(dice.Of(1, 2, 2, 3)))];
        var formula = terms.Aggregate((a, b) => a + b);
        BigRational[] low =
            [.. _names.Select(_ => (BigRational)dice.Of<BigRational>(0, -1, -2, new(1, 2), 1, new(-3, 4)))];
        BigRational[] high = [.. low.Select(l => l + dice.Of<BigRational>(1, 2, new(1, 2), new(1, 8), new(1, 3)))];
        var points =
            Points(low, high).Select(p => (At: p, Value: Value(formula, p))).Where(p => p.Value is not null).ToList();
        if (points.Count < 3)
        {
            return null;
        }

        var (least, largest) = (points.MinBy(p => p.Value!.Value.Low), points.MaxBy(p => p.Value!.Value.High));
        var slack = dice.Of<BigRational>(0, new(1, 1000), new(1, 10), 1, 10);
        BigRational lower = Short(least.Value!.Value.Low, up: false) - slack,
            upper = Short(largest.Value!.Value.High, up: true) + slack;
        BigRational leastValue = Short(least.Value.Value.High, up: true),
            largestValue = Short(largest.Value.Value.Low, up: false);
        string? falsity = null;
        var little = dice.Of<BigRational>(new(1, 1 << 20), new(1, 1000), new(1, 10), 1);
        switch (dice.Next(20))
        {
            case 0 or 8:
                break; // an honest one, if the points that were tried show the range
            case 1 or 2 or 3 or 10 or 11 or 12 or 13 or 14:
                upper = Short(largest.Value.Value.Low, up: false) - little;
                falsity = $"{formula} is above {upper} at {Text(largest.At)}";
                break;
            case 4 or 5 or 6 or 15 or 16 or 17 or 18 or 19:
                lower = Short(least.Value.Value.High, up: true) + little;
                falsity = $"{formula} is below {lower} at {Text(least.At)}";
                break;
            case 7:
                largestValue = Short(largest.Value.Value.High, up: true) + little;
                upper += little + 1;
                falsity = $"{formula} does not reach {largestValue} at {Text(largest.At)}";
                break;
            default:
                leastValue = Short(least.Value.Value.Low, up: false) - little;
                lower -= little + 1;
                falsity = $"{formula} does not fall to {leastValue} at {Text(least.At)}";
                break;
        }

        var text = new StringBuilder($"proofs-certificate bound {(isOfBoxes ? 2 : 1)}\nformula {formula}\n");
        if (isOfBoxes)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"inputs {inputs}\nbits {dice.Of(32, 64, 128)}\n");
        }

        _ = text.Append(
            CultureInfo.InvariantCulture,
            $"bounds {lower} {upper}\nleast {Text(least.At)} {leastValue}\nlargest {Text(largest.At)} "
                + $"{largestValue}\n");
        _ = text.Append("domain ").AppendJoin(' ', low.Zip(high, (l, h) => $"{l} {h}")).Append('\n');
        if (isOfBoxes)
        {
            Side(text.Append("below\n"), terms.Length, lower, low, high);
            Side(text.Append("above\n"), terms.Length, -upper, low, high);
        }
        else
        {
            Pieces(text, low[0], high[0]);
        }

        return new(text.Append("end\n").ToString(), falsity);
    }

    private static string Text(IEnumerable<BigRational> point) => string.Join(' ', point);

    // A term that is no sum itself, so that the file can number it.
    private Expression Term(int depth)
    {
        var x = new Variable(dice.Of(_names));
        return dice.Next(depth <= 0 ? 2 : 12) switch
        {
            0 or 1 => x,
            2 or 3 => Term(depth - 1) * Term(depth - 1),
            4 => x.Power(Number(dice.Of<BigRational>(2, 3, 4, -1, new(1, 2), new(3, 2)))),
            5 => Inner(depth - 1).Power(Number(dice.Of<BigRational>(2, 3, -1, new(1, 2)))),
            6 => Term(depth - 1) / Inner(depth - 1),
            7 or 8 =>
                new Call(dice.Of("exp", "exp", "log", "sin", "cos", "abs", "tanh", "cosh", "sinh"), Inner(depth - 1)),
            9 => new Call(dice.Of("min", "max"), Inner(depth - 1), Inner(depth - 1)),
            10 => new Choice(
                new(Inner(1), dice.Of("<=", "<", "=", "!="), Number(dice.Of(Numbers))), Term(depth - 1),
                Term(depth - 1)),
            _ => Number(dice.Of<BigRational>(2, 3, -1, new(1, 3))) * Term(depth - 1),
        };
    }

    private Expression Inner(int depth) =>
        dice.Chance(50)
            ? Term(depth) + Number(dice.Of(Numbers))
            : dice.Chance(50)
            ? Term(depth) - Term(depth)
            : Term(depth);

    private IEnumerable<BigRational[]> Points(BigRational[] low, BigRational[] high)
    {
        for (int i = 0; i < 9; i++)
        {
            yield return [
                .. low.Zip(
                    high, (l, h) => l + ((h - l) * (low.Length == 1 ? new BigRational(i, 8) : new(dice.Next(9), 8))))];
        }
    }

    private Enclosed? Value(Expression formula, BigRational[] point)
    {
        var at = Witness.Empty;
        for (int i = 0; i < point.Length; i++)
        {
            at = at.With(_names[i], Enclosed.Exactly(point[i]));
        }

        return at.Evaluate().Value(formula);
    }

    // The number with a denominator of 2^30.
    private static BigRational Short(BigRational x, bool up)
    {
        var scaled = x * BigRational.PowerOfTwo(30);
        return new BigRational(up ? scaled.Ceiling() : scaled.Floor()) * BigRational.PowerOfTwo(-30);
    }

    private static string Dyadic(BigRational x)
    {
        var rounded = x * BigRational.PowerOfTwo(40);
        return Proofs.Kernel.Numbers.Dyadic.FromRational(
            new BigRational(rounded.Floor()) * BigRational.PowerOfTwo(-40))!.Value.ToString();
    }

    private void Pieces(StringBuilder text, BigRational low, BigRational high)
    {
        int count = dice.Of(1, 1, 2, 3, 4, 8);
        var (from, to) = (
            Proofs.Kernel.Numbers.Dyadic.RoundDown(low, 256).ToRational(),
            Proofs.Kernel.Numbers.Dyadic.RoundUp(high, 256).ToRational());
        var at = from;
        for (int i = 1; i <= count; i++)
        {
            var next = i == count
                ? to
                : Proofs.Kernel.Numbers.Dyadic.RoundDown(from + ((to - from) * new BigRational(i, count)), 20)
                    .ToRational();
            if (!dice.Chance(2))
            {
                var centre = dice.Of((at + next) * BigRational.Half, (at + next) * BigRational.Half, at, next);
                _ = text.Append(
                    CultureInfo.InvariantCulture,
                    $"piece {Proofs.Kernel.Numbers.Dyadic.FromRational(at)} "
                        + $"{Proofs.Kernel.Numbers.Dyadic.FromRational(next)} "
                            + $"{Proofs.Kernel.Numbers.Dyadic.FromRational(centre)} {dice.Of(0, 1, 2, 3, 4, 6, 8)} "
                                + $"{dice.Of(64, 64, 80, 128)}\n");
            }

            at = next;
        }
    }

    private void Side(StringBuilder text, int terms, BigRational bound, BigRational[] low, BigRational[] high)
    {
        if (terms > 1 && dice.Chance(15))
        {
            var part = dice.Of(bound * BigRational.Half, bound, 0);
            Tree(text.Append(CultureInfo.InvariantCulture, $"terms {part} 0\n"), low, high, 2);
            Tree(text.Append(CultureInfo.InvariantCulture, $"terms {bound - part} ")
                .AppendJoin(' ', Enumerable.Range(1, terms - 1)).Append('\n'), low, high, 2);
            return;
        }

        Tree(text.Append(CultureInfo.InvariantCulture, $"terms {bound} ").AppendJoin(' ', Enumerable.Range(0, terms))
            .Append('\n'), low, high, dice.Of(0, 1, 2, 3));
    }

    private void Tree(StringBuilder text, BigRational[] low, BigRational[] high, int depth)
    {
        int side = dice.Next(low.Length);
        switch (dice.Next(depth > 0 ? 10 : 5))
        {
            case 0 or 1:
                _ = text.Append("range\n");
                break;
            case 2:
                _ = text.Append("mean ")
                    .AppendJoin(' ', low.Zip(high, (l, h) => Dyadic(dice.Chance(70) ? (l + h) * BigRational.Half : l)))
                    .Append('\n');
                break;
            case 3:
                string scales = string.Join(' ', low.Select(_ => dice.Of(0, 0, 0, 1, -1)));
                string point = string.Join(
                    ' ', low.Zip(high, (l, h) => Dyadic(l + ((h - l) * new BigRational(dice.Next(5), 4)))));
                _ = text.Append(CultureInfo.InvariantCulture, $"convex {dice.Of(0, 0, 1, 2, 4, 8)} {scales} {point}\n");
                break;
            case 4:
                _ = text.Append(CultureInfo.InvariantCulture, $"faces {side}{dice.Of('+', '-')}\n");
                Tree(text, low, high, depth - 1);
                break;
            default:
                var middle = (low[side] + high[side]) * BigRational.Half;
                _ = text.Append(CultureInfo.InvariantCulture, $"cut {side} {Dyadic(middle)}\n");
                BigRational[] below = [.. high], above = [.. low];
                (below[side], above[side]) = (middle, middle);
                Tree(text, low, below, depth - 1);
                Tree(text, above, high, depth - 1);
                break;
        }
    }
}
