using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Bounds;

/// <summary>Taylor forms of a formula in one input.</summary>
public static class TaylorEvaluation
{
    /// <summary>The form of the formula in t, where x = centre + 2^scale t.</summary>
    /// <returns>Null where a part may be undefined, or is not smooth, at some x.</returns>
    internal static TaylorForm? Of(BoundFormula formula, Dyadic centre, int scale, FixedBall t, int order)
    {
        var arithmetic = new TaylorArithmetic(t);
        var forms = new TaylorForm?[formula.Steps.Count];
        for (int i = 0; i < forms.Length; i++)
        {
            forms[i] = Step(formula.Steps[i], forms, arithmetic, centre, scale, order);
        }

        return forms[^1];
    }

    /// <summary>
    /// The formula's value at one point; null where it may be undefined there, or more bits are needed.
    /// </summary>
    public static FixedBall? At(BoundFormula formula, BigRational x, int bits)
    {
        var centre = Dyadic.RoundDown(x, bits);
        var rest = FixedBall.Of(x - centre.ToRational(), bits);
        var t = FixedBall.Between(0, rest.High, bits);
        try
        {
            return Of(formula, centre, 0, t, 0) is { } form ? new TaylorArithmetic(t).Range(form) : null;
        }
        catch (PrecisionException)
        {
            return null;
        }
    }

    private static TaylorForm? Step(
        FormulaStep step, TaylorForm?[] forms, TaylorArithmetic arithmetic, Dyadic centre, int scale, int order)
    {
        int bits = arithmetic.T.Bits;
        TaylorForm? Part(int i) => i < step.Parts.Length ? forms[step.Parts[i]] : null;
        switch (step.Operation)
        {
            case Operation.Polynomial:
                return Polynomial(step, arithmetic, centre, scale, order);
            case Operation.Number:
                return arithmetic.Constant(FixedBall.Of(step.Numbers[0], bits), order);
            case Operation.Pi:
                return arithmetic.Constant(FixedConstants.Pi(bits), order);
            case Operation.AtMost or Operation.Less or Operation.Equal or Operation.Different:
                return Part(0) is { } left && Part(1) is { } right
                    && FormulaSigns.Decide(step.Operation, arithmetic.Range(Minus(arithmetic, left, right)))
                        is { } holds
                    ? Part(holds ? 2 : 3)
                    : null;
        }

        // Everything else is undefined where a part is.
        var parts = new TaylorForm[step.Parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (Part(i) is not { } part)
            {
                return null;
            }

            parts[i] = part;
        }

        return Apply(step, parts, arithmetic);
    }

    private static TaylorForm? Apply(FormulaStep step, TaylorForm[] parts, TaylorArithmetic arithmetic)
    {
        var f = parts[0];
        switch (step.Operation)
        {
            case Operation.Sum:
                return parts.Aggregate(arithmetic.Add);
            case Operation.Product:
                return arithmetic.Multiply(f, parts[1]);
            case Operation.Quotient:
                return arithmetic.Divide(f, parts[1]);
            case Operation.Power:
                return Power(f, step.Numbers[0], arithmetic);
            case Operation.RealPower:
                return Compose(f, TaylorCoefficients.Log) is { } log
                    ? Compose(arithmetic.Multiply(parts[1], log), TaylorCoefficients.Exp)
                    : null;
            case Operation.Exp:
                return Compose(f, TaylorCoefficients.Exp);
            case Operation.Log:
                return Compose(f, TaylorCoefficients.Log);
            case Operation.Atan:
                return Compose(f, (y, range, m) => TaylorCoefficients.Atan(y, range, m));
            case Operation.Erf:
                return Compose(f, TaylorCoefficients.Erf);
            case Operation.Sinc:
                return Compose(f, (y, range, m) => TaylorCoefficients.Sinc(y, range, m));
            case Operation.Sin or Operation.Cos:
                return Compose(
                    f, (y, range, m) =>
                        TaylorCoefficients.Circular(y, range, step.Operation == Operation.Sin ? 0 : 1, m));
            case Operation.Tan:
                return Compose(f, (y, range, m) => TaylorCoefficients.Circular(y, range, 0, m)) is { } sin
                    && Compose(f, (y, range, m) => TaylorCoefficients.Circular(y, range, 1, m)) is { } cos
                    ? arithmetic.Divide(sin, cos)
                    : null;
            case Operation.Sinh or Operation.Cosh:
                return Compose(
                    f, (y, range, m) =>
                        TaylorCoefficients.Hyperbolic(y, range, step.Operation == Operation.Sinh ? 0 : 1, m));
            case Operation.Tanh:
                return Compose(f, (y, range, m) => TaylorCoefficients.Hyperbolic(y, range, 0, m)) is { } sinh
                    && Compose(f, (y, range, m) => TaylorCoefficients.Hyperbolic(y, range, 1, m)) is { } cosh
                    ? arithmetic.Divide(sinh, cosh)
                    : null;
            case Operation.Abs:
                return FormulaSigns.Of(arithmetic.Range(f)) switch
                {
                    > 0 => f,
                    < 0 => TaylorArithmetic.Negate(f),
                    _ => null,
                };
            case Operation.Min or Operation.Max:
                bool larger = step.Operation == Operation.Max;
                return FormulaSigns.Of(arithmetic.Range(Minus(arithmetic, f, parts[1]))) switch
                {
                    > 0 => larger ? f : parts[1],
                    < 0 => larger ? parts[1] : f,
                    _ => null,
                };
            default:
                return null;
        }

        TaylorForm? Compose(TaylorForm inner, Func<FixedBall, FixedBall, int, TaylorCoefficients?> function) =>
            function(inner.C[0], BallFunctions.Hull(arithmetic.Range(inner), inner.C[0]), inner.Order)
                is { } coefficients
                ? arithmetic.Compose(inner, coefficients)
                : null;
    }

