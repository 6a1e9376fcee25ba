using System.Buffers;
using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

public sealed partial class ExprTape
{
    /// <summary>The value of an expression on a box and enclosures of its partial derivatives there.</summary>
    /// <remarks>
    /// Shape: one derivative for each variable.
    /// Guarantee: contains the gradient at every point of the box near which each operation is defined and
    /// differentiable; across a kink of abs, min, max or if, the hull of what both sides give (Clarke's derivatives lie
    /// in it); all reals across a jump of floor and its like. Where the value is claimed Continuous, f(p) − f(q) lies
    /// in Σ G_i (p_i − q_i) for any points p, q of the box.
    /// Cost: one evaluation and one sweep back, whatever the number of variables; where a min, a max or an if is open
    /// on the box, one sweep forward more for each variable. Source: reverse mode of automatic differentiation.
    /// </remarks>
    /// <exception cref="ArgumentException">The box or the gradient does not have <see cref="Dimension"/>
    /// intervals.</exception>
    public DecoratedInterval Gradient(ReadOnlySpan<Interval> box, Span<Interval> gradient, int output = 0)
    {
        Expect(gradient.Length, Dimension, nameof(gradient));
        int n = Code.Instructions.Length;
        var work = ArrayPool<Interval>.Shared.Rent(3 * n);
        var claims = ArrayPool<Decoration>.Shared.Rent(n);
        try
        {
            Span<Interval> values = work.AsSpan(0, n), adjoints = work.AsSpan(n, n), tangents = work.AsSpan(2 * n, n);
            Forward(box, values, claims);
            if (Backward(values, claims, adjoints, Code.Outputs[output], gradient))
            {
                for (int v = 0; v < Dimension; v++)
                {
                    Tangents(v, values, claims, tangents, Code.Outputs[output]);
                    Sharpen(ref gradient[v], tangents[Code.Outputs[output]]);
                }
            }

            int at = Code.Outputs[output];
            return DecoratedInterval.Of(values[at], HasEmpty(box) ? Decoration.Trivial : claims[at]);
        }
        finally
        {
            ArrayPool<Interval>.Shared.Return(work);
            ArrayPool<Decoration>.Shared.Return(claims);
        }
    }

    /// <summary>
    /// An enclosure of the values on a box by the mean value theorem, f(c) + Σ G_i (x_i − c_i) cut with the plain
    /// value.
    /// </summary>
    /// <remarks>
    /// Domain: bounded boxes on which the expression is known to be defined and continuous; the plain value elsewhere.
    /// Guarantee: enclosure; where the derivatives are bounded its excess shrinks with the square of the box's width.
    /// Kinks are allowed, for G holds all slopes between two points. Cost: a gradient and two evaluations.
    /// </remarks>
    /// <exception cref="ArgumentException">The box does not have <see cref="Dimension"/> intervals.</exception>
    public DecoratedInterval MeanValue(ReadOnlySpan<Interval> box, int output = 0)
    {
        var work = ArrayPool<Interval>.Shared.Rent(2 * Dimension);
        try
        {
            Span<Interval> gradient = work.AsSpan(0, Dimension), centre = work.AsSpan(Dimension, Dimension);
            var natural = Gradient(box, gradient, output);
            if (natural.Decoration < Decoration.Continuous || !AreBounded(box))
            {
                return natural;
            }

            for (int v = 0; v < Dimension; v++)
            {
                centre[v] = Interval.Point(box[v].Midpoint);
            }

            var value = Evaluate(centre, output);
            for (int v = 0; v < Dimension; v++)
            {
                value += gradient[v] * (box[v] - centre[v]);
            }

            var both = Interval.Intersect(value, natural.Set);
            return both.IsEmpty ? natural : DecoratedInterval.Of(both, natural.Decoration);
        }
        finally
        {
            ArrayPool<Interval>.Shared.Return(work);
        }
    }

    // The sweep back gives both sides of a kink weights in [0, 1] that need not add to 1; forward, the hull of the
    // sides is known. Both enclose the same slopes.
    private static void Sharpen(ref Interval derivative, Interval tangent)
    {
        var both = Interval.Intersect(derivative, tangent);
        derivative = both.IsEmpty ? derivative : both;
    }

    // The sweep back: adjoints of all instructions that the output depends on, and the gradient. True where a kink was
    // weighed.
    private bool Backward(
        ReadOnlySpan<Interval> values, ReadOnlySpan<Decoration> claims, Span<Interval> adjoints, int output,
        Span<Interval> gradient)
    {
        var code = Code.Instructions;
        adjoints.Clear();
        gradient.Clear();
        adjoints[output] = Interval.One;
        bool hasKink = false;
        for (int i = output; i >= 0; i--)
        {
            var c = code[i];
            var adjoint = adjoints[i];

            // What has no weight counts for nothing, defined or not: the branch of an if that is not taken.
            if (adjoint == Interval.Zero)
            {
                continue;
            }

            if (c.Operation == TapeOperation.Input)
            {
                gradient[c.Index] += adjoint;
            }
            else if (c.Operation != TapeOperation.Constant)
            {
                var slopes = SlopesOf(i, values, claims);
                hasKink |= IsOpen(c, slopes);
                adjoints[c.A] += adjoint * slopes.A;
                if (c.B >= 0)
                {
                    adjoints[c.B] += adjoint * slopes.B;
                }
            }
        }

        return hasKink;
    }

    // Whether the box leaves open which operand of a min, a max or an if counts.
    private static bool IsOpen(Instruction c, Slopes slopes) =>
        c.Operation is TapeOperation.Min or TapeOperation.Max or TapeOperation.Choose && slopes.A != Interval.Zero
            && slopes.B != Interval.Zero;

    private Slopes SlopesOf(int i, ReadOnlySpan<Interval> values, ReadOnlySpan<Decoration> claims)
    {
        var c = Code.Instructions[i];
        if (c.Operation != TapeOperation.Choose)
        {
            return Partials.First(c, values[c.A], c.B >= 0 ? values[c.B] : default, values[i]);
        }

        // A branch without values takes no part, if the other is chosen wherever the whole is defined.
        bool? holds = values[c.A].IsEmpty ? false : values[c.B].IsEmpty ? true : Decide(c, values, claims).Holds;
        var either = Interval.Between(0, 1);
        return holds switch
        {
            true => new(Interval.One, Interval.Zero),
            false => new(Interval.Zero, Interval.One),
            _ => new(either, either),
        };
    }

    private static bool AreBounded(ReadOnlySpan<Interval> box)
    {
        foreach (var side in box)
        {
            if (!side.IsBounded)
            {
                return false;
            }
        }

        return true;
    }

    private static void Expect(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"There is room for {length} interval(s); expected {expected}.", name);
        }
    }
}
