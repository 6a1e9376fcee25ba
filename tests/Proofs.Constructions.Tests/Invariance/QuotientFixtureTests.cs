using System.Numerics;
using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Invariance;
using Proofs.Constructions.Tests.Fixtures;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symmetry;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Intervals;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Invariance;

// The records of docs/math/03 about sorters, quasi-sorting and covering numbers, exactly.
public sealed class QuotientFixtureTests
{
    private static readonly JsonElement Quotient = RepositoryFiles.Fixture("03-quotient.json");

    [Fact]
    public void Sorters_have_the_stated_sizes_and_sort_for_n_up_to_16()
    {
        int cases = 0;
        foreach (var expected in Quotient.GetProperty("sorting_networks").EnumerateArray())
        {
            var family = expected.GetProperty("family").GetString() switch
            {
                "odd-even-transposition" => SorterFamily.OddEven,
                "odd-even-merge" => SorterFamily.Merge,
                _ => SorterFamily.Bitonic,
            };
            int n = expected.Integer("n");
            var comparators = Sorter.Comparators(family, n);
            Assert.Equal(
                (expected.Integer("stages"), expected.Integer("comparators"), expected.Integer("A"),
                    expected.Integer("max_width")),
                (comparators.Depth, comparators.Count, comparators.Adjacent, comparators.Width));
            Assert.Null(comparators.FindUnsorted());
            var built = Sorter.Build(n, family);
            Fixture.Agrees(expected, built);
            Assert.Equal(expected.Integer("max_width"), built.Network.Width);
            Assert.Equal(expected.Rationals("output"), built.Network.Evaluate(expected.Rationals("input")));
            if (expected.TryGetProperty("comparator_stages", out var stages))
            {
                Assert.Equal(
                    stages.EnumerateArray()
                        .Select(s =>
                            s.EnumerateArray().Select(c => new Comparator(c[0].GetInt32(), c[1].GetInt32())).ToArray()),
                    comparators.Stages.Select(s => s.ToArray()));
            }

            cases++;
        }

        Assert.Equal(45, cases);
    }

    [Fact]
    public void Quasi_sorting_agrees_with_the_reference_and_its_bound_is_attained()
    {
        foreach (var expected in Quotient.GetProperty("deepsets_quasi_sort").EnumerateArray())
        {
            var built = QuasiSort.Build(expected.Integer("n"), expected.Integer("N"));
            Fixture.Agrees(expected, built);
            Assert.Equal(expected.Rational("sup_error"), built.Budget.TryEvaluate(built.Budget.Bound));
            var sharp = expected.Rationals("sharp_point");
            var output = built.Network.Evaluate(sharp);
            Assert.Equal(expected.Rationals("sharp_output"), output);
            Assert.Equal(
                expected.Rational("sup_error"),
                output.Zip(sharp.OrderDescending(), (a, b) => BigRational.Abs(a - b)).Max());
            Assert.Equal(expected.Rationals("output"), built.Network.Evaluate(expected.Rationals("point")));
        }
    }

    [Fact]
    public void Covering_numbers_of_quotients_are_orbit_counts()
    {
        foreach (var expected in Quotient.GetProperty("covering_numbers_Sn").EnumerateArray())
        {
            Assert.Equal(
                new BigRational(
                    BigInteger.Parse(
                        expected.GetProperty("covering_number_quotient").ToString(),
                        System.Globalization.CultureInfo.InvariantCulture)),
                OrbitCount.Symmetric(expected.Integer("n"), expected.Integer("p"), expected.Integer("N")));
        }

        foreach (var expected in Quotient.GetProperty("covering_numbers_permutation_groups").EnumerateArray())
        {
            string[] words = expected.GetProperty("group").GetString()!.Split(' ');
            string name = words switch
            {
                ["D4", "on", var size, "image"] => $"D4 on {size}",
                [var s, "on", var points, "points", "with", var features, "features"] => $"{s} on {points}x{features}",
                _ => words[0],
            };
            var group = Groups.Parse(name, expected.Integer("d"));
            Assert.Equal(expected.Integer("order"), group.Order);
            Assert.Equal(
                expected.GetProperty("cycle_counts").EnumerateArray().Select(c => c.GetInt32()),
                OrbitCount.CycleCounts(group));
            Assert.Equal(expected.Integer("orbits"), OrbitCount.Of(group, expected.Integer("N")));
        }
    }

