using System.Numerics;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Errors;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

internal sealed partial class TaylorSearch
{
    // One search at one precision.
    private sealed class Attempt(TaylorSearch search, Objective objective, Func<BigRational, BigRational, bool>? isDecided)
    {
        private readonly PriorityQueue<Node, (BigInteger, long)> _open = new();
        private readonly HashSet<TaylorPiece> _divided = [];
        private readonly int _units = search._bits + TaylorPiece.Guard;
        private readonly BigInteger _absoluteGap = Units(search.AbsoluteGap, search._bits + TaylorPiece.Guard);
        private BigInteger? _lower;
        private BigInteger _upper;
        private BigRational _at;
        private TaylorPiece? _best;
        private long _boxes;
        private long _number;

        public Ending Run()
        {
            foreach (var (low, high) in search._domains)
            {
                // of intervals that are left nothing would be known
                if (Limit() is Ending.Time or Ending.Cancelled)
                {
                    return Ending.Rough;
                }

                if (!Take(Dyadic.RoundDown(low, FractionBits), Dyadic.RoundUp(high, FractionBits), 0))
                {
                    return Ending.Rough;
                }
            }

            while (true)
            {
                while (_open.TryPeek(out var dead, out _) && (_divided.Contains(dead.Piece) || dead.Upper <= _lower))
                {
                    _open.Dequeue();
                }

                if (_lower is not { } lower)
                {
                    return Ending.Rough;
                }

                _upper = _open.TryPeek(out var top, out _) ? top.Upper : lower;
                var gap = _upper - lower;
                var size = BigInteger.Max(BigInteger.Abs(_upper), BigInteger.Abs(lower));
                if (gap <= _absoluteGap || gap << FractionBits <= search._relativeGap * size)
                {
                    return Ending.Complete;
                }

                if (isDecided is not null && isDecided(Rational(lower, _units), Rational(_upper, _units)))
                {
                    return Ending.Decided;
                }

                if (Limit() is { } limit)
                {
                    return limit;
                }

                _open.Dequeue();
                if (top!.Piece.Error * 4 <= gap)
                {
                    var (left, right) = TaylorPiece.Halve(top.Bernstein);
                    var half = top.Width * new Dyadic(1, -1);
                    Add(new(top.Piece, left, top.Start, half, top.Depth));
                    Add(new(top.Piece, right, top.Start + half, half, top.Depth));
                }
                else if (top.Piece.Noise * 8 > gap)
                {
                    return Ending.MoreBits;
                }
                else
                {
                    _divided.Add(top.Piece);
                    if (!Divide(top.Piece.Low, top.Piece.High, top.Depth))
                    {
                        return Ending.Rough;
                    }
                }
            }
        }

        public CertifyResult Result(Ending ending)
        {
            string? why = ending switch
            {
                Ending.Complete => null,
                Ending.Decided => "the bound in question is decided",
                Ending.Time => search._request.LimitReached,
                Ending.Boxes => $"the budget of {search._request.BoxBudget} boxes is spent; a larger one would help",
                _ => "the search was cancelled",
            };
            var witness = Witness();
            var high = Rational(_upper, _units);
            BigRational? low = objective == Objective.Magnitude ? 0 : null;
            if (witness is { Value: var found, Low: var least, High: var most })
            {
                (BigRational lower, BigRational upper) = found is { } exact ? (exact, exact) : (least, most);
                var value = objective switch
                {
                    Objective.Maximum => lower,
                    Objective.Minimum => -upper,
                    _ => BigRational.Max(BigRational.Max(lower, -upper), 0),
                };
                low = value;
                high = BigRational.Max(high, value);
            }

            if (why is null && (low is null || !IsClose(low.Value, high)))
            {
                why = "no point was found at which the formula is close enough to its supremum";
            }

            var outer = Interval.Between(low is { } l ? Binary64.RoundDown(l) : double.NegativeInfinity, Binary64.RoundUp(high));
            return new CertifyResult(objective == Objective.Minimum ? -outer : outer, _boxes, why is null, Outcome.NotAsked)
            {
                Value = objective == Objective.Minimum ? new(-high, -low) : new(low, high),
                Witness = witness?.Point,
                Why = why,
            };
        }

        private bool IsClose(BigRational low, BigRational high) => high - low <= BigRational.Max(
            search.AbsoluteGap, Binary64.Exact(search._request.RelativeGap) * BigRational.Max(BigRational.Abs(low), BigRational.Abs(high)));

