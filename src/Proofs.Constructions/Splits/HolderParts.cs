using System.Numerics;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Splits;

// A Hölder network as a function of its integers: the grid N, and the refinement m of its squares, as layers of one bit
// each or as bits of a fixed number of layers. Its errors fall and its size grows in both.
//
// At sorted nodes alone, behind a sorter, there are binom(N + D, D) nodes instead of (N + 1)^D.
internal sealed class HolderParts(HolderClass @class, bool isDeep, bool isSorted = false)
{
    // The bits after the leading one to which irrational errors of the grid are enclosed.
    private const int Digits = 120;

    private readonly int _layers = Math.Max(1, (int)(@class.Beta / @class.Dimension).Ceiling());

    public int MostRefinement => @class.Q == 0 ? 1 : isDeep ? 250 : 12;

    public HolderChoice Choice(BigInteger n, int m) => @class.Q == 0
        ? new(n, 0, 0, Precision: null)
        : isDeep ? new(n, m, 1, Precision: null) : new(n, _layers, m, Precision: null);

    public BigInteger Size(BigInteger n, int m) => HolderSize.Of(@class, Choice(n, m)).Size
        + (isSorted ? (Nodes(n) - BigInteger.Pow(n + 1, @class.Dimension)) * PerNode : 0);

    public int Depth(int m) => HolderSize.Of(@class, Choice(1, m)).Depth;

    // S 4^(-rp-1), exact.
    public BigRational ProductError(int m) => @class.Q == 0
        ? 0
        : @class.ProductConstant * BigRational.PowerOfTwo(-2 * ((isDeep ? m : _layers * m) + 1));

    // The two ends of t0 N^(-beta): t0^b/N^a under a root of degree b.
    public (BigRational Low, BigRational High) GridError(BigInteger n)
    {
        var (a, b) = ((int)@class.Beta.Numerator, (int)@class.Beta.Denominator);
        return Root(BigRational.Pow(@class.TaylorConstant, b) / BigRational.Pow(n, a), b);
    }

    // The least N >= 1 with t0 N^(-beta) <= e, exactly; null where e is not positive.
    public BigInteger? LeastGrid(BigRational e)
    {
        if (e.Sign <= 0)
        {
            return null;
        }

        var (a, b) = ((int)@class.Beta.Numerator, (int)@class.Beta.Denominator);
        var least = BigRational.Pow(@class.TaylorConstant / e, b); // N^a is at least this
        if (least <= 1)
        {
            return 1;
        }

        var n = IntegerRoot.Floor(least.Floor(), a);
        return BigRational.Pow(n, a) >= least ? n : n + 1;
    }

    // The fewest bits with which rounding the coefficients adds at most e.
    public int Precision(BigRational e) => Math.Max(
        0, HolderChoice.CeilingLog2(@class.Q == 0 ? 1 / (2 * e) : @class.ScaleSum / e));

    // The parts as leaves of the budget of the error e they make together, weighted by c in the sum of all errors:
    // count networks of it have at least as many weights as the leaves and the constant cost. Where the power is not 1,
    // the leaf of the grid is in terms of v with e = v^power.
    //
    // With N = (t0/e)^(1/beta), the nodes are more than N^D = t0^(D/beta) e^(-D/beta), sorted ones more than N^D/D!.
    // A deep network has the same number of weights more for each m, and m = log4(S/e) - 1.
    public (SplitLeaf Grid, SplitLeaf.Logarithm? Products, BigRational Constant) Leaves(
        BigRational count, BigRational weight, int power)
    {
        var exponent = @class.Dimension / @class.Beta;
        var grid = new SplitLeaf.Power(
            count * PerNode * (isSorted ? 1 / ExactIntegers.Factorial(@class.Dimension)!.Value : 1)
                * LowerPower(@class.TaylorConstant, exponent),
            power * exponent,
            weight);
        BigRational constant = Size(1, 1) - (Nodes(1) * PerNode);
        if (!isDeep || @class.Q == 0 || power != 1)
        {
            return (grid, null, count * constant);
        }

        BigRational step = Size(1, 2) - Size(1, 1);
        constant += step * ((ExactIntegers.FloorLog2(@class.ProductConstant) / new BigRational(2)) - 2);
        return (grid, new(count * step / 2, weight), count * constant);
    }

    private int PerNode => KuhnInterpolant.SpikeWeights(@class.Dimension) + @class.Monomials;

    private BigInteger Nodes(BigInteger n) => isSorted
        ? ExactIntegers.Binomial(n + @class.Dimension, @class.Dimension)!.Value.Numerator
        : BigInteger.Pow(n + 1, @class.Dimension);

    // x^(a/b), rounded down.
    public static BigRational LowerPower(BigRational x, BigRational exponent) =>
        Root(BigRational.Pow(x, (int)exponent.Numerator), (int)exponent.Denominator).Low;

    // The root of a degree between two numbers, both of them the root where that has few enough bits.
    private static (BigRational Low, BigRational High) Root(BigRational x, int degree)
    {
        if (degree == 1)
        {
            return (x, x);
        }

        int bits = Digits + Math.Max(0, -(ExactIntegers.FloorLog2(x) / degree));
        var scaled = x * BigRational.PowerOfTwo(degree * bits);
        var root = IntegerRoot.Floor(scaled.Floor(), degree);
        var unit = BigRational.PowerOfTwo(-bits);
        bool isExact = BigRational.Pow(root, degree) == scaled;
        return (root * unit, isExact ? root * unit : (root + 1) * unit);
    }
}
