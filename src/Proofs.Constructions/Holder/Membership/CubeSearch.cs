using Proofs.Constructions.Calculus;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Holder.Membership;

// What is known of a property that every point of a set has: all of them, one of them not, or neither shown.
internal readonly record struct Everywhere(bool Holds, BigRational[]? Counterexample)
{
    public static Everywhere Shown => new(true, null);

    public static Everywhere Open => new(false, null);

    // The first counterexample, else whether both hold.
    public Everywhere And(Func<Everywhere> other) => !Holds ? this : other();
}

// Decides inequalities on the unit cube by bisection, within a number of boxes.
internal sealed class CubeSearch(IReadOnlyList<string> names)
{
    private const int MostBoxes = 3000;

    // The cube, each side [0, 1].
    public Interval[] Cube => [.. names.Select(_ => Interval.Between(0, 1))];

    // A property that holds on whole boxes; fails(x) where a point is exactly known not to have it.
    public Everywhere Decide(Func<Interval[], bool> holds, Func<BigRational[], bool> fails)
    {
        var open = new Queue<Interval[]>([Cube]);
        for (int spent = 0; open.TryDequeue(out var box); spent++)
        {
            if (holds(box))
            {
                continue;
            }

            BigRational[] low = [.. box.Select(s => Binary64.Exact(s.Inf))],
                high = [.. box.Select(s => Binary64.Exact(s.Sup))];
            BigRational[] middle = [.. low.Zip(high, (a, b) => (a + b) / 2)];
            if (new[] { middle, low, high }.FirstOrDefault(fails) is { } point)
            {
                return new(false, point);
            }

            int side = Enumerable.Range(0, box.Length).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : box[i].Width);
            if (side < 0 || spent >= MostBoxes)
            {
                return Everywhere.Open;
            }

            double half = box[side].Midpoint;
            Interval[] left = [.. box], right = [.. box];
            (left[side], right[side]) = (Interval.Between(box[side].Inf, half), Interval.Between(half, box[side].Sup));
            open.Enqueue(left);
            open.Enqueue(right);
        }

        return Everywhere.Shown;
    }

    // |e| ≤ bound, e being defined and continuous.
    public Everywhere Magnitude(Expr e, BigRational bound) => Decide(
        box => new LocalForm(names, box).Of(e) is { Continuous: true } local
            && (local.Range.Magnitude <= Binary64.RoundDown(bound)
                || (AtMost(e, local, box, bound, 1) && AtMost(e, local, box, bound, -1))),
        x => Compare(e, x, bound) > 0);

    // Σ_i |∂_i e| ≤ bound: by slopes, and where the derivatives are given, by the sums of ± them.
    public Everywhere Steepness(Expr e, Expr[]? derivatives, BigRational bound)
    {
        var sums = derivatives is { Length: > 0 and <= 5 } ? Signed(derivatives) : [];
        return Decide(
            box => new LocalForm(names, box) is var form && form.Of(e) is { Continuous: true } local
                && (local.Steepness <= Binary64.RoundDown(bound)
                    || (sums.Length > 0
                        && sums.All(s => form.Of(s) is { Continuous: true } sum && AtMost(s, sum, box, bound, 1)))),
            x => sums.Any(s => Compare(s, x, bound) > 0));
    }

    // A Lipschitz constant of e in the sup norm and its oscillation, rounded up; infinite where none is shown.
    public (double Lipschitz, double Oscillation) Variation(Expr e)
    {
        double steepest = 0;
        var range = Interval.Empty;
        var answer = Decide(
            box =>
            {
                var local = new LocalForm(names, box).Of(e);
                if (local.Slopes is null
                    || box.Max(s => s.Width) > 1.0 / (names.Count == 1 ? 128 : names.Count == 2 ? 16 : 4))
                {
                    return false;
                }

                steepest = Math.Max(steepest, local.Steepness);
                range = Interval.Hull(range, local.Range);
                return true;
            },
            _ => false);
        return answer.Holds ? (steepest, range.Width) : (double.PositiveInfinity, double.PositiveInfinity);
    }

    // The sign of |e(x)| − bound, or 0 where it is not known.
    private int Compare(Expr e, BigRational[] x, BigRational bound)
    {
        var point = Point(x);
        if (e.TryEvaluate(point) is { } exact)
        {
            return BigRational.Abs(exact).CompareTo(bound);
        }

        var value = e.Evaluate(point.ToDictionary(p => p.Key, p => Interval.Enclose(p.Value), StringComparer.Ordinal));
        return !value.IsEmpty && value.Mignitude > Binary64.RoundUp(bound) ? 1 : 0;
    }

    // sign · e ≤ bound on the box: at the end of every side along which it is monotone, exactly where these are all.
    private bool AtMost(Expr e, Local local, Interval[] box, BigRational bound, int sign)
    {
        Interval[] reduced = [.. box.Select((side, i) =>
        {
            var slope = sign > 0 ? local.Slope(i) : -local.Slope(i);
            return slope.Inf >= 0 ? Interval.Point(side.Sup) : slope.Sup <= 0 ? Interval.Point(side.Inf) : side;
        })];
        if (reduced.All(s => s.IsPoint)
            && e.TryEvaluate(Point([.. reduced.Select(s => Binary64.Exact(s.Inf))])) is { } exact)
        {
            return sign * exact <= bound;
        }

        var value = new LocalForm(names, reduced).Of(e).Range;
        return (sign > 0 ? value.Sup : -value.Inf) <= Binary64.RoundDown(bound);
    }

    private Dictionary<string, BigRational> Point(BigRational[] x) =>
        names.Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);

    // ±d_1 ± … ± d_n, as polynomials multiplied out where they are some.
    private Expr[] Signed(Expr[] derivatives) => [.. Enumerable.Range(0, 1 << derivatives.Length)
        .Select(signs => Expr.Sum(derivatives.Select((d, i) => (signs >> i) % 2 == 0 ? d : -d)))
        .Select(sum => Polynomial.TryOf(sum, names)?.ToExpr(names) ?? sum)
        .Distinct()];
}
