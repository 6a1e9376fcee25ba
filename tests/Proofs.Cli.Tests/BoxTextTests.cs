using FsCheck;
using FsCheck.Fluent;
using Proofs.Cli.Reading;
using Proofs.Constructions;
using Proofs.Kernel;

namespace Proofs.Cli.Tests;

public sealed class BoxTextTests
{
    [Theory]
    [InlineData("[0,1]", "[0,1]")]
    [InlineData("[0,1]^2", "[0,1]^2")]
    [InlineData("[0,1]x[-1,2]", "[0,1]x[-1,2]")]
    [InlineData(" [ 0 , 1 ] ^ 2 x [ 0.1 , 1/2 ] ", "[0,1]x[0,1]x[1/10,1/2]")]
    [InlineData("[-2^-3, max(1, 2)]×[0,0]", "[-1/8,2]x[0,0]")]
    public void A_box_is_read_exactly(string text, string box) => Assert.Equal(box, BoxText.Parse(text).ToString());

    [Theory]
    [InlineData("", "column 1: expected a side such as [0,1], found the end")]
    [InlineData("(0,1)", "column 1: expected a side such as [0,1], found '('")]
    [InlineData("[0,1", "column 5: expected ']' after '1', found the end")]
    [InlineData("[0]", "column 3: expected ',' after '0', found ']'")]
    [InlineData("[0,1,2]", "column 5: expected ']' after '1', found ','")]
    [InlineData("[1,0]", "column 2: expected a lower end that is at most the upper end 0, found '1'")]
    [InlineData("[0,y]", "column 4: expected a rational number, found 'y'")]
    [InlineData("[0,1/0]", "column 4: expected a rational number, found '1/0'")]
    [InlineData("[0,NaN]", "column 4: expected a rational number, found 'NaN'")]
    [InlineData("[0,1]^0", "column 7: expected a number of sides from 1 to 1000000")]
    [InlineData("[0,1]^99999999999", "column 7: expected a number of sides from 1 to 1000000")]
    [InlineData("[0,1]^1000000x[0,1]", "expected at most 1000000 sides")]
    [InlineData("[0,1]y", "column 6: expected 'x' and a further side, or the end, found 'y'")]
    [InlineData("[0,1]x", "column 7: expected a side such as [0,1], found the end")]
    public void What_is_no_box_is_told_with_its_column(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => BoxText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_box_reads_back_as_it_prints()
    {
        var end = from n in Gen.Choose(-1000, 1000) from d in Gen.Choose(1, 1000) select new BigRational(n, d);
        var side = from a in end from b in end select (Lower: BigRational.Min(a, b), Upper: BigRational.Max(a, b));
        var box = (from sides in side.NonEmptyListOf()
                   select new Box([.. sides.Select(s => s.Lower)], [.. sides.Select(s => s.Upper)])).ToArbitrary();
        Prop.ForAll(box, b => BoxText.Parse(b.ToString()).Equals(b)).QuickCheckThrowOnFailure();
    }
}
