// Enclosures of real numbers between integer multiples of 2^-B, for any B.
// Follows docs/kernel-certificates.md, section 2.2. A ball is kept by its two ends, which the section allows: every
// operation is exact where the result is a multiple of 2^-B and else loses a few units at most. Series are summed with
// more bits, in the same arithmetic.
namespace SecondChecker

open System
open System.Collections.Concurrent
open System.Numerics

/// All reals from Low to High, in units of 2^-B; B is that of the arithmetic it belongs to.
[<Struct>]
type Ball =
    { Low: BigInteger
      High: BigInteger }

    member x.IsZero = x.Low.IsZero && x.High.IsZero
    member x.HasZero = x.Low.Sign <= 0 && x.High.Sign >= 0
    /// The largest absolute value.
    member x.Magnitude = max (BigInteger.Abs x.Low) (BigInteger.Abs x.High)
    /// Nearly the middle.
    member x.Middle = (x.Low + x.High) >>> 1
    /// The distance of the middle from the end that is farther off.
    member x.Radius = x.High - x.Middle

module private Shift =
    /// floor(x/2^k), also for negative k.
    let down (x: BigInteger) k = if k >= 0 then x >>> k else x <<< -k

    /// ceil(x/2^k).
    let up (x: BigInteger) k = if k >= 0 then -((-x) >>> k) else x <<< -k

