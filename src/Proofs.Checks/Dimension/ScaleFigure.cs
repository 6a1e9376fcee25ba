using System.Collections.Immutable;
using Proofs.Checks.Papers;

namespace Proofs.Checks.Dimension;

/// <summary>The dimension that estimators find, scale by scale.</summary>
public static class ScaleFigure
{
    /// <summary>The figure of the curves of some estimates; null where no estimate has one.</summary>
    /// <param name="name">What was measured, for the title.</param>
    /// <param name="estimates">The estimates.</param>
    public static Figure? Of(string name, IReadOnlyList<DimensionEstimate> estimates)
    {
        var drawn = estimates.Select(
            e => (e.Method,
                Curve: e.Curve.Where(p => p.X > 0 && double.IsFinite(p.X) && double.IsFinite(p.Y)).ToImmutableArray()))
            .Where(c => c.Curve.Length > 0).ToList();
        if (drawn.Count == 0)
        {
            return null;
        }

        FigurePoint[] all = [.. drawn.SelectMany(c => c.Curve)];
        return new(
            "dimension",
            $"Intrinsic dimension of {name} by scale",
            new("scale $r$", "scale r (distance, or side of a box)", all.Min(p => p.X) / 1.2, all.Max(p => p.X) * 1.2,
                Scale.Log10),
            new("dimension", "dimension", 0, Math.Max(1, all.Max(p => p.Y)) * 1.1),
            [.. drawn.Select(c => c.Curve.Length > 1
                ? new Series.Line(c.Method, c.Curve)
                : (Series)new Series.Marks(c.Method, c.Curve))])
        {
            IsMeasured = true,
        };
    }
}
