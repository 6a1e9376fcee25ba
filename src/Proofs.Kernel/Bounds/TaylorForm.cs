using System.Numerics;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Bounds;

/// <summary>
/// A function of t on a set T around 0: f(t) = Σ C_k t^k + ρ(t) t^(m+1), where ρ(t) is in Remainder for every t of T.
/// </summary>
/// <remarks>
/// The remainder is relative to t^(m+1), so a quotient whose parts both vanish at t = 0 is divided out exactly.
/// Source: Joldes, Rigorous Polynomial Approximations and Applications, 2011, section 2.4 (Taylor models with relative
/// remainder).
/// </remarks>
internal sealed record TaylorForm(FixedBall[] C, FixedBall Remainder)
{
    public int Order => C.Length - 1;

    public bool IsConstant => Remainder.IsZero && C.Skip(1).All(c => c.IsZero);
}

/// <summary>
/// Arithmetic of Taylor forms over one set T, a ball within [−1, 1] that contains 0; null where the result has no form.
/// </summary>
internal sealed class TaylorArithmetic(FixedBall t)
{
    private readonly int _bits = t.Bits;

    public FixedBall T => t;

    public TaylorForm Constant(FixedBall value, int order)
    {
        var c = new FixedBall[order + 1];
        Array.Fill(c, FixedBall.Zero(_bits));
        c[0] = value;
        return new(c, FixedBall.Zero(_bits));
    }

    /// <summary>The values f(t) for t in T.</summary>
    public FixedBall Range(TaylorForm f) => Tail(f, 0);

    /// <summary>The form of lower order, its last terms in the remainder.</summary>
    public TaylorForm Truncate(TaylorForm f, int order) =>
        f.Order <= order ? f : new(f.C[..(order + 1)], Tail(f, order + 1));

    public TaylorForm Add(TaylorForm f, TaylorForm g)
    {
        (f, g) = Alike(f, g);
        return new([.. f.C.Zip(g.C, (a, b) => a + b)], f.Remainder + g.Remainder);
    }

    public static TaylorForm Negate(TaylorForm f) => new([.. f.C.Select(a => -a)], -f.Remainder);

    public static TaylorForm Times(TaylorForm f, FixedBall factor) =>
        new([.. f.C.Select(a => a * factor)], f.Remainder * factor);

    // f g = Σ f_i t^i g + ρ_f t^(m+1) g, and the part of g from t^(m+1−i) on is a tail of g.
    public TaylorForm Multiply(TaylorForm f, TaylorForm g)
    {
        (f, g) = Alike(f, g);
        if (g.IsConstant || f.IsConstant)
        {
            return g.IsConstant ? Times(f, g.C[0]) : Times(g, f.C[0]);
        }

        int m = f.Order;
        var c = new FixedBall[m + 1];
        for (int k = 0; k <= m; k++)
        {
            c[k] = Convolve(f.C, 0, g.C, k, 0);
        }

        var tails = Tails(g);
        return new(c, Convolve(f.C, 0, tails, m + 1, 1) + (f.Remainder * tails[0]));
    }

    // q_k = (f_k − Σ g_i q_(k−i))/g_0; then f − q g = t^(m+1) (ρ_f − Σ q_i tail_(m+1−i)(g)). Common zeros at t = 0 are
    // divided out first.
    public TaylorForm? Divide(TaylorForm f, TaylorForm g)
    {
        (f, g) = Alike(f, g);
        while (g.C[0].IsZero)
        {
            if (!f.C[0].IsZero || f.Order == 0)
            {
                return null;
            }

            (f, g) = (new(f.C[1..], f.Remainder), new(g.C[1..], g.Remainder));
        }

        var tails = Tails(g);
        if (g.C[0].ContainsZero || BallFunctions.Reciprocal(tails[0]) is not { } inverse)
        {
            return null;
        }

        var first = g.C[0].Reciprocal();
        int m = f.Order;
        var q = new FixedBall[m + 1];
        for (int k = 0; k <= m; k++)
        {
            q[k] = (f.C[k] - Convolve(q, 0, g.C, k, 1)) * first;
        }

        return new(q, (f.Remainder - Convolve(q, 0, tails, m + 1, 1)) * inverse);
    }

