using Proofs.Kernel.Formulas;
using Proofs.Search.Proving;

namespace Proofs.Search.Tests.Proving;

/// <summary>The scripts for other solvers: unsat where the statement holds, sat where it fails.</summary>
public sealed class SmtLibTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [ToolTheory("z3")]
    [InlineData(
        "forall a in [0, inf), b in [0, inf), c in [0, inf) : a*(a-b)*(a-c) + b*(b-a)*(b-c) + c*(c-a)*(c-b) >= 0")]
    [InlineData("forall a in (0, inf), b in (0, inf), c in (0, inf) : a/(b+c) + b/(a+c) + c/(a+b) >= 3/2")]
    [InlineData("forall a in [0, inf), b in [0, inf) : sqrt(a*b) <= (a+b)/2")]
    [InlineData("forall x in [0, 1], y in [0, 1] : min(x, y) >= x*y and max(x, y) = (x + y + abs(x-y))/2")]
    [InlineData("forall x in real, n in int [1, 9] where n <= x : floor(x) >= n and ceil(x) - 1 < x")]
    [InlineData(
        "forall x in (1/3, 0.5] : x^(-2) >= 4 and if(x < 1/2, 1, 2) >= 1 and sum(i, 1, 3, x^i) <= 7/8 and "
            + "x^(3/2) <= x")]
    public void A_true_statement_gives_an_unsatisfiable_script(string statement) =>
        Assert.Equal("unsat", Answer("z3", statement));

    [ToolTheory("z3")]
    [InlineData(
        "forall a in [0, inf), b in [0, inf), c in [0, inf) : a*(a-b)*(a-c) + b*(b-a)*(b-c) + c*(c-a)*(c-b) > 0")]
    [InlineData("forall x in [0, 1] : x^2 >= x")]
    [InlineData("forall a in [0, inf), b in [0, inf) : sqrt(a*b) <= (a+b)/3")]
    [InlineData("forall n in int [1, 9] : (n + 1)/2 <= floor(n/2)")]
    [InlineData("forall x in [0, 1] : x/x <= 1")]
    public void A_false_statement_gives_a_satisfiable_one(string statement) =>
        Assert.Equal("sat", Answer("z3", statement));

    [ToolTheory("cvc5")]
    [InlineData("forall x in [0, inf) : exp(x) >= 1 + x")]
    [InlineData("forall x in [1, inf) : log(x) >= 0")]
    [InlineData("forall x in [1, 2] : 2^x > 1")]
    public void Exponentials_are_written_as_cvc5_reads_them(string statement) =>
        Assert.Equal("unsat", Answer("cvc5", statement));

    [Theory]
    [InlineData("forall n in int [1, inf) : factorial(n) >= 2^(n-1)", "factorial")]
    [InlineData("forall n in int [1, inf) : sum(i, 1, n, i) = n*(n+1)/2", "sum over i")]
    [InlineData("forall x in real, n in int [1, inf) : x^(2*n) >= 0", "variable exponent")]
    [InlineData("forall x in [0, 1] : x^1000 <= x", "exponent 1000")]
    public void What_cannot_be_said_is_refused_by_name(string statement, string construct) =>
        Assert.Contains(
            construct, Assert.Throws<InexpressibleException>(() => SmtLib.Write(Statement.Parse(statement))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Names_of_the_language_and_of_variables_do_not_meet()
    {
        string script = SmtLib.Write(Statement.Parse("forall let in [0, 1], n in int [0, 3] : let*n <= 3"));
        Assert.Contains("(declare-const v.let Real)", script, StringComparison.Ordinal);
        Assert.Contains("(set-logic QF_NIRA)", script, StringComparison.Ordinal);
        Assert.Contains("(to_real n)", script, StringComparison.Ordinal);
    }

    private static string Answer(string solver, string statement)
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.smt2");
        try
        {
            File.WriteAllText(file, SmtLib.Write(Statement.Parse(statement)));
            return ExternalTool.Run(solver, Limit, file).Output.Trim();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
