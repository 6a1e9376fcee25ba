namespace Proofs.Search.Relaxations.Networks;

// How a form c + Σ_j a_j ε_j + Σ_s b_s η_s ± r lies in memory: r, m, c, a_1 … a_D, b_1 … b_S, where m bounds
// |c| + Σ|a| + Σ|b| + r.
internal readonly record struct FormLayout(int Dimension, int Symbols)
{
    public const int Radius = 0;
    public const int Magnitude = 1;
    public const int Centre = 2;
    public const int FirstInput = 3;

    public int FirstSymbol => FirstInput + Dimension;

    // From one form to the next: whole vectors of eight.
    public int Stride => (FirstSymbol + Symbols + 7) & ~7;
}
