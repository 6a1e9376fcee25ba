using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Experiments;
using Proofs.Checks.Fitting;
using Proofs.Constructions.Formats.Points;
using Proofs.Constructions.Motifs;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Certification;
using Proofs.Search.Motifs;
using Proofs.Search.Regions;
using Proofs.Search.Requests;
using Xunit;

namespace Proofs.Checks.Tests.Fitting;

/// <summary>What is certified about a transfer holds, and a lie in the transfer does not pass.</summary>
public sealed class TransferLieTests
{
    private static readonly InputScale Square = InputScale.Unit(2);

    private static readonly KernelModel Gauss = MotifFixtureTests.Model(
        MotifFixtureTests.KernelNetwork("gauss-2d-n12"));

    private static readonly Gen<BigRational> Unit = Gen.Choose(0, 64).Select(k => new BigRational(k, 64));

    private static readonly Gen<KernelModel> Models =
        from d in Gen.Choose(1, 3)
        from terms in Gen.Choose(1, 4)
        from centres in Gen.ArrayOf(Gen.ArrayOf(Unit, d), terms)
        from a in Gen.ArrayOf(Gen.Choose(1, 32).Select(k => new BigRational(k, 8)), terms)
        from signs in Gen.ArrayOf(Gen.Elements(-1, 1), terms)
        from kind in Gen.Choose(0, 4)
        from g in Gen.Elements(1, 3, 8)
        let kernel = (MotifKernel)(kind switch
        {
            0 => new MotifKernel.Gaussian(g),
            1 => new MotifKernel.Laplacian(g),
            2 => new MotifKernel.Polynomial(g),
            3 => new MotifKernel.Hat(new BigRational(1, g)),
            _ => new MotifKernel.Brownian(),
        })
        select new KernelModel(
            kernel, [.. centres.Select(z => z.ToImmutableArray())],
            [.. a.Zip(signs, (v, s) => s * v)], new BigRational(1, 3));

