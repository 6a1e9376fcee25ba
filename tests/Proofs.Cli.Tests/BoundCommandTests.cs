using System.Text.Json;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Numbers;
using Proofs.Tests;

namespace Proofs.Cli.Tests;

public sealed class BoundCommandTests
{
    private static readonly BigRational Millionth = new(1, 1_000_000);

    // The true values are rational; those of sin, where they are not, are known to 20 digits.
    [Theory]
    [InlineData("x^2 - x", "[0,1]", "-1/4", "0", "1/4")]
    [InlineData("x1^2 - x1", "[0,1]", "-1/4", "0", "1/4")]
    [InlineData("-x^2", "[-2,1]", "-4", "0", "4")]
    [InlineData("(x - 1/3)^2", "[0,1]", "0", "4/9", "4/9")]
    [InlineData("x1*x2 + 1", "[-1,1]x[0,2]", "-1", "3", "3")]
    [InlineData("abs(x1 - x2)", "[0,1] x [3,4]", "2", "4", "4")]
    [InlineData("if(x1 <= 1/2, x1, 2 - x1)", "[0,1]", "0", "3/2", "3/2")]
    [InlineData("x", "[0,1] or [2,3]", "0", "3", "3")]
    [InlineData("1/3", "[0,1]", "1/3", "1/3", "1/3")]
    [InlineData("0", "[0,1]", "0", "0", "0")]
    [InlineData("exp(x)*sin(x)", "[0,1]", "0", "2.2873552871788423912", "2.2873552871788423912")]
    public void The_enclosures_contain_the_true_values_and_are_narrow(
        string formula, string domain, string min, string max, string sup)
    {
        ToolRun run = ToolRunner.Run("bound", formula, "--domain", domain, "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal("ENCLOSED", json.RootElement.GetProperty("verdict").GetString());
        foreach ((string name, string text) in new[] { ("min", min), ("max", max), ("sup", sup) })
        {
            BigRational value = BigRational.Parse(text);
            BigRational lower = End(json, name, "lower"), upper = End(json, name, "upper");
            Assert.True(lower <= value && value <= upper, $"{name} = {value} is not in [{lower}, {upper}]");
            Assert.True(
                upper - lower <= Millionth
                    * BigRational.Max(BigRational.Abs(value), Millionth * End(json, "sup", "upper")));
        }
    }

    [Theory]
    [InlineData("x", "[0,1/3]")]
    [InlineData("1/x", "[1,100]")]
    [InlineData("x/(x+1)", "[0,1]")]
    [InlineData("x1/(1 + x2)", "[0,1/3]^2")]
    [InlineData("x", "[1/3,1/3]")]
    public void A_certificate_is_written_and_accepted_where_a_bound_is_attained(string formula, string domain)
    {
        using var folder = new TemporaryFolder();
        string certificate = folder.File("c.txt");
        ToolRun run = ToolRunner.Run("bound", formula, "--domain", domain, "--certificate", certificate, "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        JsonElement certified = json.RootElement.GetProperty("certified");
        ToolRun check = ToolRunner.Run("check", certificate);
        Assert.StartsWith(
            $"ACCEPTED {certificate}\n  {certified.GetProperty("lower").GetString()} <= ", check.Out,
            StringComparison.Ordinal);
        Assert.Contains($" <= {certified.GetProperty("upper").GetString()} for ", check.Out, StringComparison.Ordinal);
    }

    // The extrema come from 60-digit arithmetic (golden section between 2,000 samples).
    [Theory]
    [InlineData("sigmoid", "-0.0001054550677595298452046443", "0.0001054550677595298452046443")]
    [InlineData("atan", "-2.028188256579842481184481e-12", "2.027991495754907655195258e-12")]
    [InlineData("exp", "-1.322288675070556111850475e-9", "1.328129738198112968704545e-9")]
    [InlineData("sin", "-9.181670816793705392317688e-17", "9.181670816793705392317688e-17")]
    [InlineData("log1p", "-4.032962850422670622354285e-13", "4.068751870524230476924898e-13")]
    public void Approximation_errors_below_the_last_place_of_binary64_are_enclosed_to_a_millionth(
        string name, string min, string max)
    {
        string line = File.ReadLines(Path.Combine(RepositoryFiles.Root, "benchmarks", "bound", "problems.txt"))
            .First(l => l.StartsWith(name + " |", StringComparison.Ordinal));
        string[] parts = line.Split(" | ");
        ToolRun run =
            ToolRunner.Run("bound", $"{parts[1]} - ({parts[2]})", "--domain", $"[{parts[3]},{parts[4]}]", "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        foreach ((string end, string text) in new[] { ("min", min), ("max", max) })
        {
            BigRational value = BigRational.Parse(text),
                slack = BigRational.Abs(value) * new BigRational(1, 1_000_000_000_000);
            BigRational lower = End(json, end, "lower"), upper = End(json, end, "upper");
            Assert.True(
                lower <= value + slack && value - slack <= upper, $"{end} = {value} is not in [{lower}, {upper}]");
            Assert.True(upper - lower <= Millionth * BigRational.Abs(value));
        }
    }

    [Fact]
    public void A_certificate_is_accepted_and_none_is_written_where_the_checker_cannot_follow()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("sin.cert");
        ToolRun run = ToolRunner.Run("bound", "sin(x) - x + x^3/6", "--domain", "[0,1/3]", "--certificate", file);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        ToolRun check = ToolRunner.Run("check", file);
        Assert.Equal((ExitCode.Holds, ""), (check.ExitCode, check.Error));
        Assert.StartsWith("ACCEPTED", check.Out, StringComparison.Ordinal);
        File.WriteAllText(file, File.ReadAllText(file).Replace("sin(x)", "cos(x)", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Refuted, ToolRunner.Run("check", file).ExitCode);

        run = ToolRunner.Run("bound", "x1*exp(x2) - x2^2", "--domain", "[0,1/3]^2", "--certificate", file);
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("ACCEPTED", ToolRunner.Run("check", file).Out, StringComparison.Ordinal);
        File.WriteAllText(file, File.ReadAllText(file).Replace("exp(x2)", "exp(2*x2)", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Refuted, ToolRunner.Run("check", file).ExitCode);

        string other = folder.File("none.cert");
        ToolRun answered = ToolRunner.Run("bound", "floor(x1*x2)", "--domain", "[0,1]^2", "--certificate", other);
        Assert.Equal(ExitCode.Data, answered.ExitCode);
        Assert.StartsWith("ENCLOSED", answered.Out, StringComparison.Ordinal);
        Assert.Contains(
            "none.cert: is not written: the exact checker does not know floor", answered.Error,
            StringComparison.Ordinal);
        Assert.False(File.Exists(other));
    }

    [Fact]
    public void A_smaller_gap_gets_more_digits()
    {
        ToolRun run = ToolRunner.Run("bound", "exp(x)", "--domain", "[0,1]", "--rel-gap", "1e-30", "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        BigRational e = BigRational.Parse("2.718281828459045235360287471352662497757247093");
        BigRational lower = End(json, "max", "lower"), upper = End(json, "max", "upper");
        Assert.True(lower <= e && e <= upper && upper - lower <= BigRational.Parse("1e-29"), $"[{lower}, {upper}]");
    }

    [Fact]
    public void The_points_and_an_exact_value_are_shown()
    {
        ToolRun run = ToolRunner.Run("bound", "x^2 - x", "--domain", "[-1/2,1]");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("ENCLOSED\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\nmax f is 3/4 (0.75); at x = -1/2 (-0.5) f is 3/4 (0.75)\nsup |f| is 3/4 (0.75)\n", run.Out,
            StringComparison.Ordinal);
    }

    // Limits at points where the formula is not defined count as far as its values come close to them.
    [Theory]
    [InlineData("x*log(x)", "[0,1]", "-0.36787944117144232", "0")]
    [InlineData("x^x", "[0,1]", "0.69220062755534635", "1")]
    [InlineData("sqrt(x)*log(x)^2 + x", "[0,1]", "0", "2.184338")]
    [InlineData("atan(1/x)", "[-1,1]", "-1.5707963267948966", "1.5707963267948966")]
    [InlineData("sqrt(x)", "[-1,1]", "0", "1")]
    [InlineData("x1*log(x1) + x2*log(x2)", "[0,1]^2", "-0.73575888234288464", "0")]
    [InlineData("sqrt(x1 - x2)", "[0,1]^2", "0", "1")]
    public void Only_points_at_which_the_formula_is_defined_count(string formula, string domain, string min, string max)
    {
        ToolRun run = ToolRunner.Run("bound", formula, "--domain", domain, "--rel-gap", "1e-4", "--json");
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        foreach ((string name, string text) in new[] { ("min", min), ("max", max) })
        {
            BigRational value = BigRational.Parse(text), slack = new(1, 5_000);
            Assert.True(
                End(json, name, "lower") <= value + slack && value - slack <= End(json, name, "upper"), run.Out);
        }
    }

    [Fact]
    public void A_formula_that_is_defined_nowhere_has_no_bounds()
    {
        ToolRun run = ToolRunner.Run("bound", "sqrt(x1 - 3)", "--domain", "[0,1]^2");
        Assert.Equal((ExitCode.Inconclusive, ""), (run.ExitCode, run.Error));
        Assert.Contains("ended: the formula is defined nowhere on the domain", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1/x", "[0,1]")]
    [InlineData("log(x)", "[0,1]")]
    [InlineData("1/(x - 1/3)", "[0,1]")]
    public void What_is_unbounded_is_not_enclosed(string formula, string domain)
    {
        ToolRun run = ToolRunner.Run("bound", formula, "--domain", domain, "--timeout", "1");
        Assert.Equal((ExitCode.Inconclusive, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("INCONCLUSIVE\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("sup |f| in [", run.Out, StringComparison.Ordinal);
        Assert.Contains(", ∞]\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nended: ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_that_is_not_reached_in_time_is_undecided_and_the_enclosure_still_holds()
    {
        // a million boxes and twenty seconds, so that no machine is done in half a second
        string formula =
            "sin(170*x1*x2 + x3*x4)*cos(130*x3*x5 - x1*x6)/(1 + x1*x2*x3 + x6^2) - exp(sin(90*x4*x5*x6))*x1";
        ToolRun run = ToolRunner.Run("bound", formula, "--domain", "[0,1]^6", "--timeout", "0.5", "--json");
        Assert.Equal((ExitCode.Inconclusive, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.True(End(json, "min", "lower") <= End(json, "max", "upper"));
        Assert.True(End(json, "sup", "upper") >= BigRational.One);
        Assert.StartsWith(
            "the time limit of 0.5 s", json.RootElement.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("formula 'x +': column 4", "x +", "--domain", "[0,1]")]
    [InlineData("formula 'y': expected the inputs x only, found y", "y", "--domain", "[0,1]")]
    [InlineData("--domain '[0,1]^0'", "x", "--domain", "[0,1]^0")]
    [InlineData("--domain '[0,inf]': '[0,inf]' is not a box at column 1", "x", "--domain", "[0,inf]")]
    [InlineData("expected 1 to 8", "x1", "--domain", "[0,1]^9")]
    [InlineData("--rel-gap: expected a number between 0 and 1, got '1'", "x", "--domain", "[0,1]", "--rel-gap", "1")]
    [InlineData("expected a number of seconds", "x", "--domain", "[0,1]", "--timeout=-1")]
    [InlineData("--domain", "x")]
    public void Bad_usage_is_told_in_one_line(string message, params string[] arguments)
    {
        ToolRun run = ToolRunner.Run(["bound", .. arguments]);
        run.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static BigRational End(JsonDocument json, string name, string end) =>
        BigRational.Parse(json.RootElement.GetProperty(name).GetProperty(end).GetString()!);
}
