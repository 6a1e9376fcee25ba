using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

public sealed class BigRationalTextTests
{
    [Theory]
    [InlineData("7", 7, 1)]
    [InlineData("-3/8", -3, 8)]
    [InlineData(" 6 / 4 ", 3, 2)]
    [InlineData("0.1", 1, 10)]
    [InlineData(".5", 1, 2)]
    [InlineData("5.", 5, 1)]
    [InlineData("-2.5e-3", -1, 400)]
    [InlineData("+1E2", 100, 1)]
    public void A_number_is_read_exactly(string text, int numerator, int denominator) =>
        Assert.Equal(new BigRational(numerator, denominator), BigRational.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("1/0")]
    [InlineData("1/-2")]
    [InlineData("NaN")]
    [InlineData("1e")]
    [InlineData("1e9999999")]
    [InlineData("0x10")]
    [InlineData("1,5")]
    [InlineData("1\n2")]
    public void What_is_no_number_is_refused(string text) => Assert.Null(BigRational.TryParse(text));

    // Arabic-Indic, Devanagari and full-width digits are digits to Unicode, but to no reader of a statement here.
    [Theory]
    [InlineData("\u0663")]
    [InlineData("1\u0660")]
    [InlineData("1/\u096b")]
    [InlineData("0.\uff15")]
    [InlineData("2e\u0663")]
    public void Only_the_digits_0_to_9_are_digits(string text) => Assert.Null(BigRational.TryParse(text));
}
