using System.Collections.Immutable;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.VnnLib;

internal readonly record struct Variable(bool IsOutput, int Index);

// c + Σ a_v v with exact entries.
internal sealed record LinearForm(
    ImmutableSortedDictionary<(bool IsOutput, int Index), BigRational> Coefficients, BigRational Constant)
{
    private static readonly ImmutableSortedDictionary<(bool, int), BigRational> None =
        ImmutableSortedDictionary<(bool, int), BigRational>.Empty;

    public bool IsConstant => Coefficients.IsEmpty;

    public static LinearForm Of(BigRational value) => new(None, value);

    public static LinearForm Of(Variable v) => new(None.Add((v.IsOutput, v.Index), BigRational.One), BigRational.Zero);

    public static LinearForm Sum(IReadOnlyList<LinearForm> terms)
    {
        var sum = terms[0].Coefficients.ToBuilder();
        var constant = terms[0].Constant;
        foreach (var term in terms.Skip(1))
        {
            constant += term.Constant;
            foreach (var (variable, coefficient) in term.Coefficients)
            {
                sum[variable] = sum.GetValueOrDefault(variable) + coefficient;
            }
        }

        return new(Without(sum), constant);
    }

    public LinearForm Times(BigRational factor)
    {
        var product = None.ToBuilder();
        foreach (var (variable, coefficient) in Coefficients)
        {
            product.Add(variable, coefficient * factor);
        }

        return new(Without(product), Constant * factor);
    }

    private static ImmutableSortedDictionary<(bool, int), BigRational> Without(
        ImmutableSortedDictionary<(bool, int), BigRational>.Builder terms)
    {
        foreach (var zero in terms.Where(t => t.Value.IsZero).Select(t => t.Key).ToArray())
        {
            terms.Remove(zero);
        }

        return terms.ToImmutable();
    }
}

// An assertion: a Boolean combination of linear constraints without negation.
internal abstract record VnnLibFormula
{
    private VnnLibFormula()
    {
    }

    // Left ≤ 0, or < 0 where it is strict.
    public sealed record Atom(LinearForm Left, bool IsStrict, SExpression Place) : VnnLibFormula;

    public sealed record And(ImmutableArray<VnnLibFormula> Parts, SExpression Place) : VnnLibFormula;

    public sealed record Or(ImmutableArray<VnnLibFormula> Parts) : VnnLibFormula;

    public static VnnLibFormula AtMost(LinearForm a, LinearForm b, bool isStrict, SExpression place) =>
        new Atom(LinearForm.Sum([a, b.Times(-1)]), isStrict, place);
}
