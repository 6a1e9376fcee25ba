using System.Text.Json;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

/// <summary>Every command that reads formulas reads the language of docs/formulas.md.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData(
        "∀ ε ∈ (0, 1], x ∈ ℝ : ε² ≤ 1 and sin(x) ≤ 1",
        "forall eps in (0, 1], x in real : eps ^ 2 <= 1 and sin(x) <= 1")]
    [InlineData("forall x > 0 : 2x >= x", "forall x in (0, inf) : x <= 2 * x")]
    [InlineData("forall x in R : relu(x) >= 0, |x| >= x", "forall x in real : 0 <= max(x, 0) and x <= abs(x)")]
    [InlineData("forall x in real : tanh(x) < 1 and cosh(x) ≥ 1 and −8/5 < atan(x)", null)]
    [InlineData("forall x in [0, 1] : sinh(x) >= 0 and atan(x) >= 0", null)]
    [InlineData("forall x in real : x >= 1 => ln(x) >= 0", null)]
    [InlineData("forall n in nat : n² >= 0", null)]
    [InlineData("forall x in real : x < 1 or x > 0", null)]
    [InlineData("forall x in [2, 3] where x < 0 or x > 1 : x != 1/2", null)]
    [InlineData("forall x in [−1, 1] where cos(x) > 0 : tan(x) = tan(x)", null)]
    public void Prove_shows_how_it_read_and_its_certificate_is_accepted(string statement, string? core)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("proof");
        ToolRun run = ToolRunner.Run("prove", statement, "--certificate", file, "--timeout", "60");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        if (core is not null)
        {
            Assert.Contains($"read as: {core}\n", run.Out, StringComparison.Ordinal);
            Assert.Contains($"\nstatement {core}\n", File.ReadAllText(file), StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Holds, ToolRunner.Run("check", file).ExitCode);
    }

    [Theory]
    [InlineData("forall x in real : sin(x) <= 1/2")]
    [InlineData("forall x in [0, 1] : x < 1/2 or x > 1/2")]
    [InlineData("forall x in real : x >= 0 => cosh(x) <= 2")]
    [InlineData("forall x > 0 : ln(x) <= x - 2")]
    public void Prove_refutes_what_is_false(string statement) =>
        Assert.Equal(ExitCode.Refuted, ToolRunner.Run("prove", statement, "--timeout", "60").ExitCode);

    [Theory]
    [InlineData("forall x in real : tan(x) = tan(x)")]
    [InlineData("forall x >= 0 : sin(x) <= x")]
    [InlineData("forall x in real where x < 0 or x > 1 : x != 1/2")]
    public void Prove_leaves_open_what_it_has_no_rule_for(string statement) =>
        Assert.Equal(ExitCode.Inconclusive, ToolRunner.Run("prove", statement, "--timeout", "5").ExitCode);

    [Theory]
    [InlineData("x² − 2x", "x^2 - 2*x")]
    [InlineData("sum(i, 0, 3, x^i/factorial(i))", "1 + x + x^2/2 + x^3/6")]
    [InlineData("if(x < 1/4 or x > 3/4, 0, x)", "if(x < 1/4, 0, if(x > 3/4, 0, x))")]
    [InlineData("if(x ≠ 0, |x|, 1/2)", "if(x = 0, 1/2, abs(x))")]
    [InlineData("ln(1 + relu(x)) + √(x)", "log(1 + max(x, 0)) + sqrt(x)")]
    [InlineData("prod(i, 1, 3, x − i/4)·π", "(x - 1/4)*(x - 1/2)*(x - 3/4)*pi")]
    public void Bound_gives_the_same_bounds_however_a_formula_is_spelled(string typed, string core)
    {
        string[] bounds = [.. new[] { typed, core }.Select(formula =>
        {
            ToolRun run = ToolRunner.Run("bound", formula, "--domain", "[0,1]", "--json");
            Assert.Equal("", run.Error);
            using JsonDocument json = JsonDocument.Parse(run.Out);
            return json.RootElement.GetProperty("min").ToString() + json.RootElement.GetProperty("max");
        })];
        Assert.Equal(bounds[1], bounds[0]);
    }

    [Theory]
    [InlineData("sum(i, 0, 3, x^i/factorial(i))")]
    [InlineData("relu(2x − 1)·|x| + tanh(x)")]
    public void Bound_writes_certificates_of_what_people_write(string formula)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run("bound", formula, "--domain", "[0,1]", "--certificate", folder.File("bound"));
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("check", folder.File("bound")).ExitCode);
    }

    [Theory]
    [InlineData("bound", "formula 'sum(i, 1, n, x)': column 1: the ends of a sum must be integers", "sum(i, 1, n, x)")]
    [InlineData("bound", "column 4: a/2x can be read in two ways", "1/2x")]
    [InlineData(
        "bound", "column 3: expected an operator or the end of the formula, found 'x' (a product is written with *)",
        "2 x")]
    [InlineData(
        "prove", "column 22: unknown function 'foo'; there are if, sum, prod, abs", "forall x in [0, 1] : foo(x) <= 1")]
    [InlineData("prove", "column 25: write sin(…)^2 for a power of a value", "forall x in [0, 1] : sin²(x) <= 1")]
    public void What_cannot_be_read_is_told_in_one_line(string command, string message, string text)
    {
        ToolRun run = command == "bound"
            ? ToolRunner.Run(command, text, "--domain", "[0,1]")
            : ToolRunner.Run(command, text);
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
