using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Dimension;
using Proofs.Checks.Learning;
using Proofs.Checks.Tests.Learning;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Training.Modules;
using Proofs.Training.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Proofs.Training.Tests.Modules;

/// <summary>Networks and modules are each other, bit by bit, and a conversion that is wrong anywhere is seen.</summary>
public sealed class TorchNetworkTests
{
    static TorchNetworkTests() => TorchRuntime.Require(); // a device is named before the first module

    // A mask, shared entries with both signs, and fixed ones; every path is alive where inputs are positive.
    private static readonly ParametricNetwork Masked = Architectures.Like(new(
    [
        Affine.FromRows([[1, 0], [0, 2], [3, 4]], [5, 0, 6]),
        Affine.FromRows([[7, 8, 9]], [0]),
    ]));

    private static readonly ParametricNetwork Residual = Architectures.Residual(2, 2, 2, 1, 1);

    [Fact]
    public void Float64_is_exact_both_ways_in_every_architecture() => Prop.ForAll(Families.Any, given =>
    {
        var family = Families.Of(given.Kind, given.Seed);
        double[] parameters = Families.Wild(family.Parameters, given.Seed);
        using var module = new TorchNetwork(family, parameters, Precision.Float64, CPU);
        Assert.Equal(Bits(parameters), Bits(module.Parameters));
        Assert.Equal(family.At(parameters), module.Network);
        Assert.Equal(module.Network, module.Computed);
        SameAgain(module.Network, Precision.Float64);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Float32_is_exact_after_one_rounding_in_every_architecture() => Prop.ForAll(Families.Any, given =>
    {
        var family = Families.Of(given.Kind, given.Seed);
        double[] parameters = [.. Families.Wild(family.Parameters, given.Seed).Select(p => Math.Clamp(p, -1e30, 1e30))];
        double[] rounded = [.. parameters.Select(p => (double)(float)p)];
        bool fits = family.Layers.SelectMany(l => l.Weights.Concat(l.Biases)).All(
            e => e.Parameter >= 0 || (float)e.Factor == e.Factor);
        if (!fits)
        {
            string message = Assert.Throws<ArgumentException>(
                () => new TorchNetwork(family, parameters, Precision.Float32, CPU)).Message;
            Assert.Contains("expected a binary32 number in float32", message, StringComparison.Ordinal);
            return;
        }

        using var module = new TorchNetwork(family, parameters, Precision.Float32, CPU);
        Assert.Equal(Bits(rounded), Bits(module.Parameters));
        Assert.Equal(family.At(rounded), module.Network);
        Assert.Equal(module.Network, module.Computed);
        SameAgain(module.Network, Precision.Float32);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_a_module_computes_is_what_the_network_computes() => Prop.ForAll(Families.Any, given =>
    {
        var family = Families.Of(given.Kind, given.Seed);
        var random = new SplitMix64((ulong)given.Seed);
        // numbers of few bits: every sum and product of these sizes is exact in binary64
        double[] parameters = [.. Enumerable.Range(0, family.Parameters).Select(_ => (random.NextBelow(9) - 4) / 2.0)];
        using var module = new TorchNetwork(family, parameters, Precision.Float64, CPU);
        for (int k = 0; k < 5; k++)
        {
            int[] x = [.. Enumerable.Range(0, family.InputDimension).Select(_ => random.NextBelow(9) - 4)];
            Assert.Equal(
                family.At(parameters).Evaluate([.. x.Select(v => new BigRational(v, 1))])[0],
                Exactly(Forward(module, [.. x.Select(v => (double)v)])));
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_ulp_in_any_parameter_is_seen(bool masked)
    {
        var family = masked ? Masked : Residual;
        double[] parameters = Families.Tame(family.Parameters, 5);
        var network = family.At(parameters);
        for (int k = 0; k < parameters.Length; k++)
        {
            foreach (double wrong in (double[])[Math.BitIncrement(parameters[k]), Math.BitDecrement(parameters[k])])
            {
                using var module = new TorchNetwork(family, parameters, Precision.Float64, CPU);
                Assert.Equal(network, module.Computed);
                SetParameter(module, k, wrong);
                Assert.NotEqual(network, module.Network);
                Assert.NotEqual(network, module.Computed);
                Assert.Throws<ArgumentException>(() => OneOf(family, module.Computed, parameters));
            }
        }
    }

    [Theory]
    [InlineData("factor", 1)] // a mask that is forgotten: the first parameter stands where nothing should
    [InlineData("factor", -1)]
    [InlineData("fixed", 0.5)] // a fixed number where nothing should be
    public void A_mask_that_is_forgotten_anywhere_is_seen(string buffer, double value)
    {
        foreach (var family in (ParametricNetwork[])[Masked, Residual])
        {
            double[] parameters = Families.Tame(family.Parameters, 6);
            var network = family.At(parameters);
            int places = 0;
            using var whole = new TorchNetwork(family, parameters, Precision.Float64, CPU);
            foreach (var (name, size) in Buffers(whole, buffer))
            {
                for (long at = 0; at < size; at++)
                {
                    using var module = new TorchNetwork(family, parameters, Precision.Float64, CPU);
                    var tensor = module.get_buffer(name)!;
                    double before = tensor[at].item<double>();
                    using (no_grad())
                    {
                        tensor[at] = before == 0 ? value : -before;
                    }

                    Assert.Equal(network, module.Network); // the parameters do not tell
                    Assert.NotEqual(network, module.Computed);
                    places++;
                }
            }

            Assert.True(places >= 3, $"{places} places of {family.Name}");
        }
    }

    [Fact]
    public void Rows_that_change_places_are_seen()
    {
        double[] parameters = Families.Tame(Masked.Parameters, 7);
        var network = Masked.At(parameters);
        foreach (var (a, b) in ((int, int)[])[(0, 1), (0, 2), (1, 2)])
        {
            using var module = new TorchNetwork(Masked, parameters, Precision.Float64, CPU);
            using (no_grad())
            {
                foreach (string name in (string[])["w1_index", "w1_factor", "w1_fixed"])
                {
                    var rows = module.get_buffer(name)!.view(3, 2);
                    using var kept = rows[a].clone();
                    rows[a] = rows[b].clone();
                    rows[b] = kept;
                }
            }

            Assert.Equal(network, module.Network);
            Assert.NotEqual(network, module.Computed);
        }

        var dense = Architectures.FullyConnected([2, 3, 1]);
        double[] own = Families.Tame(dense.Parameters, 8);
        using var plain = new TorchNetwork(dense, own, Precision.Float64, CPU);
        (own[0], own[2]) = (own[2], own[0]);
        (own[1], own[3]) = (own[3], own[1]);
        Assert.NotEqual(dense.At(own), plain.Computed);
    }

    [Fact]
    public void Numbers_that_are_none_of_the_precision_and_wrong_counts_are_refused()
    {
        double[] good = Families.Tame(Masked.Parameters, 9);
        Refused(() => new TorchNetwork(Masked, good[1..], Precision.Float64, CPU), "parameters; expected");
        Refused(() => new TorchNetwork(Masked, [.. good, 1], Precision.Float64, CPU), "parameters; expected");
        foreach (double wrong in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            Refused(
                () => new TorchNetwork(Masked, [wrong, .. good[1..]], Precision.Float64, CPU), "expected a number");
        }

        Refused(() => new TorchNetwork(Masked, [1e300, .. good[1..]], Precision.Float32, CPU), "Float32 range");
        using var module = new TorchNetwork(Masked, good, Precision.Float64, CPU);
        using var input = zeros(4, 3, ScalarType.Float64);
        Refused(() => module.forward(input), "The input has shape [4, 3]; expected [batch, 2].");
    }

    // The network 0 has nothing to train.
    private static void SameAgain(ReluNetwork network, Precision precision)
    {
        if (network.Size == 0)
        {
            Refused(() => TorchNetwork.Of(network, precision), "Every entry is fixed");
            return;
        }

        using var again = TorchNetwork.Of(network, precision);
        Assert.Equal(network, again.Network);
        Assert.Equal(network, again.Computed);
    }

    private static void Refused(Func<object> wrong, string part)
    {
        string message = Assert.ThrowsAny<ArgumentException>(() => { _ = wrong(); }).Message;
        Assert.DoesNotContain('\n', message);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    // Refuses a network that is none of the family, or one at other parameters.
    private static void OneOf(ParametricNetwork family, ReluNetwork network, double[] parameters)
    {
        if (!family.ParametersOf(network).SequenceEqual(parameters))
        {
            throw new ArgumentException("other parameters");
        }
    }

    private static void SetParameter(TorchNetwork module, int k, double value)
    {
        using var none = no_grad();
        foreach (var parameter in module.parameters())
        {
            if (k < parameter.numel())
            {
                parameter[k] = value;
                return;
            }

            k -= (int)parameter.numel();
        }

        Assert.Fail($"the module has no parameter {k} more");
    }

    // A layer without masks has none; where nothing is trained there is no parameter that a factor could multiply.
    private static IEnumerable<(string Name, long Size)> Buffers(TorchNetwork module, string kind) =>
        module.Architecture.Layers.SelectMany((layer, l) => new[]
        {
            (Name: $"w{l + 1}_{kind}", Trained: layer.WeightParameters),
            (Name: $"b{l + 1}_{kind}", Trained: layer.BiasParameters),
        })
        .Where(b => module.has_buffer(b.Name) && (kind == "fixed" || b.Trained > 0))
        .Select(b => (b.Name, module.get_buffer(b.Name)!.numel()));

    private static double Forward(TorchNetwork module, double[] x)
    {
        using var none = no_grad();
        using var scope = NewDisposeScope();
        return module.forward(tensor(x, ScalarType.Float64).reshape(1, x.Length)).item<double>();
    }

    private static BigRational Exactly(double value) => Proofs.Numeric.Rounding.Binary64.Exact(value);

    private static IEnumerable<long> Bits(IEnumerable<double> values) => values.Select(BitConverter.DoubleToInt64Bits);
}
