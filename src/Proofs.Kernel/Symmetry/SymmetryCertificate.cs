using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;

namespace Proofs.Kernel.Symmetry;

/// <summary>Replays certificates of invariance and equivariance with exact arithmetic; knows nothing of how they were found.</summary>
/// <remarks>
/// After the first line a certificate has the text of the network and of the box in question (<see cref="NetworkText"/>, a
/// property of one case without constraints), and then for each generator, one at least and not the identity alone,
/// <code>
/// generator
/// input INDEX:NUMBER …          row k of g, an orthogonal matrix, a line for each input
/// output INDEX:NUMBER …         row k of h, a line for each output
/// units UNIT:SCALE …            the images of the units of a hidden layer of the reduced network, a line for each; or
/// comparators                   the reduced network begins with comparators that show it (ComparatorSymmetry); or
/// terms                         both sides are the same term of maxima and minima (TermSymmetry); or
/// regions                       an exact walk of the linear regions of Φ(g x) − h Φ(x) finds 0 everywhere in the box
/// </code>
/// and <c>end</c>. The checker reduces the network itself (<see cref="NetworkReduction"/>); units are those that are left.
/// </remarks>
public static class SymmetryCertificate
{
    /// <summary>The first line of a certificate.</summary>
    public const string Header = "proofs-certificate symmetry 1";

    /// <summary>The exact products that the walk for one side of one output may spend.</summary>
    public const long WalkWork = 10_000_000;

    private const int MostWalks = 64;

    /// <summary>The text of a certificate with the evidence for each generator.</summary>
    public static string Write(SymmetryClaim claim, IReadOnlyList<SymmetryEvidence> evidence)
    {
        var text = new StringBuilder(Header).Append('\n').Append(NetworkText.Write(Subject(claim)));
        foreach (var (action, shown) in claim.Generators.Zip(evidence))
        {
            text.Append("generator\n");
            Rows(text, "input", action.Input);
            Rows(text, "output", action.Output);
            if (shown is not SymmetryEvidence.WeightEvidence { Map: var map })
            {
                text.Append(shown switch
                {
                    SymmetryEvidence.ComparatorEvidence => "comparators\n",
                    SymmetryEvidence.TermEvidence => "terms\n",
                    _ => "regions\n",
                });
                continue;
            }

            foreach (var layer in map.Layers)
            {
                text.Append("units");
                foreach (var (unit, scale) in layer)
                {
                    text.Append(CultureInfo.InvariantCulture, $" {unit}:").Append(NetworkText.Number(scale));
                }

                text.Append('\n');
            }
        }

        return text.Append("end\n").ToString();
    }

    /// <summary>Whether a certificate shows that its network is invariant, or equivariant, under its generators.</summary>
    /// <remarks>Guarantee: accepted only if Φ(g x) = h Φ(x) for the real-valued network, and the g, h and x named by the statement.</remarks>
    public static CheckResult Check(string text, SymmetryExpectation? expected = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        string statement = "";
        try
        {
            var replay = new Replay(text, stop);
            replay.Run();
            statement = replay.Statement;
            replay.Require(expected ?? new());
            return new(true, statement, "");
        }
        catch (Exception e) when (e is Rejection or FormatException)
        {
            return new(false, statement, e.Message);
        }
        catch (Exception e) when (e is ArithmeticException or OutOfMemoryException or InsufficientExecutionStackException)
        {
            return new(false, statement, "a number of the certificate is too large, or its network too deep");
        }
    }

    // One pass over the lines of a certificate.
    private sealed class Replay(string text, CancellationToken stop)
    {
        private readonly LineReader _lines = LineReader.Of(text);
        private readonly List<GeneratorAction> _generators = [];
        private NetworkProperty _subject = null!;
        private bool _isOnBox;
        private BigRational? _atLeast;

        public string Statement { get; private set; } = "";

        private PropertyCase Box => _subject.Cases[0];

        // Where g maps the points in question into themselves, what holds for generators holds for products.
        private bool IsForProducts => !_isOnBox || _generators.TrueForAll(g => MapsIntoItself(g.Input, Box));

