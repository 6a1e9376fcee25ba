using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>
/// The network and the property of a certificate as text: the lines from <c>network</c> to <c>end</c>, in one way only.
/// </summary>
/// <remarks>
/// <code>
/// network INPUTS LAYERS
/// layer ROWS
/// row BIAS INDEX:WEIGHT …             a row, indices increasing
/// property CASES
/// case
/// lower NUMBER …
/// upper NUMBER …
/// input &lt;= BOUND INDEX:NUMBER …       Σ number·x ≤ bound; &lt; where strict
/// output &lt;= BOUND INDEX:NUMBER …
/// end
/// </code>
/// Numbers are integers, m*2^e with odd m, or fractions in lowest terms; each is exact.
/// </remarks>
public static class NetworkText
{
    private const int MostEntries = 1 << 22;

    /// <summary>The numbers of networks and properties; those of binary64 need exponents down to −1074.</summary>
    internal static readonly NumberForm Numbers = new(LongestText: 1500, LargestExponent: 2200);

    /// <summary>The text of a network and a property; <see cref="Parse"/> reads it back equal.</summary>
    public static string Write(NetworkProperty property)
    {
        var text = new StringBuilder();
        using (var layers = new StringWriter(text, CultureInfo.InvariantCulture))
        {
            WriteLayers(layers, property.Network);
        }

        text.Append(CultureInfo.InvariantCulture, $"property {property.Cases.Length}\n");
        foreach (var c in property.Cases)
        {
            text.Append("case\nlower ").AppendJoin(' ', c.Lower.Select(Number));
            text.Append("\nupper ").AppendJoin(' ', c.Upper.Select(Number)).Append('\n');
            Append(text, "input", c.Inputs);
            Append(text, "output", c.Outputs);
        }

        return text.Append("end\n").ToString();
    }

