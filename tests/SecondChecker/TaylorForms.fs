// Taylor forms of a formula in one input on a piece, and whether they keep it between two bounds.
// Follows docs/kernel-certificates.md, sections 2.1 (what bound 1 collects), 3.1 and 3.2.
namespace SecondChecker.Bounds

open SecondChecker
open System.Collections.Generic
open System.Numerics

/// Polynomials with rational coefficients in place of steps, where section 2.1 says so.
module private Collected =
    let private most = 200

    let private trimmed (coefficients: Rational list) =
        match List.tryFindIndexBack (fun (c: Rational) -> not c.IsZero) coefficients with
        | Some last -> List.truncate (last + 1) coefficients
        | None -> []

    let private add (a: Rational list) (b: Rational list) =
        let at (list: Rational[]) k = if k < list.Length then list[k] else Rational.Zero
        let a, b = Array.ofList a, Array.ofList b
        trimmed [ for k in 0 .. max a.Length b.Length - 1 -> at a k + at b k ]

    let private multiply (a: Rational list) (b: Rational list) =
        if a.IsEmpty || b.IsEmpty then
            []
        else
            let product = Array.create (a.Length + b.Length - 1) Rational.Zero
            a |> List.iteri (fun i p -> b |> List.iteri (fun j q -> product[i + j] <- product[i + j] + p * q))
            trimmed (List.ofArray product)

    let rec private power a n = if n = 0 then [ Rational.One ] else multiply (power a (n - 1)) a

    /// The step with everything collected that can be.
    let collect (steps: Steps) =
        let known = Dictionary<int, Step>()
        let polynomial coefficients = steps.Of(Polynomial coefficients)
        let rec collected step =
            match known.TryGetValue step.Id with
            | true, found -> found
            | _ ->
                let found = collectedAnew step.Shape
                known[step.Id] <- found
                found

        and collectedAnew shape =
            match shape with
            | Number value -> polynomial (trimmed [ value ])
            | Input _ -> polynomial [ Rational.Zero; Rational.One ]
            | Pi
            | Polynomial _ -> steps.Of shape
            | Sum parts ->
                let parts = parts |> List.map collected
                let polynomials, others =
                    parts
                    |> List.collect (fun p ->
                        match p.Shape with
                        | Sum inner -> inner
                        | _ -> [ p ])
                    |> List.partition (fun p -> p.Shape.IsPolynomial)
                let total =
                    polynomials
                    |> List.map (fun p ->
                        match p.Shape with
                        | Polynomial c -> c
                        | _ -> [])
                    |> List.fold add []
                match others, polynomials with
                | [], _ -> polynomial total
                | _, [] -> steps.Of(Sum others)
                | _ -> steps.Of(Sum(others @ [ polynomial total ]))
            | Product(a, b) ->
                let a, b = collected a, collected b
                match a.Shape, b.Shape with
                | Polynomial p, Polynomial q when p.Length + q.Length <= most -> polynomial (multiply p q)
                | _ -> steps.Of(Product(a, b))
            | Quotient(a, b) ->
                let a, b = collected a, collected b
                match a.Shape, b.Shape with
                | Polynomial p, Polynomial [ c ] -> polynomial (p |> List.map (fun x -> x / c))
                | _ -> steps.Of(Quotient(a, b))
            | Power(a, r) ->
                let a = collected a
                match a.Shape with
                | Polynomial p when
                    r.IsInteger && r.Sign >= 0 && r.Numerator * BigInteger(max 0 (p.Length - 1)) <= BigInteger most
                    && (p.Length > 1 || r.Numerator <= BigInteger 10000)
                    ->
                    if p.Length = 1 then polynomial [ Rational.Power(p.Head, int r.Numerator) ]
                    elif p.IsEmpty then polynomial (if r.IsZero then [ Rational.One ] else [])
                    else polynomial (power p (int r.Numerator))
                | _ -> steps.Of(Power(a, r))
            | GeneralPower(a, b) -> steps.Of(GeneralPower(collected a, collected b))
            | Apply(f, a) -> steps.Of(Apply(f, collected a))
            | Minimum(a, b) -> steps.Of(Minimum(collected a, collected b))
            | Maximum(a, b) -> steps.Of(Maximum(collected a, collected b))
            | Comparison(relation, l, r, p, q) ->
                steps.Of(Comparison(relation, collected l, collected r, collected p, collected q))
        collected

/// C_0 … C_m and R: for some c_k in C_k, f = Σ c_k t^k + ρ t^(m+1) with ρ in R. The order m is -1 where there are no
/// C_k.
type private TaylorForm = { C: Ball[]; R: Ball }

