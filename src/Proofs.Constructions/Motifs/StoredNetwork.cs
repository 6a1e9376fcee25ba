using Proofs.Constructions.Networks;

namespace Proofs.Constructions.Motifs;

/// <summary>What of an exact network is stored.</summary>
public static class StoredNetwork
{
    /// <summary>The network whose entries are the nearest binary64 numbers, which a file holds.</summary>
    /// <remarks>An entry below the binary64 range becomes 0. What rounding costs is said by a certificate of what this
    /// returns, not of what was built.</remarks>
    public static ReluNetwork Of(ReluNetwork network) => network.IsBinary64
        ? network
        : new([.. network.Layers.Select(a =>
            Affine.FromBinary64(a.Columns, [.. a.RowStart], [.. a.Column], [.. a.Value], [.. a.Bias]))]);
}
