using System.Collections.Immutable;
using System.Globalization;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Errors;

/// <summary>
/// Certificates of errors between networks and formulas, replayed line by line; knows nothing of how they were found.
/// </summary>
/// <remarks>
/// <code>
/// proofs-certificate error 1
/// inputs NAME …                 x where there is one, else x1 x2 … in this order: the k-th name is the k-th input of
///                               the networks
/// target FORMULA                f
/// where FORMULA                 above 0 at the points of the region, and at no others; or - where every point of the
///                               boxes belongs to it
/// terms COUNT
/// term SIGN                     a network of the sum, 1 or -1; its lines follow, as in <see cref="NetworkText"/>
/// network INPUTS LAYERS
/// layer ROWS
/// row BIAS INDEX:WEIGHT …
/// end
/// attained OUTPUT LOWER POINT … |e| is at least LOWER for this output, from 0, at this point of the domain; or
/// attained - exceeded                      and no more but the last line; or
/// upper NUMBER                  |e| is at most this at every point of the region in the boxes that follow, for every
///                               output
/// boxes COUNT                   of the domain
/// g LOWER … UPPER …             what follows up to its e lies in this box
/// b LOWER … UPPER …             a box of the domain; its tree follows
/// s COORDINATE                  a division in the middle; the tree below follows, then the one above
/// l                             a leaf, bounded
/// x                             a leaf without points of the region
/// e
/// end DIGEST                    of all lines before
/// </code>
/// Every leaf is bounded anew (<see cref="ErrorSubject"/>). Of the certificate one line and the way to it are held at a
/// time.
/// </remarks>
public static class ErrorCertificate
{
    /// <summary>The first line of a certificate.</summary>
    public const string Header = "proofs-certificate error 1";

    private const int MostDimensions = 64;
    private const long MostEntries = 50_000_000;
    private const int MostShown = 8; // boxes that the statement names
    private const int Deepest = 4000; // of groups within groups, and of divisions

    /// <summary>What a replay may spend, in products of words: those of affine forms at leaves.</summary>
    internal const long Work = 2_000_000_000_000;

    /// <summary>Writes the lines of a network.</summary>
    public static void Write(TextWriter text, ExactNetwork network)
    {
        ArgumentNullException.ThrowIfNull(text);
        NetworkText.WriteLayers(text, network);
        text.Write("end\n");
    }

    /// <summary>SHA-256 of the lines of a network.</summary>
    public static string Hash(ExactNetwork network) => NetworkText.Hash(network, "end\n");

    /// <summary>The text of a box: its lower ends, then its upper ones.</summary>
    public static string BoxText(IEnumerable<BigRational> lower, IEnumerable<BigRational> upper) =>
        string.Join(' ', lower.Concat(upper).Select(NetworkText.Number));

    /// <summary>Every leaf of every tree is bounded, and the error at the point.</summary>
    /// <remarks>
    /// Guarantee: passes only if the statement is true for the real-valued networks. Cost: a pass for each leaf.
    /// </remarks>
    internal sealed class Replay(ErrorExpectation expected) : CertificateReplay
    {
        private readonly HashSet<string>? _left = expected.Boxes is null ? null : [.. expected.Boxes];
        private CertificateLines _lines = null!;
        private ErrorSubject _subject = null!;
        private BigRational _upper;
        private BigRational[]? _point;
        private bool _isPointInDomain;
        private readonly List<string> _shown = [];
        private string _region = "";
        private int _output;
        private long _boxes;
        private long _leaves;
        private long _bounded;

        private int Dimension => _subject.Inputs.Length;

        /// <inheritdoc/>
        public override void Run(CertificateLines lines, WorkBudget work)
        {
            _lines = lines;
            string head = ReadSubject(work);
            string[] attained = lines.Words("attained");
            BigRational? lower = attained is ["-"] ? null : Attained(attained);
            string[] words = lines.Take().Split(' ');
            if (words is ["exceeded"] && lower is { } least)
            {
                Expect(expected.AtMost is { } most && !(least > most), "about another bound");
                _isPointInDomain = true;
                if (_left is not null && !expected.Contains(_point!))
                {
                    throw new Rejection("the certificate is about another domain");
                }

                Statement =
                    $"{head} is at least {Shown(least)}{OfOutput} at ({string.Join(", ", _point!.Select(Shown))})"
                    + (_region.Length > 0 ? $", where {_region}" : "");
            }
            else if (words is ["upper", var number])
            {
                _upper = lines.Value(number);
                Expect(expected.AtMost is { } most && _upper > most, "about another bound");
                Domain();
                Expect(_left is { Count: > 0 }, "about another domain");
                if (_bounded == 0)
                {
                    throw new Rejection(
                        "the certificate is vacuous: it has no box with a leaf that could hold a point of the region");
                }

                Statement =
                    $"{head} is at most {Shown(_upper)}{(_subject.Outputs > 1 ? " for every output" : "")} at every x "
                        + $"of {Boxes()}"
                    + (_region.Length == 0 ? "" : $" where {_region}{(lower is null ? ", if there is one" : "")}")
                    + (lower is { } l
                        ? $", and at least {Shown(l)}{OfOutput} at ({string.Join(", ", _point!.Select(Shown))})"
                        : "") + $" ({_leaves} leaves)";
            }
            else
            {
                throw lines.Error("'upper' and a number, or 'exceeded' after a point");
            }

            if (!_isPointInDomain && lower is not null)
            {
                throw new Rejection("the point is in no box of the domain");
            }

            string digest = lines.Digest();
            if (lines.Rest("end") != digest)
            {
                throw lines.Error($"'end {digest}'");
            }
        }

