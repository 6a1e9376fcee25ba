namespace Proofs.Kernel.Numbers;

/// <summary>An exact enclosure [Lower, Upper] of a real number; an absent end is infinite.</summary>
/// <remarks>Invariant: Lower ≤ Upper where both are there; default is the whole line.</remarks>
public readonly record struct RationalInterval
{
    /// <summary>The enclosure with the given ends; null stands for −∞ or +∞.</summary>
    /// <exception cref="ArgumentException"><paramref name="lower"/> exceeds <paramref name="upper"/>.</exception>
    public RationalInterval(BigRational? lower, BigRational? upper)
    {
        if (lower is { } l && upper is { } u && l > u)
        {
            throw new ArgumentException($"The enclosure [{l}, {u}] is empty; its lower end exceeds its upper end.");
        }

        (Lower, Upper) = (lower, upper);
    }

    /// <summary>The lower end, or null for −∞.</summary>
    public BigRational? Lower { get; }

    /// <summary>The upper end, or null for +∞.</summary>
    public BigRational? Upper { get; }

    /// <summary>The lower end of an enclosure that has one.</summary>
    /// <exception cref="InvalidOperationException">It is −∞.</exception>
    public BigRational Low => Lower ?? throw new InvalidOperationException("the enclosure has no lower end");

    /// <summary>The upper end of an enclosure that has one.</summary>
    /// <exception cref="InvalidOperationException">It is +∞.</exception>
    public BigRational High => Upper ?? throw new InvalidOperationException("the enclosure has no upper end");

    /// <summary>Whether the enclosure is one known number.</summary>
    public bool IsExact => Lower is { } l && Upper is { } u && l == u;

    /// <summary>The enclosure of one known number.</summary>
    public static RationalInterval Exactly(BigRational value) => new(value, value);

    /// <summary>Whether <paramref name="value"/> lies inside, ends included.</summary>
    public bool Contains(BigRational value) => !(Lower > value) && !(Upper < value);

    /// <summary>The ends with six digits, the lower one rounded down and the upper one rounded up.</summary>
    public override string ToString() => IsExact && Printing.IsShort(Lower!.Value)
        ? Printing.Exact(Lower.Value)
        : $"[{Printing.Down(Lower)}, {Printing.Up(Upper)}]";
}