/// The arithmetic of B bits.
type Arithmetic private (bits: int) =
    static let known = ConcurrentDictionary<int, Arithmetic>()

    let one = BigInteger.One <<< bits
    let exact low = { Low = low; High = low }
    let zero = exact BigInteger.Zero

    // a sum of c·atan(1/n) (sign -1) or c·atanh(1/n) (sign 1), by its series in integers
    let inverseSeries sign (parts: (int * int) list) =
        let extra = 32
        let mutable sum = BigInteger.Zero
        let mutable slack = BigInteger.Zero
        for c, n in parts do
            let n = BigInteger n
            let mutable power = (one <<< extra) / n
            let mutable k = 0
            while not power.IsZero do
                let term = BigInteger c * power / BigInteger(2 * k + 1)
                sum <- if sign < 0 && k % 2 = 1 then sum - term else sum + term
                slack <- slack + BigInteger(2 * abs c + 2) // power is short by less than 2, and so is the division
                power <- power / (n * n)
                k <- k + 1
            slack <- slack + BigInteger(4 * abs c) // what is left of the series
        { Low = Shift.down (sum - slack) extra; High = Shift.up (sum + slack) extra }

    let pi = lazy inverseSeries -1 [ 16, 5; -4, 239 ]
    let log2 = lazy inverseSeries 1 [ 18, 26; -2, 4801; 8, 8749 ]

    static member Of bits = known.GetOrAdd(bits, fun b -> Arithmetic b)

    member _.Bits = bits
    member _.Pi = pi.Value
    member _.Log2 = log2.Value
    member _.Zero = zero
    member _.One = exact one

    /// The smallest ball around a rational number.
    member _.Number(x: Rational) =
        let scaled = x * Rational.PowerOfTwo bits
        { Low = scaled.Floor; High = scaled.Ceiling }

    /// The smallest ball around two rational numbers and what is between.
    member a.Between(low: Rational, high: Rational) = { Low = (a.Number low).Low; High = (a.Number high).High }

    member _.Integer(n: BigInteger) = exact (n <<< bits)

    /// An end as a rational number.
    member _.Exact(m: BigInteger) = Rational.Of m * Rational.PowerOfTwo -bits

    /// The ball of an arithmetic of other bits in this one, rounded outward.
    member _.From(other: Arithmetic, x: Ball) =
        let k = other.Bits - bits
        { Low = Shift.down x.Low k; High = Shift.up x.High k }

    member _.Add(x: Ball, y: Ball) = { Low = x.Low + y.Low; High = x.High + y.High }
    member _.Subtract(x: Ball, y: Ball) = { Low = x.Low - y.High; High = x.High - y.Low }
    member _.Negate(x: Ball) = { Low = -x.High; High = -x.Low }
    member _.Hull(x: Ball, y: Ball) = { Low = min x.Low y.Low; High = max x.High y.High }

    /// x·2^k.
    member _.Scale(x: Ball, k: int) = { Low = Shift.down x.Low -k; High = Shift.up x.High -k }

    member _.Multiply(x: Ball, y: Ball) =
        if x.Low = x.High && y.Low = y.High then
            let p = x.Low * y.Low
            { Low = Shift.down p bits; High = Shift.up p bits }
        else
            let a, b, c, d = x.Low * y.Low, x.Low * y.High, x.High * y.Low, x.High * y.High
            { Low = Shift.down (min (min a b) (min c d)) bits; High = Shift.up (max (max a b) (max c d)) bits }

    /// x/y; refused where y has 0.
    member _.Divide(x: Ball, y: Ball) =
        require (not y.HasZero) "a division by a ball with 0"
        let down (p: BigInteger) (q: BigInteger) =
            if q.Sign > 0 then Rational.FloorDivision(p <<< bits, q) else Rational.FloorDivision(-p <<< bits, -q)
        let ends rounded = [ rounded x.Low y.Low; rounded x.Low y.High; rounded x.High y.Low; rounded x.High y.High ]
        { Low = List.min (ends down); High = List.max (ends (fun p q -> -(down -p q))) }

    /// 1/x; refused where x has 0.
    member a.Inverse(x: Ball) = a.Divide(exact one, x)

    /// x/n for an integer n > 0.
    member _.DivideBy(x: Ball, n: BigInteger) =
        { Low = Rational.FloorDivision(x.Low, n); High = -(Rational.FloorDivision(-x.High, n)) }

    member _.Abs(x: Ball) =
        if x.Low.Sign >= 0 then x
        elif x.High.Sign <= 0 then { Low = -x.High; High = -x.Low }
        else { Low = BigInteger.Zero; High = x.Magnitude }

    /// x^n for whole n ≥ 0.
    member a.WholePower(x: Ball, n: int) =
        let rec power (y: Ball) k =
            if k = 1 then y
            else
                let half = power y (k / 2)
                let square = a.Multiply(half, half)
                if k % 2 = 0 then square else a.Multiply(square, y)
        if n = 0 then
            exact one
        elif n = 1 then
            x
        else
            let at e = power (exact e) n
            let low, high = at x.Low, at x.High
            if n % 2 = 1 then { Low = low.Low; High = high.High }
            elif x.HasZero then { Low = BigInteger.Zero; High = max low.High high.High }
            else { Low = min low.Low high.Low; High = max low.High high.High }

    // --- functions at a single point m·2^-B ---

    // Σ t^k/k! for |t| ≤ 1, in this arithmetic
    member private a.ExpSeries(t: Ball) =
        let mutable term = exact one
        let mutable sum = exact one
        let mutable k = 1
        while term.Magnitude > BigInteger.One do
            term <- a.DivideBy(a.Multiply(term, t), BigInteger k)
            sum <- a.Add(sum, term)
            k <- k + 1
        // the next terms are at most half as large, one after the other
        { Low = sum.Low - BigInteger 2; High = sum.High + BigInteger 2 }

    member private a.ExpAt(m: BigInteger) =
        if m.IsZero then
            exact one
        elif m > (BigInteger 8192 <<< bits) then
            refuse "an exponential above exp(2^13)"
        elif m < -(BigInteger(bits + 64) <<< bits) then
            { Low = BigInteger.Zero; High = BigInteger.One }
        else
            // x = k log 2 + r, and exp(r) is the 2^halvings-th power of exp(r/2^halvings)
            let halvings = 8
            let k = int (Rational.FloorDivision(m, a.Log2.Low))
            let w = Arithmetic.Of(bits + max 0 k + 64)
            let x = w.From(a, exact m)
            let r = w.Subtract(x, w.Multiply(w.Integer(BigInteger k), w.Log2))
            let mutable y = w.ExpSeries(w.Scale(r, -halvings))
            for _ in 1..halvings do
                y <- w.Multiply(y, y)
            a.From(w, w.Scale(y, k))

    member private a.LogAt(m: BigInteger) =
        require (m.Sign > 0) "a logarithm of what is not positive"
        if m = one then
            zero
        else
            // x = 2^k y with y in [3/4, 3/2], and log y = 2 atanh((y - 1)/(y + 1))
            let length = int (m.GetBitLength())
            let k = length - bits - (if m * BigInteger 4 < (BigInteger 3 <<< length) then 1 else 0)
            let w = Arithmetic.Of(bits + 64)
            let y = w.Scale(exact m, w.Bits - bits - k)
            let z = w.Divide(w.Subtract(y, w.One), w.Add(y, w.One))
            let square = w.Multiply(z, z)
            let mutable power = z
            let mutable sum = z
            let mutable n = 3
            while power.Magnitude > BigInteger.One do
                power <- w.Multiply(power, square)
                sum <- w.Add(sum, w.DivideBy(power, BigInteger n))
                n <- n + 2
            let sum = { Low = sum.Low - BigInteger 2; High = sum.High + BigInteger 2 }
            let shift = w.Multiply(w.Integer(BigInteger k), w.Log2)
            a.From(w, w.Add(w.Scale(sum, 1), shift))

    member private a.AtanAt(m: BigInteger) =
        if m.IsZero then
            zero
        else
            let w = Arithmetic.Of(bits + 64)
            let x = w.From(a, exact (BigInteger.Abs m))
            let isLarge = x.Low > w.One.Low
            let mutable y = if isLarge then w.Inverse x else x
            // atan y = 2 atan(y/(1 + sqrt(1 + y^2)))
            let halvings = 3
            for _ in 1..halvings do
                y <- w.Divide(y, w.Add(w.One, w.Root(w.Add(w.One, w.Multiply(y, y)))))
            let square = w.Negate(w.Multiply(y, y))
            let mutable power = y
            let mutable sum = y
            let mutable n = 3
            while power.Magnitude > BigInteger.One do
                power <- w.Multiply(power, square)
                sum <- w.Add(sum, w.DivideBy(power, BigInteger n))
                n <- n + 2
            let sum = w.Scale({ Low = sum.Low - BigInteger 2; High = sum.High + BigInteger 2 }, halvings)
            let value = if isLarge then w.Subtract(w.Scale(w.Pi, -1), sum) else sum
            let value = a.From(w, value)
            if m.Sign < 0 then a.Negate value else value

    // the square root of a positive ball, by integer square roots of its ends
    member private _.Root(x: Ball) =
        let floorRoot (n: BigInteger) =
            let mutable r = BigInteger.One <<< int ((n.GetBitLength() + 1L) / 2L)
            let mutable next = (r + n / r) >>> 1
            while next < r do
                r <- next
                next <- (r + n / r) >>> 1
            r
        { Low = floorRoot (x.Low <<< bits); High = floorRoot (x.High <<< bits) + BigInteger.One }

    // (sin, cos)
    member private a.CircularAt(m: BigInteger) =
        if m.IsZero then
            zero, exact one
        else
            // x = k π/2 + r
            let extra = int (m.GetBitLength()) - bits |> max 0
            let w = Arithmetic.Of(bits + extra + 64)
            let x = w.From(a, exact m)
            let quarter = w.Scale(w.Pi, -1)
            let k = Rational.FloorDivision((x.Low <<< 1) + quarter.Low, quarter.Low <<< 1)
            let r = w.Subtract(x, w.Multiply(w.Integer k, quarter))
            let series (first: Ball) start =
                let square = w.Negate(w.Multiply(r, r))
                let mutable term = first
                let mutable sum = first
                let mutable n = start
                while term.Magnitude > BigInteger.One do
                    term <- w.DivideBy(w.Multiply(term, square), BigInteger(n * (n + 1)))
                    sum <- w.Add(sum, term)
                    n <- n + 2
                { Low = sum.Low - BigInteger 2; High = sum.High + BigInteger 2 }
            let s, c = series r 2, series w.One 1
            let sine, cosine =
                match int (((k % BigInteger 4) + BigInteger 4) % BigInteger 4) with
                | 0 -> s, c
                | 1 -> c, w.Negate s
                | 2 -> w.Negate s, w.Negate c
                | _ -> w.Negate c, s
            a.From(w, sine), a.From(w, cosine)

    // --- functions of balls ---

    member private _.Increasing(at: BigInteger -> Ball, x: Ball) =
        let low = at x.Low
        if x.Low = x.High then low else { Low = low.Low; High = (at x.High).High }

    member a.Exp(x: Ball) = a.Increasing(a.ExpAt, x)
    member a.Log(x: Ball) = a.Increasing(a.LogAt, x)
    member a.Atan(x: Ball) = a.Increasing(a.AtanAt, x)

    // erf at a point by the Taylor series of the integral, whose terms alternate:
    // 2/sqrt(pi) sum of (-1)^n x^(2n+1)/(n! (2n+1))
    member private a.ErfAt(m: BigInteger) =
        let square = (m * m) >>> (2 * bits) // the whole part of x^2
        if m.IsZero then
            zero
        elif square >= BigInteger(bits + 1) then
            // 1 - erf x < e^(-x^2) is below one unit
            let value = { Low = one - BigInteger.One; High = one }
            if m.Sign > 0 then value else a.Negate value
        else
            // no term is above e^(x^2) x, which takes these bits more
            let w = Arithmetic.Of(bits + 64 + 2 * int square)
            let x = w.From(a, exact m)
            let negative = w.Negate(w.WholePower(x, 2))
            let mutable power = x // (-1)^n x^(2n+1)/n!
            let mutable sum = x
            let mutable n = 0
            while power.Magnitude > BigInteger.One || BigInteger n <= square do
                n <- n + 1
                power <- w.DivideBy(w.Multiply(power, negative), BigInteger n)
                sum <- w.Add(sum, w.DivideBy(power, BigInteger(2 * n + 1)))
            // from here on the terms fall and alternate: what is left of them is at most one unit
            let sum = { Low = sum.Low - BigInteger 2; High = sum.High + BigInteger 2 }
            a.From(w, w.Multiply(w.Scale(sum, 1), w.Inverse(w.Root w.Pi)))

    member a.Erf(x: Ball) =
        require (x.IsZero || bits <= 4096) "erf with more than 4096 bits"
        a.Increasing(a.ErfAt, x)

    /// erf' x = 2/sqrt(pi) e^(-x^2)
    member a.ErfSlope(x: Ball) =
        a.Multiply(a.Exp(a.Negate(a.WholePower(x, 2))), a.Divide(a.Scale(a.One, 1), a.Root a.Pi))

    member private _.Circular(at: BigInteger -> Ball, x: Ball) =
        let y = at x.Middle
        { Low = max (y.Low - x.Radius) -one; High = min (y.High + x.Radius) one }

    member a.Sin(x: Ball) = a.Circular((fun m -> fst (a.CircularAt m)), x)
    member a.Cos(x: Ball) = a.Circular((fun m -> snd (a.CircularAt m)), x)

    // the coefficients of sinc = sin(x)/x about a point m·2^-B: near 0 by the derivatives of its series
    // Σ (-1)^n x^(2n)/(2n+1)!, farther off by the rule of Leibniz for sin(x) times 1/x
    member private a.SincCoefficientsAt(order: int, m: BigInteger) =
        let whole = int (min (BigInteger.Abs m >>> bits) (BigInteger 64))
        if whole < 32 then
            // no term is above e^|x| 2^k, k the order
            let w = Arithmetic.Of(bits + 96 + 2 * whole + order)
            let x = w.From(a, exact m)
            let powers = System.Collections.Generic.List [ w.One ]
            let power n =
                while powers.Count <= n do
                    powers.Add(w.Multiply(powers[powers.Count - 1], x))
                powers[n]
            let coefficient k =
                let mutable n = (k + 1) / 2
                let mutable factorial =
                    Seq.fold (fun p i -> p * BigInteger(i: int)) BigInteger.One (seq { 1 .. 2 * n + 1 })
                let mutable binomial = if k % 2 = 0 then BigInteger.One else BigInteger(k + 1) // 2n over k
                let mutable sum = zero
                let mutable isOpen = true
                while isOpen do
                    let term = w.DivideBy(w.Multiply(power (2 * n - k), w.Integer binomial), factorial)
                    sum <- if n % 2 = 0 then w.Add(sum, term) else w.Subtract(sum, term)
                    // term n + 1 is term n times x^2 (2n + 1)/((2n + 3)(2n + 2 - k)(2n + 1 - k)), a factor that falls
                    isOpen <- term.Magnitude > BigInteger 2 || 2 * n + 1 - k < 2 * (whole + 1)
                    n <- n + 1
                    factorial <- factorial * BigInteger(2 * n) * BigInteger(2 * n + 1)
                    binomial <- binomial * BigInteger(2 * n) * BigInteger(2 * n - 1)
                                / (BigInteger(2 * n - k) * BigInteger(2 * n - 1 - k))
                // from here on the terms alternate and fall
                a.From(w, { Low = sum.Low - BigInteger 2; High = sum.High + BigInteger 2 })
            if m.IsZero then
                [| for k in 0..order do
                       // 1/(k+1)! with a sign
                       let value = Seq.fold (fun p i -> p * BigInteger(i: int)) BigInteger.One (seq { 1 .. k + 1 })
                       if k % 2 = 1 then zero
                       elif k % 4 = 0 then a.DivideBy(a.One, value)
                       else a.Negate(a.DivideBy(a.One, value)) |]
            else
                [| for k in 0..order -> coefficient k |]
        else
            let w = Arithmetic.Of(bits + 64)
            let x = w.From(a, exact m)
            let sine, cosine = w.Sin x, w.Cos x
            let turned = [| sine; cosine; w.Negate sine; w.Negate cosine |]
            let factorials = Array.scan (fun p i -> p * BigInteger(i: int)) BigInteger.One [| 1..order |]
            let inverse = w.Inverse x
            let inverses = Array.scan (fun p _ -> w.Negate(w.Multiply(p, inverse))) inverse [| 1..order |]
            [| for k in 0..order do
                   let part i = w.Multiply(w.DivideBy(turned[(k - i) % 4], factorials[k - i]), inverses[i])
                   let parts = List.map part [ 0..k ]
                   a.From(w, List.reduce (fun p q -> w.Add(p, q)) parts) |]

    /// sinc^(k)(x)/k! for k up to an order: the values at the middle, widened by what the next derivative allows, and
    /// cut to what this one does: |sinc^(k)| <= 1/(k+1), and <= 2/|x|, or 1/|x| for k = 0.
    member a.SincCoefficients(order: int, x: Ball) =
        let near = if x.HasZero then BigInteger.Zero else min (BigInteger.Abs x.Low) (BigInteger.Abs x.High)
        let units = Rational.PowerOfTwo bits
        let most k =
            let everywhere = Rational.One / Rational.Of(k + 1)
            if near.IsZero then
                everywhere
            else
                let far = Rational.Of(if k = 0 then 1 else 2) / a.Exact near
                if far < everywhere then far else everywhere
        let factorials = Array.scan (fun p i -> p * BigInteger(i: int)) BigInteger.One [| 1..order |]
        a.SincCoefficientsAt(order, x.Middle)
        |> Array.mapi (fun k y ->
            let bound = (most k * units / Rational.Of factorials[k]).Ceiling
            let spread = (Rational.Of x.Radius * most (k + 1) / Rational.Of factorials[k]).Ceiling
            { Low = max (y.Low - spread) -bound; High = min (y.High + spread) bound })

    // (e^x ∓ e^-x)/2 at a point
    member private a.HyperbolicAt(sign, m: BigInteger) =
        let e = a.ExpAt m
        require (e.Low.Sign > 0) "a hyperbolic function where the enclosure of the exponential is not positive"
        let inverse = a.ExpAt -m
        a.Scale((if sign < 0 then a.Subtract(e, inverse) else a.Add(e, inverse)), -1)

    member a.Sinh(x: Ball) =
        a.Increasing((fun m -> if m.IsZero then zero else a.HyperbolicAt(-1, m)), x)

    member a.Cosh(x: Ball) =
        let at m = if (m: BigInteger).IsZero then exact one else a.HyperbolicAt(1, m)
        let low, high = at x.Low, at x.High
        if x.HasZero then { Low = one; High = max low.High high.High }
        else { Low = min low.Low high.Low; High = max low.High high.High }

    /// x^r for a number r that is no integer; refused unless x > 0.
    member a.RationalPower(x: Ball, r: Rational) =
        require (x.Low.Sign > 0) "a power that is no integer of what is not positive"
        let w = Arithmetic.Of(bits + 64)
        let at m =
            if m = one then exact one
            else a.From(w, w.Exp(w.Multiply(w.Number r, w.Log(w.From(a, exact m)))))
        let low = at x.Low
        if x.Low = x.High then low
        else
            let high = at x.High
            if r.Sign > 0 then { Low = low.Low; High = high.High } else { Low = high.Low; High = low.High }
