using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Hypersurfaces;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Search.Certification;
using Proofs.Search.Requests;
using Proofs.Tests;
using Xunit;

namespace Proofs.Search.Tests.Certification;

/// <summary>The measured errors of 01-hypersurface.json lie inside certified enclosures.</summary>
public sealed class HypersurfaceFixtureTests
{
    // The fixture's integrals are midpoint sums: the jump makes them exact to about this part.
    private const double Quadrature = 0.01;

    // The network in space has 48,580 weights and takes half a minute; it belongs to the full profile.
    public static TheoryData<string> Names => Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full"
        ? ["half-space-parabola", "two-pieces", "band-J2", "mixed-directions-J2", "d3-two-pieces"]
        : ["half-space-parabola", "two-pieces", "band-J2", "mixed-directions-J2"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Measured_errors_lie_inside(string name)
    {
        var c = Instance(name);
        var built = Build(c);
        var request = CertifyRequest.Of(built).WithRelativeGap(0.1);
        Inside(c, "L2", Certifier.LpNorm(request, 2));
        Inside(c, "L1", Certifier.LpNorm(request, 1));
        var bound = built.OtherBudgets.Single(b => b.Norm == Norm.Sup);
        var off = CertifyRequest.Of(bound.Instance!).WithRelativeGap(0.1) with { AbsoluteGap = 1e-6 };
        var sup = Certifier.Sup(off.WithAtMost(bound.TryEvaluate(bound.Bound)!.Value));
        Assert.Equal(Outcome.Certified, sup.Outcome);
        Assert.True(c.GetProperty("sup_off").GetDouble() <= sup.Bounds.Sup);
    }

    private static void Inside(JsonElement c, string norm, CertifyResult result)
    {
        Assert.True(result.Complete, result.Why);
        Assert.InRange(
            c.GetProperty(norm).GetDouble(), result.Bounds.Inf * (1 - Quadrature),
            result.Bounds.Sup * (1 + Quadrature));
    }

    private static JsonElement Instance(string name) => RepositoryFiles.Fixture("01-hypersurface.json")
        .GetProperty("instances").EnumerateArray().Single(i => i.GetProperty("name").GetString() == name);

    private static Built Build(JsonElement c)
    {
        int d = c.GetProperty("D").GetInt32();
        var names = Inputs.Names(d);
        var h = c.GetProperty("h").EnumerateArray().ToArray();
        var pieces = c.GetProperty("assign").EnumerateArray()
            .Zip(c.GetProperty("f").EnumerateArray(), (sides, f) => new RegionPiece(
            Polynomial(f, names),
            [.. sides.EnumerateArray().Select(s => new RegionSide(
                s[1].GetInt32() + 1, s[2].GetInt32(),
                Polynomial(h[s[0].GetInt32()], names.RemoveAt(s[1].GetInt32()))))]));
        var function = HypersurfaceFunction.Create(
            d, c.GetProperty("qh").GetInt32() + 1, c.GetProperty("qf").GetInt32() + 1, 1, [.. pieces],
            c.GetProperty("disjoint").GetBoolean());
        var eps = BigRational.Parse(c.GetProperty("eps").GetString()!);
        return HypersurfaceNetwork.Build(function, HypersurfaceChoice.ConstantDepth(function.Class, eps, 2));
    }

    // {"(2, 1)": "1/4"} is x1² x2/4.
    private static Expr Polynomial(JsonElement terms, IReadOnlyList<string> names) =>
        Expr.Sum(terms.EnumerateObject().Select(t =>
    {
        var powers =
            t.Name.Trim('(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Expr.Product(powers
            .Select((k, j) => Expr.Power(Expr.Variable(names[j]), Expr.Parse(k)))
            .Prepend(Expr.Constant(BigRational.Parse(t.Value.GetString()!))));
    }));
}
