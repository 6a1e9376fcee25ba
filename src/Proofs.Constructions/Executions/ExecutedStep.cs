using System.Collections.Immutable;
using Proofs.Constructions.Networks;

namespace Proofs.Constructions.Executions;

/// <summary>
/// One step of an execution: an affine map whose rows are computed each on its own, some with ρ after.
/// </summary>
/// <remarks>
/// Shape: <see cref="IsRectified"/> and <see cref="Roundings"/> have one entry for each row of <see cref="Map"/>.
/// </remarks>
public sealed class ExecutedStep
{
    /// <summary>The step.</summary>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public ExecutedStep(Affine map, ImmutableArray<bool> isRectified, ImmutableArray<RowRounding> roundings)
    {
        ArgumentNullException.ThrowIfNull(map);
        (Map, IsRectified, Roundings) = isRectified.Length == map.Rows && roundings.Length == map.Rows
            ? (map, isRectified, roundings)
            : throw new ArgumentException(
                $"The map has {map.Rows} rows; expected as many entries, found {isRectified.Length} and "
                    + $"{roundings.Length}.");
    }

    /// <summary>What the step computes where nothing is rounded.</summary>
    public Affine Map { get; }

    /// <summary>Whether ρ, which is exact, follows a row.</summary>
    public ImmutableArray<bool> IsRectified { get; }

    /// <summary>How each row is computed.</summary>
    public ImmutableArray<RowRounding> Roundings { get; }

    internal ExecutedStep Row(int row) => new(Map.Row(row), [IsRectified[row]], [Roundings[row]]);
}
