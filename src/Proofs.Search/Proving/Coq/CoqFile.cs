using Proofs.Kernel.Formulas;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving.Coq;

/// <summary>Statements with their proofs as Coq files that need nothing but Coq's standard library.</summary>
public static class CoqFile
{
    /// <summary>
    /// A file with a checker, its soundness theorem over the reals, the certificates, and the statement as a theorem.
    /// </summary>
    /// <remarks>
    /// Domain: relations between rational functions whose denominators have one sign, proved by polynomial arithmetic
    /// (cones of facts and squares, Bernstein forms on parts of boxes, shifts) or by bisection of a box with interval
    /// arithmetic.
    /// Guarantee: Coq alone judges the file; nothing here is trusted. Cost: at most about the time limit of the
    /// options.
    /// </remarks>
    /// <exception cref="InexpressibleException">There is no such certificate, or none was found in time; the message
    /// says why.</exception>
    public static string Write(Statement statement, ProofOptions options)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(options);
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        clock.CancelAfter(options.TimeLimit);
        try
        {
            return new CoqTheorem(statement, new WorkBudget(options.Steps, clock.Token)).Text(Checker);
        }
        catch (OperationCanceledException e) when (!options.Cancellation.IsCancellationRequested)
        {
            throw new InexpressibleException(
                e is WorkExhaustedException ? "the budget of steps is spent" : "the time limit was reached", e);
        }
        catch (Rejection e)
        {
            throw new InexpressibleException(e.Message);
        }
    }

    /// <summary>The text of the checker and its soundness proof.</summary>
    internal static string Checker { get; } = ReadChecker();

    private static string ReadChecker()
    {
        using var stream = typeof(CoqFile).Assembly.GetManifestResourceStream("Checker.v")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
