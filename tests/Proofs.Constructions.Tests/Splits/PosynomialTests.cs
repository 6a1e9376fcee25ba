using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Splits;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Splits;

public sealed class PosynomialTests
{
    // docs/math/07, section 7: values of an independent computation in binary64
    [Fact]
    public void The_splits_of_the_specification_are_found()
    {
        var cases = RepositoryFiles.Fixture("07-adaptive.json").GetProperty("posynomial").EnumerateArray().ToArray();
        Assert.Equal(4, cases.Length);
        foreach (var @case in cases)
        {
            double[] Read(string name) => [.. @case.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];
            var leaves = Read("A").Zip(Read("p"), Read("c")).Select(l => (SplitLeaf)new SplitLeaf.Power(
                Binary64.Exact(l.First), Binary64.Exact(l.Second), Binary64.Exact(l.Third))).ToImmutableArray();
            var eps = BigRational.Parse(@case.GetProperty("eps").GetRawText());
            var split = Posynomial.Split(leaves, eps);
            double cost = @case.GetProperty("W").GetDouble();
            Assert.InRange(split.Cost.Inf, cost * (1 - 1e-9), cost * (1 + 1e-9));
            Assert.InRange(split.LowerBound, cost * (1 - 1e-9), cost * (1 + 1e-12));
            Assert.True(split.LowerBound <= split.Cost.Sup);
            double equal = @case.GetProperty("equal_split_W").GetDouble();
            Assert.InRange(split.EqualCost.Inf, equal * (1 - 1e-12), equal * (1 + 1e-12));
            Assert.All(split.Shares.Zip(Read("split")), s => Assert.Equal(s.Second, Binary64.Nearest(s.First), 1e-6));
        }
    }

    // A lower bound that some split is below would be a lie, whatever the multiplier.
    [Fact]
    public void No_split_costs_less_than_the_bound() => Prop.ForAll(
        Gen.Choose(1, 40).ListOf(6).ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(), (n, share) =>
        {
            ImmutableArray<SplitLeaf> leaves =
            [
                new SplitLeaf.Power(n[0], new BigRational(n[1], 7), n[2]), new SplitLeaf.Logarithm(n[3], n[4]),
            ];
            var eps = new BigRational(n[5], 20);
            var split = Posynomial.Split(leaves, eps);
            Assert.Equal(eps, split.Shares.Zip(leaves, (e, l) => e * l.Weight).Aggregate((a, b) => a + b));
            var first = eps * new BigRational(share, 100);
            var other = new[] { first / n[2], (eps - first) / n[4] };
            double cost = leaves
                .Zip(other, (l, e) => l.At(e).Evaluate(new Dictionary<string, Interval>()).Sup)
                .Sum();
            Assert.True(split.LowerBound <= cost * (1 + 1e-12) + 1e-9, $"{split.LowerBound} {cost}");
            Assert.InRange(split.Cost.Sup - split.LowerBound, 0, 1e-6 * (1 + Math.Abs(split.Cost.Sup)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void What_is_no_leaf_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitLeaf.Power(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitLeaf.Power(1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitLeaf.Logarithm(1, 0));
        Assert.Throws<ArgumentException>(() => Posynomial.Split([], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Posynomial.Split([new SplitLeaf.Power(1, 1, 1)], 0));
    }
}
