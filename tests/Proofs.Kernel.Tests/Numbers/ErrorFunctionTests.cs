using System.Numerics;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

/// <summary>Balls around erf, its derivative and its Taylor coefficients contain what they should.</summary>
public sealed class ErrorFunctionTests
{
    private const string Certificate = """
        proofs-certificate bound 1
        formula erf(x)
        bounds -1/100000 84271/100000
        least 0 0
        largest 1 8427/10000
        domain 0 1
        piece 0 1*2^-1 1*2^-2 10 96
        piece 1*2^-1 1 3*2^-2 10 96
        end

        """;

    private const string OfBoxes = """
        proofs-certificate bound 2
        formula erf(x)
        inputs 1
        bits 64
        bounds 0 84271/100000
        least 0 0
        largest 1 8427/10000
        domain 0 1
        below
        terms 0 0
        range
        above
        terms -84271/100000 0
        range
        end

        """;

    [Theory]
    [InlineData(64)]
    [InlineData(96)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Values_known_to_40_digits_are_inside(int bits)
    {
        foreach (var (at, digits) in ErrorFunctionValues.All)
        {
            var low = BigRational.Parse(digits);
            var high = low + BigRational.Pow(10, -(digits.Length - 2));
            var x = FixedBall.Of(BigRational.Parse(at), bits);
            FixedBall value = FixedFunctions.Erf(x), mirrored = FixedFunctions.Erf(-x);
            Assert.True(Low(value) <= high && low <= High(value), $"erf({at}) in {value}");
            Assert.True(value.Rad <= 6 + (2 * x.Rad), $"erf({at}) has the radius {value.Rad}");
            Assert.True(Low(mirrored) <= -low && -high <= High(mirrored), $"erf(-{at}) in {mirrored}");
        }
    }

    // 2/sqrt(pi) sum of (-1)^n x^(2n+1)/(n! (2n+1)): once the terms fall, two sums after one another have erf in
    // between.
    [Fact]
    public void Values_at_random_points_are_those_of_the_alternating_series()
    {
        var random = new Random(20_261_130);
        for (int i = 0; i < 150; i++)
        {
            var x = new BigRational(random.Next(-7 << 10, 7 << 10), 1 << 10);
            BigRational power = x, sum = x, last = x;
            for (int n = 1; n <= x * x || BigRational.Abs(power) > BigRational.PowerOfTwo(-200); n++)
            {
                power = -(power * x * x) / n;
                last = power / ((2 * n) + 1);
                sum += last;
            }

            var scale = FixedBall.Integer(2, 400) / FixedConstants.Pi(400).Sqrt();
            var around = FixedBall.Of(sum, 400).Widen((FixedBall.Of(BigRational.Abs(last), 400).High) + 1) * scale;
            var value = FixedFunctions.Erf(FixedBall.Of(x, 160));
            Assert.True(Low(value) <= High(around) && Low(around) <= High(value), $"erf({x}) in {value}, not {around}");
            Assert.True(value.Rad <= 6, $"erf({x}) has the radius {value.Rad}");
        }
    }

    [Fact]
    public void Erf_is_odd_increasing_and_within_one()
    {
        const int Bits = 96;
        var one = BigInteger.One << Bits;
        FixedBall? before = null;
        for (int k = -96; k <= 96; k++)
        {
            var x = FixedBall.Of(new BigRational(k, 12), Bits) with { Rad = 0 };
            FixedBall value = FixedFunctions.Erf(x), mirrored = -FixedFunctions.Erf(-x);
            Assert.True(value.Low <= mirrored.High && mirrored.Low <= value.High, $"not odd at {k}/12");
            Assert.True(-one <= value.Low && value.High <= one && value.Rad <= 6, $"erf({k}/12) in {value}");
            bool increases = before is not { } b || (Math.Abs(k) > 84 ? b.Low <= value.High : b.High < value.Low);
            Assert.True(increases, $"not increasing before {k}/12");
            before = value;
        }

        Assert.True(FixedFunctions.Erf(FixedBall.Zero(Bits)).IsZero);
        foreach (var far in (BigInteger[])[10, 100, BigInteger.One << 40, BigInteger.One << 4000])
        {
            var value = FixedFunctions.Erf(FixedBall.Integer(far, Bits));
            var mirrored = FixedFunctions.Erf(FixedBall.Integer(-far, Bits));
            Assert.True(value.High == one && value.Low >= one - 2, $"erf({far}) in {value}");
            Assert.True(mirrored.Low == -one && mirrored.High <= 2 - one, $"erf(-{far}) in {mirrored}");
        }
    }

    // Where x^2 passes bits + 1 the value is cut, and just before it is summed: both hold there.
    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(300)]
    public void The_cut_far_out_meets_the_series(int bits)
    {
        var root = IntegerRoot.Floor((BigInteger)(bits + 1) << (2 * bits));
        for (int k = -3; k <= 3; k++)
        {
            var value = FixedFunctions.Erf(new FixedBall(root + k, 0, bits));
            var finer = FixedFunctions.Erf(new FixedBall(root + k, 0, bits).AtBits(3 * bits));
            Assert.True(Low(value) <= Low(finer) && High(finer) <= High(value), $"{k}: {finer} outside {value}");
        }
    }

