using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Formats.Points;

/// <summary>A file is no table of points; the message names the file and the place.</summary>
public sealed class PointFileException(string message) : FormatException(message);

/// <summary>
/// Reads point clouds: text (CSV or white space), NumPy arrays, IDX images, and any of them packed with gzip.
/// </summary>
public static partial class PointFile
{
    private const int MostValues = 500_000_000;

    private static ReadOnlySpan<byte> NumPy => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>
    /// The points in a stream, one a row; of arrays with more axes all but the first make the coordinates.
    /// </summary>
    /// <exception cref="PointFileException">The content is empty, ragged, not finite, cut off, or of a kind that is not
    /// read.</exception>
    public static PointCloud Read(Stream stream, string name)
    {
        byte[] bytes = Bytes(stream, name);
        return IsText(bytes) ? Cloud(ReadText(bytes, name, Double)) : ReadBinary(bytes, name);

        static PointCloud Cloud((int Dimension, List<double> Values) read) => new(read.Dimension, [.. read.Values]);
    }

    /// <summary>
    /// The points in a stream with the numbers that stand there: of text, decimals and fractions are exact.
    /// </summary>
    /// <exception cref="PointFileException">The content is empty, ragged, not finite, cut off, or of a kind that is not
    /// read.</exception>
    public static ImmutableArray<ImmutableArray<BigRational>> ReadExact(Stream stream, string name)
    {
        byte[] bytes = Bytes(stream, name);
        if (IsText(bytes))
        {
            var (dimension, values) = ReadText(bytes, name, word => BigRational.TryParse(word.ToString()));
            return [.. values.Chunk(dimension).Select(p => p.ToImmutableArray())];
        }

        var cloud = ReadBinary(bytes, name);
        return [.. Enumerable.Range(0, cloud.Count)
            .Select(i => cloud[i].ToArray().Select(Binary64.Exact).ToImmutableArray())];
    }

    /// <summary>
    /// Whether a file is named or begins like one of points: .csv, .tsv, .npy, .gz, IDX, or numbers on its first line.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool IsPoints(string path)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".TSV" or ".NPY" or ".GZ")
        {
            return true;
        }

        byte[] start = new byte[4096];
        using var file = File.OpenRead(path);
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (!IsText(start))
        {
            return true;
        }

