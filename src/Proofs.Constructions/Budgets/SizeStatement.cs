using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Budgets;

/// <summary>A claim about the size of a network, such as W = 8 m − 1.</summary>
/// <param name="Quantity">What is counted.</param>
/// <param name="Relation">Whether the formula is the exact value or a bound.</param>
/// <param name="Formula">The value or bound, in the parameters.</param>
public sealed record SizeStatement(SizeQuantity Quantity, RelationKind Relation, Expr Formula)
{
    /// <summary>The exact depth, size, width and magnitude as formulas.</summary>
    public static ImmutableArray<SizeStatement> Exactly(string depth, string size, string width, string magnitude) =>
    [
        new(SizeQuantity.Depth, RelationKind.Equal, Expr.Parse(depth)),
        new(SizeQuantity.Size, RelationKind.Equal, Expr.Parse(size)),
        new(SizeQuantity.Width, RelationKind.Equal, Expr.Parse(width)),
        new(SizeQuantity.Magnitude, RelationKind.Equal, Expr.Parse(magnitude)),
    ];

    /// <summary>The quantity of <paramref name="network"/> that the statement speaks of.</summary>
    public BigRational Of(ReluNetwork network) => Quantity switch
    {
        SizeQuantity.Depth => network.Depth,
        SizeQuantity.Size => network.Size,
        SizeQuantity.Width => network.Width,
        SizeQuantity.Magnitude => network.Magnitude,
        _ => throw new InvalidOperationException($"{Quantity} is no quantity of a network."),
    };

    /// <summary>
    /// Whether the statement holds for <paramref name="network"/>; null where enclosures do not decide it.
    /// </summary>
    public bool? Holds(ReluNetwork network, IReadOnlyDictionary<string, BigRational> parameters)
    {
        var actual = Of(network);
        if (Formula.TryEvaluate(parameters) is { } exact)
        {
            return Relation.Holds(actual.CompareTo(exact));
        }

        var value = Assemble.Enclose(Formula, parameters);
        int? comparison = actual < Lower(value.Inf) ? -1 : actual > Upper(value.Sup) ? 1 : null;
        return comparison is { } sign ? Relation.Holds(sign) : null;

        // an unbounded enclosure decides nothing on that side
        BigRational Lower(double inf) => double.IsFinite(inf) ? Binary64.Exact(inf) : actual;
        BigRational Upper(double sup) => double.IsFinite(sup) ? Binary64.Exact(sup) : actual;
    }

    /// <summary>The statement as a formula, <c>W = 8*m - 1</c>.</summary>
    public override string ToString() => $"{Symbol} {Relation.Symbol()} {Formula}";

    private string Symbol => Quantity switch
    {
        SizeQuantity.Depth => "L",
        SizeQuantity.Size => "W",
        SizeQuantity.Width => "width",
        _ => "B",
    };
}

/// <summary>A quantity by which the size of a network is measured.</summary>
public enum SizeQuantity
{
    /// <summary>L, the number of affine layers.</summary>
    Depth,

    /// <summary>W, the number of non-zero weights and biases.</summary>
    Size,

    /// <summary>The most units in a hidden layer.</summary>
    Width,

    /// <summary>B, the largest absolute value of a weight or bias.</summary>
    Magnitude,
}
