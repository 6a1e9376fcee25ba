using FsCheck;
using FsCheck.Fluent;
using Proofs.Kernel.Certificates;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Tests.Numbers;
using Xunit;
using Range = Proofs.Kernel.Symbolic.Range;

namespace Proofs.Kernel.Tests.Symbolic;

/// <summary>
/// Ranges against the numbers in them: no member's image is outside, and a closed end of a result is the image of
/// members.
/// </summary>
public sealed class RangeTests
{
    // Ends on a grid of halves meet often, so that openness decides.
    private static Gen<BigRational?> End => Gen.Frequency(
        (1, Gen.Constant<BigRational?>(null)),
        (6, Gen.Choose(-6, 6).Select(n => (BigRational?)new BigRational(n, 2))));

    private static Gen<Range> Ranges =>
        from a in End
        from b in End
        from openBelow in Gen.Elements(false, true)
        from openAbove in Gen.Elements(false, true)
        let swap = a > b
        let range = new Range(
            swap ? b : a, (swap ? b : a) is null || openBelow, swap ? a : b, (swap ? a : b) is null || openAbove)
        select range.IsEmpty ? range with { OpenBelow = false, OpenAbove = false } : range;

    private static WorkBudget Work => new(long.MaxValue);

    [Fact]
    public void Sums_and_products_of_members_are_members_and_closed_ends_are_reached() => Draw.Check(
        from a in Ranges from b in Ranges select (a, b), x =>
        {
            var (a, b) = x;
            foreach (var p in Members(a))
            {
                foreach (var q in Members(b))
                {
                    Inside(p + q, a + b);
                    Inside(p * q, a * b);
                    Inside(BigRational.Max(p, q), Range.Max(a, b));
                    Inside(BigRational.Min(p, q), Range.Min(a, b));
                }
            }

            Reached(a + b, [.. from p in Members(a) from q in Members(b) select p + q]);
            Reached(a * b, [.. from p in Members(a) from q in Members(b) select p * q]);
            Reached(Range.Max(a, b), [.. from p in Members(a) from q in Members(b) select BigRational.Max(p, q)]);
            Reached(Range.Min(a, b), [.. from p in Members(a) from q in Members(b) select BigRational.Min(p, q)]);
        }, 150);

    [Fact]
    public void Signs_absolute_values_and_powers_are_those_of_the_members() => Draw.Check(
        from a in Ranges from n in Gen.Choose(0, 5) select (a, n), x =>
        {
            var (a, n) = x;
            foreach (var p in Members(a))
            {
                Inside(-p, -a);
                Inside(BigRational.Abs(p), a.Abs());
                Inside(BigRational.Pow(p, n), a.Power(n));
                Assert.True(p.Sign > 0 || !a.IsPositive, $"{p} in {a}");
                Assert.True(p.Sign < 0 || !a.IsNegative, $"{p} in {a}");
                Assert.True(p.Sign >= 0 || !a.IsNonNegative, $"{p} in {a}");
                Assert.True(p.Sign <= 0 || !a.IsNonPositive, $"{p} in {a}");
                Assert.True(!p.IsZero || !a.IsNonZero, $"{p} in {a}");
            }

            Reached(-a, [.. Members(a).Select(p => -p)]);
            Reached(a.Abs(), [.. Members(a).Select(BigRational.Abs)]);
            Reached(a.Power(n), [.. Members(a).Select(p => BigRational.Pow(p, n))]);
        });

    [Fact]
    public void Signs_are_known_where_the_end_is_0_and_open()
    {
        Assert.True(new Range(0, true, null, true).IsPositive);
        Assert.False(new Range(0, false, null, true).IsPositive);
        Assert.True(new Range(null, true, 0, true).IsNegative);
        Assert.False(new Range(null, true, 0, false).IsNegative);
        Assert.True(new Range(0, false, null, true).IsNonNegative);
        Assert.False(Range.All.IsNonNegative || Range.All.IsNonPositive || Range.All.IsNonZero);
        Assert.True(new Range(1, true, 1, false).IsEmpty && new Range(2, false, 1, false).IsEmpty);
        Assert.False(Range.Point(1).IsEmpty || Range.All.IsEmpty);
    }

    [Fact]
    public void Negative_powers_are_reciprocals_of_what_is_not_0() => Draw.Check(
        from a in Ranges from n in Gen.Choose(1, 4) select (a, n), x =>
        {
            var (a, n) = x;
            var power = a.Power(-n);
            foreach (var p in Members(a).Where(p => !p.IsZero))
            {
                Inside(BigRational.Pow(p, -n), power);
            }

            // 1/x is large near 0 on either side
            if (Members(a).Any(p => p.IsZero))
            {
                Assert.True(power.Upper is null, $"{a}^-{n} gave {power}");
            }
        });

    [Fact]
    public void The_numbers_in_both_are_those_in_each() => Draw.Check(
        from a in Ranges from b in Ranges select (a, b), x =>
        {
            var both = x.a.Intersect(x.b);
            foreach (var p in Grid())
            {
                Assert.Equal(Holds(x.a, p) && Holds(x.b, p), Holds(both, p));
            }
        });

