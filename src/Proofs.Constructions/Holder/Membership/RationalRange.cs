using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Holder.Membership;

// A number known to lie between two rationals.
internal readonly record struct RationalRange(BigRational Low, BigRational High)
{
    public bool IsExact => Low == High;

    public static RationalRange Exact(BigRational value) => new(value, value);
}
