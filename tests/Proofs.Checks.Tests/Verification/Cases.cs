using System.Collections.Immutable;
using Proofs.Checks.Theorems;
using Proofs.Checks.Verification;
using Proofs.Constructions.Budgets;
using Proofs.Numeric.Expressions;

namespace Proofs.Checks.Tests.Verification;

/// <summary>Small theorems, as an author of C# states them.</summary>
internal static class Cases
{
    /// <summary>The square on [0, 1] with m refinements; m is its parameter, f its target.</summary>
    public static InstanceSource Square(int m) => new($"m = {m}", () =>
    {
        var built = Proofs.Constructions.Calculus.Square.Build(m, 1);
        return new Instance($"m = {m}", built.Domain, built.Network).Define("f", built.Target)
            .Define("m", Expr.Constant(m));
    });

    /// <summary>A theorem with claims about instances.</summary>
    public static Theorem Of(
        string key, IEnumerable<(string Name, string Statement)> claims, params InstanceSource[] instances) =>
        new(key, key, "test, 1", [], [], [.. claims.Select(c => ClaimParser.Read(c.Name, c.Statement))], [.. instances],
            []);

    /// <summary>A theorem with one claim for all parameters.</summary>
    public static Theorem General(string statement) =>
        new("general", "general", "test, 1", [], [ClaimParser.Read("claim", statement)], [], [], []);

    public static Theorem With(this Theorem theorem, string parameter, string range) =>
        theorem with { Parameters = theorem.Parameters.Add(new Parameter(parameter, range)) };

    public static Theorem WithMutant(
        this Theorem theorem, string name, string statement, InstanceSource? instance = null) =>
        theorem with
        {
            Mutants =
            theorem.Mutants.Add(new Mutant(ClaimParser.Read(name, statement), "it is false", instance))
        };

    public static TheoremReport Verify(this Theorem theorem, Profile profile = Profile.Quick) =>
        new Verifier(new VerificationOptions { Profile = profile, Jobs = 1 }).Verify(theorem);

    public static Verdict VerdictOf(this TheoremReport report, string claim) =>
        report.Rows.Single(r => r.Claim == claim).Verdict;

    public static int ExitOf(params TheoremReport[] reports) => ExitStatus.Of(reports);
}