        private Ending? Limit() =>
            search._request.Cancellation.IsCancellationRequested ? Ending.Cancelled
            : _boxes >= search._request.BoxBudget ? Ending.Boxes
            : search._request.Timeout is { } limit && search._clock.Elapsed >= limit ? Ending.Time
            : null;

        private bool Take(Dyadic low, Dyadic high, int depth)
        {
            _boxes++;
            if (search.PieceOf(low, high) is { } piece)
            {
                Add(new(piece, piece.Bernstein, 0, 1, depth));
                return true;
            }

            return Limit() is null && Divide(low, high, depth);
        }

        // Divides at a simple number in the middle half, so that a singular point which is a simple number becomes an end or a
        // centre at last.
        private bool Divide(Dyadic low, Dyadic high, int depth)
        {
            if (depth >= SmallestPiece)
            {
                return false;
            }

            var quarter = (high - low) * new Dyadic(1, -2);
            var at = SimplestBetween(low + quarter, high - quarter);
            search._divisions[(low, high)] = at;
            return Take(low, at, depth + 1) && Take(at, high, depth + 1);
        }

        private void Add(Node node)
        {
            _boxes++;
            FixedBall first = node.Bernstein[0], last = node.Bernstein[^1];
            BigInteger? upper = null;
            foreach (int sign in objective switch { Objective.Maximum => (ReadOnlySpan<int>)[1], Objective.Minimum => [-1], _ => [1, -1] })
            {
                foreach (var b in node.Bernstein)
                {
                    var high = sign > 0 ? b.High : -b.Low;
                    upper = upper > high ? upper : high;
                }

                Try(node, sign > 0 ? first.Low : -first.High, node.Start);
                Try(node, sign > 0 ? last.Low : -last.High, node.Start + node.Width);
            }

            node.Upper = upper!.Value + node.Piece.Error;
            if (!(node.Upper <= _lower))
            {
                _open.Enqueue(node, (-node.Upper, _number++));
            }
        }

        // The polynomial's value at an end of a node is its first or last coefficient.
        private void Try(Node node, BigInteger value, Dyadic u)
        {
            value -= node.Piece.Error;
            if (!(value <= _lower))
            {
                _lower = value;
                _best = node.Piece;
                _at = (node.Piece.Low + ((node.Piece.High - node.Piece.Low) * u)).ToRational();
            }
        }

        // The best point within the domain, or one close to it where e is defined; the pieces may reach out of the domain by a
        // last bit, and e may be undefined at a single point, to which its values tend.
        private (PointWitness Point, BigRational? Value, BigRational Low, BigRational High)? Witness()
        {
            var (low, high) = search._domains.FirstOrDefault(d => d.Low <= _at && _at <= d.High, Nearest(_at));
            var point = BigRational.Min(BigRational.Max(_at, low), high);
            var inward = (high - point > point - low ? high : low) - point;
            for (int k = 0; k < 4; k++)
            {
                var x = k == 0 ? point : point + (inward * BigRational.PowerOfTwo(-48 * k));
                int bits = (2 * search._bits) + (48 * k);
                if (TaylorEvaluation.At(search._formula, x, bits) is { } value)
                {
                    var input = new Dictionary<string, BigRational>(StringComparer.Ordinal) { [Inputs.Names(1)[0]] = x };
                    var exact = search._expression.TryEvaluate(input);
                    BigRational least = Rational(value.Low, bits), most = Rational(value.High, bits);
                    var around = Interval.Between(Binary64.RoundDown(least), Binary64.RoundUp(most));
                    return (new PointWitness([x], exact, around), exact, least, most);
                }
            }

            return null;
        }

        private (BigRational Low, BigRational High) Nearest(BigRational x) =>
            search._domains.MinBy(d => BigRational.Min(BigRational.Abs(x - d.Low), BigRational.Abs(x - d.High)));
    }

    private sealed class Node(TaylorPiece piece, FixedBall[] bernstein, Dyadic start, Dyadic width, int depth)
    {
        public TaylorPiece Piece { get; } = piece;

        public FixedBall[] Bernstein { get; } = bernstein;

        public Dyadic Start { get; } = start;

        public Dyadic Width { get; } = width;

        public int Depth { get; } = depth;

        public BigInteger Upper { get; set; }
    }
}
