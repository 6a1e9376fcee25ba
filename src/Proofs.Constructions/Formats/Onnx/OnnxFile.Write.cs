using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf;
using Proofs.Constructions.Formats.Text;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using DataType = Proofs.Constructions.Formats.Onnx.TensorProto.Types.DataType;

namespace Proofs.Constructions.Formats.Onnx;

public static partial class OnnxFile
{
    private const int IrVersion = 8, Opset = 13;
    private const long LargestFile = SourceBytes.Limit - (1 << 20); // what is written can be read
    private const string Batch = "batch", Input = "x", Output = "y";

    /// <summary>
    /// Writes the network to the file at <paramref name="path"/>, whole or not at all; returns it as written.
    /// </summary>
    /// <remarks>
    /// Guarantee: what is returned is exactly what the file says. It equals <paramref name="network"/> unless the
    /// options allow rounding, and then a bound for the network as built is no bound for the one in the file.
    /// Shape: input [batch, n], output [batch, m]; a Gemm and a Relu for each hidden layer, then a Gemm.
    /// </remarks>
    /// <exception cref="ArgumentException">A weight is no number of the format, a layer is empty, or the file would be
    /// too large.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static ReluNetwork Write(ReluNetwork network, string path, OnnxWriteOptions options)
    {
        var written = AsWritten(network, options);
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Model(written, options.Format).WriteTo(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        return written;
    }

    /// <summary>Writes the network to a stream; returns it as written. See <see cref="Write"/>.</summary>
    /// <exception cref="ArgumentException">A weight is no number of the format, a layer is empty, or the file would be
    /// too large.</exception>
    public static ReluNetwork WriteStream(ReluNetwork network, Stream stream, OnnxWriteOptions options)
    {
        var written = AsWritten(network, options);
        Model(written, options.Format).WriteTo(stream);
        return written;
    }

    // The network with the weights of the file, or an error before anything is written.
    private static ReluNetwork AsWritten(ReluNetwork network, OnnxWriteOptions options)
    {
        int width = options.Format == WeightFormat.Float32 ? 4 : 8;
        long bytes = 0;
        for (int l = 0; l < network.Depth; l++)
        {
            var layer = network.Layers[l];
            if (layer.Rows == 0 || layer.Columns == 0)
            {
                throw new ArgumentException(
                    $"Layer {l + 1} maps R^{layer.Columns} to R^{layer.Rows}; ONNX needs at least one entry.");
            }

            bytes += ((long)layer.Rows * layer.Columns * width) + ((long)layer.Rows * width);
        }

        long limit = Math.Min(options.LargestDense, LargestFile);
        if (bytes > limit)
        {
            var widest = network.Layers.MaxBy(a => (long)a.Rows * a.Columns)!;
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The network has {network.Size} non-zero weights, but its dense matrices (the "
                    + $"largest {widest.Rows} x {widest.Columns})"
                + $" take {bytes} bytes as ONNX; expected at most {limit}. "
                    + $"Write it as a JSON network file, which is sparse."));
        }

        if (options.Format == WeightFormat.Float64 && network.IsBinary64)
        {
            return network;
        }

        return new ReluNetwork([.. network.Layers.Select((layer, l) => Rounded(layer, l + 1, options))]);
    }

    private static Affine Rounded(Affine layer, int number, OnnxWriteOptions options)
    {
        var rounded = new Affine.Builder(layer.Columns);
        for (int i = 0; i < layer.Rows; i++)
        {
            for (int k = layer.RowStart[i]; k < layer.RowStart[i + 1]; k++)
            {
                rounded.Add(layer.Column[k], Round(layer.WeightAt(k), i, $"column {layer.Column[k]}"));
            }

            rounded.EndRow(Round(layer.BiasAt(i), i, "bias"));
        }

        return rounded.Build();

        BigRational Round(BigRational value, int row, string place)
        {
            double nearest = options.Format == WeightFormat.Float32 ? Binary32.Nearest(value) : Weights.Nearest(value);
            var exact = double.IsFinite(nearest) ? Weights.Exact(nearest) : default(BigRational?);
            return exact is { } result && (options.RoundsToNearest || result == value)
                ? result
                : throw new ArgumentException(
                    $"The weight of layer {number} in row {row}, {place} is {value}, "
                        + $"no {options.Format.ToString().ToLowerInvariant()} number; "
                    + (exact is null
                        ? "it is beyond the format's range."
                        : "allow rounding, or write it as a JSON network file, which is exact."));
        }
    }

