using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Proofs.Constructions;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Cli.Reading;

/// <summary>Networks as JSON files that keep every weight exactly.</summary>
/// <remarks>
/// <c>{ "format": "proofs-network", "version": 1, "layers": [{ "columns": 1, "rowStart": [0, 1], "column": [0],
/// "value": [2], "bias": [-0.5] }] }</c>: each layer in compressed rows. A JSON number is the binary64 number nearest to it; a
/// number that is not binary64 is a string, <c>"1/3"</c>, read exactly.
/// </remarks>
internal static class NetworkFile
{
    private const string Format = "proofs-network";
    private const int Version = 1;

    /// <summary>Writes a network, in time and memory linear in its size.</summary>
    public static void Write(Stream stream, ReluNetwork network)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteStartArray("layers");
        foreach (Affine layer in network.Layers)
        {
            writer.WriteStartObject();
            writer.WriteNumber("columns", layer.Columns);
            WriteArray(writer, "rowStart", layer.Rows + 1, k => writer.WriteNumberValue(layer.RowStart[k]));
            WriteArray(writer, "column", layer.Column.Length, k => writer.WriteNumberValue(layer.Column[k]));
            WriteArray(writer, "value", layer.Value.Length, k => WriteExact(writer, layer.Value[k], layer.IsBinary64, () => layer.WeightAt(k)));
            WriteArray(writer, "bias", layer.Rows, k => WriteExact(writer, layer.Bias[k], layer.IsBinary64, () => layer.BiasAt(k)));
            writer.WriteEndObject();
            writer.Flush();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads a network file.</summary>
    /// <exception cref="InputException">The file is missing or describes no network; the message names the place.</exception>
    public static ReluNetwork Read(string path)
    {
        byte[] bytes = InputFile.ReadBytes(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return Read(path, document.RootElement);
        }
        catch (JsonException e)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{path}: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            throw new InputException(place, "expected a network file, which is JSON");
        }
    }

    private static ReluNetwork Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("format", out JsonElement format)
            || format.ValueKind != JsonValueKind.String
            || format.GetString() != Format)
        {
            throw new InputException(path, $"expected a network file, an object with \"format\": \"{Format}\"");
        }

        if (!root.TryGetProperty("version", out JsonElement version) || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out int number) || number != Version)
        {
            throw new InputException($"{path}: version", $"expected {Version}, the version of network files this tool reads");
        }

        JsonElement layers = Member(root, "layers", path);
        if (layers.GetArrayLength() == 0)
        {
            throw new InputException($"{path}: layers", "expected at least one layer");
        }

        try
        {
            return new ReluNetwork([.. layers.EnumerateArray().Select((layer, i) => ReadLayer(layer, $"{path}: layer {i + 1}"))]);
        }
        catch (ArgumentException e)
        {
            throw new InputException(path, e.Message.Split(" (Parameter")[0]);
        }
    }

    private static Affine ReadLayer(JsonElement layer, string place)
    {
        if (layer.ValueKind != JsonValueKind.Object || !layer.TryGetProperty("columns", out JsonElement width))
        {
            throw new InputException(place, "expected an object with \"columns\", \"rowStart\", \"column\", \"value\" and \"bias\"");
        }

        int columns = TryIndex(width, int.MaxValue) ?? throw NoIndex(width, int.MaxValue, $"{place}, columns");
        JsonElement value = Member(layer, "value", place), bias = Member(layer, "bias", place);
        int entries = value.GetArrayLength();
        ImmutableArray<int> column = Indices(layer, "column", columns - 1, place);
        ImmutableArray<int> start = Indices(layer, "rowStart", entries, place);
        if (column.Length != entries)
        {
            throw new InputException($"{place}, column", $"expected {entries} entries, as value has, found {column.Length}");
        }

        if (start.Length != bias.GetArrayLength() + 1 || start[0] != 0 || start[^1] != entries || !start.Order().SequenceEqual(start))
        {
            throw new InputException($"{place}, rowStart", $"expected {bias.GetArrayLength() + 1} increasing numbers from 0 to {entries}");
        }

        BigRational[] weights = Numbers(value, $"{place}, value"), offsets = Numbers(bias, $"{place}, bias");
        var builder = new Affine.Builder(columns);
        int k = 0;
        for (int row = 0; row < offsets.Length; row++)
        {
            for (; k < start[row + 1]; k++)
            {
                if (k > start[row] && column[k] <= column[k - 1])
                {
                    throw new InputException($"{place}, column[{k}]", $"expected more than {column[k - 1]}: columns increase in a row");
                }

                builder.Add(column[k], weights[k]);
            }

            builder.EndRow(offsets[row]);
        }

        return builder.Build();
    }

    private static JsonElement Member(JsonElement parent, string name, string place) =>
        parent.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Array
            ? member
            : throw new InputException($"{place}, {name}", "expected an array");

    private static ImmutableArray<int> Indices(JsonElement layer, string name, int largest, string place) =>
    [
        .. Member(layer, name, place).EnumerateArray().Select((e, i) =>
            TryIndex(e, largest) ?? throw NoIndex(e, largest, $"{place}, {name}[{i}]")),
    ];

    private static int? TryIndex(JsonElement element, int largest) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int n) && n >= 0 && n <= largest ? n : null;

    private static InputException NoIndex(JsonElement element, int largest, string place) =>
        new(place, $"expected a whole number from 0 to {largest}, found {element.GetRawText()}");

    private static BigRational[] Numbers(JsonElement array, string place) =>
    [
        .. array.EnumerateArray().Select((e, i) => TryExact(e) ?? throw new InputException(
            $"{place}[{i}]", $"expected a finite number or a fraction in quotes, found {e.GetRawText()}")),
    ];

    private static BigRational? TryExact(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDouble(out double d) && double.IsFinite(d) => Binary64.Exact(d),
        JsonValueKind.String => BigRational.TryParse(element.GetString() ?? ""),
        _ => null,
    };

    private static void WriteArray(Utf8JsonWriter writer, string name, int count, Action<int> item)
    {
        writer.WriteStartArray(name);
        for (int k = 0; k < count; k++)
        {
            item(k);
        }

        writer.WriteEndArray();
    }

    private static void WriteExact(Utf8JsonWriter writer, double nearest, bool isBinary64, Func<BigRational> exact)
    {
        if (isBinary64 || Binary64.Exact(nearest) == exact())
        {
            writer.WriteNumberValue(nearest);
        }
        else
        {
            writer.WriteStringValue(exact().ToString());
        }
    }
}
