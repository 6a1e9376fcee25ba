using System.Collections.Immutable;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Tapes;

namespace Proofs.Search.Relaxations.Formulas;

// Encloses a formula on a cell: each step has a form c + Σ a_j ε_j ± r in the inputs' symbols and a range, both
// rigorous, and a split Q of r over the inputs, a heuristic that only guides splitting. One pass object serves one
// thread.
internal sealed partial class FormulaPass
{
    private const double Ulp = 1.0 / (1L << 52); // twice the relative error of one rounding
    private const double Wider = 1 + (1.0 / (1L << 44));
    private static readonly double Tiny = Math.ScaleB(1, -1000); // more than all underflows of one step

    private readonly FormulaTape _tape;
    private readonly int _d;
    private readonly double[] _c;
    private readonly double[] _r;
    private readonly double[] _a;
    private readonly double[] _q;
    private readonly Interval[] _range;
    private readonly int[] _atomOf;
    private readonly bool[] _defined;

    public FormulaPass(FormulaTape tape)
    {
        int n = tape.Steps.Count;
        (_tape, _d) = (tape, tape.Dimension);
        (_c, _r, _range, _defined) = (new double[n], new double[n], new Interval[n], new bool[n]);
        (_a, _q) = (new double[n * _d], new double[n * _d]);
        _atomOf = new int[n];
        Array.Fill(_atomOf, -1);
        for (int i = 0; i < tape.Atoms.Count; i++)
        {
            _atomOf[tape.Atoms[i]] = i;
        }

        Possible = new Signs[tape.Atoms.Count];
    }

    // The signs each atom can have on the cell.
    public Signs[] Possible { get; }

    public double C(int step) => _c[step];

    public double R(int step) => _r[step];

    public ReadOnlySpan<double> A(int step) => _a.AsSpan(step * _d, _d);

    public ReadOnlySpan<double> Q(int step) => _q.AsSpan(step * _d, _d);

    public Interval Range(int step) => _range[step];

    // Whether the step is certainly defined on the whole cell, or where the assumed signs hold.
    public bool IsDefined(int step) => _defined[step];

    // Encloses every step on the cell. Where `assumed` is given, the cell is that of the last call, and its points are
    // only those at which every atom has an assumed sign: the steps that depend on signs are computed anew.
    public void Run(Cell cell, Signs[]? assumed)
    {
        assumed?.CopyTo(Possible, 0);
        for (int i = 0; i < _tape.Steps.Count; i++)
        {
            var step = _tape.Steps[i];
            if (assumed is null || step.Depends)
            {
                Compute(i, step, cell);
                _defined[i] = IsDefinedOnParts(i, step);
                if (!double.IsFinite(_c[i]) || !double.IsFinite(_r[i]))
                {
                    FromRange(i);
                }
            }

            if (assumed is null && _atomOf[i] >= 0)
            {
                Possible[_atomOf[i]] = SignTest.Of(_range[i]);
            }
        }
    }

    private void Compute(int i, TapeStep step, Cell cell)
    {
        if (step.Kind != StepKind.Choose && HasUnboundedPart(step))
        {
            // The part may be undefined on the cell, and then so is the value, whatever a function makes of the reals.
            _range[i] = Interval.Entire;
            FromRange(i);
            return;
        }

        switch (step.Kind)
        {
            case StepKind.Number:
                Constant(i, step.Number);
                break;
            case StepKind.Input:
                Clear(i);
                _c[i] = cell.Middle[step.Input];
                _a[(i * _d) + step.Input] = cell.Half[step.Input];
                _range[i] = Interval.Between(cell.Low[step.Input], cell.High[step.Input]);
                break;
            case StepKind.Sum:
                Add(i, step.Parts);
                break;
            case StepKind.Product:
                Multiply(i, step.Parts);
                break;
            case StepKind.Power:
                var y = _range[step.Parts[0]];
                Compose(i, step.Parts[0], Derivatives.Power(y, step.Exponent),
                    m => Derivatives.PowerTaylor(step.Exponent, m, y));
                break;
            case StepKind.Apply:
                Apply(i, step);
                break;
            default:
                Choose(i, step);
                break;
        }
    }