        string? first = Encoding.UTF8.GetString(start).Split('\n').Select(l => l.Split('#')[0].Trim())
            .FirstOrDefault(l => l.Length > 0);
        return first is not null && BigRational.TryParse(first.Split(' ', '\t', ',', ';')[0]) is not null;
    }

    private static bool IsText(byte[] bytes) => !bytes.AsSpan().StartsWith(NumPy) && bytes is not [0, 0, _, _, ..];

    private static PointCloud ReadBinary(byte[] bytes, string name) =>
        bytes.AsSpan().StartsWith(NumPy) ? ReadNumPy(bytes, name) : ReadIdx(bytes, name);

    private static double? Double(ReadOnlySpan<char> word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) ? value : null;

    private static byte[] Bytes(Stream stream, string name)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        byte[] bytes = all.ToArray();
        if (bytes.Length == 0)
        {
            throw new PointFileException($"{name}: is empty; expected points, one a line");
        }

        if (bytes is not [0x1f, 0x8b, ..])
        {
            return bytes;
        }

        try
        {
            using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            packed.CopyTo(unpacked);

            // a file cut short may unpack without complaint; its last four bytes are the length of what was packed
            return bytes.Length >= 18
                && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan()[^4..]) == unpacked.Length
                ? unpacked.ToArray()
                : throw Damaged();
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }

        PointFileException Damaged() =>
            new($"{name}: begins like gzip and cannot be unpacked; the file is damaged or cut short");
    }

    private delegate T? NumberReader<T>(ReadOnlySpan<char> word)
        where T : struct;

    private static (int Dimension, List<T> Values) ReadText<T>(byte[] bytes, string name, NumberReader<T> read)
        where T : struct
    {
        var values = new List<T>();
        int dimension = 0, number = 0;
        bool seenText = false;
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            number++;
            int remark = line.IndexOf('#', StringComparison.Ordinal);
            var text = (remark < 0 ? line : line[..remark]).AsSpan().Trim();
            if (text.IsEmpty)
            {
                continue;
            }

            int before = values.Count;
            string? stranger = Numbers(text, values, read);
            if (stranger is not null && dimension == 0 && !seenText
                && !double.TryParse(stranger, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                seenText = true; // a line of column names
                values.RemoveRange(before, values.Count - before);
                continue;
            }

            int found = values.Count - before;
            dimension = dimension == 0 ? found : dimension;
            if (stranger is not null)
            {
                throw At($"'{stranger}' is no finite number");
            }

            if (found != dimension)
            {
                throw At($"{found} numbers; expected {dimension} as in the lines before");
            }

            PointFileException At(string problem) =>
                new(string.Create(CultureInfo.InvariantCulture, $"{name}: line {number}: {problem}"));
        }

        return values.Count == 0
            ? throw new PointFileException($"{name}: has no line of numbers; expected points, one a line")
            : (dimension, values);
    }

    // Adds the numbers of a line; gives the first word that is none, or null.
    private static string? Numbers<T>(ReadOnlySpan<char> text, List<T> values, NumberReader<T> read)
        where T : struct
    {
        bool commas = text.ContainsAny(',', ';');
        while (!text.IsEmpty)
        {
            int end = commas ? text.IndexOfAny(',', ';') : text.IndexOfAny(' ', '\t');
            var word = (end < 0 ? text : text[..end]).Trim();
            if (read(word) is not { } value)
            {
                return word.ToString();
            }

            values.Add(value);
            if (end == text.Length - 1 && commas)
            {
                return ""; // a comma with nothing behind it
            }

            text = end < 0 ? [] : commas ? text[(end + 1)..] : text[(end + 1)..].TrimStart();
        }

        return null;
    }

    private static PointCloud ReadNumPy(byte[] bytes, string name)
    {
        if (bytes.Length < 12)
        {
            throw new PointFileException($"{name}: ends inside the header of a NumPy array");
        }

        int start = bytes[6] == 1 ? 10 : 12;
        long length = bytes[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8))
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8));
        if (start + length > bytes.Length)
        {
            throw new PointFileException($"{name}: ends inside the header of a NumPy array");
        }

        string header = Encoding.Latin1.GetString(bytes, start, (int)length);
        string type = TypePattern().Match(header).Groups[1].Value;
        if (NumPyReader(type) is not (int width, { } read))
        {
            throw new PointFileException(
                $"{name}: is a NumPy array of '{type}'; expected float64, float32 or integers of 8 to 32 bits, "
                    + "little endian (<f8, <f4, |u1, <i4, …)");
        }

        if (!FortranPattern().IsMatch(header))
        {
            throw new PointFileException(
                $"{name}: is a NumPy array in Fortran order; expected C order (numpy.ascontiguousarray)");
        }

        int[] shape = [.. ShapePattern().Match(header).Groups[1].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : -1)];
        var (points, dimension) = Shape(name, shape, bytes.Length - start - (int)length, width);
        double[] values = new double[points * dimension];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes, start + (int)length + (width * i));
        }

        return Finite(name, dimension, values);
    }

    // How many bytes a number of a type has, and how one is read; null for other types.
    private static (int Width, Func<byte[], int, double> Read)? NumPyReader(string type) => type switch
    {
        "<f8" => (8, (bytes, at) => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at))),
        "<f4" => (4, (bytes, at) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at))),
        "|u1" => (1, (bytes, at) => bytes[at]),
        "|i1" => (1, (bytes, at) => (sbyte)bytes[at]),
        "<u2" => (2, (bytes, at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at))),
        "<i2" => (2, (bytes, at) => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at))),
        "<u4" => (4, (bytes, at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at))),
        "<i4" => (4, (bytes, at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at))),
        _ => null,
    };

    private static PointCloud ReadIdx(byte[] bytes, string name)
    {
        if (bytes[2] != 0x08)
        {
            throw new PointFileException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: begins like an IDX file of type 0x{bytes[2]:x2}; expected unsigned bytes (0x08)"));
        }

        int start = 4 + (4 * bytes[3]);
        if (bytes[3] == 0 || bytes.Length < start)
        {
            throw new PointFileException($"{name}: ends inside the header of an IDX file");
        }

        int[] shape = [
            .. Enumerable.Range(0, bytes[3])
            .Select(i => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + (4 * i))))];
        var (points, dimension) = Shape(name, shape, bytes.Length - start, 1);
        double[] values = new double[points * dimension];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = bytes[start + i];
        }

        return new(dimension, values);
    }

    private static (int Points, int Dimension) Shape(string name, int[] shape, int bytes, int width)
    {
        string shown = string.Join(" x ", shape);
        decimal size = shape.Aggregate(1m, (s, n) => n < 0 || s > MostValues ? -1 : s * n);
        if (shape.Length == 0 || size <= 0 || size > MostValues)
        {
            throw new PointFileException(
                $"{name}: is an array of {shown} numbers; expected at least one point and "
                    + $"at most {MostValues} numbers");
        }

        if (bytes != size * width)
        {
            throw new PointFileException(
                $"{name}: has {bytes} bytes of data; an array of {shown} numbers has {size * width}");
        }

        return (shape[0], (int)(size / shape[0]));
    }

    private static PointCloud Finite(string name, int dimension, double[] values)
    {
        try
        {
            return new(dimension, values);
        }
        catch (ArgumentException e)
        {
            throw new PointFileException($"{name}: {e.Message}");
        }
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'", RegexOptions.CultureInvariant)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*False", RegexOptions.CultureInvariant)]
    private static partial Regex FortranPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShapePattern();
}
