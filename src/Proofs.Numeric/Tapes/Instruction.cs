using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

internal enum TapeOperation
{
    Constant,
    Input,
    Add,
    AddScaled,
    Subtract,
    Negate,
    Scale,
    Multiply,
    Divide,
    Square,
    WholePower,
    RationalPower,
    RealPower,
    PowerLog,
    Apply,
    Min,
    Max,
    Binomial,
    Choose,
}

// One operation; its result has the instruction's own number, its operands A and B are earlier ones.
internal sealed record Instruction(TapeOperation Operation, int A = -1, int B = -1)
{
    // Of a constant, and the factor c of a Scale and of an AddScaled a + c·b, which is bounded and has one sign.
    public Interval Number { get; init; }

    // The number of an input, the exponent of a whole power or of the logarithm of a PowerLog a^Exponent log(a)^Index;
    // 1 for a real power whose exponent is Number · a^Exponent, else 0.
    public int Index { get; init; }

    public BigRational Exponent { get; init; }

    public Function Function { get; init; }

    // The condition of a Choose; its atoms are results of earlier instructions, one for each atom of the tape or −1.
    public SignTest? Test { get; init; }

    public int[] Atoms { get; init; } = [];

    // Whether the atoms are defined wherever the inputs are.
    public bool IsTestTotal { get; init; }

    public IEnumerable<int> Operands()
    {
        if (A >= 0)
        {
            yield return A;
        }

        if (B >= 0)
        {
            yield return B;
        }

        foreach (int atom in Atoms)
        {
            if (atom >= 0)
            {
                yield return atom;
            }
        }
    }

    // The value from those of the operands, for all operations but Input and Choose.
    public Interval Value(Interval a, Interval b) => Operation switch
    {
        TapeOperation.Constant => Number,
        TapeOperation.Add => a + b,
        TapeOperation.AddScaled => Interval.Fma(b, Number, a),
        TapeOperation.Subtract => a - b,
        TapeOperation.Negate => -a,
        TapeOperation.Scale => a * Number,
        TapeOperation.Multiply => a * b,
        TapeOperation.Divide => a / b,
        TapeOperation.Square => Interval.Sqr(a),
        TapeOperation.WholePower => Powers.Whole(a, Index),
        TapeOperation.RationalPower => Interval.Pow(a, Exponent),
        TapeOperation.RealPower => RealPower(a, b),
        TapeOperation.PowerLog => PowerLog.Range(a, Exponent, Index),
        TapeOperation.Apply => FunctionRange.Of(Function, a),
        TapeOperation.Min => Interval.Min(a, b),
        TapeOperation.Max => Interval.Max(a, b),
        TapeOperation.Binomial => FunctionRange.Binomial(a, b),
        _ => throw new InvalidOperationException($"{Operation} has no value of its operands alone."),
    };

    // What is known of the operation on its operands; the claims of the operands are not counted.
    public Decoration Claim(Interval a, Interval b, Interval value) => Operation switch
    {
        TapeOperation.Divide => b.Contains(0) || b.IsEmpty ? Decoration.Trivial : Decoration.Common,
        TapeOperation.RationalPower => IsRationalPowerDefined(a) ? Decoration.Common : Decoration.Trivial,
        TapeOperation.RealPower => FunctionRange.IsPowerDefined(a, b)
            ? a.Inf >= 0 ? Decoration.Common : Decoration.Continuous
            : Decoration.Trivial,
        TapeOperation.PowerLog => a.Inf > 0 ? Decoration.Common : Decoration.Trivial,
        TapeOperation.Apply => FunctionRange.Claim(Function, a, value),
        TapeOperation.Binomial => FunctionRange.IsInteger(a) && FunctionRange.IsInteger(b) && a.Inf >= 0 && b.Inf >= 0
            ? Decoration.Continuous
            : Decoration.Trivial,
        _ => Decoration.Common,
    };

    // a^(c a^p) is exp(c a^p log a), whose exponent tends to 0 at 0.
    private Interval RealPower(Interval a, Interval b)
    {
        var power = FunctionRange.Power(a, b);
        return Index == 1 && a.Inf >= 0
            ? Interval.Intersect(power, Interval.Exp(Number * PowerLog.Range(a, Exponent, 1)))
            : power;
    }

    private bool IsRationalPowerDefined(Interval a) => Exponent.IsInteger
        ? Exponent.Sign > 0 || !a.Contains(0)
        : a.Inf > 0 || (a.Inf == 0 && Exponent.Sign > 0);
}
