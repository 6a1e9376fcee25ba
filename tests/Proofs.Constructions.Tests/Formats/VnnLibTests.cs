using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Constructions.Domains;
using Proofs.Constructions.Formats.VnnLib;
using Proofs.Kernel.Networks;
using Proofs.Kernel.Numbers;
using Proofs.Tests;
using Xunit;

namespace Proofs.Constructions.Tests.Formats;

public sealed class VnnLibTests
{
    private const string Declarations =
        "(declare-const X_0 Real)\n(declare-const X_1 Real)\n(declare-fun Y_0 () Real)\n";
    private const string UnitBox = "(assert (and (>= X_0 0) (<= X_0 1) (>= X_1 0) (<= X_1 1)))\n";

    private static readonly Arbitrary<VnnProperty> Properties =
        (from seed in Gen.Choose(0, int.MaxValue) select Property(new Random(seed))).ToArbitrary();

    [Fact]
    public void Decimals_are_exact()
    {
        var property = Read(UnitBox + "(assert (<= X_0 0.679857769)) (assert (>= Y_0 -1.5e-3))");
        var only = Assert.Single(property.Cases);
        Assert.Equal(new BigRational(679857769, 1_000_000_000), only.Inputs.Upper[0]);
        Assert.Equal(
            new RowConstraint([new(0, -1)], new BigRational(3, 2000), IsStrict: false),
            Assert.Single(only.OutputConstraints));
    }

    [Fact]
    public void Linear_terms_are_collected_on_one_side()
    {
        var property = Read(UnitBox + "(assert (< (+ (* 2 X_0) (- X_1) 1) (* 0.5 (- X_0 X_1))))");
        var constraint = Assert.Single(Assert.Single(property.Cases).InputConstraints);
        Assert.Equal(
            new RowConstraint([new(0, new BigRational(3, 2)), new(1, new BigRational(-1, 2))], -1, IsStrict: true),
            constraint);
    }

    [Fact]
    public void Disjunctions_multiply_out_and_empty_boxes_disappear()
    {
        var property = Read(UnitBox + """
            (assert (or (<= X_0 0.5) (>= X_0 0.75) (>= X_0 2)))
            (assert (or (<= Y_0 -1) (and (>= Y_0 1) (>= X_1 0.5))))
            """);
        Assert.Equal(
            ["[0,1/2]x[0,1]", "[0,1/2]x[1/2,1]", "[3/4,1]x[0,1]", "[3/4,1]x[1/2,1]"],
            property.Cases.Select(c => c.Inputs.ToString()));
    }

    [Fact]
    public void An_equation_is_two_inequalities_and_a_strict_bound_stays_strict()
    {
        var only = Assert.Single(Read(UnitBox + "(assert (= X_0 0.25)) (assert (< X_1 1))").Cases);
        Assert.Equal("[1/4,1/4]x[0,1]", only.Inputs.ToString());
        Assert.True(only.Holds([new BigRational(1, 4), 0], [0]));
        Assert.False(only.Holds([new BigRational(1, 4), 1], [0]));
    }

