// Values, continuity, slopes and second derivatives of a formula in several inputs on a box.
// Follows docs/kernel-certificates.md, section 4.1.
namespace SecondChecker.Bounds

open SecondChecker
open System.Collections.Generic
open System.Numerics

/// What is known of a step on a box. Slopes and Bends are empty where there are none.
type Jet =
    { Value: Ball option
      IsContinuous: bool
      Slopes: Ball[] option
      Bends: Ball[,] option }

/// A jet, or nothing: the step has a value at no point of the box.
type Jets(a: Arithmetic, box: (Rational * Rational)[], order: int, isPointOfLarger: bool) =
    let n = box.Length
    let known = Dictionary<int, Jet option>()
    let zeros () = Array.create n a.Zero

    // what an operation that may refuse gives
    let attempt operation =
        try
            Some(operation ())
        with Refusal _ -> None

    let unknown = { Value = None; IsContinuous = false; Slopes = None; Bends = None }
    let flat value slopes =
        { Value = Some value
          IsContinuous = true
          Slopes = if order >= 1 then Some slopes else None
          Bends = if order >= 2 then Some(Array2D.create n n a.Zero) else None }

    let add f g =
        { Value = Option.map2 (fun x y -> a.Add(x, y)) f.Value g.Value
          IsContinuous = f.IsContinuous && g.IsContinuous
          Slopes = Option.map2 (Array.map2 (fun x y -> a.Add(x, y))) f.Slopes g.Slopes
          Bends = Option.map2
              (fun p q -> Array2D.init n n (fun i j -> a.Add(Array2D.get p i j, Array2D.get q i j))) f.Bends g.Bends }

    let scale (operation: Ball -> Ball) f =
        { f with
            Value = Option.map operation f.Value
            Slopes = Option.map (Array.map operation) f.Slopes
            Bends = Option.map (Array2D.map operation) f.Bends }

    let multiply f g =
        match f.Value, g.Value with
        | Some x, Some y ->
            let slopes =
                Option.map2 (Array.map2 (fun u v -> a.Add(a.Multiply(u, y), a.Multiply(v, x)))) f.Slopes g.Slopes
            let bends =
                match f.Slopes, g.Slopes, f.Bends, g.Bends with
                | Some u, Some v, Some p, Some q ->
                    Some(Array2D.init n n (fun i j ->
                        let whole = a.Add(a.Multiply(p[i, j], y), a.Multiply(q[i, j], x))
                        a.Add(whole, a.Add(a.Multiply(u[i], v[j]), a.Multiply(u[j], v[i])))))
                | _ -> None
            { Value = Some(a.Multiply(x, y)); IsContinuous = f.IsContinuous && g.IsContinuous; Slopes = slopes;
              Bends = bends }
        | _ -> { unknown with IsContinuous = f.IsContinuous && g.IsContinuous }

    // φ(f): the values of φ, φ' and φ'' on that of f, and whether φ is defined and continuous there
    let compose f isContinuous (value: Ball -> Ball option) (first: Ball -> Ball option) (second: Ball -> Ball option) =
        match f.Value with
        | None -> unknown
        | Some x ->
            let value = value x
            let isContinuous = f.IsContinuous && isContinuous x && value.IsSome
            let slope = if isContinuous && order >= 1 then first x else None
            let slopes = Option.map2 (fun d u -> Array.map (fun y -> a.Multiply(d, y)) u) slope f.Slopes
            let bends =
                match slope, slopes, f.Slopes, f.Bends with
                | Some d, Some _, Some u, Some p when order >= 2 ->
                    second x
                    |> Option.map (fun e ->
                        Array2D.init n n (fun i j ->
                            let square = if i = j then a.WholePower(u[i], 2) else a.Multiply(u[i], u[j])
                            a.Add(a.Multiply(d, p[i, j]), a.Multiply(e, square))))
                | _ -> None
            { Value = value; IsContinuous = isContinuous; Slopes = slopes; Bends = bends }

    // φ that is continuous wherever its enclosure exists
    let composeKnown f value first second =
        compose f (fun _ -> true) (fun x -> attempt (fun () -> value x)) (fun x -> attempt (fun () -> first x))
            (fun x -> attempt (fun () -> second x))

    let square x = a.WholePower(x, 2)
    let twice x = a.Scale(x, 1)

    // x^r of a ball, unknown where it is not bounded
    let power (r: Rational) (x: Ball) =
        if r.IsInteger then
            let k = int r.Numerator
            attempt (fun () -> if k >= 0 then a.WholePower(x, k) else a.Inverse(a.WholePower(x, -k)))
        elif x.Low.Sign > 0 then
            attempt (fun () -> a.RationalPower(x, r))
        elif r.Sign < 0 then
            None
        elif x.High.Sign <= 0 then
            Some a.Zero
        else
            attempt (fun () -> a.RationalPower({ Low = x.High; High = x.High }, r)) |> Option.map
                (fun y -> { y with Low = BigInteger.Zero })

    // c x^r
    let multipleOfPower (c: Rational) r x =
        if c.IsZero then Some a.Zero else power r x |> Option.map (fun y -> a.Multiply(a.Number c, y))

    let powerOf f (r: Rational) =
        let one = Rational.One
        let isNowhere =
            match f.Value with
            | Some x -> not r.IsInteger && (x.High.Sign < 0 || (x.High.IsZero && r.Sign < 0))
            | None -> false
        if isNowhere then
            None
        elif r.IsInteger && BigInteger.Abs r.Numerator > BigInteger 10000 then
            Some unknown
        else
            let isContinuous (x: Ball) =
                if r.IsInteger then r.Sign >= 0 || not x.HasZero
                else x.Low.Sign > 0 || (x.Low.IsZero && r.Sign > 0)
            let slope = multipleOfPower r (r - one)
            Some(compose f isContinuous (power r) slope (multipleOfPower (r * (r - one)) (r - one - one)))

    let exp f = composeKnown f a.Exp a.Exp a.Exp

    // unknown unless positive
    let log f =
        composeKnown f a.Log a.Inverse (fun x -> a.Negate(a.Inverse(square x)))

    let tangent (x: Ball) =
        require (not (a.Cos x).HasZero) "a tangent at a pole"
        let at m =
            let x = { Low = m; High = m }
            a.Divide(a.Sin x, a.Cos x)
        { Low = (at x.Low).Low; High = (at x.High).High }

    let hyperbolicTangent (x: Ball) =
        let at m =
            let e = a.Exp(twice { Low = m; High = m })
            a.Subtract(a.One, a.Divide(twice a.One, a.Add(e, a.One)))
        { Low = (at x.Low).Low; High = (at x.High).High }

    let apply f p =
        match f with
        | Exp -> Some(exp p)
        | Log ->
            match p.Value with
            | Some x when x.High.Sign <= 0 -> None
            | _ -> Some(log p)
        | Sin -> Some(composeKnown p a.Sin a.Cos (a.Sin >> a.Negate))
        | Cos -> Some(composeKnown p a.Cos (a.Sin >> a.Negate) (a.Cos >> a.Negate))
        | Sinh -> Some(composeKnown p a.Sinh a.Cosh a.Sinh)
        | Cosh -> Some(composeKnown p a.Cosh a.Sinh a.Cosh)
        | Atan ->
            let derivative x = a.Inverse(a.Add(a.One, square x))
            Some(composeKnown p a.Atan derivative (fun x -> a.Negate(a.Multiply(twice x, square (derivative x)))))
        | Erf -> Some(composeKnown p a.Erf a.ErfSlope (fun x -> a.Negate(a.Multiply(twice x, a.ErfSlope x))))
        | Sinc ->
            let coefficient k x = (a.SincCoefficients(k, x))[k]
            Some(composeKnown p (coefficient 0) (coefficient 1) (coefficient 2 >> twice))
        | Tan ->
            let slope x = a.Add(a.One, square (tangent x))
            Some(composeKnown p tangent slope (fun x -> a.Multiply(twice (tangent x), slope x)))
        | Tanh ->
            let slope x = a.Subtract(a.One, square (hyperbolicTangent x))
            let curvature x = a.Negate(a.Multiply(twice (hyperbolicTangent x), slope x))
            Some(composeKnown p hyperbolicTangent slope curvature)
        | Abs ->
            match p.Value with
            | None -> Some unknown
            | Some x when x.Low.Sign > 0 || (x.Low.IsZero && not isPointOfLarger) -> Some p
            | Some x when x.High.Sign < 0 || (x.High.IsZero && not isPointOfLarger) -> Some(scale a.Negate p)
            | Some x ->
                let either = { Low = -a.One.Low; High = a.One.Low }
                Some
                    { Value = Some(a.Abs x)
                      IsContinuous = p.IsContinuous
                      Slopes = p.Slopes |> Option.map (Array.map (fun u -> a.Multiply(either, u)))
                      Bends = None }

    let withoutDerivatives f = { f with IsContinuous = false; Slopes = None; Bends = None }

    let extremum f g isMaximum =
        match f.Value, g.Value with
        | Some x, Some y ->
            let d = a.Subtract(x, y)
            let isAtLeast (d: Ball) = d.Low.Sign > 0 || (d.Low.IsZero && not isPointOfLarger)
            let one counts other = if other.IsContinuous then counts else withoutDerivatives counts
            if isAtLeast d then (if isMaximum then one f g else one g f)
            elif isAtLeast (a.Negate d) then (if isMaximum then one g f else one f g)
            else
                let choose = if isMaximum then max else min
                { Value = Some { Low = choose x.Low y.Low; High = choose x.High y.High }
                  IsContinuous = f.IsContinuous && g.IsContinuous
                  Slopes = Option.map2 (Array.map2 (fun u v -> a.Hull(u, v))) f.Slopes g.Slopes
                  Bends = None }
        | _ -> unknown

    let rec jet step =
        match known.TryGetValue step.Id with
        | true, found -> found
        | _ ->
            let found = jetAnew step.Shape
            known[step.Id] <- found
            found

    and both f g combine =
        match jet f, jet g with
        | Some f, Some g -> combine f g
        | _ -> None

    and jetAnew shape =
        match shape with
        | Number value -> Some(flat (a.Number value) (zeros ()))
        | Pi -> Some(flat a.Pi (zeros ()))
        | Input i -> Some(flat (a.Between box[i]) (Array.init n (fun j -> if i = j then a.One else a.Zero)))
        | Polynomial _ -> invalidOp "bound 2 collects nothing"
        | Sum parts ->
            let parts = parts |> List.map jet
            if List.contains None parts then None else Some(parts |> List.choose id |> List.reduce add)
        | Product(f, g) when f = g -> jet f |> Option.bind (fun f -> powerOf f (Rational.Of 2))
        | Product(f, g) -> both f g (fun f g -> Some(multiply f g))
        | Quotient(f, g) -> both f g (fun f g -> powerOf g (Rational.Of -1) |> Option.map (multiply f))
        | Power(f, r) -> jet f |> Option.bind (fun f -> powerOf f r)
        | GeneralPower(f, g) ->
            both f g (fun f g ->
                match f.Value with
                | Some x when x.Low.Sign > 0 -> Some(exp (multiply g (log f)))
                | _ -> Some unknown)
        | Apply(f, p) -> jet p |> Option.bind (apply f)
        | Minimum(f, g) -> both f g (fun f g -> Some(extremum f g false))
        | Maximum(f, g) -> both f g (fun f g -> Some(extremum f g true))
        | Comparison(relation, l, r, holds, fails) ->
            both l r (fun l r ->
                let decided =
                    Option.map2 (fun x y -> a.Subtract(x, y)) l.Value r.Value |> Option.bind (Formula.decide relation)
                let taken step =
                    jet step |> Option.map
                        (fun f -> if l.IsContinuous && r.IsContinuous then f else withoutDerivatives f)
                match decided with
                | Some true -> taken holds
                | Some false -> taken fails
                | None ->
                    match jet holds, jet fails with
                    | Some f, Some g ->
                        Some { unknown with Value = Option.map2 (fun x y -> a.Hull(x, y)) f.Value g.Value }
                    | Some f, None
                    | None, Some f -> Some(withoutDerivatives f)
                    | None, None -> None)

    /// The jet of a step; None where it has a value nowhere on the box.
    member _.Of step = jet step

    /// Σ factor·term; None where a term has a value nowhere.
    member _.OfGroup(terms: (Rational * Step) list) =
        let parts =
            terms |> List.map
                (fun (factor, step) -> jet step |> Option.map (scale (fun x -> a.Multiply(a.Number factor, x))))
        if List.contains None parts then None else Some(parts |> List.choose id |> List.reduce add)