    [Fact]
    public void A_ball_contains_the_values_of_its_members()
    {
        var random = new Random(7);
        for (int i = 0; i < 300; i++)
        {
            const int Bits = 80;
            var ball = FixedBall.Of(new BigRational(random.Next(-4000, 4000), 1000), Bits)
                .Widen((BigInteger.One << Bits) * random.Next(1, 3000) / 1000);
            var member = new FixedBall(ball.Low + (2 * ball.Rad * random.Next(0, 1001) / 1000), 0, Bits);
            var value = FixedFunctions.Erf(member.AtBits(200));
            foreach (var whole in (FixedBall[])[FixedFunctions.Erf(ball), BallFunctions.Erf(ball)!.Value])
            {
                Assert.True(Low(whole) <= Low(value) && High(value) <= High(whole), $"erf({member}) outside {whole}");
            }

            var slope = BallFunctions.ErfSlope(member.AtBits(200))!.Value;
            var slopes = BallFunctions.ErfSlope(ball)!.Value;
            Assert.True(Low(slopes) <= Low(slope) && High(slope) <= High(slopes), $"erf'({member}) outside {slopes}");
        }
    }

    // (erf(b) - erf(a))/(b - a) is a value of the derivative on [a, b].
    [Fact]
    public void Difference_quotients_are_slopes_and_Taylor_polynomials_are_near()
    {
        var random = new Random(11);
        const int Bits = 200;
        for (int i = 0; i < 100; i++)
        {
            BigRational a = new(random.Next(-4000, 4000), 1000), step = new(1, random.Next(2, 2000)), b = a + step;
            FixedBall at = FixedBall.Of(a, Bits), to = FixedBall.Of(b, Bits), range = BallFunctions.Hull(at, to);
            var quotient = (FixedFunctions.Erf(to) - FixedFunctions.Erf(at)) / FixedBall.Of(step, Bits);
            var slope = BallFunctions.ErfSlope(range)!.Value;
            bool isSlope = Low(slope) <= High(quotient) && Low(quotient) <= High(slope);
            Assert.True(isSlope, $"{quotient} is no slope from {a} to {b}");

            // Taylor's theorem with Lagrange's remainder
            var c = TaylorCoefficients.Erf(at, range, 6)!.Value;
            var h = FixedBall.Of(step, Bits);
            var sum = c.OverRange;
            foreach (var k in c.AtPoint.Reverse())
            {
                sum = k + (sum * h);
            }

            var value = FixedFunctions.Erf(to);
            Assert.True(Low(sum) <= High(value) && Low(value) <= High(sum), $"{sum} is not around erf({b}), from {a}");
        }
    }

    [Theory]
    [InlineData(Certificate, "bounds -1/100000", "bounds 1/100000")]
    [InlineData(OfBoxes, "bounds 0 ", "bounds 1/100000 ")]
    public void A_bound_that_erf_exceeds_is_refused(string certificate, string lower, string tooHigh)
    {
        var misses = new NearMisses(text => CertificateCheck.Check(text), certificate);
        Assert.Contains("erf(x)", misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("84271/100000", "84/100")
            .Refused("84271/100000", "84270/100000")
            .Refused("largest 1 8427/10000", "largest 1 84271/100000")
            .Refused("least 0 0", "least 0 -1/1000000")
            .Refused(lower, tooHigh)
            .AreEnough();

        // a forger changes every place of the bound
        string forged = certificate.Replace("84271/100000", "84/100", StringComparison.Ordinal)
            .Replace("8427/10000", "83/100", StringComparison.Ordinal);
        Assert.False(CertificateCheck.Check(forged).Accepted);
    }

    [Fact]
    public void More_than_4096_bits_are_refused()
    {
        Assert.NotNull(BallFunctions.Erf(FixedBall.Integer(1, 4096)));
        Assert.Null(BallFunctions.Erf(FixedBall.Integer(1, 4097)));
    }

    private static BigRational Low(FixedBall x) => new BigRational(x.Low) * BigRational.PowerOfTwo(-x.Bits);

    private static BigRational High(FixedBall x) => new BigRational(x.High) * BigRational.PowerOfTwo(-x.Bits);
}
