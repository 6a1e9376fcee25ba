using System.Text.Json;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

/// <summary>
/// What a user's own library may hold: nothing in it is an internal error, and nothing vacuous is a success.
/// </summary>
public sealed class FaultyPaperTests
{
    [Fact]
    public void A_typo_and_a_construction_that_throws_leave_the_other_theorems_alone()
    {
        using var folder = new TemporaryFolder();
        string library = FaultyPapers.WriteLibrary(folder.File("My Paper.dll"), nameof(FaultyPapers.WithTypos));
        ToolRun run = ToolRunner.Run("verify", library);
        Assert.Equal(ExitCode.Refuted, run.ExitCode); // claim "size" is false
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            "proofs verify: theorem bad, instance m = 2, claim \"error\": g in 'Phi - g' is not defined; "
                + "defined are m, L, W, B, width, x, Phi", lines[0]);
        Assert.Equal(
            "proofs verify: theorem throwing, instance throwing, claim \"construction\": NotSupportedException: "
                + "by an author", lines[1]);
        Assert.Contains("  witness   W = ", run.Out, StringComparison.Ordinal);
        Assert.Contains(" > 1\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"  replay    proofs verify '{library}' bad --profile quick --seed 1\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "2 of 5 claims hold: 0 proved, 2 certified, 0 supported, 2 in error, 1 refuted;", run.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_line_works_as_pasted_and_a_name_is_looked_for_in_the_library_beside_it()
    {
        using var folder = new TemporaryFolder();
        string library = FaultyPapers.WriteLibrary(folder.File("MyPaper.dll"), nameof(FaultyPapers.WithTypos));
        string replay = ToolRunner.Run("verify", library).Out.Split('\n')
            .First(l => l.StartsWith("  replay", StringComparison.Ordinal));
        string[] words = replay.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.Equal(["verify", library, "bad", "--profile", "quick", "--seed", "1"], words);
        ToolRun again = ToolRunner.Run(words);
        Assert.Equal(ExitCode.Refuted, again.ExitCode);
        Assert.Contains("0 of 2 claims hold", again.Out, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Holds, ToolRunner.Run("verify", library, "good").ExitCode);
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("verify", "good", library).ExitCode);
        Assert.Equal(ExitCode.Refuted, ToolRunner.Run("verify", library, "typos").ExitCode);
        ToolRun unknown = ToolRunner.Run("verify", library, "god");
        unknown.AssertFailedInOneLine(ExitCode.Usage);
        Assert.Contains(
            "expected a path or one of typos, bad, throwing, good", unknown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(FaultyPapers.NeverChecked), "never checked: the theorem has no instance")]
    [InlineData(nameof(FaultyPapers.Empty), "never checked: the paper 'empty' has no theorem")]
    [InlineData(nameof(FaultyPapers.Contradictory), "no parameters satisfy the assumptions")]
    public void What_speaks_of_nothing_ends_with_2_and_says_VACUOUS(string function, string why)
    {
        using var folder = new TemporaryFolder();
        string library = FaultyPapers.WriteLibrary(folder.File("paper.dll"), function);
        ToolRun run = ToolRunner.Run("verify", library);
        Assert.Equal((ExitCode.Inconclusive, ""), (run.ExitCode, run.Error));
        Assert.Contains(why, run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\nVACUOUS: 0 of 1 claims hold: 0 proved, 0 certified, 0 supported, 1 vacuous; ", run.Out,
            StringComparison.Ordinal);

        ToolRun json = ToolRunner.Run("verify", library, "--json", "--out", folder.File("out"));
        Assert.Equal(ExitCode.Inconclusive, json.ExitCode);
        using JsonDocument document = JsonDocument.Parse(json.Out);
        JsonElement row = document.RootElement.GetProperty("theorems")[0].GetProperty("rows")[0];
        Assert.Equal("vacuous", row.GetProperty("verdict").GetString());
        Assert.False(row.GetProperty("asExpected").GetBoolean());
        Assert.Contains(
            "<failure type=\"vacuous\"", File.ReadAllText(folder.File("out/junit.xml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_does_not_load_is_told_and_the_others_are_verified()
    {
        using var folder = new TemporaryFolder();
        string throwing = FaultyPapers.WriteLibrary(folder.File("throwing.dll"), nameof(FaultyPapers.Throwing));
        ToolRun alone = ToolRunner.Run("verify", throwing);
        alone.AssertFailedInOneLine(ExitCode.Data);
        Assert.Contains(
            "throwing.dll: Library.Paper throws IndexOutOfRangeException: ", alone.Error, StringComparison.Ordinal);

        string good = FaultyPapers.WriteLibrary(folder.File("tables.dll"), nameof(FaultyPapers.WithoutTables));
        ToolRun both = ToolRunner.Run("verify", throwing, folder.File("script.fsx", "let x = 1"), good);
        Assert.Equal(ExitCode.Data, both.ExitCode);
        Assert.Equal(2, both.Error.Count(c => c == '\n'));
        Assert.Contains(
            "script.fsx: expected a library that declares paper artifacts: it is no .NET library", both.Error,
            StringComparison.Ordinal);
        Assert.Contains("1 of 1 claims hold", both.Out, StringComparison.Ordinal);

        ToolRun json = ToolRunner.Run("verify", throwing, good, "--json");
        using JsonDocument document = JsonDocument.Parse(json.Out);
        Assert.Single(document.RootElement.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public void Tables_that_cannot_be_made_are_told_and_the_verdicts_are_written()
    {
        using var folder = new TemporaryFolder();
        string library = FaultyPapers.WriteLibrary(folder.File("tables.dll"), nameof(FaultyPapers.WithoutTables));
        ToolRun run = ToolRunner.Run("verify", library, "--out", folder.File("out"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains(
            "paper tables: its tables and figures cannot be made: InvalidOperationException: no tables today",
            run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("out/tables/good-verdicts.md")));
    }

    [Fact]
    public void Two_libraries_of_one_paper_are_told()
    {
        using var folder = new TemporaryFolder();
        string one = FaultyPapers.WriteLibrary(folder.File("one.dll"), nameof(FaultyPapers.WithoutTables));
        string two = FaultyPapers.WriteLibrary(folder.File("two.dll"), nameof(FaultyPapers.WithoutTables));
        Assert.Equal(ExitCode.Holds, ToolRunner.Run("verify", one, one).ExitCode);
        ToolRun run = ToolRunner.Run("verify", one, two);
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("paper tables: more than one library declares it", run.Error, StringComparison.Ordinal);
    }
}
