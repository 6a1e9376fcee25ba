using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Properties;

internal sealed partial class FixedPass
{
    // The layers and then the rows, each times a power of two where its values at some points of the property are large
    // or small.
    private FixedLayer[] Scaled(NetworkProperty property, AffineMap rows)
    {
        BigRational[][] points = property.Cases.Length == 0
            ? []
            : [.. Enumerable.Range(0, 4).Select(n => (BigRational[])
            [.. Enumerable.Range(0, _inputs)
                .Select(j =>
                    ((n + (j * (n / 2))) & 1) == 0 ? property.Cases[0].Lower[j] : property.Cases[0].Upper[j])])];
        var before = _inputScale = Scale(points, BigRational.One);
        var layers = new FixedLayer[property.Network.Layers.Length + 1];
        for (int l = 0; l < layers.Length; l++)
        {
            bool isRectified = l < property.Network.Layers.Length - 1;
            var map = l < property.Network.Layers.Length ? property.Network.Layers[l] : rows;
            _work?.Spend(((long)map.Count * map.Columns) + points.Sum(p => ExactWork.Of(map, p)));
            points = [.. points.Select(map.Apply)];
            var scale = Scale(points, before);
            layers[l] = new FixedLayer(map.Scaled(scale / before, scale), isRectified);
            points = [
                .. points.Select(
                    p => (BigRational[])[.. p.Select(v => isRectified && v.Sign < 0 ? BigRational.Zero : v)])];
            before = scale;
        }

        return layers;
    }

    private static BigRational Scale(BigRational[][] points, BigRational otherwise)
    {
        var most = points.SelectMany(p => p).Select(BigRational.Abs).Append(0).Max();
        if (most.IsZero)
        {
            return otherwise;
        }

        long bits = most.Numerator.GetBitLength() - most.Denominator.GetBitLength();
        return BigRational.PowerOfTwo((int)(long.Clamp(bits, -UnscaledBits, UnscaledBits) - bits));
    }
}
