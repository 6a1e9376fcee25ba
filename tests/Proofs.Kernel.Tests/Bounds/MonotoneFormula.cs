using System.Globalization;

namespace Proofs.Kernel.Tests.Bounds;

/// <summary>
/// A formula that rises, or falls, on [Low, High]; its least and largest values are those at the ends.
/// </summary>
internal sealed record MonotoneFormula(string Text, int Low, int High, Func<double, double> Value)
{
    private const double Margin = 1e-5; // far above the errors of the platform's functions

    /// <summary>One for each operation of formulas, and some of them together.</summary>
    public static readonly MonotoneFormula[] All =
    [
        new("x^3 + x", -1, 2, x => (x * x * x) + x), new("pi*x", 0, 1, x => Math.PI * x), new("1/x", 1, 2, x => 1 / x),
        new("1/(x - 3)", 1, 2, x => 1 / (x - 3)), new("exp(x)", 0, 1, Math.Exp),
        new("exp(-x)", 0, 1, x => Math.Exp(-x)),
        new("log(x)", 1, 2, Math.Log), new("log2(x)", 1, 2, Math.Log2), new("sqrt(x)", 1, 2, Math.Sqrt),
        new("x^(3/2)", 1, 2, x => Math.Pow(x, 1.5)),
        new("x^(-2)", 1, 2, x => Math.Pow(x, -2)), new("x^(-1/3)", 1, 2, x => Math.Pow(x, -1.0 / 3)),
        new("x^x", 1, 2, x => Math.Pow(x, x)),
        new("sin(x)", -1, 1, Math.Sin), new("cos(x)", 1, 3, Math.Cos), new("tan(x)", -1, 1, Math.Tan),
        new("atan(x)", -2, 2, Math.Atan),
        new("sinh(x)", -2, 2, Math.Sinh), new("cosh(x)", 1, 2, Math.Cosh), new("tanh(x)", -1, 1, Math.Tanh),
        new("erf(x)", 0, 1, x => x * 0.84270079294971487), // at the ends
        new("sinc(x)", 1, 3, x => Math.Sin(x) / x),
        new("abs(x - 3)", 1, 2, x => 3 - x),
        new("abs(x)", 0, 1, x => x), new("min(x, 4 - x)", 0, 2, x => x), new("max(x - 4, -x)", 0, 2, x => -x),
        new("if(x <= 5, x^3, 0)", 1, 2, x => x * x * x),
        new("if(x > 2, 0, exp(x))", 1, 2, Math.Exp), new("if(x = 7, 0, x^5)", 1, 2, x => Math.Pow(x, 5)),
        new("if(0 <= x and x != 9, x, 1)", 1, 2, x => x),
        new("x*exp(x)", 0, 1, x => x * Math.Exp(x)), new("sin(x)/x", 1, 2, x => Math.Sin(x) / x),
        new("exp(x)^3", 0, 1, x => Math.Exp(3 * x)),
        new("(exp(x) + x)*(exp(x) + x)", 0, 1, x => Math.Pow(Math.Exp(x) + x, 2)),
        new("log(1 + exp(x))", 0, 1, x => Math.Log(1 + Math.Exp(x))),
    ];

    public static IEnumerable<object[]> Places => Enumerable.Range(0, All.Length).Select(i => new object[] { i });

    public bool Rises => Value(High) > Value(Low);

    /// <summary>Where it is least, and a number a little below that value or above it.</summary>
    public string Least(int side) => Near(Value(LeastPoint), side);

    public string Largest(int side) => Near(Value(LargestPoint), side);

    public int LeastPoint => Rises ? Low : High;

    public int LargestPoint => Rises ? High : Low;

    private static string Near(double value, int side) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Floor((value + (side * Margin)) * 1e8)}/100000000");
}
