using System.Diagnostics;
using System.Numerics;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Checking;
using Proofs.Numeric;

namespace Proofs.Checks.Certification;

// Best-first search for the extrema of a formula in one input, with Taylor forms in as many bits as cancellation asks for.
// The formula is e itself; bounds come from the kernel's pieces, and only which pieces are taken is decided here.
internal sealed class TaylorSearch
{
    private const int Samples = 33;
    private const int LeastBits = 96;
    private const int MostBits = 1 << 13;
    private const int SmallestPiece = 200; // halvings of the domain
    private const int FractionBits = BoundCertificate.EndBits;

    private readonly CertifyRequest _request;
    private readonly Formula _formula;
    private readonly Expr _expression;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<(BigRational Low, BigRational High)> _domains;
    private readonly Dictionary<(Dyadic, Dyadic), TaylorPiece?> _pieces = [];
    private readonly Dictionary<(Dyadic, Dyadic), Dyadic> _divisions = [];
    private readonly BigInteger _relativeGap; // in units of 2^-FractionBits
    private int _bits;
    private int _order;

    private TaylorSearch(CertifyRequest request, Formula formula, Expr expression)
    {
        (_request, _formula, _expression) = (request, formula, expression);
        _domains = [.. request.Region.Boxes.Select(b => (b.Lower[0], b.Upper[0]))];
        _relativeGap = Units(Binary64.Exact(request.RelativeGap), FractionBits);
        ChoosePrecision();
    }

    // The largest |e| at a few points: a lower bound of the norm.
    public BigRational Norm { get; private set; }

    // The absolute gap within which a search may end; set before a search runs.
    public BigRational AbsoluteGap { get; set; }

    // Null where e is not a formula alone, in one input on whole boxes, of functions that have Taylor forms.
    public static TaylorSearch? TryCreate(CertifyRequest request)
    {
        if (!request.Networks.IsEmpty || request.Region.Dimension != 1 || request.Region.Where is not null
            || request.Region.Boxes.Any(b => b.Lower[0] == b.Upper[0]))
        {
            return null;
        }

        string input = Inputs.Names(1)[0];
        var expression = (-request.Target).Substitute("x1", Expr.Variable(input));
        try
        {
            return Formula.Read(expression.ToString(), [input]) is { } formula ? new(request, formula, expression) : null;
        }
        catch (FormatException)
        {
            return null; // longer or deeper than the kernel reads
        }
    }

    // The extremum, and what becomes of the bound in question; null where one of them stays open.
    public CertifyResult? Decide(Objective objective)
    {
        AbsoluteGap = Binary64.Exact(_request.AbsoluteGap);
        if (_request.AtMost is not { } atMost)
        {
            return Run(objective);
        }

        var result = Run(objective, _request.StopWhenDecided ? (low, high) => low > atMost || high <= atMost : null);
        if (result is null)
        {
            return null;
        }

        var (lower, upper) = objective == Objective.Minimum
            ? (-result.Value.Upper, -result.Value.Lower)
            : (result.Value.Lower, result.Value.Upper);
        return lower > atMost ? result with { Outcome = Outcome.Refuted }
            : upper <= atMost ? result with { Outcome = Outcome.Certified }
            : null;
    }

    // The extremum; null where the pieces near some point do not become smooth, however small.
    public CertifyResult? Run(Objective objective, Func<BigRational, BigRational, bool>? isDecided = null)
    {
        for (; _bits <= MostBits; _bits = _bits * 3 / 2)
        {
            var attempt = new Attempt(this, objective, isDecided);
            switch (attempt.Run())
            {
                case Ending.MoreBits:
                    _pieces.Clear();
                    continue;
                case Ending.Rough:
                    return null;
                case var ending:
                    return attempt.Result(ending);
            }
        }

        return null;
    }

    // A certificate that e lies between the outer ends of both enclosures and comes as close to them as the inner ends; null where
    // an end is missing.
    public string? Certificate(CertifyResult minimum, CertifyResult maximum)
    {
        if (minimum is not { Value: { Lower: { } lower, Upper: { } least }, Witness.Point: [var lowest] }
            || maximum is not { Value: { Lower: { } largest, Upper: { } upper }, Witness.Point: [var highest] })
        {
            return null;
        }

        long before = Work.Grant(Work.Limit, _request.Cancellation);
        try
        {
            var domain = _domains.Select(d => new BoundCertificate.Interval(d.Low, d.High, [.. Parts(
                Dyadic.RoundDown(d.Low, FractionBits), Dyadic.RoundUp(d.High, FractionBits), lower, upper, 0)]));
            var text = BoundCertificate.Write(
                new(_expression.ToString(), lower, upper, new(lowest, least), new(highest, largest), [.. domain]));
            return BoundCertificate.Check(text, _request.Cancellation).Accepted ? text : null;
        }
        catch (Rejection)
        {
            return null; // the proof is larger than the checker allows
        }
        finally
        {
            Work.Grant(before, CancellationToken.None);
        }
    }

