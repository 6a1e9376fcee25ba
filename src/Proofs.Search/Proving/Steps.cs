using System.Collections.Immutable;
using System.Numerics;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;

namespace Proofs.Search.Proving;

/// <summary>Steps of proofs as the kernel's rules, of formulas that the search composes as text.</summary>
/// <remarks>
/// A formula is read as it will be read from the certificate, so that the search sees what the replay will see: 1/n
/// with 3 in place of n is one number there, and a quotient in the sequent where it comes from.
/// </remarks>
internal static class Steps
{
    public static ProofStep Trivial { get; } = new(new Rule.Trivial());

    public static ProofStep Absurd { get; } = new(new Rule.Absurd());

    public static ProofStep Both { get; } = new(new Rule.Both());

    public static ProofStep Below { get; } = new(new Rule.Apart(IsBelow: true));

    public static ProofStep Above { get; } = new(new Rule.Apart(IsBelow: false));

    /// <summary>The goal follows from the normal form and signs of its terms alone.</summary>
    public static ProofStep Alone { get; } = Linear([]);

    /// <summary>A cut; its proof comes later.</summary>
    public static ProofStep Cut(string fact) => new(new Rule.Cut(Relation(fact)));

    public static ProofStep Cut(string fact, ImmutableArray<ProofStep> proof) =>
        new(new Rule.Cut(Relation(fact)), [proof]);

    public static ProofStep Cut(Relation fact) => Cut(fact.ToString());

    public static ProofStep Cut(Relation fact, ImmutableArray<ProofStep> proof) => Cut(fact.ToString(), proof);

    public static ProofStep Split(string question) => new(new Rule.Split(Relation(question)));

    public static ProofStep Split(Relation question) => Split(question.ToString());

    public static ProofStep Enumerate(string variable, BigInteger from, BigInteger to) =>
        new(new Rule.Enumerate(variable, from, to));

    public static ProofStep Induct(string variable, BigInteger start) => new(new Rule.Induct(variable, start));

    public static ProofStep Let(string variable, string value) => new(new Rule.Let(variable, Term(value)));

    public static ProofStep Substitute(string variable, string value) =>
        new(new Rule.Substitute(variable, Term(value)));

    public static ProofStep Derive(string variable, string at, string fresh) =>
        new(new Rule.Derive(variable, Term(at), fresh));

    public static ProofStep Convex(string variable, string from, string to) =>
        new(new Rule.Convex(variable, Term(from), Term(to)));

    public static ProofStep Axiom(AxiomKind kind, params IEnumerable<string> terms) =>
        new(new Rule.Axiom(kind, [.. terms.Select(Term)]));

    /// <summary>A linear combination of facts, on a box or not.</summary>
    public static ProofStep Linear(IEnumerable<Multiple> multiples, IEnumerable<BernsteinSide>? sides = null) =>
        new(new Rule.Linear([.. multiples], [.. sides ?? []]));

    /// <summary>A factor times a product of facts.</summary>
    public static Multiple Multiple(string factor, params ImmutableArray<int> facts) => new(Term(factor), facts);

    private static Term Term(string text) => Read(text, Reader.OpenTerm);

    private static Relation Relation(string text) => Read(text, Reader.OpenRelation);

    // What is too long or too deep for the checker is none of its formulas.
    private static T Read<T>(string text, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (FormatException e)
        {
            throw new Rejection(e.Message, e);
        }
    }
}