    private static ModelProto Model(ReluNetwork network, WeightFormat format)
    {
        var graph = new GraphProto { Name = "network" };
        string from = Input;
        for (int l = 1; l <= network.Depth; l++)
        {
            bool isLast = l == network.Depth;
            string weights = $"W{l}", bias = $"b{l}", sum = isLast ? Output : $"t{l}";
            var layer = network.Layers[l - 1];
            graph.Initializer.Add(Tensor(weights, format, [layer.Rows, layer.Columns], Dense(layer, format)));
            graph.Initializer.Add(Tensor(bias, format, [layer.Rows], Dense(layer.Bias, format)));
            graph.Node.Add(new NodeProto
            {
                Name = $"affine{l}",
                OpType = "Gemm",
                Input = { from, weights, bias },
                Output = { sum },
                Attribute =
                    { new AttributeProto { Name = "transB", I = 1, Type = AttributeProto.Types.AttributeType.Int } },
            });
            if (!isLast)
            {
                graph.Node.Add(
                    new NodeProto { Name = $"relu{l}", OpType = "Relu", Input = { sum }, Output = { $"u{l}" } });
                from = $"u{l}";
            }
        }

        graph.Input.Add(Value(Input, format, network.InputDimension));
        graph.Output.Add(Value(Output, format, network.OutputDimension));
        return new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "Proofs",
            OpsetImport = { new OperatorSetIdProto { Version = Opset } },
            Graph = graph,
        };
    }

    private static ValueInfoProto Value(string name, WeightFormat format, int extent) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)Type(format),
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        new TensorShapeProto.Types.Dimension { DimParam = Batch },
                        new TensorShapeProto.Types.Dimension { DimValue = extent },
                    },
                },
            },
        },
    };

    private static TensorProto Tensor(string name, WeightFormat format, ImmutableArray<long> dims, byte[] data) => new()
    {
        Name = name,
        DataType = (int)Type(format),
        Dims = { dims },
        RawData = UnsafeByteOperations.UnsafeWrap(data),
    };

    private static DataType Type(WeightFormat format) =>
        format == WeightFormat.Float32 ? DataType.Float : DataType.Double;

    private static byte[] Dense(Affine layer, WeightFormat format)
    {
        int width = format == WeightFormat.Float32 ? 4 : 8;
        byte[] bytes = new byte[checked(layer.Rows * layer.Columns * width)];
        for (int i = 0; i < layer.Rows; i++)
        {
            for (int k = layer.RowStart[i]; k < layer.RowStart[i + 1]; k++)
            {
                Put(bytes.AsSpan(((i * layer.Columns) + layer.Column[k]) * width), layer.Value[k], format);
            }
        }

        return bytes;
    }

    private static byte[] Dense(ImmutableArray<double> values, WeightFormat format)
    {
        int width = format == WeightFormat.Float32 ? 4 : 8;
        byte[] bytes = new byte[values.Length * width];
        for (int i = 0; i < values.Length; i++)
        {
            Put(bytes.AsSpan(i * width), values[i], format);
        }

        return bytes;
    }

    private static void Put(Span<byte> at, double value, WeightFormat format)
    {
        if (format == WeightFormat.Float32)
        {
            BinaryPrimitives.WriteSingleLittleEndian(at, (float)value);
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(at, value);
        }
    }
}
