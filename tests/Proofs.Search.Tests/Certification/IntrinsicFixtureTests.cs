using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Search.Certification;
using Proofs.Search.Requests;
using Proofs.Tests;
using Xunit;

namespace Proofs.Search.Tests.Certification;

/// <summary>The networks of 02-intrinsic.json are certified on the whole union of their cells.</summary>
public sealed class IntrinsicFixtureTests
{
    private static readonly Lazy<JsonElement> All = new(() => RepositoryFiles.Fixture("02-intrinsic.json"));

    [Theory]
    [InlineData("gasket", "(x1 + abs(x2 - 1/2))/2", "f1", "1", "1/4")]
    [InlineData("gasket", "(x1 + abs(x2 - 1/2))/2", "f1", "1", "1/16")]
    [InlineData("gasket", "x1*x2", "f2", "2", "1/16")]
    [InlineData("gasket", "x1*x2", "f2", "2", "1/256")]
    [InlineData("gasket", "x1^2*x2/2", "f3", "3", "1/64")]
    [InlineData("cantor2", "(x1 + abs(x2 - 1/2))/2", "f1", "1", "1/16")]
    [InlineData("cantor2", "x1*x2", "f2", "2", "1/256")]
    [InlineData("carpet", "(x1 + abs(x2 - 1/2))/2", "f1", "1", "1/16")]
    [InlineData("koch", "x1*x2", "f2", "2", "1/256")]
    [InlineData("vicsek", "x1*x2", "f2", "2", "1/64")]
    public void Measured_errors_lie_below_the_certified_error(
        string set, string f, string name, string beta, string eps)
    {
        var from = Sets.Find(set)!;
        var @class = new HolderClass(BigRational.Parse(beta), from.AmbientDimension, 1);
        var (n, choice) =
            IntrinsicChoice.ForAccuracy(@class, from.NaturalBase, BigRational.Parse(eps), IntrinsicDesign.Ours);
        var built = IntrinsicNetwork.Build(@class, from, n, Expr.Parse(f), choice);
        var result = Certifier.Sup(
            CertifyRequest.Of(built).WithAtMost(BigRational.Parse(eps)) with { StopWhenDecided = false });
        double measured = All.Value.GetProperty("networks").EnumerateArray().First(c =>
            c.GetProperty("set").GetString() == set
            && c.GetProperty("f").GetString() == name
            && c.GetProperty("variant").GetString() == "ours"
            && c.GetProperty("n").GetInt32() == n).GetProperty("measured_error_on_cells").GetDouble();
        Assert.Equal(Outcome.Certified, result.Outcome);
        Assert.InRange(measured, 0, result.Bounds.Sup * (1 + 1e-12));
        Assert.InRange(result.Bounds.Inf, 0, built.Budget.BoundValue().Sup);
        Assert.True(result.Bounds.Sup <= 1.01 * built.Budget.BoundValue().Sup);
    }
}
