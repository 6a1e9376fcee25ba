using System.Collections.Immutable;
using Proofs.Constructions.Motifs;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Search.Motifs;

/// <summary>A part of a bound, with its name.</summary>
/// <param name="Name">What it bounds.</param>
/// <param name="Range">What the part adds to Φ − f lies in it.</param>
public sealed record TransferPart(string Name, Interval Range);

/// <summary>An enclosure of the values of Φ − f on a box, read off the network that is stored.</summary>
/// <remarks>
/// Guarantee: outward rounded. The layers that make the arguments of the kernels are compared entry by entry with those
/// that the model asks for; everything behind them is taken as it is stored, so that a wrong weight shows in the bound,
/// and a network of another layout has none. Source: math/04, sections 3 and 4.
/// </remarks>
/// <param name="Parts">The parts, whose sum encloses Φ − f.</param>
public sealed record TransferError(ImmutableArray<TransferPart> Parts)
{
    /// <summary>The sum of the parts.</summary>
    public Interval Range => Parts.Aggregate(Interval.Zero, (sum, p) => sum + p.Range);

    /// <summary>An upper bound of sup |Φ − f|.</summary>
    public double Bound => Range.Magnitude;

    /// <summary>Encloses the error of a Gaussian or Laplacian transfer; null for a network of another layout.</summary>
    /// <param name="network">What is stored.</param>
    /// <param name="model">f.</param>
    /// <param name="m">The layers of squares; 0 for a Laplacian.</param>
    /// <param name="scale">The box and its map onto the cube.</param>
    /// <remarks>Cost: one exponential for each hinge, and n_s² for the norm of f.</remarks>
    public static TransferError? OfKernel(ReluNetwork network, KernelModel model, int m, InputScale scale)
    {
        bool isGaussian = model.Kernel is MotifKernel.Gaussian;
        BigRational gamma = model.Kernel switch
        {
            MotifKernel.Gaussian g when m > 0 => g.Gamma,
            MotifKernel.Laplacian l when m == 0 => l.Gamma,
            _ => throw new ArgumentException(
                $"The kernel is {model.Kernel} and {m} layers make squares; expected a Gaussian and at least one, or "
                    + "a Laplacian and none."),
        };
        var distances = KernelTransfer.Distances(model, m, scale);
        int depth = distances.Depth;
        if (network.Depth != depth + 2 || network.OutputDimension != 1
            || !network.Layers.Take(depth - 1).SequenceEqual(distances.Layers.Take(depth - 1))
            || Moved(network.Layers[depth - 1], distances.Layers[depth - 1], Largest(model, m)) is not { } moved)
        {
            return null;
        }

        var hinges = Hinges(network, depth, model.Terms);
        if (hinges is null)
        {
            return null;
        }

        var exponentials = Interval.Zero;
        var rounding = Interval.Enclose(
            network.Layers[^1].Exact.Rows[0].Bias - model.Offset - model.Sum);
        var largest = KernelTransfer.LargestDistance(model, m);
        var rate = Interval.Enclose(gamma);
        for (int i = 0; i < model.Terms; i++)
        {
            var (a, off) = (model.Coefficients[i], Interval.Enclose(-moved[i], moved[i]));
            exponentials += HingeError.Range(hinges[i], a, gamma, largest[i] + moved[i]);
            rounding += Interval.Abs(Interval.Enclose(a)) * rate * off;
        }

        var parts = ImmutableArray.CreateBuilder<TransferPart>();
        parts.Add(new("exponentials", exponentials));
        parts.Add(new("biases and rounded centres", rounding));
        if (isGaussian)
        {
            // Σ a_i exp(−γ(d_i + e)) = exp(−γe) F with F = f − b, for the squares' error e is the same for all i (T2);
            // F lies between the sums of the negative and of the positive a_i, and |F| is at most its norm
            var e = rate * Interval.Enclose(model.Dimension * BigRational.PowerOfTwo((-2 * m) - 2));
            double loss = -Interval.Expm1(-e).Inf, norm = model.Norm().Sup;
            var (positive, negative) = ((model.AbsoluteSum + model.Sum) / 2, (model.AbsoluteSum - model.Sum) / 2);
            var f = Interval.Between(
                -Math.Min(norm, Binary64.RoundUp(negative)), Math.Min(norm, Binary64.RoundUp(positive)));
            parts.Add(new("squares", -(Interval.Between(0, loss) * f)));
        }

        return new(parts.ToImmutable());
    }

    /// <summary>Encloses the error of the transfer of an additive, piecewise linear model; null for another
    /// layout.</summary>
    /// <remarks>Guarantee: exact, and then rounded outward.</remarks>
    public static TransferError? OfSpline(ReluNetwork network, KernelModel model, InputScale scale)
    {
        if (SplineTransfer.Read(network, scale) is not { } read)
        {
            return null;
        }

        var (least, largest) = read.Minus(SplineTransfer.Of(model)).Range();
        return new([new("rounded weights", Interval.Enclose(least, largest))]);
    }

    /// <summary>Encloses the error of the transfer of a quadratic model; null for another layout.</summary>
    /// <remarks>Guarantee: exact, and then rounded outward.</remarks>
    public static TransferError? OfPolynomial(ReluNetwork network, KernelModel model, int m, InputScale scale)
    {
        int squares = PolynomialTransfer.Decompose(model).Length;
        if (PolynomialTransfer.Read(network, squares, m, scale) is not { } read)
        {
            return null;
        }

        var (lower, upper) = read.Error(model, m);
        return new([new("squares and rounded weights", Interval.Enclose(lower, upper))]);
    }

    // The largest values of q and the x_j, or of Σ x_j and the hinges: what the rows of t are applied to.
    private static BigRational Largest(KernelModel model, int m) =>
        model.Dimension * (BigRational.One + (m > 0 ? BigRational.PowerOfTwo((-2 * m) - 2) : BigRational.Zero));

    // By how much each t_i may differ from what it ought to be; null where an entry is missing or too many.
    private static BigRational[]? Moved(Affine stored, Affine expected, BigRational largest)
    {
        if (stored.Rows != expected.Rows || stored.Columns != expected.Columns)
        {
            return null;
        }

        var moved = new BigRational[stored.Rows];
        for (int i = 0; i < moved.Length; i++)
        {
            var (row, ideal) = (stored.Exact.Rows[i], expected.Exact.Rows[i]);
            var weights = ideal.Weights.ToDictionary(e => e.Index, e => e.Value);
            foreach (var entry in row.Weights)
            {
                weights[entry.Index] = weights.GetValueOrDefault(entry.Index) - entry.Value;
            }

            moved[i] = BigRational.Abs(row.Bias - ideal.Bias) + (largest * weights.Values.Aggregate(
                BigRational.Zero, (sum, w) => sum + BigRational.Abs(w)));
        }

        return moved;
    }

    // The hinges behind each t_i; null where one reads more than one t_i or falls.
    private static List<Hinge>[]? Hinges(ReluNetwork network, int layer, int terms)
    {
        var (rows, output) = (network.Layers[layer].Exact.Rows, network.Layers[layer + 1].Exact.Rows[0]);
        List<Hinge>[] found = [.. Enumerable.Range(0, terms).Select(_ => new List<Hinge>())];
        foreach (var entry in output.Weights)
        {
            var row = rows[entry.Index];
            if (row.Weights.Length != 1 || row.Weights[0].Value.Sign <= 0)
            {
                return null;
            }

            var weight = row.Weights[0].Value;
            found[row.Weights[0].Index].Add(new(-row.Bias / weight, weight * entry.Value));
        }

        return found;
    }
}
