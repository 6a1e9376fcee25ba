using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Motifs;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;
using Proofs.Search.Motifs;

namespace Proofs.Checks.Fitting;

/// <summary>A model from a file as a network.</summary>
/// <param name="Transfer">The network and the bound of |Φ − f|, f the model with its numbers as exact reals.</param>
/// <param name="Runtime">An upper bound of |f32 − f| on the domain, f32 what a runtime computes in binary32 from inputs
/// that are binary32 numbers: sums in any order, an exponential of at most four ulps.</param>
/// <param name="RuntimeStrip">For trees with scaled inputs, the half width in coordinates of the cube in which a
/// rounded input may take the other side of a split; 0 else.</param>
public sealed record ModelTransfer(MotifTransfer Transfer, double Runtime, BigRational RuntimeStrip)
{
    private const int ThresholdBits = 40;
    private const int ValueBits = 40;

    /// <summary>The network of a model on a box.</summary>
    /// <param name="model">f.</param>
    /// <param name="domain">The box.</param>
    /// <param name="tau">The error asked for, of kernel models.</param>
    /// <param name="share">The most of the box that the strips of trees may take.</param>
    /// <exception cref="FitException">The box has another dimension, or the network does not reach what is asked
    /// for.</exception>
    public static ModelTransfer Of(FittedModel model, Box domain, BigRational tau, BigRational share)
    {
        if (domain.Dimension != model.Dimension)
        {
            throw new FitException(
                $"expected a domain of {model.Dimension} sides, one for each input, found {domain.Dimension}");
        }

        return model switch
        {
            FittedModel.Gaussian g => Gaussian(g, domain, tau),
            FittedModel.Linear l => Linear(l, domain),
            _ => Trees((FittedModel.Trees)model, domain, share),
        };
    }

    private static ModelTransfer Linear(FittedModel.Linear model, Box domain)
    {
        var net = new NetworkBuilder(model.Dimension);
        var sum = Functional.Of(0, model.Constant);
        for (int j = 0; j < model.Dimension; j++)
        {
            sum += model.Coefficients[j] * (model.Factor[j] * (net.Inputs[j] - model.Offset[j]));
        }

        var exact = net.BuildScalar(sum);
        var stored = StoredNetwork.Of(exact);
        var scale = new InputScale(domain.Lower, [.. domain.Lower.Zip(domain.Upper, (l, u) => u - l)]);
        Interval[] box = [.. domain.Lower.Zip(domain.Upper, (l, u) => Interval.Enclose(l, u))];
        var (first, second) = (exact.Layers[0].Exact.Rows[0], stored.Layers[0].Exact.Rows[0]);
        var difference = Interval.Enclose(second.Bias - first.Bias);
        var weights = first.Weights.ToDictionary(e => e.Index, e => -e.Value);
        foreach (var entry in second.Weights)
        {
            weights[entry.Index] = weights.GetValueOrDefault(entry.Index) + entry.Value;
        }

        foreach (var (j, w) in weights)
        {
            difference += Interval.Enclose(w) * box[j];
        }

        // each product and each sum adds one factor 1 + δ, |δ| ≤ 2^(−24); scaling adds two
        var size = Interval.Enclose(BigRational.Abs(model.Constant));
        for (int j = 0; j < model.Dimension; j++)
        {
            size += Interval.Abs(Interval.Enclose(model.Coefficients[j])) * Scaled(model, domain, j);
        }

        return new(
            new(stored, scale, new([new("rounded weights", difference)])),
            (size * Growth(model.Dimension + 4)).Sup, BigRational.Zero);
    }