    // The pieces that neither search divided, divided further where the bounds do not follow on them.
    private IEnumerable<BoundCertificate.Part> Parts(Dyadic low, Dyadic high, BigRational lower, BigRational upper, int depth)
    {
        if (!_divisions.TryGetValue((low, high), out var at))
        {
            if (PieceOf(low, high) is { } piece)
            {
                var part = new BoundCertificate.Part(low, high, piece.Centre, _order, _bits);
                if (BoundCertificate.Holds(_formula, part, lower, upper))
                {
                    return [part];
                }
            }

            if (depth > SmallestPiece)
            {
                throw new Rejection("the bounds do not follow on small pieces");
            }

            var quarter = (high - low) * new Dyadic(1, -2);
            at = SimplestBetween(low + quarter, high - quarter);
        }

        return Parts(low, at, lower, upper, depth + 1).Concat(Parts(at, high, lower, upper, depth + 1));
    }

    private enum Ending
    {
        Complete, Decided, Time, Boxes, Cancelled, MoreBits, Rough,
    }

    private static BigInteger Units(BigRational x, int bits) => (x * BigRational.PowerOfTwo(bits)).Floor();

    // As many bits after the point as the smallest difference that counts has, and an order in proportion to them.
    private void ChoosePrecision()
    {
        for (_bits = LeastBits; ; _bits *= 2)
        {
            (BigRational largest, BigRational noise) = (0, 0);
            foreach (var (low, high) in _domains)
            {
                for (int i = 0; i < Samples; i++)
                {
                    if (TaylorEvaluation.At(_formula, low + ((high - low) * new BigRational(i, Samples - 1)), _bits) is { } value)
                    {
                        largest = BigRational.Max(largest, Rational(BigInteger.Abs(value.Mid) - value.Rad, _bits));
                        noise = BigRational.Max(noise, Rational(value.Rad, _bits));
                    }
                }
            }

            Norm = largest;
            if (largest.Sign > 0 && noise * 1024 < largest * Binary64.Exact(_request.RelativeGap))
            {
                int gap = -Log2(largest * Binary64.Exact(_request.RelativeGap)), cost = _bits + Log2(noise);
                _bits = int.Max(LeastBits, (gap + cost + 48 + 31) & ~31);
                _order = int.Clamp(gap / 4, 6, 40);
                return;
            }

            if (_bits > MostBits / 4)
            {
                (_bits, _order) = (2 * LeastBits, 12); // 0 at every sample, or nowhere defined
                return;
            }
        }
    }

    private static int Log2(BigRational x) => x.Sign <= 0
        ? -MostBits
        : checked((int)(x.Numerator.GetBitLength() - x.Denominator.GetBitLength()));

    private static BigRational Rational(BigInteger units, int bits) => new BigRational(units) * BigRational.PowerOfTwo(-bits);

    private TaylorPiece? PieceOf(Dyadic low, Dyadic high)
    {
        if (!_pieces.TryGetValue((low, high), out var piece))
        {
            var middle = Midpoint(low, high);
            piece = TaylorPiece.Of(_formula, low, high, middle, _order, _bits);
            if (piece is null && SimplestBetween(low, high) is var simple && simple != middle)
            {
                piece = TaylorPiece.Of(_formula, low, high, simple, _order, _bits); // a common zero of a quotient, perhaps
            }

            _pieces.Add((low, high), piece);
        }

        return piece;
    }

    private static Dyadic Midpoint(Dyadic a, Dyadic b) => (a + b) * new Dyadic(1, -1);

    // The number of the fewest bits in [a, b]: 0, or a multiple of the largest power of two that has one.
    private static Dyadic SimplestBetween(Dyadic a, Dyadic b)
    {
        if (a.Sign <= 0 && b.Sign >= 0)
        {
            return 0;
        }

        if (b.Sign < 0)
        {
            return -SimplestBetween(-b, -a);
        }

        for (int k = checked((int)b.Precision + b.Exponent); ; k--)
        {
            var multiple = new Dyadic((a.ToRational() * BigRational.PowerOfTwo(-k)).Ceiling(), k);
            if (multiple <= b)
            {
                return multiple;
            }
        }
    }

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
                Ending.Time => $"the time limit of {search._request.Timeout!.Value.TotalSeconds} s is reached; a longer one would help",
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
