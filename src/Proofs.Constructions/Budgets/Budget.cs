using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Budgets;

/// <summary>A node of an error budget: one lemma of a proof, what it allows, and how its parts add up to it.</summary>
/// <param name="Lemma">The name of the lemma, an identifier, by which the rule of the node above refers to it.</param>
/// <param name="Source">Where the lemma is stated and proved, such as <c>math/00, 7.2</c>.</param>
/// <param name="Norm">The norm in which the error is measured.</param>
/// <param name="Bound">The error bound, in the parameters.</param>
/// <remarks>
/// Obligations, under <see cref="Conditions"/>: the rule, with each child's name standing for the child's bound, is at
/// most
/// <see cref="Bound"/>; where there is an <see cref="Allowance"/>, <see cref="Bound"/> is at most it, and so is the
/// rule with each child's name standing for the child's allowance (its bound, where it has none).
/// A node's formulas are in the node's own <see cref="Parameters"/>: a child may give a name another value.
/// </remarks>
public sealed record Budget(string Lemma, string Source, Norm Norm, Expr Bound)
{
    /// <summary>What the lemma states, in words and symbols.</summary>
    public string Statement { get; init; } = "";

    /// <summary>
    /// A lower bound of the signed error network − target, in the parameters; null where it is −<see cref="Bound"/>.
    /// </summary>
    public Expr? LowerBound { get; init; }

    /// <summary>
    /// The share of the error that the node above grants, such as eps/2; null where it grants the bound itself.
    /// </summary>
    public Expr? Allowance { get; init; }

    /// <summary>
    /// How the children's errors make the error of this node, in their names and the parameters; null for a leaf.
    /// </summary>
    public Expr? Rule { get; init; }

    /// <summary>Facts about the parameters on which the bound rests.</summary>
    public ImmutableArray<SideCondition> Conditions { get; init; } = [];

    /// <summary>The lemmas this one is made of.</summary>
    public ImmutableArray<Budget> Children { get; init; } = [];

    /// <summary>
    /// The network and target the lemma speaks of on this instance; null for a lemma about numbers alone.
    /// </summary>
    public LemmaInstance? Instance { get; init; }

    /// <summary>The values of the parameters on this instance.</summary>
    public ImmutableSortedDictionary<string, BigRational> Parameters { get; init; } =
        ImmutableSortedDictionary.Create<string, BigRational>(StringComparer.Ordinal);

    /// <summary>This node and all below it, each before its children.</summary>
    public IEnumerable<Budget> Nodes() => Children.SelectMany(c => c.Nodes()).Prepend(this);

    /// <summary>The side conditions of all nodes with what is known of them on this instance, each once.</summary>
    public ImmutableArray<SideCondition> Standings() =>
        [.. Nodes().SelectMany(n => n.Conditions.Select(c => c.At(n.Parameters))).Distinct()];

    /// <summary>
    /// What the bound assumes: the statements of the side conditions that are neither shown nor false.
    /// </summary>
    public ImmutableArray<string> Assumptions() =>
        [.. Standings().Where(c => c.Standing == Standing.Assumed).Select(c => c.Statement).Distinct()];

    /// <summary>The node of the given name in this tree, or null where there is none.</summary>
    public Budget? Find(string lemma) => Nodes().FirstOrDefault(n => n.Lemma == lemma);

    /// <summary>
    /// The value of <paramref name="formula"/> at the parameters of this instance, or null where it is irrational.
    /// </summary>
    public BigRational? TryEvaluate(Expr formula) => formula.TryEvaluate(Parameters);

    /// <summary>The tree with the given parameters in every node, those a node has itself excepted.</summary>
    public Budget WithParameters(IEnumerable<KeyValuePair<string, BigRational>> parameters)
    {
        KeyValuePair<string, BigRational>[] given = [.. parameters];
        return this with
        {
            Parameters = Parameters.AddRange(given.Where(p => !Parameters.ContainsKey(p.Key))),
            Children = [.. Children.Select(c => c.WithParameters(given))],
        };
    }

    /// <summary>An enclosure of <see cref="Bound"/> at the parameters of this instance.</summary>
    /// <remarks>Guarantee: enclosure; of the exact value to within an ulp where that is rational.</remarks>
    public Interval BoundValue() => Assemble.Enclose(Bound, Parameters);

    /// <summary>An enclosure of <see cref="Allowance"/> at the parameters; null where there is none.</summary>
    public Interval? AllowanceValue() => Allowance is null ? null : Assemble.Enclose(Allowance, Parameters);

    /// <summary>An enclosure of the rule at the parameters and the children's bounds; null for a leaf.</summary>
    public Interval? RuleValue() => Rule is null ? null : EnclosedRule(c => c.BoundValue());

    /// <summary>An enclosure of the rule at the parameters and the children's allowances; null for a leaf.</summary>
    public Interval? RuleOfAllowancesValue() =>
        Rule is null ? null : EnclosedRule(c => c.AllowanceValue() ?? c.BoundValue());

    /// <summary>A node with no parts.</summary>
    public static Budget Leaf(string lemma, string source, Norm norm, Expr bound) => new(lemma, source, norm, bound);

    /// <summary>
    /// A bound of the measure of the part of the domain where the lemma does not speak; null where there is none.
    /// </summary>
    public Expr? ExceptionalMeasure { get; init; }

    /// <summary>Whether both trees state the same.</summary>
    public bool Equals(Budget? other) => other is not null
        && (Lemma, Source, Norm, Bound, Statement)
            == (other.Lemma, other.Source, other.Norm, other.Bound, other.Statement)
        && ReferenceEquals(Allowance, other.Allowance)
        && ReferenceEquals(Rule, other.Rule)
        && ReferenceEquals(LowerBound, other.LowerBound)
        && ReferenceEquals(ExceptionalMeasure, other.ExceptionalMeasure)
        && Conditions.SequenceEqual(other.Conditions)
        && Children.SequenceEqual(other.Children)
        && Equals(Instance?.Target, other.Instance?.Target)
        && Equals(Instance?.Domain, other.Instance?.Domain)
        && Parameters.SequenceEqual(other.Parameters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Lemma, Source, Norm, Bound, Children.Length);

    /// <summary>The lemma and its bound, for a reader.</summary>
    public override string ToString() => $"{Lemma}: {Norm} ≤ {Bound}";

    private Interval EnclosedRule(Func<Budget, Interval> value)
    {
        var box = Parameters.ToDictionary(v => v.Key, v => Interval.Enclose(v.Value), StringComparer.Ordinal);
        foreach (var child in Children)
        {
            box[child.Lemma] = value(child);
        }

        return Rule!.Evaluate(box);
    }
}
