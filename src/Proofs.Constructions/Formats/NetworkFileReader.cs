using System.Collections.Immutable;
using System.Text.Json;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats;

// Reads the JSON of a network file; every complaint names the path to the value.
internal sealed class NetworkFileReader(string file)
{
    private const string Format = "proofs-network";
    private const int Version = 1;

    public ReluNetwork Network(JsonElement root)
    {
        CheckProperties(root, "the file", ["format", "version", "layers"]);
        var format = root.GetProperty("format");
        if (format.ValueKind != JsonValueKind.String || format.GetString() != Format)
        {
            throw Error("format", $"is {Shown(format)}; expected \"{Format}\"");
        }

        var version = root.GetProperty("version");
        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number) || number != Version)
        {
            throw Error("version", $"is {Shown(version)}; expected {Version}");
        }

        var layers = ImmutableArray.CreateBuilder<Affine>();
        foreach (var layer in Items(root.GetProperty("layers"), "layers"))
        {
            layers.Add(Layer(layer, $"layers[{layers.Count}]"));
        }

        try
        {
            return new ReluNetwork(layers.ToImmutable());
        }
        catch (ArgumentException e)
        {
            throw Error("layers", e.Message.Split(" (Parameter")[0]);
        }
    }

    private Affine Layer(JsonElement layer, string at)
    {
        CheckProperties(layer, at, ["columns", "rowStart", "column", "value", "bias"]);
        int columns = Integer(layer.GetProperty("columns"), $"{at}.columns", int.MaxValue);
        var value = Items(layer.GetProperty("value"), $"{at}.value");
        var column = Items(layer.GetProperty("column"), $"{at}.column");
        var rowStart = Items(layer.GetProperty("rowStart"), $"{at}.rowStart");
        var bias = Items(layer.GetProperty("bias"), $"{at}.bias");
        CheckCount(column.Length, value.Length, $"{at}.column", "values");
        CheckCount(rowStart.Length, bias.Length + 1, $"{at}.rowStart", "rows and one more");

        var builder = new Affine.Builder(columns);
        int k = RowStart(0);
        if (k != 0)
        {
            throw Error($"{at}.rowStart[0]", $"is {k}; expected 0");
        }

        for (int i = 0; i < bias.Length; i++)
        {
            int end = RowStart(i + 1);
            if (end < k)
            {
                throw Error($"{at}.rowStart[{i + 1}]", $"is {end}; expected at least {k}, the entry before");
            }

            for (int before = -1; k < end; k++)
            {
                int j = Integer(column[k], $"{at}.column[{k}]", columns - 1);
                if (j <= before)
                {
                    throw Error(
                        $"{at}.column[{k}]", $"is {j}; expected more than {before}, the column before in row {i}");
                }

                before = j;
                var weight = Weight(value[k], $"{at}.value[{k}]");
                builder.Add(
                    j, weight.IsZero ? throw Error($"{at}.value[{k}]", "is 0; expected a non-zero weight") : weight);
            }

            builder.EndRow(Weight(bias[i], $"{at}.bias[{i}]"));
        }

        if (k != value.Length)
        {
            throw Error($"{at}.rowStart[{bias.Length}]", $"is {k}; expected {value.Length}, the number of values");
        }

        return builder.Build();

        int RowStart(int i) => Integer(rowStart[i], $"{at}.rowStart[{i}]", value.Length);
    }

    private BigRational Weight(JsonElement e, string at)
    {
        if (e.ValueKind == JsonValueKind.Number && e.TryGetDouble(out double value) && double.IsFinite(value))
        {
            return Weights.Exact(value);
        }

        if (e.ValueKind == JsonValueKind.String
            && BigRational.TryParse(e.GetString()!) is { } rational
            && double.IsFinite(Weights.Nearest(rational)))
        {
            return rational;
        }

        throw Error(at, $"is {Shown(e)}; expected a finite number, or a fraction such as \"1/3\", below 2^1024");
    }

    private int Integer(JsonElement e, string at, int largest) =>
        e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out int value) && value >= 0 && value <= largest
            ? value
            : throw Error(at, $"is {Shown(e)}; expected a whole number in 0 … {largest}");

    private JsonElement[] Items(JsonElement e, string at) => e.ValueKind == JsonValueKind.Array
        ? [.. e.EnumerateArray()]
        : throw Error(at, $"is {Shown(e)}; expected an array");

    private void CheckCount(int count, int expected, string at, string what)
    {
        if (count != expected)
        {
            throw Error(at, $"has {count} entries; expected {expected}, one for each of the {what}");
        }
    }

    private void CheckProperties(JsonElement e, string at, string[] names)
    {
        if (e.ValueKind != JsonValueKind.Object)
        {
            throw Error(at, $"is {Shown(e)}; expected an object with {string.Join(", ", names)}");
        }

        string[] present = [.. e.EnumerateObject().Select(p => p.Name)];
        if (names.Except(present).FirstOrDefault() is { } missing)
        {
            throw Error(at, $"has no \"{missing}\"; expected {string.Join(", ", names)}");
        }

        if (present.Except(names).FirstOrDefault() is { } unknown)
        {
            throw Error(at, $"has \"{unknown}\"; expected only {string.Join(", ", names)}");
        }
    }

    private NetworkFileException Error(string place, string problem) => new(file, place, problem);

    private static string Shown(JsonElement e)
    {
        string text = e.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
