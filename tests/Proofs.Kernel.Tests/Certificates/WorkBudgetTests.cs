using Proofs.Kernel.Certificates;
using Xunit;

namespace Proofs.Kernel.Tests.Certificates;

/// <summary>What is granted may be spent to the last unit, and not a unit more.</summary>
public sealed class WorkBudgetTests
{
    [Fact]
    public void All_of_it_may_be_spent_and_no_more()
    {
        var work = new WorkBudget(10);
        work.Spend(0);
        work.Spend(4);
        work.Spend(6);
        Assert.Equal(0, work.Left);
        work.Spend(0);
        Assert.Throws<WorkExhaustedException>(() => work.Spend(1));
        Assert.Throws<WorkExhaustedException>(() => work.Spend(0)); // what is exhausted stays so
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(11)]
    [InlineData(long.MaxValue)]
    public void A_count_that_overflowed_or_is_too_large_ends_it(long amount)
    {
        var work = new WorkBudget(10);
        Assert.Throws<WorkExhaustedException>(() => work.Spend(amount));
        Assert.True(work.Left < 0);
        Assert.Throws<WorkExhaustedException>(() => work.Spend(1));
    }

    [Fact]
    public void A_stop_is_seen_when_something_is_spent()
    {
        using var stop = new CancellationTokenSource();
        var work = new WorkBudget(10, stop.Token);
        work.Spend(1);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => work.Spend(1));
    }

    [Fact]
    public void A_memory_is_one_for_each_kind_and_budget()
    {
        var work = new WorkBudget(10);
        work.Memory<List<int>>().Add(7);
        Assert.Equal([7], work.Memory<List<int>>());
        Assert.Empty(work.Memory<List<long>>());
        Assert.Empty(new WorkBudget(10).Memory<List<int>>());
    }
}
