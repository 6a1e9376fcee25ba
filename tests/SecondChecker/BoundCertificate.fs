// Certificates of bounds of a formula in one input: `proofs-certificate bound 1`.
// Follows docs/kernel-certificates.md, section 3.
namespace SecondChecker.Bounds

open SecondChecker

module BoundCertificate =
    let header = "proofs-certificate bound 1"
    let private longest = 20_000
    let private largestExponent = 16384
    let private rational text = Numbers.rational longest text
    let private dyadic text = Numbers.dyadic longest largestExponent text

    /// Whether an enclosure at a precision of these suffices; `judge` says so, or None where a narrower one is needed.
    /// A precision at which there is no enclosure does not suffice.
    let sufficesAt precisions (judge: int -> bool option) =
        precisions
        |> Seq.tryPick (fun bits ->
            try
                judge bits
            with Refusal _ -> None)
        |> Option.defaultValue false

    /// Whether what is enclosed is at most a value.
    let isAtMost value (low: Rational, high: Rational) =
        if high <= value then Some true elif low > value then Some false else None

    /// Whether what is enclosed is at least a value.
    let isAtLeast value (low: Rational, high: Rational) =
        if low >= value then Some true elif high < value then Some false else None

    let private precisions = seq { for k in 0..6 -> 256 <<< k }

    // An enclosure of the value at a point, which exists if this does not refuse.
    let private valueAt formula (x: Rational) bits =
        let a = Arithmetic.Of bits
        let centre = Numbers.below bits x
        let t = a.Between(Rational.Zero, x - centre)
        let values = Piece(a, centre, 0, t, 0).Range formula
        a.Exact values.Low, a.Exact values.High

    // The smallest s with a distance of at most 2^s.
    let private scaleOf (distance: Rational) =
        if distance.IsZero then
            0
        else
            let guess = int (distance.Numerator.GetBitLength() - distance.Denominator.GetBitLength())
            Seq.find (fun e -> distance <= Rational.PowerOfTwo e) (seq { guess - 1 .. guess + 1 })

    let private checkPiece formula lower upper low high centre order bits =
        let a = Arithmetic.Of bits
        let s = scaleOf (max (high - centre) (centre - low))
        let inUnits x = (x - centre) * Rational.PowerOfTwo -s
        let t = a.Between(inUnits low, inUnits high)
        require (Piece(a, centre, s, t, order).IsBounded(formula, lower, upper)) "a piece is not bounded"

    /// Reads a certificate wholly; ends in a Refusal unless all is as described.
    let check (lines: Lines) =
        lines.Exactly header
        let steps = Steps()
        let formula = Formula.read steps (Formula.inputs 1) (lines.Rest "formula") |> Collected.collect steps
        let numbers word = lines.After(word, 2) |> Array.map rational
        let bounds = numbers "bounds"
        let lower, upper = bounds[0], bounds[1]
        let least = numbers "least"
        let largest = numbers "largest"

        let readPiece () =
            let words = lines.After("piece", 5)
            let order, bits = Numbers.natural words[3], Numbers.natural words[4]
            require (order <= 64) "an order above 64"
            require (64 <= bits && bits <= 16384) "bits that are not from 64 to 16384"
            let low, high, centre = dyadic words[0], dyadic words[1], dyadic words[2]
            require (low < high && low <= centre && centre <= high) "a piece that is empty, or a centre outside"
            checkPiece formula lower upper low high centre order bits
            low, high

        let readInterval () =
            let ends = numbers "domain"
            require (ends[0] <= ends[1]) "an empty interval"
            let first, last = Numbers.below 256 ends[0], Numbers.above 256 ends[1]
            if first = last then
                let isBetween bits =
                    let value = valueAt formula first bits
                    match isAtLeast lower value, isAtMost upper value with
                    | Some true, Some true -> Some true
                    | Some false, _
                    | _, Some false -> Some false
                    | _ -> None
                require (sufficesAt precisions isBetween) "the value at a point is not between the bounds"
            else
                let mutable at = first
                while at <> last do
                    let low, high = readPiece ()
                    require (low = at) "a piece does not begin where the one before it ends"
                    at <- high
            ends

        let intervals =
            [ readInterval ()
              while lines.Peek <> "end" do
                  readInterval () ]
        lines.Exactly "end"
        lines.End()

        let checkPoint (point: Rational[]) isReached =
            let x = point[0]
            require (List.exists (fun (ends: Rational[]) -> ends[0] <= x && x <= ends[1]) intervals)
                "a point outside the domain"
            require (sufficesAt precisions (fun bits -> isReached point[1] (valueAt formula x bits)))
                "a value is not reached"
        checkPoint least isAtMost
        checkPoint largest isAtLeast
