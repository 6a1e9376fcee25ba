using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Motifs;

/// <summary>A regression tree: constant on boxes.</summary>
public abstract record RegressionTree
{
    private RegressionTree()
    {
    }

    /// <summary>A leaf with its value.</summary>
    public sealed record Leaf(BigRational Value) : RegressionTree;

    /// <summary>Left where x_Input ≤ Threshold, else right.</summary>
    /// <param name="Input">The number of the input, from 0.</param>
    /// <param name="Threshold">s.</param>
    /// <param name="Left">Where x ≤ s.</param>
    /// <param name="Right">Where x > s.</param>
    public sealed record Split(int Input, BigRational Threshold, RegressionTree Left, RegressionTree Right)
        : RegressionTree;

    /// <summary>The value at a point.</summary>
    public BigRational At(IReadOnlyList<BigRational> x)
    {
        var at = this;
        while (at is Split split)
        {
            at = x[split.Input] <= split.Threshold ? split.Left : split.Right;
        }

        return ((Leaf)at).Value;
    }

    /// <summary>The internal nodes, each before those below it.</summary>
    public IEnumerable<Split> Splits()
    {
        var open = new Stack<RegressionTree>([this]);
        while (open.TryPop(out var node))
        {
            if (node is Split split)
            {
                yield return split;
                open.Push(split.Right);
                open.Push(split.Left);
            }
        }
    }

    /// <summary>The values of the leaves, from left to right.</summary>
    public IEnumerable<BigRational> Leaves()
    {
        var open = new Stack<RegressionTree>([this]);
        while (open.TryPop(out var node))
        {
            if (node is Split split)
            {
                open.Push(split.Right);
                open.Push(split.Left);
            }
            else
            {
                yield return ((Leaf)node).Value;
            }
        }
    }

    /// <summary>The tree with its thresholds and values changed.</summary>
    /// <param name="threshold">What a threshold of an input becomes.</param>
    /// <param name="value">What a value becomes.</param>
    public RegressionTree Map(Func<int, BigRational, BigRational> threshold, Func<BigRational, BigRational> value) =>
        this switch
        {
            Split s => new Split(
                s.Input, threshold(s.Input, s.Threshold), s.Left.Map(threshold, value), s.Right.Map(threshold, value)),
            Leaf l => new Leaf(value(l.Value)),
            _ => this,
        };

    /// <summary>Σ_v area of the part of {x_j = s_v} in the cell of v, over the internal nodes v, in [0, 1]^D.</summary>
    /// <remarks>Guarantee: exact. Source: math/04, Lemma T3 (ii).</remarks>
    public BigRational FaceArea(int dimension)
    {
        var unit = (BigRational.Zero, BigRational.One);
        var sum = BigRational.Zero;
        var open = new Stack<(RegressionTree Node, ImmutableArray<(BigRational Low, BigRational High)> Cell)>();
        open.Push((this, [.. Enumerable.Repeat(unit, dimension)]));
        while (open.TryPop(out var next))
        {
            if (next.Node is not Split s)
            {
                continue;
            }

            var (low, high) = next.Cell[s.Input];
            var area = BigRational.One;
            for (int j = 0; j < dimension; j++)
            {
                area *= j == s.Input
                    ? s.Threshold >= low && s.Threshold <= high ? BigRational.One : BigRational.Zero
                    : next.Cell[j].High - next.Cell[j].Low;
            }

            sum += area;
            var cut = BigRational.Max(low, BigRational.Min(high, s.Threshold));
            open.Push((s.Right, next.Cell.SetItem(s.Input, (cut, high))));
            open.Push((s.Left, next.Cell.SetItem(s.Input, (low, cut))));
        }

        return sum;
    }

    /// <summary>The volume of the union of the strips |x_j − s_v| &lt; δ/2 in the cells of the splits v, in [0, 1]^D.
    /// </summary>
    /// <remarks>Guarantee: exact. Cost: (3 I + 2)^D cells.</remarks>
    public BigRational StripUnion(BigRational delta, int dimension)
    {
        var half = delta / 2;
        var cuts = new List<BigRational>[dimension];
        for (int j = 0; j < dimension; j++)
        {
            cuts[j] =
            [
                .. Splits().Where(s => s.Input == j)
                    .SelectMany(s => new[] { s.Threshold - half, s.Threshold, s.Threshold + half })
                    .Where(c => c.Sign > 0 && c < BigRational.One)
                    .Append(BigRational.Zero).Append(BigRational.One).Distinct().Order(),
            ];
        }

        var at = new BigRational[dimension];
        return Sum(0, BigRational.One);

        BigRational Sum(int j, BigRational volume)
        {
            if (j == dimension)
            {
                return MeetsStrip(at, half) ? volume : BigRational.Zero;
            }

            var sum = BigRational.Zero;
            for (int k = 1; k < cuts[j].Count; k++)
            {
                at[j] = (cuts[j][k - 1] + cuts[j][k]) / 2;
                sum += Sum(j + 1, volume * (cuts[j][k] - cuts[j][k - 1]));
            }

            return sum;
        }
    }

    private bool MeetsStrip(BigRational[] x, BigRational half)
    {
        var node = this;
        while (node is Split split)
        {
            if (BigRational.Abs(x[split.Input] - split.Threshold) < half)
            {
                return true;
            }

            node = x[split.Input] <= split.Threshold ? split.Left : split.Right;
        }

        return false;
    }
}
