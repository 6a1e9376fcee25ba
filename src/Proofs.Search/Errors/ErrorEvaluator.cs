using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Numeric.Tapes;
using Proofs.Search.Relaxations;
using Proofs.Search.Relaxations.Formulas;
using Proofs.Search.Relaxations.Networks;

namespace Proofs.Search.Errors;

// Encloses e on the parts of a cell on which every open condition is decided. One evaluator serves one thread.
internal sealed class ErrorEvaluator
{
    private const double Ulp = 1.0 / (1L << 52);
    private const double Wider = 1 + (1.0 / (1L << 44));
    private const int MostPieces = 27;
    private const double WorthRepeating = 0.7; // a network cut down to this part is passed again
    private const double WorthSplitting = 1.0 / 128; // a kink that moves e by less than this part is not gone into

    private readonly ErrorModel _model;
    private readonly int _d;
    private readonly NetworkPass[] _passes;
    private readonly FormulaPass _formula;
    private readonly double[] _a;
    private readonly double[] _share;
    private List<Case> _cases = [];
    private double _c;
    private double _r;

    public ErrorEvaluator(ErrorModel model)
    {
        (_model, _d) = (model, model.Dimension);
        _passes = [.. model.Networks.Select(_ => new NetworkPass(_d))];
        _formula = new FormulaPass(model.Tape);
        (_a, _share) = (new double[_d], new double[_d]);
    }

    // The pieces of the last cell: together they cover its part of the region.
    public List<Piece> Pieces { get; } = [];

    // The networks cut down to what matters on the last cell.
    public CompiledNetwork[] Networks { get; private set; } = [];

    // Whether the cell has no point of the region.
    public bool IsOutside => Pieces.Count == 0;

    // Whether every point of the last cell is in one of the pieces.
    public bool Covers { get; private set; }

    // Encloses e on the cell; with `kinks`, also apart on both sides of the network's leading kinks.
    public void Run(Cell cell, CompiledNetwork[] networks, bool kinks = false)
    {
        Pieces.Clear();
        Covers = true;
        Networks = networks;
        _formula.Run(cell, null);
        bool? inside = Inside(_formula.Possible);
        if (inside is null && IsRoundingOpen(cell))
        {
            inside = _model.Members.Holds(
                [.. cell.Low.Select((x, j) => BigRational.Max(Binary64.Exact(x), cell.Domain.Lower[j]))],
                [.. cell.High.Select((x, j) => BigRational.Min(Binary64.Exact(x), cell.Domain.Upper[j]))]);
        }

        if (inside == false)
        {
            return;
        }

        RunNetworks(cell, networks);
        Networks = Reduced(networks);
        while (Networks.Sum(n => n.Edges) < WorthRepeating * networks.Sum(n => n.Edges))
        {
            // Without the units that do not matter here, the symbols go to those that do.
            networks = Networks;
            RunNetworks(cell, networks);
            Networks = Reduced(networks);
        }

        _cases = kinks && networks.Length == 1 && double.IsFinite(_r)
            ? _passes[0].Cases(WorthSplitting * (Math.Abs(_c - _formula.C(_model.Tape.Target)) + _r))
            : [];
        var open = OpenAtoms(inside);
        if (open is null)
        {
            Combine(inside, []);
        }
        else
        {
            Split(cell, open, inside == true);
        }
    }

    // Whether the condition holds on all points with possible signs, on none, or neither is known. A side that may be
    // undefined somewhere can rule points out and never lets all of them in.
    private bool? Inside(Signs[] possible)
    {
        if (_model.Tape.Where is not { } where)
        {
            return true;
        }

        var holds = where.Decide(possible);
        return holds == true && where.Atoms().Any(a => !_formula.IsDefined(_model.Tape.Atoms[a]))
            ? where.Decide([.. possible.Select((s, a) => _formula.IsDefined(_model.Tape.Atoms[a]) ? s : Signs.All)])
                == true ? true : null
            : holds;
    }

    // Whether what keeps the condition open on the cell may be rounding, or a cell that is as small as cells get: then
    // more digits are worth their time. A cell on an edge that is smooth there is told apart by its slopes.
    private bool IsRoundingOpen(Cell cell)
    {
        bool isSmall = true;
        for (int j = 0; j < _d; j++)
        {
            isSmall &= !cell.CanSplit(j);
        }

        return isSmall || _model.Tape.Where!.Atoms().Any(a =>
        {
            int step = _model.Tape.Atoms[a];
            double slopes = 0;
            foreach (double slope in _formula.A(step))
            {
                slopes += Math.Abs(slope);
            }

            return _formula.R(step) > slopes && _formula.Possible[a] == Signs.All;
        });
    }

    private CompiledNetwork[] Reduced(CompiledNetwork[] networks)
    {
        if (!double.IsFinite(_r) || networks.Length == 0)
        {
            return networks;
        }

        CompiledNetwork[]? reduced = null;
        for (int n = 0; n < networks.Length; n++)
        {
            var part = networks[n].Reduced(_passes[n]);
            if (!ReferenceEquals(part, networks[n]))
            {
                (reduced ??= [.. networks])[n] = part;
            }
        }

        return reduced ?? networks;
    }

