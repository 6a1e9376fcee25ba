using System.Collections.Immutable;
using Proofs.Checks.Learning;
using Proofs.Constructions.Budgets;
using Proofs.Kernel.Numbers;
using Proofs.Search.Certification;
using Proofs.Search.Regions;
using Proofs.Search.Requests;

namespace Proofs.Checks.Tightening;

/// <summary>A network of a construction, and whether its error is within a bound.</summary>
/// <param name="Value">The parameter.</param>
/// <param name="Built">The network.</param>
/// <param name="Bound">What the theorem promises, rounded up; null where that is not finite.</param>
/// <param name="Error">The enclosure of its error, with the verdict on the bound in question.</param>
public sealed record ParameterVerdict(int Value, Built Built, BigRational? Bound, CertifyResult Error);

/// <summary>The least whole value of a parameter with which the error is within a bound, certified.</summary>
/// <param name="Tried">The values tried, from the first on, each with its verdict.</param>
/// <param name="ByTheorem">The least value whose promise is within the bound; null where none tried has one.</param>
/// <remarks>
/// Guarantee: the last value tried is certified, and all before it are refuted by a point, if
/// <see cref="Least"/> is not null; nothing is said of values before the first.
/// </remarks>
public sealed record LeastParameter(ImmutableArray<ParameterVerdict> Tried, int? ByTheorem)
{
    /// <summary>The value found; null where one before it is undecided, or none is certified.</summary>
    public ParameterVerdict? Least =>
        Tried is [.., { Error.Outcome: Outcome.Certified } last]
            && Tried[..^1].All(t => t.Error.Outcome == Outcome.Refuted)
        ? last
        : null;

    /// <summary>Tries values upwards until one is certified or undecided.</summary>
    /// <param name="build">The network of a value.</param>
    /// <param name="from">The first value.</param>
    /// <param name="to">The last one.</param>
    /// <param name="atMost">The bound of the error, in the norm of the construction's budget.</param>
    /// <param name="shape">Adds limits and listeners to the request.</param>
    /// <param name="report">Called after each value; null for nobody.</param>
    public static LeastParameter Search(
        Func<int, Built> build, int from, int to, BigRational atMost, Func<CertifyRequest, CertifyRequest> shape,
        Action<LeastParameter>? report = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(shape);
        var found = new LeastParameter([], null);
        int value = from;
        for (; value <= to; value++)
        {
            var built = build(value);
            var request = CertifyRequest.Of(built.Network, built.Target, Region.Of(built.Domain, built.Boxes));
            var error = LargestError.Of(
                shape(request with { AtMost = atMost, StopWhenDecided = true }), built.Budget.Norm).Result;
            var bound = Counterparts.BoundOf(built);
            found = new(
                found.Tried.Add(new(value, built, bound, error)), found.ByTheorem ?? (bound <= atMost ? value : null));
            report?.Invoke(found);
            if (error.Outcome != Outcome.Refuted)
            {
                break;
            }
        }

        // what the theorem asks for is often more
        for (value++; found.ByTheorem is null && found.Least is not null && value <= to; value++)
        {
            if (Counterparts.BoundOf(build(value)) <= atMost)
            {
                found = found with { ByTheorem = value };
            }
        }

        return found;
    }
}
