using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Errors;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Search.BranchAndBound;
using Proofs.Search.Errors;
using Proofs.Search.Properties;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Search.Certification;

/// <summary>Writes certificates of suprema of |Φ − f| over all outputs, which the kernel replays.</summary>
/// <remarks>
/// A certificate has the tree of boxes of the search whose answer it shows, if that kept it (<see
/// cref="CertifyRequest.KeepsTree"/>).
/// Where the kernel's arithmetic needs smaller boxes, and where there is no tree, boxes are halved along their longest
/// side.
/// </remarks>
public sealed class SupCertificate
{
    private const int DeepestTree = 400;
    private const int RoundedBits = 40; // of a bound that nobody asked for

    private readonly CertifyRequest _request;
    private readonly ErrorSubject _subject;
    private readonly string _target;
    private readonly string _where;

    private SupCertificate(CertifyRequest request, ErrorSubject subject, string target, string where) =>
        (_request, _subject, _target, _where) = (request, subject, target, where);

    /// <summary>
    /// A writer for a request; null where the formula or the condition has a part that the kernel doesn't bound, as
    /// floor.
    /// </summary>
    /// <exception cref="ArgumentException">The networks do not fit the region or each other.</exception>
    public static SupCertificate? Of(CertifyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var names = Inputs.Names(request.Region.Dimension);
        string target = TextOf(request.Target, names.Length), where = ConditionText(request.Region) ?? "-";
        try
        {
            var terms = request.Networks.Select(n => new ErrorTerm(n.Sign, n.Network.Exact));
            return ErrorSubject.Create(names, target, where == "-" ? null : where, [.. terms]) is { } subject
                ? new(request, subject, target, where)
                : null;
        }
        catch (FormatException e)
        {
            throw new ArgumentException(e.Message, nameof(request), e);
        }
    }

    /// <summary>What a certificate of a request has to be about; parts that are not given are left open.</summary>
    public static ErrorExpectation Expect(
        IReadOnlyList<ReluNetwork>? networks, Expr? target, Region? region, BigRational? atMost) => new()
        {
            Networks = networks is null ? null : [.. networks.Select(n => ErrorCertificate.Hash(n.Exact))],
            Target = target is null ? null : TextOf(target, region?.Dimension ?? networks![0].InputDimension),
            Boxes = region is null
            ? null
            : region.Boxes.Select(b => ErrorCertificate.BoxText(b.Lower, b.Upper)).ToHashSet(StringComparer.Ordinal),
            Where = region is null ? null : ConditionText(region),
            AtMost = atMost,
            Contains = region is null ? _ => true : p => region.Boxes.Any(b => b.Contains(p)),
        };

    /// <summary>The writer with another time limit, null for none.</summary>
    public SupCertificate Within(TimeSpan? limit) => new(_request with { Timeout = limit }, _subject, _target, _where);

    /// <summary>Writes the certificate of an answer, every leaf checked by the kernel before it is written.</summary>
    /// <returns>Null where it is whole; else why it is not, what is written then being of no use.</returns>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public string? Write(TextWriter text, LargestError answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        using var output = new Lines(text);
        output.Add(
            $"{ErrorCertificate.Header}\ninputs {string.Join(' ', _subject.Inputs)}\ntarget {_target}\nwhere "
                + $"{_where}\n");
        output.Add(string.Create(CultureInfo.InvariantCulture, $"terms {_subject.Terms.Length}\n"));
        foreach (var term in _subject.Terms)
        {
            output.Add(term.Sign > 0 ? "term 1\n" : "term -1\n");
            using var network = new StringWriter(CultureInfo.InvariantCulture);
            ErrorCertificate.Write(network, term.Network);
            output.Add(network.ToString());
        }

        var lower = Attained(output, answer);
        var result = answer.Result;
        if (result.Outcome == Outcome.Refuted)
        {
            if (!(lower > _request.AtMost))
            {
                return "the kernel does not see the error exceed the bound at the point found";
            }

            output.Add("exceeded\n");
        }
        else if (result.Value.Upper is { } upper && result.Outcome != Outcome.Inconclusive)
        {
            var bound = result.Outcome == Outcome.Certified ? _request.AtMost!.Value : Rounded(upper);
            output.Add($"upper {NetworkText.Number(bound)}\n");
            if (new Trees(this, output, bound, answer.Trees).Write() is { } why)
            {
                return why;
            }
        }
        else
        {
            return "nothing is decided";
        }

