using System.Collections.Immutable;
using Proofs.Checks.Reports;

namespace Proofs.Checks.Papers;

/// <summary>How an axis places its values.</summary>
public enum Scale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>By logarithm to base 10; values are positive.</summary>
    Log10,
}

/// <summary>An axis of a figure.</summary>
/// <param name="Label">The label; LaTeX mathematics between dollar signs, with <paramref name="Plain"/> for other
/// outputs.</param>
/// <param name="Plain">The label in plain text.</param>
/// <param name="From">The smallest value shown.</param>
/// <param name="To">The largest value shown.</param>
/// <param name="Scale">How values are placed.</param>
public sealed record Axis(string Label, string Plain, double From, double To, Scale Scale = Scale.Linear)
{
    /// <summary>Where a value lies: 0 at <see cref="From"/>, 1 at <see cref="To"/>.</summary>
    public double Place(double value) => (On(value) - On(From)) / (On(To) - On(From));

    private double On(double value) => Scale == Scale.Log10 ? Math.Log10(value) : value;
}

/// <summary>A point of a figure.</summary>
public readonly record struct FigurePoint(double X, double Y);

/// <summary>An axis-parallel rectangle of a figure.</summary>
public readonly record struct FigureBox(double Left, double Bottom, double Right, double Top);

/// <summary>Something drawn in a figure.</summary>
public abstract record Series(string Name)
{
    /// <summary>A curve through the points.</summary>
    public sealed record Line(string Name, ImmutableArray<FigurePoint> Points, bool Dashed = false) : Series(Name);

    /// <summary>The filled region between two curves over the same abscissae.</summary>
    public sealed record Band(string Name, ImmutableArray<FigurePoint> Lower, ImmutableArray<FigurePoint> Upper)
        : Series(Name);

    /// <summary>Marked points.</summary>
    public sealed record Marks(string Name, ImmutableArray<FigurePoint> Points) : Series(Name);

    /// <summary>Filled rectangles.</summary>
    public sealed record Boxes(string Name, ImmutableArray<FigureBox> Rectangles) : Series(Name);

    /// <summary>Words at a place, not in the legend.</summary>
    public sealed record Label(string Name, FigurePoint At) : Series(Name);
}

/// <summary>A figure as values; <see cref="FigureText"/> writes it as SVG or pgfplots.</summary>
/// <param name="Key">The file name without extension.</param>
/// <param name="Title">What the figure shows, for readers who cannot see it too.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">What is drawn, from back to front.</param>
public sealed record Figure(string Key, string Title, Axis X, Axis Y, ImmutableArray<Series> Series)
{
    /// <summary>Whether its points are measured, so that a fresh figure may differ in last digits.</summary>
    public bool IsMeasured { get; init; }
}
