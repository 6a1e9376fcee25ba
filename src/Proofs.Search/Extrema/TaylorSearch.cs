using System.Numerics;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Proofs.Kernel;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

// Best-first search for the extrema of a formula in one input, with Taylor forms in as many bits as cancellation asks
// for.
// The formula is e itself; bounds come from the kernel's pieces, and only which pieces are taken is decided here.
internal sealed partial class TaylorSearch
{
    private const int MostDomains = 1024;
    private const int Samples = 33;
    private const int LeastBits = 96;
    private const int MostBits = 1 << 13;
    private const int SmallestPiece = 200; // halvings of the domain
    private const int SmallestProof = 60; // further halvings in a certificate
    private const int FractionBits = BoundCertificate.EndBits;

    private readonly CertifyRequest _request;
    private readonly BoundFormula _formula;
    private readonly Expr _expression;
    private readonly Limits.Meter _meter;
    private readonly List<(BigRational Low, BigRational High)> _domains;
    private readonly Dictionary<(Dyadic, Dyadic), TaylorPiece?> _pieces = [];
    private readonly Dictionary<(Dyadic, Dyadic), Dyadic> _divisions = [];
    private readonly BigInteger _relativeGap; // in units of 2^-FractionBits
    private int _bits;
    private int _order;

    private TaylorSearch(CertifyRequest request, BoundFormula formula, Expr expression)
    {
        (_request, _formula, _expression, _meter) = (request, formula, expression, request.Limits.Start());
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
            || request.Region.Boxes.Length > MostDomains || request.Region.Boxes.Any(b => b.Lower[0] == b.Upper[0])
            || HugeNumbers.In(request))
        {
            return null;
        }

        string input = Inputs.Names(1)[0];
        var expression = request.Formula;
        try
        {
            return BoundFormula.Read(expression.ToString(), [input]) is { } formula
                ? new(request, formula, expression)
                : null;
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
                case (State.MoreBits, _):
                    _pieces.Clear();
                    continue;
                case (State.Rough, _):
                    return null;
                case var (_, ending):
                    return attempt.Result(ending);
            }
        }

        return null;
    }

    // A certificate that e lies between the outer ends of both enclosures, moved outward a little where need be, and
    // comes as close to them as the inner ends.
    public ProvedBounds Certificate(CertifyResult minimum, CertifyResult maximum, CancellationToken stop)
    {
        if (minimum is not { Value: { Lower: { } lower, Upper: { } least }, Witness.Point: [var lowest] }
            || maximum is not { Value: { Lower: { } largest, Upper: { } upper }, Witness.Point: [var highest] })
        {
            return ProvedBounds.Not("an end of an enclosure is missing");
        }

        string why = "";
        foreach (var (below, above) in BoundProof.Candidates(_request, minimum, maximum, lower, upper, Norm))
        {
            // What is attained within rounding fails at once, and never on ever smaller pieces.
            var work = new WorkBudget(WorkBudget.ForReplay, stop);
            try
            {
                var domain = _domains.Select(d => new BoundCertificate.Interval(d.Low, d.High, [.. Parts(
                    Dyadic.RoundDown(d.Low, FractionBits), Dyadic.RoundUp(d.High, FractionBits), below, above, 0,
                    work)]));
                var text = BoundCertificate.Write(new(
                    _expression.ToString(), below, above, new(lowest, Reached(lowest)?.High ?? least),
                    new(highest, Reached(highest)?.Low ?? largest), [.. domain]));
                var check = CertificateCheck.Check(text, stop: stop);
                if (check.Accepted)
                {
                    return ProvedBounds.By(text, below, above);
                }

                why = check.Reason;
            }
            catch (Exception e) when (e is Rejection or WorkExhaustedException)
            {
                why = e.Message;
            }
        }

        return ProvedBounds.Not(why);
    }

    // The value at a point as the kernel encloses it, which is wider than an exact value unless that is dyadic; then in
    // few digits.
    private (BigRational Low, BigRational High)? Reached(BigRational point)
    {
        const int MostBits = 1 << 12, FewBits = 64;
        for (int bits = 256; bits <= MostBits; bits *= 2)
        {
            if (TaylorEvaluation.At(_formula, point, bits) is { } value)
            {
                BigRational low = Rational(value.Low, bits), high = Rational(value.High, bits);
                return low == high
                    ? (low, high)
                    : (Dyadic.RoundDown(low, FewBits).ToRational(), Dyadic.RoundUp(high, FewBits).ToRational());
            }
        }

        return null;
    }

    // The pieces that neither search divided, divided further where the bounds do not follow on them.
    private IEnumerable<BoundCertificate.Part> Parts(
        Dyadic low, Dyadic high, BigRational lower, BigRational upper, int depth, WorkBudget work)
    {
        bool isSearched = _divisions.TryGetValue((low, high), out var at);
        if (!isSearched)
        {
            if (PieceOf(low, high) is { } piece)
            {
                var part = new BoundCertificate.Part(low, high, piece.Centre, _order, _bits);
                if (BoundCertificate.Holds(_formula, part, lower, upper, work))
                {
                    return [part];
                }
            }

            if (depth > SmallestProof)
            {
                throw new Rejection("the bounds do not follow on small pieces");
            }

            var quarter = (high - low) * new Dyadic(1, -2);
            at = SimplestBetween(low + quarter, high - quarter);
        }

        depth += isSearched ? 0 : 1;
        return Parts(low, at, lower, upper, depth, work).Concat(Parts(at, high, lower, upper, depth, work));
    }

    private enum State
    {
        Open, Complete, Decided, MoreBits, Rough,
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
                    if (TaylorEvaluation.At(_formula, low + ((high - low) * new BigRational(i, Samples - 1)), _bits)
                        is { } value)
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

    private static BigRational Rational(BigInteger units, int bits) =>
        new BigRational(units) * BigRational.PowerOfTwo(-bits);

    private TaylorPiece? PieceOf(Dyadic low, Dyadic high)
    {
        if (!_pieces.TryGetValue((low, high), out var piece))
        {
            var middle = Midpoint(low, high);
            piece = TaylorPiece.Of(_formula, low, high, middle, _order, _bits);
            if (piece is null && SimplestBetween(low, high) is var simple && simple != middle)
            {
                // a common zero of a quotient, perhaps
                piece = TaylorPiece.Of(_formula, low, high, simple, _order, _bits);
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
}
