using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Networks;

/// <summary>A coefficient of a variable, with an index from 0.</summary>
public readonly record struct Entry(int Index, BigRational Value);

/// <summary>Rows of a sparse affine map x ↦ A x + b with exact entries.</summary>
public sealed record AffineRows(int Columns, ImmutableArray<ImmutableArray<Entry>> Weights, ImmutableArray<BigRational> Bias)
{
    /// <summary>The number of outputs.</summary>
    public int Count => Bias.Length;

    /// <summary>x ↦ (weights·A) x + (bias·b).</summary>
    internal AffineRows Scaled(BigRational weights, BigRational bias) => weights == 1 && bias == 1
        ? this
        : new(Columns, [.. Weights.Select(r => r.Select(e => e with { Value = e.Value * weights }).ToImmutableArray())], [.. Bias.Select(b => b * bias)]);

    /// <summary>A x + b, exactly.</summary>
    public BigRational[] Apply(IReadOnlyList<BigRational> x)
    {
        var y = new BigRational[Count];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Bias[i];
            foreach (var (index, value) in Weights[i])
            {
                y[i] = x[index].IsZero ? y[i] : y[i] + (value * x[index]);
            }
        }

        return y;
    }
}

/// <summary>A constraint Σ a_i v_i ≤ c, or Σ a_i v_i &lt; c where it is strict.</summary>
public sealed record RowConstraint(ImmutableArray<Entry> Terms, BigRational Bound, bool IsStrict)
{
    /// <summary>Σ a_i v_i − c, exactly.</summary>
    public BigRational Excess(IReadOnlyList<BigRational> point)
    {
        var sum = -Bound;
        foreach (var (index, value) in Terms)
        {
            sum += value * point[index];
        }

        return sum;
    }

    /// <summary>Whether the point satisfies the constraint.</summary>
    public bool Holds(IReadOnlyList<BigRational> point) => Excess(point).Sign < (IsStrict ? 0 : 1);
}

/// <summary>One case of a property: inputs in a box under constraints, with outputs under others.</summary>
public sealed record PropertyCase(
    ImmutableArray<BigRational> Lower,
    ImmutableArray<BigRational> Upper,
    ImmutableArray<RowConstraint> Inputs,
    ImmutableArray<RowConstraint> Outputs)
{
    /// <summary>Whether no point is in the box: a side ends before it begins.</summary>
    public bool IsEmpty => Lower.Zip(Upper).Any(side => side.First > side.Second);
}

/// <summary>A unit of a hidden layer, both from 0, and whether its value before ρ is assumed to be at least 0, or at most 0.</summary>
public readonly record struct UnitSign(int Layer, int Unit, bool IsOn);

/// <summary>A ReLU network A_L ∘ ρ ∘ … ∘ ρ ∘ A_1 and a property: does an input belong, with its output, to one of the cases?</summary>
public sealed record NetworkProperty(ImmutableArray<AffineRows> Layers, ImmutableArray<PropertyCase> Cases)
{
    /// <summary>The number of inputs.</summary>
    public int InputCount => Layers[0].Columns;

    /// <summary>The number of outputs.</summary>
    public int OutputCount => Layers[^1].Count;

    /// <summary>The outputs at a point, exactly.</summary>
    public BigRational[] Evaluate(IReadOnlyList<BigRational> point) => Evaluate(point, new WorkBudget(long.MaxValue));

    /// <summary>The outputs at a point, exactly.</summary>
    /// <exception cref="WorkExhaustedException">The values are too long for the work granted.</exception>
    internal BigRational[] Evaluate(IReadOnlyList<BigRational> point, WorkBudget work)
    {
        BigRational[] x = [.. point];
        for (int l = 0; l < Layers.Length; l++)
        {
            work.Spend(ExactWork.Of(Layers[l], x));
            x = Layers[l].Apply(x);
            for (int i = 0; l < Layers.Length - 1 && i < x.Length; i++)
            {
                x[i] = x[i].Sign < 0 ? BigRational.Zero : x[i];
            }
        }

        return x;
    }

    /// <summary>Whether the point belongs to a case, with the outputs of the network there.</summary>
    public bool Holds(IReadOnlyList<BigRational> point) => Holds(point, Evaluate(point));

    /// <summary>Whether the point belongs to a case where the network has these outputs.</summary>
    internal bool Holds(IReadOnlyList<BigRational> point, IReadOnlyList<BigRational> outputs)
    {
        return Cases.Any(c => Enumerable.Range(0, InputCount).All(j => c.Lower[j] <= point[j] && point[j] <= c.Upper[j])
            && c.Inputs.All(k => k.Holds(point))
            && c.Outputs.All(k => k.Holds(outputs)));
    }
}
