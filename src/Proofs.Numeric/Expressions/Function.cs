using Proofs.Kernel.Formulas;

namespace Proofs.Numeric.Expressions;

/// <summary>The functions an <see cref="Expr"/> can apply.</summary>
public enum Function
{
    /// <summary>exp(t), the exponential.</summary>
    Exp,

    /// <summary>log(t), the natural logarithm; defined for t &gt; 0.</summary>
    Log,

    /// <summary>log2(t), the logarithm to base 2; defined for t &gt; 0.</summary>
    Log2,

    /// <summary>sqrt(t); defined for t ≥ 0.</summary>
    Sqrt,

    /// <summary>sin(t).</summary>
    Sin,

    /// <summary>cos(t).</summary>
    Cos,

    /// <summary>tan(t); undefined at odd multiples of π/2.</summary>
    Tan,

    /// <summary>atan(t), in (−π/2, π/2).</summary>
    Atan,

    /// <summary>sinh(t).</summary>
    Sinh,

    /// <summary>cosh(t).</summary>
    Cosh,

    /// <summary>tanh(t).</summary>
    Tanh,

    /// <summary>abs(t), the absolute value.</summary>
    Abs,

    /// <summary>min(a, b, …), of at least one argument.</summary>
    Min,

    /// <summary>max(a, b, …), of at least one argument.</summary>
    Max,

    /// <summary>floor(t), the largest integer at most t.</summary>
    Floor,

    /// <summary>ceil(t), the smallest integer at least t.</summary>
    Ceil,

    /// <summary>pow2floor(t), the largest power of two at most t; defined for t &gt; 0.</summary>
    Pow2Floor,

    /// <summary>pow2ceil(t), the smallest power of two at least t; defined for t &gt; 0.</summary>
    Pow2Ceil,

    /// <summary>factorial(n), for integers n ≥ 0.</summary>
    Factorial,

    /// <summary>binomial(n, k), for integers n ≥ 0 and k ≥ 0; 0 where k &gt; n.</summary>
    Binomial,

    /// <summary>erf(t), the error function 2/√π ∫ e^(−s²) ds from 0 to t.</summary>
    Erf,

    /// <summary>sinc(t) = sin(t)/t, not normalised by π, and 1 at 0.</summary>
    Sinc,
}

/// <summary>Names and arities of <see cref="Function"/> values, as the kernel's table has them.</summary>
public static class Functions
{
    private static readonly FormulaFunction[] Table =
        [.. Enum.GetValues<Function>().Select(f => FormulaFunction.All[f.ToString().ToLowerInvariant()])];

    private static readonly Dictionary<string, Function> ByName =
        Enum.GetValues<Function>().ToDictionary(f => f.Name(), StringComparer.Ordinal);

    /// <summary>The name by which formulas call the function, such as <c>pow2floor</c>.</summary>
    public static string Name(this Function function) => Of(function).Name;

    /// <summary>The function that formulas call <paramref name="name"/>, or null when there is none.</summary>
    public static Function? Named(string name) => ByName.TryGetValue(name, out var function) ? function : null;

    /// <summary>Every name a formula can call, in alphabetical order.</summary>
    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    // Whether the function is defined for every real argument.
    internal static bool IsTotal(this Function function) => Of(function) is { IsTotal: true };

    // The number of arguments; null stands for "one or more".
    internal static int? Arity(this Function function) => Of(function) is { IsVariadic: false } f ? f.Arity : null;

    private static FormulaFunction Of(Function function) => (int)function >= 0 && (int)function < Table.Length
        ? Table[(int)function]
        : throw new ArgumentOutOfRangeException(nameof(function), function, "No such function.");
}
