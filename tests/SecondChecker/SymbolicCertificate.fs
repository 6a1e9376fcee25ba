// Certificates of statements: `proofs-certificate symbolic 1`.
// Follows docs/kernel.md, sections 3 (obligations) and 4 (the file).
namespace SecondChecker.Symbolic

open System
open System.Collections.Generic
open SecondChecker

/// The tokens of a proof.
type private ProofToken =
    | Word of string
    | Quoted of string
    | Open
    | Close

module SymbolicCertificate =
    let header = "proofs-certificate symbolic 1"
    let private deepest = 400

    let private tokensOf (text: string) =
        let found = List<ProofToken>()
        let mutable at = 0
        while at < text.Length do
            let until isEnd =
                let start = at
                while at < text.Length && not (isEnd text[at]) do
                    at <- at + 1
                text.Substring(start, at - start)
            match text[at] with
            | c when Tokens.isBlank c -> at <- at + 1
            | '{' ->
                at <- at + 1
                found.Add Open
            | '}' ->
                at <- at + 1
                found.Add Close
            | '"' ->
                at <- at + 1
                found.Add(Quoted(until (fun c -> c = '"')))
                require (at < text.Length) "a quotation that does not end"
                at <- at + 1
            | _ -> found.Add(Word(until (fun c -> Tokens.isBlank c || c = '{' || c = '}' || c = '"')))
        found

    /// The sequents that are to be proved for a statement.
    let private obligations (variables: Variables) ranges hypotheses goals =
        let found = List<Goal>()
        let known = List<Claim>()
        let ask claim =
            for condition in Definedness.conditions variables claim do
                let inScope =
                    condition.Indices |> List.fold (fun (all: Variables) index -> all.Add(index, true)) variables
                let context = Context.Of(inScope, List.ofSeq known @ condition.Guards)
                if not (context.Holds condition.Asked) then
                    found.Add { Context = context; Claim = condition.Asked }
                    if condition.Guards.IsEmpty then known.Add condition.Asked
        for claim in ranges @ hypotheses do
            ask claim
            known.Add claim
        require (not (Context.Of(variables, ranges @ hypotheses).IsContradictory))
            "vacuous: ranges and hypotheses contradict each other"
        for claim in goals do
            ask claim
            found.Add { Context = Context.Of(variables, List.ofSeq known); Claim = claim }
            known.Add claim
        List.ofSeq found

    // what follows a word and a space in a line
    let private rest (word: string) (line: string) =
        require (line.StartsWith(word + " ", StringComparison.Ordinal)) $"a line does not begin with '{word}'"
        line.Substring(word.Length + 1)

    /// Reads a certificate wholly; ends in a Refusal unless all is as described.
    let check (text: string) =
        Lines.RequireVisible(text.Replace("\n", ""))
        require (text.EndsWith '\n') "the last line does not end"
        let lines = text.Split('\n', 4)
        require (lines.Length = 4 && lines[0] = header) "the statement, the strategy or the proofs are missing"
        let variables, ranges, hypotheses, goals = Reader(rest "statement" lines[1]).Statement()
        rest "strategy" lines[2] |> ignore
        let tokens = tokensOf lines[3]
        let mutable at = 0
        let peek token = at < tokens.Count && tokens[at] = token
        let expect token =
            require (peek token) "a proof is not as it should be"
            at <- at + 1

        let rec prove depth (goal: Goal) =
            require (depth <= deepest) "proofs are nested too deep"
            let name =
                match (if at < tokens.Count then tokens[at] else Close) with
                | Word name -> name
                | _ -> refuse "a step is missing"
            at <- at + 1
            let arguments =
                [ while at < tokens.Count && tokens[at].IsQuoted do
                      match tokens[at] with
                      | Quoted text -> text
                      | _ -> ()
                      at <- at + 1 ]
            let left = Rule.apply goal name arguments
            if not left.IsEmpty then
                for goal in List.take (left.Length - 1) left do
                    inBraces (depth + 1) goal
                prove depth (List.last left)

        and inBraces depth goal =
            expect Open
            prove depth goal
            expect Close

        for goal in obligations variables ranges hypotheses goals do
            expect (Word "proof")
            inBraces 0 goal
        require (at = tokens.Count) "something follows the last proof"