    private static ModelTransfer Gaussian(FittedModel.Gaussian model, Box domain, BigRational tau)
    {
        int d = model.Dimension;
        BigRational[] low = new BigRational[d], high = new BigRational[d];
        for (int j = 0; j < d; j++)
        {
            var (from, to) = (Place(model, j, domain.Lower[j]), Place(model, j, domain.Upper[j]));
            low[j] = BigRational.Min(from, model.Centres.Min(z => z[j]));
            high[j] = BigRational.Max(to, model.Centres.Max(z => z[j]));
        }

        // one width for all scaled inputs, so that distances keep their shape; a quarter of it is room for rounding
        var widest = low.Zip(high, (l, h) => h - l).Max();
        var width = WidthFor(widest * new BigRational(5, 4));
        var unit = width * BigRational.PowerOfTwo(-20);
        BigRational[] start = [.. low.Select(l => ((l / unit).Floor() - 1) * unit)];

        // u = p x + q as it is stored: p and q are rounded, q so that q − 1/2 is a binary64 number too
        var weights = new BigRational[d];
        var biases = new BigRational[d];
        var drift = Interval.Zero;
        for (int j = 0; j < d; j++)
        {
            var (p, q) = (model.Factor[j] / width, -((model.Offset[j] * model.Factor[j]) + start[j]) / width);
            weights[j] = Binary64.Exact(Binary64.Nearest(p));
            var grid = BigRational.PowerOfTwo(
                (int)Math.Max(0, (long)BigRational.Abs(q).Ceiling().GetBitLength()) - 51);
            biases[j] = (q / grid).RoundHalfUp() * grid;
            var x = BigRational.Max(BigRational.Abs(domain.Lower[j]), BigRational.Abs(domain.Upper[j]));
            drift += Interval.Enclose((BigRational.Abs(weights[j] - p) * x) + BigRational.Abs(biases[j] - q));
        }

        var scale = new InputScale(
            [.. biases.Zip(weights, (q, p) => -q / p)], [.. weights.Select(p => p.Reciprocal())]);
        var gamma = model.Gamma * width * width;
        var kernel = new KernelModel(
            new MotifKernel.Gaussian(gamma),
            [.. model.Centres.Select(z => z.Select((v, j) => (v - start[j]) / width).ToImmutableArray())],
            model.Coefficients, model.Constant);
        var transfer = MotifTransfer.OfModel(kernel, scale, tau);

        // |∂K/∂u_j| ≤ √(2γ/e)
        var steep = Interval.Sqrt(Interval.Enclose(2 * gamma) / Interval.Exp(Interval.One));
        var sum = Interval.Enclose(kernel.AbsoluteSum);
        double moved = (sum * steep * drift).Sup;
        if (moved > 0)
        {
            transfer = transfer with
            {
                Error = new(transfer.Error.Parts.Add(new("rounded scaling", Interval.Between(-moved, moved)))),
            };
        }

        // the exponent γ‖v − z‖² has at most D + 5 factors 1 + δ beside what scaled inputs move it by; t e^(−t) ≤ 1/e
        var offCentre = Interval.Zero;
        for (int j = 0; j < d; j++)
        {
            offCentre += model.IsScaled
                ? Scaled(model, domain, j) * Growth(3)
                : Interval.Zero;
        }

        var exponent = Growth(d + 6);
        var kernels = (exponent / (Interval.One - exponent))
            + (Interval.Sqrt(Interval.Enclose(2 * model.Gamma) / Interval.Exp(Interval.One)) * offCentre)
            + Growth(8);
        var total = (sum * kernels * Interval.Point(2))
            + ((sum + Interval.Enclose(BigRational.Abs(model.Constant))) * Growth(model.Coefficients.Length + 4));
        return new(transfer, total.Sup, BigRational.Zero);
    }

