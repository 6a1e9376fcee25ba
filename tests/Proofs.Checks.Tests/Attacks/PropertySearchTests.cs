using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Attacks;
using Proofs.Checks.Theorems;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Checks.Tests.Attacks;

public sealed class PropertySearchTests
{
    private static readonly Arbitrary<int> Number = Arb.From(Gen.Choose(0, 1000), n => n == 0 ? [] : [n / 2, n - 1]);

    [Fact]
    public void A_true_property_is_supported_with_its_worst_ratio_and_coverage()
    {
        var verdict = PropertySearch.Run(
            Number, n =>
                new Trial(null, new BigRational(n, 1000), [n % 2 == 0 ? "even" : "odd"]), ["even", "odd"], Request(7));
        var supported = Assert.IsType<Verdict.Supported>(verdict);
        Assert.Equal((200, 7), (supported.Trials, supported.Seed));
        Assert.True(supported.Worst <= 1);
        Assert.Contains("even", supported.Coverage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_false_property_is_refuted_by_the_smallest_counterexample()
    {
        var refuted = Assert.IsType<Verdict.Refuted>(PropertySearch.Run(Number, AtMost(100), [], Request(7)));
        Assert.Equal(new BigRational(101), refuted.Witness.Values[0].Value);
    }

    [Fact]
    public void The_same_seed_makes_the_same_trials()
    {
        List<int> first = [], second = [];
        foreach (var seen in new[] { first, second })
        {
            PropertySearch.Run(Number, n => { seen.Add(n); return new Trial(null, null, []); }, [], Request(42));
        }

        Assert.Equal(first, second);
        Assert.True(first.Distinct().Count() > 20);
    }

    [Fact]
    public void An_unvisited_class_leaves_the_claim_open() => Assert.IsType<Verdict.Inconclusive>(
        PropertySearch.Run(Number, _ => new Trial(null, null, ["seen"]), ["never seen"], Request(1)));

    [Fact]
    public void A_property_that_throws_is_no_support() => Assert.IsType<Verdict.Inconclusive>(
        PropertySearch.Run(Number, _ => throw new InvalidOperationException("broken"), [], Request(1)));

    [Fact]
    public void A_cancelled_search_throws()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => PropertySearch.Run(
            Number,
            _ =>
            {
                stop.Cancel();
                return new Trial(null, null, []);
            },
            [],
            new SearchRequest(1, 200, stop.Token)));
    }

    private static Func<int, Trial> AtMost(int most) => n => new Trial(
        n <= most ? null : new Witness([KeyValuePair.Create("n", (BigRational)n)], "too large"), null, []);

    private static SearchRequest Request(long seed) => new(seed, 200, CancellationToken.None);
}
