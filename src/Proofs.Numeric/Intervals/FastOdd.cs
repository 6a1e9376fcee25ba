namespace Proofs.Numeric.Intervals;

// Odd functions near 0: x + c with |c| <= 2^-13 |x| computed in plain arithmetic to 2^-51 of itself, so to 2^-64 of x.
internal static class FastOdd
{
    public static Approximation Of(double x, double correction)
    {
        var sum = Pair.FastSum(x, correction);
        return new Approximation(sum.High, sum.Low, Math.Abs(x) * 1.0842021724855044e-19); // 2^-63
    }
}
