using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Relaxations;

// One box of the region as given, with the binary64 boxes around and inside it.
internal sealed class Domain
{
    public Domain(Box box, int number = 0)
    {
        Number = number;
        Lower = box.Lower;
        Upper = box.Upper;
        Outer = new Cell(this, [.. Lower.Select(Binary64.RoundDown)], [.. Upper.Select(Binary64.RoundUp)]);
        InnerLow = [.. Lower.Select(Binary64.RoundUp)];
        InnerHigh = [.. Upper.Select(Binary64.RoundDown)];
    }

    // Among the boxes of the region, from 0.
    public int Number { get; }

    public ImmutableArray<BigRational> Lower { get; }

    public ImmutableArray<BigRational> Upper { get; }

    public Cell Outer { get; }

    public double[] InnerLow { get; }

    public double[] InnerHigh { get; }
}

// A part of a domain: the points of the domain in Π [Low_j, High_j]. Only a domain whose ends are no binary64 numbers
// reaches less far than its outermost cells.
internal sealed class Cell
{
    public Cell(Domain domain, double[] low, double[] high)
    {
        (Domain, Low, High) = (domain, low, high);
        int d = low.Length;
        (Middle, Half) = (new double[d], new double[d]);
        for (int j = 0; j < d; j++)
        {
            var side = Interval.Between(low[j], high[j]);
            (Middle[j], Half[j]) = (side.Midpoint, side.Radius);
        }
    }

    public Domain Domain { get; }

    public double[] Low { get; }

    public double[] High { get; }

    // Low ≥ Middle − Half and High ≤ Middle + Half, exactly.
    public double[] Middle { get; }

    public double[] Half { get; }

    public int Dimension => Low.Length;

    public bool CanSplit(int j) => Low[j] < Middle[j] && Middle[j] < High[j];

    public Cell Part(int j, bool upper)
    {
        double[] low = [.. Low], high = [.. High];
        (upper ? low : high)[j] = Middle[j];
        return new Cell(Domain, low, high);
    }

    // The true side j of the part of the domain: [its length, rounded down; up].
    public Interval Length(int j)
    {
        double low = Math.Max(Low[j], Domain.InnerLow[j]), high = Math.Min(High[j], Domain.InnerHigh[j]);
        return Interval.Between(
            high > low ? Math.Max(0, DirectedRounding.SubtractDown(high, low)) : 0,
            Math.Max(0, DirectedRounding.SubtractUp(High[j], Low[j])));
    }

    public Interval Volume()
    {
        var volume = Interval.One;
        for (int j = 0; j < Dimension; j++)
        {
            volume *= Length(j);
        }

        return volume;
    }

    // How far the true side j may lie off Middle ± Half, ends included, as a part of Half; 0 where it is exactly that.
    public double Slack(int j)
    {
        double half = Half[j];
        if (half == 0)
        {
            return 0;
        }

        bool exact = Low[j] >= Domain.InnerLow[j] && High[j] <= Domain.InnerHigh[j]
            && DirectedRounding.SubtractDown(Middle[j], Low[j]) == half
            && DirectedRounding.SubtractDown(High[j], Middle[j]) == half;
        return exact ? 0 : DirectedRounding.DivideUp(2 * DirectedRounding.SubtractUp(2 * half, Length(j).Inf), half);
    }
}
