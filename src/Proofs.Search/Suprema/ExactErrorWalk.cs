using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Requests;

namespace Proofs.Search.Suprema;

// Decides a bound exactly, ties included, by walking the linear regions of small networks.
//
// The box is cut into simplices, as by the kernel's RegionWalk, which says why there are two walks. On a simplex on
// which all units so far keep their sign the network is affine, so a layer is known by its values at the vertices. A
// unit that changes sign has a zero on an edge between vertices of opposite signs; the simplex is divided there, and
// each division leaves fewer such edges, so every unit keeps its sign after finitely many. What is left is affine less
// a polynomial, bounded by its Bernstein coefficients. No rounding anywhere: a bound that is attained is certified, not
// approached.
internal sealed class ExactErrorWalk
{
    private const int MostBits = 160;

    private readonly CertifyRequest _request;
    private readonly Expr _target;
    private readonly SimplexForm _form;
    private readonly ExactNetwork[] _networks;
    private readonly BigRational[] _signs;
    private readonly BigRational _atMost;
    private readonly Limits.Meter _meter; // a step is a piece
    private readonly Stack<Piece> _open = new();
    private BigRational? _upper;
    private BigRational? _lower;
    private BigRational[]? _best;

    private ExactErrorWalk(CertifyRequest request, Objective objective, BigRational atMost, long limit)
    {
        (_request, _target, _atMost) = (request, request.Target, atMost);
        _meter = (request.Limits with { Boxes = long.MaxValue, Steps = limit }).Start();
        _form = new SimplexForm(Inputs.Names(request.Region.Dimension));
        _networks = [.. request.Networks.Select(n => n.Network.Exact)];
        _signs = objective switch { Objective.Maximum => [1], Objective.Minimum => [-1], _ => [1, -1] };
    }

    // A piece of the domain: its vertices, what the networks before gave there, and the layer at hand before
    // rectification.
    private sealed record Piece(
        BigRational[][] Vertices, BigRational[] Sum, int Network, int Layer, BigRational[][] Values);

    /// <summary>
    /// The decision, or null where the request is not of this kind or would take more than <paramref name="work"/>
    /// exact products.
    /// </summary>
    public static CertifyResult? TryDecide(CertifyRequest request, Objective objective, long work)
    {
        const int MostInputs = 3, MostWeights = 1500, LeastWeights = 100, MostDegree = 6;
        bool fits = request.AtMost is not null
            && request.Region.Where is null
            && request.Region.Dimension <= MostInputs
            && request.Networks.Sum(n => n.Network.Size) <= MostWeights
            && SimplexForm.Degree(request.Target) <= MostDegree;
        long weights = Math.Max(LeastWeights, request.Networks.Sum(n => n.Network.Size));
        return fits && request.Region.Boxes.Length <= work / weights
            ? new ExactErrorWalk(request, objective, request.AtMost!.Value, work / weights).Run(objective)
            : null;
    }

    private CertifyResult? Run(Objective objective)
    {
        foreach (var box in _request.Region.Boxes)
        {
            foreach (var simplex in Simplex.Kuhn([.. box.Lower], [.. box.Upper]))
            {
                Start(simplex, [.. simplex.Select(_ => BigRational.Zero)], 0);
            }
        }

        while (_open.TryPop(out var piece))
        {
            if (_meter.Spent is not null
                || piece.Vertices.Any(v => v.Any(x => x.Denominator.GetBitLength() > MostBits)))
            {
                return null; // too many pieces, or pieces too small: a curved kink is approached, never met
            }

            _meter.CountSteps(1);
            Step(piece);
            if (_lower > _atMost)
            {
                break; // refuted: what is open cannot change that
            }
        }

        bool refuted = _lower > _atMost;
        var value = new RationalInterval(_lower, refuted ? null : _upper);
        value = objective == Objective.Minimum ? new RationalInterval(-value.Upper, -value.Lower) : value;
        var bounds = Interval.Between(
            value.Lower is { } l ? Binary64.RoundDown(l) : double.NegativeInfinity,
            value.Upper is { } u ? Binary64.RoundUp(u) : double.PositiveInfinity);
        return new CertifyResult(bounds, _meter.Steps, Complete: true, refuted ? Outcome.Refuted : Outcome.Certified)
        {
            Value = value,
            Witness = WitnessAt(_best!),
        };
    }

    private PointWitness WitnessAt(BigRational[] point)
    {
        var at = Inputs.Names(point.Length).Zip(point, KeyValuePair.Create).ToDictionary(StringComparer.Ordinal);
        var value = _request.Networks.Aggregate(
            -_target.Evaluate(at), (sum, n) => sum + (n.Sign * n.Network.Evaluate(point)[n.Output]));
        return new PointWitness([.. point], value, Interval.Enclose(value));
    }

