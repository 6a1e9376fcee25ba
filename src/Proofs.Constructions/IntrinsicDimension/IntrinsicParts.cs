using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.IntrinsicDimension;

// What the network is made of, with the constants of its gates.
internal sealed record IntrinsicParts(
    HolderClass Class, CellSet Cells, IntrinsicChoice Choice, int[] Classes, TaylorRows Rows)
{
    private const int GateBits = 20; // K, S and Kg are multiples of 2^(−20)

    public int ClassCount { get; } = Classes.Max() + 1;

    /// <summary>K ≥ M.</summary>
    public BigRational Offset { get; } = RoundedUp(Class.M);

    /// <summary>eta, what rounding and monomials may add to a Taylor polynomial.</summary>
    public BigRational Eta => Rows.Error + Choice.MonomialError(Class);

    public GateRule Gate => Choice.Design.Gate;

    /// <summary>S ≥ 2(M + K + eta) + [q ≥ 1] 2 c_T/n for penalties; Kg ≥ K + M S_q(D) + eta for trapezoids.</summary>
    public BigRational Steepness => Gate == GateRule.Penalty
        ? RoundedUp((2 * (Class.M + Offset + Eta))
            + (Class.Q >= 1 ? 2 * IntrinsicChoice.TaylorConstant(Class) / Cells.Side : 0))
        : RoundedUp((2 * ((Class.M * IntrinsicChoice.ExponentialSum(Class.Q, Class.Dimension)) + Eta)) + 1);

    private static BigRational RoundedUp(BigRational x) => new((x * (1 << GateBits)).Ceiling(), 1 << GateBits);
}
