using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Kernel.Bounds;
using Proofs.Kernel.Numbers;
using Proofs.Kernel.Tests.Numbers;
using Xunit;

namespace Proofs.Kernel.Tests.Bounds;

/// <summary>
/// Arithmetic of Taylor forms against exact polynomials: each form holds one, and what is done to forms holds what is
/// done to the polynomials, coefficient by coefficient and at points of T.
/// </summary>
public sealed class TaylorArithmeticTests
{
    private const int Bits = 60;

    [Fact]
    public void Values_are_in_the_range_and_a_lower_order_holds_the_same_function() => Draw.Check(
        Cases(), x =>
        {
            Holds(x, x.F.Form, x.F.At);
            Inside(x.F.At(x.T), x.Arithmetic.Range(x.F.Form));
            for (int order = 0; order <= x.F.Form.Order + 1; order++)
            {
                var truncated = x.Arithmetic.Truncate(x.F.Form, order);
                Assert.Equal(int.Min(order, x.F.Form.Order), truncated.Order);
                Coefficients(x.F.Exact, truncated);
                Holds(x, truncated, x.F.At);
            }
        });

    [Fact]
    public void Sums_differences_and_multiples_hold_those_of_the_functions() => Draw.Check(
        Cases(), x =>
        {
            int order = int.Min(x.F.Form.Order, x.G.Form.Order);
            var sum = x.Arithmetic.Add(x.F.Form, x.G.Form);
            Assert.Equal(order, sum.Order);
            Coefficients([.. x.F.Exact.Zip(x.G.Exact, (a, b) => a + b)], sum);
            Holds(x, sum, t => x.F.At(t) + x.G.At(t));

            var difference = x.Arithmetic.Add(x.F.Form, TaylorArithmetic.Negate(x.G.Form));
            Coefficients([.. x.F.Exact.Zip(x.G.Exact, (a, b) => a - b)], difference);
            Holds(x, difference, t => x.F.At(t) - x.G.At(t));

            var multiple = TaylorArithmetic.Times(x.F.Form, x.G.Form.C[0]);
            Coefficients([.. x.F.Exact.Select(a => a * x.G.Exact[0])], multiple);
            Holds(x, multiple, t => x.F.At(t) * x.G.Exact[0]);
        });

    [Fact]
    public void Products_hold_those_of_the_functions() => Draw.Check(
        Cases(), x =>
        {
            var product = x.Arithmetic.Multiply(x.F.Form, x.G.Form);
            Coefficients(Product(x.F.Exact, x.G.Exact, product.Order), product);
            Holds(x, product, t => x.F.At(t) * x.G.At(t));
            Holds(x, x.Arithmetic.Multiply(x.G.Form, x.F.Form), t => x.F.At(t) * x.G.At(t));

            var square = x.Arithmetic.Multiply(x.F.Form, x.F.Form);
            Holds(x, square, t => x.F.At(t) * x.F.At(t));
        });

    [Fact]
    public void A_product_with_a_constant_is_no_wider_than_its_parts_times_it()
    {
        var arithmetic = new TaylorArithmetic(FixedBall.Between(-(BigInteger.One << 50), BigInteger.One << 50, Bits));
        var three = arithmetic.Constant(FixedBall.Integer(3, Bits), 4);
        Assert.True(three.IsConstant);
        var f = new TaylorForm(
            [.. Enumerable.Range(0, 5).Select(k => new FixedBall(k << 40, k, Bits))], new FixedBall(7, 5, Bits));
        Assert.False(f.IsConstant);
        foreach (var product in new[] { arithmetic.Multiply(three, f), arithmetic.Multiply(f, three) })
        {
            Assert.Equal(f.C.Select(c => c.Mid * 3), product.C.Select(c => c.Mid));
            Assert.All(product.C.Zip(f.C), p => Assert.True(p.First.Rad <= (3 * p.Second.Rad) + 2));
            Assert.True(product.Remainder.Rad <= 17);
        }

        Assert.False((three with { Remainder = new(0, 1, Bits) }).IsConstant);
        Assert.False((three with { C = [three.C[0], new(0, 1, Bits)] }).IsConstant);
    }

