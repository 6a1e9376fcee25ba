using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Kernel.Bounds;

/// <summary>Jets of the parts of a formula on a box.</summary>
internal static class BallEvaluation
{
    private const int LargestPower = 10_000;

    /// <summary>
    /// The jet of Σ factor · part over the given terms of a formula, with derivatives up to an order.
    /// </summary>
    /// <param name="formula">The formula.</param>
    /// <param name="terms">Steps of it, each with a factor.</param>
    /// <param name="box">The sides.</param>
    /// <param name="order">How many derivatives are followed.</param>
    /// <param name="work">What is counted in.</param>
    /// <param name="isWithin">
    /// Whether the box is a part of a larger one, on which the slopes are to be those: where |f|, min or max tie on the
    /// part, a look at it alone does not tell which branch the larger box is on, and both count.
    /// </param>
    /// <exception cref="WorkExhaustedException">The work granted is used up.</exception>
    public static Jet Of(
        BoundFormula formula, IReadOnlyList<(int Step, BigRational Factor)> terms, FixedBall[] box, int order,
        WorkBudget work, bool isWithin = false)
    {
        int n = box.Length, bits = box[0].Bits;
        work.Spend(
            formula.Steps.Count * (20L + (order > 0 ? 4 * n : 0) + (order > 1 ? 4 * n * n : 0)) * (1 + (bits / 128)));
        var jets = new Jet?[formula.Steps.Count];
        var sum = Jet.Of(FixedBall.Zero(bits), n, order);
        foreach (var (step, factor) in terms)
        {
            sum += Scaled(At(step), FixedBall.Of(factor, bits));
        }

        return sum;

        Jet At(int step)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (jets[step] is not { } jet)
            {
                try
                {
                    jet = Step(formula.Steps[step], At, box, order, isWithin);
                }
                catch (PrecisionException)
                {
                    jet = Jet.Unknown;
                }

                jets[step] = jet;
            }

            return jet;
        }
    }

    private static Jet Scaled(Jet jet, FixedBall factor) => jet.IsNowhere ? jet
        : jet.Apply(
            jet.Value is { } v ? BallFunctions.Product(v, factor) : null, true, factor, FixedBall.Zero(factor.Bits));

    private static Jet Step(FormulaStep step, Func<int, Jet> at, FixedBall[] box, int order, bool isWithin)
    {
        int n = box.Length, bits = box[0].Bits;
        switch (step.Operation)
        {
            case Operation.Number:
                return Jet.Of(FixedBall.Of(step.Numbers[0], bits), n, order);
            case Operation.Pi:
                return Jet.Of(FixedConstants.Pi(bits), n, order);
            case Operation.Input:
                return Jet.Of(box[step.Input], n, order, step.Input);
            case Operation.AtMost or Operation.Less or Operation.Equal or Operation.Different:
                return Choice(step, at);
        }

        Jet[] parts = [.. step.Parts.Select(at)];
        if (parts.Any(p => p.IsNowhere))
        {
            return Jet.Nowhere;
        }

        switch (step.Operation)
        {
            case Operation.Sum:
                return parts.Aggregate((a, b) => a + b);
            case Operation.Product:
                return step.Parts[0] == step.Parts[1] ? Power(parts[0], 2) : parts[0] * parts[1];
            case Operation.Quotient:
                return parts[0] * Power(parts[1], -1);
            case Operation.Power:
                return Power(parts[0], step.Numbers[0]);
            case Operation.RealPower:
                return parts[0].Value is { Low.Sign: > 0 }
                    ? Elementary(Operation.Exp, parts[1] * Elementary(Operation.Log, parts[0]))
                    : Jet.Unknown;
            case Operation.Abs:
                return parts[0].Value is not { } x
                    ? Jet.Unknown
                    : (isWithin ? FormulaSigns.Strict(x) : FormulaSigns.Of(x)) switch
                    {
                        > 0 => parts[0],
                        < 0 => Scaled(parts[0], FixedBall.Integer(-1, bits)),
                        _ => parts[0].Apply(
                            FixedBall.Between(0, BigInteger.Max(x.High, -x.Low), bits), true,
                            new(0, BigInteger.One << bits, bits), null),
                    };
            case Operation.Min or Operation.Max:
                return Extreme(parts[0], parts[1], step.Operation == Operation.Max, isWithin);
            default:
                return Elementary(step.Operation, parts[0]);
        }
    }

    // The branch of an if; the hull of both where the condition holds at some points perhaps and not at others.
    private static Jet Choice(FormulaStep step, Func<int, Jet> at)
    {
        Jet left = at(step.Parts[0]), right = at(step.Parts[1]);
        if (left.IsNowhere || right.IsNowhere)
        {
            return Jet.Nowhere;
        }

        if (left.Value is { } a && right.Value is { } b && FormulaSigns.Decide(step.Operation, a - b) is { } holds)
        {
            var taken = at(step.Parts[holds ? 2 : 3]);
            return left.IsContinuous && right.IsContinuous
                ? taken
                : taken with { IsContinuous = false, Slopes = null, Bends = null };
        }

        Jet then = at(step.Parts[2]), otherwise = at(step.Parts[3]);
        return then.IsNowhere ? otherwise with { IsContinuous = false, Slopes = null, Bends = null }
            : otherwise.IsNowhere ? then with { IsContinuous = false, Slopes = null, Bends = null }
            : new(then.Value is { } x && otherwise.Value is { } y ? BallFunctions.Hull(x, y) : null, false, null, null);
    }

    private static Jet Extreme(Jet f, Jet g, bool larger, bool isWithin)
    {
        if (f.Value is not { } a || g.Value is not { } b)
        {
            return Jet.Unknown;
        }

        // Where the smaller one is undefined so is the whole.
        if (isWithin ? a.Low > b.High || b.Low > a.High : a.Low >= b.High || b.Low >= a.High)
        {
            var (taken, other) = a.Low >= b.High == larger ? (f, g) : (g, f);
            return other.IsContinuous ? taken : taken with { IsContinuous = false, Slopes = null, Bends = null };
        }

        return Jet.Joined(f, g, larger
            ? FixedBall.Between(BigInteger.Max(a.Low, b.Low), BigInteger.Max(a.High, b.High), a.Bits)
            : FixedBall.Between(BigInteger.Min(a.Low, b.Low), BigInteger.Min(a.High, b.High), a.Bits));
    }

    private static Jet Power(Jet f, BigRational r)
    {
        if (f.Value is not { } x || BigInteger.Abs(r.Numerator) > LargestPower)
        {
            return Jet.Unknown;
        }

        if (!r.IsInteger && (x.High.Sign < 0 || (x.High.IsZero && r.Sign < 0)))
        {
            return Jet.Nowhere;
        }

        bool isDefined = r.IsInteger ? r.Sign >= 0 || !x.ContainsZero : x.Low.Sign > 0 || (x.Low.IsZero && r.Sign > 0);
        return f.Apply(Ball(x, r), isDefined, Derivative(r, 1), Derivative(r, 2));

        FixedBall? Derivative(BigRational exponent, int k)
        {
            var factor = BigRational.One;
            for (int i = 0; i < k; i++, exponent -= 1)
            {
                factor *= exponent;
            }

            return factor.IsZero ? FixedBall.Zero(x.Bits)
                : Ball(x, exponent) is { } power ? BallFunctions.Product(FixedBall.Of(factor, x.Bits), power) : null;
        }
    }

    // x^r where it is defined, x ≥ 0 for fractions; null where it is unbounded.
    private static FixedBall? Ball(FixedBall x, BigRational r)
    {
        if (r.IsInteger)
        {
            var power = BallFunctions.Power(x, (int)BigInteger.Abs(r.Numerator));
            return r.Sign >= 0 ? power : BallFunctions.Reciprocal(power);
        }

        if (x.Low.Sign > 0)
        {
            return BallFunctions.Power(x, r);
        }

        var zero = FixedBall.Zero(x.Bits);
        return r.Sign < 0 ? null
            : x.High.Sign <= 0 ? zero
            : BallFunctions.Power(new FixedBall(x.High, 0, x.Bits), r) is { } high
            ? FixedBall.Between(0, high.High, x.Bits) : null;
    }

    private static Jet Elementary(Operation function, Jet f)
    {
        if (f.IsNowhere || f.Value is not { } x)
        {
            return f.IsNowhere ? f : Jet.Unknown;
        }

        var one = FixedBall.Integer(1, x.Bits);
        switch (function)
        {
            case Operation.Exp:
                var exp = BallFunctions.Exp(x);
                return f.Apply(exp, true, exp, exp);
            case Operation.Log:
                if (x.High.Sign <= 0)
                {
                    return Jet.Nowhere;
                }

                var inverse = x.Low.Sign > 0 ? BallFunctions.Reciprocal(x) : null;
                return f.Apply(
                    BallFunctions.Log(x), x.Low.Sign > 0, inverse,
                    inverse is { } i ? -BallFunctions.Power(i, 2) : null);
            case Operation.Sin or Operation.Cos:
                var (sin, cos) = BallFunctions.SinCos(x);
                return function == Operation.Sin ? f.Apply(sin, true, cos, -sin) : f.Apply(cos, true, -sin, -cos);
            case Operation.Tan:
                return BallFunctions.SinCos(x).Cos.ContainsZero ? Jet.Unknown : Odd(Tan(x), 1);
            case Operation.Tanh:
                return Odd(Tanh(x), -1);
            case Operation.Atan:
                var slope = BallFunctions.Reciprocal(one + BallFunctions.Power(x, 2));
                return f.Apply(BallFunctions.Atan(x), true, slope, slope is { } s
                    ? BallFunctions.Product(x.Times(-2), BallFunctions.Power(s, 2))
                    : null);
            case Operation.Erf:
                var bell = BallFunctions.ErfSlope(x);
                return f.Apply(BallFunctions.Erf(x), true, bell, bell is { } b
                    ? BallFunctions.Product(x.Times(-2), b)
                    : null);
            case Operation.Sinc:
                var sinc = FixedFunctions.SincCoefficients(x, 2);
                return f.Apply(sinc[0], true, sinc[1], sinc[2].Times(2));
            case Operation.Sinh or Operation.Cosh:
                if (BallFunctions.Exp(x) is not { } e || BallFunctions.Sinh(x, e) is not { } sinh
                    || BallFunctions.Cosh(x, e) is not { } cosh)
                {
                    return Jet.Unknown;
                }

                return function == Operation.Sinh ? f.Apply(sinh, true, cosh, sinh) : f.Apply(cosh, true, sinh, cosh);
            default:
                return Jet.Unknown;
        }

        // g' = 1 ± g², g'' = ±2 g g'.
        Jet Odd(FixedBall? value, int sign)
        {
            if (value is not { } g)
            {
                return Jet.Unknown;
            }

            var slope = one + BallFunctions.Power(g, 2).Times(sign);
            return f.Apply(g, true, slope, BallFunctions.Product(g, slope).Times(2 * sign));
        }
    }

    // On an interval without a zero of cos, tan grows.
    private static FixedBall Tan(FixedBall x)
    {
        return FixedBall.Between(At(x.Low).Low, At(x.High).High, x.Bits);

        FixedBall At(BigInteger end)
        {
            var (sin, cos) = BallFunctions.SinCos(new FixedBall(end, 0, x.Bits));
            return sin / cos;
        }
    }

    // (e^x − e^−x)/(e^x + e^−x) = 1 − 2/(e^2x + 1), which grows.
    private static FixedBall? Tanh(FixedBall x)
    {
        var one = FixedBall.Integer(1, x.Bits);
        return At(x.Low) is { } low && At(x.High) is { } high ? FixedBall.Between(low.Low, high.High, x.Bits) : null;

        FixedBall? At(BigInteger end) => end.IsZero ? FixedBall.Zero(x.Bits)
            : BallFunctions.Exp(new FixedBall(2 * end, 0, x.Bits)) is { } e
            ? one - FixedBall.Integer(2, x.Bits) / (e + one) : null;
    }
}
