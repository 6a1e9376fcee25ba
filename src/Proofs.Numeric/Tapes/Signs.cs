using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

/// <summary>The signs a number can have.</summary>
[Flags]
public enum Signs : byte
{
    /// <summary>No sign: there is no such number.</summary>
    None = 0,

    /// <summary>It may be negative.</summary>
    Negative = 1,

    /// <summary>It may be zero.</summary>
    Zero = 2,

    /// <summary>It may be positive.</summary>
    Positive = 4,

    /// <summary>Nothing is known.</summary>
    All = 7,
}

/// <summary>A condition over the signs of atoms; an atom is the difference of the sides of a comparison.</summary>
public abstract record SignTest
{
    private protected SignTest()
    {
    }

    /// <summary>The atom has one of the signs.</summary>
    public sealed record Sign(int Atom, Signs Allowed) : SignTest;

    /// <summary>Holds where both parts hold.</summary>
    public sealed record Both(SignTest First, SignTest Second) : SignTest;

    /// <summary>Holds where at least one part holds.</summary>
    public sealed record Either(SignTest First, SignTest Second) : SignTest;

    /// <summary>The signs of the members of an interval.</summary>
    public static Signs Of(Interval range) =>
        (range.Inf < 0 ? Signs.Negative : 0) | (range.Sup > 0 ? Signs.Positive : 0)
            | (range.Contains(0) ? Signs.Zero : 0);

    /// <summary>True or false where the possible signs decide it, else null.</summary>
    public bool? Decide(ReadOnlySpan<Signs> possible)
    {
        switch (this)
        {
            case Sign s:
                var open = possible[s.Atom];
                return (open & ~s.Allowed) == 0 ? true : (open & s.Allowed) == 0 ? false : null;
            case Both b:
                var (p, q) = (b.First.Decide(possible), b.Second.Decide(possible));
                return p == false || q == false ? false : p == true && q == true ? true : null;
            case Either e:
                var (u, v) = (e.First.Decide(possible), e.Second.Decide(possible));
                return u == true || v == true ? true : u == false && v == false ? false : null;
            default:
                throw new InvalidOperationException("SignTest is a closed family.");
        }
    }

    /// <summary>The atoms of the condition, from left to right.</summary>
    public IEnumerable<int> Atoms() => this switch
    {
        Sign s => [s.Atom],
        Both b => b.First.Atoms().Concat(b.Second.Atoms()),
        Either e => e.First.Atoms().Concat(e.Second.Atoms()),
        _ => throw new InvalidOperationException("SignTest is a closed family."),
    };
}
