using System.Text;
using System.Text.Json;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Formats;

/// <summary>The project's own file of a network: JSON, exact, versioned.</summary>
/// <remarks>
/// Shape: <c>{"format": "proofs-network", "version": 1, "layers": [{"columns": n, "rowStart": […], "column": […],
/// "value": […], "bias": […]}]}</c>, each layer as <see cref="Affine"/> stores it. A JSON number stands for the nearest
/// binary64 number, read as an exact real; a string such as <c>"1/3"</c> for the exact rational.
/// Guarantee: what is written is read back equal, weight by weight.
/// </remarks>
public static class NetworkFile
{
    private const string Format = "proofs-network";
    private const int Version = 1;

    /// <summary>The network in the file at <paramref name="path"/>.</summary>
    /// <exception cref="NetworkFileException">The file is no network file of a version that is known.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ReluNetwork Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>The network in a stream; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="NetworkFileException">The stream holds no network file of a version that is known.</exception>
    public static ReluNetwork Read(Stream stream, string name)
    {
        try
        {
            using var document =
                JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new NetworkFileReader(name).Network(document.RootElement);
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is { } line ? $"line {line + 1}, byte {e.BytePositionInLine + 1}" : "its JSON";
            throw new NetworkFileException(
                name, place, "no JSON, or a property twice; expected a network file as 'proofs build' writes it");
        }
        catch (InvalidOperationException)
        {
            // a string with bytes that are no UTF-8, or with half of a surrogate pair, fails only when it is looked at
            throw new NetworkFileException(name, "its JSON", "has a string that is no text; expected UTF-8");
        }
    }

    /// <summary>
    /// Writes the network to the file at <paramref name="path"/>, which is replaced as a whole or not at all.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReluNetwork network)
    {
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Guid.NewGuid():N}.part";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew))
            {
                Write(stream, network);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // gone already where the move succeeded
        }
    }

    /// <summary>Writes the network to a stream.</summary>
    public static void Write(Stream stream, ReluNetwork network)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteStartArray("layers");
        foreach (var layer in network.Layers)
        {
            WriteLayer(writer, layer);
            writer.Flush();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The text of the file.</summary>
    public static string ToText(ReluNetwork network)
    {
        using var stream = new MemoryStream();
        Write(stream, network);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The network in a text.</summary>
    /// <exception cref="NetworkFileException">The text is no network file of a version that is known.</exception>
    public static ReluNetwork Parse(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Read(stream, "the text");
    }

    private static void WriteLayer(Utf8JsonWriter writer, Affine layer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("columns", layer.Columns);
        WriteIntegers("rowStart", layer.RowStart);
        WriteIntegers("column", layer.Column);
        writer.WriteStartArray("value");
        for (int k = 0; k < layer.NonZeroWeights; k++)
        {
            WriteWeight(layer.Value[k], layer.WeightAt(k));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("bias");
        for (int i = 0; i < layer.Rows; i++)
        {
            WriteWeight(layer.Bias[i], layer.BiasAt(i));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();

        void WriteIntegers(string name, IEnumerable<int> values)
        {
            writer.WriteStartArray(name);
            foreach (int value in values)
            {
                writer.WriteNumberValue(value);
            }

            writer.WriteEndArray();
        }

        void WriteWeight(double nearest, BigRational exact)
        {
            if (layer.IsBinary64 || Weights.Exact(nearest) == exact)
            {
                writer.WriteRawValue(Binary64.Text(nearest), skipInputValidation: true);
            }
            else
            {
                writer.WriteStringValue(exact.ToString());
            }
        }
    }
}