    // The parts' ranges hold all their values, so an operation that is defined on them is defined on the cell.
    private bool IsDefinedOnParts(int i, TapeStep step)
    {
        if (step.Kind == StepKind.Choose)
        {
            bool isTestDefined = step.Test!.Atoms().All(a => _defined[_tape.Atoms[a]]);
            return isTestDefined && (step.Test.Decide(Possible) is { } holds
                ? _defined[step.Parts[holds ? 0 : 1]]
                : _defined[step.Parts[0]] && _defined[step.Parts[1]]);
        }

        foreach (int part in step.Parts)
        {
            if (!_defined[part])
            {
                return false;
            }
        }

        switch (step.Kind)
        {
            case StepKind.Power:
                var (b, n) = (_range[step.Parts[0]], step.Exponent);
                return n.IsInteger ? n.Sign >= 0 || !b.Contains(0) : b.Inf > 0 || (b.Inf == 0 && n.Sign > 0);
            case StepKind.Apply when step.Function == Function.Binomial:
                return false;
            case StepKind.Apply when step.Parts.Length == 1:
                return FunctionRange.Claim(step.Function, _range[step.Parts[0]], _range[i]) >= Decoration.Defined;
            default:
                return true;
        }
    }

    private bool HasUnboundedPart(TapeStep step)
    {
        foreach (int part in step.Parts)
        {
            if (!_range[part].IsBounded)
            {
                return true;
            }
        }

        return false;
    }

    private void Clear(int i)
    {
        (_c[i], _r[i]) = (0, 0);
        _a.AsSpan(i * _d, _d).Clear();
        _q.AsSpan(i * _d, _d).Clear();
    }

    private void Constant(int i, Interval value)
    {
        Clear(i);
        (_c[i], _r[i], _range[i]) = (value.Midpoint, value.IsPoint ? 0 : value.Radius, value);
    }

    // What is left where a form overflowed: the range alone.
    private void FromRange(int i)
    {
        Clear(i);
        var range = _range[i].IsEmpty ? Interval.Entire : _range[i];
        (_c[i], _r[i], _range[i]) =
            (range.IsBounded ? range.Midpoint : 0, range.IsBounded ? range.Radius : double.PositiveInfinity, range);
    }

    private double Reach(int i)
    {
        double sum = 0;
        foreach (double a in _a.AsSpan(i * _d, _d))
        {
            sum += Math.Abs(a);
        }

        return sum;
    }

    // The range is what the form gives and what the parts' ranges give, intersected.
    private void Narrow(int i, Interval natural)
    {
        double radius = (Reach(i) + _r[i]) * Wider;
        var form = double.IsFinite(radius) && double.IsFinite(_c[i])
            ? Interval.FromMidpointRadius(_c[i], radius)
            : Interval.Entire;
        var both = Interval.Intersect(form, natural);
        _range[i] = both.IsEmpty ? natural.IsEmpty ? Interval.Entire : natural : both;
    }

    private void Add(int i, ImmutableArray<int> parts)
    {
        Clear(i);
        var target = _a.AsSpan(i * _d, _d);
        var split = _q.AsSpan(i * _d, _d);
        double c = 0, r = 0, size = 0;
        var natural = Interval.Zero;
        foreach (int p in parts)
        {
            c += _c[p];
            r += _r[p];
            size += Math.Abs(_c[p]);
            natural += _range[p];
            var a = A(p);
            var q = Q(p);
            for (int j = 0; j < _d; j++)
            {
                target[j] += a[j];
                split[j] += q[j];
                size += Math.Abs(a[j]);
            }
        }

        _c[i] = c;
        _r[i] = (r + ((parts.Length + 1) * Ulp * size)) * Wider;
        Narrow(i, natural);
    }

    private void Multiply(int i, ImmutableArray<int> parts)
    {
        Copy(parts[0], i);
        for (int p = 1; p < parts.Length; p++)
        {
            Times(i, parts[p]);
        }
    }