        public void Run()
        {
            if (_lines.Take() != Header)
            {
                throw _lines.Error($"'{Header}'");
            }

            int start = _lines.Position;
            _subject = NetworkText.Read(_lines);
            string hash = NetworkCertificate.Hash(text.AsSpan(start, _lines.Position - start));
            if (_subject.Cases is not [{ Inputs.IsEmpty: true, Outputs.IsEmpty: true, IsEmpty: false }])
            {
                throw _lines.Error("one box with a point in it and without constraints");
            }

            Generators();
            _ = _lines.Take();
            if (!_lines.IsAtEnd)
            {
                throw _lines.Error("nothing after the end");
            }

            if (_generators.TrueForAll(g => GeneratorText.IsIdentity(g.Input)))
            {
                throw new Rejection("the certificate says nothing: it has no generator but the identity");
            }

            Statement = Said(hash);
        }

        public void Require(SymmetryExpectation expected)
        {
            if (expected.Network is { } network && network != NetworkOf(text))
            {
                throw new Rejection("the certificate is about another network");
            }

            if (expected.Box is { } box)
            {
                bool isInside = _isOnBox
                    ? box.Lower.Zip(Box.Lower, (a, b) => a >= b).All(b => b) && box.Upper.Zip(Box.Upper, (a, b) => a <= b).All(b => b)
                    : box.Lower.All(a => !(a < _atLeast));
                if (box.Lower.Length != _subject.InputCount || !isInside)
                {
                    throw new Rejection("the certificate is about another domain");
                }
            }

            expected.Require(_generators, IsForProducts);
        }

        private void Generators()
        {
            var reduced = NetworkReduction.Of(_subject.Network);
            var comparators = new ComparatorSymmetry(reduced, Box.Lower);
            int walks = 0;
            while (_lines.Next != "end")
            {
                stop.ThrowIfCancellationRequested();
                _ = _lines.Words("generator", 0);
                var action = new GeneratorAction(Rows(_lines, "input", _subject.InputCount), Rows(_lines, "output", _subject.OutputCount));
                if (!IsOrthogonal(action.Input))
                {
                    throw _lines.Error("a generator that is an orthogonal matrix");
                }

                _generators.Add(action);
                if (_lines.Next == "regions")
                {
                    _ = _lines.Take();
                    _isOnBox = true;
                    walks += 2 * _subject.OutputCount;
                    if (walks > MostWalks || Walk(_subject, action, WalkWork, stop) is not { IsDecided: true, Point: null })
                    {
                        throw _lines.Error("a difference that an exact walk of its linear regions finds to be 0");
                    }
                }
                else if (_lines.Next == "comparators")
                {
                    _ = _lines.Take();
                    var scope = comparators.Find(action) ?? throw _lines.Error("comparators in the network that show the symmetry");
                    _atLeast = scope.AtLeast is { } low && !(_atLeast > low) ? low : _atLeast;
                }
                else if (_lines.Next == "terms")
                {
                    _ = _lines.Take();
                    if (!TermSymmetry.Holds(reduced, action))
                    {
                        throw _lines.Error("sides that are the same term of maxima and minima");
                    }
                }
                else if (Units(_lines, _subject.Network.Depth - 1).Refuse(reduced, action) is { } reason)
                {
                    throw _lines.Error($"images that the weights confirm; {reason}");
                }
            }
        }

        private string Said(string hash)
        {
            bool isInvariant = _generators.TrueForAll(g => GeneratorText.IsIdentity(g.Output));
            string generators = string.Join(", ", _generators.Select(g =>
                GeneratorText.Of(g.Input) + (isInvariant ? "" : $" with h = {GeneratorText.Of(g.Output, "y")}")));
            string where = _isOnBox ? $"all x in {PropertyWords.Box(Box.Lower, Box.Upper)}"
                : _atLeast is { } least ? $"all x without a coordinate below {NetworkText.Number(least)}"
                : "all real x";
            return $"Phi(g x) = {(isInvariant ? "" : "h ")}Phi(x) for g = {generators} and {where}, "
                + (IsForProducts ? "and so for all products of these g" : "for these g alone, which do not map the box into itself")
                + $"; {PropertyWords.Count(_subject.InputCount, "input")}, {PropertyWords.Count(_subject.OutputCount, "output")}: network and box {hash}";
        }
    }

