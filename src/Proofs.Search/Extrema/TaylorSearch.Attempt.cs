using System.Numerics;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

internal sealed partial class TaylorSearch
{
    // One search at one precision. A node is a part of a smooth piece; what has to be divided is divided up to smooth
    // pieces.
    private sealed class Attempt(
        TaylorSearch search, Objective objective, Func<BigRational, BigRational, bool>? isDecided)
        : ISearchSpace<Node>, IBounder<Node>
    {
        private readonly BestFirst<Node, BigInteger> _open = new(node => -node.Upper);
        private readonly HashSet<TaylorPiece> _divided = [];
        private readonly int _units = search._bits + TaylorPiece.Guard;
        private readonly BigInteger _absoluteGap = Units(search.AbsoluteGap, search._bits + TaylorPiece.Guard);
        private readonly Limits.Meter _meter = search._meter.WithBoxes(search._request.BoxBudget);
        private BigInteger? _lower;
        private BigInteger _upper;
        private BigInteger _gap;
        private BigRational _at;
        private TaylorPiece? _best;
        private State _state = State.Open;

        public IEnumerable<Node[]> Roots
        {
            get
            {
                foreach (var (low, high) in search._domains)
                {
                    List<Node> pieces = [];
                    if (!Take(Dyadic.RoundDown(low, FractionBits), Dyadic.RoundUp(high, FractionBits), 0, pieces))
                    {
                        _state = State.Rough;
                        yield break;
                    }

                    yield return [.. pieces];
                }
            }
        }

        // What it ended with; where it ended at a limit, that.
        public (State State, Ending Ending) Run()
        {
            var ending = new BranchAndBound<Node>(this, _open, new Workers<Attempt>(1, () => this), _meter).Run();
            return (_state, ending);
        }

        public int BatchSize(int open) => 1;

        public bool IsDone()
        {
            if (_state == State.Open)
            {
                _state = Judge();
            }

            return _state != State.Open;
        }

        private State Judge()
        {
            while (_open.Top is { } dead && (_divided.Contains(dead.Piece) || dead.Upper <= _lower))
            {
                _open.Take();
            }

            if (_lower is not { } lower)
            {
                return State.Rough;
            }

            _upper = _open.Top?.Upper ?? lower;
            _gap = _upper - lower;
            var size = BigInteger.Max(BigInteger.Abs(_upper), BigInteger.Abs(lower));
            return _gap <= _absoluteGap || _gap << FractionBits <= search._relativeGap * size ? State.Complete
                : isDecided is not null && isDecided(Rational(lower, _units), Rational(_upper, _units)) ? State.Decided
                : State.Open;
        }

        public void Divide(Node node, List<Node> parts)
        {
            if (node.Piece.Error * 4 <= _gap)
            {
                var (left, right) = TaylorPiece.Halve(node.Bernstein);
                var half = node.Width * new Dyadic(1, -1);
                parts.Add(new(node.Piece, left, node.Start, half, node.Depth));
                parts.Add(new(node.Piece, right, node.Start + half, half, node.Depth));
            }
            else if (node.Piece.Noise * 8 > _gap)
            {
                _state = State.MoreBits;
            }
            else
            {
                _divided.Add(node.Piece);
                _state = Divide(node.Piece.Low, node.Piece.High, node.Depth, parts) ? State.Open : State.Rough;
            }
        }

        public void LeaveRoots() => _state = State.Rough; // of intervals that are left nothing would be known

        public void Report(bool areRootsBounded)
        {
            // too short for anyone to ask
        }

        public CertifyResult Result(Ending ending)
        {
            string? why = _state switch
            {
                State.Complete => null,
                State.Decided => "the bound in question is decided",
                _ => search._request.Why(ending),
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

            var outer = Interval.Between(
                low is { } l ? Binary64.RoundDown(l) : double.NegativeInfinity, Binary64.RoundUp(high));
            outer = objective == Objective.Minimum ? -outer : outer;
            return new CertifyResult(outer, _meter.Boxes, why is null, Outcome.NotAsked)
            {
                Value = objective == Objective.Minimum ? new(-high, -low) : new(low, high),
                Witness = witness?.Point,
                Why = why,
            };
        }

        private bool IsClose(BigRational low, BigRational high) => high - low <= BigRational.Max(
            search.AbsoluteGap,
            Binary64.Exact(search._request.RelativeGap) * BigRational.Max(BigRational.Abs(low), BigRational.Abs(high)));

        // The smooth pieces of an interval; false where they become too small or a limit is reached.
        private bool Take(Dyadic low, Dyadic high, int depth, List<Node> pieces)
        {
            _meter.CountBoxes(1);
            if (search.PieceOf(low, high) is { } piece)
            {
                pieces.Add(new(piece, piece.Bernstein, 0, 1, depth));
                return true;
            }

            return _meter.Spent is null && Divide(low, high, depth, pieces);
        }

        // Divides at a simple number in the middle half, so that a singular point which is a simple number becomes an
        // end or a centre at last.
        private bool Divide(Dyadic low, Dyadic high, int depth, List<Node> pieces)
        {
            if (depth >= SmallestPiece)
            {
                return false;
            }

            var quarter = (high - low) * new Dyadic(1, -2);
            var at = SimplestBetween(low + quarter, high - quarter);
            search._divisions[(low, high)] = at;
            return Take(low, at, depth + 1, pieces) && Take(at, high, depth + 1, pieces);
        }

        public void Bound(ReadOnlySpan<Node> parts, Span<Node?> bounded)
        {
            for (int i = 0; i < parts.Length; i++)
            {
                var node = bounded[i] = parts[i];
                BigInteger? upper = null;
                foreach (int sign in Signs())
                {
                    foreach (var b in node.Bernstein)
                    {
                        var high = sign > 0 ? b.High : -b.Low;
                        upper = upper > high ? upper : high;
                    }
                }

                node.Upper = upper!.Value + node.Piece.Error;
            }
        }

        public void Merge(ReadOnlySpan<Node> parts, ReadOnlySpan<Node?> bounded)
        {
            foreach (var node in parts)
            {
                FixedBall first = node.Bernstein[0], last = node.Bernstein[^1];
                foreach (int sign in Signs())
                {
                    Try(node, sign > 0 ? first.Low : -first.High, node.Start);
                    Try(node, sign > 0 ? last.Low : -last.High, node.Start + node.Width);
                }

                if (!(node.Upper <= _lower))
                {
                    _open.Add(node);
                }
            }
        }

        private ReadOnlySpan<int> Signs() => objective switch
        {
            Objective.Maximum => [1],
            Objective.Minimum => [-1],
            _ => [1, -1],
        };

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

        // The best point within the domain, or one close to it where e is defined; the pieces may reach out of the
        // domain by a last bit, and e may be undefined at a single point, to which its values tend.
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
                    var input = new Dictionary<string, BigRational>(StringComparer.Ordinal)
                    {
                        [Inputs.Names(1)[0]] = x,
                    };
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
