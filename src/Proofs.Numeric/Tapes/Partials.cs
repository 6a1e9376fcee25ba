using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

// The derivatives of one operation by its operands, on the ranges of the operands.
internal readonly record struct Slopes(Interval A, Interval B);

internal readonly record struct Curvatures(Interval AA, Interval AB, Interval BB);

internal static class Partials
{
    // Guarantee: for any two points p, q of the ranges of the operands f(p) − f(q) = s (p_a − q_a) + t (p_b − q_b) with
    // s in A and t in B, where f is defined and continuous on the ranges; so the derivatives are in A and B, and at a
    // kink all weights of both sides.
    public static Slopes First(Instruction c, Interval a, Interval b, Interval value)
    {
        switch (c.Operation)
        {
            case TapeOperation.Add:
                return new(Interval.One, Interval.One);
            case TapeOperation.AddScaled:
                return new(Interval.One, c.Number);
            case TapeOperation.Subtract:
                return new(Interval.One, -Interval.One);
            case TapeOperation.Negate:
                return new(-Interval.One, default);
            case TapeOperation.Scale:
                return new(c.Number, default);
            case TapeOperation.Multiply:
                return new(b, a);
            case TapeOperation.Divide:
                return new(Known(Interval.One / b), Known(-(value / b)));
            case TapeOperation.Square:
                return new(Interval.Point(2) * a, default);
            case TapeOperation.WholePower:
                return new(PowerSlope(a, c.Index), default);
            case TapeOperation.RationalPower:
                return new(PowerSlope(a, c.Exponent), default);
            case TapeOperation.RealPower:
                return a.Inf >= 0 ? RealPower(a, b, value) : new(Interval.Entire, Interval.Entire);
            case TapeOperation.PowerLog:
                return new(Known(PowerLog.Slope(a, c.Exponent, c.Index)), default);
            case TapeOperation.Apply:
                return new(Known(FunctionRange.Slope(c.Function, a)), default);
            case TapeOperation.Min:
                return Extremum(a.Sup <= b.Inf, b.Sup <= a.Inf);
            case TapeOperation.Max:
                return Extremum(a.Inf >= b.Sup, b.Inf >= a.Sup);
            default:
                return new(Interval.Entire, Interval.Entire);
        }
    }

    // The second derivatives; all reals where one does not exist on all of the ranges.
    public static Curvatures Second(Instruction c, Interval a, Interval b, Interval value)
    {
        switch (c.Operation)
        {
            case TapeOperation.Add or TapeOperation.AddScaled or TapeOperation.Subtract or TapeOperation.Negate
                or TapeOperation.Scale:
                return default;
            case TapeOperation.Multiply:
                return new(default, Interval.One, default);
            case TapeOperation.Divide:
                var square = Interval.Sqr(b);
                return new(default, Known(-(Interval.One / square)), Known(Interval.Point(2) * value / square));
            case TapeOperation.Square:
                return new(Interval.Point(2), default, default);
            case TapeOperation.WholePower:
                return new(PowerCurvature(a, c.Index), default, default);
            case TapeOperation.RationalPower:
                return new(PowerCurvature(a, c.Exponent), default, default);
            case TapeOperation.RealPower when a.Inf > 0:
                var log = Interval.Log(a);
                var less = Interval.Pow(a, b - Interval.One);
                return new(
                    b * (b - Interval.One) * Interval.Pow(a, b - Interval.Point(2)),
                    less * (Interval.One + (b * log)),
                    value * Interval.Sqr(log));
            case TapeOperation.PowerLog:
                return new(Known(PowerLog.Curvature(a, c.Exponent, c.Index)), default, default);
            case TapeOperation.Apply:
                return new(Known(FunctionRange.Curvature(c.Function, a)), default, default);
            case TapeOperation.Min when a.Sup < b.Inf || b.Sup < a.Inf:
            case TapeOperation.Max when a.Sup < b.Inf || b.Sup < a.Inf:
                return default;
            default:
                return new(Interval.Entire, Interval.Entire, Interval.Entire);
        }
    }

    // Where a formula has no value on the ranges, nothing is known.
    private static Interval Known(Interval slope) => slope.IsEmpty ? Interval.Entire : slope;

    private static Slopes Extremum(bool first, bool second)
    {
        var either = Interval.Between(0, 1);
        return first ? new(Interval.One, default) : second ? new(default, Interval.One) : new(either, either);
    }

    private static Interval PowerSlope(Interval a, BigRational n) =>
        n.IsZero ? Interval.Zero : Known(Interval.Enclose(n) * Power(a, n - 1));

    private static Interval PowerCurvature(Interval a, BigRational n) =>
        n.IsZero || n == BigRational.One ? Interval.Zero : Known(Interval.Enclose(n * (n - 1)) * Power(a, n - 2));

    private static Interval Power(Interval a, BigRational n) =>
        n.IsInteger && n.Sign >= 0 ? Powers.Of(a, n) : Interval.Pow(a, n);

    private static Slopes RealPower(Interval a, Interval b, Interval value) => new(
        Known(b * Interval.Pow(a, b - Interval.One)),
        a.Sup > 0 ? Known(value * Interval.Log(a)) : Interval.Entire);
}
