using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Tapes;

namespace Proofs.Numeric.Forms;

/// <summary>An interval that holds a zero, or may hold zeros.</summary>
/// <param name="Set">The interval.</param>
/// <param name="IsUnique">Whether it certainly holds exactly one zero; if not it may hold none, one or more.</param>
public readonly record struct RootEnclosure(Interval Set, bool IsUnique);

/// <summary>Interval Newton: all zeros of an expression in one variable.</summary>
/// <remarks>Source: Moore, Kearfott and Cloud, Introduction to Interval Analysis (2009), chapter 8.</remarks>
public sealed class RootFinder
{
    private const int MostPieces = 1_000_000;
    private readonly ExprTape _f;

    /// <summary>A finder for the zeros of <paramref name="f"/> as a function of <paramref name="variable"/>.</summary>
    /// <exception cref="ArgumentException">The expression has another variable.</exception>
    public RootFinder(Expr f, string variable)
    {
        ArgumentNullException.ThrowIfNull(f);
        if (f.Variables().FirstOrDefault(v => v != variable) is { } other)
        {
            throw new ArgumentException(
                $"The zeros of a formula in {variable} alone are meant; it has {other} too.", nameof(f));
        }

        _f = ExprTape.Compile([f], [variable]);
    }

    /// <summary>
    /// The image m − f(m)/G of X met with X, up to two intervals that hold every zero in X; G holds all slopes of f on
    /// X.
    /// </summary>
    /// <remarks>
    /// Domain: null where f is not known to be defined and continuous on X, or X is unbounded; m is the midpoint.
    /// Guarantee: a zero in X lies in one of the two. Where the image lies in the interior of X and G has no 0, X holds
    /// exactly one zero.
    /// </remarks>
    public IntervalPair? Step(Interval x) => Newton(x)?.Image;

    /// <summary>All zeros in <paramref name="x"/>, from left to right, each in an interval.</summary>
    /// <remarks>
    /// Guarantee: every zero lies in a returned interval; where IsUnique holds there is exactly one in it. Pieces
    /// narrower than
    /// <paramref name="tolerance"/> that are not decided (a double zero, a zero at an end, a point where f is not
    /// continuous) are returned joined, with IsUnique false. Cost: O(log log(1/tolerance)) gradients for a simple zero
    /// away from others.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="x"/> is empty or unbounded, or the tolerance is not
    /// positive.</exception>
    /// <exception cref="InvalidOperationException">More than 10^6 pieces had to be looked at.</exception>
    public IReadOnlyList<RootEnclosure> Roots(Interval x, double tolerance = 1e-12)
    {
        if (!(tolerance > 0) || !x.IsBounded)
        {
            throw new ArgumentException(
                $"Zeros are sought in a bounded interval with a positive tolerance; got {x} and {tolerance:R}.");
        }

        var found = new List<RootEnclosure>();
        var open = new Stack<Interval>([x]);
        for (int pieces = 0; open.TryPop(out var piece); pieces++)
        {
            if (pieces == MostPieces)
            {
                throw new InvalidOperationException(
                    $"More than {MostPieces} pieces of {x} were looked at; raise the tolerance {tolerance:R}.");
            }

            if (!_f.Evaluate([piece]).Contains(0))
            {
                continue;
            }

            var step = Newton(piece);
            if (step is { IsUnique: true } unique)
            {
                found.Add(new(Polish(unique.Image.First), true));
                continue;
            }

            var image = step?.Image ?? new(piece, Interval.Empty);
            bool last = piece.Width <= tolerance || piece.Midpoint <= piece.Inf || piece.Midpoint >= piece.Sup;
            if (!last)
            {
                Push(image.Second, piece);
                Push(image.First, piece);
            }
            else if (!image.First.IsEmpty || !image.Second.IsEmpty)
            {
                found.Add(new(Interval.Hull(image.First, image.Second), false));
            }
        }

        return Decided(Joined(found), x);

        // A piece that hardly shrank is halved, the left half last so that it comes first from the stack.
        void Push(Interval part, Interval whole)
        {
            if (part.IsEmpty)
            {
                return;
            }

            double m = part.Midpoint;
            if (part.Width <= 0.75 * whole.Width || m <= part.Inf || m >= part.Sup)
            {
                open.Push(part);
                return;
            }

            open.Push(Interval.Between(m, part.Sup));
            open.Push(Interval.Between(part.Inf, m));
        }
    }

    private (IntervalPair Image, bool IsUnique)? Newton(Interval x)
    {
        if (!x.IsBounded)
        {
            return null;
        }

        Span<Interval> slopes = stackalloc Interval[1];
        if (_f.Gradient([x], slopes).Decoration < Decoration.Continuous)
        {
            return null;
        }

        // f(m) − 0 = g (m − z) for a zero z and a slope g in G, so t = z − m has t g = −f(m).
        var m = Interval.Point(x.Midpoint);
        var pair = Reverse.MultiplyToPair(slopes[0], -_f.Evaluate([m]));
        Interval first = m + pair.First, second = m + pair.Second;
        bool unique = second.IsEmpty && !first.IsEmpty && first.IsInteriorTo(x) && !slopes[0].Contains(0);
        return (new(Interval.Intersect(x, first), Interval.Intersect(x, second)), unique);
    }

    // Neighbours that touch and are not both decided may hold the same zero.
    private static List<RootEnclosure> Joined(List<RootEnclosure> found)
    {
        found.Sort((a, b) => a.Set.Inf.CompareTo(b.Set.Inf));
        var joined = new List<RootEnclosure>();
        foreach (var root in found)
        {
            if (joined.Count > 0 && joined[^1].Set.Sup >= root.Set.Inf && !(joined[^1].IsUnique && root.IsUnique))
            {
                joined[^1] = new(Interval.Hull(joined[^1].Set, root.Set), false);
            }
            else
            {
                joined.Add(root);
            }
        }

        return joined;
    }

    // A simple zero at the seam of two pieces is in the interior of neither: a wider piece around it decides, where it
    // meets no other.
    private List<RootEnclosure> Decided(List<RootEnclosure> joined, Interval x)
    {
        for (int i = 0; i < joined.Count; i++)
        {
            var set = joined[i].Set;
            double margin = (8 * set.Width) + (1e-8 * (1 + set.Magnitude));
            var wider = Interval.Intersect(x, Interval.Between(set.Inf - margin, set.Sup + margin));
            bool alone = joined.TrueForAll(r => r.Set == set || r.Set.IsDisjointFrom(wider));
            if (!joined[i].IsUnique && alone && Newton(wider) is { IsUnique: true } step)
            {
                joined[i] = new(Polish(step.Image.First), true);
            }
        }

        return joined;
    }

    private Interval Polish(Interval x)
    {
        while (Newton(x) is { } step)
        {
            var next = Interval.Hull(step.Image.First, step.Image.Second);
            if (next.IsEmpty || !(next.Width < x.Width))
            {
                break;
            }

            x = next;
        }

        return x;
    }
}