    /// <summary>Writes the lines of a network, from <c>network</c> to the last row.</summary>
    internal static void WriteLayers(TextWriter text, ExactNetwork network)
    {
        text.Write(string.Create(CultureInfo.InvariantCulture, $"network {network.InputCount} {network.Depth}\n"));
        var line = new StringBuilder();
        foreach (var layer in network.Layers)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"layer {layer.Count}\n"));
            foreach (var row in layer.Rows)
            {
                Append(line.Clear().Append("row ").Append(Number(row.Bias)), row.Weights);
                text.Write(line.ToString());
            }
        }
    }

    /// <summary>SHA-256 of the text of a network and a property, as <see cref="Write"/> makes it.</summary>
    public static string Hash(NetworkProperty property) =>
        CertificateLines.Digest(SHA256.HashData(Encoding.UTF8.GetBytes(Write(property))));

    /// <summary>SHA-256 of the lines of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="end">What follows them.</param>
    public static string Hash(ExactNetwork network, string end = "")
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var writer = new HashWriter(hash);
        WriteLayers(writer, network);
        writer.Write(end);
        return CertificateLines.Digest(hash.GetCurrentHash());
    }

    /// <summary>The text of a number.</summary>
    public static string Number(BigRational value)
    {
        const int LongInteger = 60; // bits
        return !value.IsDyadic || (value.IsInteger && value.Numerator.GetBitLength() <= LongInteger)
            ? value.ToString()
            : Power(Dyadic.FromRational(value)!.Value);
    }

    /// <summary>The network and the property that <see cref="Write"/> made this text of.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static NetworkProperty Parse(string text)
    {
        try
        {
            using var lines =
                new CertificateLines(new StringReader(text), null, Numbers, new WorkBudget(long.MaxValue));
            var property = Read(lines).Property;
            return lines.IsAtEnd ? property : throw lines.Error("the end of the text");
        }
        catch (Rejection e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>
    /// Reads network and property, and makes the digests of the lines of the network and of all of them.
    /// </summary>
    internal static (NetworkProperty Property, string Network, string Whole) Read(CertificateLines lines)
    {
        lines.StartDigest();
        var network = ReadLayers(lines, MostEntries, countsZeros: true);
        string digest = lines.Digest();
        int columns = network.InputCount, rows = network.OutputCount;
        int cases = lines.Count(lines.Words("property", 1)[0]);
        var read = ImmutableArray.CreateBuilder<PropertyCase>();
        for (int c = 0; c < cases; c++)
        {
            _ = lines.Words("case", 0);
            read.Add(new PropertyCase(
                Point(lines, "lower", columns),
                Point(lines, "upper", columns),
                Constraints(lines, "input", columns),
                Constraints(lines, "output", rows)));
        }

        _ = lines.Words("end", 0);
        return (new NetworkProperty(network, read.ToImmutable()), digest, lines.Digest());
    }

    /// <summary>
    /// Reads the lines of a network, of a limited number of entries: all of its matrices, or those written.
    /// </summary>
    internal static ExactNetwork ReadLayers(CertificateLines lines, long most, bool countsZeros)
    {
        string[] head = lines.Words("network", 2);
        int columns = lines.Count(head[0]), depth = lines.Count(head[1]);
        if (columns == 0 || depth == 0)
        {
            throw lines.Error("an input and a layer at least");
        }

        var layers = ImmutableArray.CreateBuilder<AffineMap>();
        long entries = 0;
        while (layers.Count < depth)
        {
            int count = lines.Count(lines.Words("layer", 1)[0]);
            if (count == 0)
            {
                throw lines.Error("a row at least");
            }

            var rows = ImmutableArray.CreateBuilder<Row>();
            while (rows.Count < count)
            {
                string[] words = lines.Words("row");
                var bias = words.Length > 0 ? lines.Value(words[0]) : throw lines.Error("a bias");
                rows.Add(new Row(Entries(lines, words.AsSpan(1), columns), bias));
                entries += countsZeros ? columns : words.Length;
                if (entries > most)
                {
                    throw lines.Error($"at most {most} entries");
                }
            }

            layers.Add(new AffineMap(columns, rows.ToImmutable()));
            columns = count;
        }

        return new(layers.ToImmutable());
    }

    internal static ImmutableArray<BigRational> Point(CertificateLines lines, string word, int count) =>
        [.. lines.Words(word, count).Select(lines.Value)];

    private static ImmutableArray<RowConstraint> Constraints(CertificateLines lines, string word, int columns)
    {
        var constraints = ImmutableArray.CreateBuilder<RowConstraint>();
        while (lines.Next?.StartsWith(word + " ", StringComparison.Ordinal) == true)
        {
            var words = lines.Words(word, null);
            if (words.Length < 2 || words[0] is not ("<=" or "<"))
            {
                throw lines.Error("<= or <, and a bound");
            }

            constraints.Add(
                new RowConstraint(Entries(lines, words.AsSpan(2), columns), lines.Value(words[1]), words[0] == "<"));
        }

        return constraints.ToImmutable();
    }

    internal static ImmutableArray<Entry> Entries(CertificateLines lines, ReadOnlySpan<string> words, int columns)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>(words.Length);
        int last = -1;
        foreach (string word in words)
        {
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            int index = colon > 0 ? lines.Count(word[..colon]) : -1;
            if (index <= last || index >= columns)
            {
                throw lines.Error($"an index above {last} and below {columns}");
            }

            entries.Add(new Entry(index, lines.Value(word[(colon + 1)..])));
            last = index;
        }

        return entries.ToImmutable();
    }

    private static void Append(StringBuilder text, string word, ImmutableArray<RowConstraint> constraints)
    {
        foreach (var c in constraints)
        {
            Append(text.Append(word).Append(c.IsStrict ? " < " : " <= ").Append(Number(c.Bound)), c.Terms);
        }
    }

    internal static void Append(StringBuilder text, ImmutableArray<Entry> entries)
    {
        foreach (var (index, value) in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $" {index}:").Append(Number(value));
        }

        text.Append('\n');
    }

    private sealed class HashWriter(IncrementalHash hash) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(string? value) => hash.AppendData(Encoding.UTF8.GetBytes(value ?? ""));
    }

    private static string Power(Dyadic value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Mantissa}*2^{value.Exponent}");
}
