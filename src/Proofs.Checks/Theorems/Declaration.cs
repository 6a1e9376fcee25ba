using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Proofs.Checks.Theorems;

/// <summary>What is wrong with how a theorem is declared, before anything is built.</summary>
/// <param name="Place">What it is about, such as <c>parameter eps</c> or <c>claim error</c>.</param>
/// <param name="Problem">What is wrong, and what was expected.</param>
public sealed record DeclarationProblem(string Place, string Problem);

/// <summary>
/// Checks how theorems are declared: names that occur twice, ranges that are none, variants that say what a claim says.
/// </summary>
public static partial class Declaration
{
    /// <summary>Every problem of a theorem's declaration; none where it is sound.</summary>
    public static ImmutableArray<DeclarationProblem> ProblemsOf(Theorem theorem)
    {
        ArgumentNullException.ThrowIfNull(theorem);
        return
        [
            .. KeyProblem("theorem", theorem.Key),
            .. theorem.Parameters.SelectMany(RangeProblem),
            .. Twice("parameter", theorem.Parameters.Select(p => p.Name), "parameters"),
            .. Twice(
                "claim", theorem.General.Concat(theorem.PerInstance).Concat(theorem.Open.Select(o => o.Claim))
                    .Select(c => c.Name), "claims"),
            .. Twice("instance", theorem.Instances.Select(i => i.Name), "instances"),
            .. Twice("mutant", theorem.Mutants.Select(m => m.Claim.Name), "mutants"),
            .. Repeated(theorem),
            .. theorem.Mutants.SelectMany(m => SameAsClaim(theorem, m)),
        ];
    }

    /// <summary>
    /// What keeps a key from being typed on a command line and from naming a file; none where nothing does.
    /// </summary>
    public static ImmutableArray<DeclarationProblem> KeyProblem(string what, string key) =>
        KeyPattern().IsMatch(key ?? "")
        ? []
        : [new($"{what} '{key}'",
            "expected a key of letters, digits, '_', '-', '.' and ' ', which begins with a letter or digit")];

    private static IEnumerable<DeclarationProblem> RangeProblem(Parameter parameter) =>
        ParameterRange.Read(parameter).Problem is { } problem ? [new($"parameter {parameter.Name}", problem)] : [];

    private static IEnumerable<DeclarationProblem> Twice(string one, IEnumerable<string> names, string many) => names
        .GroupBy(n => n, StringComparer.Ordinal)
        .Where(g => g.Count() > 1)
        .Select(g =>
            new DeclarationProblem(
                $"{one} {g.Key}", $"{g.Count()} {many} are called '{g.Key}'; expected a name for each"));

    // Two claims that say the same would count one thing twice.
    private static IEnumerable<DeclarationProblem> Repeated(Theorem theorem) =>
        theorem.General.Concat(theorem.PerInstance)
        .Where(c => c is not (Claim.Searched or Claim.Statistical or Claim.Malformed))
        .GroupBy(c => Spaceless(c.Statement), StringComparer.Ordinal)
        .Where(g => g.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count() > 1)
        .Select(g => new DeclarationProblem(
            $"claim {g.Last().Name}",
            $"the claims {string.Join(" and ", g.Select(c => $"'{c.Name}'"))} say the same: '{g.Key}'"));

    private static IEnumerable<DeclarationProblem> SameAsClaim(Theorem theorem, Mutant mutant)
    {
        var claims = mutant.Instance is not { } source ? theorem.General
            : theorem.Instances.Any(i => i.Name == source.Name) ? theorem.PerInstance
            : [];
        return claims
            .Where(c => c is not Claim.Statistical && Spaceless(c.Statement) == Spaceless(mutant.Claim.Statement))
            .Take(1)
            .Select(c => new DeclarationProblem(
                $"mutant {mutant.Claim.Name}",
                $"it says what claim '{c.Name}' says; a mutant is a false variant of a claim"));
    }

    private static string Spaceless(string statement) => SpacePattern().Replace(statement.Trim(), " ");

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}_. \-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex SpacePattern();
}
