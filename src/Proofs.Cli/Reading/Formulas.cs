using Proofs.Cli.Sessions;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Cli.Reading;

/// <summary>
/// Reads the formulas of the command line; what does not parse is bad usage, told with option and column.
/// </summary>
internal static class Formulas
{
    /// <summary>The formula in the inputs x1, …, xD (or x) that an option gives.</summary>
    /// <exception cref="UsageException">It is no formula, or names something else.</exception>
    public static Expr Read(string option, string text, int dimension)
    {
        Expr formula = Inputs.InNames(Parse(option, text, Expr.Parse), dimension);
        string[] names = [.. Inputs.Names(dimension)];
        if (formula.Variables().Except(names) is { Count: > 0 } unknown)
        {
            throw new UsageException(
                $"{option} '{text}': expected the inputs {Shown(names)} only, "
                    + $"found {unknown.Order(StringComparer.Ordinal).First()}");
        }

        return formula;
    }

    /// <summary>What a parser makes of the value of an option.</summary>
    /// <exception cref="UsageException">The parser refuses it.</exception>
    public static T Parse<T>(string option, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or ArithmeticException)
        {
            throw new UsageException($"{option} '{text}': {e.Message}");
        }
    }

    private static string Shown(string[] names) =>
        names.Length <= 3 ? string.Join(", ", names) : $"{names[0]}, …, {names[^1]}";
}

/// <summary>Reads norms: sup, L1, L2, L3/2.</summary>
internal static class Norms
{
    /// <summary>The norm of a name.</summary>
    /// <exception cref="UsageException">There is no norm of that name.</exception>
    public static Norm Read(string text) => text == "sup" ? Norm.Sup
        : text is ['L', .. var p] && BigRational.TryParse(p) is { } exponent && exponent >= BigRational.One
        ? Norm.Lp(exponent)
        : throw new UsageException($"--norm: expected sup, L1, L2 or another L<p> with p at least 1, got '{text}'");
}
