using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Kernel;
using Proofs.Search.Invariance;
using Xunit;

namespace Proofs.Search.Tests.Invariance;

// What is exactly invariant by comparators and the 0-1 principle, and what only looks like it.
public sealed class ComparatorSymmetryTests
{
    [Theory]
    [InlineData(SorterFamily.OddEven, 2)]
    [InlineData(SorterFamily.OddEven, 9)]
    [InlineData(SorterFamily.Merge, 8)]
    [InlineData(SorterFamily.Merge, 16)]
    [InlineData(SorterFamily.Bitonic, 13)]
    [InlineData(SorterFamily.Bitonic, 16)]
    public void Sorters_are_exactly_invariant_where_nothing_is_negative(SorterFamily family, int n)
    {
        var result = Decide(Sorter.Build(n, family).Network, $"S{n}");
        Assert.Equal((InvarianceVerdict.Exact, BigRational.Zero), (result.Verdict, result.Scope!.AtLeast));
        var check = CertificateCheck.Check(result.Certificate!);
        Assert.True(check.Accepted, check.Reason);
        Assert.Contains("all x without a coordinate below 0", check.Statement, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(16)]
    public void Maxima_and_minima_by_tournaments_are_exactly_invariant_everywhere(int n)
    {
        AssertEverywhere(Decide(Maximum.Build(n, 1).Network, $"S{n}"));
        AssertEverywhere(Decide(Maximum.BuildMinimum(n, 1).Network, $"S{n}"));
    }

    [Fact]
    public void A_sorter_with_a_shift_is_invariant_down_to_minus_the_shift()
    {
        var net = new NetworkBuilder(4);
        var sorted = Sorter.Append(net, [.. net.Inputs.Select(x => x + 3)], Sorter.Comparators(SorterFamily.Merge, 4));
        var network = net.Build([.. sorted.Select(w => w - 3)]);
        var group = Groups.Parse("S4", 4);
        var result = InvarianceDecider.Decide(new InvarianceRequest(network, group, domain: Box.Cube(4, -3, 3)));
        Assert.Equal(new BigRational(-3), result.Scope!.AtLeast);
        var beyond = InvarianceDecider.Decide(new InvarianceRequest(network, group, domain: Box.Cube(4, -4, 3)));
        Assert.Equal(InvarianceVerdict.Refuted, beyond.Verdict);
    }

    [Fact]
    public void Sorted_absolute_values_are_invariant_under_signed_permutations_everywhere()
    {
        var net = new NetworkBuilder(4);
        Functional[] moduli = [.. net.Inputs.Select(x => net.Rho(x) + net.Rho(-x))];
        var network = net.Build(Sorter.Append(net, moduli, Sorter.Comparators(SorterFamily.Bitonic, 4)));
        AssertEverywhere(Decide(network, "signed S4"));
        AssertEverywhere(Decide(network, "signs 4"));

        net = new NetworkBuilder(4); // one modulus forgotten
        moduli = [.. net.Inputs.Select((x, i) => i == 3 ? net.Rho(x) : net.Rho(x) + net.Rho(-x))];
        network = net.Build(Sorter.Append(net, moduli, Sorter.Comparators(SorterFamily.Bitonic, 4)));
        AssertRefuted(network, "signed S4", Box.Cube(4, -1, 1));
        AssertRefuted(network, "S4", Box.Cube(4, -1, 1));
    }

    [Fact]
    public void Columns_sorted_apart_are_invariant_under_permutations_of_points_only()
    {
        var net = new NetworkBuilder(8); // four points with two features
        var comparators = Sorter.Comparators(SorterFamily.Merge, 4);
        var outputs = Enumerable.Range(0, 2)
            .SelectMany(
                f => Sorter.Append(net, [.. Enumerable.Range(0, 4).Select(i => net.Inputs[(2 * i) + f])], comparators));
        var network = net.Build([.. outputs]);
        Assert.Equal(BigRational.Zero, Decide(network, "S4 on 4x2").Scope!.AtLeast);
        AssertRefuted(network, "S8", Box.Unit(8));
    }

    [Fact]
    public void A_sorter_with_a_comparator_removed_is_refuted()
    {
        foreach (var family in Enum.GetValues<SorterFamily>())
        {
            var sorter = Sorter.Comparators(family, 5);
            for (int s = 0; s < sorter.Depth; s++)
            {
                for (int c = 0; c < sorter.Stages[s].Length; c++)
                {
                    var broken = sorter with { Stages = sorter.Stages.SetItem(s, sorter.Stages[s].RemoveAt(c)) };
                    bool sorts = broken.FindUnsorted() is null;
                    var result = Decide(Sorter.Network(broken), "S5");
                    Assert.Equal(sorts ? InvarianceVerdict.Exact : InvarianceVerdict.Refuted, result.Verdict);
                }
            }
        }
    }

    // Φ is a comparator's maximum on the points of zeros and ones, and on the diagonals, but not between.
    [Fact]
    public void Invariance_on_zeros_and_ones_alone_is_refuted()
    {
        var network = new ReluNetwork(
            [Affine.FromRows([[1.5, 0], [0, 1], [1, -1]], [-0.5, 0, 0]), Affine.FromRows([[1, 1, 0]], [0])]);
        foreach (var corner in new BigRational[][] { [0, 0], [1, 1], [0, 1], [1, 0] })
        {
            Assert.True(network.Evaluate(corner).SequenceEqual(network.Evaluate(corner.Reverse().ToArray())));
        }

        AssertRefuted(network, "S2", Box.Unit(2));
    }

    [Fact]
    public void Invariance_on_a_smaller_box_alone_is_refuted_on_the_larger()
    {
        var net = new NetworkBuilder(3);
        var sorted = Sorter.Append(net, net.Inputs, Sorter.Comparators(SorterFamily.OddEven, 3));
        Functional late = net.Carry(net.Rho(net.Inputs[0] - 1), sorted[0].Layer);
        var network = net.BuildScalar(sorted[0] - sorted[2] + late);
        var on = Decide(network, "S3");
        Assert.Equal((InvarianceVerdict.Exact, true), (on.Verdict, on.Scope is null)); // on the box, by regions
        AssertRefuted(network, "S3", Box.Cube(3, 0, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void One_weight_of_a_sorter_and_its_head_one_ulp_off_is_never_exact_unless_it_is_harmless(int layer)
    {
        var network = SortedHead(3);
        for (int entry = 0; entry < network.Layers[layer].Column.Length; entry += 5)
        {
            var off = InvariantNetworks.OneUlpOff(network, layer, entry);
            var result = Decide(off, "S3");
            if (result.Verdict == InvarianceVerdict.Exact)
            {
                AssertInvariantAtRandomPoints(off, Groups.Parse("S3", 3), entry);
            }
            else
            {
                Assert.Equal(InvarianceVerdict.Refuted, result.Verdict);
            }
        }
    }

    // Random comparators, not all of them sorters, before random heads: exact only if exact evaluation agrees.
    [Fact]
    public void Whatever_is_exactly_invariant_is_so_at_random_points() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var random = new System.Random(seed);
            int n = random.Next(2, 6);
            var comparators = random.Next(3) == 0 ? Sorter.Comparators(SorterFamily.Bitonic, n) : Random(random, n);
            var net = new NetworkBuilder(n);
            var wires = Sorter.Append(net, net.Inputs, comparators);
            Functional[] units = [.. Enumerable.Range(0, 3).Select(_ => net.Rho(Mix(random, wires)))];
            var network = net.BuildScalar(Mix(random, units));
            var result = Decide(network, $"S{n}");
            bool sorts = comparators.FindUnsorted() is null;
            if (result.Verdict == InvarianceVerdict.Exact)
            {
                AssertInvariantAtRandomPoints(network, Groups.Parse($"S{n}", n), seed);
                Assert.True(CertificateCheck.Check(result.Certificate!).Accepted);
            }

            return !sorts || result.Verdict == InvarianceVerdict.Exact;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void A_certificate_by_comparators_for_what_is_none_is_rejected()
    {
        var network = SortedHead(4);
        var claim = new InvarianceRequest(network, Groups.Parse("S4", 4)).Claim;
        SymmetryEvidence[] evidence = [SymmetryEvidence.Comparators, SymmetryEvidence.Comparators];
        string text = SymmetryCertificate.Write(claim, evidence);
        Assert.True(CertificateCheck.Check(text).Accepted);
        string[] lines = text.Split('\n');
        int rows = 0;
        foreach (int at in Enumerable.Range(0, lines.Length)
            .Where(i => lines[i].StartsWith("row ", StringComparison.Ordinal)))
        {
            string[] words = lines[at].Split(' ');
            words[^1] = words[^1].Split(':')[0] + ":7*2^-1";
            string changed = string.Join('\n', lines[..at].Append(string.Join(' ', words)).Concat(lines[(at + 1)..]));
            if (CertificateCheck.Check(changed).Accepted)
            {
                rows++; // the head may be changed: what is behind the sorter stays invariant
            }
        }

        Assert.InRange(rows, 1, network.Layers[^1].Rows + network.Layers[^2].Rows);
        string negative = text.Replace("lower 0 0 0 0", "lower -1 0 0 0", StringComparison.Ordinal);
        Assert.False(CertificateCheck.Check(negative).Accepted);
        string dense = SymmetryCertificate.Write(
            new InvarianceRequest(InvariantNetworks.Dense(4, 5, 1, 3), Groups.Parse("S4", 4)).Claim, evidence);
        Assert.False(CertificateCheck.Check(dense).Accepted);
    }

    private static ReluNetwork SortedHead(int n)
    {
        var net = new NetworkBuilder(n);
        var wires = Sorter.Append(net, net.Inputs, Sorter.Comparators(SorterFamily.Merge, n));
        var random = new System.Random(11);
        Functional[] units = [.. Enumerable.Range(0, 4).Select(_ => net.Rho(Mix(random, wires) - BigRational.Half))];
        return net.BuildScalar(Mix(random, units));
    }

    private static Functional Mix(System.Random random, IEnumerable<Functional> terms) =>
        terms.Select(t => new BigRational(random.Next(-8, 9), 4) * t).Aggregate((a, b) => a + b);

    private static ComparatorNetwork Random(System.Random random, int n)
    {
        var stages = ImmutableArray.CreateBuilder<ImmutableArray<Comparator>>();
        for (int s = random.Next(1, 6); s > 0; s--)
        {
            int[] order = [.. Enumerable.Range(0, n).OrderBy(_ => random.Next())];
            stages.Add(
                [.. order.Chunk(2).Where(p => p.Length == 2).Take(random.Next(1, 3))
                    .Select(p => new Comparator(p.Min(), p.Max()))]);
        }

        return new(n, stages.ToImmutable());
    }

    private static InvarianceResult Decide(ReluNetwork network, string group) =>
        InvarianceDecider.Decide(
            new InvarianceRequest(network, Groups.Parse(group, network.InputDimension))
            {
                Timeout = TimeSpan.FromSeconds(2),
            });

    private static void AssertEverywhere(InvarianceResult result)
    {
        Assert.True(result.IsEverywhere);
        var check = CertificateCheck.Check(result.Certificate!);
        Assert.True(check.Accepted, check.Reason);
        Assert.Contains("all real x", check.Statement, StringComparison.Ordinal);
    }

    private static void AssertRefuted(ReluNetwork network, string group, Box domain)
    {
        var result = InvarianceDecider.Decide(
            new InvarianceRequest(network, Groups.Parse(group, network.InputDimension), domain: domain));
        Assert.Equal(InvarianceVerdict.Refuted, result.Verdict);
        Assert.True(result.Refuting!.Witness!.Violation.Sign > 0);
    }

    private static void AssertInvariantAtRandomPoints(ReluNetwork network, GroupAction group, int seed)
    {
        var random = new System.Random(seed);
        for (int k = 0; k < 40; k++)
        {
            BigRational[] x =
                [.. Enumerable.Range(0, network.InputDimension).Select(_ => new BigRational(random.Next(0, 13), 12))];
            foreach (var generator in group.Generators)
            {
                Assert.True(
                    network.Evaluate(x).SequenceEqual(network.Evaluate(generator.Apply(x))),
                    $"{string.Join(", ", x)}: {generator.Name}");
            }
        }
    }
}
