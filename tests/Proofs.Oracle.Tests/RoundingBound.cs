using Proofs.Constructions.Executions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Oracle.Tests;

/// <summary>A number of the real function at a point, and what any execution misses of it at most.</summary>
internal readonly record struct Missed(BigRational Value, BigRational Error)
{
    public static Missed Exactly(BigRational value) => new(value, BigRational.Zero);

    /// <summary>The most that the computed number may be, without its sign.</summary>
    public BigRational Most => BigRational.Abs(Value) + Error;
}

/// <summary>
/// Bounds for |computed − exact| at a point, from the execution model alone, in exact arithmetic.
/// </summary>
/// <remarks>
/// One operation misses u |z| or, where it underflows, 2^(e − 1), z its exact result for the operands it has. A sum of
/// n products and a bias, in any order, misses γ S + (1 + γ) k 2^(e − 1) with k = n + 2 roundings a term at most, γ = k
/// u / (1 − k u), S the sum of the absolute terms. The operands of a later row carry what earlier rows miss, times
/// their weights; ρ carries no more.
/// </remarks>
internal sealed class RoundingBound(NumberFormat format)
{
    private readonly BigRational _u = BigRational.PowerOfTwo(-format.Precision);
    private readonly BigRational _least = BigRational.PowerOfTwo(format.LeastExponent - 1);
    private readonly BigRational _most = BigRational.PowerOfTwo(format.EndExponent - 1);

    /// <summary>Whether a sum with these absolute terms may overflow on the way.</summary>
    public bool MayOverflow(BigRational size) => size > _most;

    /// <summary>One rounded operation with the exact result z for operands that were missed by so much.</summary>
    public Missed Operation(BigRational z, BigRational carried) =>
        new(z, Coarse(carried + (_u * (BigRational.Abs(z) + carried)) + _least));

    /// <summary>A sum of so many roundings a term; each of them may underflow, and is enlarged by scale then.</summary>
    public Missed Sum(BigRational z, BigRational carried, BigRational size, int roundings, BigRational scale)
    {
        var ku = roundings * _u;
        var gamma = ku / (BigRational.One - ku);
        var underflow = (BigRational.One + gamma) * roundings * scale * _least;
        return new(z, Coarse(carried + (gamma * size) + underflow));
    }

    /// <summary>What executions of these steps miss at a point; null where one may overflow.</summary>
    public static Missed[]? Of(NetworkExecution execution, IReadOnlyList<BigRational> x)
    {
        var bound = new RoundingBound(execution.Format);
        Missed[] values = [.. x.Select(Missed.Exactly)];
        foreach (var step in execution.Steps)
        {
            var next = new Missed[step.Map.Rows];
            for (int i = 0; i < next.Length; i++)
            {
                if (bound.Row(step, i, values) is not { } row)
                {
                    return null;
                }

                next[i] = step.IsRectified[i] ? Rectified(row) : row;
            }

            values = next;
        }

        return values;
    }

    public static Missed Rectified(Missed x) => x with { Value = BigRational.Max(x.Value, BigRational.Zero) };

    private Missed? Row(ExecutedStep step, int row, Missed[] x)
    {
        var (map, rounding) = (step.Map, step.Roundings[row]);
        BigRational z = map.BiasAt(row), size = BigRational.Abs(z), carried = BigRational.Zero;
        for (int k = map.RowStart[row]; k < map.RowStart[row + 1]; k++)
        {
            var (weight, operand) = (map.WeightAt(k), x[map.Column[k]]);
            z += weight * operand.Value;
            carried += BigRational.Abs(weight) * operand.Error;
            size += BigRational.Abs(weight) * operand.Most;
        }

        Assert(rounding.Factor == 1);
        return MayOverflow(size) ? null
            : rounding.IsExact ? new Missed(z, carried)
            : rounding.IsOperation ? Operation(z, carried)
            : Sum(z, carried, size, rounding.Count, BigRational.One);
    }

    private static void Assert(bool isPlain) =>
        Xunit.Assert.True(isPlain, "a bound for alpha is derived from the graph, not from its steps");

    // Up to a binary64 number: the errors of errors need no more digits.
    private static BigRational Coarse(BigRational error) =>
        Binary64.RoundUp(error) is var up && double.IsFinite(up) ? Binary64.Exact(up) : error;
}
