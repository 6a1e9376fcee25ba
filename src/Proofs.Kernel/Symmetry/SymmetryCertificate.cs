using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;

namespace Proofs.Kernel.Symmetry;

/// <summary>
/// Certificates of invariance and equivariance, replayed with exact arithmetic; knows nothing of how they were found.
/// </summary>
/// <remarks>
/// After the first line a certificate has the text of the network and of the box in question
/// (<see cref="NetworkText"/>, a property of one case without constraints), and then for each generator, one at least
/// and not the identity alone,
/// <code>
/// generator
/// input INDEX:NUMBER …          row k of g, an orthogonal matrix, a line for each input
/// output INDEX:NUMBER …         row k of h, a line for each output
/// units UNIT:SCALE …            the images of the units of a hidden layer of the reduced network, a line for each; or
/// comparators                   the reduced network begins with comparators that show it (ComparatorSymmetry); or
/// terms                         both sides are the same term of maxima and minima (TermSymmetry); or
/// regions                       an exact walk of the linear regions of Φ(g x) − h Φ(x) finds 0 everywhere in the box
/// </code>
/// and <c>end</c>. The checker reduces the network itself (<see cref="NetworkReduction"/>); units are those that are
/// left.
/// </remarks>
public static class SymmetryCertificate
{
    /// <summary>The first line of a certificate.</summary>
    public const string Header = "proofs-certificate symmetry 1";

    /// <summary>The exact products that the walk for one side of one output may spend.</summary>
    public const long WalkWork = 10_000_000;

    /// <summary>What a replay may spend, in products of words.</summary>
    internal const long Work = 2_000_000_000_000;

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

    /// <summary>What is shown for each generator is looked at.</summary>
    /// <remarks>
    /// Guarantee: passes only if Φ(g x) = h Φ(x) for the real-valued network, and the g, h and x named by the
    /// statement.
    /// </remarks>
    internal sealed class Replay(SymmetryExpectation expected) : CertificateReplay
    {
        private readonly List<GeneratorAction> _generators = [];
        private NetworkProperty _subject = null!;
        private WorkBudget _work = null!;
        private bool _isOnBox;
        private BigRational? _atLeast;

        private PropertyCase Box => _subject.Cases[0];

        // Where g maps the points in question into themselves, what holds for generators holds for products.
        private bool IsForProducts => _generators.TrueForAll(
            g => _isOnBox ? MapsIntoItself(g.Input, Box)
                : _atLeast is not { } least || MapsIntoItself(g.Input, least));

        /// <inheritdoc/>
        public override void Run(CertificateLines lines, WorkBudget work)
        {
            (_subject, string network, string hash) = NetworkText.Read(lines);
            _work = work;
            if (_subject.Cases is not [{ Inputs.IsEmpty: true, Outputs.IsEmpty: true, IsEmpty: false }])
            {
                throw lines.Error("one box with a point in it and without constraints");
            }

            Generators(lines);
            _ = lines.Words("end", 0);
            if (_generators.TrueForAll(g => GeneratorText.IsIdentity(g.Input)))
            {
                throw new Rejection("the certificate says nothing: it has no generator but the identity");
            }

            Statement = Said(hash);
            if (expected.Network is { } about && about != network)
            {
                throw new Rejection("the certificate is about another network");
            }

            Require();
        }

        private void Require()
        {
            if (expected.Box is { } box)
            {
                bool isInside = _isOnBox
                    ? box.Lower.Zip(Box.Lower, (a, b) => a >= b).All(b => b)
                        && box.Upper.Zip(Box.Upper, (a, b) => a <= b).All(b => b)
                    : box.Lower.All(a => !(a < _atLeast));
                if (box.Lower.Length != _subject.InputCount || !isInside)
                {
                    throw new Rejection("the certificate is about another domain");
                }
            }

            expected.Require(_generators, IsForProducts);
        }

