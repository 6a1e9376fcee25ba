using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Symbolic;

/// <summary>Rules from the text of a certificate.</summary>
internal static class RuleText
{
    private const int LongestNumber = 20_000;

    /// <summary>The rule of this name with these arguments.</summary>
    /// <exception cref="Rejection">There is none.</exception>
    public static Rule Read(string rule, ImmutableArray<string> a)
    {
        try
        {
            return (rule, a.Length) switch
            {
                ("trivial", 0) => new Rule.Trivial(),
                ("linear", _) => Linear(a),
                ("cut", 1) => new Rule.Cut(Reader.OpenRelation(a[0])),
                ("split", 1) => new Rule.Split(Reader.OpenRelation(a[0])),
                ("enumerate", 3) => new Rule.Enumerate(a[0], Whole(a[1]), Whole(a[2])),
                ("let", 2) => new Rule.Let(a[0], Reader.OpenTerm(a[1])),
                ("subst", 2) => new Rule.Substitute(a[0], Reader.OpenTerm(a[1])),
                ("axiom", >= 1) =>
                    new Rule.Axiom(AxiomTable.Find(a[0], a.Length - 1), [.. a.Skip(1).Select(Reader.OpenTerm)]),
                ("absurd", 0) => new Rule.Absurd(),
                ("both", 0) => new Rule.Both(),
                ("below", 0) => new Rule.Apart(IsBelow: true),
                ("above", 0) => new Rule.Apart(IsBelow: false),
                ("induct", 2) => new Rule.Induct(a[0], Whole(a[1])),
                ("derive", 3) => new Rule.Derive(a[0], Reader.OpenTerm(a[1]), a[2]),
                ("convex", 3) => new Rule.Convex(a[0], Reader.OpenTerm(a[1]), Reader.OpenTerm(a[2])),
                _ => throw new Rejection($"there is no rule {rule} with {a.Length} arguments"),
            };
        }
        catch (FormatException e)
        {
            throw new Rejection($"the rule {rule}: {e.Message}");
        }
    }

    // "m : i j …" or "m"; "box x : low high".
    private static Rule.Linear Linear(ImmutableArray<string> arguments)
    {
        var multiples = ImmutableArray.CreateBuilder<Multiple>();
        var sides = ImmutableArray.CreateBuilder<BernsteinSide>();
        foreach (string argument in arguments)
        {
            int colon = argument.IndexOf(':', StringComparison.Ordinal);
            string head = colon < 0 ? argument : argument[..colon];
            string[] tail = colon < 0 ? [] : argument[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (head.StartsWith("box ", StringComparison.Ordinal) && tail.Length == 2)
            {
                sides.Add(new(head[4..].Trim(), Number(tail[0]), Number(tail[1])));
            }
            else
            {
                multiples.Add(new(Reader.OpenTerm(head), [.. tail.Select(Fact)]));
            }
        }

        return new(multiples.ToImmutable(), sides.ToImmutable());
    }

    private static int Fact(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
        ? i
        : throw new Rejection($"there is no fact {(word.Length > 20 ? word[..20] : word)} to combine");

    private static BigRational Number(string word) =>
        word.Length <= LongestNumber && !word.Contains('e', StringComparison.OrdinalIgnoreCase)
        && BigRational.TryParse(word) is { } value
            ? value
            : throw new Rejection($"'{(word.Length > 20 ? word[..20] : word)}' is no number of moderate size");

    private static BigInteger Whole(string word) => Number(word) is { IsInteger: true } value
        ? value.Numerator
        : throw new Rejection($"{word} is no integer");
}