        private static string Shown(BigRational value) => NetworkText.Number(value);

        private string OfOutput =>
            _subject.Outputs > 1 ? string.Create(CultureInfo.InvariantCulture, $" for output {_output + 1}") : "";

        private string Boxes() => _boxes <= MostShown
            ? string.Join(" or ", _shown)
            : string.Create(CultureInfo.InvariantCulture, $"the {_boxes} boxes of the certificate");

        private static void Expect(bool differs, string what)
        {
            if (differs)
            {
                throw new Rejection($"the certificate is {what}");
            }
        }

        private string ReadSubject(WorkBudget work)
        {
            ImmutableArray<string> inputs = [.. _lines.Words("inputs")];
            if (inputs.Length is 0 or > MostDimensions)
            {
                throw _lines.Error($"from 1 to {MostDimensions} inputs");
            }

            // Names stand for places: the network's inputs have none of their own.
            if (!inputs.SequenceEqual(BoxCertificate.Names(inputs.Length)))
            {
                throw _lines.Error($"'inputs {string.Join(' ', BoxCertificate.Names(inputs.Length))}'");
            }

            string target = _lines.Rest("target"), where = _lines.Rest("where");
            Expect(expected.Target is { } f && f != target, "about another formula");
            Expect(expected.Boxes is not null && (expected.Where ?? "-") != where, "about another domain");
            var terms = ImmutableArray.CreateBuilder<ErrorTerm>();
            int count = _lines.Count(_lines.Words("terms", 1)[0]);
            while (terms.Count < count)
            {
                int sign =
                    _lines.Words("term", 1)[0] switch { "1" => 1, "-1" => -1, _ => throw _lines.Error("1 or -1") };
                terms.Add(new ErrorTerm(sign, Network()));
            }

            var hashes = terms.Select(t => Hash(t.Network)).ToArray();
            Expect(expected.Networks is { } networks && !networks.SequenceEqual(hashes), "about another network");
            Expect(expected.Networks is not null && terms.Where((t, n) => t.Sign != (n == 0 ? 1 : -1)).Any(),
                "about another sum of the networks");
            _subject = ErrorSubject.Create(inputs, target, where == "-" ? null : where, terms.ToImmutable(), work)
                ?? throw _lines.Error("a formula without floor and the like");
            string sum = string.Concat(
                terms.Select((t, n) => $"{(t.Sign < 0 ? " - " : n > 0 ? " + " : "")}network {hashes[n]}"));
            _region = where == "-" ? "" : $"({where}) > 0";
            return $"|{(sum.Length > 0 ? sum : "0")} - ({target})|";
        }

        private ExactNetwork Network()
        {
            var network = NetworkText.ReadLayers(_lines, MostEntries, countsZeros: false);
            _ = _lines.Words("end", 0);
            return network.OutputCount > 0 ? network : throw _lines.Error("a layer with an output");
        }

        private BigRational Attained(string[] words)
        {
            if (words.Length != Dimension + 2)
            {
                throw _lines.Error($"an output, a bound and {Dimension} coordinates");
            }

            int output = _output = _lines.Count(words[0]);
            var lower = _lines.Value(words[1]);
            _point = _lines.Values(words.AsSpan(2));
            return output < _subject.Outputs && _subject.IsInside(_point, _point)
                && _subject.LowerBoundAt(_point, output) >= lower
                ? lower
                : throw _lines.Error("a point of the region at which the error has this size");
        }

