using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Tapes;

namespace Proofs.Numeric.Forms;

/// <summary>What a Krawczyk step tells about the zeros of a system in a box.</summary>
public enum RootVerdict
{
    /// <summary>The box holds no zero.</summary>
    None,

    /// <summary>The box holds exactly one zero, and it lies in the returned box.</summary>
    Unique,

    /// <summary>Every zero of the box lies in the returned box; there may be none, one or more.</summary>
    Undecided,
}

/// <summary>A box and what is known of the zeros in it.</summary>
public sealed record KrawczykResult(RootVerdict Verdict, ImmutableArray<Interval> Box);

/// <summary>
/// The operator K(X) = y − C f(y) + (I − C G)(X − y) of a system f = 0 of as many equations as variables.
/// </summary>
/// <remarks>
/// Shape: y is the midpoint of X, G an enclosure of all slopes of f on X, and C any matrix, here the floating-point
/// inverse of the middle of G:
/// a bad C costs sharpness, never soundness. Source: Krawczyk, Computing 4 (1969); Rump, Acta Numerica 19 (2010),
/// section 13.
/// </remarks>
public sealed class KrawczykOperator
{
    private readonly ExprTape _system;

    /// <summary>The operator of a system.</summary>
    /// <exception cref="ArgumentException">There are not as many equations as variables.</exception>
    /// <exception cref="KeyNotFoundException">An equation has a variable that is not listed.</exception>
    public KrawczykOperator(IReadOnlyList<Expr> system, IReadOnlyList<string> variables)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(variables);
        _system = system.Count == variables.Count && system.Count > 0
            ? ExprTape.Compile(system, variables)
            : throw new ArgumentException(
                $"A system has as many equations as variables; got {system.Count} and {variables.Count}.");
    }

    /// <summary>One step on a box.</summary>
    /// <remarks>
    /// Guarantee: a zero of the system in the box lies in the returned one, which lies in the box. Unique where K(X)
    /// lies in the interior of X:
    /// then f has exactly one zero in X. Cost: n gradients and O(n³) interval operations.
    /// </remarks>
    /// <exception cref="ArgumentException">The box does not have one side for each variable.</exception>
    public KrawczykResult Step(ReadOnlySpan<Interval> box)
    {
        int n = _system.Dimension;
        if (box.Length != n)
        {
            throw new ArgumentException($"The system has {n} variables; the box has {box.Length} sides.", nameof(box));
        }

        var unchanged = new KrawczykResult(RootVerdict.Undecided, [.. box]);
        var middle = new Interval[n];
        for (int i = 0; i < n; i++)
        {
            if (!box[i].IsBounded)
            {
                return unchanged;
            }

            middle[i] = Interval.Point(box[i].Midpoint);
        }

        var slopes = new Interval[n][];
        var centre = new Interval[n];
        for (int i = 0; i < n; i++)
        {
            slopes[i] = new Interval[n];
            var value = _system.Gradient(box, slopes[i], i);
            if (value.Set.IsEmpty || !value.Set.Contains(0))
            {
                return new(RootVerdict.None, [.. box]);
            }

            centre[i] = _system.Evaluate(middle, i);
            if (value.Decoration < Decoration.Continuous || !centre[i].IsBounded || slopes[i].Any(g => !g.IsBounded))
            {
                return unchanged;
            }
        }

        var inverse = Matrix<double>.Build.Dense(n, n, (i, j) => slopes[i][j].Midpoint).Inverse();
        return inverse.Enumerate().All(double.IsFinite) ? Image(box, middle, centre, slopes, inverse) : unchanged;
    }

    private static KrawczykResult Image(
        ReadOnlySpan<Interval> box, Interval[] middle, Interval[] centre, Interval[][] slopes, Matrix<double> inverse)
    {
        int n = middle.Length;
        var result = new Interval[n];
        bool interior = true;
        for (int i = 0; i < n; i++)
        {
            var image = middle[i];
            for (int j = 0; j < n; j++)
            {
                image -= Interval.Point(inverse[i, j]) * centre[j];
                var rest = i == j ? Interval.One : Interval.Zero;
                for (int k = 0; k < n; k++)
                {
                    rest -= Interval.Point(inverse[i, k]) * slopes[k][j];
                }

                image += rest * (box[j] - middle[j]);
            }

            interior &= image.IsInteriorTo(box[i]);
            result[i] = Interval.Intersect(image, box[i]);
            if (result[i].IsEmpty)
            {
                return new(RootVerdict.None, [.. box]);
            }
        }

        return new(interior ? RootVerdict.Unique : RootVerdict.Undecided, [.. result]);
    }
}
