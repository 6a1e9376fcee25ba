using Proofs.Numeric.Intervals;

namespace Proofs.Numeric.Tapes;

// The signs a number can have.
[Flags]
internal enum Signs : byte
{
    None = 0,
    Negative = 1,
    Zero = 2,
    Positive = 4,
    All = 7,
}

// A condition over the signs of atoms; an atom is the difference of the sides of a comparison.
internal abstract record SignTest
{
    public sealed record Sign(int Atom, Signs Allowed) : SignTest;

    public sealed record Both(SignTest First, SignTest Second) : SignTest;

    public sealed record Either(SignTest First, SignTest Second) : SignTest;

    // The signs of the members of an interval.
    public static Signs Of(Interval range) =>
        (range.Inf < 0 ? Signs.Negative : 0) | (range.Sup > 0 ? Signs.Positive : 0) | (range.Contains(0) ? Signs.Zero : 0);

    // True or false where the possible signs decide it, else null.
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

    public IEnumerable<int> Atoms() => this switch
    {
        Sign s => [s.Atom],
        Both b => b.First.Atoms().Concat(b.Second.Atoms()),
        Either e => e.First.Atoms().Concat(e.Second.Atoms()),
        _ => throw new InvalidOperationException("SignTest is a closed family."),
    };
}
