using Google.Protobuf;
using Proofs.Constructions.Executions;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;

namespace Proofs.Constructions.Formats.Onnx;

/// <summary>
/// ReLU networks in ONNX files, read as exact real networks: a float32 or float64 weight is the real number it names.
/// </summary>
/// <remarks>
/// Read are graphs of opset 7 and newer with one input and one output, made of Gemm, MatMul, Add, Sub, Mul, Div and Neg
/// with constants, Relu, and operators that move entries (Flatten, Reshape, Transpose, Concat, Split, Slice and
/// others).
/// An input of any shape becomes x1, x2, … in row-major order; an open first axis has extent 1. Affine operators in a
/// row are composed exactly. Branches are joined by carrying the shorter one, as ρ(t) − ρ(−t) where it may be negative.
/// </remarks>
public static partial class OnnxFile
{
    /// <summary>The network in the file at <paramref name="path"/>, which may be packed with gzip.</summary>
    /// <exception cref="NetworkFileException">The file is no network that is understood; the message names the
    /// place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ReluNetwork Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>
    /// The network in a stream, which may be packed with gzip; <paramref name="name"/> is what messages call it.
    /// </summary>
    /// <exception cref="NetworkFileException">The data are no network that is understood; the message names the
    /// place.</exception>
    public static ReluNetwork Read(Stream stream, string name)
    {
        try
        {
            return Parse(SourceBytes.Read(stream));
        }
        catch (NetworkFormatException e)
        {
            throw e.In(name);
        }
    }

    internal static ReluNetwork Parse(ArraySegment<byte> bytes) => OnnxGraph.Read(Model(bytes));

    internal static NetworkExecution ParseExecution(ArraySegment<byte> bytes) => OnnxGraph.ReadExecution(Model(bytes));

    internal static ModelProto Model(ArraySegment<byte> bytes)
    {
        try
        {
            MessageCount.Check(bytes);
            return ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes.Array, bytes.Offset, bytes.Count);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new NetworkFormatException(
                "the file", "expected an ONNX model, which is a protocol buffer: " + e.Message);
        }
    }
}
