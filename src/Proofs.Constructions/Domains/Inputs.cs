using System.Collections.Immutable;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Domains;

/// <summary>The names of the inputs of a network in formulas.</summary>
public static class Inputs
{
    private const string Second = "x1"; // name of the one input

    /// <summary>x1, …, xD; the one input of a network with D = 1 is called x.</summary>
    public static ImmutableArray<string> Names(int dimension) => dimension == 1
        ? ["x"]
        : [.. Enumerable.Range(1, dimension).Select(i => $"x{i}")];

    /// <summary>The input that a formula calls by this name, from 0, or −1: the one input with D = 1 may be called x1
    /// too.</summary>
    public static int IndexOf(string name, int dimension) =>
        dimension == 1 && name == Second ? 0 : Names(dimension).IndexOf(name);

    /// <summary>The formula with every input under its name in <see cref="Names"/>.</summary>
    public static Expr InNames(Expr formula, int dimension)
    {
        ArgumentNullException.ThrowIfNull(formula);
        return dimension == 1 ? formula.Substitute(Second, Expr.Variable(Names(1)[0])) : formula;
    }
}