    // h(f) = Σ h_k δ^k + H δ^(m+1) with δ = f − f_0 = t δ', by Horner's rule: each step multiplies by t and so gains an
    // order.
    public TaylorForm Compose(TaylorForm f, TaylorCoefficients h)
    {
        int m = f.Order;
        if (f.IsConstant || m == 0)
        {
            var constant = Constant(h.AtPoint[0], m);
            return f.IsConstant ? constant : new(constant.C, h.OverRange * f.Remainder);
        }

        var c = new FixedBall[m + 1];
        if (f.Remainder.IsZero && f.C.Skip(2).All(a => a.IsZero))
        {
            var power = f.C[1];
            c[0] = h.AtPoint[0]; // as exact as it is
            for (int k = 1; k <= m; k++)
            {
                c[k] = h.AtPoint[k] * power;
                power *= f.C[1];
            }

            return new(c, h.OverRange * power);
        }

        var slope = f.C[1..];
        var tails = Tails(new(slope, f.Remainder));
        FixedBall[] sum = [h.AtPoint[m]];
        var remainder = h.OverRange * tails[0];
        for (int k = m - 1; k >= 0; k--)
        {
            int j = sum.Length;
            var next = new FixedBall[j + 1];
            next[0] = h.AtPoint[k];
            for (int l = 0; l < j; l++)
            {
                next[l + 1] = Convolve(sum, 0, slope, l, 0);
            }

            remainder = Convolve(sum, 0, tails, j, 1) + (remainder * tails[0]);
            sum = next;
        }

        return new(sum, remainder);
    }

    private (TaylorForm, TaylorForm) Alike(TaylorForm f, TaylorForm g)
    {
        int order = int.Min(f.Order, g.Order);
        return (Truncate(f, order), Truncate(g, order));
    }

    private FixedBall Tail(TaylorForm f, int from)
    {
        var value = f.Remainder;
        for (int k = f.Order; k >= from; k--)
        {
            // exact where it can be, so that a zero at an end of T is one
            value = BallFunctions.Product(value, t) + f.C[k];
        }

        return value;
    }

    // tail j: (f − Σ_(k<j) C_k t^k)/t^j over T.
    private FixedBall[] Tails(TaylorForm f)
    {
        var tails = new FixedBall[f.Order + 2];
        tails[^1] = f.Remainder;
        for (int k = f.Order; k >= 0; k--)
        {
            tails[k] = (tails[k + 1] * t) + f.C[k];
        }

        return tails;
    }

    // Σ a_i b_(n−i) over i from `first` on with n − i at least `least`; products are added in full and rounded once.
    private FixedBall Convolve(FixedBall[] a, int first, FixedBall[] b, int n, int least)
    {
        BigInteger mid = 0, spread = 0;
        for (int i = first; i <= n - least; i++)
        {
            FixedBall x = a[i], y = b[n - i];
            if (x.IsZero || y.IsZero)
            {
                continue;
            }

            mid += x.Moderate().Mid * y.Moderate().Mid;
            if (!x.Rad.IsZero || !y.Rad.IsZero)
            {
                spread += Size(x) * y.Rad + (Size(y) + (y.Rad >> (_bits - Coarse)) + 1) * x.Rad;
            }
        }

        var rounded = mid >> _bits;
        return spread.IsZero && rounded << _bits == mid
            ? new(rounded, 0, _bits)
            : new(rounded, (spread >> Coarse) + 2, _bits);
    }

    // |Mid| rounded up to `Coarse` bits after the point: enough for products with radii.
    private const int Coarse = 30;

    private BigInteger Size(FixedBall x) => (BigInteger.Abs(x.Mid) >> (_bits - Coarse)) + 1;
}
