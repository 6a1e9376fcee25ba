using System.Globalization;

namespace Proofs.Kernel.Formulas;

/// <summary>A text is no statement, relation or formula; says where and what was expected.</summary>
public sealed class StatementFormatException : FormatException
{
    /// <summary>An error at a place of a text.</summary>
    public StatementFormatException(int column, string expected)
        : base(string.Create(CultureInfo.InvariantCulture, $"column {column}: {expected}")) =>
            (Column, Problem) = (column, expected);

    /// <summary>An error without a place.</summary>
    public StatementFormatException()
        : this(1, "expected a statement")
    {
    }

    /// <summary>An error without a place.</summary>
    public StatementFormatException(string message)
        : base(message) => (Column, Problem) = (1, message);

    /// <summary>An error without a place.</summary>
    public StatementFormatException(string message, Exception innerException)
        : base(message, innerException) => (Column, Problem) = (1, message);

    /// <summary>The place, counted from 1.</summary>
    public int Column { get; }

    /// <summary>What is wrong there.</summary>
    public string Problem { get; }
}