        output.End();
        return null;
    }

    // What the search found, and half of the gap that was asked for.
    private BigRational Rounded(BigRational upper)
    {
        var more = upper * (1 + (Binary64.Exact(_request.RelativeGap) / 2)) + Binary64.Exact(_request.AbsoluteGap / 2);
        return more.Sign <= 0 ? BigRational.PowerOfTwo(-100) : Dyadic.RoundUp(more, RoundedBits).ToRational();
    }

    private BigRational? Attained(Lines output, LargestError answer)
    {
        if (answer.Result.Witness is { } witness && WitnessOutput(answer, witness) is var (number, bound)
            && _subject.IsInside([.. witness.Point], [.. witness.Point]))
        {
            output.Add(string.Create(CultureInfo.InvariantCulture, $"attained {number} {NetworkText.Number(bound)} "));
            output.Add(string.Join(' ', witness.Point.Select(NetworkText.Number)) + "\n");
            return bound;
        }

        output.Add("attained -\n");
        return null;
    }

    // The output whose error at the point is largest.
    private (int Output, BigRational Bound)? WitnessOutput(LargestError answer, PointWitness witness)
    {
        (int Output, BigRational Bound)? best = null;
        for (int i = 0; i < _subject.Outputs; i++)
        {
            if (_subject.LowerBoundAt([.. witness.Point], i) is { } bound && !(bound <= best?.Bound))
            {
                best = (i, bound);
            }
        }

        return best;
    }

    private static string TextOf(Expr formula, int dimension) => Inputs.InNames(formula, dimension).ToString();

    private static string? ConditionText(Region region) =>
        region.Where is null ? null : TextOf(Expr.If(region.Where, Expr.One, Expr.Zero), region.Dimension);

    // The trees of all boxes of the region, in groups as they stand in a tree of boxes.
    private sealed class Trees(
        SupCertificate certificate, Lines output, BigRational bound, ImmutableArray<HalvingTree> searched)
    {
        private readonly CertifyRequest _request = certificate._request;
        private readonly ErrorSubject _subject = certificate._subject;
        private readonly Limits.Meter _meter = certificate._request.Limits.Start();

        public string? Write()
        {
            var boxes = _request.Region.Boxes;
            output.Add(string.Create(CultureInfo.InvariantCulture, $"boxes {boxes.Length}\n"));
            var tree = BoxTree.Of(boxes);
            return Below(tree, tree.Root, _subject.Whole);
        }

        private string? Below(BoxTree tree, BoxTree.Node node, ImmutableArray<LocalNetwork> networks)
        {
            bool isGroup = node.Count > 1;
            if (isGroup)
            {
                BigRational[] low = [.. node.Low.Select(Binary64.Exact)], high = [.. node.High.Select(Binary64.Exact)];
                output.Add($"g {ErrorCertificate.BoxText(low, high)}\n");
                networks = _subject.On(networks, low, high);
            }

            string? why = null;
            if (node.IsLeaf)
            {
                for (int i = node.First; i < node.First + node.Count && why is null; i++)
                {
                    why = Tree(tree.Order[i], networks);
                }
            }
            else
            {
                why = Below(tree, tree.At(node.Left), networks) ?? Below(tree, tree.At(node.Right), networks);
            }

            if (isGroup)
            {
                output.Add("e\n");
            }

            return why;
        }

        private string? Tree(int number, ImmutableArray<LocalNetwork> networks)
        {
            var box = _request.Region.Boxes[number];
            BigRational[] lower = [.. box.Lower], upper = [.. box.Upper];
            output.Add($"b {ErrorCertificate.BoxText(lower, upper)}\n");
            networks = _subject.On(networks, lower, upper);
            var open = new Stack<Part>([new(lower, upper, [.. searched.Select(tree => new Place(tree, number))])]);
            while (open.TryPop(out var part))
            {
                _request.Cancellation.ThrowIfCancellationRequested();
                bool isHopeless = Array.Exists(part.Places, place => place.IsAbove(bound));
                if (!isHopeless && _subject.UpperBound(networks, part.Lower, part.Upper) <= bound)
                {
                    output.Add("l\n");
                    continue;
                }

                if (!isHopeless && _subject.IsOutside(part.Lower, part.Upper))
                {
                    output.Add("x\n");
                    continue;
                }

                if (_meter.Interruption is not null)
                {
                    return "the time limit was reached before the kernel's arithmetic reached the bound; "
                        + "a longer one would help";
                }

                if (_meter.Spent is not null || open.Count > DeepestTree)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"the kernel's arithmetic does not reach the bound in {_meter.Boxes} boxes; ")
                        + "a larger bound would help";
                }

                _meter.CountBoxes(1);
                int side = part.Side;
                output.Add(string.Create(CultureInfo.InvariantCulture, $"s {side}\n"));
                var (below, above) = ErrorCertificate.Halves(part.Lower, part.Upper, side);
                open.Push(new(above.Lower, above.Upper, part.Halves(side, 1)));
                open.Push(new(below.Lower, below.Upper, part.Halves(side, 0)));
            }

            return null;
        }
    }

    // Where a box stands in the tree of a search.
    private readonly record struct Place(HalvingTree Tree, int Number)
    {
        public HalvingTree.Node Node => Tree[Number];

        // Whether the search halved the box because its bound, tighter than the kernel's as a rule, was above this one.
        public bool IsAbove(BigRational bound) =>
            !Node.IsLeaf && !(double.IsFinite(Node.Bound) && Binary64.Exact(Node.Bound) <= bound);
    }

    // A box, and where the searches of the outputs have it.
    private sealed record Part(BigRational[] Lower, BigRational[] Upper, Place[] Places)
    {
        // Along which input to halve it: as the first search that did.
        public int Side
        {
            get
            {
                if (Array.Find(Places, place => !place.Node.IsLeaf) is { Tree: not null } place)
                {
                    return place.Node.Side;
                }

                int longest = 0;
                for (int j = 1; j < Lower.Length; j++)
                {
                    longest = Upper[j] - Lower[j] > Upper[longest] - Lower[longest] ? j : longest;
                }

                return longest;
            }
        }

        // Where the searches that halved it alike have one of its halves.
        public Place[] Halves(int side, int half) =>
        [
            .. Places.Where(p => !p.Node.IsLeaf && p.Node.Side == side)
                .Select(p => p with { Number = p.Node.Child + half }),
        ];
    }

    // Text and the digest of what was written.
    private sealed class Lines(TextWriter text) : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Add(string part)
        {
            text.Write(part);
            _hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        public void End() => text.Write($"end sha256:{Convert.ToHexStringLower(_hash.GetCurrentHash())}\n");

        public void Dispose() => _hash.Dispose();
    }
}