    [Fact]
    public void Cubes_that_meet_the_sorted_points_are_counted()
    {
        foreach (var expected in Quotient.GetProperty("cube_counts_Sn_p1").EnumerateArray())
        {
            int n = expected.Integer("n"), cells = expected.Integer("N");
            var half = (BigRational)OrbitCount.Symmetric(n, 1, cells);
            Assert.Equal(expected.Rational("half_open_cubes"), half);
            Assert.Equal(expected.Rational("all_cubes"), BigRational.Pow(cells, n));
            Assert.Equal(expected.Rational("ratio"), half / BigRational.Pow(cells, n));
            Assert.Equal(
                expected.Rational("n_factorial_ratio"), ExactIntegers.Factorial(n) * half / BigRational.Pow(cells, n));
            Assert.Equal(expected.Rational("nodes"), ExactIntegers.Binomial(cells + n, n));
            if (expected.GetProperty("closed_cubes").ValueKind == JsonValueKind.Number)
            {
                Assert.Equal(expected.Rational("closed_cubes"), (BigRational)OrbitCount.ClosedCubes(n, cells)); // X2
            }
        }
    }

    [Fact]
    public void The_generalisation_bound_and_its_lower_bound_agree_with_the_reference()
    {
        foreach (var expected in Quotient.GetProperty("generalisation").EnumerateArray())
        {
            var bound = new GeneralisationBound(expected.Integer("n"), expected.Integer("p"), expected.Integer("m"))
            {
                Lipschitz = expected.Rational("Lambda"),
                LossLipschitz = expected.Rational("lambda"),
                Bound = expected.Rational("B_f"),
                LossBound = expected.Rational("b_loss"),
                Failure = expected.Rational("delta"),
            };
            Assert.Equal((expected.Integer("best_J"), expected.Integer("j0")), (bound.Levels(), bound.FirstFine()));
            Assert.Equal(expected.Integer("lower_bound_N"), bound.LowerBoundCells());
            Near(expected, "Ent_min_over_J", bound.Entropy());
            Near(expected, "Ent_closed_form", bound.EntropyClosed());
            Near(expected, "D_np", bound.Coarse());
            Near(expected, "gap_bound", bound.Gap(bound.Entropy()));
            Near(expected, "gap_bound_closed_form", bound.Gap(bound.EntropyClosed()));
            Near(expected, "lower_bound_expected_gap", bound.LowerBound());
        }

        foreach (var expected in Quotient.GetProperty("universal_constant_refutation").EnumerateArray())
        {
            Near(expected, "c_must_be_at_least",
                GeneralisationBound.ConstantAtLeast(expected.Integer("n"), expected.Rational("Lambda")));
        }
    }

    private static void Near(JsonElement expected, string name, Interval value)
    {
        double reference = expected.GetProperty(name).GetDouble();
        Assert.True(value.Width <= 1e-9 * Math.Abs(value.Sup), $"{name}: {value}");
        Assert.InRange(
            value.Midpoint, reference - (1e-9 * Math.Abs(reference)), reference + (1e-9 * Math.Abs(reference)));
    }

    [Fact]
    public void The_cycle_index_counts_where_a_list_is_hopeless() =>
        Assert.Equal(
            BigInteger.Parse(
                "90548514656103281165404177077484163874504589675413336841320",
                System.Globalization.CultureInfo.InvariantCulture), OrbitCount.Symmetric(100, 1, 101));

    // X4: n − 1 stages of odd-even transposition do not sort.
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(16)]
    public void One_stage_of_odd_even_transposition_fewer_does_not_sort(int n)
    {
        var comparators = ComparatorNetwork.OddEvenTransposition(n, n - 1);
        BigRational[] witness = [.. comparators.FindUnsorted()!.Value.Select(bit => (BigRational)bit)];
        Assert.NotEqual(witness.OrderDescending(), Sorter.Network(comparators).Evaluate(witness));
        Assert.Equal(comparators.Apply(witness), Sorter.Network(comparators).Evaluate(witness));
    }

    [Fact]
    public void The_stated_witnesses_of_false_variants_are_witnesses()
    {
        BigRational[] unsorted = [0, 0, 1], found = [0, 1, 0];
        Assert.Equal(found, Sorter.Network(ComparatorNetwork.OddEvenTransposition(3, 2)).Evaluate(unsorted)); // X4
        BigRational[] negative = [new BigRational(-1, 2), new BigRational(-1, 4)], zero = [0, 0];
        Assert.Equal(zero, Sorter.Build(2, SorterFamily.Merge).Network.Evaluate(negative)); // X6
        Assert.Equal(2, Sorter.Build(2, SorterFamily.Merge).Network.Depth); // X13: not S = 1
    }

    [Fact]
    public void Too_many_wires_for_all_binary_inputs_are_refused() =>
        Assert.Throws<ArgumentException>(() => ComparatorNetwork.OddEvenMerge(25).FindUnsorted());
}
