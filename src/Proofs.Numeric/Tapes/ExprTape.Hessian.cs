using System.Buffers;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

public sealed partial class ExprTape
{
    /// <summary>
    /// The value of an expression on a box and enclosures of its first and second partial derivatives there.
    /// </summary>
    /// <remarks>
    /// Shape: the derivative by variables i and j of a box of n is <paramref name="hessian"/>[n i + j]; it is
    /// symmetric.
    /// Guarantee: contains the second derivatives at every point of the box near which each operation is defined and
    /// twice continuously differentiable; all reals in the rows that a kink or a jump on the box can reach. The
    /// gradient is as
    /// <see cref="Gradient"/> gives it. Cost: one evaluation and two sweeps for each variable. Source: forward over
    /// reverse mode.
    /// </remarks>
    /// <exception cref="ArgumentException">The box or the gradient does not have <see cref="Dimension"/> intervals, or
    /// the Hessian not their square.</exception>
    public DecoratedInterval Hessian(
        ReadOnlySpan<Interval> box, Span<Interval> gradient, Span<Interval> hessian, int output = 0)
    {
        int d = Dimension, n = Code.Instructions.Length, at = Code.Outputs[output];
        Expect(gradient.Length, d, nameof(gradient));
        Expect(hessian.Length, d * d, nameof(hessian));
        var work = ArrayPool<Interval>.Shared.Rent(4 * n);
        var claims = ArrayPool<Decoration>.Shared.Rent(n);
        try
        {
            Span<Interval> values = work.AsSpan(0, n), adjoints = work.AsSpan(n, n);
            Span<Interval> tangents = work.AsSpan(2 * n, n), seconds = work.AsSpan(3 * n, n);
            Forward(box, values, claims);
            bool hasKink = Backward(values, claims, adjoints, at, gradient);
            for (int k = 0; k < d; k++)
            {
                Tangents(k, values, claims, tangents, at);
                if (hasKink)
                {
                    Sharpen(ref gradient[k], tangents[at]);
                }

                SecondBackward(values, claims, adjoints, tangents, seconds, at, hessian.Slice(d * k, d));
            }

            // Both halves enclose the same numbers.
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    Interval one = hessian[(d * i) + j], other = hessian[(d * j) + i];
                    hessian[(d * i) + j] = hessian[(d * j) + i] = Interval.Intersect(one, other);
                }
            }

            return DecoratedInterval.Of(values[at], HasEmpty(box) ? Decoration.Trivial : claims[at]);
        }
        finally
        {
            ArrayPool<Interval>.Shared.Return(work);
            ArrayPool<Decoration>.Shared.Return(claims);
        }
    }

    // The derivatives of all results by one variable.
    private void Tangents(
        int variable, ReadOnlySpan<Interval> values, ReadOnlySpan<Decoration> claims, Span<Interval> tangents, int last)
    {
        var code = Code.Instructions;
        for (int i = 0; i <= last; i++)
        {
            var c = code[i];
            if (c.Operation is TapeOperation.Input or TapeOperation.Constant)
            {
                tangents[i] = c.Operation == TapeOperation.Input && c.Index == variable ? Interval.One : Interval.Zero;
                continue;
            }

            var slopes = SlopesOf(i, values, claims);
            tangents[i] = IsOpen(c, slopes) ? Interval.Hull(tangents[c.A], tangents[c.B])
                : Times(slopes.A, tangents[c.A]) + (c.B >= 0 ? Times(slopes.B, tangents[c.B]) : Interval.Zero);
        }
    }

    // The derivatives of all adjoints by the variable of the tangents, and those of the gradient.
    private void SecondBackward(
        ReadOnlySpan<Interval> values, ReadOnlySpan<Decoration> claims, ReadOnlySpan<Interval> adjoints,
        ReadOnlySpan<Interval> tangents, Span<Interval> seconds, int output, Span<Interval> row)
    {
        var code = Code.Instructions;
        seconds.Clear();
        row.Clear();
        for (int i = output; i >= 0; i--)
        {
            var c = code[i];
            Interval adjoint = adjoints[i], second = seconds[i];
            if (c.Operation == TapeOperation.Constant || (adjoint == Interval.Zero && second == Interval.Zero))
            {
                continue;
            }

            if (c.Operation == TapeOperation.Input)
            {
                row[c.Index] += second;
                continue;
            }

            Interval a = values[c.A], b = c.B >= 0 ? values[c.B] : default;
            var slopes = SlopesOf(i, values, claims);
            var curved = c.Operation != TapeOperation.Choose ? Partials.Second(c, a, b, values[i])
                : IsOpen(c, slopes) ? new(Interval.Entire, Interval.Entire, Interval.Entire) : default;
            Interval ta = Weighted(slopes.A, tangents[c.A]),
                tb = c.B >= 0 ? Weighted(slopes.B, tangents[c.B]) : Interval.Zero;
            seconds[c.A] += Times(second, slopes.A) + Times(adjoint, Times(curved.AA, ta) + Times(curved.AB, tb));
            if (c.B >= 0)
            {
                seconds[c.B] += Times(second, slopes.B) + Times(adjoint, Times(curved.AB, ta) + Times(curved.BB, tb));
            }
        }

        // A branch that is not taken has no tangent, whatever its values.
        Interval Weighted(Interval slope, Interval tangent) =>
            slope == Interval.Zero && tangent.IsEmpty ? Interval.Zero : tangent;
    }

    // The product, 0 where either is 0: a slope of nothing is not asked for.
    private static Interval Times(Interval a, Interval b) =>
        a == Interval.Zero || b == Interval.Zero ? Interval.Zero : a * b;
}
