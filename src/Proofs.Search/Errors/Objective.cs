using System.Collections.Immutable;
using System.Diagnostics;

namespace Proofs.Search.Errors;

// The largest value of e, −e or |e|.
internal enum Objective
{
    Maximum,
    Minimum,
    Magnitude,
}
