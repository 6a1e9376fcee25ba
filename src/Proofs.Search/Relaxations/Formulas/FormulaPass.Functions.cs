using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;

namespace Proofs.Search.Relaxations.Formulas;

internal sealed partial class FormulaPass
{
    private void Apply(int i, TapeStep step)
    {
        int t = step.Parts[0];
        var y = _range[t];
        switch (step.Function)
        {
            case Function.Abs:
                Copy(t, i);
                Kink(i, Derivatives.Value(Function.Abs, y), -1);
                break;
            case Function.Min or Function.Max:
                double sign = step.Function == Function.Max ? 1 : -1;
                Copy(t, i);
                for (int p = 1; p < step.Parts.Length; p++)
                {
                    Extremum(i, step.Parts[p], sign);
                }

                break;
            case Function.Binomial:
                Constant(i, Interval.Zero);
                _range[i] = Interval.Entire;
                FromRange(i);
                break;
            default:
                Compose(i, t, Derivatives.Value(step.Function, y), m => Derivatives.Taylor(step.Function, m, y));
                break;
        }
    }

    // φ(y) for y0 in the range Y of y: φ(y0) + s (y − y0) + (φ'(y0) − s)(y − y0) + φ''(Y)/2 (y − y0)², s near φ'(y0).
    private void Compose(
        int i, int t, Interval natural, Func<Interval, (Interval Value, Interval Slope, Interval Curvature)?> taylor)
    {
        var range = _range[t];
        if (!range.IsBounded || natural.IsEmpty)
        {
            _range[i] = natural.IsEmpty ? Interval.Entire : natural;
            FromRange(i);
            return;
        }

        double y0 = range.Contains(_c[t]) ? _c[t] : range.Midpoint;
        if (taylor(Interval.Point(y0)) is not { } at || !at.Slope.IsBounded || !at.Curvature.IsBounded
            || !at.Value.IsBounded)
        {
            _range[i] = natural;
            FromRange(i);
            Attribute(i, t, _r[i]);
            return;
        }

        double s = at.Slope.Midpoint;
        double width = Math.Max(DirectedRounding.SubtractUp(range.Sup, y0), DirectedRounding.SubtractUp(y0, range.Inf));
        var rest = at.Value
            + ((at.Slope - Interval.Point(s)) * Interval.Between(-width, width))
            + (at.Curvature * Interval.Between(0, DirectedRounding.MultiplyUp(width, width)) * Interval.Point(0.5))
            + (Interval.Point(s) * (Interval.Point(_c[t]) - Interval.Point(y0)));
        Clear(i);
        double size = 0;
        for (int j = 0; j < _d; j++)
        {
            double a = s * _a[(t * _d) + j];
            _a[(i * _d) + j] = a;
            _q[(i * _d) + j] = Math.Abs(s) * _q[(t * _d) + j];
            size += Math.Abs(a);
        }

        _c[i] = rest.IsBounded ? rest.Midpoint : double.NaN;
        double radius = rest.IsBounded ? rest.Radius : double.NaN;
        Attribute(i, t, radius);
        _r[i] = (((Math.Abs(s) * _r[t]) + radius + (Ulp * size)) * Wider) + Tiny;
        Narrow(i, natural);
    }

    // Lays a radius on the inputs in proportion to what the argument's form takes from each.
    private void Attribute(int i, int t, double radius)
    {
        double total = Reach(t);
        for (int j = 0; j < _d && total > 0; j++)
        {
            _q[(i * _d) + j] += radius * Math.Abs(_a[(t * _d) + j]) / total;
        }
    }

    // step i := max(step i, slope·step i) for slope 0 (the positive part) or −1 (the absolute value): on [l, u], l < 0
    // < u, it lies between the chord and the chord less its largest distance, which is at the kink.
    private void Kink(int i, Interval natural, double slope)
    {
        var range = _range[i];
        if (range.Inf >= 0)
        {
            return;
        }

        if (range.Sup <= 0)
        {
            Scale(i, slope);
            Narrow(i, natural);
            return;
        }

        if (!range.IsBounded)
        {
            _range[i] = natural;
            FromRange(i);
            return;
        }

        // Any s in [slope, 1] is sound: the function less s y is convex, 0 at the kink, and largest at an end.
        double s = ((range.Sup / (range.Sup - range.Inf)) * (1 - slope)) + slope;
        s = double.IsFinite(s) ? Math.Clamp(s, slope, 1) : 0;
        double gap = Math.Max((1 - s) * range.Sup, (slope - s) * range.Inf) / 2 * Wider;
        gap += Tiny;
        double total = Reach(i), reach = total + Math.Abs(_c[i]) + _r[i];
        for (int j = 0; j < _d && total > 0; j++)
        {
            _q[(i * _d) + j] += gap * Math.Abs(_a[(i * _d) + j]) / total;
        }

        Scale(i, s);
        _c[i] += gap;
        _r[i] = (_r[i] + gap + (2 * Ulp * (reach + gap))) * Wider;
        Narrow(i, natural);
    }

    private void Scale(int i, double factor)
    {
        double size = (Math.Abs(_c[i]) + Reach(i)) * Math.Abs(factor);
        _c[i] *= factor;
        for (int j = 0; j < _d; j++)
        {
            _a[(i * _d) + j] *= factor;
            _q[(i * _d) + j] *= Math.Abs(factor);
        }

        _r[i] = ((_r[i] * Math.Abs(factor)) + (factor is 1 or -1 ? 0 : (Ulp * size) + Tiny)) * Wider;
    }

    // max(y, z) = z + ρ(y − z) for sign 1, min(y, z) = z − ρ(z − y) for sign −1.
    private void Extremum(int i, int p, double sign)
    {
        var (larger, smaller) = sign > 0 ? (_range[i], _range[p]) : (_range[p], _range[i]);
        if (larger.Inf >= smaller.Sup)
        {
            return;
        }

        if (smaller.Inf >= larger.Sup)
        {
            Copy(p, i);
            return;
        }

        var natural = sign > 0 ? Interval.Max(_range[i], _range[p]) : Interval.Min(_range[i], _range[p]);
        var difference = sign > 0 ? _range[i] - _range[p] : _range[p] - _range[i];
        Combine(i, sign, p, -sign);
        Narrow(i, difference);
        if (_range[i].Inf >= 0 || _range[i].Sup <= 0)
        {
            bool first = _range[i].Inf >= 0; // then y is the extremum: z ± (±(y − z)), recomputed from the form
            Scale(i, first ? 1 : 0);
        }
        else
        {
            Kink(i, Interval.Max(_range[i], Interval.Zero), 0);
        }

        if (sign < 0)
        {
            Scale(i, -1);
        }

        Combine(i, 1, p, 1);
        Narrow(i, natural);
    }

    // step i := f·step i + g·step p for f, g = ±1.
    private void Combine(int i, double f, int p, double g)
    {
        double size = Math.Abs(_c[i]) + Math.Abs(_c[p]) + Reach(i) + Reach(p);
        _c[i] = (f * _c[i]) + (g * _c[p]);
        for (int j = 0; j < _d; j++)
        {
            _a[(i * _d) + j] = (f * _a[(i * _d) + j]) + (g * _a[(p * _d) + j]);
            _q[(i * _d) + j] += _q[(p * _d) + j];
        }

        _r[i] = (_r[i] + _r[p] + (Ulp * size)) * Wider;
    }
}
