using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;

namespace Proofs.Constructions.Budgets;

// What every construction writes at its end: the network with its budget, target, domain and sizes.
internal static class Assemble
{
    public static ImmutableSortedDictionary<string, BigRational> Parameters(
        params (string Name, BigRational Value)[] values) =>
        values.ToImmutableSortedDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    // A network whose realisation is the target, without error.
    public static Built Exact(
        string lemma,
        string source,
        ReluNetwork network,
        string target,
        Box domain,
        ImmutableSortedDictionary<string, BigRational> parameters,
        ImmutableArray<SizeStatement> sizes) =>
        WithError(lemma, source, network, Expr.Parse(target), domain, parameters, sizes, Expr.Zero, Expr.Zero);

    // A network whose error has one bound, from one lemma; lower is null where the bound is two-sided.
    public static Built WithError(
        string lemma,
        string source,
        ReluNetwork network,
        Expr target,
        Box domain,
        ImmutableSortedDictionary<string, BigRational> parameters,
        ImmutableArray<SizeStatement> sizes,
        Expr bound,
        Expr? lower) =>
        new(
            network,
            Budget.Leaf(lemma, source, Norm.Sup, bound) with
            {
                LowerBound = lower,
                Parameters = parameters,
                Instance = new LemmaInstance(network, target, domain, region: null),
            },
            target,
            domain)
        {
            Sizes = sizes,
        };

    // The value of a formula, exactly where it is rational.
    public static Interval Enclose(Expr formula, IReadOnlyDictionary<string, BigRational> values) =>
        formula.TryEvaluate(values) is { } exact
            ? Interval.Enclose(exact)
            : formula.Evaluate(values.ToDictionary(v => v.Key, v => Interval.Enclose(v.Value), StringComparer.Ordinal));

    // The number as a formula reads it.
    public static string Text(BigRational value) =>
        value.Sign < 0 || !value.IsInteger ? $"({value})" : value.ToString();
}
