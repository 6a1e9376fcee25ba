using System.Globalization;
using System.Text.Json;
using Proofs.Constructions.Budgets;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Holder.Membership;
using Proofs.Constructions.IntrinsicDimension;
using Proofs.Kernel.Numbers;
using Proofs.Numeric.Expressions;
using Proofs.Numeric.Rounding;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Fixtures;

/// <summary>The counts and networks of 02-intrinsic.json are reproduced.</summary>
public sealed class IntrinsicFixtureTests
{
    private static readonly JsonElement All = RepositoryFiles.Fixture("02-intrinsic.json");

    public static TheoryData<string> GridSets =>
        [.. All.GetProperty("box_counts").EnumerateArray().Select(c => c.GetProperty("set").GetString()!)];

    public static TheoryData<string> OtherSets =>
        [.. All.GetProperty("other_box_counts").EnumerateArray().Select(c => c.GetProperty("set").GetString()!)];

    public static TheoryData<string> Networks =>
        [.. All.GetProperty("networks").EnumerateArray().Select(Pair).Distinct()];

    [Theory]
    [MemberData(nameof(GridSets))]
    public void The_counts_of_a_grid_type_set_agree(string name)
    {
        var c = Named("box_counts", name);
        var set = (SelfSimilarSet)SetOf(name);
        int[][] digits = [
            .. c.GetProperty("digits").EnumerateArray()
            .Select(t => t.EnumerateArray().Select(j => j.GetInt32()).ToArray())];
        Assert.Equal(c.Integer("base"), set.Base);
        Assert.Equal(
            digits.Select(t => string.Join(",", t)).Order(StringComparer.Ordinal),
            set.Digits.Select(t => string.Join(",", t)).Order(StringComparer.Ordinal));
        double dimension = c.GetProperty("dimension_value").GetDouble();
        Assert.InRange(dimension, set.Dimension.Inf - 1e-15, set.Dimension.Sup + 1e-15);
        foreach (var count in c.GetProperty("natural_counts").EnumerateArray())
        {
            int k = count.Integer("k");
            Assert.Equal(count.Integer("N_word"), set.WordCover(k).Count);
            Assert.Equal(count.Integer("N_closed"), set.CountClosed(k));
        }

        foreach (var count in c.GetProperty("outer_counts").EnumerateArray())
        {
            var stop = BigRational.Pow(new BigRational(1, set.Base), count.Integer("word_depth"));
            Assert.Equal(count.Integer("N"), set.Cover(count.Integer("n"), stop).Count);
        }
    }

    [Theory]
    [MemberData(nameof(OtherSets))]
    public void The_counts_of_other_sets_agree(string name)
    {
        foreach (var count in Named("other_box_counts", name).GetProperty("counts").EnumerateArray())
        {
            int n = count.Integer("n");
            var cells = name == "twoscale" ? Sets.TwoScale.Cover(n, new BigRational(1, n)) : SetOf(name).Cover(n);
            Assert.Equal((n, count.Integer("N")), (n, cells.Count));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_networks_on_a_set_agree(string pair)
    {
        foreach (var c in All.GetProperty("networks").EnumerateArray().Where(c => Pair(c) == pair))
        {
            Agrees(c, c.GetProperty("variant").GetString() switch
            {
                "ours" => IntrinsicDesign.Ours,
                "mod2" => IntrinsicDesign.Parity,
                "paper" => IntrinsicDesign.Paper,
                "paper_own" => IntrinsicDesign.PaperOwn,
                var other => throw new InvalidDataException(other),
            });
        }
    }

    private static void Agrees(JsonElement c, IntrinsicDesign design)
    {
        var set = SetOf(c.GetProperty("set").GetString()!);
        var @class = new HolderClass(c.Integer("q") + c.Rational("s"), c.Integer("D"), c.Rational("M"));
        var (n, choice) = IntrinsicChoice.ForAccuracy(@class, set.NaturalBase, c.Rational("eps"), design);
        var f = Formula(c.GetProperty("f").GetString()!, c.Integer("D"));
        var built = IntrinsicNetwork.Build(@class, set, n, f, choice);
        var values = built.Budget.Parameters;
        bool faces = design.Gate == GateRule.Penalty;
        string record =
            $"{c.GetProperty("set")} {c.GetProperty("f")} {c.GetProperty("eps")} {c.GetProperty("variant")}: ";
        Assert.Equal(
            record + string.Join(
                " ", c.Integer("n"), c.Integer("N"), c.Integer("classes"), faces ? c.Integer("faces") : 0,
                c.Integer("L"), c.Integer("W"), c.Integer("width")),
            record + string.Join(
                " ", n, built.Boxes.Length, values["C"], faces ? values["F"] : 0, built.Network.Depth,
                built.Network.Size, built.Network.Width));
        if (faces)
        {
            Assert.Equal(c.GetProperty("S").GetDouble(), Binary64.Nearest(values["S"]));
        }

        Assert.Equal(
            c.GetProperty("B").GetDouble(), Binary64.Nearest(built.Network.Magnitude),
            1e-12 * c.GetProperty("B").GetDouble());
        Assert.Equal(c.GetProperty("error_bound").GetDouble(), built.Budget.BoundValue().Sup, 1e-12);
        Fixture.SizesHold(built);
    }

    internal static CoveredSet SetOf(string name) => Sets.Find(name switch
    {
        "fourcorner2" => "fourcorner",
        "tetra" => "tetrahedron",
        "moment3" => "moment",
        "circleq" => "circle",
        "plane3" => "plane",
        _ => name,
    })!;

    internal static Expr Formula(string name, int d) => Expr.Parse(name switch
    {
        "f1" => "(x1 + abs(x2 - 1/2))/2",
        "f2" => "x1*x2",
        "f3" => "x1^2*x2/2",
        "f4" => "sqrt(abs(x1 - x2)/2)",
        "f5" => "sqrt(2)/3*abs(x1 - 1/2)^(3/2)",
        ['a', ..] => $"1/{d}*({string.Join(" + ", Enumerable.Range(1, d).Select(i => $"abs(x{i} - 1/2)"))})",
        _ => string.Create(CultureInfo.InvariantCulture, $"2/{d * (d - 1)}*(")
            + string.Join(
                " + ", Enumerable.Range(1, d).SelectMany(i => Enumerable.Range(i + 1, d - i).Select(j => $"x{i}*x{j}")))
                    + ")",
    });

    private static string Pair(JsonElement c) => $"{c.GetProperty("f")} on {c.GetProperty("set")}";

    private static JsonElement Named(string list, string name) =>
        All.GetProperty(list).EnumerateArray().Single(c => c.GetProperty("set").GetString() == name);
}