/// The forms of the steps of a formula on x = centre + 2^s t, t in T.
type private Piece(a: Arithmetic, centre: Rational, s: int, t: Ball, order: int) =
    let known = Dictionary<int, TaylorForm>()

    let orderOf form = form.C.Length - 1
    let constant ball = { C = Array.init (order + 1) (fun k -> if k = 0 then ball else a.Zero); R = a.Zero }

    // tail j, for all j from m + 1 down to 0
    let tails form =
        let tails = Array.create (form.C.Length + 1) form.R
        for j in form.C.Length - 1 .. -1 .. 0 do
            tails[j] <- a.Add(a.Multiply(tails[j + 1], t), form.C[j])
        tails

    let range form = (tails form)[0]
    let truncated k form =
        if orderOf form <= k then form else { C = Array.truncate (k + 1) form.C; R = (tails form)[k + 1] }

    let alike f g =
        let k = min (orderOf f) (orderOf g)
        truncated k f, truncated k g

    let add f g =
        let f, g = alike f g
        { C = Array.map2 (fun x y -> a.Add(x, y)) f.C g.C; R = a.Add(f.R, g.R) }

    let map operation f = { C = Array.map operation f.C; R = operation f.R }
    let negate f = map a.Negate f
    let sumOf (balls: Ball seq) = balls |> Seq.fold (fun x y -> a.Add(x, y)) a.Zero
    let isConstant f = orderOf f >= 0 && f.R.IsZero && f.C |> Array.skip 1 |> Array.forall (fun c -> c.IsZero)

    let multiply f g =
        let f, g = alike f g
        if isConstant f then map (fun c -> a.Multiply(f.C[0], c)) g
        elif isConstant g then map (fun c -> a.Multiply(g.C[0], c)) f
        else
            let m = orderOf f
            let tail = tails g
            { C = Array.init (m + 1) (fun k -> sumOf [ for i in 0..k -> a.Multiply(f.C[i], g.C[k - i]) ])
              R = sumOf [ yield! [ for i in 0..m -> a.Multiply(f.C[i], tail[m + 1 - i]) ]; a.Multiply(f.R, tail[0]) ] }

    let rec divide f g =
        let f, g = alike f g
        require (orderOf g >= 0) "a quotient of order below 0"
        if g.C[0].IsZero then
            require (f.C[0].IsZero && orderOf f >= 1) "a quotient whose denominator is 0 at the centre"
            divide { f with C = Array.tail f.C } { g with C = Array.tail g.C }
        else
            let m = orderOf f
            let tail = tails g
            require (not g.C[0].HasZero && not tail[0].HasZero) "a quotient whose denominator may be 0"
            let q = Array.create (m + 1) a.Zero
            for k in 0..m do
                let before = sumOf [ for i in 0 .. k - 1 -> a.Multiply(q[i], g.C[k - i]) ]
                q[k] <- a.Divide(a.Subtract(f.C[k], before), g.C[0])
            let before = sumOf [ for i in 0..m -> a.Multiply(q[i], tail[m + 1 - i]) ]
            { C = q; R = a.Divide(a.Subtract(f.R, before), tail[0]) }

    // φ(f), given the Taylor coefficients of φ: coefficient k over a ball
    let compose (coefficients: int -> Ball -> Ball[]) (remainder: int -> Ball -> Ball) f =
        require (orderOf f >= 0) "a function of a form of order below 0"
        let m = orderOf f
        let h = coefficients m f.C[0]
        let hull = a.Hull(range f, f.C[0])
        let slope = { f with C = Array.tail f.C } // δ = t·slope
        let mutable result = { C = [||]; R = remainder (m + 1) hull }
        for k in m .. -1 .. 0 do
            let product =
                let p, q = alike slope result
                multiply p q
            result <- { product with C = Array.append [| h[k] |] product.C }
        result

    let factorial n = Seq.fold (fun p k -> p * BigInteger(k: int)) BigInteger.One (seq { 1..n })

    // coefficient k of a function whose derivatives are a cycle of functions
    let cycle (derivatives: (Ball -> Ball) list) f =
        let coefficient k y = a.DivideBy(derivatives[k % derivatives.Length] y, factorial k)
        compose (fun m y -> [| for k in 0..m -> coefficient k y |]) coefficient f

    let exp f = cycle [ a.Exp ] f
    let negated (g: Ball -> Ball) y = a.Negate(g y)
    let sin f = cycle [ a.Sin; a.Cos; negated a.Sin; negated a.Cos ] f
    let cos f = cycle [ a.Cos; negated a.Sin; negated a.Cos; a.Sin ] f
    let sinh f = cycle [ a.Sinh; a.Cosh ] f
    let cosh f = cycle [ a.Cosh; a.Sinh ] f

    let log f =
        require ((range f).Low.Sign > 0) "a logarithm of what may not be positive"
        let coefficient k (y: Ball) =
            if k = 0 then
                a.Log y
            else
                let inverse = a.DivideBy(a.Inverse(a.WholePower(y, k)), BigInteger k)
                if k % 2 = 1 then inverse else a.Negate inverse
        compose (fun m y -> [| for k in 0..m -> coefficient k y |]) coefficient f

    let atan f =
        let coefficients m (y: Ball) =
            let q = Array.create (m + 1) a.Zero
            let denominator = a.Add(a.One, a.WholePower(y, 2))
            for k in 0 .. m - 1 do
                let before1 = if k >= 1 then a.Scale(a.Multiply(y, q[k - 1]), 1) else a.Zero
                let before2 = if k >= 2 then q[k - 2] else a.Zero
                let first = if k = 0 then a.One else a.Zero
                q[k] <- a.Divide(a.Subtract(first, a.Add(before1, before2)), denominator)
            [| a.Atan y
               for k in 1..m do
                   a.DivideBy(q[k - 1], BigInteger k) |]
        let remainder n (y: Ball) =
            let least = if y.HasZero then BigInteger.Zero else min (BigInteger.Abs y.Low) (BigInteger.Abs y.High)
            let square = a.Add(a.One, a.WholePower({ Low = least; High = least }, 2))
            let size = a.DivideBy(a.Inverse(a.WholePower(square, n / 2)), BigInteger n)
            { Low = -size.High; High = size.High }
        compose coefficients remainder f

    let erf f =
        // those of erf' = b, where b' = -2 x b
        let derivative m (y: Ball) =
            let b = Array.create (m + 1) a.Zero
            b[0] <- a.ErfSlope y
            for k in 0 .. m - 1 do
                let before = if k >= 1 then b[k - 1] else a.Zero
                b[k + 1] <- a.DivideBy(a.Negate(a.Scale(a.Add(a.Multiply(y, b[k]), before), 1)), BigInteger(k + 1))
            b
        let coefficients m (y: Ball) =
            let b = derivative m y
            [| a.Erf y
               for k in 1..m do
                   a.DivideBy(b[k - 1], BigInteger k) |]
        let remainder n (y: Ball) = a.DivideBy((derivative (n - 1) y)[n - 1], BigInteger n)
        compose coefficients remainder f

    let sinc f =
        compose (fun m y -> a.SincCoefficients(m, y)) (fun n y -> (a.SincCoefficients(n, y))[n]) f

    let rationalPower (r: Rational) f =
        require ((range f).Low.Sign > 0) "a power that is no integer of what may not be positive"
        let binomial k =
            Seq.fold (fun b i -> b * (r - Rational.Of(i: int)) / Rational.Of(i + 1)) Rational.One (seq { 0 .. k - 1 })
        let coefficient k (y: Ball) = a.Multiply(a.Number(binomial k), a.RationalPower(y, r - Rational.Of(k: int)))
        compose (fun m y -> [| for k in 0..m -> coefficient k y |]) coefficient f

    let rec wholePower f n =
        if n = 0 then
            constant a.One
        elif n = 1 then
            f
        else
            let half = wholePower f (n / 2)
            let square = multiply half half
            if n % 2 = 0 then square else multiply square f

    let polynomial (coefficients: Rational list) =
        // Horner's rule about the centre, coefficient by coefficient
        let c = coefficients |> List.map a.Number |> Array.ofList
        let at = a.Number centre
        for start in 0 .. c.Length - 2 do
            for k in c.Length - 2 .. -1 .. start do
                c[k] <- a.Add(c[k], a.Multiply(at, c[k + 1]))
        let scaled = c |> Array.mapi (fun k x -> a.Scale(x, s * k))
        if scaled.Length <= order + 1 then
            { C = Array.init (order + 1) (fun k -> if k < scaled.Length then scaled[k] else a.Zero); R = a.Zero }
        else
            truncated order { C = scaled; R = a.Zero }

    let rec form step =
        match known.TryGetValue step.Id with
        | true, found -> found
        | _ ->
            let found = formAnew step.Shape
            known[step.Id] <- found
            found

    and formAnew shape =
        match shape with
        | Number value -> constant (a.Number value)
        | Pi -> constant a.Pi
        | Input _ -> polynomial [ Rational.Zero; Rational.One ]
        | Polynomial coefficients -> polynomial coefficients
        | Sum parts -> parts |> List.map form |> List.reduce add
        | Product(p, q) -> multiply (form p) (form q)
        | Quotient(p, q) -> divide (form p) (form q)
        | Power(p, r) when r.IsInteger ->
            require (BigInteger.Abs r.Numerator <= BigInteger 10000) "an exponent above 10000"
            let n = int r.Numerator
            let power = wholePower (form p) (abs n)
            if n >= 0 then power else divide (constant a.One) power
        | Power(p, r) -> rationalPower r (form p)
        | GeneralPower(p, q) -> exp (multiply (form q) (log (form p)))
        | Apply(f, p) -> apply f (form p)
        | Minimum(p, q) -> chosen (form p) (form q) false
        | Maximum(p, q) -> chosen (form p) (form q) true
        | Comparison(relation, l, r, holds, fails) ->
            match Formula.decide relation (range (add (form l) (negate (form r)))) with
            | Some true -> form holds
            | Some false -> form fails
            | None -> refuse "a comparison is open"

    and chosen f g isMaximum =
        let difference = range (add f (negate g))
        if difference.Low.Sign >= 0 then (if isMaximum then f else g)
        elif difference.High.Sign <= 0 then (if isMaximum then g else f)
        else refuse "a minimum or maximum is open"

    and apply f p =
        match f with
        | Exp -> exp p
        | Log -> log p
        | Sin -> sin p
        | Cos -> cos p
        | Atan -> atan p
        | Sinh -> sinh p
        | Cosh -> cosh p
        | Tan -> divide (sin p) (cos p)
        | Tanh -> divide (sinh p) (cosh p)
        | Erf -> erf p
        | Sinc -> sinc p
        | Abs ->
            let values = range p
            if values.Low.Sign >= 0 then p
            elif values.High.Sign <= 0 then negate p
            else refuse "an absolute value is open"

    /// An enclosure of the values of a step.
    member _.Range step = range (form step)

    /// Section 3.2: lower ≤ f ≤ upper by Bernstein coefficients.
    member _.IsBounded(step, lower: Rational, upper: Rational) =
        let f = form step
        let m = orderOf f
        require (m >= 0) "a form of order below 0"
        let w = Arithmetic.Of(a.Bits + 64)
        let error =
            let rest =
                a.Multiply({ Low = f.R.Magnitude; High = f.R.Magnitude },
                           a.WholePower({ Low = t.Magnitude; High = t.Magnitude }, m + 1))
            a.Exact((f.C |> Array.sumBy (fun c -> c.Radius)) + rest.High)
        let lower, upper = lower + error, upper - error

        // Σ p_k t^k at t = T.low + width·u, by Taylor's shift, then scaled
        let point (k: BigInteger) = w.From(a, { Low = k; High = k })
        let d = f.C |> Array.map (fun c -> point c.Middle)
        let start, width = point t.Low, point (t.High - t.Low)
        for first in 0 .. m - 1 do
            for k in m - 1 .. -1 .. first do
                d[k] <- w.Add(d[k], w.Multiply(start, d[k + 1]))
        let mutable power = w.One
        for k in 1..m do
            power <- w.Multiply(power, width)
            d[k] <- w.Multiply(d[k], power)
        let choose n k = factorial n / (factorial k * factorial (n - k))
        let b =
            [| for i in 0..m ->
                   Seq.fold
                       (fun sum k ->
                           let ratio = Rational.Of(choose i k, choose m k)
                           let term = { Low = d[k].Low * ratio.Numerator; High = d[k].High * ratio.Numerator }
                           w.Add(sum, w.DivideBy(term, ratio.Denominator)))
                       w.Zero
                       (seq { 0..i }) |]

        let within (c: Ball) = lower <= w.Exact c.Low && w.Exact c.High <= upper
        let isOutside (c: Ball) = w.Exact c.High < lower || w.Exact c.Low > upper
        let rec bounded (b: Ball[]) depth =
            if Array.forall within b then
                true
            elif depth = 0 || isOutside b[0] || isOutside b[m] then
                false
            else
                // de Casteljau's algorithm at 1/2
                let left, right = Array.copy b, Array.copy b
                for level in 1..m do
                    for i in 0 .. m - level do
                        right[i] <- w.Scale(w.Add(right[i], right[i + 1]), -1)
                    left[level] <- right[0]
                bounded left (depth - 1) && bounded right (depth - 1)
        bounded b 64
