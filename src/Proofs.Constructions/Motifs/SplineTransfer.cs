using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Motifs;

// Statement   f(x) = f(0) + Σ_j (s0_j ρ(x_j) + Σ_k d_jk ρ(x_j − κ_jk)) exactly on [0, 1]^D; with q_j interior kinks
//             L = 2, W = Σ_j (3 q_j + 2[s0_j ≠ 0]) + [f(0) ≠ 0].                              [math/04, 4.1 and 4.4]
// Idea        A sum of piecewise linear functions of one variable each; kinks at one place add up or cancel.

/// <summary>An additive kernel model of piecewise linear functions, coordinate by coordinate.</summary>
/// <param name="AtZero">f(0).</param>
/// <param name="Slopes">The slope of each coordinate's function right of 0.</param>
/// <param name="Kinks">Of each coordinate, the points of (0, 1) at which its slope changes, increasing, and the
/// changes.</param>
public sealed record SplineTransfer(
    BigRational AtZero, ImmutableArray<BigRational> Slopes,
    ImmutableArray<ImmutableArray<(BigRational At, BigRational Change)>> Kinks)
{
    /// <summary>The spline of a model.</summary>
    /// <exception cref="ArgumentException">The kernel is not additive and piecewise linear.</exception>
    public static SplineTransfer Of(KernelModel model)
    {
        if (model.Kernel is not MotifKernel.Additive kernel)
        {
            throw new ArgumentException($"The kernel is {model.Kernel}; expected hats or linear splines.");
        }

        var atZero = model.Offset;
        var slopes = new BigRational[model.Dimension];
        var kinks = new ImmutableArray<(BigRational, BigRational)>[model.Dimension];
        for (int j = 0; j < model.Dimension; j++)
        {
            var changes = new SortedDictionary<BigRational, BigRational>();
            for (int i = 0; i < model.Terms; i++)
            {
                var (a, z) = (model.Coefficients[i], model.Centres[i][j]);
                atZero += a * kernel.Exact(BigRational.Zero, z);
                slopes[j] += a * kernel.SlopeAtZero(z);
                foreach (var (at, change) in kernel.Kinks(z))
                {
                    if (at.Sign > 0 && at < BigRational.One)
                    {
                        changes[at] = changes.GetValueOrDefault(at) + (a * change);
                    }
                }
            }

            kinks[j] = [.. changes.Where(c => !c.Value.IsZero).Select(c => (c.Key, c.Value))];
        }

        return new(atZero, [.. slopes], [.. kinks]);
    }

    /// <summary>The network, its entries exact rationals.</summary>
    public ReluNetwork Build(InputScale scale)
    {
        var net = new NetworkBuilder(Slopes.Length);
        var inputs = scale.Apply(net);
        var coefficients = new List<BigRational>();
        var terms = new List<Functional>();
        for (int j = 0; j < inputs.Length; j++)
        {
            if (!Slopes[j].IsZero)
            {
                coefficients.Add(Slopes[j]);
                terms.Add(net.Rho(inputs[j]));
            }

            foreach (var (at, change) in Kinks[j])
            {
                coefficients.Add(change);
                terms.Add(net.Rho(inputs[j] - at));
            }
        }

        if (terms.Count == 0)
        {
            terms.Add(net.Rho(inputs[0]));
            coefficients.Add(BigRational.Zero);
        }

        return net.BuildScalar(Functional.Combine(1, coefficients, terms) + AtZero);
    }

    /// <summary>The largest and the least value of the spline on the cube.</summary>
    /// <remarks>Guarantee: exact: the coordinates are independent, and each function is piecewise linear.</remarks>
    public (BigRational Least, BigRational Largest) Range()
    {
        BigRational least = AtZero, largest = AtZero;
        for (int j = 0; j < Slopes.Length; j++)
        {
            BigRational value = 0, slope = Slopes[j], at = 0, low = 0, high = 0;
            foreach (var (next, change) in Kinks[j].Append((BigRational.One, BigRational.Zero)))
            {
                value += slope * (next - at);
                (low, high) = (BigRational.Min(low, value), BigRational.Max(high, value));
                (slope, at) = (slope + change, next);
            }

            least += low;
            largest += high;
        }

        return (least, largest);
    }

    /// <summary>The spline that a network of this layout computes on the box of a scale; null for another
    /// layout.</summary>
    public static SplineTransfer? Read(ReluNetwork network, InputScale scale)
    {
        if (network.Depth != 2 || network.OutputDimension != 1 || network.InputDimension != scale.Lower.Length)
        {
            return null;
        }

        var (first, last) = (network.Layers[0].Exact, network.Layers[1].Exact);
        var atZero = last.Rows[0].Bias;
        var slopes = new BigRational[network.InputDimension];
        SortedDictionary<BigRational, BigRational>[] kinks = [.. slopes.Select(_ => new
            SortedDictionary<BigRational, BigRational>())];
        foreach (var entry in last.Rows[0].Weights)
        {
            var row = first.Rows[entry.Index];
            if (row.Weights.Length != 1)
            {
                return null;
            }

            // ρ(p u + r) of the scaled input u
            int j = row.Weights[0].Index;
            var p = row.Weights[0].Value * scale.Width[j];
            var r = row.Bias + (row.Weights[0].Value * scale.Lower[j]);
            if (p.Sign < 0)
            {
                return null;
            }

            if (r.Sign >= 0)
            {
                atZero += entry.Value * r;
                slopes[j] += entry.Value * p;
            }
            else if (-r < p)
            {
                kinks[j][-r / p] = kinks[j].GetValueOrDefault(-r / p) + (entry.Value * p);
            }
        }

        return new(atZero, [.. slopes], [.. kinks.Select(k => k.Select(c => (c.Key, c.Value)).ToImmutableArray())]);
    }

    /// <summary>The difference of two splines.</summary>
    public SplineTransfer Minus(SplineTransfer other) => new(
        AtZero - other.AtZero,
        [.. Slopes.Zip(other.Slopes, (a, b) => a - b)],
        [.. Kinks.Zip(other.Kinks, (a, b) => a.Concat(b.Select(k => (k.At, Change: -k.Change))).GroupBy(k => k.At)
            .OrderBy(g => g.Key)
            .Select(g => (g.Key, g.Aggregate(BigRational.Zero, (s, k) => s + k.Change))).ToImmutableArray())]);
}
