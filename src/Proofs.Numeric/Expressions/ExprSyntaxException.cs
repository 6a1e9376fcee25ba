using Proofs.Kernel.Formulas;

namespace Proofs.Numeric.Expressions;

/// <summary>A text that is not a formula: names the column, what was found there and what was expected.</summary>
public sealed class ExprSyntaxException : FormatException
{
    /// <summary>An error at the 1-based <paramref name="column"/> of <paramref name="text"/>.</summary>
    public ExprSyntaxException(string text, int column, string problem)
        : base($"column {column}: {problem}") => (Text, Column) = (text, column);

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    /// <summary>The 1-based column at which reading stopped.</summary>
    public int Column { get; }

    /// <summary>
    /// What is read; errors of the reader, and of parts that no expression has, are told as one of this kind.
    /// </summary>
    internal static T Told<T>(string text, Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return read();
        }
        catch (StatementFormatException e)
        {
            throw new ExprSyntaxException(text, e.Column, e.Problem);
        }
        catch (Exception e) when (e is FormatException and not ExprSyntaxException)
        {
            throw new ExprSyntaxException(text, 1, e.Message);
        }
    }
}
