using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Formulas;

/// <summary>What is known of a function of the language by its name alone.</summary>
/// <param name="Name">The name by which formulas call it.</param>
/// <param name="Arity">The number of arguments; of min and max the least number that a certificate may write.</param>
/// <remarks>
/// One table: who reads, prints or decides where a formula is defined asks here. What a function does to numbers
/// stands where it is done, and a test calls each such place for each function of the table.
/// </remarks>
public sealed record FormulaFunction(string Name, int Arity)
{
    /// <summary>Where it is defined.</summary>
    public FunctionDomain Domain { get; private init; }

    /// <summary>
    /// A number that no value is below; null where there is none, or where it depends on the argument.
    /// </summary>
    public BigRational? Lower { get; private init; }

    /// <summary>
    /// A number that no value is above; null where there is none, or where it depends on the argument.
    /// </summary>
    public BigRational? Upper { get; private init; }

    /// <summary>Whether <see cref="Lower"/> and <see cref="Upper"/> are no values themselves.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Whether the values have the sign of the argument, and are 0 at 0 only.</summary>
    public bool KeepsSign { get; private init; }

    /// <summary>Whether it is no function of the core: the reader puts something else in its place.</summary>
    public bool IsWord { get; private init; }

    /// <summary>Whether it is defined for all arguments.</summary>
    public bool IsTotal => Domain == FunctionDomain.All;

    /// <summary>Whether it takes as many arguments as are written.</summary>
    public bool IsVariadic => Name is "min" or "max";

    // sin(x)/x >= -c for c = 0.2173. Both sides are even. For 0 < x <= pi sin(x) >= 0. For x = pi + u with 0 <= u <= pi
    // sin(x) = -sin(u), and sin is concave there, below its tangent at a = arccos(c): sin(u) < = sin(a) + c (u - a),
    // which is at most c (pi + u) where sin(a) <= c (pi + a). Now sin(0.2191) > 0.2191 - 0.2191^3/6 > c, so a > pi/2 -
    // 0.2191 and c (pi + a) > 0.9763, and sin(a)^2 = 1 - c^2 < 0.9763^2. For x >= 2 pi |sin(x)/x| <= 1/6 < c.
    private static BigRational LeastOfSinc => new(-2173, 10000);

    /// <summary>Every function that a certificate may call, by its name.</summary>
    public static ImmutableSortedDictionary<string, FormulaFunction> All { get; } = new FormulaFunction[]
    {
        new("exp", 1) { Lower = 0, IsOpen = true },
        new("log", 1) { Domain = FunctionDomain.Positive },
        new("log2", 1) { Domain = FunctionDomain.Positive, IsWord = true },
        new("sqrt", 1) { Domain = FunctionDomain.NonNegative, Lower = 0, IsWord = true },
        new("sin", 1) { Lower = -1, Upper = 1 },
        new("cos", 1) { Lower = -1, Upper = 1 },
        new("tan", 1) { Domain = FunctionDomain.CosineNotZero },
        new("atan", 1) { Lower = new(-11, 7), Upper = new(11, 7), IsOpen = true, KeepsSign = true }, // pi/2 < 11/7
        new("sinh", 1) { KeepsSign = true },
        new("cosh", 1) { Lower = 1 },
        new("tanh", 1) { Lower = -1, Upper = 1, IsOpen = true, KeepsSign = true },
        new("sinc", 1) { Lower = LeastOfSinc, Upper = 1 },
        new("erf", 1) { Lower = -1, Upper = 1, IsOpen = true, KeepsSign = true },
        new("abs", 1) { Lower = 0 },
        new("min", 2),
        new("max", 2),
        new("floor", 1),
        new("ceil", 1),
        new("pow2floor", 1) { Domain = FunctionDomain.Positive, Lower = 0, IsOpen = true },
        new("pow2ceil", 1) { Domain = FunctionDomain.Positive, Lower = 0, IsOpen = true },
        new("factorial", 1) { Domain = FunctionDomain.Naturals, Lower = 1 },
        new("binomial", 2) { Domain = FunctionDomain.Naturals, Lower = 0 },
    }.ToImmutableSortedDictionary(f => f.Name, f => f, StringComparer.Ordinal);
}
