using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

// The infimum or the supremum of a formula over boxes: by one search, or by one for each part of a sum whose parts
// share no input.
internal sealed class ExtremumSearch
{
    private const double Finest = 1e-15;

    private readonly CertifyRequest _request;
    private readonly Objective _objective;
    private readonly Limits.Meter _clock;
    private readonly IReadOnlyList<(CertifyRequest Request, int[] Inputs)> _parts;

    public ExtremumSearch(CertifyRequest request, Objective objective)
    {
        (_request, _objective, _clock) = (request, objective, request.Limits.Start());
        var names = Inputs.Names(request.Region.Dimension);
        var parts = request.Region.Boxes.Length == 1
            ? SeparableSum.Of(request.Formula, names)
            : [(request.Formula, [.. Enumerable.Range(0, names.Length)])];
        _parts = parts.Count == 1
            ? [(request, parts[0].Inputs)]
            : [.. parts.Select(p => (Part(p.Part, p.Inputs), p.Inputs))];
    }

    // Close enough to 0 whatever is relative to it.
    public double AbsoluteGap { get; init; }

    // Whether the trees of boxes are kept, for a certificate.
    public bool KeepsTrees { get; init; }

    // The largest |f| met so far, rounded down.
    public double Norm { get; set; }

    // The last search of each part, and what it found.
    public List<(MinimumSearch Search, int[] Inputs, CertifyResult Result)> Searches { get; } = [];

    public CertifyResult Run()
    {
        if (_parts.Count == 1)
        {
            return Run(_request, _parts[0].Inputs, _request.RelativeGap, AbsoluteGap);
        }

        var rough = RunParts(_request.RelativeGap / 2, AbsoluteGap);
        if (rough is not { Value: { Lower: { } low, Upper: { } high } })
        {
            return rough;
        }

        double near = Binary64.RoundDown(BigRational.Max(BigRational.Abs(low), BigRational.Abs(high)));
        Norm = Math.Max(Norm, near - Binary64.RoundUp(high - low));
        double gap = Math.Max(_request.RelativeGap * Math.Max(near, _request.RelativeGap * Norm), AbsoluteGap);
        return high - low <= Binary64.Exact(gap) || rough.Why is not null
            ? rough
            : RunParts(Finest, gap / (2 * _parts.Count));
    }

    private CertifyResult Run(CertifyRequest request, int[] inputs, double relative, double absolute)
    {
        var search = new MinimumSearch(new ErrorModel(request.WithRelativeGap(relative)), _objective)
        {
            AbsoluteGap = absolute,
            Norm = _parts.Count == 1 ? Norm : 0,
            KeepsTrees = KeepsTrees,
        };
        var result = search.Run();
        Searches.Add((search, inputs, result));
        Norm = _parts.Count == 1 ? search.Norm : Norm;
        return result;
    }

    private CertifyResult RunParts(double relative, double absolute)
    {
        var (low, high) = ((BigRational?)BigRational.Zero, (BigRational?)BigRational.Zero);
        var point = new BigRational[_request.Region.Dimension];
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = _request.Region.Boxes[0].Lower[i]; // of inputs that no part has
        }

        Searches.Clear();
        (long boxes, string? why, bool hasPoint) = (0, null, true);
        for (int k = 0; k < _parts.Count; k++)
        {
            var (request, inputs) = _parts[k];
            var part = Run(request.Within(_clock, 1.0 / (_parts.Count - k)), inputs, relative, absolute);
            (low, high) = (low + part.Value.Lower, high + part.Value.Upper);
            boxes += part.Boxes;
            why ??= part.Why;
            hasPoint &= part.Witness is not null;
            for (int i = 0; i < inputs.Length && hasPoint; i++)
            {
                point[inputs[i]] = part.Witness!.Point[i];
            }
        }

        var witness = hasPoint ? new PointOracle(new ErrorModel(_request)).Exact([.. point]) : null;
        var outer = Interval.Between(
            low is { } l ? Binary64.RoundDown(l) : double.NegativeInfinity,
            high is { } h ? Binary64.RoundUp(h) : double.PositiveInfinity);
        return new CertifyResult(outer, boxes, why is null, Outcome.NotAsked)
        {
            Value = new(low, high),
            Witness = witness,
            Why = why,
        };
    }

    private CertifyRequest Part(Expr formula, int[] inputs)
    {
        var (box, all) = (_request.Region.Boxes[0], Inputs.Names(_request.Region.Dimension));
        var names = Inputs.Names(inputs.Length);
        for (int i = 0; i < inputs.Length; i++)
        {
            // in rising order, so no name is taken yet
            formula = formula.Substitute(all[inputs[i]], Expr.Variable(names[i]));
        }

        var sides = new Box([.. inputs.Select(i => box.Lower[i])], [.. inputs.Select(i => box.Upper[i])]);
        return _request.About(formula, Region.Of(sides));
    }
}