    [Fact]
    public void Quotients_hold_those_of_the_functions_or_the_divisor_may_vanish()
    {
        int divided = 0, refused = 0;
        Draw.Check(Cases(), x =>
        {
            var quotient = x.Arithmetic.Divide(x.F.Form, x.G.Form);
            if (quotient is null)
            {
                refused++;
                return;
            }

            divided++;
            Assert.True(x.T.IsZero || !x.G.At(x.T).IsZero);
            int zeros = Array.FindIndex(x.G.Form.C, c => !c.IsZero);
            Coefficients(Quotient(x.F.Exact[zeros..], x.G.Exact[zeros..], quotient.Order), quotient);
            if (!x.T.IsZero)
            {
                Holds(x, quotient, t => t.IsZero ? null : x.F.At(t) / x.G.At(t));
            }
        });
        Assert.True(divided > 150 && refused > 150, $"{divided} quotients, {refused} refused");
    }

    // Common zeros are divided out where they are known to be zeros, and only there.
    [Fact]
    public void A_common_zero_is_divided_out_where_it_is_one_exactly()
    {
        var arithmetic = new TaylorArithmetic(FixedBall.Between(-(BigInteger.One << 58), BigInteger.One << 58, Bits));
        TaylorForm Form(params int[] c) => new(
            [.. c.Select(a => FixedBall.Integer(a, Bits))], FixedBall.Zero(Bits));
        var quotient = arithmetic.Divide(Form(0, 6, 3), Form(0, 2, 0))!; // (6 t + 3 t²)/(2 t)
        Assert.Equal(1, quotient.Order);
        Coefficients([3, new(3, 2)], quotient);
        var twice = arithmetic.Divide(Form(0, 0, 6, 3), Form(0, 0, 2, 1))!;
        Coefficients([3, 0], twice);
        Assert.Equal(1, twice.Order);
        Assert.Null(arithmetic.Divide(Form(1, 6, 3), Form(0, 2, 0))); // a pole at 0
        Assert.Null(arithmetic.Divide(Form(0, 6, 3), Form(0, 0, 2))); // and a pole once t is divided out
        Assert.Null(arithmetic.Divide(Form(0, 0), Form(0, 0)));
        Assert.Null(arithmetic.Divide(Form(0), Form(0))); // no order is left
        var nearly = Form(0, 2, 0);
        nearly.C[0] = new(0, 1, Bits); // 0, or a unit beside it
        Assert.Null(arithmetic.Divide(Form(0, 6, 3), nearly));
        var above = Form(0, 6, 3);
        above.C[0] = new(0, 1, Bits);
        Assert.Null(arithmetic.Divide(above, Form(0, 2, 0)));
        Assert.Null(arithmetic.Divide(Form(1, 0, 0), Form(1, 4, 0))); // 1 + 4 t vanishes at -1/4, an end of T
        Assert.Null(arithmetic.Divide(Form(1, 0, 0), Form(1, 5, 0))); // and 1 + 5 t inside
        var inside = arithmetic.Divide(Form(1, 0, 0), Form(1, 3, 0))!;
        Coefficients([1, -3, 9], inside);
        Inside(4, arithmetic.Range(inside)); // at t = -1/4
        Inside(new(4, 7), arithmetic.Range(inside)); // at t = 1/4
    }

    // h(y) = Σ_(k <= m) a_k (y - f_0)^k + a_(m+1)(y) (y - f_0)^(m+1), a_(m+1) within a ball.
    [Fact]
    public void Compositions_hold_those_of_the_functions() => Draw.Check(
        from x in Cases()
        from outer in Function(x.F.Form.Order)
        select (x, outer), c =>
        {
            var (x, h) = c;
            var composed = x.Arithmetic.Compose(x.F.Form, new(h.Form.C, h.Form.Remainder));
            Assert.Equal(x.F.Form.Order, composed.Order);
            Holds(x, composed, t => h.At(x.F.At(t) - x.F.Exact[0]));

            // its coefficients by Horner's rule, exactly
            int m = x.F.Form.Order;
            BigRational[] slope = [0, .. x.F.Exact[1..(m + 1)]], sum = [h.Exact[m]];
            for (int k = m - 1; k >= 0; k--)
            {
                sum = Product(sum, slope, m);
                sum[0] += h.Exact[k];
            }

            Coefficients(sum, composed);
        });

