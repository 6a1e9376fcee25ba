using System.Globalization;
using System.IO.Compression;
using System.Text;
using Proofs.Checks.Certification;
using Proofs.Constructions;
using Proofs.Numeric;

namespace Proofs.Cli.Reading;

/// <summary>Reads regions: boxes joined by `or`, or a file of boxes, and a condition.</summary>
internal static class Regions
{
    private const int MostBoxes = 20_000_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The region that --domain and --where give; a domain @FILE is a file with one box a line.</summary>
    /// <exception cref="UsageException">One of them is not what it should be.</exception>
    /// <exception cref="InputException">The file of boxes cannot be read; the message names the line.</exception>
    public static Region Read(string domain, string? where)
    {
        Region region = domain.StartsWith('@') ? InFile(domain[1..]) : Formulas.Parse("--domain", domain, Region.Parse);
        if (where is null)
        {
            return region;
        }

        Condition condition = Formulas.Parse("--where", where, Condition.Parse);
        foreach (Expr side in condition.Expressions())
        {
            _ = Formulas.Read("--where", side.ToString(), region.Dimension);
        }

        return region.WithWhere(condition.Map(side => Formulas.InInputs(side, region.Dimension)));
    }

    private static Region InFile(string path) => InputFile.Read(path, stream =>
    {
        try
        {
            using var reader = new StreamReader(Unpacked(stream), Strict);
            return Region.Union(Boxes(path, reader));
        }
        catch (Exception e) when (e is InvalidDataException or DecoderFallbackException)
        {
            throw new InputException(path, "expected UTF-8 text with one box a line, packed with gzip or not");
        }
    });

    // Empty lines and what follows # are left out.
    private static List<Box> Boxes(string path, StreamReader reader)
    {
        List<Box> boxes = [];
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            int remark = line.IndexOf('#', StringComparison.Ordinal);
            string text = (remark < 0 ? line : line[..remark]).Trim();
            if (text.Length == 0)
            {
                continue;
            }

            string place = string.Create(CultureInfo.InvariantCulture, $"{path}:{number}");
            try
            {
                boxes.Add(Box.Parse(text));
            }
            catch (Exception e) when (e is FormatException or ArgumentException or ArithmeticException)
            {
                throw new InputException(place, e.Message);
            }

            if (boxes[^1].Dimension != boxes[0].Dimension)
            {
                throw new InputException(
                    place, $"expected a box with {boxes[0].Dimension} side(s), as the first one has, found {boxes[^1].Dimension}");
            }

            if (boxes.Count > MostBoxes)
            {
                throw new InputException(place, $"expected at most {MostBoxes} boxes");
            }
        }

        return boxes.Count > 0 ? boxes : throw new InputException(path, "expected one box a line, such as [0,1]x[-1,2], found none");
    }

    private static Stream Unpacked(Stream stream)
    {
        var buffered = new BufferedStream(stream);
        bool isPacked = buffered.ReadByte() == 0x1f && buffered.ReadByte() == 0x8b;
        buffered.Position = 0;
        return isPacked ? new GZipStream(buffered, CompressionMode.Decompress) : buffered;
    }
}