    [Fact]
    public void The_integers_of_a_range_are_kept_and_its_ends_are_integers() => Draw.Check(
        Ranges, a =>
        {
            var whole = a.Integers();
            for (int n = -5; n <= 5; n++)
            {
                Assert.Equal(Holds(a, n), Holds(whole, n));
            }

            Assert.True(whole.Lower is not { } low || (low.IsInteger && !whole.OpenBelow));
            Assert.True(whole.Upper is not { } high || (high.IsInteger && !whole.OpenAbove));
        });

    [Fact]
    public void Exponentials_logarithms_and_roots_of_members_are_inside() => Draw.Check(
        from a in Ranges from n in Gen.Choose(1, 7) from d in Gen.Choose(2, 5) select (a, n, d), x =>
        {
            var (a, n, d) = x;
            Range exp = a.Exp(Work), log = a.Log(Work);
            var positive = a.Intersect(Range.NonNegative);
            var root = positive.Power(new BigRational(n, d), Work);
            foreach (var p in Members(a))
            {
                // e^p is irrational but for p = 0: between two fractions that are close together
                var e = p.IsZero ? (BigRational.One, BigRational.One) : Exp(p);
                Assert.True(!(exp.Lower > e.Item2) && !(exp.Upper < e.Item1), $"e^{p} in {exp}");
                Assert.True(exp.Lower is { Sign: > 0 } || (exp.Lower is { Sign: 0 } && exp.OpenBelow));
                Assert.True(!p.IsZero || Holds(exp, 1));
                if (p.Sign > 0)
                {
                    // log p ≤ u iff p ≤ e^u
                    Assert.True(log.Upper is not { } u || Exp(u).High >= p, $"log {p} in {log}");
                    Assert.True(log.Lower is not { } l || Exp(l).Low <= p, $"log {p} in {log}");
                    Assert.True(p != BigRational.One || Holds(log, 0));
                    // p^(n/d) ≤ u iff p^n ≤ u^d
                    Assert.True(
                        root.Upper is not { } top || BigRational.Pow(p, n) <= BigRational.Pow(top, d), $"{p} {root}");
                    Assert.True(
                        root.Lower is not { } least || BigRational.Pow(least, d) <= BigRational.Pow(p, n),
                        $"{p} {root}");
                }
                else if (p.IsZero)
                {
                    Inside(0, root);
                }
            }
        }, 30);

    [Fact]
    public void Rounding_keeps_every_member_and_closes_an_end_that_it_moves() => Draw.Check(
        from a in Draw.Rationals
        from k in Gen.Choose(1, 400)
        from isOpen in Gen.Elements(false, true)
        select (a, k, isOpen), x =>
        {
            var end = x.a + new BigRational(1, System.Numerics.BigInteger.Pow(3, x.k));
            var (below, above) = (new Range(end, x.isOpen, null, true).Rounded(),
                new Range(null, true, end, x.isOpen).Rounded());
            Assert.True(below.Lower <= end && above.Upper >= end);
            Assert.Equal(below.Lower == end && x.isOpen, below.OpenBelow);
            Assert.Equal(above.Upper == end && x.isOpen, above.OpenAbove);
            Assert.True(below.Lower!.Value.Numerator.GetBitLength() <= 800);
        });

    private static IEnumerable<BigRational> Grid() => Enumerable.Range(-14, 29).Select(n => new BigRational(n, 4));

    private static IEnumerable<BigRational> Members(Range a) => Grid().Where(p => Holds(a, p));

    private static bool Holds(Range a, BigRational p) =>
        (a.Lower is not { } l || l < p || (l == p && !a.OpenBelow))
        && (a.Upper is not { } u || p < u || (p == u && !a.OpenAbove));

    private static void Inside(BigRational p, Range a) => Assert.True(Holds(a, p), $"{p} is not in {a}");

    // Ends lie on the grid, so that a closed one is the image of members of the grid.
    private static void Reached(Range result, BigRational[] images)
    {
        if (images.Length > 0)
        {
            Assert.True(result.Lower is not { } l || result.OpenBelow || images.Contains(l), $"{result}");
            Assert.True(result.Upper is not { } u || result.OpenAbove || images.Contains(u), $"{result}");
        }
    }

    // By the power series alone, with 80 terms after halving: |x| is at most 8 here, or a rounded logarithm.
    private static (BigRational Low, BigRational High) Exp(BigRational x)
    {
        var t = Dyadic.RoundDown(x, 220).ToRational() / 16;
        BigRational sum = 1, term = 1;
        for (int n = 1; n <= 60; n++)
        {
            term = term * t / n;
            sum += term;
        }

        var slack = BigRational.PowerOfTwo(-150);
        var power = BigRational.Pow(Dyadic.RoundDown(sum, 400).ToRational(), 16);
        return (power * (1 - slack), power * (1 + slack));
    }
}
