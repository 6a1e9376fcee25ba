// Certificates of properties of networks: `proofs-certificate network 1`.
// Follows docs/kernel-certificates.md, section 5.
namespace SecondChecker.Networks

open SecondChecker
/// A box of a tree with the signs that are assumed on it.
type private Part =
    { Lower: Rational[]
      Upper: Rational[]
      /// The division made last comes first, which is the order in which a leaf uses those of a layer.
      Signs: AssumedSign list }

module NetworkCertificate =
    let header = "proofs-certificate network 1"
    let private mostWalks = 16

    // Excludes the cases of a root by a tree; gives them.
    let private readTree (lines: Lines) network (cases: Case[]) (walks: int ref) =
        let words = lines.After "root"
        require (words.Length >= 1) "a root without cases"
        let named = words |> Array.map Numbers.natural
        require (Array.forall (fun c -> c < cases.Length) named) "a root names a case that there is not"
        let lower = Property.readPoint lines "lower" network.InputCount
        let upper = Property.readPoint lines "upper" network.InputCount
        for c in named do
            let case = cases[c]
            let isInside j = lower[j] <= case.Lower[j] && case.Upper[j] <= upper[j]
            require
                (case.IsEmpty || Seq.forall isInside (seq { 0 .. network.InputCount - 1 }))
                "the box of a root does not contain that of a case"

        // the output constraints of the cases of the root in order, and the place of the first of each
        let outputs = named |> Array.collect (fun c -> cases[c].Outputs)
        let firsts = named |> Array.scan (fun first c -> first + cases[c].Outputs.Length) 0
        let pass = lazy LeafPass(network, cases[0], outputs)

        let cutSide part (words: string[]) =
            let side = Numbers.natural words[0]
            require (side < network.InputCount) "a side that there is not"
            let low, high = part.Lower[side], part.Upper[side]
            let cut = if words.Length = 1 then (low + high) / Rational.Of 2 else Property.number words[1]
            require (low < cut && cut < high) "a cut that is not inside its box"
            require (cut.Denominator.GetBitLength() <= 2000) "a cut with too long a denominator"
            [ { part with Upper = Array.updateAt side cut part.Upper }
              { part with Lower = Array.updateAt side cut part.Lower } ]

        let cutUnit part (words: string[]) =
            let layer, place = Numbers.natural words[0], Numbers.natural words[1]
            require (layer < network.Layers.Length - 1) "a layer that is not hidden"
            require (place < network.Layers[layer].Rows.Length) "a unit that there is not"
            [ for isPositive in [ false; true ] ->
                  { part with Signs = { Layer = layer; Unit = place; IsPositive = isPositive } :: part.Signs } ]

        let isExcess (c: Constraint) sign = if c.IsStrict then sign >= 0 else sign > 0

        let leastInput part (c: Constraint) =
            c.Terms
            |> List.fold
                (fun total (i, a) -> total + a * (if a.Sign > 0 then part.Lower[i] else part.Upper[i]))
                (-c.Bound)

        let linearLeaf part (words: string[]) =
            require (words.Length = named.Length) "a leaf without a row for each case"
            let found = lazy pass.Value.Run(part.Lower, part.Upper, part.Signs)
            // the rows in order; the first output row runs the pass, and where that finds no point at all the leaf
            // holds
            let rec holds k =
                if k < words.Length then
                    let case = cases[named[k]]
                    if words[k].StartsWith 'i' then
                        let place = Numbers.natural (words[k].Substring 1)
                        require (place < case.Inputs.Length) "an input constraint that there is not"
                        let it = case.Inputs[place]
                        require (isExcess it (leastInput part it).Sign) "an input constraint is not violated"
                        holds (k + 1)
                    else
                        let place = Numbers.natural words[k]
                        require (place < case.Outputs.Length) "an output constraint that there is not"
                        match found.Value with
                        | NoPoint -> ()
                        | Excesses signs ->
                            require (isExcess case.Outputs[place] signs[firsts[k] + place])
                                "an output constraint is not violated"
                            holds (k + 1)
            holds 0

        let exactLeaf part =
            walks.Value <- walks.Value + 1
            require (walks.Value <= mostWalks) "too many exact walks"
            for c in named do
                require (not (ExactWalk(network, cases[c]).HasPoint(part.Lower, part.Upper)))
                    "a point belongs to a case"

        let rec read stack =
            match stack with
            | [] -> ()
            | part :: rest ->
                match List.ofArray (lines.Words()) with
                | [ "s"; _ ] | [ "s"; _; _ ] as words -> read (cutSide part (Array.ofList words.Tail) @ rest)
                | [ "r"; layer; place ] -> read (cutUnit part [| layer; place |] @ rest)
                | "l" :: rows ->
                    linearLeaf part (Array.ofList rows)
                    read rest
                | [ "x" ] ->
                    exactLeaf part
                    read rest
                | words -> refuse $"'{words.Head}' begins no line of a tree"

        read [ { Lower = lower; Upper = upper; Signs = [] } ]
        named

    /// Reads a certificate wholly; ends in a Refusal unless all is as described.
    let check (lines: Lines) =
        lines.Exactly header
        let network = Property.readNetwork lines
        let cases = Property.readCases lines network
        match lines.Line() with
        | "sat" ->
            let point = Property.readPoint lines "point" network.InputCount
            require (Array.exists (Property.belongs network point) cases) "the point belongs to no case"
        | "unsat" ->
            let walks = ref 0
            let excluded =
                [| while lines.Peek <> "end" do
                       yield! readTree lines network cases walks |]
            lines.Exactly "end"
            require (set excluded = set [ 0 .. cases.Length - 1 ]) "a case is named by no root"
        | other -> refuse $"'{other}' in place of sat or unsat"
        lines.End()
