using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Networks;

public sealed partial record ReluNetwork
{
    /// <summary>The outputs at <paramref name="point"/>, computed in binary64.</summary>
    /// <remarks>Guarantee: an estimate; weights that are no binary64 numbers and every operation are rounded.</remarks>
    /// <exception cref="ArgumentException"><paramref name="point"/> has the wrong length.</exception>
    public ImmutableArray<double> Evaluate(IReadOnlyList<double> point)
    {
        CheckLength(point.Count);
        double[] units = [.. point];
        for (int l = 0; l < Layers.Length; l++)
        {
            units = Layers[l].Apply(units);
            for (int i = 0; l < Layers.Length - 1 && i < units.Length; i++)
            {
                units[i] = Math.Max(units[i], 0);
            }
        }

        return [.. units];
    }

    /// <summary>The outputs at <paramref name="point"/>.</summary>
    /// <remarks>
    /// Guarantee: exact.
    /// Cost: one integer product for each weight; the units of a layer share one denominator.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="point"/> has the wrong length.</exception>
    public ImmutableArray<BigRational> Evaluate(IReadOnlyList<BigRational> point)
    {
        CheckLength(point.Count);
        var denominator = Affine.CommonDenominator(point);
        BigInteger[] units = [.. point.Select(x => x.Numerator * (denominator / x.Denominator))];
        for (int l = 0; l < Layers.Length; l++)
        {
            units = Layers[l].Apply(units, denominator);
            denominator *= Layers[l].Denominator;
            for (int i = 0; l < Layers.Length - 1 && i < units.Length; i++)
            {
                units[i] = BigInteger.Max(units[i], BigInteger.Zero);
            }

            denominator = Reduce(units, denominator);
        }

        return [.. units.Select(u => new BigRational(u, denominator))];
    }

    /// <summary>An enclosure of the outputs over the box <paramref name="box"/>.</summary>
    /// <remarks>
    /// Guarantee: enclosure, by interval arithmetic layer by layer; it grows with depth and is rarely tight.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="box"/> has the wrong length.</exception>
    public ImmutableArray<Interval> Evaluate(IReadOnlyList<Interval> box)
    {
        CheckLength(box.Count);
        Interval[] units = [.. box];
        for (int l = 0; l < Layers.Length; l++)
        {
            units = Layers[l].Apply(units);
            for (int i = 0; l < Layers.Length - 1 && i < units.Length; i++)
            {
                units[i] = Interval.Max(units[i], Interval.Zero);
            }
        }

        return [.. units];
    }

    private static BigInteger Reduce(BigInteger[] units, BigInteger denominator)
    {
        var gcd = denominator;
        for (int i = 0; i < units.Length && !gcd.IsOne; i++)
        {
            gcd = units[i].IsZero ? gcd : BigInteger.GreatestCommonDivisor(gcd, units[i]);
        }

        if (gcd.IsOne)
        {
            return denominator;
        }

        for (int i = 0; i < units.Length; i++)
        {
            units[i] = units[i].IsZero ? units[i] : units[i] / gcd;
        }

        return denominator / gcd;
    }

    private void CheckLength(int length)
    {
        if (length != InputDimension)
        {
            throw new ArgumentException(
                $"The point has {length} coordinates; expected {InputDimension}, the input dimension.");
        }
    }
}
