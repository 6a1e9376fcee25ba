using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Forms;

/// <summary>
/// An enclosure that remembers how a value depends on the variables: an affine form or a Taylor model.
/// </summary>
/// <remarks>
/// Guarantee: operators keep the enclosure, rounding included: at every point of the domain where the operands' values
/// lie in their forms, the result's value lies in the result. An empty form says that the value is defined nowhere.
/// </remarks>
public interface IForm<TSelf>
    where TSelf : IForm<TSelf>
{
    /// <summary>The order up to which dependence is remembered: 1 linear, 2 quadratic.</summary>
    int Order { get; }

    /// <summary>An interval that contains every value.</summary>
    Interval Range { get; }

    /// <summary>
    /// The form, over the same domain, of a value that is only known to lie in <paramref name="set"/>.
    /// </summary>
    TSelf Unknown(Interval set);

    /// <summary>The same values, also known to lie in <paramref name="set"/>.</summary>
    TSelf Within(Interval set);

    /// <summary>The sum.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>The difference.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>The product.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);
}
