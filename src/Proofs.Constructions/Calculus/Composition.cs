using System.Collections.Immutable;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Calculus;

// Statement   The composition rules of math/00, section 1: each rule states depth, size and magnitude exactly.
//             first(Φ) counts the non-zero entries of the first matrix, last(Φ) those of the last matrix and bias.

/// <summary>Rules that make networks of networks.</summary>
public static class Composition
{
    /// <summary>The affine map as a network of depth 1.</summary>
    /// <remarks>Source: math/00, 1.1.</remarks>
    public static ReluNetwork OfAffine(Affine map) => new([map]);

    /// <summary>outer ∘ inner with the touching affine maps multiplied: L = L1 + L2 − 1.</summary>
    /// <remarks>The product can be dense and its entries large. Source: math/00, 1.2.</remarks>
    public static ReluNetwork Merge(ReluNetwork outer, ReluNetwork inner)
    {
        var net = new NetworkBuilder(inner.InputDimension);
        return net.Build(net.Append(outer, net.Append(inner, net.Inputs)));
    }

    /// <summary>
    /// outer ∘ inner through t = ρ(t) − ρ(−t): L = L1 + L2, W = W1 + W2 + last(inner) + first(outer), B = max.
    /// </summary>
    /// <remarks>Source: math/00, 1.3.</remarks>
    public static ReluNetwork ConcatenateSparse(ReluNetwork outer, ReluNetwork inner)
    {
        var net = new NetworkBuilder(inner.InputDimension);
        return net.Build(net.Append(outer, Split(net, net.Append(inner, net.Inputs))));
    }

    /// <summary>outer ∘ ρ ∘ inner, which is outer ∘ inner where inner ≥ 0: L = L1 + L2, W = W1 + W2, B = max.</summary>
    /// <remarks>
    /// Domain: right only where every output of <paramref name="inner"/> is at least 0; the caller answers for that.
    /// Source: math/00, 1.4.
    /// </remarks>
    public static ReluNetwork ConcatenatePositive(ReluNetwork outer, ReluNetwork inner)
    {
        var net = new NetworkBuilder(inner.InputDimension);
        return net.Build(net.Append(outer, [.. net.Append(inner, net.Inputs).Select(net.Rho)]));
    }

    /// <summary>The identity of R^channels with depth L: W = 2 n L for L ≥ 2, W = n for L = 1; B = 1.</summary>
    /// <remarks>Source: math/00, 1.5.</remarks>
    public static ReluNetwork Identity(int channels, int depth)
    {
        CheckIdentity(channels, depth);
        var net = new NetworkBuilder(channels);
        return net.Build([.. net.Inputs.Select(x => net.CarrySigned(x, depth - 1))]);
    }

    /// <summary>The identity of [0, ∞)^channels with depth L: W = n L, B = 1.</summary>
    /// <remarks>Domain: negative inputs become 0 where L ≥ 2. Source: math/00, 1.5.</remarks>
    public static ReluNetwork IdentityNonNegative(int channels, int depth)
    {
        CheckIdentity(channels, depth);
        var net = new NetworkBuilder(channels);
        return net.Build([.. net.Inputs.Select(x => net.Carry(x, depth - 1))]);
    }

    /// <summary>The same function with depth <paramref name="depth"/>, its outputs being of any sign.</summary>
    /// <remarks>
    /// W grows by last(Φ) + 2 n for one layer, by last(Φ) + 2 n (k + 1) for k ≥ 2. Source: math/00, 1.6.
    /// </remarks>
    public static ReluNetwork Lengthen(ReluNetwork network, int depth)
    {
        CheckLengthen(network, depth);
        return depth == network.Depth
            ? network
            : ConcatenateSparse(Identity(network.OutputDimension, depth - network.Depth), network);
    }

    /// <summary>
    /// The same function with depth <paramref name="depth"/>, its outputs being at least 0: one weight each a layer.
    /// </summary>
    /// <remarks>Domain: right only where every output is at least 0. Source: math/00, 1.6.</remarks>
    public static ReluNetwork LengthenNonNegative(ReluNetwork network, int depth)
    {
        CheckLengthen(network, depth);
        return depth == network.Depth
            ? network
            : ConcatenatePositive(IdentityNonNegative(network.OutputDimension, depth - network.Depth), network);
    }

    /// <summary>Networks of equal depth on one input, outputs stacked: W and width add up, B = max.</summary>
    /// <exception cref="ArgumentException">The depths or input dimensions differ.</exception>
    /// <remarks>Source: math/00, 1.7.</remarks>
    public static ReluNetwork Stack(IReadOnlyList<ReluNetwork> networks)
    {
        CheckDepths(networks);
        var net = new NetworkBuilder(networks[0].InputDimension);
        return net.Build([.. networks.SelectMany(n => net.Append(n, net.Inputs))]);
    }

    /// <summary>
    /// Networks of equal depth, each on inputs of its own, outputs stacked: W and width add up, B = max.
    /// </summary>
    /// <exception cref="ArgumentException">The depths differ.</exception>
    /// <remarks>Source: math/00, 1.7.</remarks>
    public static ReluNetwork StackDisjoint(IReadOnlyList<ReluNetwork> networks)
    {
        CheckDepths(networks);
        var net = new NetworkBuilder(networks.Sum(n => n.InputDimension));
        var outputs = ImmutableArray.CreateBuilder<Functional>();
        int at = 0;
        foreach (var network in networks)
        {
            outputs.AddRange(net.Append(network, net.Inputs[at..(at + network.InputDimension)]));
            at += network.InputDimension;
        }

        return net.Build(outputs);
    }

    /// <summary>
    /// Σ weights[i] · networks[i] for networks of equal depth and input, the weights merged into the last layer.
    /// </summary>
    /// <exception cref="ArgumentException">Depths, dimensions or counts differ.</exception>
    /// <remarks>Source: math/00, 1.8.</remarks>
    public static ReluNetwork LinearCombination(IReadOnlyList<BigRational> weights, IReadOnlyList<ReluNetwork> networks)
    {
        CheckDepths(networks);
        var net = new NetworkBuilder(networks[0].InputDimension);
        ImmutableArray<ImmutableArray<Functional>> outputs = [.. networks.Select(n => net.Append(n, net.Inputs))];
        return net.Build([.. Enumerable.Range(0, networks[0].OutputDimension).Select(i =>
            Functional.Combine(networks[0].Depth - 1, weights, [.. outputs.Select(o => o[i])]))]);
    }

    /// <summary>x ↦ Φ(A x + b), the map merged into the first layer: L stays.</summary>
    /// <remarks>Source: math/00, 1.9.</remarks>
    public static ReluNetwork PreAffine(ReluNetwork network, Affine map) => Merge(network, OfAffine(map));

    // The values as ρ(y) − ρ(−y), all positive parts first: the layout [A; −A] of the spec.
    internal static ImmutableArray<Functional> Split(NetworkBuilder net, ImmutableArray<Functional> values)
    {
        Functional[] positive = [.. values.Select(net.Rho)];
        Functional[] negative = [.. values.Select(y => net.Rho(-y))];
        return [.. positive.Zip(negative, (p, n) => p - n)];
    }

    private static void CheckIdentity(int channels, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
    }

    private static void CheckLengthen(ReluNetwork network, int depth) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, network.Depth);

    private static void CheckDepths(IReadOnlyList<ReluNetwork> networks)
    {
        if (networks.Count == 0 || networks.Any(n => n.Depth != networks[0].Depth))
        {
            throw new ArgumentException(
                $"Expected networks of one depth; got depths {string.Join(", ", networks.Select(n => n.Depth))}.");
        }
    }
}
