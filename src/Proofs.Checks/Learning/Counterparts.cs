using System.Collections.Immutable;
using System.Globalization;
using Proofs.Checks.Dimension;
using Proofs.Checks.Experiments;
using Proofs.Checks.Papers;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Checks.Learning;

/// <summary>A network beside others with the same target.</summary>
/// <param name="Name">Where it comes from: built, or trained and how.</param>
/// <param name="Network">The network.</param>
public sealed record Counterpart(string Name, ReluNetwork Network)
{
    /// <summary>The bound that a theorem promises, rounded up; null where none does.</summary>
    public BigRational? Bound { get; init; }

    /// <summary>The enclosure of its error; null before it is certified, or without a target.</summary>
    public CertifyResult? Error { get; init; }

    /// <summary>The largest error at the sampled points; null where nothing was sampled.</summary>
    public double? Sampled { get; init; }

    /// <summary>How training went; null for a network that was built.</summary>
    public TrainingOutcome? Training { get; init; }
}

/// <summary>What gradient descent is to find beside a construction, and the table of both.</summary>
public static class Counterparts
{
    private const int SampleDecimals = 6;

    /// <summary>A network to train.</summary>
    /// <param name="Name">What the table calls it.</param>
    /// <param name="Network">The architecture.</param>
    /// <param name="Start">The parameters to start from; null for random ones.</param>
    public sealed record Plan(string Name, ParametricNetwork Network, ImmutableArray<double>? Start);

    /// <summary>
    /// What is trained beside a construction: a fully connected network of at most its size, its own architecture from
    /// random parameters, and its own from where it stands.
    /// </summary>
    /// <param name="built">The construction.</param>
    /// <param name="hidden">The hidden layers of the fully connected network.</param>
    /// <remarks>
    /// A construction with entries that are no binary64 numbers has no trained ones of its architecture; a trained
    /// entry of one that is smaller than any fully connected network of so many layers does not exist either, and is
    /// left out.
    /// </remarks>
    public static ImmutableArray<Plan> Plans(Built built, int hidden)
    {
        var plans = ImmutableArray.CreateBuilder<Plan>();
        var network = built.Network;
        long smallest = Architectures.FullyConnected(
            [network.InputDimension, .. Enumerable.Repeat(1, hidden), 1]).LargestSize;
        if (network.Size >= smallest)
        {
            plans.Add(new(
                "trained, equal size", Architectures.OfSize(network.InputDimension, hidden, network.Size), null));
        }

        if (network.IsBinary64)
        {
            var like = Architectures.Like(network);
            plans.Add(new("trained, equal architecture", like, null));
            plans.Add(new("built, then trained", like, like.ParametersOf(network)));
        }

        return plans.ToImmutable();
    }

    /// <summary>The bound of a construction at its parameters, rounded up; null where it is not finite.</summary>
    public static BigRational? BoundOf(Built built) => built.Budget.TryEvaluate(built.Budget.Bound)
        ?? (double.IsFinite(built.Budget.BoundValue().Sup) ? Binary64.Exact(built.Budget.BoundValue().Sup) : null);

    /// <summary>The counterparts in the order given, side by side.</summary>
    /// <param name="key">The table's file name without extension.</param>
    /// <param name="caption">What the table shows.</param>
    /// <param name="rows">The counterparts.</param>
    public static Table Table(string key, string caption, IEnumerable<Counterpart> rows)
    {
        var table = Papers.Table.Of(
            key, caption, "network", "L", "W", "width", "largest weight", "bound", "error at least", "error at most",
            "sampled error");
        foreach (var row in rows)
        {
            var network = row.Network;
            table = table.With(
                new TableCell.Text(row.Name),
                new TableCell.Exact(network.Depth),
                new TableCell.Exact(network.Size),
                new TableCell.Exact(network.Width),
                new TableCell.UpperBound(network.Magnitude),
                row.Bound is { } bound ? new TableCell.UpperBound(bound) : new TableCell.None(),
                row.Error is { } found ? new TableCell.LowerBound(found.Value.Lower) : new TableCell.None(),
                row.Error is { } shown ? new TableCell.UpperBound(shown.Value.Upper) : new TableCell.None(),
                row.Sampled is { } sampled ? new TableCell.Measured(sampled, SampleDecimals) : new TableCell.None());
        }

        return table;
    }

    /// <summary>The points of a comparison, the same for every row: to train on, and to choose by.</summary>
    /// <exception cref="ArgumentException">The target has no finite value at a point, or is constant there.</exception>
    public static (Sample Training, Sample Validation) Draw(Built built, int count, long seed) =>
        Draw(built.Target, Region.Of(built.Domain, built.Boxes), count, seed);

    /// <inheritdoc cref="Draw(Built, int, long)"/>
    public static (Sample Training, Sample Validation) Draw(
        Numeric.Expressions.Expr target, Region region, int count, long seed)
    {
        var training = TargetSample.Draw(target, region, count, new SplitMix64((ulong)seed ^ 0x7EA1_0001));
        var validation =
            TargetSample.Draw(target, region, Math.Max(count / 8, 256), new SplitMix64((ulong)seed ^ 0x7EA1_0002));
        return training.Values.Any(v => v != training.Values[0])
            ? (training, validation)
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{target} is {training.Values[0]} at every one of {count} points of {region.Summary()}: "
                    + $"there is nothing to learn."));
    }
}
