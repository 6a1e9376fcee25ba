using System.Globalization;
using System.Numerics;
using FsCheck.Fluent;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Tests.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Certificates;

/// <summary>What is a number in a certificate, to the character and up to the limits, which are met exactly.</summary>
public sealed class NumberFormTests
{
    private static readonly NumberForm Form = new(LongestText: 40, LargestExponent: 100);

    [Fact]
    public void Integers_and_fractions_are_read_as_they_stand() => Draw.Check(
        from n in Draw.Integers from d in Draw.Integers select (n, d), x =>
        {
            var form = new NumberForm(1000, 1000);
            string over = x.n.ToString(CultureInfo.InvariantCulture), under = BigInteger.Abs(x.d)
                .ToString(CultureInfo.InvariantCulture);
            Assert.Equal(new BigRational(x.n), form.Rational(over));
            Assert.Equal(
                x.d.IsZero ? null : new BigRational(x.n, BigInteger.Abs(x.d)), form.Rational($"{over}/{under}"));
            Assert.Equal(new BigRational(x.n), form.Number(over));
            Assert.Equal(form.Rational($"{over}/{under}"), form.Number($"{over}/{under}"));
        });

    [Fact]
    public void Dyadic_numbers_are_read_as_they_stand() => Draw.Check(
        from m in Draw.Integers from e in Gen.Choose(-300, 300) select (m, e), x =>
        {
            var form = new NumberForm(1000, 1000);
            string text = string.Create(CultureInfo.InvariantCulture, $"{x.m}*2^{x.e}");
            Assert.Equal(new Dyadic(x.m, x.e), form.Dyadic(text));
            Assert.Equal(new Dyadic(x.m, x.e).ToRational(), form.Number(text));
            Assert.Null(form.Rational(text));
        });

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("1/0")]
    [InlineData("1/00")]
    [InlineData("1/-2")]
    [InlineData("1/+2")]
    [InlineData("1/")]
    [InlineData("/2")]
    [InlineData("1/2/3")]
    [InlineData("0x1")]
    [InlineData("1_000")]
    [InlineData("1,5")]
    [InlineData("\u0661")]
    [InlineData("\uff11")]
    [InlineData("1*2^")]
    [InlineData("*2^1")]
    [InlineData("1*2^1*2^1")]
    [InlineData("1*2^+1")]
    [InlineData("1*2^1.5")]
    [InlineData("1*2^1/2")]
    [InlineData("1*2^99999999999999999999")]
    [InlineData("1*3^2")]
    [InlineData("1*2**2")]
    [InlineData("NaN")]
    [InlineData("inf")]
    public void What_is_no_number_is_none_in_either_form(string word)
    {
        Assert.Null(Form.Rational(word));
        Assert.Null(Form.Dyadic(word));
        Assert.Null(Form.Number(word));
    }

    [Fact]
    public void Lengths_are_allowed_up_to_the_longest_and_no_further()
    {
        string most = new('9', 40);
        Assert.Equal(BigRational.Parse(most), Form.Rational(most));
        Assert.Null(Form.Rational(most + "9"));
        Assert.Null(Form.Rational("-" + most));
        Assert.NotNull(Form.Rational("1/" + new string('3', 38)));
        Assert.Null(Form.Rational("1/" + new string('3', 39)));
        Assert.NotNull(Form.Dyadic(most));
        Assert.Null(Form.Dyadic(most + "9"));
    }

    // Of m 2^e with odd m: 2*2^99 is 2^100, and 1024*2^-110 is 2^-100.
    [Theory]
    [InlineData("1*2^100", true)]
    [InlineData("1*2^101", false)]
    [InlineData("-1*2^-100", true)]
    [InlineData("-1*2^-101", false)]
    [InlineData("2*2^99", true)]
    [InlineData("2*2^100", false)]
    [InlineData("1024*2^-110", true)]
    [InlineData("512*2^-110", false)]
    [InlineData("0*2^101", true)]
    [InlineData("1*2^-2147483648", false)]
    [InlineData("1*2^2147483647", false)]
    public void Exponents_are_allowed_up_to_the_largest_and_no_further(string word, bool isOne) =>
        Assert.Equal(isOne, Form.Dyadic(word) is not null);

    [Theory]
    [InlineData("0", true)]
    [InlineData("007", true)]
    [InlineData("-0", true)]
    [InlineData("-12", true)]
    [InlineData("-", false)]
    [InlineData("", false)]
    [InlineData("1-", false)]
    [InlineData("+1", false)]
    [InlineData("1 2", false)]
    public void Integers_have_digits_and_a_sign_at_most(string word, bool isOne) =>
        Assert.Equal(isOne, NumberForm.IsInteger(word));

    [Fact]
    public void Numbers_of_proofs_have_60000_bits_at_most()
    {
        // The denominator 1 counts one bit.
        var most = new BigRational((BigInteger.One << 59_999) - 1);
        Assert.Equal(most, NumberLimits.Moderate(most));
        Assert.True(NumberLimits.IsModerate(most));
        Assert.False(NumberLimits.IsModerate(most * 2 + 1));
        Assert.Throws<Rejection>(() => NumberLimits.Moderate((most * 2) + 1));
        Assert.Throws<Rejection>(() => NumberLimits.Moderate(-most * 2));
        Assert.Throws<Rejection>(() => NumberLimits.Moderate(1 / ((most * 2) + 1)));
    }

    [Fact]
    public void Powers_of_proofs_are_judged_before_they_are_computed()
    {
        Assert.Equal(BigRational.Pow(3, 30_000), NumberLimits.Power(3, 30_000));
        Assert.Equal(new BigRational(1, 1024), NumberLimits.Power(2, -10));
        Assert.Equal(BigRational.One, NumberLimits.Power(1, int.MaxValue));
        Assert.Equal(-BigRational.One, NumberLimits.Power(-1, int.MaxValue));
        Assert.Throws<Rejection>(() => NumberLimits.Power(3, int.MaxValue));
        Assert.Throws<Rejection>(() => NumberLimits.Power(3, int.MinValue + 1));
        Assert.Throws<Rejection>(() => NumberLimits.Power(3, 39_000));
    }
}
