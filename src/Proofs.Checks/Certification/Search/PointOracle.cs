using System.Collections.Immutable;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks.Certification;

// Rigorous values of e at single points of the region.
internal sealed class PointOracle(ErrorModel model)
{
    private const double TooLoose = 1e-7;
    private readonly string[] _names = [.. Inputs.Names(model.Dimension)];

    // The point of the domain nearest to a binary64 point: its coordinates are exact, those outside become the ends.
    public static ImmutableArray<BigRational> Inside(Domain domain, double[] point) =>
        [.. point.Select((x, j) => x < domain.InnerLow[j] ? domain.Lower[j] : x > domain.InnerHigh[j] ? domain.Upper[j] : Binary64.Exact(x))];

    // e at the point, or null where the point is not certainly in the region or e is not bounded there.
    public Interval? At(Domain domain, double[] point, CompiledNetwork[] networks, ErrorEvaluator evaluator)
    {
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
        bool certain = evaluator.Pieces.Count > 0;
        foreach (var piece in evaluator.Pieces)
        {
            certain &= piece.Inside == true;
            double up = PieceBounds.Upper(piece, 1), down = -PieceBounds.Upper(piece, -1);
            hull = Interval.Hull(hull, down <= up && down < double.PositiveInfinity && up > double.NegativeInfinity
                ? Interval.Between(down, up)
                : Interval.Entire);
        }

        if (evaluator.IsOutside)
        {
            return null;
        }

        return certain && hull.IsBounded && hull.Width <= TooLoose * hull.Magnitude
            ? hull
            : Exact(Inside(domain, point), networks)?.Enclosure;
    }

    // The same at any point in exact arithmetic.
    public PointWitness? Exact(ImmutableArray<BigRational> point) => Exact(point, model.Networks);

    // The same in exact arithmetic, as far as f is rational there; the networks are those of a cell around the point.
    public PointWitness? Exact(ImmutableArray<BigRational> point, CompiledNetwork[] networks)
    {
        var values = new Dictionary<string, BigRational>(StringComparer.Ordinal);
        for (int j = 0; j < point.Length; j++)
        {
            values[_names[j]] = point[j];
            values[$"x{j + 1}"] = point[j];
        }

        var thin = values.ToDictionary(v => v.Key, v => Interval.Enclose(v.Value), StringComparer.Ordinal);
        if (model.Request.Region.Where is { } where && (Expr.Holds(where, values) ?? Expr.Holds(where, thin)) != true)
        {
            return null;
        }

        var phi = BigRational.Zero;
        for (int n = 0; n < networks.Length; n++)
        {
            phi += model.Request.Networks[n].Sign * networks[n].Evaluate(point);
        }

        if (model.Request.Target.TryEvaluate(values) is { } f)
        {
            return new PointWitness(point, phi - f, Interval.Enclose(phi - f));
        }

        // f is irrational, or undefined: the enclosure of its pass knows the difference.
        var pass = new FormulaPass(model.Tape);
        pass.Run(ThinCell(point), null);
        var enclosure = Interval.Enclose(phi) - pass.Range(model.Tape.Target);
        return enclosure.IsBounded ? new PointWitness(point, null, enclosure) : null;
    }

    private static Cell ThinCell(ImmutableArray<BigRational> point) => new Domain(new Box(point, point)).Outer;
}
