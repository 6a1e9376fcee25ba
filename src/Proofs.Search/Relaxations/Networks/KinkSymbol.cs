namespace Proofs.Search.Relaxations.Networks;

// The unit ρ(y) = λ y + μ + μ η, with y = Form; laid out as forms are.
internal sealed class KinkSymbol(int stride, int dimension)
{
    public double[] Form { get; } = new double[stride];

    public double[] Share { get; } = new double[dimension];

    public double Lambda { get; set; }

    public double Error { get; set; }

    // Where forms keep the coefficient of η.
    public int Index { get; set; }

    // The input with the largest coefficient.
    public int Pivot { get; set; }
}
