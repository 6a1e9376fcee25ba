using Proofs.Kernel.Numbers;

namespace Proofs.Checks.Fitting;

/// <summary>max(1 − ‖x − z‖_∞/h, 0): exactly a ReLU network, and no kernel in two or more dimensions.</summary>
/// <remarks>Source: math/04, section 2.</remarks>
public static class PyramidKernel
{
    /// <summary>Why it is refused.</summary>
    public static string Refusal =>
        "kernel 'pyramid' is not positive semidefinite: on the grid {0, 1/3, 2/3, 1}^2 with h = 2/3 and weights (-1)^i "
            + $"its quadratic form is {Witness()}; expected gauss, laplace, hat, min or poly";

    /// <summary>The quadratic form Σ c_p c_q K(p, q) over the 4 × 4 grid with h = 2/3 and c_(i,j) = (−1)^i.</summary>
    /// <remarks>Guarantee: exact; it is negative.</remarks>
    public static BigRational Witness()
    {
        var (h, sum) = (new BigRational(2, 3), BigRational.Zero);
        for (int p = 0; p < 16; p++)
        {
            for (int q = 0; q < 16; q++)
            {
                int distance = Math.Max(Math.Abs((p / 4) - (q / 4)), Math.Abs((p % 4) - (q % 4)));
                var value = BigRational.Max(BigRational.One - (new BigRational(distance, 3) / h), BigRational.Zero);
                sum += ((p / 4) + (q / 4)) % 2 == 0 ? value : -value;
            }
        }

        return sum;
    }
}
