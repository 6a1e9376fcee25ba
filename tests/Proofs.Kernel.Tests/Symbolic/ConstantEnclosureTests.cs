using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Symbolic;
using Proofs.Kernel.Tests.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Symbolic;

/// <summary>Enclosures of exp, log and pi against values by mpmath and against each other.</summary>
public sealed class ConstantEnclosureTests
{
    [Fact]
    public void Values_known_to_60_digits_are_inside_and_the_enclosures_are_narrow()
    {
        int met = 0;
        var work = new WorkBudget(long.MaxValue);
        foreach (var known in ElementaryValue.All.Where(k => k.Function is "exp" or "log"))
        {
            var at = BigRational.Parse(known.At);
            var (low, high) = known.Ends;
            var ball = known.Function == "exp" ? ConstantEnclosure.Exp(at, work) : ConstantEnclosure.Log(at, work);
            Assert.True(ball.Low <= high && low <= ball.High, $"{known.Function}({known.At}) in {ball}");
            Assert.True(ball.Low < ball.High, known.At); // the values are irrational
            var size = BigRational.Max(1, BigRational.Max(BigRational.Abs(ball.Low), BigRational.Abs(ball.High)));
            Assert.True(ball.High - ball.Low <= size * BigRational.PowerOfTwo(-150), $"{known.At}: {ball}");
            met++;
        }

        Assert.True(met >= 20);
    }

    [Fact]
    public void Pi_has_its_digits()
    {
        var pi = ConstantEnclosure.Pi();
        var digits = BigRational.Parse("3.141592653589793238462643383279502884197169399375105820974944");
        Assert.True(digits <= pi.High && pi.Low <= digits + BigRational.Pow(10, -60));
        Assert.True(pi.High - pi.Low <= BigRational.Pow(10, -60) && pi.Low < pi.High);
    }

    [Fact]
    public void Arguments_far_away_have_a_bound_or_none()
    {
        var work = new WorkBudget(long.MaxValue);
        Assert.Equal(new RationalInterval(0, BigRational.PowerOfTwo(-4096)), ConstantEnclosure.Exp(-5000, work));
        Assert.Equal(new RationalInterval(BigRational.PowerOfTwo(4096), null), ConstantEnclosure.Exp(5000, work));
        Assert.Equal(RationalInterval.Exactly(1), ConstantEnclosure.Exp(0, work));
        Assert.Equal(RationalInterval.Exactly(0), ConstantEnclosure.Log(1, work));
        foreach (int x in new[] { 4096, -4096 })
        {
            var near = ConstantEnclosure.Exp(x, work);
            Assert.True(near.Low.Sign > 0 && near.High > near.Low);
            Assert.True(ConstantEnclosure.Log(near.Low, work).Low <= x);
            Assert.True(x <= ConstantEnclosure.Log(near.High, work).High);
        }
    }

    // ln e^x = x and ln x + ln y = ln xy, where all six ends are told.
    [Fact]
    public void Exponentials_and_logarithms_undo_each_other() => Draw.Check(
        Draw.Rationals, a =>
        {
            var work = new WorkBudget(long.MaxValue);
            var x = BigRational.Abs(a);
            if (x.IsZero || x.Numerator.GetBitLength() > 300)
            {
                return;
            }

            var log = ConstantEnclosure.Log(x, work);
            if (BigRational.Abs(log.Low) < 4000)
            {
                Assert.True(ConstantEnclosure.Exp(log.Low, work).Low <= x, $"{x}");
                Assert.True(x <= ConstantEnclosure.Exp(log.High, work).High, $"{x}");
            }

            var (third, product) = (ConstantEnclosure.Log(x / 3, work), ConstantEnclosure.Log(3, work));
            Assert.True(third.Low + product.Low <= log.High && log.Low <= third.High + product.High, $"{x}");
            var inverse = ConstantEnclosure.Log(1 / x, work);
            Assert.True(-inverse.High <= log.High && log.Low <= -inverse.Low, $"{x}");
        }, 60);

    [Fact]
    public void What_is_remembered_is_counted_again()
    {
        var work = new WorkBudget(10_000);
        _ = ConstantEnclosure.Exp(new BigRational(1, 3), work);
        long after = work.Left;
        _ = ConstantEnclosure.Exp(new BigRational(1, 3), work);
        Assert.Equal(10_000 - after, after - work.Left);
        Assert.Throws<WorkExhaustedException>(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                _ = ConstantEnclosure.Log(7, work);
            }
        });
    }
}