    // Carries the piece through layers until it is divided or done.
    private void Step(Piece piece)
    {
        while (piece.Network < _networks.Length)
        {
            var network = _networks[piece.Network];
            if (piece.Layer == network.Depth - 1)
            {
                var term = _request.Networks[piece.Network];
                BigRational[] sum = [.. piece.Sum.Zip(piece.Values, (s, v) => s + (term.Sign * v[term.Output]))];
                Start(piece.Vertices, sum, piece.Network + 1);
                return;
            }

            if (FirstKink(piece.Values) is { } split)
            {
                Divide(piece, split);
                return;
            }

            var next = network.Layers[piece.Layer + 1];
            piece = piece with
            {
                Layer = piece.Layer + 1,
                Values = [.. piece.Values.Select(v => next.Apply(ExactNetwork.Rectified(v)))],
            };
        }

        Finish(piece);
    }

    private void Start(BigRational[][] vertices, BigRational[] sum, int network) => _open.Push(new Piece(
        vertices,
        sum,
        network,
        0,
        network < _networks.Length ? [.. vertices.Select(v => _networks[network].Layers[0].Apply(v))] : []));

    private void Finish(Piece piece)
    {
        if (_form.Resolve(_target, piece.Vertices, out var kink) is not { } f)
        {
            Divide(piece, kink!.Value);
            return;
        }

        // e = (affine with the vertex values of the sum) − f, in the degree of f: an affine function has the
        // coefficient Σ α_i value_i / d at α.
        var (coefficients, degree) = SimplexForm.Coefficients(f, piece.Vertices);
        var indices =
            MultiIndex.OfDegree(piece.Vertices.Length, degree).OrderByDescending(a => a.Exponents.Max()).ToArray();
        BigRational[] error = [.. indices.Select((a, k) =>
            (a.Exponents.Zip(piece.Sum, (n, s) => n * s).Aggregate((x, y) => x + y) / degree) - coefficients[k])];
        BigRational? worst = null;
        foreach (var sign in _signs)
        {
            for (int k = 0; k < indices.Length; k++)
            {
                var c = sign * error[k];
                worst = worst >= c ? worst : c;
                int vertex = indices[k].Exponents.IndexOf(degree);
                if (vertex >= 0 && !(c <= _lower))
                {
                    (_lower, _best) = (c, piece.Vertices[vertex]);
                }
            }
        }

        // Refine while that is cheap, so that the enclosure is narrow and not only below the bound.
        bool narrow = worst <= _lower || (worst - _lower) * 100 <= BigRational.Abs(_lower!.Value)
            || _meter.Steps > _meter.Limits.Steps / 4;
        if (worst <= _lower || (worst <= _atMost && narrow))
        {
            _upper = _upper >= worst ? _upper : worst;
        }
        else
        {
            Divide(piece,
                degree == 2 ? Crest(indices, error) ?? Split.Longest(piece.Vertices) : Split.Longest(piece.Vertices));
        }
    }

    // On the edge from v_i to v_j a quadratic with Bernstein coefficients a, b, c is extremal at t = (a − b)/(a − 2b +
    // c). A maximum on an edge is met exactly by dividing there; the edge with the largest middle coefficient comes
    // first.
    private Split? Crest(MultiIndex[] indices, BigRational[] error)
    {
        int corners = indices[0].Dimension;
        BigRational At(int i, int j) =>
            error[Array.IndexOf(indices, MultiIndex.Unit(corners, i) + MultiIndex.Unit(corners, j))];
        Split? best = null;
        BigRational? height = null;
        for (int i = 0; i < corners; i++)
        {
            for (int j = i + 1; j < corners; j++)
            {
                var (a, b, c) = (At(i, i), At(i, j), At(j, j));
                var bend = a - b - b + c;
                bool inside = !bend.IsZero && ((a - b) / bend) is { Sign: > 0 } t && t < BigRational.One;
                var top = _signs.Select(sign => sign * b).Max();
                if (inside && !(top <= height))
                {
                    (best, height) = (new Split(i, j, (a - b) / bend), top);
                }
            }
        }

        return best;
    }

    private void Divide(Piece piece, Split split)
    {
        var vertex = Simplex.Between(piece.Vertices[split.I], piece.Vertices[split.J], split.T);
        var sum = piece.Sum[split.I] + (split.T * (piece.Sum[split.J] - piece.Sum[split.I]));
        var values = piece.Values.Length == 0
            ? null
            : Simplex.Between(piece.Values[split.I], piece.Values[split.J], split.T);
        foreach (int at in new[] { split.I, split.J })
        {
            _open.Push(piece with
            {
                Vertices = Simplex.With(piece.Vertices, at, vertex),
                Sum = Simplex.With(piece.Sum, at, sum),
                Values = values is null ? [] : Simplex.With(piece.Values, at, values),
            });
        }
    }

    private static Split? FirstKink(BigRational[][] values)
    {
        var unit = new BigRational[values.Length];
        for (int u = 0; u < values[0].Length; u++)
        {
            for (int i = 0; i < unit.Length; i++)
            {
                unit[i] = values[i][u];
            }

            if (Split.AtZero(unit) is { } split)
            {
                return split;
            }
        }

        return null;
    }
}
