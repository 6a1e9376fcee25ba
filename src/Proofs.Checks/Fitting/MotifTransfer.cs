using System.Collections.Immutable;
using Proofs.Constructions.Motifs;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Rounding;
using Proofs.Search.Motifs;

namespace Proofs.Checks.Fitting;

/// <summary>A fitted motif as a network that a file can hold, and what is certified about it.</summary>
/// <param name="Network">Φ, its entries binary64 numbers.</param>
/// <param name="Scale">The box, and its map onto the cube.</param>
/// <param name="Error">An enclosure of Φ − f: on the whole box, or outside the strips of trees.</param>
public sealed record MotifTransfer(ReluNetwork Network, InputScale Scale, TransferError Error)
{
    private const int DeepestSquares = 24;
    private const int MostBits = 40;
    private const int FewestBits = 12;

    /// <summary>f, where it is a kernel model.</summary>
    public KernelModel? Model { get; init; }

    /// <summary>m and N and the size of the unpruned layout, where the kernel is exponential.</summary>
    public MotifPlan? Plan { get; init; }

    /// <summary>m, of a network with squares; 0 without.</summary>
    public int SquareLayers { get; init; }

    /// <summary>The trees whose sum f is, in coordinates of the cube; empty for kernel models.</summary>
    public ImmutableArray<RegressionTree> Trees { get; init; } = [];

    /// <summary>δ, the width of the strips around splits in coordinates of the cube; 0 without trees.</summary>
    public BigRational StripWidth { get; init; }

    /// <summary>An upper bound of the part of the box that the strips take.</summary>
    public BigRational StripShare { get; init; }

    /// <summary>The network of a kernel model with error at most τ, by the cheapest plan.</summary>
    /// <param name="model">f.</param>
    /// <param name="scale">The box.</param>
    /// <param name="tau">τ > 0; whether the certified error reaches it is for the caller to look at.</param>
    /// <exception cref="FitException">No parameters in range reach τ.</exception>
    public static MotifTransfer OfModel(KernelModel model, InputScale scale, BigRational tau)
    {
        // what rounding the weights costs has to find room beside what the plan spends
        var planned = tau * (BigRational.One - BigRational.PowerOfTwo(-10));
        try
        {
            return model.Kernel switch
            {
                MotifKernel.Gaussian g => Gaussian(model, g.Gamma, scale, planned),
                MotifKernel.Laplacian l => Laplacian(model, l.Gamma, scale, planned),
                MotifKernel.Polynomial => Polynomial(model, scale, planned),
                _ => Checked(
                    StoredNetwork.Of(SplineTransfer.Of(model).Build(scale)), model, scale, 0, null),
            };
        }
        catch (ArgumentException e)
        {
            throw new FitException(Lines(e.Message));
        }
    }

    /// <summary>The network of a sum of trees with strips of width δ.</summary>
    /// <param name="trees">f, in coordinates of the cube.</param>
    /// <param name="scale">The box.</param>
    /// <param name="delta">δ, a power of two.</param>
    /// <exception cref="FitException">An entry of the network is no binary64 number.</exception>
    public static MotifTransfer OfTrees(ImmutableArray<RegressionTree> trees, InputScale scale, BigRational delta)
    {
        var built = TreeTransfer.Build(trees, delta, scale);
        return Of(built, trees, scale, delta) ?? throw new FitException(
            $"strips of width {delta.ToDecimalRoundedUp(3)} need weights that are no binary64 numbers: expected wider "
                + "strips");
    }

    /// <summary>What is certified about a network that is claimed to be the one of a sum of trees; null where it is
    /// another.</summary>
    /// <remarks>Guarantee: the network is compared entry by entry with the one Lemma T3 speaks of, exactly.</remarks>
    public static MotifTransfer? Of(
        ReluNetwork network, ImmutableArray<RegressionTree> trees, InputScale scale, BigRational delta)
    {
        if (!network.IsBinary64 || !network.Equals(TreeTransfer.Build(trees, delta, scale)))
        {
            return null;
        }

        return new(network, scale, new([new("outside the strips", Numeric.Intervals.Interval.Zero)]))
        {
            Trees = trees,
            StripWidth = delta,
            StripShare = TreeTransfer.StripVolume(trees, delta, scale.Lower.Length),
        };
    }

