// Exact rational numbers over integers of any size: all that this checker calculates with.
// Follows docs/kernel-certificates.md, section 1 ("Numbers are exact").
namespace SecondChecker

open System
open System.Numerics

/// A certificate is refused, and why.
exception Refusal of string

[<AutoOpen>]
module Refusing =
    /// Ends the reading of a certificate: it is refused.
    let refuse message = raise (Refusal message)

    /// Refuses where a condition does not hold.
    let require condition message =
        if not condition then
            refuse message

/// A rational number in lowest terms, with a positive denominator.
[<Struct; CustomEquality; CustomComparison>]
type Rational private (numerator: BigInteger, denominator: BigInteger) =

    /// n/d, for d other than 0.
    static member Of(n: BigInteger, d: BigInteger) =
        if d.IsOne then
            Rational(n, d)
        else
            let common = BigInteger.GreatestCommonDivisor(n, d) * BigInteger d.Sign
            Rational(n / common, d / common)

    static member Of(n: BigInteger) = Rational(n, BigInteger.One)
    static member Of(n: int) = Rational(BigInteger n, BigInteger.One)
    static member Zero = Rational.Of 0
    static member One = Rational.Of 1

    /// 2^e.
    static member PowerOfTwo(e: int) =
        if e >= 0 then Rational.Of(BigInteger.One <<< e) else Rational(BigInteger.One, BigInteger.One <<< -e)

    member _.Numerator = numerator

    /// The denominator; that of the default value counts as 1.
    member _.Denominator = if denominator.IsZero then BigInteger.One else denominator

    member x.Sign = x.Numerator.Sign
    member x.IsZero = x.Numerator.IsZero
    member x.IsInteger = x.Denominator.IsOne
    member x.Abs = Rational(BigInteger.Abs x.Numerator, x.Denominator)

    /// The largest integer that is at most this number.
    member x.Floor = Rational.FloorDivision(x.Numerator, x.Denominator)

    /// The smallest integer that is at least this number.
    member x.Ceiling = -(Rational.FloorDivision(-x.Numerator, x.Denominator))

    /// The floor of n/d, for d > 0.
    static member FloorDivision(n: BigInteger, d: BigInteger) =
        let mutable rest = BigInteger.Zero
        let quotient = BigInteger.DivRem(n, d, &rest)
        if rest.Sign < 0 then quotient - BigInteger.One else quotient

    static member (+)(a: Rational, b: Rational) =
        Rational.Of(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator)

    static member (-)(a: Rational, b: Rational) =
        Rational.Of(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator)

    static member (~-)(a: Rational) = Rational(-a.Numerator, a.Denominator)

    static member (*)(a: Rational, b: Rational) =
        Rational.Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator)

    static member (/)(a: Rational, b: Rational) =
        if b.IsZero then raise (DivideByZeroException "a quotient of rational numbers with a divisor 0")
        Rational.Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator)

    /// a^n for an integer n, where a is not 0 if n is negative.
    static member Power(a: Rational, n: int) =
        if n >= 0 then
            Rational(BigInteger.Pow(a.Numerator, n), BigInteger.Pow(a.Denominator, n))
        else
            Rational.One / Rational.Power(a, -n)

    member x.CompareTo(y: Rational) =
        (x.Numerator * y.Denominator).CompareTo(y.Numerator * x.Denominator)

    member x.Equals(y: Rational) = x.Numerator = y.Numerator && x.Denominator = y.Denominator

    override x.Equals other =
        match other with
        | :? Rational as y -> x.Equals y
        | _ -> false

    override x.GetHashCode() = HashCode.Combine(x.Numerator, x.Denominator)

    override x.ToString() =
        if x.IsInteger then string x.Numerator else $"{x.Numerator}/{x.Denominator}"

    interface IComparable with
        member x.CompareTo other =
            match other with
            | :? Rational as y -> x.CompareTo y
            | _ -> invalidArg (nameof other) "not a rational number"

    interface IEquatable<Rational> with
        member x.Equals y = x.Equals y