    private static TaylorForm Minus(TaylorArithmetic arithmetic, TaylorForm f, TaylorForm g) =>
        arithmetic.Add(f, TaylorArithmetic.Negate(g));

    private static TaylorForm? Power(TaylorForm f, BigRational exponent, TaylorArithmetic arithmetic)
    {
        if (!exponent.IsInteger)
        {
            return TaylorCoefficients.Power(f.C[0], BallFunctions.Hull(arithmetic.Range(f), f.C[0]), exponent, f.Order)
                is { } c
                ? arithmetic.Compose(f, c)
                : null;
        }

        var one = arithmetic.Constant(FixedBall.Integer(1, arithmetic.T.Bits), f.Order);
        if (BigInteger.Abs(exponent.Numerator) > LargestPower)
        {
            return null;
        }

        TaylorForm power = one, square = f;
        int n = (int)BigInteger.Abs(exponent.Numerator);
        for (int k = n; k > 0; k >>= 1)
        {
            power = (k & 1) == 1 ? arithmetic.Multiply(power, square) : power;
            square = k > 1 ? arithmetic.Multiply(square, square) : square;
        }

        return exponent.Sign >= 0 ? power : arithmetic.Divide(one, power);
    }

    private const int LargestPower = 10_000;

    // Coefficients about the centre by repeated synthetic division, then t for (x − centre)/2^scale.
    private static TaylorForm Polynomial(
        FormulaStep step, TaylorArithmetic arithmetic, Dyadic centre, int scale, int order)
    {
        int bits = arithmetic.T.Bits, n = step.Numbers.Length;
        FixedBall[] c = [.. step.Numbers.Select(a => FixedBall.Of(a, bits))];
        var at = FixedBall.Of(centre, bits);
        for (int i = 0; i < n - 1 && !at.IsZero; i++)
        {
            for (int j = n - 2; j >= i; j--)
            {
                c[j] += c[j + 1] * at;
            }
        }

        var form = new FixedBall[int.Max(n, order + 1)];
        for (int k = 0; k < form.Length; k++)
        {
            form[k] = k < n ? c[k].Scaled(k * scale).AtBits(bits) : FixedBall.Zero(bits);
        }

        return arithmetic.Truncate(new(form, FixedBall.Zero(bits)), order);
    }
}

/// <summary>What the signs of a ball decide.</summary>
internal static class FormulaSigns
{
    /// <summary>1 for a ball without negative numbers, else −1 for one without positive numbers, else 0.</summary>
    public static int Of(FixedBall x) => x.Low.Sign >= 0 ? 1 : x.High.Sign <= 0 ? -1 : 0;

    /// <summary>1 for a ball of positive numbers, −1 for one of negative numbers, else 0.</summary>
    public static int Strict(FixedBall x) => x.Low.Sign > 0 ? 1 : x.High.Sign < 0 ? -1 : 0;

    /// <summary>
    /// Whether a comparison holds for each difference left − right of the ball, or for none; null where it depends.
    /// </summary>
    public static bool? Decide(Operation comparison, FixedBall difference)
    {
        bool positive = difference.Low.Sign > 0, negative = difference.High.Sign < 0;
        return comparison switch
        {
            Operation.AtMost => difference.High.Sign <= 0 ? true : positive ? false : null,
            Operation.Less => negative ? true : difference.Low.Sign >= 0 ? false : null,
            Operation.Equal => difference.IsZero ? true : positive || negative ? false : null,
            _ => positive || negative ? true : difference.IsZero ? false : null,
        };
    }
}
