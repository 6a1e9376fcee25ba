using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Checks.Data;
using Proofs.Checks.Dimension;
using Proofs.Checks.Tests.Learning;
using Xunit;

namespace Proofs.Checks.Tests.Data;

/// <summary>Tables are read as written, and each fault is one line with the file and the place.</summary>
public sealed class DataTableTests
{
    private static DataTable Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static DataTable Read(byte[] bytes) => DataTable.Read(new MemoryStream(bytes), "t.csv");

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a;b\n1;2\n3;4\n")]
    [InlineData("a\tb\r\n1\t2\r\n3\t4\r\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"\n3,4")]
    [InlineData(" a , b \n 1 , 2 \n3e0,0.4e1")]
    [InlineData("\uFEFFa,b\n1,2\n3,4\n")]
    public void Tables_are_read_whatever_separates_their_values(string text)
    {
        var table = Read(text);
        Assert.Equal<string>(["a", "b"], table.Columns);
        Assert.Equal(2, table.Rows);
        var (points, values) = table.Target("b", "t.csv");
        Assert.Equal([1, 3], points.Values.ToArray());
        Assert.Equal([2, 4], values);
        (points, values) = table.Target("a", "t.csv");
        Assert.Equal([2, 4], points.Values.ToArray());
        Assert.Equal([1, 3], values);
    }

    [Fact]
    public void Names_may_hold_separators_and_quotation_marks()
    {
        var table = Read("\"x,1\",\"say \"\"y\"\"\",z\n1,2,3\n4,5,6\n");
        Assert.Equal<string>(["x,1", "say \"y\"", "z"], table.Columns);
        Assert.Equal([1, 3, 4, 6], table.Target("say \"y\"", "t.csv").Points.Values.ToArray());
    }

    [Fact]
    public void Every_number_comes_back_and_every_column_can_be_the_target() => Prop.ForAll(Families.Seeds, seed =>
    {
        var random = new SplitMix64((ulong)seed);
        int columns = 2 + random.NextBelow(4), rows = 2 + random.NextBelow(5), target = random.NextBelow(columns);
        double[][] values = [.. Enumerable.Range(0, rows).Select(r => Families.Wild(columns, seed + r))];
        values[0][target] = values[1][target] == 0 ? 1 : -values[1][target];
        char separator = ",;\t"[random.NextBelow(3)];
        string text = string.Join(separator, Enumerable.Range(0, columns).Select(c => $"c{c}")) + "\n"
            + string.Join('\n', values.Select(r => string.Join(separator, r.Select(v => v.ToString(
                "R", System.Globalization.CultureInfo.InvariantCulture)))));
        var sample = Read(text).Target($"c{target}", "t.csv");
        Assert.Equal(values.Select(r => r[target]), sample.Values);
        Assert.Equal(values.SelectMany(r => r.Where((_, c) => c != target)), sample.Points.Values.ToArray());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a,b\n1,2\n3,\n", "t.csv: line 3, column 'b': expected a finite number, found ''")]
    [InlineData("a,b\n1,2\nNaN,4\n", "t.csv: line 3, column 'a': expected a finite number, found 'NaN'")]
    [InlineData("a,b\n1,Infinity\n", "t.csv: line 2, column 'b': expected a finite number, found 'Infinity'")]
    [InlineData("a,b\n1,1e999\n", "t.csv: line 2, column 'b': expected a finite number, found '1e999'")]
    [InlineData("a,b\n1,two\n", "t.csv: line 2, column 'b': expected a finite number, found 'two'")]
    [InlineData("a;b\n1;2,5\n", "t.csv: line 2, column 'b': expected a finite number, found '2,5'")]
    [InlineData("a,b\n1,2\n3,4,5\n", "t.csv: line 3: expected 2 numbers, as there are names, found 3")]
    [InlineData("a,b\n1,2\n3\n", "t.csv: line 3: expected 2 numbers, as there are names, found 1")]
    [InlineData("1,2\n3,4\n", "t.csv: expected names of columns on the first line, found the number 1")]
    [InlineData("a,2\n3,4\n", "t.csv: expected names of columns on the first line, found the number 2")]
    [InlineData("a,b,a\n1,2,3\n", "t.csv: expected names of columns that differ, found 'a' twice")]
    [InlineData("a,a \n1,2\n", "t.csv: expected names of columns that differ, found 'a' twice")]
    [InlineData("", "t.csv: expected names of columns on the first line, found none")]
    [InlineData("\n\n", "t.csv: expected names of columns on the first line, found none")]
    [InlineData("a,b\n", "t.csv: expected rows of numbers below the names, found none")]
    [InlineData("a,b", "t.csv: expected rows of numbers below the names, found none")]
    [InlineData("a,b\n1,\"2\n", "t.csv: line 2: expected a second quotation mark, found the end of the file")]
    [InlineData("a,\"b\n1,2\n", "t.csv: line 1: expected a second quotation mark, found the end of the file")]
    [InlineData("a,b\n1,2\n1,\"2\n3,4\"\n", "t.csv: line 3: expected a second quotation mark on this line")]
    [InlineData("a,\"b\n\"\n1,2\n", "t.csv: line 1: expected a second quotation mark on this line")]
    [InlineData("a,b\n1,\"2\"3\n", "t.csv: line 2: expected quotation marks around all of a value")]
    [InlineData("a,b\n1,2\"\"3\n", "t.csv: line 2: expected quotation marks around all of a value")]
    [InlineData("a,b\n1,\"2\"\"3\"\n", "t.csv: line 2, column 'b': expected a finite number, found '2\"3'")]
    [InlineData("a,b\n1,\"\"\n", "t.csv: line 2, column 'b': expected a finite number, found ''")]
    [InlineData("a\n1\n\n2\n", "t.csv: line 3: expected 1 number, found a blank line")]
    [InlineData("a,b\n1,2\n\n", "t.csv: line 3: expected 2 numbers, found a blank line")]
    [InlineData("a,b\n\n", "t.csv: line 2: expected 2 numbers, found a blank line")]
    [InlineData("a,b\n1,2\n\n3,4\n", "t.csv: line 3: expected 2 numbers, found a blank line")]
    public void A_fault_is_one_line_with_its_place(string text, string message) => OneLine(() => Read(text), message);

    [Fact]
    public void Other_bytes_are_no_text() => OneLine(
        () => Read([.. "a,b\n1,"u8, 0xFF, 0xFE, .. "\n"u8]), "t.csv: expected text in UTF-8, found other bytes");

    [Fact]
    public void A_long_value_is_cut_short()
    {
        string message = OneLine(() => Read($"a,b\n1,{new string('x', 10000)}\n"), "line 2, column 'b'");
        Assert.True(message.Length < 150);
    }

    [Fact]
    public void A_target_that_cannot_be_learnt_is_said()
    {
        OneLine(() => Read("a,b\n1,2\n3,4\n").Target("c", "t.csv"), "t.csv: expected a column 'c', found 'a', 'b'");
        OneLine(() => Read("a\n1\n3\n").Target("a", "t.csv"), "t.csv: expected a column beside 'a' to learn it from");
        OneLine(
            () => Read("a,b\n1,2.5\n3,2.5\n").Target("b", "t.csv"),
            "t.csv: column 'b' is 2.5 in every row: there is nothing to learn");
        OneLine(() => Read("a,b\n1,0\n3,-0\n").Target("b", "t.csv"), "in every row");
        OneLine(() => Read("a,b\n1,2\n").Target("b", "t.csv"), "in every row");
    }

    [Fact]
    public void No_bytes_end_in_anything_but_a_table_or_one_line() => Prop.ForAll(Families.Seeds, seed =>
    {
        var random = new SplitMix64((ulong)seed);
        const string Letters = "ab,;\t\n\r\"1 .e-\u00E9\0|";
        string text = string.Concat(Enumerable.Range(0, random.NextBelow(40)).Select(
            _ => Letters[random.NextBelow(Letters.Length)]));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] cut = bytes[..random.NextBelow(bytes.Length + 1)];
        try
        {
            Assert.True(Read(cut).Rows > 0);
        }
        catch (DataTableException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            Assert.StartsWith("t.csv: ", e.Message, StringComparison.Ordinal);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static string OneLine(Func<object> refused, string part)
    {
        string message = Assert.Throws<DataTableException>(() => { _ = refused(); }).Message;
        Assert.DoesNotContain('\n', message);
        Assert.Contains(part, message, StringComparison.Ordinal);
        return message;
    }
}