        // Groups and boxes up to the last line, which stays to be read: it is the digest of what comes before.
        private void Domain()
        {
            string[] count = _lines.Words("boxes", 1);
            long boxes = _lines.Count(count[0]);
            var groups = new Stack<(BigRational[] Lower, BigRational[] Upper, ImmutableArray<LocalNetwork> Networks)>();
            while (_boxes < boxes || groups.Count > 0)
            {
                string[] words = _lines.Take().Split(' ');
                if (words is ["e"] && groups.Count > 0)
                {
                    groups.Pop();
                    continue;
                }

                if (words.Length != (2 * Dimension) + 1 || words[0] is not ("g" or "b"))
                {
                    throw _lines.Error("a group, a box of the domain, or the end of a group");
                }

                BigRational[] lower = _lines.Values(words.AsSpan(1, Dimension)),
                    upper = _lines.Values(words.AsSpan(1 + Dimension));
                var networks = groups.TryPeek(out var around) ? around.Networks : _subject.Whole;
                for (int j = 0; j < Dimension; j++)
                {
                    if (lower[j] > upper[j]
                        || (groups.Count > 0 && (lower[j] < around.Lower[j] || upper[j] > around.Upper[j])))
                    {
                        throw _lines.Error("a box inside its group");
                    }
                }

                networks = _subject.On(networks, lower, upper);
                if (words[0] == "g")
                {
                    groups.Push(groups.Count < Deepest ? (lower, upper, networks) : throw _lines.Error("fewer groups"));
                    continue;
                }

                Expect(_left is not null && !_left.Remove(BoxText(lower, upper))
                    && !expected.Boxes!.Contains(BoxText(lower, upper)), "about another domain");
                _isPointInDomain |= _point is not null
                    && Enumerable.Range(0, Dimension).All(j => lower[j] <= _point[j] && _point[j] <= upper[j]);
                _boxes++;
                if (_boxes <= MostShown)
                {
                    _shown.Add(PropertyWords.Box(lower, upper));
                }

                Tree(lower, upper, networks);
            }

            if (_boxes != boxes)
            {
                throw _lines.Error($"{boxes} boxes, and not {_boxes}");
            }
        }

        private void Tree(BigRational[] lower, BigRational[] upper, ImmutableArray<LocalNetwork> networks)
        {
            var open = new Stack<(BigRational[] Lower, BigRational[] Upper)>([(lower, upper)]);
            while (open.TryPop(out var box))
            {
                string[] words = _lines.Take().Split(' ');
                if (words is ["s", var coordinate])
                {
                    int j = _lines.Count(coordinate);
                    if (j >= Dimension || open.Count > Deepest)
                    {
                        throw _lines.Error("a coordinate, and fewer divisions");
                    }

                    var (below, above) = Halves(box.Lower, box.Upper, j);
                    open.Push(above);
                    open.Push(below);
                    continue;
                }

                _leaves++;
                _bounded += words is ["l"] ? 1 : 0;
                bool holds = words switch
                {
                    ["l"] => _subject.UpperBound(networks, box.Lower, box.Upper) <= _upper,
                    ["x"] => _subject.IsOutside(box.Lower, box.Upper),
                    _ => throw _lines.Error("a division or a leaf"),
                };
                if (!holds)
                {
                    throw _lines.Error("a leaf that fulfils its bound");
                }
            }
        }
    }

    /// <summary>The two halves of a box.</summary>
    public static ((BigRational[] Lower, BigRational[] Upper) Below,
        (BigRational[] Lower, BigRational[] Upper) Above) Halves(
        BigRational[] lower, BigRational[] upper, int coordinate)
    {
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(upper);
        var (high, low) = ((BigRational[])upper.Clone(), (BigRational[])lower.Clone());
        high[coordinate] = low[coordinate] = (lower[coordinate] + upper[coordinate]) * BigRational.Half;
        return ((lower, high), (low, upper));
    }
}

/// <summary>What a certificate has to be about; null for whatever it says.</summary>
public sealed record ErrorExpectation : CertificateExpectation
{
    /// <summary>The hashes of the network, and of those that are taken away from it.</summary>
    public ImmutableArray<string>? Networks { get; init; }

    /// <summary>The text of the formula.</summary>
    public string? Target { get; init; }

    /// <summary>The texts of the boxes of the domain.</summary>
    public IReadOnlySet<string>? Boxes { get; init; }

    /// <summary>The text of the region's condition, as a formula; counts where <see cref="Boxes"/> is given.</summary>
    public string? Where { get; init; }

    /// <summary>The bound: what is shown is at most this, or what is exceeded is at least this.</summary>
    public BigRational? AtMost { get; init; }

    /// <summary>Whether something is expected that certificates of no other kind have.</summary>
    public bool IsOnlyOfErrors => Target is not null || Boxes is not null || AtMost is not null;

    /// <summary>Whether the point lies in one of the boxes.</summary>
    public Func<BigRational[], bool> Contains { get; init; } = _ => true;
}
