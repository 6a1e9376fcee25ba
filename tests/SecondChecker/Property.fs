// A network and a property as a certificate writes them, and the exact values of the network.
// Follows docs/kernel-certificates.md, section 5 (format, "belongs to", "empty").
namespace SecondChecker.Networks

open SecondChecker
/// A sum of multiples, the index of what is multiplied first.
type Sum = (int * Rational) list

/// Σ a v <= bound, or < bound.
type Constraint =
    { Terms: Sum
      Bound: Rational
      IsStrict: bool }

/// z = W x + bias, row by row.
type Layer = { Rows: (Sum * Rational)[] }

/// A set of inputs: a box and constraints on the inputs, and on the outputs.
type Case =
    { Lower: Rational[]
      Upper: Rational[]
      Inputs: Constraint[]
      Outputs: Constraint[] }

    member x.IsEmpty = Array.exists2 (fun (a: Rational) b -> a > b) x.Lower x.Upper

type Network = { InputCount: int; Layers: Layer[] }

module Property =
    let private longest = 1500
    let private largestExponent = 2200
    let private mostWeights = 1L <<< 22

    /// A NUM of a network or a box.
    let number text = Numbers.number longest largestExponent text

    let private sum columns (words: string[]) : Sum =
        let terms =
            [ for word in words do
                  let colon = word.IndexOf ':'
                  require (colon >= 0) $"'{word}' has no colon"
                  Numbers.natural (word.Substring(0, colon)), number (word.Substring(colon + 1)) ]
        require (List.forall (fun (column, _) -> column < columns) terms) "a column is beyond the last one"
        require (List.pairwise terms |> List.forall (fun ((a, _), (b, _)) -> a < b)) "columns do not increase"
        terms

    let private readLayer (lines: Lines) columns =
        let rows = Numbers.natural (lines.After("layer", 1)[0])
        require (rows >= 1) "a layer without rows"
        { Rows =
            [| for _ in 1..rows do
                   let words = lines.After "row"
                   require (words.Length >= 1) "a row without a bias"
                   sum columns (Array.tail words), number words[0] |] }

    /// The lines from `network` on.
    let readNetwork (lines: Lines) =
        let words = lines.After("network", 2)
        let inputs, depth = Numbers.natural words[0], Numbers.natural words[1]
        require (inputs >= 1 && depth >= 1) "a network without inputs or layers"
        let mutable columns = inputs
        let mutable weights = 0L
        let layers =
            [| for _ in 1..depth do
                   let layer = readLayer lines columns
                   weights <- weights + int64 layer.Rows.Length * int64 columns
                   require (weights <= mostWeights) "a network with too many weights"
                   columns <- layer.Rows.Length
                   layer |]
        { InputCount = inputs; Layers = layers }

    let private readConstraints (lines: Lines) kind columns =
        [| while lines.Peek.StartsWith(kind + " ", System.StringComparison.Ordinal) do
               let words = lines.After kind
               require (words.Length >= 2 && (words[0] = "<=" || words[0] = "<")) $"no constraint on an {kind}"
               { Terms = sum columns (Array.skip 2 words)
                 Bound = number words[1]
                 IsStrict = (words[0] = "<") } |]

    /// n numbers after a word.
    let readPoint (lines: Lines) (word: string) count = lines.After(word, count) |> Array.map number

    let private readCase (lines: Lines) inputs outputs =
        lines.Exactly "case"
        let lower = readPoint lines "lower" inputs
        let upper = readPoint lines "upper" inputs
        let onInputs = readConstraints lines "input" inputs
        let onOutputs = readConstraints lines "output" outputs
        { Lower = lower; Upper = upper; Inputs = onInputs; Outputs = onOutputs }

    /// The lines from `property` to its `end`.
    let readCases (lines: Lines) network =
        let count = Numbers.natural (lines.After("property", 1)[0])
        require (count >= 1) "a property without a case"
        let outputs = (Array.last network.Layers).Rows.Length
        let cases = [| for _ in 1..count -> readCase lines network.InputCount outputs |]
        lines.Exactly "end"
        require (not (Array.forall (fun (c: Case) -> c.IsEmpty) cases)) "every case is empty"
        cases

    /// Σ a v.
    let valueOf (sum: Sum) (at: Rational[]) =
        sum |> List.fold (fun total (i, a) -> total + a * at[i]) Rational.Zero

    /// W x + bias.
    let apply layer (at: Rational[]) = layer.Rows |> Array.map (fun (sum, bias) -> bias + valueOf sum at)

    /// max(t, 0) in each coordinate.
    let rectify (values: Rational[]) = values |> Array.map (fun t -> if t.Sign > 0 then t else Rational.Zero)

    /// y(x).
    let evaluate network (point: Rational[]) =
        network.Layers
        |> Array.indexed
        |> Array.fold (fun x (l, layer) -> apply layer (if l = 0 then x else rectify x)) point

    let private holds (at: Rational[]) (c: Constraint) =
        let excess = valueOf c.Terms at - c.Bound
        if c.IsStrict then excess.Sign < 0 else excess.Sign <= 0

    /// Whether x belongs to a case.
    let belongs network (x: Rational[]) (case: Case) =
        Array.forall2 (fun (a: Rational) b -> a <= b) case.Lower x
        && Array.forall2 (fun (a: Rational) b -> a <= b) x case.Upper
        && Array.forall (holds x) case.Inputs
        && Array.forall (holds (evaluate network x)) case.Outputs
