using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Proofs.Constructions.Formats.Text;

namespace Proofs.Constructions.Formats.Onnx;

// A message of two bytes becomes an object of a hundred: before a file is parsed, its messages and names are counted,
// and their lengths are checked, at which the parser's own check of strings overflows (Google.Protobuf 3.25.1).
// The schema has no cycle, so the walk is as deep as the schema at most.
internal static class MessageCount
{
    public const int Limit = 1_000_000;

    /// <summary>Throws where the model has more nodes, names, attributes and the like than are read.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no message.</exception>
    public static void Check(ArraySegment<byte> model)
    {
        int left = Limit;
        Count(model, ModelProto.Descriptor, ref left);
    }

    private static void Count(ArraySegment<byte> message, MessageDescriptor type, ref int left)
    {
        var input = Open(message, 0);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            if (WireFormat.GetTagWireType(tag) != WireFormat.WireType.LengthDelimited)
            {
                input.SkipLastField();
                continue;
            }

            if (--left < 0)
            {
                throw new NetworkFormatException("the file", string.Create(CultureInfo.InvariantCulture,
                    $"expected at most {Limit} nodes, names, attributes and other entries in all"));
            }

            // the position counts from the start of the array
            int length = input.ReadLength(), at = (int)input.Position - message.Offset;
            if (length < 0 || length > message.Count - at)
            {
                throw new NetworkFormatException("the file", string.Create(CultureInfo.InvariantCulture,
                    $"expected an ONNX model, found a field of {(uint)length} bytes where {message.Count - at} are "
                        + $"left; it is damaged or cut short"));
            }

            if (type.FindFieldByNumber(WireFormat.GetTagFieldNumber(tag)) is { FieldType: FieldType.Message } field)
            {
                Count(message.Slice(at, length), field.MessageType, ref left);
            }

            input = Open(message, at + length);
        }
    }

    private static CodedInputStream Open(ArraySegment<byte> bytes, int start) =>
        new(bytes.Array!, bytes.Offset + start, bytes.Count - start);
}