    [Fact]
    public void Differences_at_points_lie_in_what_is_certified() =>
        Prop.ForAll(Models.ToArbitrary(), Gen.ArrayOf(Unit, 3).ToArbitrary(), (model, at) =>
        {
            var transfer = MotifTransfer.OfModel(model, InputScale.Unit(model.Dimension), new BigRational(1, 50));
            BigRational[] x = at[..model.Dimension];
            var difference = Proofs.Numeric.Intervals.Interval.Enclose(transfer.Network.Evaluate(x)[0])
                - model.Value(x);
            return (!difference.IsDisjointFrom(transfer.Error.Range)
                    && transfer.Error.Bound <= 0.02 && transfer.Network.IsBinary64)
                .Label($"{model.Kernel}: {difference} against {transfer.Error.Range}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void One_weight_off_by_more_than_the_bound_is_never_certified()
    {
        var transfer = MotifTransfer.OfModel(Gauss, Square, new BigRational(1, 100));
        Assert.True(transfer.Error.Bound <= 0.01);
        int last = transfer.Network.Depth - 1;
        for (int layer = 0; layer <= last; layer++)
        {
            var rows = transfer.Network.Layers[layer].Exact.Rows;
            foreach (int row in new[] { 0, rows.Length / 2, rows.Length - 1 }.Distinct())
            {
                foreach (bool bias in new[] { false, true })
                {
                    var lie = Changed(transfer.Network, layer, row, bias, new BigRational(1, 4));
                    var error = MotifTransfer.Certify(lie, Gauss, transfer.SquareLayers, Square);
                    var moved = LargestMove(transfer.Network, lie);
                    Assert.True(
                        error is null || Binary64.Exact(error.Bound) >= moved - new BigRational(1, 100),
                        $"layer {layer}, row {row}: certified {error?.Bound}, moved by {moved}");
                }
            }
        }
    }

    [Fact]
    public void A_wrong_kernel_constant_and_a_support_vector_left_out_show_in_the_bound()
    {
        var tau = new BigRational(1, 100);
        var transfer = MotifTransfer.OfModel(Gauss, Square, tau);
        var other = new KernelModel(new MotifKernel.Gaussian(5), Gauss.Centres, Gauss.Coefficients, Gauss.Offset);
        Assert.True(MotifTransfer.Certify(transfer.Network, other, transfer.SquareLayers, Square)!.Bound > 0.1);
        var without = new KernelModel(
            Gauss.Kernel, [.. Gauss.Centres.Skip(1)], [.. Gauss.Coefficients.Skip(1)], Gauss.Offset);
        var short1 = MotifTransfer.OfModel(without, Square, tau);
        Assert.Null(MotifTransfer.Certify(short1.Network, Gauss, short1.SquareLayers, Square));
        var moved = Gauss.Centres.SetItem(0, [Gauss.Centres[0][0] + new BigRational(1, 64), Gauss.Centres[0][1]]);
        var shifted = new KernelModel(Gauss.Kernel, moved, Gauss.Coefficients, Gauss.Offset);
        Assert.True(MotifTransfer.Certify(transfer.Network, shifted, transfer.SquareLayers, Square)!.Bound > 0.01);
    }

    [Fact]
    public void The_search_agrees_with_the_layers()
    {
        var transfer = MotifTransfer.OfModel(Gauss, Square, new BigRational(1, 10));
        var found = Certifier.Sup(
            CertifyRequest.Of(transfer.Network, Gauss.Formula(Square), Region.Of(Square.Box))
                .WithBoxBudget(3000).WithJobs(1));
        Assert.True(found.Bounds.Inf <= transfer.Error.Bound);
        Assert.True(found.Bounds.Inf > 0);
    }

    [Fact]
    public void A_tree_network_with_one_entry_changed_is_no_transfer()
    {
        RegressionTree tree = new RegressionTree.Split(
            0, BigRational.Half, new RegressionTree.Leaf(0),
            new RegressionTree.Split(1, new BigRational(1, 4), new RegressionTree.Leaf(1), new RegressionTree.Leaf(3)));
        var delta = new BigRational(1, 64);
        var transfer = MotifTransfer.OfTrees([tree], Square, delta);
        Assert.NotNull(MotifTransfer.Of(transfer.Network, [tree], Square, delta));
        for (int layer = 0; layer < 3; layer++)
        {
            for (int row = 0; row < transfer.Network.Layers[layer].Rows; row++)
            {
                var lie = Changed(transfer.Network, layer, row, true, BigRational.PowerOfTwo(-40));
                Assert.Null(MotifTransfer.Of(lie, [tree], Square, delta));
            }
        }
    }

    [Fact]
    public void Trees_agree_with_their_networks_outside_the_strips_and_on_the_observations()
    {
        var random = new System.Random(5);
        double[] points = [.. Enumerable.Range(0, 80).Select(_ => (5 * random.NextDouble()) - 2)];
        double[] values = [.. Enumerable.Range(0, 40).Select(i => points[2 * i] * points[(2 * i) + 1])];
        var sample = new Sample(new PointCloud(2, points), values);
        var data = FitData.Of(sample);
        foreach (var trees in new[] { TreeFit.Tree(data, 6, 1), TreeFit.Forest(data, 8, 5, 1, 3) })
        {
            var delta = MotifTransfer.StripsFor(trees, data, new BigRational(1, 100));
            var transfer = MotifTransfer.OfTrees(trees, data.Scale, delta);
            Assert.True(transfer.StripShare <= new BigRational(1, 100));
            for (int i = 0; i < data.Count; i++)
            {
                BigRational[] x = [.. data.Exact(i).Select((u, j) =>
                    data.Scale.Lower[j] + (data.Scale.Width[j] * u))];
                var sum = trees.Aggregate(BigRational.Zero, (s, t) => s + t.At(data.Exact(i)));
                Assert.Equal(sum, transfer.Network.Evaluate(x)[0]);
            }
        }
    }

    [Fact]
    public void A_gap_of_coefficients_that_are_not_feasible_is_refused()
    {
        // mutant 11: all local terms vanish at a = (1, 1), which is not the optimum
        var data = FitData.Of(new Sample(new PointCloud(1, [0, 1]), [1, 2]), InputScale.Unit(1));
        var kernel = new MotifKernel.Hat(BigRational.Half);
        Assert.Throws<ArgumentException>(() => SupportVectorFit.Gap(data, kernel, [1, 1], 0, 2, 0));
        Assert.Throws<ArgumentException>(() => SupportVectorFit.Gap(data, kernel, [3, -3], 0, 2, 0));
        Assert.True(SupportVectorFit.Gap(data, kernel, [-1, 1], 0, 2, 0).Inf > 0);
    }

    // The largest difference of two networks over a few points of the square: a lower bound of their distance.
    private static BigRational LargestMove(ReluNetwork a, ReluNetwork b) =>
        Enumerable.Range(0, 81).Max(k =>
        {
            BigRational[] x = [new(k / 9, 8), new(k % 9, 8)];
            return BigRational.Abs(a.Evaluate(x)[0] - b.Evaluate(x)[0]);
        });

    private static ReluNetwork Changed(ReluNetwork network, int layer, int row, bool bias, BigRational by)
    {
        var rows = network.Layers[layer].Exact.Rows;
        var old = rows[row];
        var changed = bias || old.Weights.IsEmpty
            ? old with { Bias = old.Bias + by }
            : old with
            {
                Weights = old.Weights.SetItem(0, old.Weights[0] with { Value = old.Weights[0].Value + by }),
            };
        var map = Affine.Of(new AffineMap(network.Layers[layer].Columns, rows.SetItem(row, changed)));
        return new(network.Layers.SetItem(layer, map));
    }
}
