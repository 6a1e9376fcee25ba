using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Proofs.Kernel;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Requests;

namespace Proofs.Search.Extrema;

// Writes the certificate of two searches over boxes: their trees, and at each leaf a rule by which the kernel itself
// finds the bound there, the box being divided further where it does not.
internal sealed class BoxProof
{
    private const int MostLines = 400_000;
    private const int FewLines = 5_000; // what a bound that is attained exactly is worth trying

    private readonly BoundFormula _formula;
    private readonly int _bits;
    private readonly StringBuilder _text = new();
    private readonly int _mostLines;
    private readonly WorkBudget _work;
    private int _lines;

    private BoxProof(BoundFormula formula, int bits, int mostLines, WorkBudget work) =>
        (_formula, _bits, _mostLines, _work) = (formula, bits, mostLines, work);

    private CancellationToken Stop => _work.Stop;

    // The certificate, or why there is none: an end is missing, the kernel does not know a part of the formula, or the
    // proof gets too large.
    public static ProvedBounds Of(
        CertifyRequest request, ExtremumSearch below, CertifyResult minimum, ExtremumSearch above,
        CertifyResult maximum, double norm)
    {
        var names = Inputs.Names(request.Region.Dimension);
        var formula = request.Formula;
        if (minimum is not { Value.Lower: { } low, Witness: { } lowest }
            || maximum is not { Value.Upper: { } high, Witness: { } highest })
        {
            return ProvedBounds.Not("an end of an enclosure is missing");
        }

        try
        {
            if (BoundFormula.Read(formula.ToString(), names, collects: false) is not { } read)
            {
                return ProvedBounds.Not(
                    "the exact checker does not know floor, ceil, pow2floor, factorial and binomial");
            }

            string why = "";
            foreach (var (lower, upper) in BoundProof.Candidates(
                request, minimum, maximum, low, high, Binary64.Exact(norm)))
            {
                BigRational under = low - lower, over = upper - high;
                bool exactly = under.IsZero || over.IsZero;
                var finest = exactly ? BigRational.Max(under, over) : BigRational.Min(under, over);
                int bits = finest.IsZero ? 160
                    : Math.Max(
                        160, (96 + (int)(finest.Denominator.GetBitLength() - finest.Numerator.GetBitLength()) + 31)
                            & ~31);
                try
                {
                    string text = new BoxProof(
                        read, Math.Min(bits, BoxCertificate.LargestBits), exactly ? FewLines : MostLines,
                        new WorkBudget(WorkBudget.ForReplay, request.Cancellation)).Write(
                        request, formula, (lower, upper), lowest.Point, highest.Point, (below.Searches, under),
                        (above.Searches, over));
                    var check = CertificateCheck.Check(text, stop: request.Cancellation);
                    if (check.Accepted)
                    {
                        return ProvedBounds.By(text, lower, upper);
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
        catch (Exception e) when (e is Rejection or FormatException)
        {
            return ProvedBounds.Not(e.Message);
        }
    }

    private string Write(
        CertifyRequest request, Expr formula, (BigRational Lower, BigRational Upper) bounds,
        ImmutableArray<BigRational> lowest, ImmutableArray<BigRational> highest,
        (List<(MinimumSearch Search, int[] Inputs, CertifyResult Result)> Parts, BigRational Slack) below,
        (List<(MinimumSearch Search, int[] Inputs, CertifyResult Result)> Parts, BigRational Slack) above)
    {
        int n = request.Region.Dimension;
        Line(BoxCertificate.Header);
        Line($"formula {formula}");
        Line($"inputs {n}");
        Line($"bits {_bits}");
        Line($"bounds {bounds.Lower} {bounds.Upper}");
        Line($"least {string.Join(' ', lowest)} {Reached(lowest).High}");
        Line($"largest {string.Join(' ', highest)} {Reached(highest).Low}");
        // Parts of a sum are searched on one box.
        (ImmutableArray<BigRational> Lower, ImmutableArray<BigRational> Upper)[] boxes = below.Parts.Count == 1
            ? [.. below.Parts[0].Search.Domains.Select(d => (d.Lower, d.Upper))]
            : [(request.Region.Boxes[0].Lower, request.Region.Boxes[0].Upper)];
        for (int d = 0; d < boxes.Length; d++)
        {
            var (lower, upper) = boxes[d];
            Line("domain " + string.Join(' ', lower.Zip(upper, (l, h) => $"{l} {h}")));
            var box = BoxCertificate.Around(lower, upper);
            Line("below");
            WriteSide(below.Parts, below.Slack, d, box, isNegative: false);
            Line("above");
            WriteSide(above.Parts, above.Slack, d, box, isNegative: true);
        }

        Line("end");
        return _text.ToString();
    }

    // The value at a point, as the kernel encloses it.
    private (BigRational Low, BigRational High) Reached(ImmutableArray<BigRational> point)
    {
        var value = BoxCertificate.ValueAt(_formula, point, _bits, _work)
            ?? throw new Rejection("the value at a point does not follow");
        var unit = BigRational.PowerOfTwo(-_bits);
        return (new BigRational(value.Low) * unit, new BigRational(value.High) * unit);
    }

    private void WriteSide(
        List<(MinimumSearch Search, int[] Inputs, CertifyResult Result)> parts, BigRational slack, int domain,
        DyadicBox box, bool isNegative)
    {
        var terms = _formula.Terms();
        var inputs = terms.Select(t => _formula.InputsOf([t.Step])).ToArray();
        for (int k = 0; k < parts.Count; k++)
        {
            var (search, mine, result) = parts[k];
            int[] group = [
                .. Enumerable.Range(0, terms.Count)
                .Where(t => inputs[t].Count == 0 ? k == 0 : parts.Count == 1 || inputs[t].IsSubsetOf(mine))];
            if (group.Length == 0)
            {
                throw new Rejection("the terms are not those of the parts");
            }

            var bound = (isNegative ? -result.Value.Upper! : result.Value.Lower!).Value - (slack / parts.Count);
            Line($"terms {bound} {string.Join(' ', group)}");
            (int Step, BigRational Factor)[] chosen = [.. group.Select(t => terms[t])];
            new TreeProof(
                this, new BoxRules(_formula, chosen, isNegative, _bits, _work), search.Bounds(domain), mine, bound)
                .Write(BoxCertificate.Root(_formula, chosen, box), search.Trees[domain]);
        }
    }

    private void Line(string text)
    {
        if (++_lines > _mostLines)
        {
            throw new Rejection("the proof gets too large");
        }

        _text.Append(text).Append('\n');
    }

    // The tree of one group of terms, whose inputs have these numbers.
    private sealed class TreeProof(BoxProof proof, BoxRules rules, BoxBounds bounds, int[] inputs, BigRational bound)
    {
        private readonly double _enough = Binary64.RoundUp(bound);

        public void Write(DyadicBox root, SearchTree? tree)
        {
            var open = new Stack<(DyadicBox Box, SearchTree? Tree)>([(root, tree)]);
            while (open.TryPop(out var next))
            {
                proof.Stop.ThrowIfCancellationRequested();
                var (box, known) = next;
                bool isLeaf = known?.First is null || known.Second is null;
                if (isLeaf && rules.ByRange(box, bound))
                {
                    proof.Line("range");
                    continue;
                }

                var found = known?.Bound ?? bounds.Of(Sides(box), _enough, null);
                bool isFollowed = OnFaces(ref box, found);
                if (isLeaf
                    && (ByRules(box, found)
                        || (known is not null && ByRules(box, bounds.Of(Sides(box), double.PositiveInfinity, null)))))
                {
                    continue;
                }

                isFollowed &= !isLeaf;
                int side = isFollowed || found.Split >= 0 ? inputs[found.Split] : -1;
                side = side >= 0 && box.Low[side] < box.High[side] ? side : Widest(box);
                var at = isFollowed ? Exact(known!.Cut) : Exact(MinimumSearch.Middle(Side(box, side)));
                if (!(box.Low[side] < at && at < box.High[side]))
                {
                    throw new Rejection("the bound does not follow on a box that can't be divided");
                }

                proof.Line(string.Create(CultureInfo.InvariantCulture, $"cut {side} {at}"));
                open.Push((box.With(side, at, box.High[side]), isFollowed ? known!.Second : null));
                open.Push((box.With(side, box.Low[side], at), isFollowed ? known!.First : null));
            }
        }

        private bool OnFaces(ref DyadicBox box, BoxBound found)
        {
            foreach (var faces in found.Faces)
            {
                Face[] own = [.. faces.Select(f => f with { Side = inputs[f.Side] })];
                if (rules.OnFaces(box, own) is not { } reduced)
                {
                    return false;
                }

                proof.Line(
                    "faces " + string.Join(
                        ' ', own.Select(
                            f => string.Create(CultureInfo.InvariantCulture, $"{f.Side}{(f.IsUpper ? '+' : '-')}"))));
                box = reduced;
            }

            return true;
        }

        private bool ByRules(DyadicBox box, BoxBound found)
        {
            if (found.Faces.Count > 0 && rules.ByRange(box, bound))
            {
                proof.Line("range");
                return true;
            }

            if (found.Rule == BoundRule.Convex)
            {
                var convex = found.Convex;
                var touch = Point(box, convex.Point);
                int[] scales = new int[box.Dimension];
                for (int i = 0; i < inputs.Length; i++)
                {
                    scales[inputs[i]] = Math.ILogB(convex.Scales[i]);
                }

                foreach (double more in (ReadOnlySpan<double>)[1, 1.0078125, 1.25])
                {
                    var shift = Exact(convex.Shift * more);
                    if (rules.ByConvexity(box, bound, shift, scales, touch))
                    {
                        proof.Line($"convex {shift} {string.Join(' ', scales)} {string.Join(' ', touch)}");
                        return true;
                    }
                }
            }

            var centre = Point(box, found.Point);
            if (rules.ByMeanValue(box, bound, centre))
            {
                proof.Line($"mean {string.Join(' ', centre)}");
                return true;
            }

            return false;
        }

        private Dyadic[] Point(DyadicBox box, double[] point)
        {
            Dyadic[] all = [.. box.Low];
            for (int i = 0; i < inputs.Length; i++)
            {
                var x = Exact(point[i]);
                var (low, high) = (box.Low[inputs[i]], box.High[inputs[i]]);
                all[inputs[i]] = x < low ? low : x > high ? high : x;
            }

            return all;
        }

        private Interval[] Sides(DyadicBox box) => [.. inputs.Select(i => Side(box, i))];

        private static Interval Side(DyadicBox box, int i) => Interval.Between(
            Binary64.RoundDown(box.Low[i].ToRational()), Binary64.RoundUp(box.High[i].ToRational()));

        private static int Widest(DyadicBox box) =>
            Enumerable.Range(0, box.Dimension).MaxBy(i => (box.High[i] - box.Low[i]).ToRational());

        private static Dyadic Exact(double x) => Dyadic.FromRational(Binary64.Exact(x))!.Value;
    }
}
