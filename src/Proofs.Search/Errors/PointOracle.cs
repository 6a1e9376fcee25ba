using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Regions;
using Proofs.Search.Relaxations;
using Proofs.Search.Relaxations.Formulas;
using Proofs.Search.Relaxations.Networks;
using Proofs.Search.Requests;

namespace Proofs.Search.Errors;

// Rigorous values of e at single points of the region.
internal sealed class PointOracle(ErrorModel model)
{
    private const double TooLoose = 1e-7;

    // The point of the domain nearest to a binary64 point: its coordinates are exact, those outside become the ends.
    public static ImmutableArray<BigRational> Inside(Domain domain, double[] point) =>
        [.. point.Select((x, j) =>
            x < domain.InnerLow[j] ? domain.Lower[j] : x > domain.InnerHigh[j] ? domain.Upper[j] : Binary64.Exact(x))];

    // e at the point, or null where the point is not certainly in the region or e is not bounded there.
    public Interval? At(Domain domain, double[] point, CompiledNetwork[] networks, ErrorEvaluator evaluator)
    {
        // What a cell around the point says of the condition is not asked: the point itself has to fulfil it.
        var inside = Inside(domain, point);
        if (!model.Members.Holds(inside))
        {
            return null;
        }

        double[] low = [.. point], high = [.. point];
        for (int j = 0; j < point.Length; j++)
        {
            if (point[j] < domain.InnerLow[j])
            {
                (low[j], high[j]) = (domain.Outer.Low[j], domain.InnerLow[j]);
            }
            else if (point[j] > domain.InnerHigh[j])
            {
                (low[j], high[j]) = (domain.InnerHigh[j], domain.Outer.High[j]);
            }

            if (low[j] > high[j])
            {
                (low[j], high[j]) = (high[j], low[j]);
            }
        }

        evaluator.Run(new Cell(domain, low, high), networks);
        var hull = Interval.Empty;
        bool isDefined = evaluator.Pieces.Count > 0 && evaluator.Covers;
        foreach (var piece in evaluator.Pieces)
        {
            isDefined &= piece.IsDefined;
            double up = PieceBounds.Upper(piece, 1), down = -PieceBounds.Upper(piece, -1);
            hull = Interval.Hull(hull, down <= up && down < double.PositiveInfinity && up > double.NegativeInfinity
                ? Interval.Between(down, up)
                : Interval.Entire);
        }

        return isDefined && hull.IsBounded && hull.Width <= TooLoose * hull.Magnitude
            ? hull
            : Value(inside, networks)?.Enclosure;
    }

    // The same at any point in exact arithmetic.
    public PointWitness? Exact(ImmutableArray<BigRational> point) =>
        model.Members.Holds(point) ? Value(point, model.Networks) : null;

    // e at a point of the region, exact as far as f is rational there; the networks are those of a cell around the
    // point.
    private PointWitness? Value(ImmutableArray<BigRational> point, CompiledNetwork[] networks)
    {
        var phi = BigRational.Zero;
        for (int n = 0; n < networks.Length; n++)
        {
            phi += model.Request.Networks[n].Sign * networks[n].Evaluate(point);
        }

        if (model.Request.Target.TryEvaluate(model.Members.Values(point)) is { } f)
        {
            return new PointWitness(point, phi - f, Interval.Enclose(phi - f));
        }

        // f is irrational, or undefined: many digits tell which, or else the enclosure of its pass.
        var (set, isDefined) = model.Members.At(point).Of(model.Request.Target);
        if (isDefined == true && set is { } value)
        {
            var e = DyadicInterval.Enclose(phi, PreciseRange.Bits) - value;
            return Bounded(point, e.ToInterval());
        }

        var pass = new FormulaPass(model.Tape);
        pass.Run(ThinCell(point), null);
        return isDefined != false && pass.IsDefined(model.Tape.Target)
            ? Bounded(point, Interval.Enclose(phi) - pass.Range(model.Tape.Target))
            : null;
    }

    private static PointWitness? Bounded(ImmutableArray<BigRational> point, Interval e) =>
        e.IsBounded ? new PointWitness(point, null, e) : null;

    private static Cell ThinCell(ImmutableArray<BigRational> point) => new Domain(new Box(point, point)).Outer;
}