    /// <summary>The widest strips, a power of two, with which the network agrees with the trees on all observations
    /// and that take at most a part of the box.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="data">The observations.</param>
    /// <param name="share">The most that the strips may take.</param>
    /// <exception cref="FitException">No strips of at least 2^(−40) are narrow enough.</exception>
    public static BigRational StripsFor(ImmutableArray<RegressionTree> trees, FitData data, BigRational share)
    {
        var gap = BigRational.One;
        foreach (var split in trees.SelectMany(t => t.Splits()).DistinctBy(s => (s.Input, s.Threshold)))
        {
            double threshold = Binary64.Nearest(split.Threshold);
            double nearest = Enumerable.Range(0, data.Count)
                .Min(i => Math.Abs(data.Point(i)[split.Input] - threshold));
            gap = BigRational.Min(gap, 2 * Binary64.Exact(nearest));
        }

        int dimension = data.Dimension;
        for (int k = 0; k <= 40; k++)
        {
            var delta = BigRational.PowerOfTwo(-k);
            if (delta <= gap && TreeTransfer.StripVolume(trees, delta, dimension) <= share)
            {
                return delta;
            }
        }

        throw new FitException(
            $"no strips of width 2^(-40) or more take at most {share.ToDecimalRoundedUp(3)} of the box: expected a "
                + "larger part, or fewer splits");
    }

    private static MotifTransfer Gaussian(KernelModel model, BigRational gamma, InputScale scale, BigRational tau)
    {
        var plan = MotifPlan.Gaussian(model, tau, sharp: true);
        var network = KernelTransfer.Gaussian(
            model, plan.SquareLayers, ExponentialHinges.Sharp(plan.Hinges, gamma), scale, prunes: true);
        return Checked(StoredNetwork.Of(network), model, scale, plan.SquareLayers, plan);
    }

    private static MotifTransfer Laplacian(KernelModel model, BigRational gamma, InputScale scale, BigRational tau)
    {
        var plan = MotifPlan.Laplacian(model, tau, sharp: true);
        var network = KernelTransfer.Laplacian(
            model, ExponentialHinges.Sharp(plan.Hinges, gamma), scale, prunes: true);
        return Checked(StoredNetwork.Of(network), model, scale, 0, plan);
    }

    private static MotifTransfer Polynomial(KernelModel model, InputScale scale, BigRational tau)
    {
        // as many bits as leave every entry of the first layer, the box merged in, a binary64 number
        PolynomialTransfer? transfer = null;
        for (int bits = MostBits; bits >= FewestBits && transfer is null; bits -= 2)
        {
            var tried = PolynomialTransfer.Of(model, bits);
            transfer = tried.Build(1, scale).IsBinary64 ? tried : null;
        }

        if (transfer is null)
        {
            throw new FitException(
                "the box lies too far from 0 for its width: the first layer has no binary64 numbers; expected inputs "
                    + "that are closer to 0");
        }

        int m = 1;
        while (m < DeepestSquares && Size(transfer.Error(model, m)) > tau)
        {
            m++;
        }

        return Checked(StoredNetwork.Of(transfer.Build(m, scale)), model, scale, m, null);

        static BigRational Size((BigRational Lower, BigRational Upper) e) => BigRational.Max(-e.Lower, e.Upper);
    }

    private static MotifTransfer Checked(
        ReluNetwork network, KernelModel model, InputScale scale, int m, MotifPlan? plan) =>
        new(network, scale, Certify(network, model, m, scale) ?? throw new FitException(
            "the stored network does not have the layout that the lemmas speak of: its entries do not fit into "
                + "binary64 numbers"))
        {
            Model = model,
            Plan = plan,
            SquareLayers = m,
        };

    /// <summary>An enclosure of Φ − f on the box, for any kernel; null for a network of another layout.</summary>
    public static TransferError? Certify(ReluNetwork network, KernelModel model, int m, InputScale scale) =>
        model.Kernel switch
        {
            MotifKernel.Gaussian or MotifKernel.Laplacian => TransferError.OfKernel(network, model, m, scale),
            MotifKernel.Polynomial => TransferError.OfPolynomial(network, model, m, scale),
            _ => TransferError.OfSpline(network, model, scale),
        };

    private static string Lines(string message) => string.Join(' ', message.Split(['\r', '\n'],
        StringSplitOptions.RemoveEmptyEntries));
}
