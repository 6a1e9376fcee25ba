using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Calculus;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;

namespace Proofs.Constructions.Hypersurfaces;

// Statement   For f = Σ_k f_k 1_(R_k) in F(α, β, D, M, K, J), networks Φ_k of f_k within eps_f, Ψ_kj of the surfaces
//             within eps_h, and ramps of width δ make a network with
//             ‖Φ − f‖_p ≤ κ eps_f + K M (J (eps_h + δ/4))^(1/p), κ = 1 for disjoint regions, else K,
//             |Φ − f| ≤ κ eps_f off a tube of measure ≤ K J (2 eps_h + δ), |Φ| ≤ K M everywhere,
//             L = max(L_h + 4, L_f + 2) and the exact size of math/01, section 2.
//                                                   [imaizumi2019, imaizumi2022; math/01, sections 2–4; constants ours]
// Idea        The side of the surface x_d = h is the ramp of Ψ − x_d; a region is the conjunction of its sides; and f_k
//             is multiplied by the indicator exactly, with a gate, so that no product network enters the size.

/// <summary>Functions with jumps along smooth surfaces as networks.</summary>
public static class HypersurfaceNetwork
{
    /// <summary>
    /// The network of <paramref name="f"/> with the given choice; its budget is in the L^p norm of the choice.
    /// </summary>
    /// <exception cref="ArgumentException">δ is not positive, or a part is too large to build.</exception>
    public static Built Build(HypersurfaceFunction f, HypersurfaceChoice choice)
    {
        var @class = f.Class;
        var net = new NetworkBuilder(@class.Dimension);
        var parts = f.Pieces.Select((piece, k) => Piece(net, f, piece, k + 1, choice)).ToImmutableArray();
        int gateLayer = parts.Max(p => Math.Max(p.Value.Layer, p.Region.Layer));
        Functional[] gates = [.. parts.Select(p =>
            Gate.Append(net, net.Carry(p.Value, gateLayer), net.Carry(p.Region, gateLayer), @class.M))];
        BigRational[] ones = [.. gates.Select(_ => BigRational.One)];
        var network = net.BuildScalar(Functional.Combine(gateLayer + 1, ones, gates));
        return HypersurfaceBudget.Attach(network, f, choice, parts);
    }

    // One piece: V = ρ(Φ_k + M), and its indicator r_k as the conjunction of its sides.
    private static PieceParts Piece(
        NetworkBuilder net, HypersurfaceFunction f, RegionPiece piece, int number, HypersurfaceChoice choice)
    {
        var @class = f.Class;
        var names = Inputs.Names(@class.Dimension);
        var smooth = HolderApproximator.Append(
            net, net.Inputs, @class.Smooth, TaylorSource.Of(piece.Value, names), choice.Smooth, out int zeros);
        var value = net.Rho(smooth + @class.M);
        var sides =
            piece.Sides.Select((s, j) => Side(net, @class, s, $"surface_{number}_{j + 1}", choice)).ToImmutableArray();
        var region = Conjunction.Append(net, [.. sides.Select(s => s.Complement)]);
        return new(
            new HolderPart($"smooth_{number}", @class.Smooth, choice.Smooth, piece.Value, zeros, smooth.Constant),
            value, region, sides);
    }

    // w = 1 − (the ramp of σ (Ψ − x_d)): hidden layers of Ψ with x_d beside them, then two layers of one unit.
    private static SideParts Side(
        NetworkBuilder net, HypersurfaceClass @class, RegionSide side, string lemma, HypersurfaceChoice choice)
    {
        int d = side.Coordinate;
        var source = TaylorSource.Of(side.Surface, HypersurfaceFunction.Others(@class.Dimension, d));
        var psi = HolderApproximator.Append(
            net, net.Inputs.RemoveAt(d - 1), @class.Surface, source, choice.Surface, out int zeros);
        var coordinate = net.Carry(net.Inputs[d - 1], psi.Layer);
        var complement = Ramp.AppendComplement(net, side.Sign * (psi - coordinate), choice.Delta);

        // the surface as a function of its own inputs, x or x1, …, x(D − 1)
        var renamed = HypersurfaceFunction.Others(@class.Dimension, d)
            .Zip(Inputs.Names(@class.Dimension - 1).Select(Expr.Variable))
            .ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        return new(
            new HolderPart(
                lemma, @class.Surface, choice.Surface, side.Surface.Substitute(renamed), zeros, psi.Constant),
            side.Sign,
            complement);
    }
}

// A Hölder network inside a larger one: what it approximates, and its output bias.
internal sealed record HolderPart(
    string Lemma, HolderClass Class, HolderChoice Choice, Expr Target, int Zeros, BigRational OutputBias);

internal sealed record SideParts(HolderPart Part, int Sign, Functional Complement);

internal sealed record PieceParts(
    HolderPart Part, Functional Value, Functional Region, ImmutableArray<SideParts> Sides);