    private void RunNetworks(Cell cell, CompiledNetwork[] networks)
    {
        (_c, _r) = (0, 0);
        Array.Clear(_a);
        Array.Clear(_share);
        double size = 0;
        for (int n = 0; n < networks.Length; n++)
        {
            var pass = _passes[n];
            if (!pass.Run(networks[n], cell.Middle, cell.Half))
            {
                _r = double.PositiveInfinity;
                return;
            }

            int sign = _model.Request.Networks[n].Sign;
            _c += sign * pass.C;
            _r += pass.R;
            size += Math.Abs(pass.C);
            for (int j = 0; j < _d; j++)
            {
                _a[j] += sign * pass.A[j];
                _share[j] += pass.Share[j];
                size += Math.Abs(pass.A[j]);
            }
        }

        _r = (_r + (networks.Length > 1 ? networks.Length * Ulp * size : 0)) * Wider;
    }

    // The atoms whose sign is open and matters; null where there are none or too many to go through.
    private List<int>? OpenAtoms(bool? inside)
    {
        var tape = _model.Tape;
        if (tape.Atoms.Count == 0)
        {
            return null;
        }

        List<int> open = [];
        long pieces = 1;
        foreach (var test in tape.Steps.Select(s => s.Test).Prepend(inside is null ? tape.Where : null))
        {
            if (test?.Decide(_formula.Possible) is not null || test is null)
            {
                continue;
            }

            foreach (int atom in test.Atoms())
            {
                int count = System.Numerics.BitOperations.PopCount((uint)_formula.Possible[atom]);
                if (count < 2 || open.Contains(atom))
                {
                    continue;
                }

                // where a side of the region's condition is undefined it has no sign, and a point may belong to the
                // region all the same
                if (ReferenceEquals(test, tape.Where) && !_formula.IsDefined(tape.Atoms[atom]))
                {
                    return null;
                }

                open.Add(atom);
                pieces *= count;
                if (pieces > MostPieces || !_formula.Range(tape.Atoms[atom]).IsBounded)
                {
                    return null;
                }
            }
        }

        return open.Count == 0 ? null : open;
    }

    private void Split(Cell cell, List<int> open, bool isInside)
    {
        Covers = open.TrueForAll(a => _formula.IsDefined(_model.Tape.Atoms[a])); // else no sign at some points
        Signs[] possible = [.. _formula.Possible];
        Signs[] assumed = [.. possible];
        Go(0);

        void Go(int at)
        {
            if (at == open.Count)
            {
                _formula.Run(cell, assumed);
                bool? inside = isInside ? true : Inside(assumed);
                if (inside == false)
                {
                    Covers = false;
                }
                else
                {
                    Combine(inside, [.. open.Select(a => Constraint(a, assumed[a]))]);
                }

                return;
            }

            foreach (var sign in (ReadOnlySpan<Signs>)[Signs.Negative, Signs.Zero, Signs.Positive])
            {
                if ((possible[open[at]] & sign) != 0)
                {
                    assumed[open[at]] = sign;
                    Go(at + 1);
                }
            }
        }
    }

    private SignConstraint Constraint(int atom, Signs sign)
    {
        int step = _model.Tape.Atoms[atom];
        return new SignConstraint(_formula.C(step), [.. _formula.A(step)], _formula.R(step), sign)
        {
            Share = [.. _formula.Q(step)],
        };
    }

    // Adds the piece, or one for each case of the network's kinks; pieces without points are left out.
    private void Combine(bool? inside, SignConstraint[] constraints)
    {
        if (_cases.Count == 0)
        {
            Add(Difference(_c, _a, _r, _share), inside, constraints);
        }

        foreach (var c in _cases)
        {
            int sign = _model.Request.Networks[0].Sign;
            double[] a = sign > 0 ? c.A : [.. c.A.Select(x => -x)];
            Add(Difference(sign * c.C, a, c.R, c.Share), inside, [.. constraints, .. c.Constraints]);
        }
    }

    private void Add(Piece piece, bool? inside, SignConstraint[] constraints)
    {
        // where f is not defined there is no error, so the piece counts in parts
        bool isDefined = _formula.IsDefined(_model.Tape.Target);
        piece = piece with
        {
            Inside = inside == true && !isDefined ? null : inside,
            Constraints = constraints,
            IsDefined = isDefined
        };
        if (constraints.Length == 0 || !PieceBounds.IsEmpty(piece))
        {
            Pieces.Add(piece);
        }
    }

    // Φ − f for Φ = c + Σ a_j ε_j ± r.
    private Piece Difference(double c, double[] a, double r, double[] shares)
    {
        int f = _model.Tape.Target;
        double size = Math.Abs(c) + Math.Abs(_formula.C(f));
        double[] difference = new double[_d], share = new double[_d];
        var fa = _formula.A(f);
        var fq = _formula.Q(f);
        for (int j = 0; j < _d; j++)
        {
            difference[j] = a[j] - fa[j];
            share[j] = shares[j] + fq[j];
            size += Math.Abs(a[j]) + Math.Abs(fa[j]);
        }

        double radius = (r + _formula.R(f) + (Ulp * size)) * Wider;
        return double.IsFinite(size) && double.IsFinite(radius)
            ? new Piece(c - _formula.C(f), difference, radius, share)
            : new Piece(0, new double[_d], double.PositiveInfinity, share);
    }
}
