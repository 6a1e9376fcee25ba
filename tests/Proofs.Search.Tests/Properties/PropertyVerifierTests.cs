using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Constructions.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Search.Properties;
using Proofs.Tests;
using Xunit;

namespace Proofs.Search.Tests.Properties;

public sealed class PropertyVerifierTests
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("PROOFS_PROFILE") == "full";

    [AcasXuFact]
    public void The_verdicts_on_ACAS_Xu_are_those_that_the_competition_agreed_on()
    {
        string folder = OutsideData.Folder("acasxu")!;
        foreach (string line in File.ReadLines(Path.Combine(folder, "instances.csv")).Skip(1))
        {
            string[] cells = line.Split(',');
            var request = new PropertyRequest(
                NetworkReader.Read(Path.Combine(folder, cells[0])), VnnLibFile.Read(Path.Combine(folder, cells[1])));
            var result = PropertyVerifier.Verify(request.WithBoxBudget(Full ? 1_000_000 : 30_000));
            bool budgetSufficed = result.Answer != PropertyAnswer.Unknown;
            Assert.True(budgetSufficed || !Full, $"{line}: not decided within {result.Boxes} boxes");
            Assert.True(!budgetSufficed || Word(result.Answer) == cells[3], $"{line}: got {result.Answer}");
        }
    }

    [Fact]
    public void Verdicts_on_random_networks_agree_with_exact_values_at_points()
    {
        var random = new Random(20261);
        int sat = 0, unsat = 0;
        for (int n = 0; n < (Full ? 2000 : 150); n++)
        {
            int inputs = random.Next(1, 4);
            var network = PropertyNetworks.Random(random, inputs, random.Next(2, 9), random.Next(2, 9), 2);
            var property = PropertyNetworks.AtMost(
                inputs, 2, new BigRational(random.Next(-20, 5), 8), n % 2 == 0, 1,
                new BigRational(random.Next(-3, 4), 3));
            var result = PropertyVerifier.Verify(new PropertyRequest(network, property).WithBoxBudget(20_000));
            if (result.Counterexample is { } point)
            {
                sat++;
                Assert.Equal(network.Evaluate(point.Inputs).ToArray(), point.Outputs.ToArray());
                Assert.True(property.Holds(point.Inputs, point.Outputs), $"network {n}: the counterexample is none");
            }
            else if (result.Answer == PropertyAnswer.Unsatisfiable)
            {
                unsat++;
                for (int k = 0; k < 50; k++)
                {
                    BigRational[] x =
                        [.. Enumerable.Range(0, inputs).Select(_ => new BigRational(random.Next(-8, 9), 8))];
                    Assert.False(
                        property.Holds(x, network.Evaluate(x)),
                        $"network {n}: unsat, but {string.Join(", ", x)} satisfies it");
                }
            }
        }

        Assert.True(sat > 30 && unsat > 30, $"only {sat} sat and {unsat} unsat");
    }

    [Fact]
    public void The_answer_and_the_number_of_boxes_do_not_depend_on_the_number_of_threads()
    {
        var random = new Random(8);
        for (int n = 0; n < 5; n++)
        {
            var network = PropertyNetworks.Random(random, 4, 16, 16, 16, 1);
            var property = PropertyNetworks.AtMost(4, 1, new BigRational(-3 - n, 2), false, 1);
            var request = new PropertyRequest(network, property).WithBoxBudget(1_000);
            var one = PropertyVerifier.Verify(request.WithJobs(1));
            var many = PropertyVerifier.Verify(request.WithJobs(3));
            Assert.Equal((one.Answer, one.Boxes), (many.Answer, many.Boxes));
            Assert.Equal(one.Counterexample?.Inputs.ToArray() ?? [], many.Counterexample?.Inputs.ToArray() ?? []);
        }
    }

    [Fact]
    public void Constraints_on_inputs_are_part_of_a_case()
    {
        // y = x1 + x2 with x1 + x2 at most -1/3: y is at least 0 nowhere, at least -1/3 on a line
        var network = new ReluNetwork([Affine.FromRows([[1, 1]], [0])]);
        VnnProperty Property(BigRational bound) => new(2, 1,
        [
            new VnnCase(
                Box.Cube(2, -1, 1),
                [PropertyNetworks.Row(new BigRational(-1, 3), false, 1, 1)],
                [PropertyNetworks.Row(bound, false, -1)]),
        ]);
        Assert.Equal(PropertyAnswer.Unsatisfiable, Answer(network, Property(0)));
        Assert.Equal(PropertyAnswer.Satisfiable, Answer(network, Property(new BigRational(1, 2))));
    }

    [Fact]
    public void A_property_without_cases_has_no_counterexample_and_one_without_constraints_has()
    {
        var network = new ReluNetwork([Affine.FromRows([[1]], [0])]);
        Assert.Equal(PropertyAnswer.Unsatisfiable, Answer(network, new VnnProperty(1, 1, [])));
        Assert.Equal(
            PropertyAnswer.Satisfiable, Answer(network, new VnnProperty(1, 1, [new VnnCase(Box.Unit(1), [], [])])));
    }

    [Fact]
    public void A_side_that_is_no_binary64_number_is_met_exactly()
    {
        var third = new BigRational(1, 3);
        var network = new ReluNetwork([Affine.FromRows([[3]], [0])]);
        var property = new VnnProperty(
            1, 1, [new VnnCase(
                new Box([third], [third]), [],
                [PropertyNetworks.Row(1, false, 1), PropertyNetworks.Row(-1, false, -1)])]);
        var result = PropertyVerifier.Verify(new PropertyRequest(network, property));
        Assert.Equal(PropertyAnswer.Satisfiable, result.Answer);
        Assert.Equal(third, result.Counterexample!.Inputs[0]);
    }

    private static PropertyAnswer Answer(ReluNetwork network, VnnProperty property) =>
        PropertyVerifier.Verify(new PropertyRequest(network, property).WithBoxBudget(20_000)).Answer;

    private static string Word(PropertyAnswer answer) => answer switch
    {
        PropertyAnswer.Satisfiable => "sat",
        PropertyAnswer.Unsatisfiable => "unsat",
        _ => "undecided",
    };
}
