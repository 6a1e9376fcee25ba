using System.Numerics;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Numbers;

/// <summary>Balls around sinc and its Taylor coefficients contain what they should.</summary>
public sealed class SincTests
{
    private const string Certificate = """
        proofs-certificate bound 1
        formula sinc(x)
        bounds -21724/100000 10001/10000
        least 9/2 -2172/10000
        largest 0 1
        domain 0 10
        piece 0 2 1 8 96
        piece 2 4 3 8 96
        piece 4 6 5 8 96
        piece 6 8 7 8 96
        piece 8 10 9 8 96
        end

        """;

    private const string Top = """
        proofs-certificate bound 1
        formula sinc(x)
        bounds 84147/100000 100001/100000
        least 1 84148/100000
        largest 0 1
        domain -1 1
        piece -1 0 -1*2^-1 10 96
        piece 0 1 1*2^-1 10 96
        end

        """;

    private const string OfBoxes = """
        proofs-certificate bound 2
        formula sinc(x)
        inputs 1
        bits 64
        bounds 794/1000 1
        least 1 8415/10000
        largest 0 1
        domain -1 1
        below
        terms 794/1000 0
        cut 0 0
        mean -1*2^-1
        mean 1*2^-1
        above
        terms -1 0
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
        foreach (var (at, digits) in SincValues.All)
        {
            var (low, high) = SincValues.Ends(digits);
            var x = FixedBall.Of(SincValues.Exact(at), bits);
            FixedBall value = FixedFunctions.Sinc(x), mirrored = FixedFunctions.Sinc(-x);
            Assert.True(Low(value) <= high && low <= High(value), $"sinc({at}) in {value}");
            Assert.True(value.Rad <= 4 + x.Rad, $"sinc({at}) has the radius {value.Rad}");
            Assert.True(Low(mirrored) <= high && low <= High(mirrored), $"sinc(-{at}) in {mirrored}");
        }
    }

    // Sum of (-1)^n binomial(2n, k) x^(2n-k)/(2n+1)!, in exact numbers; once the terms fall by half they sum to less
    // than the last one, and its double is more than enough.
    [Fact]
    public void Coefficients_at_random_points_are_those_of_the_series()
    {
        var random = new Random(20_261_130);
        for (int i = 0; i < 120; i++)
        {
            var x = i switch
            {
                < 40 => new BigRational(random.Next(-9 << 10, 9 << 10), 1 << 10),
                < 60 => new BigRational((1 << 16) + random.Next(-3, 4), 1 << 16), // about the end of the series
                < 80 => new BigRational(random.Next(-100, 100), 1) * BigRational.PowerOfTwo(-random.Next(5, 300)),
                _ => new BigRational(random.Next(-1 << 12, 1 << 12), 1 << 12),
            };
            var ball = FixedBall.Of(x, 160);
            var coefficients = FixedFunctions.SincCoefficients(ball, 7);
            for (int k = 0; k <= 7; k++)
            {
                var (sum, last) = Series(x, k);
                FixedBall value = coefficients[k];
                Assert.True(
                    Low(value) <= sum + last && sum - last <= High(value), $"coefficient {k} of sinc at {x}: {value}");
                Assert.True(value.Rad <= 4 + ball.Rad, $"coefficient {k} of sinc at {x} has the radius {value.Rad}");
            }
        }

        static (BigRational Sum, BigRational Last) Series(BigRational x, int k)
        {
            BigRational sum = BigRational.Zero, term = BigRational.One;
            for (int n = (k + 1) / 2; ; n++)
            {
                BigInteger binomial = BigInteger.One, factorial = BigInteger.One;
                for (int j = 1; j <= k; j++)
                {
                    binomial = binomial * ((2 * n) - j + 1) / j;
                }

                for (int j = 2; j <= (2 * n) + 1; j++)
                {
                    factorial *= j;
                }

                term = new BigRational(binomial, factorial) * BigRational.Pow(x, (2 * n) - k);
                sum += (n & 1) == 0 ? term : -term;
                if (n > 20 && BigRational.Abs(term) < BigRational.PowerOfTwo(-180))
                {
                    return (sum, 2 * BigRational.Abs(term));
                }
            }
        }
    }

    [Fact]
    public void At_zero_the_values_are_exact_where_they_are_dyadic()
    {
        var c = FixedFunctions.SincCoefficients(FixedBall.Zero(80), 5);
        Assert.Equal(FixedBall.Integer(1, 80), c[0]);
        Assert.True(c[1].IsZero && c[3].IsZero && c[5].IsZero);
        Assert.True(Low(c[2]) <= new BigRational(-1, 6) && new BigRational(-1, 6) <= High(c[2]) && c[2].Rad <= 4);
        Assert.True(Low(c[4]) <= new BigRational(1, 120) && new BigRational(1, 120) <= High(c[4]) && c[4].Rad <= 4);

        // as near to 0 as there are balls
        foreach (int unit in (int[])[-1, 1])
        {
            var near = FixedFunctions.SincCoefficients(new FixedBall(unit, 1, 80), 2);
            Assert.True(near[0].High == BigInteger.One << 80 && near[0].Rad <= 4, $"{near[0]}");
            Assert.True(near[1].ContainsZero && near[1].Rad <= 6, $"{near[1]}");
        }
    }

    [Fact]
    public void Far_out_the_values_are_small_and_hold_at_every_precision()
    {
        const int Bits = 96;
        BigInteger[] all = [10, 1000, BigInteger.One << 40, BigInteger.Pow(10, 30), BigInteger.One << 900];
        foreach (var far in all)
        {
            var c = FixedFunctions.SincCoefficients(FixedBall.Integer(far, Bits), 4);
            var finer = FixedFunctions.SincCoefficients(FixedBall.Integer(far, 3 * Bits), 4);
            for (int k = 0; k <= 4; k++)
            {
                Assert.True(Low(c[k]) <= High(finer[k]) && Low(finer[k]) <= High(c[k]), $"{k} at {far}");
                Assert.True(BigInteger.Abs(c[k].Mid) <= ((BigInteger.One << (Bits + 1)) / far) + 4, $"{k} at {far}");
            }
        }
    }

    // A ball's coefficients hold for its members, and are never outside what they can be anywhere.
    [Fact]
    public void A_ball_contains_the_values_of_its_members()
    {
        var random = new Random(7);
        const int Bits = 80;
        for (int i = 0; i < 400; i++)
        {
            var ball = FixedBall.Of(new BigRational(random.Next(-30000, 30000), 1000), Bits)
                .Widen((BigInteger.One << Bits) * random.Next(1, i % 2 == 0 ? 100 : 9000) / 1000);
            var member = new FixedBall(ball.Low + (2 * ball.Rad * random.Next(0, 1001) / 1000), 0, Bits);
            FixedBall[] whole = FixedFunctions.SincCoefficients(ball, 5),
                values = FixedFunctions.SincCoefficients(member.AtBits(200), 5);
            BigInteger factorial = 1;
            for (int k = 0; k <= 5; k++)
            {
                factorial *= Math.Max(k, 1);
                Assert.True(
                    Low(whole[k]) <= Low(values[k]) && High(values[k]) <= High(whole[k]),
                    $"coefficient {k} of sinc at {member} outside {whole[k]}");
                var most = new BigRational(1, factorial * (k + 1));
                var unit = BigRational.PowerOfTwo(1 - Bits);
                Assert.True(-most - unit <= Low(whole[k]) && High(whole[k]) <= most + unit, $"{k}: {whole[k]}");
            }
        }
    }

    [Fact]
    public void Taylor_polynomials_are_near()
    {
        var random = new Random(11);
        const int Bits = 200;
        for (int i = 0; i < 100; i++)
        {
            BigRational a = new(random.Next(-12000, 12000), 1000), step = new(1, random.Next(1, 2000)), b = a + step;
            FixedBall at = FixedBall.Of(a, Bits), to = FixedBall.Of(b, Bits), range = BallFunctions.Hull(at, to);
            var c = TaylorCoefficients.Sinc(at, range, 6);
            var h = FixedBall.Of(step, Bits);
            var sum = c.OverRange; // Taylor's theorem with Lagrange's remainder
            foreach (var k in c.AtPoint.Reverse())
            {
                sum = k + (sum * h);
            }

            var value = FixedFunctions.Sinc(to);
            Assert.True(Low(sum) <= High(value) && Low(value) <= High(sum), $"{sum} is not around sinc({b}), from {a}");
            Assert.True(High(sum) - Low(sum) <= BigRational.Pow(step, 7) / 10_000, $"{sum} is wide");
        }
    }

    // The least value is above -0.2173, as the table of functions says, and not above -0.2172.
    [Fact]
    public void The_lower_bound_of_the_table_is_below_all_values()
    {
        var least = BigRational.One;
        for (int k = 0; k <= 12_000; k++)
        {
            least = BigRational.Min(least, Low(FixedFunctions.Sinc(FixedBall.Of(new BigRational(k, 400), 64))));
        }

        var lower = Kernel.Formulas.FormulaFunction.All["sinc"].Lower!.Value;
        Assert.True(lower < least && least < lower + new BigRational(1, 10_000), $"{least}");
    }

    [Fact]
    public void A_bound_that_sinc_exceeds_is_refused()
    {
        var misses = new NearMisses(text => CertificateCheck.Check(text), Certificate);
        Assert.Contains("sinc(x)", misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("bounds -21724/100000", "bounds -21723/100000")
            .Refused("bounds -21724/100000", "bounds -2/10")
            .Refused("10001/10000", "99/100")
            .Refused("largest 0 1", "largest 0 10001/10000")
            .Refused("least 9/2 -2172/10000", "least 9/2 -21723/100000")
            .Refused("piece 4 6 5 8 96", "piece 4 6 5 2 96")
            .AreEnough();
        misses = new NearMisses(text => CertificateCheck.Check(text), Top);
        Assert.Contains("sinc(x)", misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("100001/100000", "99/100")
            .Refused("100001/100000", "99999/100000")
            .Refused("bounds 84147/100000", "bounds 84148/100000")
            .Refused("largest 0 1", "largest 0 100001/100000")
            .Refused("least 1 84148/100000", "least 1 84147/100000")
            .AreEnough();
        misses = new NearMisses(text => CertificateCheck.Check(text), OfBoxes);
        Assert.Contains("sinc(x)", misses.Accepted(), StringComparison.Ordinal);
        misses.Refused("bounds 794/1000 1", "bounds 842/1000 1")
            .Refused("bounds 794/1000 1", "bounds 794/1000 99/100")
            .Refused("terms 794/1000 0", "terms 842/1000 0")
            .Refused("terms -1 0", "terms -99/100 0")
            .Refused("least 1 8415/10000", "least 1 841/1000")
            .AreEnough();
    }

    // A forger changes every place of the bound.
    [Theory]
    [InlineData(Certificate, "-21724/100000", "-2/10", "-2172/10000", "-19/100")]
    [InlineData(Top, "100001/100000", "99/100", "largest 0 1", "largest 0 98/100")]
    [InlineData(OfBoxes, "794/1000 1", "794/1000 99/100", "terms -1 0", "terms -99/100 0")]
    public void A_forged_bound_is_refused(string certificate, string from, string to, string also, string and)
    {
        string forged = certificate.Replace(from, to, StringComparison.Ordinal)
            .Replace(also, and, StringComparison.Ordinal)
            .Replace("largest 0 1\n", "largest 0 98/100\n", StringComparison.Ordinal);
        Assert.NotEqual(certificate, forged);
        Assert.False(CertificateCheck.Check(forged).Accepted);
    }

    private static BigRational Low(FixedBall x) => new BigRational(x.Low) * BigRational.PowerOfTwo(-x.Bits);

    private static BigRational High(FixedBall x) => new BigRational(x.High) * BigRational.PowerOfTwo(-x.Bits);
}
