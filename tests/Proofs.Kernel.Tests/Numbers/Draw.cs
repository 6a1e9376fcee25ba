using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Proofs.Kernel.Numbers;

namespace Proofs.Kernel.Tests.Numbers;

/// <summary>Random numbers for laws, short and long ones, with 0 and ±1 among them.</summary>
internal static class Draw
{
    /// <summary>Integers of up to 200 bits.</summary>
    public static Gen<BigInteger> Integers =>
        from bits in Gen.Elements(1, 3, 8, 31, 64, 65, 200)
        from parts in Gen.Choose(0, int.MaxValue).ListOf(7)
        from isNegative in Gen.Choose(0, 1)
        let size = parts.Aggregate(BigInteger.Zero, (sum, part) => (sum << 31) + part)
            & ((BigInteger.One << bits) - 1)
        select isNegative == 1 ? -size : size;

    /// <summary>Fractions, of which a third have small denominators.</summary>
    public static Gen<BigRational> Rationals =>
        from numerator in Integers
        from denominator in Gen.OneOf(Gen.Choose(1, 12).Select(n => (BigInteger)n), Integers, Integers)
        select new BigRational(numerator, denominator.IsZero ? 1 : denominator);

    /// <summary>m 2^e for e in [-150, 150].</summary>
    public static Gen<Dyadic> Dyadics =>
        from mantissa in Integers
        from exponent in Gen.Choose(-150, 150)
        select new Dyadic(mantissa, exponent);

    /// <summary>A ball of size about 2^size at most, and a number in it: often an end.</summary>
    public static Gen<(FixedBall Ball, BigRational Inside)> Balls(int bits, int size) =>
        from middle in Integers
        from radius in Gen.OneOf(Gen.Constant(BigInteger.Zero), Integers.Select(n => BigInteger.Abs(n) >> 60),
            Integers.Select(BigInteger.Abs))
        from place in Gen.Choose(-8, 8)
        let shrink = int.Max(0, 200 - bits - size)
        let ball = new FixedBall(middle >> shrink, radius >> shrink, bits)
        select (ball, (ball.Mid + (ball.Rad * new BigRational(place, 8))) * BigRational.PowerOfTwo(-bits));

    /// <summary>Says that a property holds of a thousand drawn cases, each the same in every run.</summary>
    public static void Check<T>(Gen<T> cases, Action<T> holds, int count = 1000) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure
            .WithReplay(20_261_201, 12_345_679, 0).WithMaxTest(count));
}
