using Proofs.Kernel.Certificates;

namespace Proofs.Kernel.Symbolic;

/// <remarks>
/// Operators for those who search: each operation has a budget of its own. The rules use the methods, which are counted
/// in the budget of the replay.
/// </remarks>
public sealed partial class Poly
{
    private const long OperationLimit = 50_000_000;

    /// <summary>The sum.</summary>
    public static Poly operator +(Poly a, Poly b) => a.Plus(b, new(OperationLimit));

    /// <summary>The difference.</summary>
    public static Poly operator -(Poly a, Poly b) => a.Minus(b, new(OperationLimit));

    /// <summary>The product.</summary>
    public static Poly operator *(Poly a, Poly b) => a.Times(b, new(OperationLimit));

    /// <summary>The n-th power, n ≥ 0.</summary>
    public Poly Power(int n) => Power(n, new(OperationLimit));

    /// <summary>A product of powers, multiplied out.</summary>
    public static Poly Reduce(Monomial m) => Reduce(m, new WorkBudget(OperationLimit));
}
