using System.Collections.Immutable;
using System.Text;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving;

/// <summary>Statements in SMT-LIB 2, so that other solvers can be asked.</summary>
public static class SmtLib
{
    /// <summary>
    /// A script that is unsatisfiable exactly where the statement holds: the assumptions and the negated claim.
    /// </summary>
    /// <remarks>
    /// Shape: declarations, one assertion for each assumption, the negation of what is claimed, <c>(check-sat)</c>.
    /// Domain: roots are auxiliary variables with their defining equations, logarithms with exp(l) = x; <c>exp</c> and
    /// powers with a variable exponent are what dReal and cvc5 read. That a term is undefined somewhere also satisfies
    /// the script.
    /// Guarantee: <c>unsat</c> means that the statement holds. <c>sat</c> means that it fails, but where the script
    /// speaks of pi, which it only encloses.
    /// </remarks>
    /// <exception cref="InexpressibleException">The statement holds a construct that SMT-LIB cannot say; the message
    /// names it.</exception>
    public static string Write(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        try
        {
            return Script(statement);
        }
        catch (Exception e) when (e is Rejection or WorkExhaustedException)
        {
            throw new InexpressibleException(e.Message);
        }
    }

    private static string Script(Statement claim)
    {
        var obligations = claim.Obligations(new WorkBudget(WorkBudget.ForReplay));
        int common = obligations.Min(o => o.Facts.Length);
        var body = new StringBuilder();
        var writer = new SmtTerms(obligations[0].Context, obligations[0].Integers);
        foreach (var fact in obligations[0].Facts.Take(common))
        {
            Assert(writer.Formula(fact));
        }

        // The claim fails where one of the things to prove does, the ones before it given.
        var failures = new List<string>();
        foreach (var obligation in obligations)
        {
            writer.Enter(obligation.Context, obligation.Integers);
            string[] parts =
                [.. obligation.Facts.Skip(common).Select(writer.Formula), $"(not {writer.Formula(obligation.Goal)})"];
            failures.Add(parts.Length == 1 ? parts[0] : $"(and {string.Join(' ', parts)})");
        }

        Assert(failures.Count == 1 ? failures[0] : $"(or {string.Join(' ', failures)})");

        var integers = obligations.SelectMany(o => o.Integers).ToImmutableSortedSet(StringComparer.Ordinal);
        var script = new StringBuilder();
        script.Append("; ").Append(claim.Text.ReplaceLineEndings(" ")).Append('\n');
        script.Append("; The claim is negated: unsat means that it holds for all values.\n");
        if (writer.UsesExponential)
        {
            script.Append("; exp is the exponential function, as dReal and cvc5 read it.\n");
        }

        script.Append($"(set-logic {Logic(writer, integers.Count > 0)})\n");
        foreach (string name in obligations.SelectMany(o => o.Variables).Distinct().Order(StringComparer.Ordinal))
        {
            script.Append($"(declare-const {SmtTerms.Symbol(name)} {(integers.Contains(name) ? "Int" : "Real")})\n");
        }

        script.Append(writer.Definitions).Append(body).Append("(check-sat)\n");
        return script.ToString();

        void Assert(string formula) => body.Append("(assert ").Append(formula).Append(")\n");
    }

    private static string Logic(SmtTerms writer, bool integers) =>
        writer.UsesExponential ? "ALL" : integers || writer.UsesIntegers ? "QF_NIRA" : "QF_NRA";
}

/// <summary>A statement cannot be written in the language asked for.</summary>
public sealed class InexpressibleException : Exception
{
    /// <summary>Without a reason.</summary>
    public InexpressibleException()
    {
    }

    /// <summary>With the construct that is in the way.</summary>
    public InexpressibleException(string message)
        : base(message)
    {
    }

    /// <summary>With the construct that is in the way, and what was met below it.</summary>
    public InexpressibleException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
