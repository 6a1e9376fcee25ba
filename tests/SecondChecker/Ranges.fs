// Sets of reals between two ends.
// Follows docs/kernel.md, section 5.2, first paragraph.
namespace SecondChecker.Symbolic

open System.Numerics
open SecondChecker

/// An end of a range; None is infinite.
type End = (Rational * bool) option

/// The reals between two ends; with `true` an end belongs to the range.
type Range = { Low: End; High: End }

module Range =
    let all = { Low = None; High = None }
    let between a b : Range = { Low = Some(a, true); High = Some(b, true) }
    let exactly a = between a a
    let zero = exactly Rational.Zero
    let one = exactly Rational.One
    let positive = { Low = Some(Rational.Zero, false); High = None }
    let notNegative = { Low = Some(Rational.Zero, true); High = None }
    let negative = { Low = None; High = Some(Rational.Zero, false) }

    let isEmpty r =
        match r.Low, r.High with
        | Some(a, p), Some(b, q) -> a > b || (a = b && not (p && q))
        | _ -> false

    let isPositive r =
        match r.Low with
        | Some(a, isClosed) -> a.Sign > 0 || (a.IsZero && not isClosed)
        | None -> false

    let isNotNegative r =
        match r.Low with
        | Some(a, _) -> a.Sign >= 0
        | None -> false

    let private flip (e: End) : End = e |> Option.map (fun (a, isClosed) -> -a, isClosed)
    let negate r = { Low = flip r.High; High = flip r.Low }
    let isNegative r = isPositive (negate r)
    let isNotPositive r = isNotNegative (negate r)

    /// The numbers between -a and a, both left out.
    let within (a: Rational) : Range = { Low = Some(-a, false); High = Some(a, false) }
    let isZero r = not (isEmpty r) && r.Low = Some(Rational.Zero, true) && r.High = Some(Rational.Zero, true)
    let hasZero r = not (isPositive r) && not (isNegative r) && not (isEmpty r)

    /// The points of both.
    let meet a b =
        let low =
            match a.Low, b.Low with
            | None, e
            | e, None -> e
            | Some(x, p), Some(y, q) -> if x > y then a.Low elif y > x then b.Low else Some(x, p && q)
        let high =
            match a.High, b.High with
            | None, e
            | e, None -> e
            | Some(x, p), Some(y, q) -> if x < y then a.High elif y < x then b.High else Some(x, p && q)
        { Low = low; High = high }

    /// The numbers that have the sign, or one of the signs, that the numbers of r have.
    let sign r =
        let below = if isPositive r then positive elif isNotNegative r then notNegative else all
        let above = if isNegative r then negative elif isNotPositive r then negate notNegative else all
        meet below above

    let private plus (a: End) (b: End) : End = Option.map2 (fun (x: Rational, p) (y, q) -> x + y, p && q) a b
    let add a b = { Low = plus a.Low b.Low; High = plus a.High b.High }
    let shift c r = add (exactly c) r

    let scale (c: Rational) r =
        if c.IsZero then zero
        else
            let by (e: End) : End = e |> Option.map (fun (x, p) -> c * x, p)
            if c.Sign > 0 then { Low = by r.Low; High = by r.High } else { Low = by r.High; High = by r.Low }

    // an end with its sign where it is infinite: -1, 0 (finite), 1
    let private extended sign (e: End) =
        match e with
        | Some(x, p) -> 0, x, p
        | None -> sign, Rational.Zero, false

    let multiply a b =
        let product (i: int, x: Rational, p) (j: int, y: Rational, q) =
            let isZero infinite (v: Rational) = infinite = 0 && v.IsZero
            if isZero i x || isZero j y then
                0, Rational.Zero, ((p && isZero i x) || (q && isZero j y))
            elif i = 0 && j = 0 then
                0, x * y, p && q
            else
                let sign infinite (v: Rational) = if infinite = 0 then v.Sign else infinite
                sign i x * sign j y, Rational.Zero, false
        let ends =
            [ for e in [ extended -1 a.Low; extended 1 a.High ] do
                  for f in [ extended -1 b.Low; extended 1 b.High ] do
                      product e f ]
        let least pick better =
            ends
            |> List.reduce (fun (i, x, p) (j, y, q) ->
                if i <> j then (if better i j then i, x, p else j, y, q)
                elif i <> 0 then i, x, p
                elif x = y then i, x, p || q
                elif pick x y then i, x, p
                else j, y, q)
            |> fun (i, x, p) -> if i = 0 then Some(x, p) else None
        if isEmpty a || isEmpty b then { Low = Some(Rational.One, true); High = Some(Rational.Zero, true) }
        else { Low = least (<) (<); High = least (>) (>) }

    /// |r|.
    let magnitude r =
        if isNotNegative r then
            r
        elif isNotPositive r then
            negate r
        else
            let larger =
                match r.Low, r.High with
                | Some(x, p), Some(y, q) -> if -x > y then Some(-x, p) elif -x < y then Some(y, q) else Some(y, p || q)
                | _ -> None
            { Low = Some(Rational.Zero, true); High = larger }

    let private naturalPower r n =
        let by (e: End) : End = e |> Option.map (fun (x, p) -> Rational.Power(x, n), p)
        let base' = if n % 2 = 0 then magnitude r else r
        if n = 0 then one else { Low = by base'.Low; High = by base'.High }

    /// 1/r of a set of positive or of negative numbers; all reals else.
    let rec reciprocal r =
        if isPositive r then
            let inverse (e: End) infinite : End =
                match e with
                | Some(x, p) when not x.IsZero -> Some(Rational.One / x, p)
                | Some _ -> None
                | None -> infinite
            { Low = inverse r.High (Some(Rational.Zero, false)); High = inverse r.Low None }
        elif isNegative r then negate (reciprocal (negate r))
        else all

    let integerPower r (n: int) = if n >= 0 then naturalPower r n else reciprocal (naturalPower r -n)

    let minimum a b =
        let low =
            match a.Low, b.Low with
            | Some(x, p), Some(y, q) -> if x < y then a.Low elif y < x then b.Low else Some(x, p || q)
            | _ -> None
        let high =
            match a.High, b.High with
            | None, e
            | e, None -> e
            | Some(x, p), Some(y, q) -> if x < y then a.High elif y < x then b.High else Some(x, p && q)
        { Low = low; High = high }

    let maximum a b = negate (minimum (negate a) (negate b))

    /// The integers of a range: its ends moved inward.
    let integers r =
        let inward (e: End) : End =
            e |> Option.map
                (fun (x, p) -> (if x.IsInteger && not p then x + Rational.One else Rational.Of x.Ceiling), true)
        { Low = inward r.Low; High = flip (inward (flip r.High)) }

    let floor r =
        let below (e: End) isHigh : End =
            e |> Option.map
                (fun (x, p) -> (if isHigh && x.IsInteger && not p then x - Rational.One else Rational.Of x.Floor), true)
        { Low = below r.Low false; High = below r.High true }

    let ceiling r = negate (floor (negate r))

    // --- rounded ends ---

    let private mantissa = 192
    let private down (x: Rational) = Numbers.below mantissa x
    let private up x = -(down -x)

    // a number rounded outward by an enclosure: exact ends keep what they were, others are open
    let private rounded (low: Rational, high: Rational) isClosed isLow : End =
        if low = high then Some(low, isClosed) else Some((if isLow then down low else up high), false)

    let private enclosure (bits: int) (f: Arithmetic -> Ball -> Ball) (x: Rational) =
        let a = Arithmetic.Of bits
        let value = f a (a.Number x)
        a.Exact value.Low, a.Exact value.High

    let private largestExponent = Rational.Of 4096

    let private expOf (x: Rational) =
        let bits = 256 + (if x.Sign < 0 then 2 * int x.Abs.Ceiling else 0)
        enclosure bits (fun a y -> a.Exp y) x

    let exp r =
        let at (e: End) isLow : End =
            match e with
            | None -> if isLow then Some(Rational.Zero, false) else None
            | Some(x, p) when x.IsZero -> Some(Rational.One, p)
            | Some(x, _) when x > largestExponent -> if isLow then Some(Rational.PowerOfTwo 4096, false) else None
            | Some(x, _) when x < -largestExponent ->
                Some((if isLow then Rational.Zero else Rational.PowerOfTwo -4096), false)
            | Some(x, _) -> rounded (expOf x) false isLow
        { Low = at r.Low true; High = at r.High false }

    let private logOf (x: Rational) =
        if x = Rational.One then Rational.Zero, Rational.Zero
        else
            // log x = log(x/2^k) + k log 2, near 1 as exact as elsewhere
            let size (n: BigInteger) = int (n.GetBitLength())
            let k = size x.Numerator - size x.Denominator
            let y = x * Rational.PowerOfTwo -k
            let near = (y - Rational.One).Abs
            let extra = if near.IsZero then 0 else max 0 (size near.Denominator - size near.Numerator)
            let a = Arithmetic.Of(256 + extra)
            let value = a.Add(a.Log(a.Number y), a.Multiply(a.Integer(BigInteger k), a.Log2))
            a.Exact value.Low, a.Exact value.High

    /// log r of a set of positive numbers; all reals else.
    let log r =
        if not (isPositive r) then
            all
        else
            let at (e: End) isLow : End =
                match e with
                | Some(x, p) when not x.IsZero -> rounded (logOf x) p isLow
                | _ -> None
            { Low = at r.Low true; High = at r.High false }

    // x^e for x > 0
    let private powerOf (x: Rational) (e: Rational) =
        if x = Rational.One then one else exp (multiply (logOf x ||> between) (exactly e))

    /// r^e for a number e that is no integer, of a set of numbers ≥ 0.
    let rec power r (e: Rational) =
        if e.Sign < 0 then
            reciprocal (power r -e)
        else
            let at (end': End) isLow : End =
                match end' with
                | Some(x, p) when x.Sign <= 0 -> Some(Rational.Zero, p)
                | Some(x, p) ->
                    (if isLow then (powerOf x e).Low else (powerOf x e).High) |> Option.map (fun (y, _) -> y, p)
                | None -> None
            { Low = at r.Low true; High = at r.High false }

    /// Ends of more than 768 bits are rounded outward to 128.
    let shortened r =
        let isLong (x: Rational) = x.Numerator.GetBitLength() + x.Denominator.GetBitLength() > 768L
        let shorter (e: End) : End =
            match e with
            | Some(x, _) when isLong x -> Some(Numbers.below 128 x, false)
            | _ -> e
        { Low = shorter r.Low; High = flip (shorter (flip r.High)) }
