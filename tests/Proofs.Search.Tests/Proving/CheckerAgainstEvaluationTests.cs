using System.Collections.Immutable;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Formulas;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Proofs.Search.Proving;

namespace Proofs.Search.Tests.Proving;

/// <summary>
/// What the checker believes of random formulas, against exact evaluation that shares no code with it.
/// </summary>
public sealed class CheckerAgainstEvaluationTests
{
    private static readonly string[] Names = ["x", "y", "z", "n"];

    private static int Count => Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full" ? 100_000 : 300;

    [Fact]
    public void What_holds_by_signs_and_normal_forms_is_true_at_every_point_that_satisfies_the_facts()
    {
        int held = 0, learned = 0;
        Run((random, sequent, point) =>
        {
            var exact = new PointEvaluation(point, 128, []);
            for (int i = 0; i < 6; i++)
            {
                var (a, b) = (
                    Formula(random, 3), random.Next(3) == 0 ? new Term.Number(random.Next(-2, 5)) : Formula(random, 2));
                foreach (var comparison in Enum.GetValues<Comparison>())
                {
                    var relation = new Relation(a, comparison, b);
                    if (sequent.Context.Holds(relation))
                    {
                        held++;
                        Assert.False(
                            exact.Holds(relation) == false, $"{sequent with { Goal = relation }} at {Text(point)}");
                    }
                }
            }

            learned += sequent.Facts.Length;
        });
        Assert.True(held > Count / 4 && learned > Count, $"only {held} relations held");
    }

    [Fact]
    public void A_normal_form_has_the_value_of_its_formula_and_a_range_contains_it()
    {
        int compared = 0;
        Run((random, sequent, point) =>
        {
            var exact = new PointEvaluation(point, 128, []);
            var formula = Formula(random, 4);
            if (exact.Value(formula) is not { } value)
            {
                return;
            }

            var normal = sequent.Context.Normal(formula);
            var range = sequent.Context.RangeOf(normal);
            string where =
                $"{sequent with { Goal = new(formula, Comparison.Equal, formula) }} at {Text(point)}: "
                    + $"{value}, normal form {normal}, range {range}";
            Assert.False(
                range.Lower > value.High || (range.Lower == value.High && range.OpenBelow && value.IsExact), where);
            Assert.False(
                range.Upper < value.Low || (range.Upper == value.Low && range.OpenAbove && value.IsExact), where);
            if (PolyText.Of(normal) is { } text && exact.Value(Reader.Term(text, Names)) is { } again)
            {
                compared++;
                Assert.False(again.High < value.Low || value.High < again.Low, where);
            }

            var cleared = sequent.Context.Clear(normal);
            if (PolyText.Of(cleared) is { } clearedText && exact.Value(Reader.Term(clearedText, Names)) is { } positive)
            {
                // Clearing multiplies by a positive number: signs stay.
                Assert.False(positive.Low.Sign > 0 && value.High.Sign < 0, where);
                Assert.False(positive.High.Sign < 0 && value.Low.Sign > 0, where);
                Assert.False(
                    positive.IsExact && positive.Low.IsZero && (value.High.Sign < 0 || value.Low.Sign > 0), where);
            }
        });
        Assert.True(compared > Count / 3, $"only {compared} normal forms compared");
    }

    // A random point, and random facts that hold there.
    private static void Run(Action<Random, Sequent, Dictionary<string, BigRational>> property)
    {
        for (int seed = 1; seed <= Count; seed++)
        {
            var random = new Random(seed);
            var point =
                Names.ToDictionary(n => n, n => n == "n" ? random.Next(-2, 6) : Value(random), StringComparer.Ordinal);
            var exact = new PointEvaluation(point, 128, []);
            var facts = ImmutableArray.CreateBuilder<Relation>();
            foreach (string name in Names)
            {
                var v = new Term.Variable(name);
                if (random.Next(3) > 0)
                {
                    facts.Add(new(new Term.Number(point[name] - random.Next(0, 2)), Comparison.AtMost, v));
                }

                if (random.Next(3) > 0 && point[name].Sign > 0)
                {
                    facts.Add(new(new Term.Number(0), Comparison.Less, v));
                }

                if (random.Next(3) == 0)
                {
                    facts.Add(new(v, Comparison.AtMost, new Term.Number(point[name] + random.Next(0, 3))));
                }
            }

            for (int i = random.Next(3); i > 0; i--)
            {
                var relation = new Relation(
                    Formula(random, 2), (Comparison)random.Next(4),
                    random.Next(2) == 0 ? Formula(random, 1) : new Term.Number(random.Next(-1, 3)));
                if (exact.Holds(relation) == true)
                {
                    facts.Add(relation);
                }
                else if (exact.Holds(relation.Negation) == true)
                {
                    facts.Add(relation.Negation);
                }
            }

            var names = Names.ToImmutableSortedSet(StringComparer.Ordinal);
            try
            {
                property(
                    random, new(
                        names, names.Except(["x", "y", "z"]), facts.ToImmutable(),
                        new(new Term.Number(0), Comparison.AtMost, new Term.Number(0)), new WorkBudget(20_000_000)),
                            point);
            }
            catch (Exception e) when (e is Rejection or WorkExhaustedException)
            {
                // a limit of the checker: it says nothing about this sequent
            }
        }
    }

    private static BigRational Value(Random random) => random.Next(4) switch
    {
        0 => random.Next(-2, 3),
        1 => new BigRational(random.Next(1, 9), 4),
        2 => new BigRational(random.Next(1, 5), 5),
        _ => new BigRational(random.Next(-9, 10), 3),
    };

    private static Term Formula(Random random, int depth)
    {
        if (depth == 0 || random.Next(8) == 0)
        {
            return random.Next(3) == 0
                ? new Term.Number(random.Next(4) == 0 ? new BigRational(random.Next(-3, 4), 2) : random.Next(-2, 5))
                : new Term.Variable(Names[random.Next(4)]);
        }

        Term Next() => Formula(random, depth - 1);
        return random.Next(15) switch
        {
            0 or 1 => Next() + Next(),
            2 => Next() - Next(),
            3 or 4 => Next() * Next(),
            5 or 6 => Next() / Next(),
            7 => new Term.Power(Next(), new Term.Number(random.Next(-2, 4))),
            8 => new Term.Power(Next(), new Term.Number(new(random.Next(-3, 4), 2))),
            9 => new Term.Power(Next(), Next()),
            10 => new Term.Call(random.Next(2) == 0 ? "exp" : "log", Next()),
            11 => new Term.Call(random.Next(2) == 0 ? "abs" : "floor", Next()),
            12 => new Term.Call(random.Next(2) == 0 ? "min" : "max", Next(), Next()),
            13 => random.Next(3) switch
            {
                0 => new Term.Call("factorial", new Term.Variable("n") + new Term.Number(random.Next(-1, 3))),
                1 => new Term.Call(
                    "binomial", new Term.Variable("n") + new Term.Number(2),
                    random.Next(2) == 0 ? new Term.Variable("n") : new Term.Number(2)),
                _ => new Term.Call("pow2floor", Next()),
            },
            _ => new Term.Choice(new(Next(), (Comparison)random.Next(2), Next()), Next(), Next()),
        };
    }

    private static string Text(Dictionary<string, BigRational> point) =>
        string.Join(", ", point.Select(p => $"{p.Key} = {p.Value}"));
}
