using System.Collections.Immutable;
using Proofs.Checks.Fitting;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Motifs;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Xunit;

namespace Proofs.Checks.Tests.Fitting;

/// <summary>Models from files: the network, the bound against the exact model, and that of binary32.</summary>
public sealed class ModelTransferTests
{
    private static readonly ImmutableArray<BigRational> Offset = [Single(5.1f), Single(300.3f)];
    private static readonly ImmutableArray<BigRational> Factor = [Single(0.7f), Single(0.013f)];
    private static readonly Box Domain = Box.Parse("[0,10]x[100,500]");

    [Fact]
    public void A_scaled_Gaussian_model_is_met_within_its_bound_also_in_binary32()
    {
        var random = new System.Random(4);
        float[][] centres = [.. Enumerable.Range(0, 9).Select(_ => new[] { Draw(), Draw() })];
        float[] a = [.. Enumerable.Range(0, 9).Select(_ => Draw())];
        const float gamma = 0.4f, rho = 0.25f;
        var model = new FittedModel.Gaussian(
            Offset, Factor, Single(gamma), [.. centres.Select(z => z.Select(Single).ToImmutableArray())],
            [.. a.Select(Single)], Single(rho));
        var found = ModelTransfer.Of(model, Domain, new BigRational(1, 1000), new BigRational(1, 100));
        Assert.True(found.Transfer.Error.Bound <= 1.01e-3);
        Assert.True(found.Runtime < 1e-3);
        for (int k = 0; k < 60; k++)
        {
            float x = (float)(10 * random.NextDouble()), y = (float)(100 + (400 * random.NextDouble()));
            BigRational[] v = [(Single(x) - Offset[0]) * Factor[0], (Single(y) - Offset[1]) * Factor[1]];
            var exact = Interval.Enclose(Single(rho));
            float v1 = (x - 5.1f) * 0.7f, v2 = (y - 300.3f) * 0.013f, sum = 0;
            for (int i = 0; i < a.Length; i++)
            {
                exact += Interval.Enclose(Single(a[i])) * new MotifKernel.Gaussian(Single(gamma)).Value(
                    v, model.Centres[i]);
                float d1 = v1 - centres[i][0], d2 = v2 - centres[i][1];
                sum += a[i] * MathF.Exp(-gamma * ((d1 * d1) + (d2 * d2)));
            }

            double network = Binary64.Nearest(found.Transfer.Network.Evaluate([Single(x), Single(y)])[0]);
            Assert.InRange(network - exact.Midpoint, -found.Transfer.Error.Bound, found.Transfer.Error.Bound);
            Assert.InRange(sum + rho - exact.Midpoint, -found.Runtime, found.Runtime);
        }

        float Draw() => (float)((2 * random.NextDouble()) - 1);
    }

    [Fact]
    public void Trees_are_met_outside_the_strips()
    {
        RegressionTree first = new RegressionTree.Split(
            0, Single(0.3f), new RegressionTree.Leaf(Single(0.1f)),
            new RegressionTree.Split(
                1, Single(-0.7f), new RegressionTree.Leaf(Single(-0.4f)), new RegressionTree.Leaf(Single(1.9f))));
        var model = new FittedModel.Trees(Offset, Factor, [first, new RegressionTree.Leaf(Single(0.5f))]);
        var found = ModelTransfer.Of(model, Domain, new BigRational(1, 1000), new BigRational(1, 100));
        Assert.True(found.Transfer.StripShare <= new BigRational(1, 100));
        for (int k = 0; k < 400; k++)
        {
            BigRational[] x = [new(k % 20, 2), 100 + (20 * new BigRational(k / 20))];
            BigRational[] v = [(x[0] - Offset[0]) * Factor[0], (x[1] - Offset[1]) * Factor[1]];
            var u = found.Transfer.Scale.Apply(x);
            bool inside = found.Transfer.Trees.SelectMany(t => t.Splits()).Any(s =>
                BigRational.Abs(u[s.Input] - s.Threshold) < found.Transfer.StripWidth / 2);
            var value = first.At(v) + Single(0.5f);
            var difference = BigRational.Abs(found.Transfer.Network.Evaluate(x)[0] - value);
            Assert.True(inside || difference <= Binary64.Exact(found.Transfer.Error.Bound), $"({x[0]}, {x[1]})");
        }
    }

    [Fact]
    public void A_linear_model_is_met_within_its_bound()
    {
        var model = new FittedModel.Linear(Offset, Factor, [Single(1.5f), Single(-2.25f)], Single(0.1f));
        var found = ModelTransfer.Of(model, Domain, 1, new BigRational(1, 100));
        BigRational[] x = [Single(3.3f), Single(123.4f)];
        var exact = model.Constant + (model.Coefficients[0] * Factor[0] * (x[0] - Offset[0]))
            + (model.Coefficients[1] * Factor[1] * (x[1] - Offset[1]));
        var difference = BigRational.Abs(found.Transfer.Network.Evaluate(x)[0] - exact);
        Assert.True(difference <= Binary64.Exact(found.Transfer.Error.Bound));
    }

    [Fact]
    public void A_domain_of_another_dimension_is_refused() => Assert.Throws<FitException>(() => ModelTransfer.Of(
        new FittedModel.Linear(Offset, Factor, [1, 1], 0), Box.Unit(3), 1, 1));

    private static BigRational Single(float value) => Binary64.Exact(value);
}
