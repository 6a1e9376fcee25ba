using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Motifs;

/// <summary>The parameters of a transfer, and the size they lead to.</summary>
/// <param name="SquareLayers">m, 0 where nothing is squared.</param>
/// <param name="Hinges">N.</param>
/// <param name="Size">W by the formula of the layout.</param>
public sealed record MotifPlan(int SquareLayers, int Hinges, long Size)
{
    private const int DeepestSquares = 24;
    private const int MostHinges = 1 << 20;

    /// <summary>The least W with which a Gaussian model has transfer error at most τ, by T1.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tau">τ > 0.</param>
    /// <param name="sharp">Whether the sharper knots are used.</param>
    /// <remarks>
    /// Guarantee: the exact minimum of the formula over m ≤ 24, N ≤ 2^20. Scans m upwards until more squares cannot
    /// lower N.
    /// </remarks>
    /// <exception cref="ArgumentException">No parameters in range are enough, or the kernel is another.</exception>
    public static MotifPlan Gaussian(KernelModel model, BigRational tau, bool sharp)
    {
        if (model.Kernel is not MotifKernel.Gaussian kernel)
        {
            throw new ArgumentException($"The kernel is {model.Kernel}; expected a Gaussian.");
        }

        long d = model.Dimension, terms = model.Terms;
        var budget = 2 * tau / model.AbsoluteSum;
        int least = LeastHinges(budget, sharp) ?? throw TooSmall(tau);
        MotifPlan? best = null;
        for (int m = 1; m <= DeepestSquares; m++)
        {
            var rest = budget - (kernel.Gamma * d * BigRational.PowerOfTwo((-2 * m) - 2));
            if (rest.Sign <= 0 || LeastHinges(rest, sharp) is not { } n)
            {
                continue;
            }

            var plan = new MotifPlan(m, n, (d * ((9 * m) - 3)) + (terms * (d + 1 + (3L * n))) + 1);
            best = best is null || plan.Size < best.Size ? plan : best;
            if (n == least)
            {
                break;
            }
        }

        return best ?? throw TooSmall(tau);
    }

    /// <summary>The least W with which a Laplacian model has transfer error at most τ.</summary>
    /// <exception cref="ArgumentException">No N in range is enough.</exception>
    public static MotifPlan Laplacian(KernelModel model, BigRational tau, bool sharp)
    {
        int n = LeastHinges(2 * tau / model.AbsoluteSum, sharp) ?? throw TooSmall(tau);
        long pairs = model.Centres.SelectMany(z => z.Select((v, j) => (j, v))).Distinct().LongCount();
        long d = model.Dimension;
        return new(0, n, (2 * pairs) + d + (model.Terms * (d + 1 + (3L * n))) + 1);
    }

    // The least N ≥ 2 whose error is at most a bound; the errors decrease in N.
    private static int? LeastHinges(BigRational bound, bool sharp)
    {
        bool Enough(long n) =>
            (sharp ? ExponentialHinges.SharpError(n) : ExponentialHinges.EvenError(n)) <= bound;
        int low = 2, high = MostHinges;
        if (!Enough(high))
        {
            return null;
        }

        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Enough(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static ArgumentException TooSmall(BigRational tau) => new(
        $"No transfer with error {tau.ToDecimalRoundedUp(3)} has at most {MostHinges} hinges a centre and "
            + $"{DeepestSquares} square layers; expected a larger error.");
}
