using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Bounds;

/// <summary>
/// What is known of a part f of a formula on a box: its values where it is defined, its slopes and its second
/// derivatives.
/// </summary>
/// <param name="Value">Contains f at every point of the box at which it is defined; null where nothing is
/// known.</param>
/// <param name="IsContinuous">Whether f is defined on all of the box and continuous there.</param>
/// <param name="Slopes">Balls G_i with f(p) − f(q) in Σ G_i (p_i − q_i) for all points p, q of the box; null where
/// there are none.</param>
/// <param name="Bends">Contains the second derivatives at every point, f being smooth; entry (i, j), j ≤ i, is at i (i
/// + 1)/2 + j.</param>
internal sealed record Jet(FixedBall? Value, bool IsContinuous, FixedBall[]? Slopes, FixedBall[]? Bends)
{
    /// <summary>Nothing is known.</summary>
    public static Jet Unknown { get; } = new(null, false, null, null);

    /// <summary>Defined at no point of the box.</summary>
    public static Jet Nowhere { get; } = new(null, false, null, null) { IsNowhere = true };

    public bool IsNowhere { get; private init; }

    /// <summary>
    /// A part that does not change, or an input, in n inputs; `order` says how many derivatives are followed.
    /// </summary>
    public static Jet Of(FixedBall value, int n, int order, int input = -1)
    {
        FixedBall zero = FixedBall.Zero(value.Bits), one = FixedBall.Integer(1, value.Bits);
        return new(
            value,
            true,
            order > 0 ? [.. Enumerable.Range(0, n).Select(i => i == input ? one : zero)] : null,
            order > 1 ? [.. Enumerable.Repeat(zero, n * (n + 1) / 2)] : null);
    }

    /// <summary>The sum.</summary>
    public static Jet operator +(Jet a, Jet b) => a.IsNowhere || b.IsNowhere ? Nowhere : new(
        a.Value is { } x && b.Value is { } y ? x + y : null,
        a.IsContinuous && b.IsContinuous,
        Combine(a.Slopes, b.Slopes, static (s, t) => s + t),
        Combine(a.Bends, b.Bends, static (s, t) => s + t));

    /// <summary>The product.</summary>
    public static Jet operator *(Jet a, Jet b)
    {
        if (a.IsNowhere || b.IsNowhere || a.Value is not { } x || b.Value is not { } y)
        {
            return a.IsNowhere || b.IsNowhere ? Nowhere : Unknown;
        }

        var slopes = Combine(a.Slopes, b.Slopes, (s, t) => Times(s, y) + Times(t, x));
        var bends = Combine(a.Bends, b.Bends, (s, t) => Times(s, y) + Times(t, x));
        if (bends is not null && a.Slopes is { } f && b.Slopes is { } g)
        {
            for (int i = 0, at = 0; i < f.Length; i++)
            {
                for (int j = 0; j <= i; j++, at++)
                {
                    bends[at] += Times(f[i], g[j]) + Times(f[j], g[i]);
                }
            }
        }

        return new(Times(x, y), a.IsContinuous && b.IsContinuous, slopes, bends);
    }

    /// <summary>
    /// φ(f), from the values of φ, whether it is defined and continuous on the values of f, and its derivatives there.
    /// </summary>
    public Jet Apply(FixedBall? value, bool isContinuous, FixedBall? slope, FixedBall? bend)
    {
        bool continuous = IsContinuous && isContinuous && value is not null;
        var slopes = continuous && slope is { } s && Slopes is { } f ? Array.ConvertAll(f, t => Times(s, t)) : null;
        if (slopes is null || bend is not { } b || Bends is not { } h)
        {
            return new(value, continuous, slopes, null);
        }

        var bends = new FixedBall[h.Length];
        for (int i = 0, at = 0; i < Slopes!.Length; i++)
        {
            for (int j = 0; j <= i; j++, at++)
            {
                var square = i == j ? BallFunctions.Power(Slopes[i], 2) : Times(Slopes[i], Slopes[j]);
                bends[at] = Times(slope!.Value, h[at]) + Times(b, square);
            }
        }

        return new(value, continuous, slopes, bends);
    }

    /// <summary>One of two parts at each point, and a continuous whole: the slopes of either may count.</summary>
    public static Jet Joined(Jet a, Jet b, FixedBall value) => new(
        value, a.IsContinuous && b.IsContinuous, Combine(a.Slopes, b.Slopes, BallFunctions.Hull), null);

    private static FixedBall Times(FixedBall a, FixedBall b) => BallFunctions.Product(a, b);

    private static FixedBall[]? Combine(FixedBall[]? a, FixedBall[]? b, Func<FixedBall, FixedBall, FixedBall> of)
    {
        if (a is null || b is null)
        {
            return null;
        }

        var result = new FixedBall[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            result[i] = of(a[i], b[i]);
        }

        return result;
    }
}
