using System.Numerics;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Properties;

/// <summary>Counterexamples that are decimals.</summary>
/// <remarks>
/// A vertex of a linear region is often no finite decimal, and what is printed of it then is another point. Where a
/// decimal close by satisfies the property as well, checked in exact arithmetic, that is the counterexample.
/// </remarks>
public static class DecimalWitness
{
    /// <summary>Every binary64 number has fewer places.</summary>
    public const int MostPlaces = 1100;

    private static readonly int[] Digits = [3, 6, 9, 12, 15, 17];

    /// <summary>The counterexample, or one of the same cases with finite decimals close by.</summary>
    public static Counterexample Near(PropertyRequest request, Counterexample found)
    {
        if (found.Inputs.All(IsDecimal))
        {
            return found;
        }

        foreach (var c in request.Property.Cases.Where(c => c.Holds(found.Inputs, found.Outputs)))
        {
            // the nearest binary64 number, in the fewest digits, is what is printed in the end
            IEnumerable<Func<BigRational, int, BigRational>> ways =
            [
                .. Digits.Select(
                    d => (Func<BigRational, int,
                        BigRational>)((x, j) => Rounded(x, d, c.Inputs.Lower[j], c.Inputs.Upper[j]))),
                (x, _) => BigRational.Parse(Binary64.Text(Binary64.Nearest(x))),
            ];
            foreach (var way in ways)
            {
                BigRational[] point = [.. found.Inputs.Select((x, j) => IsDecimal(x) ? x : way(x, j))];
                var outputs = request.Network.Evaluate(point);
                if (c.Holds(point, outputs))
                {
                    return new Counterexample([.. point], outputs);
                }
            }
        }

        return found;
    }

    /// <summary>The places of a number that is a decimal; null where it is none.</summary>
    public static int? Places(BigRational value)
    {
        var rest = value.Denominator;
        int twos = (int)BigInteger.TrailingZeroCount(rest), fives = 0;
        for (rest >>= twos; (rest % 5).IsZero; rest /= 5)
        {
            fives++;
        }

        return rest.IsOne ? int.Max(twos, fives) : null;
    }

    private static bool IsDecimal(BigRational value) => Places(value) <= MostPlaces;

    // The nearer of the decimals on both sides, within the box where one of them is.
    private static BigRational Rounded(BigRational value, int digits, BigRational lower, BigRational upper)
    {
        BigRational down = BigRational.Parse(value.ToDecimalRoundedDown(digits)),
            up = BigRational.Parse(value.ToDecimalRoundedUp(digits));
        var (first, second) = value - down <= up - value ? (down, up) : (up, down);
        return lower <= first && first <= upper ? first : lower <= second && second <= upper ? second : first;
    }
}
