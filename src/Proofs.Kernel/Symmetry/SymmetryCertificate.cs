using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Proofs.Kernel.Checking;
using Proofs.Kernel.Networks;

namespace Proofs.Kernel.Symmetry;

/// <summary>Replays certificates of invariance and equivariance with exact arithmetic; knows nothing of how they were found.</summary>
/// <remarks>
/// After the first line a certificate has the text of the network and of the box in question (<see cref="NetworkText"/>, a
/// property of one case without constraints), and then for each generator
/// <code>
/// generator
/// input INDEX:NUMBER …          row k of g, a line for each input
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
    /// <remarks>Guarantee: accepted only if Φ(g x) = h Φ(x) for the real-valued network and the x named by the statement.</remarks>
    public static CheckResult Check(string text, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        string statement = "";
        try
        {
            var lines = new LineReader(text);
            if (lines.Take() != Header)
            {
                throw lines.Error($"'{Header}'");
            }

            int start = lines.Position;
            var subject = NetworkText.Read(lines);
            string hash = NetworkCertificate.Hash(text.AsSpan(start, lines.Position - start));
            if (subject.Cases is not [{ Inputs.IsEmpty: true, Outputs.IsEmpty: true }])
            {
                throw lines.Error("one box without constraints");
            }

            var reduced = NetworkReduction.Of(subject.Layers);
            var comparators = new ComparatorSymmetry(reduced, subject.Cases[0].Lower);
            bool isInvariant = true, isOnBox = false;
            BigRational? atLeast = null;
            int generators = 0, walks = 0;
            for (; lines.Next != "end"; generators++)
            {
                stop.ThrowIfCancellationRequested();
                _ = lines.Words("generator", 0);
                var action = new GeneratorAction(Rows(lines, "input", subject.InputCount), Rows(lines, "output", subject.OutputCount));
                isInvariant &= IsIdentity(action.Output);
                if (lines.Next == "regions")
                {
                    _ = lines.Take();
                    isOnBox = true;
                    walks += 2 * subject.OutputCount;
                    if (walks > MostWalks || Walk(subject, action, WalkWork, stop) is not { IsDecided: true, Point: null })
                    {
                        throw lines.Error("a difference that an exact walk of its linear regions finds to be 0");
                    }
                }
                else if (lines.Next == "comparators")
                {
                    _ = lines.Take();
                    var scope = comparators.Find(action) ?? throw lines.Error("comparators in the network that show the symmetry");
                    atLeast = scope.AtLeast is { } low && !(atLeast > low) ? low : atLeast;
                }
                else if (lines.Next == "terms")
                {
                    _ = lines.Take();
                    if (!TermSymmetry.Holds(reduced, action))
                    {
                        throw lines.Error("sides that are the same term of maxima and minima");
                    }
                }
                else if (Units(lines, subject.Layers.Length - 1).Refuse(reduced, action) is { } reason)
                {
                    throw lines.Error($"images that the weights confirm; {reason}");
                }
            }

            _ = lines.Take();
            statement = $"Phi(g x) = {(isInvariant ? "" : "h ")}Phi(x) for {generators} generators g and "
                + $"{(isOnBox ? "all x in the box" : atLeast is { } least ? $"all x without a coordinate below {least}" : "all real x")}: network and box {hash}";
            return lines.IsAtEnd ? new(true, statement, "") : throw lines.Error("nothing after the end");
        }
        catch (Exception e) when (e is Rejection or FormatException)
        {
            return new(false, statement, e.Message);
        }
        catch (Exception e) when (e is OverflowException or ArithmeticException or OutOfMemoryException)
        {
            return new(false, statement, "a number of the certificate is too large");
        }
    }

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
        var difference = NetworkReduction.Of(SymmetryClaim.Difference(subject.Layers, action));
        var sides = from k in Enumerable.Range(0, subject.OutputCount)
                    from sign in new[] { 1, -1 }
                    select new PropertyCase(lower, upper, [], [new Constraint([new Entry(k, sign)], 0, IsStrict: true)]);
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
        new(claim.Layers, [new PropertyCase(claim.Lower, claim.Upper, [], [])]);

    private static bool IsIdentity(AffineRows h) =>
        Enumerable.Range(0, h.Count).All(k => h.Weights[k] is [var only] && only.Index == k && only.Value == BigRational.One);

    private static void Rows(StringBuilder text, string word, AffineRows map)
    {
        foreach (var row in map.Weights)
        {
            NetworkText.Append(text.Append(word), row);
        }
    }

    private static AffineRows Rows(LineReader lines, string word, int count)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<Entry>>(count);
        for (int k = 0; k < count; k++)
        {
            rows.Add(NetworkText.Entries(lines, lines.Words(word, null), count));
        }

        return new AffineRows(count, rows.MoveToImmutable(), [.. Enumerable.Repeat(BigRational.Zero, count)]);
    }

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
