using System.Globalization;
using Proofs.Constructions.Formats.Text;

namespace Proofs.Constructions.Formats.VnnLib;

/// <summary>A text that is no VNN-LIB property, or none that is understood here; the message is one line.</summary>
public sealed class VnnLibException : FormatException
{
    internal VnnLibException(string file, int line, int column, string expectation)
        : base(TextLine.Of(
            string.Create(CultureInfo.InvariantCulture, $"{file}: line {line}, column {column}: {expectation}")))
    {
        (Line, Column) = (line, column);
    }

    /// <summary>The line of the place that is wrong, from 1.</summary>
    public int Line { get; }

    /// <summary>The column in that line, from 1.</summary>
    public int Column { get; }
}
