using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Motifs;

// Statement   f = b + Σ a_i (z_i·x + c)² = x'Qx + l·x + c0 on [0, 1]^D, Q = Σ_(k≤R) λ_k v_k v_k' with R = rank Q ≤ D:
//             L = m + 1, W = W_1 + R(8m − 6) + m[l' ≠ 0] + [c0' ≠ 0], error in
//             [−4^(−m−1) Σ_(λ<0) |λ_k| ‖v_k‖₁², 4^(−m−1) Σ_(λ>0) λ_k ‖v_k‖₁²].                       [math/04, 4.5]
// Idea        w_k = (v_k·x + v_k⁻)/‖v_k‖₁ lies in [0, 1] and is squared there; one unit carries the affine rest.

/// <summary>A weighted square λ (v·x)².</summary>
/// <param name="Weight">λ.</param>
/// <param name="Direction">v.</param>
public sealed record WeightedSquare(BigRational Weight, ImmutableArray<BigRational> Direction)
{
    /// <summary>Whether both are the same square.</summary>
    public bool Equals(WeightedSquare? other) =>
        other is not null && Weight == other.Weight && Direction.SequenceEqual(other.Direction);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Weight, Direction.Length);
}

/// <summary>A quadratic polynomial Σ λ_k w_k(x)² + l·x + c with w_k(x) = v_k·x + v_k⁻ in [0, 1].</summary>
/// <param name="Squares">λ_k and v_k, where ‖v_k‖₁ ≤ 1 and v_k⁻ is the sum of the absolute values of its negative
/// entries.</param>
/// <param name="Linear">l.</param>
/// <param name="Constant">c.</param>
public sealed record PolynomialTransfer(
    ImmutableArray<WeightedSquare> Squares, ImmutableArray<BigRational> Linear, BigRational Constant)
{
    /// <summary>The quadratic form Σ a_i z_i z_i' as weighted squares, by rational LDL' in coordinate order.</summary>
    /// <remarks>Guarantee: exact; as many squares as the form has rank.</remarks>
    public static ImmutableArray<WeightedSquare> Decompose(KernelModel model)
    {
        int d = model.Dimension;
        var q = new BigRational[d, d];
        for (int i = 0; i < model.Terms; i++)
        {
            Add(q, model.Coefficients[i], [.. model.Centres[i]]);
        }

        var squares = ImmutableArray.CreateBuilder<WeightedSquare>();
        while (true)
        {
            int pivot = Enumerable.Range(0, d).FirstOrDefault(i => !q[i, i].IsZero, -1);
            if (pivot >= 0)
            {
                var p = q[pivot, pivot];
                Remove(p, Row(pivot, p));
                continue;
            }

            var pair = Enumerable.Range(0, d * d).FirstOrDefault(k => !q[k / d, k % d].IsZero, -1);
            if (pair < 0)
            {
                return squares.ToImmutable();
            }

            var g = q[pair / d, pair % d];
            BigRational[] first = Row(pair / d, 1), second = Row(pair % d, 1);
            Remove((2 * g).Reciprocal(), [.. first.Zip(second, (a, b) => a + b)]);
            Remove(-(2 * g).Reciprocal(), [.. first.Zip(second, (a, b) => a - b)]);
        }

        BigRational[] Row(int i, BigRational over) => [.. Enumerable.Range(0, d).Select(j => q[i, j] / over)];

        void Remove(BigRational weight, BigRational[] v)
        {
            squares.Add(new(weight, [.. v]));
            Add(q, -weight, v);
        }
    }

    /// <summary>The transfer of a model.</summary>
    /// <param name="model">A model with a polynomial kernel.</param>
    /// <param name="bits">To how many bits directions and weights are rounded, so that the entries of the network are
    /// binary64 numbers; what that costs is in <see cref="Error"/>. Null for none: exact rationals.</param>
    /// <exception cref="ArgumentException">The kernel is another.</exception>
    public static PolynomialTransfer Of(KernelModel model, int? bits)
    {
        var (_, linear, constant) = Coefficients(model);
        var squares = ImmutableArray.CreateBuilder<WeightedSquare>();
        foreach (var (weight, v) in Decompose(model))
        {
            var norm = v.Aggregate(BigRational.Zero, (s, e) => s + BigRational.Abs(e));
            var direction = v.Select(e => e / norm).Select(e => bits is { } b ? Towards0(e, b) : e).ToImmutableArray();
            var scaled = weight * norm * norm;
            squares.Add(new(Rounded(scaled), direction));
        }

        // λ w² = λ (v·x)² + 2 λ v⁻ (v·x) + λ v⁻²
        foreach (var square in squares)
        {
            var shift = Negative(square.Direction);
            for (int j = 0; j < linear.Length; j++)
            {
                linear[j] -= 2 * square.Weight * shift * square.Direction[j];
            }

            constant -= square.Weight * shift * shift;
        }

        return new(squares.ToImmutable(), [.. linear.Select(Rounded)], Rounded(constant));

        BigRational Rounded(BigRational e) => bits is { } b ? Nearest(e, b) : e;
    }

    /// <summary>The network with m layers of squares.</summary>
    /// <exception cref="ArgumentOutOfRangeException">m is below 1 or above 24.</exception>
    public ReluNetwork Build(int m, InputScale scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(m, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(m, 24);
        var net = new NetworkBuilder(Linear.Length);
        var inputs = scale.Apply(net);
        var sum = Functional.Of(m, Constant - Negative(Linear));
        foreach (var (weight, v) in Squares)
        {
            var w = Functional.Combine(0, v, inputs) + Negative(v);
            Functional low = net.Rho(w), high = net.Rho(w - BigRational.Half);
            var tooth = (2 * low) - (4 * high);
            var part = low - (BigRational.PowerOfTwo(-2) * tooth);
            for (int l = 2; l <= m; l++)
            {
                (low, high, part) = (net.Rho(tooth), net.Rho(tooth - BigRational.Half), net.Rho(part));
                tooth = (2 * low) - (4 * high);
                part -= BigRational.PowerOfTwo(-2 * l) * tooth;
            }

            sum += weight * part;
        }

        if (Linear.Any(e => !e.IsZero))
        {
            sum += net.Carry(net.Rho(Functional.Combine(0, Linear, inputs) + Negative(Linear)), m);
        }
        else if (Squares.IsEmpty)
        {
            sum += net.Carry(net.Rho(Functional.Of(0, 0)), m);
        }

        return net.BuildScalar(sum);
    }

    /// <summary>An interval of rationals that holds Φ − f on the box of the scale.</summary>
    /// <remarks>
    /// Guarantee: exact, from the error of each square and the coefficients of the polynomial Σ λ_k w_k² + l·x + c − f,
    /// of which each monomial lies between 0 and its coefficient.
    /// </remarks>
    public (BigRational Lower, BigRational Upper) Error(KernelModel model, int m)
    {
        var (form, linear, constant) = Coefficients(model);
        for (int j = 0; j < linear.Length; j++)
        {
            linear[j] = Linear[j] - linear[j];
            for (int k = 0; k < linear.Length; k++)
            {
                form[j, k] = -form[j, k];
            }
        }

        constant = Constant - constant;
        BigRational lower = 0, upper = 0;
        foreach (var (weight, v) in Squares)
        {
            var shift = Negative(v);
            Add(form, weight, [.. v]);
            for (int j = 0; j < linear.Length; j++)
            {
                linear[j] += 2 * weight * shift * v[j];
            }

            constant += weight * shift * shift;
            var tooth = weight * BigRational.PowerOfTwo((-2 * m) - 2);
            (lower, upper) = (lower + BigRational.Min(tooth, 0), upper + BigRational.Max(tooth, 0));
        }

        foreach (var e in form.Cast<BigRational>().Concat(linear))
        {
            (lower, upper) = (lower + BigRational.Min(e, 0), upper + BigRational.Max(e, 0));
        }

        return (lower + constant, upper + constant);
    }

    /// <summary>What a network of this layout computes, with m layers of squares; null for another layout.</summary>
    public static PolynomialTransfer? Read(ReluNetwork network, int squares, int m, InputScale scale)
    {
        int d = scale.Lower.Length;
        bool carries = network.Layers[0].Rows == (2 * squares) + 1;
        if (network.Depth != m + 1 || network.InputDimension != d || network.OutputDimension != 1
            || network.Layers[0].Rows != (2 * squares) + (carries ? 1 : 0))
        {
            return null;
        }

        var first = network.Layers[0].Exact;
        var output = network.Layers[^1].Exact.Rows[0];
        var found = ImmutableArray.CreateBuilder<WeightedSquare>();
        int units = m == 1 ? 2 : 3;
        for (int k = 0; k < squares; k++)
        {
            // the output reads ρ(g) with weight −2 λ/4^m, or λ/2 where m = 1
            var entry = output.Weights.FirstOrDefault(e => e.Index == units * k);
            var weight = entry.Index == units * k
                ? entry.Value * (m == 1 ? 2 : -BigRational.PowerOfTwo((2 * m) - 1))
                : BigRational.Zero;
            found.Add(new(weight, Scaled(first.Rows[2 * k].Weights)));
        }

        var linear = carries ? Scaled(first.Rows[^1].Weights) : [.. new BigRational[d]];
        var read = new PolynomialTransfer(found.ToImmutable(), linear, output.Bias + Negative(linear));
        bool isInside = read.Squares.All(s =>
            s.Direction.Aggregate(BigRational.Zero, (t, e) => t + BigRational.Abs(e)) <= BigRational.One);
        return isInside && network.Equals(read.Build(m, scale)) ? read : null;

        ImmutableArray<BigRational> Scaled(IEnumerable<Proofs.Kernel.Networks.Entry> weights)
        {
            var v = new BigRational[d];
            foreach (var entry in weights)
            {
                v[entry.Index] = entry.Value * scale.Width[entry.Index];
            }

            return [.. v];
        }
    }

    /// <summary>Whether both compute the same polynomial in the same way.</summary>
    public bool Equals(PolynomialTransfer? other) => other is not null && Squares.SequenceEqual(other.Squares)
        && Linear.SequenceEqual(other.Linear) && Constant == other.Constant;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Squares.Length, Linear.Length, Constant);

    private static (BigRational[,] Form, BigRational[] Linear, BigRational Constant) Coefficients(KernelModel model)
    {
        if (model.Kernel is not MotifKernel.Polynomial kernel)
        {
            throw new ArgumentException($"The kernel is {model.Kernel}; expected a polynomial of degree 2.");
        }

        var form = new BigRational[model.Dimension, model.Dimension];
        var linear = new BigRational[model.Dimension];
        for (int i = 0; i < model.Terms; i++)
        {
            Add(form, model.Coefficients[i], [.. model.Centres[i]]);
            for (int j = 0; j < linear.Length; j++)
            {
                linear[j] += 2 * kernel.Shift * model.Coefficients[i] * model.Centres[i][j];
            }
        }

        return (form, linear, model.Offset + (kernel.Shift * kernel.Shift * model.Sum));
    }

    private static void Add(BigRational[,] q, BigRational weight, BigRational[] v)
    {
        for (int j = 0; j < v.Length; j++)
        {
            var scaled = weight * v[j];
            for (int k = 0; k < v.Length && !scaled.IsZero; k++)
            {
                q[j, k] += scaled * v[k];
            }
        }
    }

    private static BigRational Negative(ImmutableArray<BigRational> v) =>
        v.Aggregate(BigRational.Zero, (s, e) => e.Sign < 0 ? s - e : s);

    private static BigRational Towards0(BigRational e, int bits)
    {
        var scaled = (BigRational.Abs(e) * BigRational.PowerOfTwo(bits)).Floor();
        return e.Sign * new BigRational(scaled) * BigRational.PowerOfTwo(-bits);
    }

    private static BigRational Nearest(BigRational e, int bits)
    {
        if (e.IsZero)
        {
            return e;
        }

        int size = (int)(BigRational.Abs(e).Numerator.GetBitLength() - e.Denominator.GetBitLength());
        var unit = BigRational.PowerOfTwo(size - bits);
        return new BigRational((e / unit).RoundHalfUp()) * unit;
    }
}
