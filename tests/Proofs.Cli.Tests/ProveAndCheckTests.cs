using System.Text.Json;
using Proofs.Cli.Sessions;
using Proofs.Kernel.Numbers;

namespace Proofs.Cli.Tests;

public sealed class ProveAndCheckTests
{
    private const string True = "forall x in (-inf, inf) : x^2 >= 0";
    private const string False = "forall x in [0, 1] : x^2 >= x";

    [Fact]
    public void A_proof_is_written_and_its_replay_is_accepted()
    {
        using var folder = new TemporaryFolder();
        string certificate = folder.File("proof.cert");
        ToolRun proof = ToolRunner.Run("prove", True, "--certificate", certificate);
        Assert.Equal((ExitCode.Holds, ""), (proof.ExitCode, proof.Error));
        Assert.StartsWith("PROVED\n", proof.Out, StringComparison.Ordinal);
        ToolRun replay = ToolRunner.Run("check", certificate);
        Assert.Equal((ExitCode.Holds, $"ACCEPTED {certificate}\n  {True}\n"), (replay.ExitCode, replay.Out));
    }

    [Fact]
    public void A_refutation_prints_a_witness_that_violates_the_statement()
    {
        ToolRun run = ToolRunner.Run("prove", False);
        Assert.Equal((ExitCode.Refuted, ""), (run.ExitCode, run.Error));
        string[] lines = run.Out.Split('\n');
        Assert.Equal("REFUTED", lines[0]);
        var x = Proofs.Kernel.Numbers.BigRational.Parse(lines[1]["x = ".Length..]);
        Assert.True(x * x < x);
    }

    [Theory]
    [InlineData(True, ExitCode.Holds, "PROVED")]
    [InlineData(False, ExitCode.Refuted, "REFUTED")]
    public void JSON_is_one_object_with_the_verdict(string statement, int exitCode, string verdict)
    {
        ToolRun run = ToolRunner.Run("prove", statement, "--json");
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(verdict, json.RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public void A_certificate_is_written_only_for_what_is_proved()
    {
        using var folder = new TemporaryFolder();
        _ = ToolRunner.Run("prove", False, "--certificate", folder.File("proof.cert"));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_certificate_with_another_statement_is_rejected()
    {
        using var folder = new TemporaryFolder();
        string certificate = folder.File("proof.cert");
        _ = ToolRunner.Run("prove", True, "--certificate", certificate);
        string tampered = folder.File("tampered.cert",
            File.ReadAllText(certificate).Replace(True, "forall x in (-inf, inf) : x >= 0", StringComparison.Ordinal));
        ToolRun run = ToolRunner.Run("check", certificate, tampered);
        Assert.Equal((ExitCode.Refuted, ""), (run.ExitCode, run.Error));
        Assert.Matches("^ACCEPTED .*\n.*\nREJECTED: .*tampered.cert\\)\n$", run.Out);
    }

    [Theory]
    [InlineData(True, ExitCode.Holds)]
    [InlineData(False, ExitCode.Refuted)]
    public void The_script_for_other_solvers_is_written_whatever_the_verdict(string statement, int exitCode)
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run("prove", statement, "--smt", folder.File("claim.smt2"));
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        string script = File.ReadAllText(folder.File("claim.smt2"));
        Assert.Contains($"; {statement}\n", script, StringComparison.Ordinal);
        Assert.EndsWith("(check-sat)\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_theorem_for_Coq_is_written_for_what_polynomial_arithmetic_proves()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = ToolRunner.Run("prove", "forall x in [0, 1] : x*(1-x) <= 1/4", "--coq", folder.File("claim.v"));
        Assert.Equal((ExitCode.Holds, ""), (run.ExitCode, run.Error));
        string file = File.ReadAllText(folder.File("claim.v"));
        Assert.Contains(
            "Theorem statement : forall (x : R),\n  0 <= x ->\n  x <= 1 ->\n  (x * (1 - x)) <= (1 / 4).\n", file,
            StringComparison.Ordinal);
        Assert.EndsWith("Print Assumptions statement.\n", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_certificate_for_Coq_the_verdict_stays_and_a_line_says_why()
    {
        using var folder = new TemporaryFolder();
        ToolRun run =
            ToolRunner.Run("prove", "forall x in [0, inf) : exp(x) >= 1 + x", "--coq", folder.File("claim.v"));
        Assert.Equal((ExitCode.Holds, "no Coq certificate: exp is no rational function\n"), (run.ExitCode, run.Error));
        Assert.StartsWith("PROVED\n", run.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00 })]
    [InlineData(new byte[] { (byte)'x', (byte)'\n' })]
    public void A_file_that_is_no_certificate_is_rejected(byte[] content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("garbage"), content);
        ToolRun run = ToolRunner.Run("check", folder.File("garbage"));
        Assert.Equal((ExitCode.Refuted, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("REJECTED: ", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Data, "there is no such file", "check", "no-such-file")]
    [InlineData(ExitCode.Data, "found a folder", "check", "/")]
    [InlineData(ExitCode.Usage, "Required argument missing", "check")]
    [InlineData(ExitCode.Usage, "column 18", "prove", "forall x in [0,1 : x")]
    [InlineData(ExitCode.Usage, "--timeout: expected a number of seconds from 0.001", "prove", True, "--timeout", "0")]
    [InlineData(ExitCode.Usage, "--timeout: expected", "prove", True, "--timeout", "-1")]
    [InlineData(ExitCode.Usage, "--timeout: expected", "prove", True, "--timeout", "NaN")]
    [InlineData(ExitCode.Data, "there is no such folder", "prove", True, "--certificate", "/no/such/folder/proof")]
    [InlineData(
        ExitCode.Data, "no SMT-LIB script: factorial", "prove", "forall n in int [1, inf) : factorial(n) >= n", "--smt",
        "/dev/null")]
    public void What_cannot_be_done_is_told_in_one_line(int exitCode, string message, params string[] arguments)
    {
        ToolRun run = ToolRunner.Run(arguments);
        run.AssertFailedInOneLine(exitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_search_ends_with_the_code_of_an_interrupt()
    {
        ToolRun run = ToolRunner.Run(new CancellationToken(canceled: true), "prove", True);
        run.AssertFailedInOneLine(ExitCode.Interrupted);
    }
}
