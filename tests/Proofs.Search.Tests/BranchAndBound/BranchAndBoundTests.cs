using Proofs.Search.BranchAndBound;

namespace Proofs.Search.Tests.BranchAndBound;

/// <summary>Branch and bound finds what a look at everything finds, in the same order for any number of threads, within
/// its limits.</summary>
public sealed class BranchAndBoundTests
{
    private const int LargestBatch = 16; // parts of eight nodes, in TableSpace

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_number_of_threads_finds_the_largest_entry_in_the_same_order(int jobs)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            int[] table = TableSpace.Random(seed, 700 + (seed * 97));
            var alone = new TableSpace(table, roots: 1 + (seed % 7));
            var meter = Limits.None.Start();
            Assert.Equal(Ending.TargetReached, alone.Search(1, meter).Run());
            Assert.Equal(table.Max(), alone.Best);
            Assert.Equal(alone.Trace.Count, meter.Boxes);

            var shared = new TableSpace(table, roots: 1 + (seed % 7));
            Assert.Equal(Ending.TargetReached, shared.Search(jobs, Limits.None.Start(), lanes: 1 + (seed % 3)).Run());
            Assert.Equal(alone.Trace, shared.Trace);
        }
    }

    [Fact]
    public void Boxes_and_steps_end_a_search_within_one_batch()
    {
        int[] table = TableSpace.Random(5, 4000);
        for (int limit = 1; limit < 150; limit += 7)
        {
            var byBoxes = new TableSpace(table);
            var boxes = (Limits.None with { Boxes = limit }).Start();
            Assert.Equal(Ending.Boxes, byBoxes.Search(3, boxes).Run());
            Assert.InRange(boxes.Boxes, limit, limit + LargestBatch - 1);
            Assert.True(byBoxes.Open.Top!.Upper >= table.Max(), "the bound of the open ranges holds wherever it ends");

            var bySteps = new TableSpace(table);
            var steps = (Limits.None with { Steps = limit }).Start();
            Assert.Equal(Ending.Steps, bySteps.Search(2, steps).Run());
            Assert.InRange(steps.Steps, limit, limit + (LargestBatch / 2) - 1);
        }
    }

    [Fact]
    public void A_search_says_why_it_stopped()
    {
        int[] table = TableSpace.Random(7, 1000);
        Ending Of(Limits limits, bool hasTarget = true) =>
            new TableSpace(table) { HasTarget = hasTarget }.Search(2, limits.Start()).Run();
        Assert.Equal(Ending.TargetReached, Of(Limits.None));
        Assert.Equal(Ending.Exhausted, Of(Limits.None, hasTarget: false));
        Assert.Equal(Ending.Boxes, Of(Limits.None with { Boxes = 1 }));
        Assert.Equal(Ending.Steps, Of(Limits.None with { Steps = 1 }));
        Assert.Equal(Ending.CpuTime, Of(Limits.None with { CpuTime = TimeSpan.Zero }));
        Assert.Equal(Ending.Clock, Of(Limits.None with { Clock = TimeSpan.Zero }));
        Assert.Equal(Ending.Cancelled, Of(Limits.None with { Cancellation = new(canceled: true) }));
    }

    [Fact]
    public void A_search_that_goes_on_from_a_checkpoint_ends_as_one_that_was_never_ended()
    {
        for (int seed = 20; seed < 26; seed++)
        {
            int[] table = TableSpace.Random(seed, 1500);
            var whole = new TableSpace(table, roots: 4);
            var meter = Limits.None.Start();
            whole.Search(1, meter).Run();
            List<(int, int, int, int)> trace = [];
            SearchCheckpoint? checkpoint = null;
            (Ending ending, long boxes) = (Ending.Boxes, 0);
            for (int jobs = 1; ending == Ending.Boxes; jobs = 1 + (jobs % 3))
            {
                var part = new TableSpace(table, roots: 4);
                var limited = (Limits.None with { Boxes = boxes + 20 }).Start();
                var search = part.Search(jobs, limited);
                checkpoint?.Restore("largest", search.Read);
                ending = search.Run();
                checkpoint = Copy(SearchCheckpoint.Of("largest", search.Write));
                trace.AddRange(part.Trace);
                (boxes, int best) = (limited.Boxes, part.Best);
                Assert.True(ending == Ending.Boxes || best == table.Max());
            }

            Assert.Equal(Ending.TargetReached, ending);
            Assert.Equal(meter.Boxes, boxes);
            Assert.Equal(whole.Trace, trace);
        }
    }

    [Fact]
    public void A_search_that_is_ended_among_its_roots_says_so_and_goes_on_with_those_left()
    {
        int[] table = TableSpace.Random(31, 900);
        var whole = new TableSpace(table, roots: 10);
        whole.Search(1, Limits.None.Start()).Run();

        using var stop = new CancellationTokenSource();
        var first = new TableSpace(table, roots: 10) { OnBound = stop.Cancel };
        var search = first.Search(1, (Limits.None with { Cancellation = stop.Token }).Start());
        Assert.Equal(Ending.Cancelled, search.Run());
        Assert.True(first.HasRootsLeft);
        Assert.Equal(3, first.Trace.Count);

        var second = new TableSpace(table, roots: 10);
        var rest = second.Search(1, Limits.None.Start());
        SearchCheckpoint.Of("", search.Write).Restore("", rest.Read);
        Assert.Equal(Ending.TargetReached, rest.Run());
        Assert.Equal(whole.Trace, [.. first.Trace, .. second.Trace]);
    }

    [Fact]
    public void A_batch_is_given_up_where_that_is_allowed_and_finished_where_it_is_not()
    {
        foreach (bool mayDrop in (bool[])[true, false])
        {
            using var stop = new CancellationTokenSource();
            int[] table = TableSpace.Random(41, 900);
            var space = new TableSpace(table, roots: 3) { OnBound = stop.Cancel };
            var meter = (Limits.None with { Cancellation = stop.Token }).Start();
            Assert.Equal(Ending.Cancelled, space.Search(1, meter, mayDrop).Run());
            Assert.Equal(mayDrop ? 0 : 3, meter.Boxes);
            Assert.Equal(meter.Boxes, space.Trace.Count);
        }
    }

    [Fact]
    public void Nodes_of_one_key_are_taken_in_the_order_in_which_they_came()
    {
        var open = new BestFirst<string, int>(name => name.Length);
        foreach (string name in (string[])["bb", "a", "cc", "d", "e", "ff"])
        {
            open.Add(name);
        }

        Assert.Equal(["a", "d", "e", "bb", "cc", "ff"], Enumerable.Range(0, 6).Select(_ => open.Take()));
    }

    [Fact]
    public void Damaged_checkpoints_and_those_of_other_questions_are_refused()
    {
        using var stream = new MemoryStream();
        SearchCheckpoint.Of("a question", output => output.Write(17)).Write(stream);
        byte[] bytes = stream.ToArray();
        var random = new Random(3);
        for (int k = 0; k < 64; k++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<FormatException>(() => SearchCheckpoint.Read(new MemoryStream(damaged)));
        }

        Assert.Throws<FormatException>(() => SearchCheckpoint.Read(new MemoryStream(bytes[..^1])));
        Assert.Throws<FormatException>(() => SearchCheckpoint.Read(new MemoryStream()));
        var whole = SearchCheckpoint.Read(new MemoryStream(bytes));
        Assert.Throws<ArgumentException>(() => whole.Restore("another", _ => { }));
        int read = 0;
        whole.Restore("a question", input => read = input.ReadInt32());
        Assert.Equal(17, read);
    }

    [Fact]
    public void What_is_left_of_the_clock_is_never_nothing_and_parts_of_it_are_shared()
    {
        Assert.Null(Limits.None.Start().Left);
        Assert.Equal(1, (Limits.None with { Clock = TimeSpan.Zero }).Start().Left!.Value.Ticks);
        var hour = (Limits.None with { Clock = TimeSpan.FromHours(1) }).Start();
        Assert.InRange(hour.Share(0.5)!.Value, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        hour.CountBoxes(3);
        Assert.Equal(0, hour.WithBoxes(2).Boxes);
        Assert.Null(hour.Spent);
    }

    private static SearchCheckpoint Copy(SearchCheckpoint checkpoint)
    {
        using var stream = new MemoryStream();
        checkpoint.Write(stream);
        return SearchCheckpoint.Read(new MemoryStream(stream.ToArray()));
    }
}
