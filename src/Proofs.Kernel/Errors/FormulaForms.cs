using System.Numerics;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Errors;

/// <summary>Affine forms of a formula over a box, in the symbols of its inputs.</summary>
/// <remarks>
/// A function is φ(y0) + φ'(y0)(y − y0) + φ''(Y)/2 (y − y0)², y0 the middle and Y the range. Where a condition is open
/// the form contains both branches.
/// </remarks>
internal static class FormulaForms
{
    private const int LargestPower = 1000;

    /// <summary>
    /// The form of the formula; null where a part may be undefined somewhere in the box, or has no bound here.
    /// </summary>
    public static ExactAffineForm? Of(BoundFormula formula, ExactAffineForm[] inputs, int bits, WorkBudget? work)
    {
        // products of words, of an elementary function and of a term of a polynomial
        const int OfFunction = 20_000, OfTerm = 50;
        long words = 1 + (inputs.Max(x => x.Size) / 64);
        var forms = new ExactAffineForm?[formula.Steps.Count];
        try
        {
            for (int i = 0; i < forms.Length; i++)
            {
                var step = formula.Steps[i];
                long terms = step.Operation == Operation.Polynomial ? step.Numbers.Length : 0;
                work?.Spend(OfFunction + (terms * terms * (OfTerm + (words * words * terms))));
                forms[i] = Of(step, forms, inputs, bits);
            }
        }
        catch (PrecisionException)
        {
            return null;
        }

        return forms[^1];
    }

    private static ExactAffineForm? Of(FormulaStep step, ExactAffineForm?[] forms, ExactAffineForm[] inputs, int bits)
    {
        if (step.Operation is Operation.AtMost or Operation.Less or Operation.Equal or Operation.Different)
        {
            return Choice(step, forms, bits);
        }

        var parts = new ExactAffineForm[step.Parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (forms[step.Parts[i]] is not { } part)
            {
                return null;
            }

            parts[i] = part;
        }

        switch (step.Operation)
        {
            case Operation.Number:
                return AffineForms.Constant(FixedBall.Of(step.Numbers[0], bits));
            case Operation.Pi:
                return AffineForms.Constant(FixedConstants.Pi(bits));
            case Operation.Input:
                return inputs[step.Input];
            case Operation.Polynomial:
                return Polynomial(step, inputs[0], bits);
            case Operation.Sum:
                return parts.Aggregate((a, b) => AffineForms.Add(a, b));
            case Operation.Product:
                return AffineForms.Multiply(parts[0], parts[1], bits);
            case Operation.Quotient:
                return Reciprocal(parts[1], bits) is { } inverse ? AffineForms.Multiply(parts[0], inverse, bits) : null;
            case Operation.Power:
                return Power(parts[0], step.Numbers[0], bits);
            case Operation.RealPower:
                return Function(Operation.Log, parts[0], bits) is { } log
                    ? Function(Operation.Exp, AffineForms.Multiply(parts[1], log, bits), bits)
                    : null;
            case Operation.Abs:
                return Max(parts[0], AffineForms.Negate(parts[0]), bits);
            case Operation.Max:
                return Max(parts[0], parts[1], bits);
            case Operation.Min:
                return AffineForms.Negate(Max(AffineForms.Negate(parts[0]), AffineForms.Negate(parts[1]), bits));
            case Operation.Tan:
                return Function(Operation.Sin, parts[0], bits) is { } sin
                    && Function(Operation.Cos, parts[0], bits) is { } cos
                    && Reciprocal(cos, bits) is { } secant ? AffineForms.Multiply(sin, secant, bits) : null;
            case Operation.Tanh:
                // 1 − 2/(exp(2 y) + 1)
                var one = AffineForms.Constant(FixedBall.Integer(1, bits));
                return Function(Operation.Exp, AffineForms.Scale(parts[0], 2, 0), bits) is { } exp
                    && Reciprocal(AffineForms.Add(exp, one), bits) is { } quotient
                        ? AffineForms.Add(one, AffineForms.Scale(quotient, 2, 0), -1)
                        : null;
            default:
                return Function(step.Operation, parts[0], bits);
        }
    }

    private static ExactAffineForm? Choice(FormulaStep step, ExactAffineForm?[] forms, int bits)
    {
        if (forms[step.Parts[0]] is not { } left || forms[step.Parts[1]] is not { } right)
        {
            return null;
        }

        return FormulaSigns.Decide(step.Operation, AffineForms.Add(left, right, -1).Range(bits)) is { } holds
            ? forms[step.Parts[holds ? 2 : 3]]
            : forms[step.Parts[2]] is { } then && forms[step.Parts[3]] is { } otherwise
            ? AffineForms.Hull(then, otherwise) : null;
    }

    // max(a, b) = b + ρ(a − b)
    private static ExactAffineForm Max(ExactAffineForm a, ExactAffineForm b, int bits) =>
        AffineForms.Rectify(AffineForms.Add(a, b, -1), bits, -1, out _) is { } more ? AffineForms.Add(b, more) : b;