    // The rows of g are orthonormal, so that it is invertible and moves no point away from all others.
    private static bool IsOrthogonal(AffineMap g)
    {
        var columns = new int[g.Count];
        if (g.Rows.All(r => r.Weights is [var only] && BigRational.Abs(only.Value) == BigRational.One && columns[only.Index]++ == 0))
        {
            return true;
        }

        const int MostDense = 200;
        return g.Count <= MostDense && Enumerable.Range(0, g.Count).All(i => Enumerable.Range(0, i + 1).All(j =>
            Inner(g.Rows[i].Weights, g.Rows[j].Weights) == (i == j ? BigRational.One : BigRational.Zero)));
    }

    private static BigRational Inner(ImmutableArray<Entry> a, ImmutableArray<Entry> b)
    {
        var sum = BigRational.Zero;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            int order = a[i].Index - b[j].Index;
            sum += order == 0 ? a[i].Value * b[j].Value : BigRational.Zero;
            (i, j) = (i + (order <= 0 ? 1 : 0), j + (order >= 0 ? 1 : 0));
        }

        return sum;
    }

    private static bool MapsIntoItself(AffineMap g, PropertyCase box) => Enumerable.Range(0, g.Count).All(k =>
    {
        var (low, high) = (BigRational.Zero, BigRational.Zero);
        foreach (var (j, value) in g.Rows[k].Weights)
        {
            var (a, b) = (value * box.Lower[j], value * box.Upper[j]);
            (low, high) = (low + BigRational.Min(a, b), high + BigRational.Max(a, b));
        }

        return box.Lower[k] <= low && high <= box.Upper[k];
    });

    /// <summary>The text of the network in a certificate, to compare with a file; null where it is no such certificate.</summary>
    public static string? NetworkOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Header + "\n", StringComparison.Ordinal) ? NetworkText.NetworkOf(text[(Header.Length + 1)..]) : null;
    }

    /// <summary>Looks exactly for a point of the box at which an output of Φ(g x) − h Φ(x) is not 0.</summary>
    /// <param name="subject">The network, with the box as its first case.</param>
    /// <param name="action">The generator.</param>
    /// <param name="work">How many exact products to spend on each side of each output.</param>
    /// <param name="stop">Ends the walk.</param>
    /// <returns>The last walk: with a point where there is one; undecided where the work did not suffice.</returns>
    public static RegionWalk Walk(NetworkProperty subject, GeneratorAction action, long work, CancellationToken stop = default)
    {
        var (lower, upper) = (subject.Cases[0].Lower, subject.Cases[0].Upper);
        var difference = NetworkReduction.Of(SymmetryClaim.Difference(subject.Network, action));
        var sides = from k in Enumerable.Range(0, subject.OutputCount)
                    from sign in new[] { 1, -1 }
                    select new PropertyCase(lower, upper, [], [new RowConstraint([new Entry(k, sign)], 0, IsStrict: true)]);
        var property = new NetworkProperty(difference, [.. sides]);
        RegionWalk walk;
        int side = 0;
        do
        {
            stop.ThrowIfCancellationRequested();
            walk = RegionWalk.Run(property, side, lower, upper, work);
        }
        while (walk is { IsDecided: true, Point: null } && ++side < property.Cases.Length);

        return walk;
    }

    /// <summary>Network and box of a claim as one property.</summary>
    public static NetworkProperty Subject(SymmetryClaim claim) =>
        new(claim.Network, [new PropertyCase(claim.Lower, claim.Upper, [], [])]);

    private static void Rows(StringBuilder text, string word, AffineMap map)
    {
        foreach (var row in map.Rows)
        {
            NetworkText.Append(text.Append(word), row.Weights);
        }
    }

    private static AffineMap Rows(LineReader lines, string word, int count) => new(count, [.. Enumerable.Range(0, count)
        .Select(_ => new Row(NetworkText.Entries(lines, lines.Words(word, null), count), BigRational.Zero))]);

    private static UnitMap Units(LineReader lines, int layers)
    {
        var images = ImmutableArray.CreateBuilder<ImmutableArray<UnitImage>>(layers);
        for (int l = 0; l < layers; l++)
        {
            images.Add([.. lines.Words("units", null).Select(word => word.Split(':') is [var unit, var scale]
                ? new UnitImage(lines.Count(unit), lines.Value(scale))
                : throw lines.Error("UNIT:SCALE"))]);
        }

        return new UnitMap(images.MoveToImmutable());
    }
}
