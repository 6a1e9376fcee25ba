using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Properties;
using Proofs.Kernel;
using Proofs.Search.Properties;
using Xunit;

namespace Proofs.Search.Tests.Properties;

/// <summary>Networks on which binary64 arithmetic goes wrong; their outputs are known exactly.</summary>
public sealed class RoundingTrapTests
{
    private static readonly Dictionary<string, ReluNetwork> Networks = new()
    {
        // y = x on [-1, 1]: 2^26 x (or 2^60 x) is added in one layer and taken away in the next
        ["2^26"] = Cancelling(26),
        ["2^53"] = Cancelling(53),
        ["2^60"] = Cancelling(60),
        // y = rho(x + 2^53) - rho(2^53): the addition is absorbed in binary64
        ["absorbed"] = new(
            [Affine.FromRows([[1], [0]], [Math.ScaleB(1, 53), Math.ScaleB(1, 53)]), Affine.FromRows([[1, -1]], [0])]),
        // a tiny interval scaled up
        ["scaled"] = new(
            [Affine.FromRows([[Math.ScaleB(1, -60)]], [Math.ScaleB(1, -60)]),
                Affine.FromRows([[Math.ScaleB(1, 60)]], [-1])]),
        // the same through subnormal numbers
        ["subnormal"] = new(
        [
            Affine.FromRows([[Math.ScaleB(1, -1060)]], [Math.ScaleB(1, -1060)]),
            Affine.FromRows([[Math.ScaleB(1, 530)]], [0]),
            Affine.FromRows([[Math.ScaleB(1, 530)]], [-1]),
        ]),
        // and through numbers beyond the range of binary64
        ["overflow"] = new(
        [
            Affine.FromRows([[Math.ScaleB(1, 700)], [Math.ScaleB(-1, 700)]], [0, 0]),
            Affine.FromRows([[Math.ScaleB(1, 700), 0], [0, Math.ScaleB(1, 700)]], [0, 0]),
            Affine.FromRows([[Math.ScaleB(1, -700), 0], [0, Math.ScaleB(1, -700)]], [0, 0]),
            Affine.FromRows([[Math.ScaleB(1, -700), Math.ScaleB(-1, -700)]], [0]),
        ]),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    // y = x on [-1, 1], so the constraint y >= c is met exactly for c at most 1, and y > 1 nowhere
    [Theory]
    [MemberData(nameof(Names))]
    public void Ties_and_near_misses_of_cancelling_networks_are_decided_exactly(string name)
    {
        var network = Networks[name];
        var step = BigRational.PowerOfTwo(-80);
        Assert.Equal(PropertyAnswer.Satisfiable, Verify(network, -1, false));
        Assert.Equal(PropertyAnswer.Unsatisfiable, Verify(network, -1, true));
        Assert.Equal(PropertyAnswer.Unsatisfiable, Verify(network, -1 - step, false));
        Assert.Equal(PropertyAnswer.Satisfiable, Verify(network, -1 + step, true));
    }

    // Without the exact walk: unknown is allowed, a wrong answer is not.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_search_alone_is_never_wrong(string name)
    {
        foreach (var (bound, strict, isSatisfiable) in new (BigRational, bool, bool)[]
            { (-1, false, true), (-1, true, false), (new(-101, 100), false, false), (new(-99, 100), false, true),
                (0, true, true), (2, true, true), (-3, false, false) })
        {
            var property = PropertyNetworks.AtMost(1, 1, bound, strict, -1);
            var request = new PropertyRequest(Networks[name], property).WithTree(true);
            var query = PropertyQuery.Of(request.Network, property).Single();
            var search = new BoxSearch(query, request, request.Limits.Start());
            var answer = search.Run(3_000);
            Assert.True(
                answer == PropertyAnswer.Unknown
                    || answer == (isSatisfiable ? PropertyAnswer.Satisfiable : PropertyAnswer.Unsatisfiable),
                $"{name}, bound {bound}: {answer}");
        }
    }

    private static PropertyAnswer Verify(ReluNetwork network, BigRational bound, bool strict)
    {
        var property = PropertyNetworks.AtMost(1, 1, bound, strict, -1);
        var request = new PropertyRequest(network, property).WithTree(true);
        var result = PropertyVerifier.Verify(request);
        var check = CertificateCheck.Check(PropertyCertificate.Text(request, result) ?? "");
        Assert.True(check.Accepted, check.Reason);
        return result.Answer;
    }

    // rho(B x + x + 2B) - rho(B x + 2B)
    private static ReluNetwork Cancelling(int power)
    {
        var big = BigRational.PowerOfTwo(power);
        return new(
        [
            Affine.FromExactRows([[big], [-big], [1], [-1]], [0, 0, 0, 0]),
            Affine.FromExactRows([[1, -1, 1, -1], [1, -1, 0, 0]], [big + big, big + big]),
            Affine.FromExactRows([[1, -1]], [0]),
        ]);
    }
}