    // 1/(1 - y) about 0 at y = t, t + t², t², whose coefficients are known.
    [Theory]
    [InlineData(new[] { 0, 1, 0, 0, 0 }, new[] { 1, 1, 1, 1, 1 })]
    [InlineData(new[] { 0, -1, 0, 0, 0 }, new[] { 1, -1, 1, -1, 1 })]
    [InlineData(new[] { 0, 1, 1, 0, 0 }, new[] { 1, 1, 2, 3, 5 })] // Fibonacci
    [InlineData(new[] { 0, 0, 1, 0, 0 }, new[] { 1, 0, 1, 0, 1 })]
    [InlineData(new[] { 0, 2, 0, 0, 0 }, new[] { 1, 2, 4, 8, 16 })]
    public void A_geometric_series_has_its_coefficients_by_composition_and_by_division(int[] inner, int[] expected)
    {
        var arithmetic = new TaylorArithmetic(FixedBall.Between(-(BigInteger.One << 57), BigInteger.One << 57, Bits));
        var f = new TaylorForm([.. inner.Select(a => FixedBall.Integer(a, Bits))], FixedBall.Zero(Bits));
        var y = arithmetic.Range(f);
        var ones = Enumerable.Repeat(FixedBall.Integer(1, Bits), 5).ToArray();
        var rest = (FixedBall.Integer(1, Bits) - y).Reciprocal();
        var composed = arithmetic.Compose(f, new(ones, rest));
        var one = arithmetic.Constant(FixedBall.Integer(1, Bits), 4);
        var divided = arithmetic.Divide(one, arithmetic.Add(one, TaylorArithmetic.Negate(f)))!;
        foreach (var form in new[] { composed, divided })
        {
            Coefficients([.. expected.Select(a => (BigRational)a)], form);
            Assert.All(form.C, c => Assert.True(c.Rad <= 1024, $"{c} is wide"));
            foreach (var t in new BigRational[] { new(-1, 8), new(-1, 11), 0, new(1, 9), new(1, 8) })
            {
                BigRational at = 0;
                for (int k = inner.Length - 1; k >= 0; k--)
                {
                    at = (at * t) + inner[k];
                }

                Assert.True(Contains(form, t, (1 - at).Reciprocal()), $"1/(1 - f) at {t}");
                Assert.False(Contains(form, t, (1 - at).Reciprocal() + new BigRational(1, 4)), $"{form} is loose");
            }
        }
    }

    // A function of one order, and a form around it: coefficients and a remainder that is any number of its ball.
    private sealed record Held(TaylorForm Form, BigRational[] Exact)
    {
        // Exact has a coefficient more than the form: the value of the remainder.
        public BigRational At(BigRational t)
        {
            BigRational sum = 0;
            for (int k = Exact.Length - 1; k >= 0; k--)
            {
                sum = (sum * t) + Exact[k];
            }

            return sum;
        }
    }

    private sealed record Case(TaylorArithmetic Arithmetic, Held F, Held G, BigRational T);

    private static Gen<Case> Cases() =>
        from order in Gen.Choose(0, 5)
        from other in Gen.Choose(0, 5)
        from f in Function(order)
        from g in Function(other)
        from low in Gen.Choose(0, 8)
        from high in Gen.Choose(0, 8)
        from place in Gen.Choose(0, 6)
        let t = FixedBall.Between(-(low * (BigInteger.One << (Bits - 4))), high * (BigInteger.One << (Bits - 4)), Bits)
        let ends = (Low: t.Low * BigRational.PowerOfTwo(-Bits), High: t.High * BigRational.PowerOfTwo(-Bits))
        let inside = ends.Low + ((ends.High - ends.Low) * new BigRational(place, 5))
        select new Case(new(t), f, g, place == 6 ? BigRational.Zero : inside);

