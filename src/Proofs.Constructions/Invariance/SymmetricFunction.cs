using System.Collections.Immutable;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder;
using Proofs.Constructions.Holder.Membership;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Numeric.Rounding;

namespace Proofs.Constructions.Invariance;

// A function of the class H(β, d, M) with β ≤ 1, a symmetry that it has, and its values at points as a network stores
// them.
internal sealed class SymmetricFunction
{
    private const int Samples = 256;
    private readonly ImmutableArray<string> _names;

    private SymmetricFunction(Expr formula, HolderClass @class, ImmutableArray<SideCondition> conditions)
    {
        (Formula, Class, Conditions) = (formula, @class, conditions);
        _names = Inputs.Names(@class.Dimension);
    }

    public Expr Formula { get; }

    public HolderClass Class { get; }

    // That f is in the class, and that it has the symmetry: shown or assumed.
    public ImmutableArray<SideCondition> Conditions { get; }

    // f with f(g x) = f(x) for the generators g.
    public static SymmetricFunction Of(Expr formula, HolderClass @class, GroupAction group)
    {
        var names = Inputs.Names(@class.Dimension);
        if (formula.Variables().FirstOrDefault(v => !names.Contains(v, StringComparer.Ordinal)) is { } stranger)
        {
            throw new ArgumentException(
                $"The formula {formula} has the variable {stranger}; expected {string.Join(", ", names)}.");
        }

        string statement = $"{formula} is invariant under {group.Name}";
        bool isShown = true;
        foreach (var generator in group.Generators)
        {
            var images = names.Select((name, i) => KeyValuePair.Create(name, Image(generator, i, names)))
                .ToDictionary(StringComparer.Ordinal);
            isShown &= SymmetricText.Of(formula, names) == SymmetricText.Of(formula.Substitute(images), names);
            if (!isShown && Moved(formula, generator, names) is { } point)
            {
                throw new FalsePremiseException(
                    statement, $"{generator.Name} changes its value at ({string.Join(", ", point)})");
            }
        }

        var invariant = isShown ? SideCondition.Shown(statement) : SideCondition.Assumed(statement);
        return new(formula, @class, [HolderMembership.Check(@class, formula, names), invariant]);
    }

    // The values to store: exact, or rounded to multiples of a power of two where asked for or where one is no binary64
    // number.
    public (ImmutableArray<BigRational> Values, BigRational Error) Stored(
        IEnumerable<BigRational[]> points, string round)
    {
        var ranges = points.Select(Range).ToArray();
        var inexact = ranges.Where(r => !r.IsExact).Select(r => r.High);
        if (round == "no" && inexact.FirstOrDefault() is { IsZero: false } high)
        {
            throw new ArgumentException(
                $"A value of f near {high.ToDecimalRoundedDown(6)} is irrational; it has to be rounded.");
        }

        if (round == "no" || (round == "auto" && ranges.All(r => r.IsExact && Binary64.IsExact(r.Low))))
        {
            return ([.. ranges.Select(r => r.Low)], BigRational.Zero);
        }

        var unit = BigRational.PowerOfTwo(HolderChoice.CeilingLog2(BigRational.Max(Class.M, BigRational.One)) - 52);
        ImmutableArray<BigRational> stored =
            [.. ranges.Select(r => ((r.Low + r.High) / (2 * unit)).RoundHalfUp() * unit)];
        return (stored, ranges.Zip(stored, (r, v) => BigRational.Max(r.High - v, v - r.Low)).Max());
    }

    private RationalInterval Range(BigRational[] x)
    {
        var point = _names.Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        if (Formula.TryEvaluate(point) is { } exact)
        {
            return RationalInterval.Exactly(exact);
        }

        var value =
            Formula.Evaluate(point.ToDictionary(p => p.Key, p => Interval.Enclose(p.Value), StringComparer.Ordinal));
        return double.IsFinite(value.Inf) && double.IsFinite(value.Sup)
            ? new(Binary64.Exact(value.Inf), Binary64.Exact(value.Sup))
            : throw new ArgumentException($"{Formula} has no bounded value at ({string.Join(", ", x)}).");
    }

    // Coordinate i of g x.
    private static Expr Image(Generator generator, int i, ImmutableArray<string> names) =>
        Expr.Sum(generator.Map.Rows[i].Weights.Select(e => e.Value * Expr.Variable(names[e.Index])));

    // A point of the cube where f and its image surely differ, among some of them: exact values, or enclosures that are
    // apart.
    private static BigRational[]? Moved(Expr formula, Generator generator, ImmutableArray<string> names)
    {
        var random = new Random(1);
        for (int k = 0; k < Samples; k++)
        {
            BigRational[] x = [.. names.Select(_ => new BigRational(random.Next(17), 16))];
            if (Apart(Value(formula, names, x), Value(formula, names, generator.Apply(x))))
            {
                return x;
            }
        }

        return null;
    }

    private static bool Apart(RationalInterval? a, RationalInterval? b) =>
        a is { } x && b is { } y && (x.High < y.Low || y.High < x.Low);

    private static RationalInterval? Value(Expr formula, ImmutableArray<string> names, BigRational[] x)
    {
        var point = names.Zip(x).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        if (formula.TryEvaluate(point) is { } exact)
        {
            return RationalInterval.Exactly(exact);
        }

        var value =
            formula.Evaluate(point.ToDictionary(p => p.Key, p => Interval.Enclose(p.Value), StringComparer.Ordinal));
        return value is { IsEmpty: false, IsBounded: true }
            ? new(Binary64.Exact(value.Inf), Binary64.Exact(value.Sup))
            : null;
    }
}
