using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Motifs;

// Statement   f = b + Σ a_i exp(−γ ‖x − z_i‖²): L = m + 4, W = D(9m − 3) + n_s(D + 2) + n_s(3N − 1) + 1 [math/04, 4.2]
//             f = b + Σ a_i exp(−γ ‖x − z_i‖₁): L = 4, W = 2 n_d + D + n_s(D + 2) + n_s(3N − 1) + 1     [math/04, 4.3]
//             where no entry of a layer happens to be 0, inputs are on [0, 1]^D and no dead hinge is left out.
// Idea        ‖x − z_i‖² = Σ x_j² − 2 z_i·x + ‖z_i‖²: the squares of the inputs are computed once for all centres.
//             |x − z| = 2ρ(x − z) − x + z. The distance goes through its own copy of E; the outputs add up.

/// <summary>Kernel models with an exponential kernel as networks.</summary>
public static class KernelTransfer
{
    /// <summary>The network of a Gaussian model with m square layers, its entries exact rationals.</summary>
    /// <param name="model">The model.</param>
    /// <param name="m">The layers that compute squares, 1 to 24.</param>
    /// <param name="hinges">E, with the model's γ.</param>
    /// <param name="scale">The map of the inputs onto [0, 1]^D.</param>
    /// <param name="prunes">Whether hinges that no input of the box reaches are left out.</param>
    /// <exception cref="ArgumentException">The kernel is not Gaussian, γ differs, or m is out of range.</exception>
    public static ReluNetwork Gaussian(
        KernelModel model, int m, ExponentialHinges hinges, InputScale scale, bool prunes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(m, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(m, 24);
        if (model.Kernel is not MotifKernel.Gaussian kernel || kernel.Gamma != hinges.Gamma)
        {
            throw new ArgumentException($"The kernel is {model.Kernel}; expected a Gaussian with γ = {hinges.Gamma}.");
        }

        var net = new NetworkBuilder(model.Dimension);
        var distances = SquaredDistances(net, scale.Apply(net), model.Centres, m);
        return Finish(
            net, model, distances, hinges, kernel.Gamma * model.Dimension * BigRational.PowerOfTwo((-2 * m) - 2),
            prunes ? LargestSquares(model, m) : null);
    }

    /// <summary>The network of a Laplacian model, its entries exact rationals.</summary>
    /// <exception cref="ArgumentException">The kernel is not Laplacian, or γ differs.</exception>
    public static ReluNetwork Laplacian(KernelModel model, ExponentialHinges hinges, InputScale scale, bool prunes)
    {
        if (model.Kernel is not MotifKernel.Laplacian kernel || kernel.Gamma != hinges.Gamma)
        {
            throw new ArgumentException($"The kernel is {model.Kernel}; expected a Laplacian with γ = {hinges.Gamma}.");
        }

        var net = new NetworkBuilder(model.Dimension);
        var distances = AbsoluteDistances(net, scale.Apply(net), model.Centres);
        return Finish(net, model, distances, hinges, BigRational.Zero, prunes ? LargestDistances(model) : null);
    }

    /// <summary>The largest t_i on the cube: of the squares, or of the absolute distances where m is 0.</summary>
    /// <remarks>Guarantee: an upper bound, attained but for the error of the squares.</remarks>
    public static ImmutableArray<BigRational> LargestDistance(KernelModel model, int m) =>
        m > 0 ? LargestSquares(model, m) : LargestDistances(model);

    /// <summary>The layers up to the t_i, a network with n_s outputs: what a stored network begins with.</summary>
    public static ReluNetwork Distances(KernelModel model, int m, InputScale scale)
    {
        var net = new NetworkBuilder(model.Dimension);
        var inputs = scale.Apply(net);
        return net.Build(m > 0
            ? SquaredDistances(net, inputs, model.Centres, m)
            : AbsoluteDistances(net, inputs, model.Centres));
    }

    private static ImmutableArray<BigRational> LargestSquares(KernelModel model, int m) =>
    [
        .. model.Centres.Select(z => z.Aggregate(
            model.Dimension * BigRational.PowerOfTwo((-2 * m) - 2),
            (sum, v) => sum + (BigRational.Max(v, 1 - v) * BigRational.Max(v, 1 - v)))),
    ];

    private static ImmutableArray<BigRational> LargestDistances(KernelModel model) =>
        [.. model.Centres.Select(z => z.Aggregate(BigRational.Zero, (sum, v) => sum + BigRational.Max(v, 1 - v)))];

    private static Functional[] SquaredDistances(
        NetworkBuilder net, ImmutableArray<Functional> inputs, ImmutableArray<ImmutableArray<BigRational>> centres,
        int m)
    {
        // g_l = 2ρ(g_(l−1)) − 4ρ(g_(l−1) − 1/2) on [0, 1]; SQ_m(u) = u − Σ_l g_l(u)/4^l, every partial sum ≥ 0
        var square = new Functional[inputs.Length];
        var carried = new Functional[inputs.Length];
        for (int j = 0; j < inputs.Length; j++)
        {
            Functional low = net.Rho(inputs[j]), high = net.Rho(inputs[j] - BigRational.Half);
            Functional x = low, tooth = (2 * low) - (4 * high), sum = low - (BigRational.PowerOfTwo(-2) * tooth);
            for (int l = 2; l <= m; l++)
            {
                (low, high) = (net.Rho(tooth), net.Rho(tooth - BigRational.Half));
                (sum, x) = (net.Rho(sum), net.Rho(x));
                tooth = (2 * low) - (4 * high);
                sum -= BigRational.PowerOfTwo(-2 * l) * tooth;
            }

            (square[j], carried[j]) = (sum, x);
        }

        var q = net.Rho(Functional.Combine(m, [.. Enumerable.Repeat(BigRational.One, square.Length)], square));
        Functional[] parts = [q, .. carried.Select(net.Rho)];
        return
        [
            .. centres.Select(z =>
                Functional.Combine(m + 1, [BigRational.One, .. z.Select(v => -2 * v)], parts)
                    + z.Aggregate(BigRational.Zero, (sum, v) => sum + (v * v))),
        ];
    }

    private static Functional[] AbsoluteDistances(
        NetworkBuilder net, ImmutableArray<Functional> inputs, ImmutableArray<ImmutableArray<BigRational>> centres)
    {
        // one hinge for each distinct pair (j, z_ij), and one unit for the sum of the inputs
        var hinges = new Dictionary<(int, BigRational), Functional>();
        var sum = net.Rho(Functional.Combine(0, [.. inputs.Select(_ => BigRational.One)], inputs));
        var distances = new List<Functional>();
        foreach (var z in centres)
        {
            var terms = new List<Functional> { sum };
            for (int j = 0; j < z.Length; j++)
            {
                if (!hinges.TryGetValue((j, z[j]), out var hinge))
                {
                    hinges.Add((j, z[j]), hinge = net.Rho(inputs[j] - z[j]));
                }

                terms.Add(hinge);
            }

            distances.Add(
                Functional.Combine(1, [-BigRational.One, .. Enumerable.Repeat((BigRational)2, z.Length)], terms)
                    + z.Aggregate(BigRational.Zero, (s, v) => s + v));
        }

        return [.. distances];
    }

    private static ReluNetwork Finish(
        NetworkBuilder net, KernelModel model, Functional[] distances, ExponentialHinges hinges,
        BigRational squares, ImmutableArray<BigRational>? largest)
    {
        // without Σ a = 0 the errors of E, in [0, e1], and of the squares, in [−e2, 0], are centred by the output bias
        // (T0 for ridge)
        var bias = model.Offset + model.Sum - (model.Sum * (hinges.ErrorBound - squares) / 2);
        var coefficients = new List<BigRational>();
        var terms = new List<Functional>();
        Functional[] t = [.. distances.Select(net.Rho)];
        for (int i = 0; i < t.Length; i++)
        {
            for (int k = 0; k < hinges.Knots.Length && (largest is null || hinges.Knots[k] < largest.Value[i]); k++)
            {
                terms.Add(net.Rho(t[i] - hinges.Knots[k]));
                coefficients.Add(model.Coefficients[i] * hinges.Changes[k]);
            }
        }

        return net.BuildScalar(Functional.Combine(terms[0].Layer, coefficients, terms) + bias);
    }
}