    // Coefficients of size 4 at most, often exact and often 0, the first above all.
    private static Gen<Held> Function(int order) =>
        from kinds in Gen.Choose(0, 7).ListOf(order + 2)
        from sizes in Gen.Choose(-1 << 30, 1 << 30).ListOf(order + 2)
        from radii in Gen.Choose(0, 1 << 20).ListOf(order + 2)
        from places in Gen.Choose(-4, 4).ListOf(order + 2)
        from isExact in Gen.Choose(0, 2)
        let balls = Enumerable.Range(0, order + 2).Select(k => kinds[k] switch
        {
            0 or 1 => FixedBall.Zero(Bits),
            2 or 3 => FixedBall.Integer(sizes[k] % 5, Bits),
            _ when isExact == 0 => new FixedBall((BigInteger)sizes[k] << (Bits - 29), 0, Bits),
            4 => new FixedBall((BigInteger)sizes[k] << (Bits - 29), (BigInteger)radii[k] << (Bits - 20), Bits),
            _ => new FixedBall((BigInteger)sizes[k] << (Bits - 29), radii[k], Bits),
        }).ToArray()
        select new Held(
            new(balls[..(order + 1)], balls[order + 1]),
            [.. balls.Select((b, k) =>
                (b.Mid + (b.Rad * new BigRational(places[k], 4))) * BigRational.PowerOfTwo(-Bits))]);

    private static void Coefficients(BigRational[] exact, TaylorForm form)
    {
        for (int k = 0; k <= form.Order; k++)
        {
            Inside(exact[k], form.C[k]);
        }
    }

    // The value at t is one of the form, and so at the point of the case for each smaller order.
    private static void Holds(Case x, TaylorForm form, Func<BigRational, BigRational?> value)
    {
        if (value(x.T) is { } v)
        {
            Assert.True(Contains(form, x.T, v), $"{v} at {x.T} is no value of {form.Order} {form.Remainder}");
        }
    }

    private static void Holds(Case x, TaylorForm form, Func<BigRational, BigRational> value) =>
        Holds(x, form, t => (BigRational?)value(t));

    // Whether Σ c_k t^k + ρ t^(m+1) is the value for some c_k and ρ of the balls, exactly.
    private static bool Contains(TaylorForm form, BigRational t, BigRational value)
    {
        BigRational low = 0, high = 0, power = 1;
        foreach (var c in form.C.Append(form.Remainder))
        {
            var scale = BigRational.PowerOfTwo(-Bits) * power;
            BigRational a = c.Low * scale, b = c.High * scale;
            (low, high) = (low + BigRational.Min(a, b), high + BigRational.Max(a, b));
            power *= t;
        }

        return low <= value && value <= high;
    }

    private static void Inside(BigRational value, FixedBall ball) => Assert.True(
        ball.Low * BigRational.PowerOfTwo(-Bits) <= value && value <= ball.High * BigRational.PowerOfTwo(-Bits),
        $"{value} is not in {ball}");

    private static BigRational[] Product(BigRational[] a, BigRational[] b, int order)
    {
        var c = new BigRational[order + 1];
        for (int k = 0; k <= order; k++)
        {
            for (int i = int.Max(0, k - b.Length + 1); i <= int.Min(k, a.Length - 1); i++)
            {
                c[k] += a[i] * b[k - i];
            }
        }

        return c;
    }

    private static BigRational[] Quotient(BigRational[] a, BigRational[] b, int order)
    {
        var q = new BigRational[order + 1];
        for (int k = 0; k <= order; k++)
        {
            var sum = a[k];
            for (int i = 0; i < k; i++)
            {
                sum -= q[i] * b[k - i];
            }

            q[k] = sum / b[0];
        }

        return q;
    }
}
