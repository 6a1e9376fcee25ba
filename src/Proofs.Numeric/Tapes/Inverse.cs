using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Numeric.Tapes;

// What the operands of an operation can be, given a set that holds its result: the operands cut down, or as they were
// where there is nothing to gain. Members at which the operation is undefined count for nothing.
internal static class Inverse
{
    private static readonly Interval NonNegative = Interval.Between(0, double.PositiveInfinity);

    public static Interval AtMost(Interval x, double bound) =>
        Interval.Intersect(x, Interval.Raw(double.NegativeInfinity, bound));

    public static Interval AtLeast(Interval x, double bound) =>
        Interval.Intersect(x, Interval.Raw(bound, double.PositiveInfinity));

    // The closed hull of the members with an allowed sign.
    public static Interval WithSigns(Interval x, Signs allowed)
    {
        var left = (allowed & Signs.Negative) != 0 && x.Inf < 0 ? Interval.Intersect(x, -NonNegative) : Interval.Empty;
        var right = (allowed & Signs.Positive) != 0 && x.Sup > 0 ? Interval.Intersect(x, NonNegative) : Interval.Empty;
        var middle = (allowed & Signs.Zero) != 0 ? Interval.Intersect(x, Interval.Zero) : Interval.Empty;
        return Interval.Hull(Interval.Hull(left, right), middle);
    }

    // An operation of one operand.
    public static Interval Of(Instruction c, Interval value, Interval a) => c.Operation switch
    {
        TapeOperation.Negate => Interval.Intersect(a, -value),
        TapeOperation.Scale => Interval.Intersect(a, value / c.Number),
        TapeOperation.Square => Reverse.Sqr(value, a),
        TapeOperation.WholePower => Reverse.Pow(value, a, c.Index),
        TapeOperation.RationalPower when !c.Exponent.IsInteger => Interval.Intersect(
            Interval.Intersect(a, NonNegative),
            Interval.Pow(Interval.Intersect(value, NonNegative), c.Exponent.Reciprocal())),
        TapeOperation.Apply => Of(c.Function, value, a),
        _ => a,
    };

    // An operation of two operands.
    public static (Interval A, Interval B) Of(Instruction c, Interval value, Interval a, Interval b)
    {
        switch (c.Operation)
        {
            case TapeOperation.Add:
                return (Interval.Intersect(a, value - b), Interval.Intersect(b, value - a));
            case TapeOperation.AddScaled:
                return (Interval.Intersect(a, value - (b * c.Number)), Interval.Intersect(b, (value - a) / c.Number));
            case TapeOperation.Subtract:
                return (Interval.Intersect(a, value + b), Interval.Intersect(b, a - value));
            case TapeOperation.Multiply:
                return (Reverse.Multiply(b, value, a), Reverse.Multiply(a, value, b));
            case TapeOperation.Divide:
                return (Interval.Intersect(a, value * b), Reverse.Multiply(value, a, b));
            case TapeOperation.RealPower when a.Inf > 0:
                // b ln a = ln value
                Interval log = Interval.Log(a), power = Interval.Log(value);
                return (
                    Interval.Intersect(a, Interval.Exp(Reverse.Multiply(b, power, log))),
                    Reverse.Multiply(log, power, b));
            case TapeOperation.Min:
                return Extremum(
                    AtLeast(a, value.Inf), AtLeast(b, value.Inf), value, firstAlone: b.Inf > value.Sup,
                    secondAlone: a.Inf > value.Sup);
            case TapeOperation.Max:
                return Extremum(
                    AtMost(a, value.Sup), AtMost(b, value.Sup), value, firstAlone: b.Sup < value.Inf,
                    secondAlone: a.Sup < value.Inf);
            default:
                return (a, b);
        }
    }

    // Where the other operand is out of reach of the value, this one has it.
    private static (Interval A, Interval B) Extremum(
        Interval a, Interval b, Interval value, bool firstAlone, bool secondAlone) =>
        (firstAlone ? Interval.Intersect(a, value) : a, secondAlone ? Interval.Intersect(b, value) : b);

    private static Interval Of(Function function, Interval value, Interval a)
    {
        switch (function)
        {
            case Function.Exp:
                return Interval.Intersect(a, Interval.Log(value));
            case Function.Log:
                return Interval.Intersect(a, Interval.Exp(value));
            case Function.Log2:
                return Interval.Intersect(a, Interval.Exp2(value));
            case Function.Sqrt:
                return Interval.Intersect(a, Interval.Sqr(Interval.Intersect(value, NonNegative)));
            case Function.Sin:
                return Reverse.Sin(value, a);
            case Function.Cos:
                return Reverse.Cos(value, a);
            case Function.Tan:
                return Reverse.Tan(value, a);
            case Function.Atan:
                return Interval.Intersect(a, Tangents(value));
            case Function.Sinh:
                return Interval.Intersect(a, Interval.Asinh(value));
            case Function.Cosh:
                return Reverse.Cosh(value, a);
            case Function.Tanh:
                return Interval.Intersect(a, Interval.Atanh(value));
            case Function.Abs:
                return Reverse.Abs(value, a);
            case Function.Floor:
                // n ≤ t < n + 1 for an integer n of the value.
                return Interval.Intersect(
                    a, Steps(Math.Ceiling(value.Inf), DirectedRounding.AddUp(Math.Floor(value.Sup), 1)));
            case Function.Ceil:
                return Interval.Intersect(
                    a, Steps(DirectedRounding.SubtractDown(Math.Ceiling(value.Inf), 1), Math.Floor(value.Sup)));
            default:
                return a;
        }
    }

    private static Interval Steps(double inf, double sup) => inf <= sup ? Interval.Raw(inf, sup) : Interval.Empty;

    // The tangents of the members of a set between −π/2 and π/2.
    private static Interval Tangents(Interval value)
    {
        double half = Tightest.HalfPi.Inf; // below π/2, and no binary64 number lies between
        if (value.Inf > half || value.Sup < -half)
        {
            return Interval.Empty;
        }

        return Interval.Raw(
            value.Inf < -half ? double.NegativeInfinity : Interval.Tan(Interval.Point(value.Inf)).Inf,
            value.Sup > half ? double.PositiveInfinity : Interval.Tan(Interval.Point(value.Sup)).Sup);
    }
}