        private void Generators(CertificateLines lines)
        {
            var reduced = NetworkReduction.Of(_subject.Network, _work);
            var comparators = new ComparatorSymmetry(reduced, Box.Lower, _work);
            int walks = 0;
            while (lines.Next != "end")
            {
                _ = lines.Words("generator", 0);
                var action = new GeneratorAction(
                    Rows(lines, "input", _subject.InputCount), Rows(lines, "output", _subject.OutputCount));
                if (!IsOrthogonal(action.Input, _work))
                {
                    throw lines.Error("a generator that is an orthogonal matrix");
                }

                _generators.Add(action);
                if (lines.Next == "regions")
                {
                    _ = lines.Take();
                    _isOnBox = true;
                    walks += 2 * _subject.OutputCount;
                    if (walks > MostWalks
                        || Walk(_subject, action, WalkWork, _work) is not { IsDecided: true, Point: null })
                    {
                        throw lines.Error("a difference that an exact walk of its linear regions finds to be 0");
                    }
                }
                else if (lines.Next == "comparators")
                {
                    _ = lines.Take();
                    var scope = comparators.Find(action)
                        ?? throw lines.Error("comparators in the network that show the symmetry");
                    _atLeast = scope.AtLeast is { } low && !(_atLeast > low) ? low : _atLeast;
                }
                else if (lines.Next == "terms")
                {
                    _ = lines.Take();
                    if (!TermSymmetry.Holds(reduced, action, _work))
                    {
                        throw lines.Error("sides that are the same term of maxima and minima");
                    }
                }
                else if (Units(lines, _subject.Network.Depth - 1).Refuse(reduced, action, _work) is { } reason)
                {
                    throw lines.Error($"images that the weights confirm; {reason}");
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
                + (IsForProducts
                    ? "and so for all products of these g"
                    : "for these g alone, which do not map "
                        + (_isOnBox ? "the box into itself" : "these x into such x"))
                + $"; {PropertyWords.Count(_subject.InputCount, "input")}, "
                    + $"{PropertyWords.Count(_subject.OutputCount, "output")}: network and box {hash}";
        }
    }

    // The rows of g are orthonormal, so that it is invertible and moves no point away from all others.
    private static bool IsOrthogonal(AffineMap g, WorkBudget work)
    {
        var columns = new int[g.Count];
        if (g.Rows.All(
            r => r.Weights is [var only] && BigRational.Abs(only.Value) == BigRational.One
                && columns[only.Index]++ == 0))
        {
            return true;
        }

        const int MostDense = 200;
        long words = ExactWork.Longest(g.Rows.SelectMany(r => r.Weights.Select(e => e.Value)));
        work.Spend(g.Count * ExactWork.Entries([g]) * words * words);
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

    // Whether no coordinate of g x is below a number where none of x is.
    private static bool MapsIntoItself(AffineMap g, BigRational least) => g.Rows.All(
        r => r.Weights.All(e => e.Value.Sign > 0)
            && r.Weights.Aggregate(BigRational.Zero, (sum, e) => sum + (e.Value * least)) >= least);

    /// <summary>Looks exactly for a point of the box at which an output of Φ(g x) − h Φ(x) is not 0.</summary>
    /// <param name="subject">The network, with the box as its first case.</param>
    /// <param name="action">The generator.</param>
    /// <param name="work">How many exact products to spend on each side of each output.</param>
    /// <param name="total">What all walks together may spend, in products of words; and what ends them.</param>
    /// <returns>The last walk: with a point where there is one; undecided where the work did not suffice.</returns>
    public static RegionWalk Walk(NetworkProperty subject, GeneratorAction action, long work, WorkBudget total)
    {
        var (lower, upper) = (subject.Cases[0].Lower, subject.Cases[0].Upper);
        var difference = NetworkReduction.Of(SymmetryClaim.Difference(subject.Network, action), total);
        var sides = from k in Enumerable.Range(0, subject.OutputCount)
                    from sign in new[] { 1, -1 }
                    select new PropertyCase(
                        lower, upper, [], [new RowConstraint([new Entry(k, sign)], 0, IsStrict: true)]);
        var property = new NetworkProperty(difference, [.. sides]);
        RegionWalk walk;
        int side = 0;
        do
        {
            walk = RegionWalk.Run(property, side, lower, upper, work, total);
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

    private static AffineMap Rows(CertificateLines lines, string word, int count) =>
        new(count, [.. Enumerable.Range(0, count)
        .Select(_ => new Row(NetworkText.Entries(lines, lines.Words(word, null), count), BigRational.Zero))]);

    private static UnitMap Units(CertificateLines lines, int layers)
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