    private void Copy(int from, int to)
    {
        (_c[to], _r[to], _range[to]) = (_c[from], _r[from], _range[from]);
        _a.AsSpan(from * _d, _d).CopyTo(_a.AsSpan(to * _d, _d));
        _q.AsSpan(from * _d, _d).CopyTo(_q.AsSpan(to * _d, _d));
    }

    // step i := step i · step p. (Σ a_j ε_j)(Σ b_j ε_j) has the squares ε_j² in [0, 1] and the mixed products in [−1,
    // 1].
    private void Times(int i, int p)
    {
        var natural = _range[i] * _range[p];
        double ci = _c[i], cp = _c[p], ri = _r[i], rp = _r[p];
        double reachI = Reach(i), reachP = Reach(p);
        var a = _a.AsSpan(i * _d, _d);
        var qa = _q.AsSpan(i * _d, _d);
        var b = A(p);
        var qb = Q(p);
        double mixed = 0, centre = 0;
        for (int j = 0; j < _d; j++)
        {
            double square = a[j] * b[j];
            centre += square / 2;
            mixed += Math.Abs(square) / 2;
            for (int k = j + 1; k < _d; k++)
            {
                mixed += Math.Abs((a[j] * b[k]) + (a[k] * b[j]));
            }
        }

        for (int j = 0; j < _d; j++)
        {
            qa[j] = (Math.Abs(cp) * qa[j]) + (Math.Abs(ci) * qb[j]) + (Math.Abs(a[j]) * reachP / 2)
                + (Math.Abs(b[j]) * reachI / 2);
        }

        for (int j = 0; j < _d; j++)
        {
            a[j] = (ci * b[j]) + (cp * a[j]);
        }

        _c[i] = (ci * cp) + centre;
        double sizes = (Math.Abs(ci) + reachI + ri) * (Math.Abs(cp) + reachP + rp);
        double r = mixed + (ri * (Math.Abs(cp) + reachP)) + (rp * (Math.Abs(ci) + reachI)) + (ri * rp);
        _r[i] = ((r + ((_d + 4) * Ulp * sizes)) * Wider) + Tiny;
        Narrow(i, natural);
    }

    private void Choose(int i, TapeStep step)
    {
        var (then, otherwise) = (step.Parts[0], step.Parts[1]);
        if (step.Test!.Atoms().Any(a => !_range[_tape.Atoms[a]].IsBounded))
        {
            // The condition may be undefined on the cell, and then so is the value.
            _range[i] = Interval.Entire;
            FromRange(i);
            return;
        }

        if (step.Test.Decide(Possible) is { } holds)
        {
            Copy(holds ? then : otherwise, i);
            return;
        }

        // Both branches count: the mean of the forms, and a radius that reaches both.
        Clear(i);
        var target = _a.AsSpan(i * _d, _d);
        var a = A(then);
        var b = A(otherwise);
        double c = (_c[then] / 2) + (_c[otherwise] / 2);
        double first = Math.Abs(_c[then] - c), second = Math.Abs(_c[otherwise] - c),
            size = Math.Abs(_c[then]) + Math.Abs(_c[otherwise]);
        for (int j = 0; j < _d; j++)
        {
            target[j] = (a[j] / 2) + (b[j] / 2);
            first += Math.Abs(a[j] - target[j]);
            second += Math.Abs(b[j] - target[j]);
            size += Math.Abs(a[j]) + Math.Abs(b[j]);
            _q[(i * _d) + j] = Math.Max(Q(then)[j], Q(otherwise)[j]);
        }

        foreach (int atom in step.Test.Atoms())
        {
            var edge = A(_tape.Atoms[atom]);
            double total = Reach(_tape.Atoms[atom]);
            for (int j = 0; j < _d && total > 0; j++)
            {
                _q[(i * _d) + j] += Math.Abs(_c[then] - _c[otherwise]) * Math.Abs(edge[j]) / total;
            }
        }

        _c[i] = c;
        _r[i] = ((Math.Max(first + _r[then], second + _r[otherwise]) + ((_d + 4) * Ulp * size)) * Wider) + Tiny;
        Narrow(i, Interval.Hull(_range[then], _range[otherwise]));
    }
}
