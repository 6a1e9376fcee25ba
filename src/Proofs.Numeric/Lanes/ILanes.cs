namespace Proofs.Numeric.Lanes;

// A few binary64 numbers side by side with round-to-nearest arithmetic: what software rounding needs of a vector of any
// width.
// Masks are vectors whose lanes have all bits set or none.
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Load(ref double from, int at);

    static abstract TSelf Create(double x);

    void Store(ref double to, int at);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf operator &(TSelf a, TSelf b);

    static abstract TSelf operator |(TSelf a, TSelf b);

    static abstract TSelf operator ^(TSelf a, TSelf b);

    // a b + c rounded once.
    static abstract TSelf Fused(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Abs(TSelf a);

    // No operand is NaN.
    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Max(TSelf a, TSelf b);

    static abstract TSelf Less(TSelf a, TSelf b);

    static abstract TSelf Equal(TSelf a, TSelf b);

    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    static abstract bool All(TSelf mask);

    // The neighbour towards -infinity or +infinity, in the lanes of the mask, of numbers that are not 0 there.
    static abstract TSelf Below(TSelf a, TSelf mask);

    static abstract TSelf Above(TSelf a, TSelf mask);
}
