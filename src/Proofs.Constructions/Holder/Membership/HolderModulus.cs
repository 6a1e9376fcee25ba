using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Holder.Membership;

// Constants C with |e(x) − e(y)| ≤ C ‖x − y‖^s on the unit cube, 0 < s ≤ 1, rounded up; infinite where none is shown.
//   by variation   L and the oscillation ω give min(L t, ω) ≤ L^s ω^(1−s) t^s, and L t ≤ L t^s for t ≤ 1
//   by structure   constants of sums and products add up as they do; |u|, minima and maxima keep them; |a^r − b^r| ≤ |a
//                  − b|^r for 0 < r ≤ 1 and a, b ≥ 0, so that C(u, s/r)^r is one for u^r; a Lipschitz function
//                  multiplies by its constant
internal sealed class HolderModulus(IReadOnlyList<string> names)
{
    private readonly CubeSearch _search = new(names);
    private readonly Dictionary<(Expr, BigRational), double> _known = [];

    public double Of(Expr e, BigRational s)
    {
        if (!_known.TryGetValue((e, s), out double constant))
        {
            _known[(e, s)] = constant = Math.Min(ByVariation(e, s), ByStructure(e, s));
        }

        return constant;
    }

    private double ByVariation(Expr e, BigRational s)
    {
        var (lipschitz, oscillation) = _search.Variation(e);
        if (double.IsInfinity(lipschitz) || s == BigRational.One)
        {
            return lipschitz;
        }

        var mixed = Interval.Pow(Interval.Point(lipschitz), s) * Interval.Pow(Interval.Point(oscillation), 1 - s);
        return Math.Min(lipschitz, mixed.Sup);
    }

    private double ByStructure(Expr e, BigRational s)
    {
        switch (e)
        {
            case Expr.SumCase sum:
                return Up(sum.Terms.Aggregate(Interval.Zero, (c, t) => c + Constant(t, s)));
            case Expr.ProductCase product:
                return Up(
                    product.Factors.Select((f, i) =>
                        product.Factors.RemoveAt(i).Aggregate(Constant(f, s), (c, g) => c * Largest(g)))
                    .Aggregate((a, b) => a + b));
            case Expr.ApplyCase { Function: Function.Abs } call:
                return Of(call.Arguments[0], s);
            case Expr.ApplyCase { Function: Function.Min or Function.Max } call:
                return call.Arguments.Max(a => Of(a, s));
            case Expr.ApplyCase { Function: Function.Sin or Function.Cos or Function.Atan or Function.Tanh } call:
                return Of(call.Arguments[0], s);
            case Expr.ApplyCase { Function: Function.Exp } call:
                return Up(Largest(e) * Constant(call.Arguments[0], s));
            case Expr.ApplyCase { Function: Function.Sqrt } call:
                return OfRoot(call.Arguments[0], BigRational.Half, s);
            case Expr.PowerCase { Exponent: Expr.ConstantCase { Value: var r } } power when r.Sign > 0
                && r <= BigRational.One:
                return OfRoot(power.Base, r, s);
            default:
                return double.PositiveInfinity;
        }
    }

    private double OfRoot(Expr radicand, BigRational r, BigRational s) =>
        r >= s && OnCube(radicand) is { Continuous: true, Range.Inf: >= 0 } && Of(radicand, s / r) is var c
            && double.IsFinite(c)
            ? Up(Interval.Pow(Interval.Point(c), r))
            : double.PositiveInfinity;

    // [0, C], unbounded where there is no C.
    private Interval Constant(Expr e, BigRational s) => Interval.Between(0, Of(e, s));

    private Interval Largest(Expr e) => OnCube(e) is { Continuous: true } local
        ? Interval.Between(0, local.Range.Magnitude)
        : Interval.Between(0, double.PositiveInfinity);

    private Local OnCube(Expr e) => new LocalForm(names, _search.Cube).Of(e);

    private static double Up(Interval constant) => constant.Sup;
}
