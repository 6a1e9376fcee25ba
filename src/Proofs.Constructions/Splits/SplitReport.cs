using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Splits;

/// <summary>What an accuracy was spent on, and how far from the best the size can be.</summary>
/// <param name="Accuracy">eps, the error allowed.</param>
/// <param name="Size">W by the count of the theorem, for coefficients none of which is stored as 0.</param>
/// <param name="EqualSize">The same count where the parts have the fixed shares of the theorem.</param>
/// <param name="LowerBound">A number that no split of the construction has a smaller count than.</param>
/// <param name="IsLeast">Whether no integers within the budget have a smaller count: every smaller plan was
/// examined, and found to exceed the budget.</param>
/// <param name="Integers">The integers chosen, by name.</param>
/// <param name="Shares">The bound of each part's error, rounded up, in the unit of the part.</param>
public sealed record SplitReport(
    BigRational Accuracy,
    BigInteger Size,
    BigInteger EqualSize,
    BigRational LowerBound,
    bool IsLeast,
    ImmutableArray<(string Name, BigInteger Value)> Integers,
    ImmutableArray<(string Part, BigRational Error)> Shares)
{
    /// <summary>Size/LowerBound − 1, rounded up: the count is at most this much above the best.</summary>
    public BigRational Gap => (Size / LowerBound) - 1;
}
