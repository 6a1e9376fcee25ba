// Certificates of bounds of a formula in several inputs: `proofs-certificate bound 2`.
// Follows docs/kernel-certificates.md, sections 4 and 4.2.
namespace SecondChecker.Bounds

open SecondChecker
open System.Numerics

type private Box = (Rational * Rational)[]

/// What a tree shows: a bound of Σ factor·term.
type private Group =
    { Terms: (Rational * Step) list
      Bound: Rational }

/// The rules of section 4.2, in the arithmetic of the file.
type private Rules(a: Arithmetic, group: Group) =
    let jet (box: Box) order = Jets(a, box, order, false).OfGroup group.Terms
    let exceeds (x: Ball) = a.Exact x.Low >= group.Bound
    let point (values: Rational[]) = values |> Array.map (fun x -> x, x)
    let isInside (values: Rational[]) (box: Box) = Array.forall2 (fun x (low, high) -> low <= x && x <= high) values box

    let known what value =
        match value with
        | Some v -> v
        | None -> refuse $"{what} is not known"

    let somewhere jet = jet |> known "a value anywhere"

    member _.Range(box: Box) =
        match jet box 0 with
        | None -> ()
        | Some f -> require (exceeds (known "a value" f.Value)) "the bound does not hold on a box"

    member _.Mean(box: Box, centre: Rational[]) =
        require (isInside centre box) "a centre outside its box"
        let f = somewhere (jet box 1)
        require f.IsContinuous "not continuous"
        let slopes = known "a slope" f.Slopes
        let at = known "a value" (somewhere (jet (point centre) 0)).Value
        let change =
            Array.map3 (fun g (low, high) c -> a.Multiply(g, a.Between(low - c, high - c))) slopes box centre
            |> Array.fold (fun x y -> a.Add(x, y)) at
        require (exceeds change) "the mean value form does not give the bound"

    member _.Convex(box: Box, shift: Rational, scales: int[], p: Rational[]) =
        require (shift.Sign >= 0) "a negative shift"
        require (isInside p box) "a point outside its box"
        let f = somewhere (jet box 2)
        require f.IsContinuous "not continuous"
        let bends = known "a second derivative" f.Bends
        let free = [| for i in 0 .. box.Length - 1 do if fst box[i] < snd box[i] then i |]

        // positive pivots of the matrix of midpoints, less the radii of each row and with the shift on the diagonal:
        // exactly
        let entry i j = a.Scale(bends[i, j], scales[i] + scales[j])
        let matrix =
            [| for i in free ->
                   [| for j in free ->
                          let middle = a.Exact((entry i j).Middle)
                          if i = j then
                              middle + shift - a.Exact(free |> Array.sumBy (fun k -> (entry i k).Radius))
                          else
                              middle |] |]
        for k in 0 .. free.Length - 1 do
            let pivot = matrix[k].[k]
            require (pivot.Sign > 0) "a matrix that is not positive definite"
            for i in k + 1 .. free.Length - 1 do
                let ratio = matrix[i].[k] / pivot
                for j in k .. free.Length - 1 do
                    matrix[i].[j] <- matrix[i].[j] - ratio * matrix[k].[j]

        let at = somewhere (Jets(a, point p, 1, true).OfGroup group.Terms)
        let slopes = known "a slope" at.Slopes
        let half = shift / Rational.Of 2
        let bound =
            free
            |> Array.fold
                (fun sum i ->
                    let low, high = box[i]
                    let unit = Rational.PowerOfTwo -scales[i]
                    let beta, gamma = (p[i] - low) * unit, (p[i] - high) * unit
                    let slope = a.Add(slopes[i], a.Number(half * (beta + gamma) * unit))
                    let term = a.Multiply(slope, a.Between(low - p[i], high - p[i]))
                    a.Add(a.Add(sum, a.Number(half * beta * gamma)), term))
                (known "a value" at.Value)
        require (exceeds bound) "the tangent plane does not give the bound"

    member _.Faces(box: Box, faces: (int * bool) list) =
        let f = somewhere (jet box 1)
        require f.IsContinuous "not continuous"
        let slopes = known "a slope" f.Slopes
        faces
        |> List.fold
            (fun (box: Box) (i, isUpper) ->
                require (if isUpper then slopes[i].High.Sign <= 0 else slopes[i].Low.Sign >= 0)
                    "not monotone towards a face"
                let low, high = box[i]
                Array.updateAt i (if isUpper then (high, high) else (low, low)) box)
            box