    private static ModelTransfer Trees(FittedModel.Trees model, Box domain, BigRational share)
    {
        int d = model.Dimension;
        var lower = new BigRational[d];
        var width = new BigRational[d];
        for (int j = 0; j < d; j++)
        {
            width[j] = WidthFor((domain.Upper[j] - domain.Lower[j]) * new BigRational(17, 16));
            var unit = width[j] * BigRational.PowerOfTwo(-16);
            lower[j] = ((domain.Lower[j] / unit).Floor() - 1) * unit; // the domain lies inside, the ends too
        }

        var scale = new InputScale([.. lower], [.. width]);
        var largest = model.Members.SelectMany(t => t.Leaves()).Max(BigRational.Abs);
        var step = largest.IsZero
            ? BigRational.One
            : ExactIntegers.PowerOfTwoAtLeast(largest) * BigRational.PowerOfTwo(-ValueBits);
        var grid = BigRational.PowerOfTwo(-ThresholdBits);
        ImmutableArray<RegressionTree> trees =
        [
            .. model.Members.Select(t => Inside(t.Map(
                (j, s) => ((((s / model.Factor[j]) + model.Offset[j] - lower[j]) / width[j] / grid).RoundHalfUp())
                    * grid,
                v => (v / step).RoundHalfUp() * step))),
        ];
        if (trees.All(t => t is RegressionTree.Leaf))
        {
            throw new FitException("no split lies inside the domain: the model is constant there");
        }

        // a rounded threshold lies within half a step of the grid, which widens the strips
        int k = 0;
        while (TreeTransfer.StripVolume(trees, BigRational.PowerOfTwo(-k) + grid, d) > share)
        {
            k++;
            if (k > ThresholdBits - 8)
            {
                throw new FitException(
                    $"no strips take at most {share.ToDecimalRoundedUp(3)} of the domain: expected a larger part");
            }
        }

        var built = MotifTransfer.OfTrees(trees, scale, BigRational.PowerOfTwo(-k));
        var leaves = Interval.Enclose(trees.Length * step / 2);
        var runtime = BigRational.Zero;
        for (int j = 0; j < d && model.IsScaled; j++)
        {
            var v = Binary64.Exact((Scaled(model, domain, j) * Growth(3)).Sup);
            runtime = BigRational.Max(runtime, v / (model.Factor[j] * width[j]));
        }

        var sums = Interval.Enclose(model.Members.Aggregate(
            BigRational.Zero, (s, t) => s + t.Leaves().Max(BigRational.Abs)));
        return new(
            built with
            {
                Error = new([new("rounded leaves", Interval.Between(-leaves.Sup, leaves.Sup))]),
                StripWidth = BigRational.PowerOfTwo(-k) + grid,
                StripShare = TreeTransfer.StripVolume(trees, BigRational.PowerOfTwo(-k) + grid, d),
            },
            (sums * Growth(model.Members.Length + 3)).Sup, runtime);
    }

    // Splits that no point of the cube has on one side are none.
    private static RegressionTree Inside(RegressionTree tree) => tree switch
    {
        RegressionTree.Split s when s.Threshold.Sign < 0 => Inside(s.Right),
        RegressionTree.Split s when s.Threshold >= BigRational.One => Inside(s.Left),
        RegressionTree.Split s => s with { Left = Inside(s.Left), Right = Inside(s.Right) },
        _ => tree,
    };

    private static BigRational Place(FittedModel model, int j, BigRational x) =>
        (x - model.Offset[j]) * model.Factor[j];

    // (|x_j| + |offset|) · factor at most, which |v_j| does not exceed.
    private static Interval Scaled(FittedModel model, Box domain, int j)
    {
        var x = BigRational.Max(BigRational.Abs(domain.Lower[j]), BigRational.Abs(domain.Upper[j]));
        return Interval.Enclose((x + BigRational.Abs(model.Offset[j])) * model.Factor[j]);
    }

    // (1 + 2^(−24))^n − 1 ≤ n u/(1 − n u).
    private static Interval Growth(int n)
    {
        var nu = n * BigRational.PowerOfTwo(-24);
        return nu < BigRational.Half
            ? Interval.Enclose(nu / (BigRational.One - nu))
            : Interval.Between(0, double.PositiveInfinity);
    }

    // A side of no length has a width all the same.
    private static BigRational WidthFor(BigRational length) =>
        length.IsZero ? new BigRational(1, 4) : ExactIntegers.PowerOfTwoAtLeast(length);
}
