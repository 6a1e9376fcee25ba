using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Constructions;

// A number known to lie between two rationals.
internal readonly record struct RationalRange(BigRational Low, BigRational High)
{
    public bool IsExact => Low == High;

    public static RationalRange Exact(BigRational value) => new(value, value);
}
