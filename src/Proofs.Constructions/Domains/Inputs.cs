using System.Collections.Immutable;

namespace Proofs.Constructions.Domains;

/// <summary>The names of the inputs of a network in formulas.</summary>
public static class Inputs
{
    /// <summary>x1, …, xD; the one input of a network with D = 1 is called x.</summary>
    public static ImmutableArray<string> Names(int dimension) => dimension == 1
        ? ["x"]
        : [.. Enumerable.Range(1, dimension).Select(i => $"x{i}")];
}