module BoxCertificate =
    let header = "proofs-certificate bound 2"
    let private longest = 2_000
    let private largestExponent = 4096
    let private mostBits = 16384
    let private rational text = Numbers.rational longest text
    let private dyadic text = Numbers.dyadic longest largestExponent text

    // the terms of the last step, with their factors
    let rec private termsOf factor step =
        match step.Shape with
        | Sum parts -> parts |> List.collect (termsOf factor)
        | Product(first, rest) ->
            match first.Shape with
            | Number c -> termsOf (factor * c) rest
            | _ -> [ factor, step ]
        | _ -> [ factor, step ]

    // the inputs that a step depends on
    let private inputsOf step =
        let seen = System.Collections.Generic.HashSet<int>()
        let rec visit step =
            if seen.Add step.Id then
                match step.Shape with
                | Input i -> [ i ]
                | Number _
                | Pi
                | Polynomial _ -> []
                | Sum parts -> List.collect visit parts
                | Power(f, _)
                | Apply(_, f) -> visit f
                | Product(f, g)
                | Quotient(f, g)
                | GeneralPower(f, g)
                | Minimum(f, g)
                | Maximum(f, g) -> visit f @ visit g
                | Comparison(_, l, r, f, g) -> List.collect visit [ l; r; f; g ]
            else
                []
        set (visit step)

    let private scale text =
        let value = Numbers.integer text
        require (BigInteger.Abs value <= BigInteger largestExponent) "a scale is too large"
        int value

    let private face (text: string) =
        require (text.EndsWith '-' || text.EndsWith '+') $"'{text}' is no face"
        Numbers.natural (text.Substring(0, text.Length - 1)), text.EndsWith '+'

    let private readTree (lines: Lines) (rules: Rules) (root: Box) =
        let n = root.Length
        let side i = require (i < n) "a side that there is not"
        let rec read (stack: Box list) =
            match stack with
            | [] -> ()
            | box :: rest ->
                let words = lines.Words()
                let arguments = Array.tail words
                match words[0] with
                | "cut" when arguments.Length = 2 ->
                    let i, at = Numbers.natural arguments[0], dyadic arguments[1]
                    side i
                    let low, high = box[i]
                    require (low < at && at < high) "a cut that is not inside its box"
                    read (Array.updateAt i (low, at) box :: Array.updateAt i (at, high) box :: rest)
                | "faces" when arguments.Length >= 1 ->
                    let faces = arguments |> Array.map face |> List.ofArray
                    faces |> List.iter (fst >> side)
                    read (rules.Faces(box, faces) :: rest)
                | "range" when arguments.Length = 0 ->
                    rules.Range box
                    read rest
                | "mean" when arguments.Length = n ->
                    rules.Mean(box, arguments |> Array.map dyadic)
                    read rest
                | "convex" when arguments.Length = 1 + 2 * n ->
                    let scales = arguments[1..n] |> Array.map scale
                    rules.Convex(box, dyadic arguments[0], scales, arguments[n + 1 ..] |> Array.map dyadic)
                    read rest
                | _ -> refuse $"'{words[0]}' is no line of a tree"
        read [ root ]

    let private readSide (lines: Lines) (a: Arithmetic) (terms: (Rational * Step)[]) (box: Box) (bound: Rational) =
        let rounded = box |> Array.map (fun (low, high) -> Numbers.below 256 low, Numbers.above 256 high)
        let rec groups missing total =
            if Set.isEmpty missing then
                total
            else
                let words = lines.After "terms"
                require (words.Length >= 2) "a group without terms"
                let places = words |> Array.tail |> Array.map Numbers.natural |> List.ofArray
                let here = set places
                require (here.Count = places.Length && Set.isSubset here missing)
                    "a term in two groups, or that there is not"
                let group = { Bound = rational words[0]; Terms = places |> List.map (fun k -> terms[k]) }
                let depends = group.Terms |> List.map (snd >> inputsOf) |> Set.unionMany
                let root =
                    rounded |> Array.mapi (fun i (low, high) -> if depends.Contains i then low, high else low, low)
                readTree lines (Rules(a, group)) root
                groups (missing - here) (total + group.Bound)
        require (groups (set [ 0 .. terms.Length - 1 ]) Rational.Zero >= bound)
            "the bounds of the groups do not add up to the bound"

    // An enclosure of the value at a point, at which the formula has one.
    let private valueAt formula (point: Rational[]) bits =
        let a = Arithmetic.Of bits
        match Jets(a, point |> Array.map (fun x -> x, x), 0, false).Of formula with
        | Some { Value = Some value; IsContinuous = true } -> a.Exact value.Low, a.Exact value.High
        | _ -> refuse "no value at a point"

    /// Reads a certificate wholly; ends in a Refusal unless all is as described.
    let check (lines: Lines) =
        lines.Exactly header
        let text = lines.Rest "formula"
        let n = Numbers.natural (lines.After("inputs", 1)[0])
        require (1 <= n && n <= 8) "inputs that are not from 1 to 8"
        let bits = Numbers.natural (lines.After("bits", 1)[0])
        require (32 <= bits && bits <= 4096) "bits that are not from 32 to 4096"
        let formula = Formula.read (Steps()) (Formula.inputs n) text
        let numbers (word: string) count = lines.After(word, count) |> Array.map rational
        let bounds = numbers "bounds" 2
        let least = numbers "least" (n + 1)
        let largest = numbers "largest" (n + 1)
        let a = Arithmetic.Of bits
        let terms = termsOf Rational.One formula |> Array.ofList
        let negated = terms |> Array.map (fun (factor, step) -> -factor, step)

        let readDomain () =
            let ends = numbers "domain" (2 * n)
            let box = Array.init n (fun i -> ends[2 * i], ends[2 * i + 1])
            require (Array.forall (fun (low, high) -> low <= high) box) "an empty box"
            lines.Exactly "below"
            readSide lines a terms box bounds[0]
            lines.Exactly "above"
            readSide lines a negated box -bounds[1]
            box

        let domain =
            [ readDomain ()
              while lines.Peek <> "end" do
                  readDomain () ]
        lines.Exactly "end"
        lines.End()

        let precisions = Seq.initInfinite (fun k -> bits <<< k) |> Seq.takeWhile (fun b -> b <= mostBits)
        let checkPoint (numbers: Rational[]) isReached =
            let point, value = Array.take n numbers, numbers[n]
            let isIn box = Array.forall2 (fun x (low, high) -> low <= x && x <= high) point box
            require (List.exists isIn domain) "a point outside the domain"
            require (BoundCertificate.sufficesAt precisions (fun bits -> isReached value (valueAt formula point bits)))
                "a value is not reached"
        checkPoint least BoundCertificate.isAtMost
        checkPoint largest BoundCertificate.isAtLeast