    [Fact]
    public void What_is_written_is_read_back_equal() =>
        Prop.ForAll(Properties, p => Read(VnnLibFile.ToText(p), declarations: "").Equals(p)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(
        "(assert (<= X_0 Y_7))", "line 5, column 17: expected a declared variable or a decimal number, found 'Y_7'")]
    [InlineData("\n  (assert (=> X_0 Y_0))", "line 6, column 11: expected (and …), (or …)")]
    [InlineData("(assert (<= (* X_0 X_1) 1))", "line 5, column 13: expected a linear term")]
    [InlineData(
        "(assert (<= (+ X_0 Y_0) 1))", "line 5, column 9: expected a constraint on inputs only or on outputs only")]
    [InlineData(
        "(assert (<= Y_0 1)", "expected the parenthesis that closes line 5, column 1, found the end of the file")]
    [InlineData("(assert (<= Y_0 1)))", "line 5, column 20: expected an expression, found a closing parenthesis")]
    [InlineData("(declare-const X_0 Real)", "line 5, column 16: expected one declaration of 'X_0', found a second one")]
    [InlineData("(declare-const X_3 Real)", "expected declarations of X_0 to X_3, one each, found 3")]
    [InlineData("(declare-const Z Real)", "line 5, column 16: expected a variable X_i or Y_j")]
    [InlineData("(declare-const X_2 Int)", "line 5, column 20: expected the type Real, found 'Int'")]
    [InlineData("(assert (<= Y_0 1e99999))", "line 5, column 17: expected")]
    [InlineData("(push 1)", "line 5, column 1: expected (declare-const")]
    public void Errors_name_line_and_column(string text, string expected)
    {
        string message = Assert.Throws<VnnLibException>(() => Read(UnitBox + text)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void An_input_without_a_bound_is_refused() => Assert.Contains(
        "expected bounds of X_1 on both sides in every case, found no upper one",
        Assert.Throws<VnnLibException>(() => Read("(assert (and (>= X_0 0) (<= X_0 1) (>= X_1 0)))")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_and_products_of_disjunctions_are_refused()
    {
        string deep = $"(assert {string.Concat(Enumerable.Repeat("(and ", 100_000))}";
        Assert.Contains(
            "at most 200 nested", Assert.Throws<VnnLibException>(() => Read(deep)).Message, StringComparison.Ordinal);
        string wide = string.Concat(Enumerable.Repeat("(assert (or (<= Y_0 0) (>= Y_0 1)))", 40));
        Assert.Contains(
            "multiplied out", Assert.Throws<VnnLibException>(() => Read(UnitBox + wide)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "multiplied out", Assert.Throws<VnnLibException>(() => Read(UnitBox + wide + "(assert (or))")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Packed_files_are_unpacked()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Declarations + UnitBox));
        }

        Assert.Single(VnnLibFile.Read(new MemoryStream(packed.ToArray()), "a.vnnlib").Cases);
        Assert.Throws<VnnLibException>(() => VnnLibFile.Read(new MemoryStream(packed.ToArray()[..^9]), "a.vnnlib"));
    }

    [AcasXuFact]
    public void The_ACAS_Xu_properties_have_one_case_with_a_box_of_five_inputs()
    {
        int[] constraints = [1, 4, 4, 4];
        for (int i = 1; i <= 4; i++)
        {
            var property = VnnLibFile.Read(Path.Combine(OutsideData.Folder("acasxu")!, "vnnlib", $"prop_{i}.vnnlib"));
            Assert.Equal((5, 5), (property.InputDimension, property.OutputDimension));
            var only = Assert.Single(property.Cases);
            Assert.Empty(only.InputConstraints);
            Assert.Equal(constraints[i - 1], only.OutputConstraints.Length);
            Assert.Equal(property, VnnLibFile.Parse(VnnLibFile.ToText(property), "written"));
        }
    }

    private static VnnProperty Read(string text, string declarations = Declarations) =>
        VnnLibFile.Parse(declarations + text, "a.vnnlib");

    private static VnnProperty Property(Random random)
    {
        int inputs = random.Next(1, 4), outputs = random.Next(1, 4), cases = random.Next(0, 4);
        return new(inputs, outputs, [.. Enumerable.Range(0, cases).Select(_ => new VnnCase(
            Box(inputs), [.. Enumerable.Range(0, random.Next(3)).Select(_ => Constraint(inputs, least: 2))],
            [.. Enumerable.Range(0, random.Next(4)).Select(_ => Constraint(outputs, least: 1))]))]);

        Box Box(int n)
        {
            BigRational[] lower = [.. Enumerable.Range(0, n).Select(_ => Number())];
            return new([.. lower], [.. lower.Select(v => v + BigRational.Abs(Number()))]);
        }

        // a constraint on one input alone would be read as a side of the box
        RowConstraint Constraint(int n, int least) => n < least
            ? new([new(0, 1)], 1000, IsStrict: true)
            : new([.. Enumerable.Range(0, Math.Max(least, random.Next(1, n + 1))).Select(i => new Entry(i, NonZero()))],
                Number(), least == 1 && random.Next(2) == 0);

        BigRational NonZero() => Number() is { IsZero: false } value ? value : 1;

        BigRational Number() =>
            new(random.Next(-100, 100), random.Next(4) switch { 0 => 3, 1 => 1024, 2 => 1, _ => 1000 });
    }
}
