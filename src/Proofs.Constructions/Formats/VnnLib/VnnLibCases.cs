using System.Collections.Immutable;
using Proofs.Constructions.Domains;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;

namespace Proofs.Constructions.Formats.VnnLib;

// The disjunctive normal form, and each disjunct as a box with constraints.
internal sealed class VnnLibCases(SExpressionReader source, int inputs, int outputs)
{
    private const long MostConstraints = 10_000_000;

    public VnnProperty Of(VnnLibFormula.And assertions)
    {
        var (cases, constraints) = Size(assertions);
        if (constraints > MostConstraints || cases * inputs > MostConstraints)
        {
            throw source.Error(
                assertions.Place,
                $"expected at most {MostConstraints} constraints and "
                    + "box sides when the disjunctions are multiplied out");
        }

        var result = ImmutableArray.CreateBuilder<VnnCase>();
        foreach (var conjunction in Expand(assertions))
        {
            if (Case(conjunction, assertions.Place) is { } found)
            {
                result.Add(found);
            }
        }

        return new VnnProperty(inputs, outputs, result.ToImmutable());
    }

    // How many disjuncts there are, and how many atoms in all of them; saturated far above what is allowed.
    private static (long Cases, long Atoms) Size(VnnLibFormula formula)
    {
        const long Enough = 1L << 30;
        switch (formula)
        {
            case VnnLibFormula.And and:
                long cases = 1, atoms = 0;
                foreach (var part in and.Parts)
                {
                    // an empty disjunction makes no case, but its neighbours are multiplied out all the same
                    var (c, a) = Size(part);
                    c = Math.Max(c, 1);
                    (cases, atoms) = (Math.Min(cases * c, Enough), Math.Min((atoms * c) + (a * cases), Enough));
                }

                return (cases, atoms);
            case VnnLibFormula.Or or:
                var sizes = or.Parts.Select(Size).ToArray();
                return (Math.Min(sizes.Sum(s => s.Cases), Enough), Math.Min(sizes.Sum(s => s.Atoms), Enough));
            default:
                return (1, 1);
        }
    }

    private static List<ImmutableArray<VnnLibFormula.Atom>> Expand(VnnLibFormula formula)
    {
        switch (formula)
        {
            case VnnLibFormula.Atom atom:
                return [[atom]];
            case VnnLibFormula.Or or:
                return [.. or.Parts.SelectMany(Expand)];
            default:
                // the atoms that all cases share are collected first, and only then multiplied out
                var parts = ((VnnLibFormula.And)formula).Parts.Select(Expand).ToArray();
                List<ImmutableArray<VnnLibFormula.Atom>> product =
                    [[.. parts.Where(p => p.Count == 1).SelectMany(p => p[0])]];
                foreach (var part in parts.Where(p => p.Count != 1))
                {
                    product = [.. product.SelectMany(left => part.Select(right => left.AddRange(right)))];
                }

                return product;
        }
    }

    // Null where the box is empty or a constraint without variables is false.
    private VnnCase? Case(ImmutableArray<VnnLibFormula.Atom> atoms, SExpression end)
    {
        var lower = new BigRational?[inputs];
        var upper = new BigRational?[inputs];
        var onInputs = ImmutableArray.CreateBuilder<RowConstraint>();
        var onOutputs = ImmutableArray.CreateBuilder<RowConstraint>();
        bool isEmpty = false;
        foreach (var (left, isStrict, place) in atoms)
        {
            var constraint = new RowConstraint(
                [.. left.Coefficients.Select(t => new Entry(t.Key.Index, t.Value))], -left.Constant, isStrict);
            int ofInputs = left.Coefficients.Keys.Count(v => !v.IsOutput);
            if (constraint.Terms.IsEmpty)
            {
                isEmpty |= !constraint.Holds([]);
            }
            else if (ofInputs == 0)
            {
                onOutputs.Add(constraint);
            }
            else if (ofInputs < constraint.Terms.Length)
            {
                throw source.Error(place, "expected a constraint on inputs only or on outputs only, found both in one");
            }
            else
            {
                if (ofInputs == 1)
                {
                    Narrow(constraint, lower, upper);
                }

                if (ofInputs > 1 || isStrict)
                {
                    onInputs.Add(constraint);
                }
            }
        }

        for (int i = 0; i < inputs; i++)
        {
            if (lower[i] is null || upper[i] is null)
            {
                throw source.Error(
                    end, $"expected bounds of X_{i} on both sides in every case, "
                        + $"found no {(lower[i] is null ? "lower" : "upper")} one");
            }

            isEmpty |= lower[i] > upper[i];
        }

        return isEmpty ? null : new VnnCase(
            new Box([.. lower.Select(v => v!.Value)], [.. upper.Select(v => v!.Value)]), onInputs.ToImmutable(),
            onOutputs.ToImmutable());
    }

    private static void Narrow(RowConstraint constraint, BigRational?[] lower, BigRational?[] upper)
    {
        var (i, coefficient) = constraint.Terms[0];
        var bound = constraint.Bound / coefficient;
        if (coefficient.Sign > 0)
        {
            upper[i] = upper[i] is { } u ? BigRational.Min(u, bound) : bound;
        }
        else
        {
            lower[i] = lower[i] is { } l ? BigRational.Max(l, bound) : bound;
        }
    }
}
