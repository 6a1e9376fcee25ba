namespace Proofs.Constructions.Formats.Onnx;

/// <summary>The number format of the weights in a file.</summary>
public enum WeightFormat
{
    /// <summary>binary64, ONNX's double.</summary>
    Float64,

    /// <summary>binary32, ONNX's float.</summary>
    Float32,
}

/// <summary>How a network is written as ONNX.</summary>
public sealed record OnnxWriteOptions
{
    /// <summary>float64, no rounding, at most 256 MiB.</summary>
    public static OnnxWriteOptions Default { get; } = new();

    /// <summary>The number format of the weights, and so of the inputs and outputs; float64 unless changed.</summary>
    public WeightFormat Format { get; init; } = WeightFormat.Float64;

    /// <summary>
    /// Whether a weight that the format lacks is rounded to nearest, ties to even; otherwise it is an error.
    /// </summary>
    public bool RoundsToNearest { get; init; }

    /// <summary>The most bytes that the dense matrices may take; 256 MiB unless changed.</summary>
    public long LargestDense { get; init; } = 256L << 20;

    /// <summary>The same options with another number format.</summary>
    public OnnxWriteOptions WithFormat(WeightFormat format) => this with { Format = format };

    /// <summary>The same options with rounding to nearest allowed or not.</summary>
    public OnnxWriteOptions WithRounding(bool isAllowed) => this with { RoundsToNearest = isAllowed };

    /// <summary>The same options with another limit on the dense matrices, in bytes.</summary>
    public OnnxWriteOptions WithLargestDense(long bytes) => this with { LargestDense = bytes };
}
