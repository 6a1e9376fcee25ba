using Proofs.Numeric.Batched;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

// One operation on arrays of operands: the kernel where there is one, else the scalar operation box by box.
internal static class BatchOperations
{
    public static void Of(
        Instruction c, ReadOnlySpan<double> al, ReadOnlySpan<double> ah, ReadOnlySpan<double> bl,
        ReadOnlySpan<double> bh,
        Span<double> inf, Span<double> sup)
    {
        switch (c.Operation)
        {
            case TapeOperation.Add:
                IntervalKernels.Add(al, ah, bl, bh, inf, sup);
                return;
            case TapeOperation.AddScaled:
                TapeKernels.AddScaled(al, ah, bl, bh, c.Number, inf, sup);
                return;
            case TapeOperation.Subtract:
                IntervalKernels.Subtract(al, ah, bl, bh, inf, sup);
                return;
            case TapeOperation.Multiply:
                IntervalKernels.Multiply(al, ah, bl, bh, inf, sup);
                return;
            case TapeOperation.Divide:
                IntervalKernels.Divide(al, ah, bl, bh, inf, sup);
                return;
            case TapeOperation.Min:
                IntervalKernels.Min(al, ah, bl, bh, inf, sup);
                return;
            case TapeOperation.Max:
                IntervalKernels.Max(al, ah, bl, bh, inf, sup);
                return;
            case TapeOperation.RealPower when c.Index == 0 && !HasNegative(al):
                IntervalKernels.Pow(al, ah, bl, bh, inf, sup);
                return;
        }

        for (int k = 0; k < inf.Length; k++)
        {
            var value = c.Value(Interval.Raw(al[k], ah[k]), Interval.Raw(bl[k], bh[k]));
            (inf[k], sup[k]) = (value.Inf, value.Sup);
        }
    }

    public static void Of(
        Instruction c, ReadOnlySpan<double> al, ReadOnlySpan<double> ah, Span<double> inf, Span<double> sup)
    {
        switch (c.Operation)
        {
            case TapeOperation.Negate:
                TapeKernels.Negate(al, ah, inf, sup);
                return;
            case TapeOperation.Scale:
                TapeKernels.Scale(al, ah, c.Number, inf, sup);
                return;
            case TapeOperation.Square:
                IntervalKernels.Sqr(al, ah, inf, sup);
                return;
            case TapeOperation.WholePower:
                TapeKernels.WholePower(al, ah, c.Index, inf, sup);
                return;
            case TapeOperation.RationalPower:
                IntervalKernels.Pow(al, ah, c.Exponent, inf, sup);
                return;
            case TapeOperation.Apply when Apply(c.Function, al, ah, inf, sup):
                return;
        }

        for (int k = 0; k < inf.Length; k++)
        {
            var value = c.Value(Interval.Raw(al[k], ah[k]), default);
            (inf[k], sup[k]) = (value.Inf, value.Sup);
        }
    }

    // Whether there is a kernel for the function, which then has been applied.
    private static bool Apply(
        Function function, ReadOnlySpan<double> al, ReadOnlySpan<double> ah, Span<double> inf, Span<double> sup)
    {
        switch (function)
        {
            case Function.Exp:
                IntervalKernels.Exp(al, ah, inf, sup);
                return true;
            case Function.Log:
                IntervalKernels.Log(al, ah, inf, sup);
                return true;
            case Function.Sqrt:
                IntervalKernels.Sqrt(al, ah, inf, sup);
                return true;
            case Function.Sin:
                IntervalKernels.Sin(al, ah, inf, sup);
                return true;
            case Function.Cos:
                IntervalKernels.Cos(al, ah, inf, sup);
                return true;
            case Function.Tan:
                IntervalKernels.Tan(al, ah, inf, sup);
                return true;
            case Function.Atan:
                IntervalKernels.Atan(al, ah, inf, sup);
                return true;
            case Function.Sinh:
                IntervalKernels.Sinh(al, ah, inf, sup);
                return true;
            case Function.Cosh:
                IntervalKernels.Cosh(al, ah, inf, sup);
                return true;
            case Function.Tanh:
                IntervalKernels.Tanh(al, ah, inf, sup);
                return true;
            case Function.Abs:
                IntervalKernels.Abs(al, ah, inf, sup);
                return true;
            default:
                return false;
        }
    }

    private static bool HasNegative(ReadOnlySpan<double> x)
    {
        foreach (double v in x)
        {
            if (v < 0)
            {
                return true;
            }
        }

        return false;
    }
}
