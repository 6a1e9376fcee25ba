using System.Collections.Immutable;
using System.Diagnostics;
using Proofs.Kernel;
using Proofs.Numeric;

namespace Proofs.Checks.Certification;

// The largest value of e, −e or |e|.
internal enum Objective
{
    Maximum,
    Minimum,
    Magnitude,
}
