using System.Runtime.CompilerServices;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Search.Suprema;

// The layers of a network with exact entries laid out for repeated exact application.
internal sealed class NetworkTable
{
    private static readonly ConditionalWeakTable<ReluNetwork, NetworkTable> Known = [];
    private readonly (Affine Map, BigRational[] Weights, BigRational[] Bias)[] _layers;

    private NetworkTable(ReluNetwork network) => _layers =
    [
        .. network.Layers.Select(a => (
            a,
            Enumerable.Range(0, a.NonZeroWeights).Select(a.WeightAt).ToArray(),
            Enumerable.Range(0, a.Rows).Select(a.BiasAt).ToArray())),
    ];

    public int Depth => _layers.Length;

    public static NetworkTable Of(ReluNetwork network) => Known.GetValue(network, n => new NetworkTable(n));

    // Layer number `layer`, from 0, at x.
    public BigRational[] Apply(int layer, BigRational[] x)
    {
        var (map, weights, bias) = _layers[layer];
        var y = new BigRational[map.Rows];
        for (int i = 0; i < y.Length; i++)
        {
            var sum = bias[i];
            for (int k = map.RowStart[i]; k < map.RowStart[i + 1]; k++)
            {
                if (!x[map.Column[k]].IsZero)
                {
                    sum += weights[k] * x[map.Column[k]];
                }
            }

            y[i] = sum;
        }

        return y;
    }
}
