using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>
/// Decides exactly, ties included, whether a box holds an input that belongs to a case, by walking the linear regions.
/// </summary>
/// <remarks>
/// The box is cut into simplices (<see cref="Simplex"/>). Where a unit has both signs at the vertices it is zero
/// on an edge; the simplex is divided there, which leaves fewer such edges, so every unit keeps its sign after finitely
/// many.
/// The constraints, affine by then, are treated like units. Where one is positive at all vertices, or zero and strict,
/// the simplex is excluded; where it is nowhere negative only the face on which it is zero is left; and where none is
/// positive anywhere, the barycentre belongs to the case.
/// </remarks>
public sealed class RegionWalk
{
    private const int MostSides = 5; // 120 simplices
    private const int MostBits = 4000; // of a coordinate
    private const int MostValueBits = 1 << 15;

    private readonly NetworkProperty _property;
    private readonly PropertyCase _case;
    private readonly Stack<Piece> _open = new();
    private readonly WorkBudget? _total;
    private long _work;

    private RegionWalk(NetworkProperty property, int number, long work, WorkBudget? total) =>
        (_property, _case, _work, _total) = (property, property.Cases[number], work, total);

    // Values are those of layer Layer before ρ at the vertices; at the end, of the constraints (Layer = depth).
    private sealed record Piece(BigRational[][] Vertices, int Layer, BigRational[][] Values);

    /// <summary>Whether the walk came to its end within the work granted.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>A point of the box that belongs to the case; null where there is none, or none was found.</summary>
    public IReadOnlyList<BigRational>? Point { get; private set; }

    /// <summary>Walks the regions in a box for one case.</summary>
    /// <param name="property">The network and the property.</param>
    /// <param name="number">Which case, from 0.</param>
    /// <param name="lower">The box; the walk keeps to its part inside the box of the case.</param>
    /// <param name="upper">The box.</param>
    /// <param name="work">How many exact products to spend.</param>
    /// <param name="total">What this and other walks together may spend, in products of words; null for no limit but
    /// that.</param>
    public static RegionWalk Run(
        NetworkProperty property, int number, IReadOnlyList<BigRational> lower, IReadOnlyList<BigRational> upper,
        long work,
        WorkBudget? total = null)
    {
        var walk = new RegionWalk(property, number, work, total);
        BigRational[] low = [.. lower.Zip(walk._case.Lower, BigRational.Max)];
        BigRational[] high = [.. upper.Zip(walk._case.Upper, BigRational.Min)];
        bool isEmpty = low.Zip(high, (a, b) => a > b).Any(empty => empty);
        walk.IsDecided = isEmpty
            || (low.Zip(high, (a, b) => a < b).Count(wide => wide) <= MostSides && walk.Walk(low, high));
        return walk;
    }

    private bool Walk(BigRational[] low, BigRational[] high)
    {
        foreach (var vertices in Simplex.Kuhn(low, high))
        {
            _open.Push(new Piece(vertices, 0, [.. vertices.Select(_property.Network.Layers[0].Apply)]));
        }

        while (_open.TryPop(out var piece))
        {
            if (!Step(piece))
            {
                return false;
            }

            if (Point is not null)
            {
                return true;
            }
        }

        return true;
    }

    private bool Step(Piece piece)
    {
        var layers = _property.Network.Layers;
        while (piece.Layer < layers.Length - 1)
        {
            if (!Afford(piece, layers[piece.Layer + 1].Rows.Sum(r => r.Weights.Length)))
            {
                return false;
            }

            if (FirstCrossing(piece.Values) is { } crossing)
            {
                Divide(piece, crossing);
                return true;
            }

            var next = layers[piece.Layer + 1];
            piece = piece with
            {
                Layer = piece.Layer + 1,
                Values = [.. piece.Values.Select(v => next.Apply(ExactNetwork.Rectified(v)))],
            };
        }

        if (piece.Layer == layers.Length - 1)
        {
            piece = piece with
            {
                Layer = layers.Length,
                Values = [.. piece.Values.Select((y, i) => (BigRational[])
                    [.. _case.Inputs.Select(c => c.Excess(piece.Vertices[i])),
                        .. _case.Outputs.Select(c => c.Excess(y))])],
            };
        }

        return Afford(piece, 1) && Finish(piece);
    }

    private bool Finish(Piece piece)
    {
        int inputs = _case.Inputs.Length, count = inputs + _case.Outputs.Length;
        for (int r = 0; r < count; r++)
        {
            bool strict = r < inputs ? _case.Inputs[r].IsStrict : _case.Outputs[r - inputs].IsStrict;
            int least = piece.Values.Min(v => v[r].Sign);
            if (least > 0 || (least == 0 && strict))
            {
                return true; // excluded
            }

            if (least == 0 && piece.Values.Any(v => v[r].Sign > 0))
            {
                int[] face = [.. Enumerable.Range(0, piece.Values.Length).Where(i => piece.Values[i][r].IsZero)];
                _open.Push(
                    piece with
                    {
                        Vertices = [.. face.Select(i => piece.Vertices[i])],
                        Values = [.. face.Select(i => piece.Values[i])]
                    });
                return true;
            }
        }

        if (FirstCrossing(piece.Values) is { } crossing)
        {
            Divide(piece, crossing);
            return true;
        }

        // no constraint is positive at a vertex, and a strict one is negative at one, hence at the barycentre
        BigRational share = new(1, piece.Vertices.Length);
        Point = [.. Enumerable.Range(0, _property.InputCount)
            .Select(j => piece.Vertices.Aggregate(BigRational.Zero, (sum, v) => sum + v[j]) * share)];
        return true;
    }

    private bool Afford(Piece piece, long products)
    {
        long cost = piece.Vertices.Length * (products + piece.Vertices[0].Length + piece.Values[0].Length);
        _work -= cost;
        if (_total is not null)
        {
            long words = long.Max(
                ExactWork.Longest(piece.Vertices.SelectMany(v => v)),
                ExactWork.Longest(piece.Values.SelectMany(v => v)));
            _total.Spend(cost * words * words);
        }

        return _work >= 0 && piece.Vertices.All(v => v.All(x => x.Denominator.GetBitLength() <= MostBits))
            && piece.Values.All(
                v => v.All(y => y.Numerator.GetBitLength() + y.Denominator.GetBitLength() <= MostValueBits));
    }

    private void Divide(Piece piece, (int I, int J, BigRational T) edge)
    {
        var vertex = Simplex.Between(piece.Vertices[edge.I], piece.Vertices[edge.J], edge.T);
        var values = Simplex.Between(piece.Values[edge.I], piece.Values[edge.J], edge.T);
        foreach (int at in new[] { edge.I, edge.J })
        {
            _open.Push(
                piece with
                {
                    Vertices = Simplex.With(piece.Vertices, at, vertex),
                    Values = Simplex.With(piece.Values, at, values)
                });
        }
    }

    private static (int I, int J, BigRational T)? FirstCrossing(BigRational[][] values)
    {
        for (int u = 0; u < values[0].Length; u++)
        {
            int negative = Array.FindIndex(values, v => v[u].Sign < 0),
                positive = Array.FindIndex(values, v => v[u].Sign > 0);
            if (negative >= 0 && positive >= 0)
            {
                BigRational a = values[negative][u], b = values[positive][u];
                return (negative, positive, a / (a - b));
            }
        }

        return null;
    }
}
