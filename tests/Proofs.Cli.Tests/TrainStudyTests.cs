using System.Collections.Immutable;
using Proofs.Checks.Learning;
using Proofs.Checks.Papers;
using Proofs.Checks.Theorems;
using Proofs.Cli.Commands;
using Proofs.Cli.Sessions;

namespace Proofs.Cli.Tests;

public sealed class TrainStudyTests
{
    private static readonly StudyRules Rules = new(Profile.Quick, 7);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    [InlineData(12, 5)]
    public void Shards_in_any_order_give_the_files_of_one_run(int n, int count)
    {
        using TemporaryFolder whole = new(), sharded = new();
        var paper = Paper(Numbers(n, _ => { }));
        Assert.Equal(ExitCode.Holds, Run(paper, whole.Path).ExitCode);
        foreach (int k in Enumerable.Range(1, count).Reverse())
        {
            Assert.Equal(ExitCode.Holds, Run(paper, sharded.Path, (k, count)).ExitCode);
        }

        string expected = string.Concat(Enumerable.Range(0, n).Select(i => $"part {i}, seed 7, Quick\n"));
        Assert.Equal(expected, File.ReadAllText(whole.File("numbers.csv")));
        Assert.Equal(expected, File.ReadAllText(sharded.File("numbers.csv")));
        Assert.Single(Directory.EnumerateFileSystemEntries(whole.Path));
        Assert.Single(Directory.EnumerateFileSystemEntries(sharded.Path));
    }

    [Fact]
    public void A_run_goes_on_where_the_last_one_ended_and_keeps_nothing_of_a_part_in_the_middle()
    {
        using var folder = new TemporaryFolder();
        var done = new List<int>();
        bool fails = true;
        var paper = Paper(Numbers(3, i =>
        {
            if (i == 1 && fails)
            {
                throw TrainingException.Diverged(5, double.NaN, 0.1);
            }

            done.Add(i);
        }));
        var failed = Assert.ThrowsAny<ToolException>(() => Run(paper, folder.Path));
        Assert.Equal(ExitCode.Inconclusive, failed.ExitCode);
        Assert.StartsWith("study numbers: training diverged", failed.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("numbers.csv")));
        fails = false;
        _ = Run(paper, folder.Path);
        Assert.Equal([0, 1, 2], done);
        Assert.True(File.Exists(folder.File("numbers.csv")));
    }

    [Fact]
    public void Parts_of_another_seed_are_not_mixed_in()
    {
        using var folder = new TemporaryFolder();
        var paper = Paper(Numbers(2, _ => { }));
        _ = Run(paper, folder.Path, (1, 2), Rules with { Seed = 8 });
        _ = Run(paper, folder.Path);
        Assert.Equal("part 0, seed 7, Quick\npart 1, seed 7, Quick\n", File.ReadAllText(folder.File("numbers.csv")));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData(".hidden")]
    [InlineData("")]
    [InlineData("numbers.csv|NUMBERS.csv")]
    public void A_file_with_a_bad_name_is_refused(string names)
    {
        using var folder = new TemporaryFolder();
        var paper = Paper(TrainingStudy.Of(
            "numbers", "", _ => [new("a", _ => [.. names.Split('|').Select(n => StudyFile.Text(n, ""))])]));
        var refused = Assert.ThrowsAny<ToolException>(() => Run(paper, folder.Path));
        Assert.Equal(ExitCode.Data, refused.ExitCode);
        Assert.Contains("expected names of", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_training_that_was_ended_is_no_result()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var paper = Paper(Numbers(2, _ => stop.Cancel()));
        Assert.ThrowsAny<OperationCanceledException>(() => Run(paper, folder.Path, stop: stop.Token));
        Assert.False(File.Exists(folder.File("numbers.csv")));
    }

    [Fact]
    public void What_does_not_fit_is_told_in_one_line()
    {
        ToolRunner.Run("train", "--study", "numbers").AssertFailedInOneLine(ExitCode.Usage);
        ToolRunner.Run("train", "--paper", "p", "--target", "x").AssertFailedInOneLine(ExitCode.Usage);
        ToolRunner.Run("train", "--paper", "p", "--shard", "3/2").AssertFailedInOneLine(ExitCode.Usage);
        ToolRunner.Run("train", "--paper", "no-such-paper", "-o", "x").AssertFailedInOneLine(ExitCode.Usage);
        var paper = Paper(Numbers(1, _ => { }));
        Assert.Contains(
            "expected one of numbers, got 'letters'",
            Assert.Throws<UsageException>(() => Run(paper, "x", study: "letters")).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => Run(SamplePapers.Sound, "x"));
    }

    private static PaperArtifact Paper(TrainingStudy study) => SamplePapers.Sound with { Studies = [study] };

    private static TrainingStudy Numbers(int parts, Action<int> work) => new(
        "numbers",
        "Numbers",
        _ =>
        [
            .. Enumerable.Range(0, parts).Select(i => new StudyPart($"p{i}", request =>
            {
                work(i);
                return [StudyFile.Text("row.csv", $"part {i}, seed {request.Rules.Seed}, {request.Rules.Profile}\n")];
            })),
        ],
        (_, files) => [StudyFile.Text("numbers.csv", string.Concat(files.Select(f => f.AsText())))]);

    private static ToolRun Run(
        PaperArtifact paper, string folder, (int, int)? shard = null, StudyRules? rules = null, string? study = null,
        CancellationToken stop = default)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var session = new Session(output, TextWriter.Null, ShowsProgress: false, stop);
        int code = new TrainStudies(session, () => new NoTrainer())
        {
            Rules = rules ?? Rules,
            Jobs = 1,
            Shard = shard ?? (1, 1),
        }.Run(paper, study, folder);
        return new ToolRun(code, output.ToString(), "");
    }

    private sealed class NoTrainer : ITrainer
    {
        public TrainingOutcome Train(TrainingRequest request) => throw new NotSupportedException();
    }
}