    private static ExactAffineForm? Reciprocal(ExactAffineForm f, int bits)
    {
        var range = f.Range(bits);
        return range.Low.Sign > 0 ? Compose(f, TaylorCoefficients.Power(Middle(f, bits), range, -1, 1), bits)
            : range.High.Sign < 0 && Reciprocal(AffineForms.Negate(f), bits) is { } inverse
            ? AffineForms.Negate(inverse)
            : null;
    }

    private static ExactAffineForm? Power(ExactAffineForm f, BigRational exponent, int bits)
    {
        if (!exponent.IsInteger)
        {
            return Compose(f, TaylorCoefficients.Power(Middle(f, bits), f.Range(bits), exponent, 1), bits)
                ?? Root(f, exponent, bits);
        }

        if (BigInteger.Abs(exponent.Numerator) > LargestPower)
        {
            return null;
        }

        var power = AffineForms.Constant(FixedBall.Integer(1, bits));
        var square = f;
        int n = (int)BigInteger.Abs(exponent.Numerator);
        for (int k = n; k > 0; k >>= 1)
        {
            power = (k & 1) == 0 ? power : k == n ? square : AffineForms.Multiply(power, square, bits);
            square = k > 1 ? AffineForms.Multiply(square, square, bits) : square;
        }

        return exponent.Sign >= 0 ? power : Reciprocal(power, bits);
    }

    // y^r on [0, high] lies in [0, high^r]: r > 0.
    private static ExactAffineForm? Root(ExactAffineForm f, BigRational r, int bits)
    {
        var range = f.Range(bits);
        return r.Sign > 0 && range.Low.Sign >= 0
            && BallFunctions.Power(new FixedBall(range.High, 0, bits), r) is { } top
            ? AffineForms.Constant(FixedBall.Between(0, top.High, bits))
            : null;
    }

    private static ExactAffineForm? Function(Operation operation, ExactAffineForm f, int bits)
    {
        var (middle, range) = (Middle(f, bits), f.Range(bits));
        return Compose(f, operation switch
        {
            Operation.Exp => TaylorCoefficients.Exp(middle, range, 1),
            Operation.Log => TaylorCoefficients.Log(middle, range, 1),
            Operation.Sin => TaylorCoefficients.Circular(middle, range, 0, 1),
            Operation.Cos => TaylorCoefficients.Circular(middle, range, 1, 1),
            Operation.Sinh => TaylorCoefficients.Hyperbolic(middle, range, 0, 1),
            Operation.Cosh => TaylorCoefficients.Hyperbolic(middle, range, 1, 1),
            Operation.Atan => TaylorCoefficients.Atan(middle, range, 1),
            Operation.Erf => TaylorCoefficients.Erf(middle, range, 1),
            Operation.Sinc => TaylorCoefficients.Sinc(middle, range, 1),
            _ => null,
        }, bits);
    }

    private static FixedBall Middle(ExactAffineForm f, int bits) => new(f.C, 0, bits);

    // h0 + h1 (f − C) + H (f − C)², the square in [0, radius²]
    private static ExactAffineForm? Compose(ExactAffineForm f, TaylorCoefficients? coefficients, int bits)
    {
        if (coefficients is not { } h)
        {
            return null;
        }

        var radius = new FixedBall(f.Radius(), 0, bits);
        var square = FixedBall.Between(0, (radius * radius).High, bits);
        var rest = BallFunctions.Product(h.OverRange, square);
        var linear = AffineForms.Scale(new ExactAffineForm(0, f.A, f.R), h.AtPoint[1].Mid, bits);
        linear = linear with { R = linear.R + ((h.AtPoint[1].Rad * f.Radius()) >> bits) + 1 };
        return AffineForms.Widen(AffineForms.Widen(linear, h.AtPoint[0]), rest);
    }

    // p(c + a ε): coefficients about c by synthetic division, then powers of ε, even ones in [0, 1].
    private static ExactAffineForm Polynomial(FormulaStep step, ExactAffineForm x, int bits)
    {
        int n = step.Numbers.Length;
        FixedBall[] c = [.. step.Numbers.Select(a => FixedBall.Of(a, bits))];
        FixedBall centre = Middle(x, bits), half = new(x.Radius(), 0, bits), power = half;
        for (int i = 0; i < n - 1; i++)
        {
            for (int j = n - 2; j >= i; j--)
            {
                c[j] += c[j + 1] * centre;
            }
        }

        var form = AffineForms.Constant(c[0]);
        for (int k = 1; k < n; k++)
        {
            var term = c[k] * power;
            power *= half;
            form = k == 1 ? AffineForms.Add(form, new ExactAffineForm(0, [term.Mid], term.Rad))
                : (k & 1) == 1 ? form with { R = form.R + BigInteger.Abs(term.Mid) + term.Rad }
                : Even(form, term);
        }

        return form;

        // t ε² is t/2 ± |t|/2
        static ExactAffineForm Even(ExactAffineForm form, FixedBall term)
        {
            int lost = 0;
            var half = AffineForms.Floor(term.Mid, 1, ref lost);
            return new(
                form.C + half, form.A, form.R + AffineForms.Ceiling(BigInteger.Abs(term.Mid), 1) + term.Rad + lost);
        }
    }
}
