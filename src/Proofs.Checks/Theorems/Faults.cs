using System.Reflection;

namespace Proofs.Checks.Theorems;

// What went wrong in code or text that an author wrote, in one line.
internal static class Faults
{
    /// <summary>The message of an exception; one that says nothing of its cause to a reader is named as well.</summary>
    public static string Describe(Exception exception) => Innermost(exception) switch
    {
        ArgumentException { ParamName: { Length: > 0 } name } e =>
            OneLine(e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)),
        FormatException or InvalidOperationException or ArgumentException => OneLine(Innermost(exception).Message),
        var e => OneLine($"{e.GetType().Name}: {e.Message}"),
    };

    // A static member that throws, or a function called by reflection, wraps what it threw.
    private static Exception Innermost(Exception e) =>
        e is TargetInvocationException or TypeInitializationException or AggregateException
            && e.InnerException is { } inner ? Innermost(inner) : e;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
