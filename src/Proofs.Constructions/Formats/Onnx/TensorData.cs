using System.Globalization;
using System.Buffers.Binary;
using Google.Protobuf;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Text;

namespace Proofs.Constructions.Formats.Onnx;

// Numbers of a TensorProto, raw or typed. Every float32 number is a binary64 number, so nothing is rounded.
internal static class TensorData
{
    public static Constant Read(TensorProto tensor, string place)
    {
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            throw new NetworkFormatException(
                place, "expected the numbers in this file, found a reference to another one; "
                    + "save the model without external data");
        }

        int[] dims = Shape(tensor, place);
        int count = dims.Aggregate(1, (n, d) => n * d);
        switch ((TensorProto.Types.DataType)tensor.DataType)
        {
            case TensorProto.Types.DataType.Float:
                return Finite(dims, Values(tensor, tensor.FloatData, count, 4, place,
                    v => (double)v, b => BinaryPrimitives.ReadSingleLittleEndian(b)), NumberFormat.Binary32, place);
            case TensorProto.Types.DataType.Double:
                return Finite(dims, Values(tensor, tensor.DoubleData, count, 8, place,
                    v => v, b => BinaryPrimitives.ReadDoubleLittleEndian(b)), NumberFormat.Binary64, place);
            case TensorProto.Types.DataType.Int64:
                return Constant.Of(dims, Values(tensor, tensor.Int64Data, count, 8, place,
                    v => v, b => BinaryPrimitives.ReadInt64LittleEndian(b)));
            case TensorProto.Types.DataType.Int32:
                return Constant.Of(dims, Values(tensor, tensor.Int32Data, count, 4, place,
                    v => (long)v, b => BinaryPrimitives.ReadInt32LittleEndian(b)));
            default:
                throw new NetworkFormatException(place, string.Create(CultureInfo.InvariantCulture,
                    $"expected numbers of type float32 (1), float64 (11), int32 (6) or int64 (7), "
                        + $"found type {tensor.DataType}"));
        }
    }

    public static double Checked(double value, string place) => double.IsFinite(value)
        ? value
        : throw new NetworkFormatException(
            place, string.Create(CultureInfo.InvariantCulture, $"expected finite numbers, found {value}"));

    private static int[] Shape(TensorProto tensor, string place)
    {
        int[] dims = [.. tensor.Dims.Take(WorkLimit.LargestRank + 1).Select(d => (int)Math.Clamp(d, -1, int.MaxValue))];
        return WorkLimit.Entries(dims) is not null
            ? dims
            : throw new NetworkFormatException(place, string.Create(CultureInfo.InvariantCulture,
                $"expected a shape of at most {WorkLimit.LargestTensor} entries, "
                    + $"found [{string.Join(", ", tensor.Dims.Take(16))}]"));
    }

    private delegate T RawReader<T>(ReadOnlySpan<byte> bytes);

    private static T[] Values<TStored, T>(
        TensorProto tensor, IReadOnlyCollection<TStored> typed, int count, int width, string place,
        Func<TStored, T> convert, RawReader<T> read)
    {
        ByteString raw = tensor.RawData;
        if (raw.Length == 0)
        {
            if (typed.Count != count)
            {
                throw WrongLength(count, typed.Count, "numbers");
            }

            var converted = new T[count];
            int i = 0;
            foreach (var value in typed)
            {
                converted[i++] = convert(value);
            }

            return converted;
        }

        if (raw.Length != (long)count * width || typed.Count != 0)
        {
            throw WrongLength((long)count * width, raw.Length, "bytes of raw data and nothing else");
        }

        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = read(raw.Span.Slice(i * width, width));
        }

        return values;

        NetworkFormatException WrongLength(long expected, long found, string what) =>
            new(place, string.Create(CultureInfo.InvariantCulture,
            $"expected {expected} {what} for the shape [{string.Join(", ", tensor.Dims)}], found {found}"));
    }

    private static Constant Finite(int[] dims, double[] values, NumberFormat format, string place)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new NetworkFormatException(
                    place, string.Create(
                        CultureInfo.InvariantCulture, $"expected finite numbers, found {values[i]} at entry {i}"));
            }
        }

        return Constant.Of(dims, values, format);
    }
}
