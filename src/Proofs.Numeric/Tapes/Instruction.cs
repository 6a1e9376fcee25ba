using Proofs.Kernel;

namespace Proofs.Numeric.Tapes;

internal enum Operation
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
internal sealed record Instruction(Operation Operation, int A = -1, int B = -1)
{
    // Of a constant, and the factor c of a Scale and of an AddScaled a + c·b, which is bounded and has one sign.
    public Interval Number { get; init; }

    // The number of an input, the exponent of a whole power or of the logarithm of a PowerLog a^Exponent log(a)^Index; 1 for a real
    // power whose exponent is Number · a^Exponent, else 0.
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
        Operation.Constant => Number,
        Operation.Add => a + b,
        Operation.AddScaled => Interval.Fma(b, Number, a),
        Operation.Subtract => a - b,
        Operation.Negate => -a,
        Operation.Scale => a * Number,
        Operation.Multiply => a * b,
        Operation.Divide => a / b,
        Operation.Square => Interval.Sqr(a),
        Operation.WholePower => Powers.Whole(a, Index),
        Operation.RationalPower => Interval.Pow(a, Exponent),
        Operation.RealPower => RealPower(a, b),
        Operation.PowerLog => PowerLog.Range(a, Exponent, Index),
        Operation.Apply => FunctionRange.Of(Function, a),
        Operation.Min => Interval.Min(a, b),
        Operation.Max => Interval.Max(a, b),
        Operation.Binomial => FunctionRange.Binomial(a, b),
        _ => throw new InvalidOperationException($"{Operation} has no value of its operands alone."),
    };

    // What is known of the operation on its operands; the claims of the operands are not counted.
    public Decoration Claim(Interval a, Interval b, Interval value) => Operation switch
    {
        Operation.Divide => b.Contains(0) || b.IsEmpty ? Decoration.Trivial : Decoration.Common,
        Operation.RationalPower => IsRationalPowerDefined(a) ? Decoration.Common : Decoration.Trivial,
        Operation.RealPower => FunctionRange.IsPowerDefined(a, b)
            ? a.Inf >= 0 ? Decoration.Common : Decoration.Continuous
            : Decoration.Trivial,
        Operation.PowerLog => a.Inf > 0 ? Decoration.Common : Decoration.Trivial,
        Operation.Apply => FunctionRange.Claim(Function, a, value),
        Operation.Binomial => FunctionRange.IsInteger(a) && FunctionRange.IsInteger(b) && a.Inf >= 0 && b.Inf >= 0
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
