// The language of symbolic certificates: formulas, relations, claims, and the sequents that a claim becomes.
// Follows docs/kernel.md, sections 1 and 3.
namespace SecondChecker.Symbolic

open System
open System.Collections.Generic
open System.Numerics
open SecondChecker

/// A formula. Equal formulas have equal texts.
type Term =
    | Number of Rational
    | Circle
    | Variable of string
    | Sum of Term * Term
    | Product of Term * Term
    | Quotient of Term * Term
    | Power of Term * Term
    /// exp log abs floor ceil pow2floor pow2ceil factorial binomial min max
    | Call of string * Term list
    | If of Claim * Term * Term
    /// sum or prod, the index, from, to, the body
    | Series of string * string * Term * Term * Term

/// A relation of two formulas.
and Claim =
    { Relation: Relation
      Left: Term
      Right: Term }

/// A variable, and whether it is an integer.
type Variables = Map<string, bool>

/// Facts imply the goal, for all values of the variables.
type Sequent =
    { Variables: Variables
      Facts: Claim list
      Goal: Claim }

module Term =
    let ofInt (n: int) = Number(Rational.Of n)

    /// The text of a formula, all parentheses written: formulas are the same if their texts are.
    let rec text term : string =
        let all terms = String.Join(", ", List.map text terms)
        match term with
        | Number value -> $"{value}"
        | Circle -> "pi"
        | Variable name -> name
        | Sum(a, b) -> $"({text a} + {text b})"
        | Product(a, b) -> $"({text a} * {text b})"
        | Quotient(a, b) -> $"({text a} / {text b})"
        | Power(a, b) -> $"({text a} ^ {text b})"
        | Call(f, arguments) -> $"{f}({all arguments})"
        | If(condition, a, b) ->
            $"if({text condition.Left} {condition.Relation} {text condition.Right}, {all [ a; b ]})"
        | Series(kind, index, low, high, body) -> $"{kind}({index}, {all [ low; high; body ]})"

    let zero = ofInt 0
    let one = ofInt 1

    let negate term =
        match term with
        | Number value -> Number -value
        | _ -> Product(ofInt -1, term)

    let minus a b = Sum(a, negate b)
    let atMost a b = { Relation = AtMost; Left = a; Right = b }
    let less a b = { Relation = Less; Left = a; Right = b }
    let equal a b = { Relation = Equal; Left = a; Right = b }
    let notEqual a b = { Relation = NotEqual; Left = a; Right = b }

    let negation claim =
        match claim.Relation with
        | AtMost -> less claim.Right claim.Left
        | Less -> atMost claim.Right claim.Left
        | Equal -> { claim with Relation = NotEqual }
        | NotEqual -> { claim with Relation = Equal }

    /// The free variables.
    let rec variables term : Set<string> =
        match term with
        | Number _
        | Circle -> Set.empty
        | Variable name -> Set.singleton name
        | Sum(a, b)
        | Product(a, b)
        | Quotient(a, b)
        | Power(a, b) -> variables a + variables b
        | Call(_, arguments) -> arguments |> List.map variables |> Set.unionMany
        | If(condition, a, b) -> variablesOf condition + variables a + variables b
        | Series(_, index, low, high, body) -> variables low + variables high + Set.remove index (variables body)

    and variablesOf claim = variables claim.Left + variables claim.Right

    /// The formula with others for its variables; indices are renamed so as to capture nothing.
    let rec substitute (by: Map<string, Term>) term =
        let inside = substitute by
        match term with
        | Number _
        | Circle -> term
        | Variable name -> Map.tryFind name by |> Option.defaultValue term
        | Sum(a, b) -> Sum(inside a, inside b)
        | Product(a, b) -> Product(inside a, inside b)
        | Quotient(a, b) -> Quotient(inside a, inside b)
        | Power(a, b) -> Power(inside a, inside b)
        | Call(f, arguments) -> Call(f, List.map inside arguments)
        | If(condition, a, b) -> If(substituteIn by condition, inside a, inside b)
        | Series(kind, index, low, high, body) ->
            let by' = Map.remove index by
            let brought = by' |> Map.toSeq |> Seq.map (snd >> variables) |> Set.unionMany
            if brought.Contains index then
                let taken = brought + variables body
                let fresh =
                    Seq.initInfinite (fun k -> $"{index}_{k}") |> Seq.find (fun name -> not (taken.Contains name))
                Series(kind, fresh, inside low, inside high, substitute (Map.add index (Variable fresh) by') body)
            else
                Series(kind, index, inside low, inside high, substitute by' body)

    and substituteIn by claim =
        { claim with
            Left = substitute by claim.Left
            Right = substitute by claim.Right }

    /// Whether a formula is an integer for certain.
    let rec isInteger (variables: Variables) term =
        match term with
        | Number value -> value.IsInteger
        | Variable name -> Map.tryFind name variables |> Option.defaultValue false
        | Sum(a, b)
        | Product(a, b) -> isInteger variables a && isInteger variables b
        | Power(a, Number n) -> n.IsInteger && n.Sign >= 0 && isInteger variables a
        | Call(("floor" | "ceil" | "factorial" | "binomial"), _) -> true
        | Call(("min" | "max" | "abs"), arguments) -> List.forall (isInteger variables) arguments
        | _ -> false

/// Reads formulas, relations and claims.
type Reader(text: string) =
    static let reserved =
        set [ "forall"; "in"; "int"; "real"; "where"; "and"; "inf"; "if"; "sum"; "prod"; "sqrt"; "log2"; "pi" ]

    static let arities =
        dict [ "exp", 1; "log", 1; "abs", 1; "floor", 1; "ceil", 1; "pow2floor", 1; "pow2ceil", 1; "factorial", 1;
               "binomial", 2; "min", 0; "max", 0
               "sin", 1; "cos", 1; "tan", 1; "atan", 1; "sinh", 1; "cosh", 1; "tanh", 1; "erf", 1; "sinc", 1 ]

    do require (text.Length <= 2_000_000) "a formula is too long"
    let tokens = Tokens.read 50_000 text
    let mutable at = 0
    let mutable depth = 0

    let peek token = at < tokens.Count && tokens[at] = token

    let take token =
        let isNext = peek token
        if isNext then at <- at + 1
        isNext

    let expect token = require (take token) $"'{token}' is missing in '{text}'"
    let mark text = Token.Mark text

    let deeper read =
        depth <- depth + 1
        require (depth <= 150) "a formula is nested too deep"
        let result = read ()
        depth <- depth - 1
        result

    /// Refuses a name that a binder may not have.
    static member RequireName(name: string) =
        let isLetter c = Char.IsAsciiLetter c || c = '_'
        require
            (name.Length > 0 && isLetter name[0] && Seq.forall (fun c -> isLetter c || Char.IsAsciiDigit c) name)
            $"'{name}' is no name"
        require (not (reserved.Contains name) && not (arities.ContainsKey name)) $"the name '{name}' is reserved"

    member private x.Name() =
        match (if at < tokens.Count then tokens[at] else Token.Mark "end") with
        | Token.Name name ->
            at <- at + 1
            Reader.RequireName name
            name
        | _ -> refuse "a name is missing"

    member private x.InParentheses(inside: unit -> Term) =
        deeper (fun () ->
            expect (mark "(")
            let result = inside ()
            expect (mark ")")
            result)

    member x.Term(scope: Set<string>) : Term =
        let mutable left = x.Product scope
        while peek (mark "+") || peek (mark "-") do
            let isSum = take (mark "+")
            if not isSum then expect (mark "-")
            let right = x.Product scope
            left <- Sum(left, (if isSum then right else Term.negate right))
        left

    member private x.Product scope =
        let mutable left = x.Factor scope
        while peek (mark "*") || peek (mark "/") do
            let isProduct = take (mark "*")
            if not isProduct then expect (mark "/")
            let right = x.Factor scope
            left <-
                match left, right with
                | _ when isProduct -> Product(left, right)
                | Number p, Number q when not q.IsZero -> Number(p / q)
                | _ -> Quotient(left, right)
        left

    member private x.Factor scope =
        let mutable signs = 0
        while peek (mark "-") || peek (mark "+") do
            if take (mark "-") then signs <- signs + 1 else expect (mark "+")
        let mutable result = x.Primary scope
        if take (mark "^") then
            let exponent = deeper (fun () -> x.Factor scope)
            result <- Power(result, exponent)
        for _ in 1..signs do
            result <- Term.negate result
        result

    member private x.Primary scope =
        require (at < tokens.Count) $"'{text}' ends too early"
        match tokens[at] with
        | Token.Literal value ->
            at <- at + 1
            Number value
        | Token.Mark _ -> x.InParentheses(fun () -> x.Term scope)
        | Token.Name name ->
            at <- at + 1
            if scope.Contains name then Variable name else x.Called(scope, name)

    member private x.Arguments scope =
        deeper (fun () ->
            expect (mark "(")
            let arguments = List<Term>([ x.Term scope ])
            while take (mark ",") do
                arguments.Add(x.Term scope)
            expect (mark ")")
            List.ofSeq arguments)

    member private x.Called(scope, name) =
        match name with
        | "pi" -> Circle
        | "sqrt" -> Power(x.InParentheses(fun () -> x.Term scope), Number(Rational.Of(BigInteger.One, BigInteger 2)))
        | "log2" -> Quotient(Call("log", [ x.InParentheses(fun () -> x.Term scope) ]), Call("log", [ Term.ofInt 2 ]))
        | "min"
        | "max" ->
            let arguments = x.Arguments scope
            require (arguments.Length >= 2) $"{name} has two arguments or more"
            arguments |> List.reduce (fun a b -> Call(name, [ a; b ]))
        | "if" ->
            x.InParentheses(fun () ->
                let conditions = x.Condition scope
                expect (mark ",")
                let a = x.Term scope
                expect (mark ",")
                let b = x.Term scope
                List.foldBack (fun condition branch -> If(condition, branch, b)) conditions a)
        | "sum"
        | "prod" ->
            x.InParentheses(fun () ->
                let index = x.Name()
                require (not (scope.Contains index)) $"the index '{index}' is a name in scope"
                expect (mark ",")
                let low = x.Term scope
                expect (mark ",")
                let high = x.Term scope
                expect (mark ",")
                Series(name, index, low, high, x.Term(scope.Add index)))
        | _ when arities.ContainsKey name ->
            let arguments = x.Arguments scope
            require (arguments.Length = arities[name]) $"{name} has {arities[name]} arguments"
            Call(name, arguments)
        | _ -> refuse $"'{name}' is no name in scope"

    /// chain { "and" chain }
    member x.Condition(scope: Set<string>) : Claim list =
        let found = List<Claim>()
        let isRelation () =
            at < tokens.Count
            && (match tokens[at] with
                | Token.Mark text -> Tokens.relations.ContainsKey text
                | _ -> false)
        let chain () =
            let mutable left = x.Term scope
            require (isRelation ()) $"a relation is missing in '{text}'"
            while isRelation () do
                let relation, isExchanged =
                    match tokens[at] with
                    | Token.Mark text -> Tokens.relations[text]
                    | _ -> refuse "no relation"
                at <- at + 1
                let right = x.Term scope
                let a, b = if isExchanged then right, left else left, right
                found.Add { Relation = relation; Left = a; Right = b }
                left <- right
        chain ()
        while take (Token.Name "and") do
            chain ()
        List.ofSeq found

    /// Refuses what is left.
    member _.End() = require (at = tokens.Count) $"'{text}' goes on after its end"

    /// Variables, range ends, hypotheses, goals.
    member x.Statement() =
        let mutable variables: Variables = Map.empty
        let ranges = List<Claim>()
        let scope () = variables |> Map.keys |> Set.ofSeq
        let infinite sign =
            let start = at
            let signed = if sign < 0 then take (mark "-") else (take (mark "+") || true)
            if signed && take (Token.Name "inf") then
                true
            else
                at <- start
                false
        let range names =
            let isLowOpen = take (mark "(")
            if not isLowOpen then expect (mark "[")
            let before = scope ()
            let low = if infinite -1 then None else Some(x.Term before)
            expect (mark ",")
            let high = if infinite 1 then None else Some(x.Term before)
            let isHighOpen = take (mark ")")
            if not isHighOpen then expect (mark "]")
            for name in names do
                require (low.IsSome || isLowOpen) "-inf belongs to no range"
                require (high.IsSome || isHighOpen) "inf belongs to no range"
                low |> Option.iter
                    (fun low -> ranges.Add((if isLowOpen then Term.less else Term.atMost) low (Variable name)))
                high |> Option.iter
                    (fun high -> ranges.Add((if isHighOpen then Term.less else Term.atMost) (Variable name) high))
        let declaration () =
            let names = List<string>([ x.Name() ])
            while take (mark ",") do
                names.Add(x.Name())
            expect (Token.Name "in")
            let isFree = Seq.forall (fun name -> not (variables.ContainsKey name)) names
            require (isFree && Seq.length (Seq.distinct names) = names.Count) "a name is declared twice"
            let isInteger = take (Token.Name "int")
            let isReal = not isInteger && take (Token.Name "real")
            if peek (mark "(") || peek (mark "[") then range names
            else require (isInteger || isReal) "a range is missing"
            for name in names do
                variables <- variables.Add(name, isInteger)
        let hypotheses = List<Claim>()
        if take (Token.Name "forall") then
            declaration ()
            while take (mark ",") do
                declaration ()
            if take (Token.Name "where") then
                hypotheses.AddRange(x.Condition(scope ()))
                while take (mark ",") do
                    hypotheses.AddRange(x.Condition(scope ()))
            expect (mark ":")
        let goals = x.Condition(scope ())
        x.End()
        variables, List.ofSeq ranges, List.ofSeq hypotheses, goals

/// What has to hold for a relation to be defined: under guards, in more variables.
type Condition =
    { Indices: string list
      Guards: Claim list
      Asked: Claim }

module Definedness =
    let private plainly claim =
        match claim.Left, claim.Right with
        | Number a, Number b ->
            match claim.Relation with
            | AtMost -> a <= b
            | Less -> a < b
            | Equal -> a = b
            | NotEqual -> a <> b
        | _ -> false

    /// The conditions of a relation, from the inside out, from left to right.
    let conditions (variables: Variables) (claim: Claim) =
        let found = List<Condition>()
        let rec visit (variables: Variables) indices guards term =
            let inside = visit variables indices guards
            let ask claim =
                let condition = { Indices = indices; Guards = guards; Asked = claim }
                if not (plainly claim) && not (found.Contains condition) then found.Add condition
            let requireInteger part =
                require (Term.isInteger variables part) "what has to be an integer is none for certain"
            match term with
            | Number _
            | Circle
            | Variable _ -> ()
            | Sum(a, b)
            | Product(a, b) ->
                inside a
                inside b
            | Quotient(a, b) ->
                inside a
                inside b
                ask (Term.notEqual b Term.zero)
            | Power(b, e) ->
                inside b
                inside e
                match b, e with
                | _, Number n when n.IsInteger && n.Sign >= 0 -> ()
                | _, Number n when n.IsInteger -> ask (Term.notEqual b Term.zero)
                | _, Number r when r.Sign > 0 -> ask (Term.atMost Term.zero b)
                | Number c, _ when c.Sign > 0 -> ()
                | _ when Term.isInteger variables e ->
                    ask (Term.less Term.zero (Call("max", [ Call("abs", [ b ]); Sum(e, Term.one) ])))
                | _ ->
                    ask (Term.atMost Term.zero b)
                    ask (Term.less Term.zero (Call("max", [ b; e ])))
            | Call(f, arguments) ->
                List.iter inside arguments
                match f with
                | "log"
                | "pow2floor"
                | "pow2ceil" -> ask (Term.less Term.zero arguments.Head)
                | "tan" -> ask (Term.notEqual (Call("cos", arguments)) Term.zero)
                | "factorial"
                | "binomial" ->
                    for argument in arguments do
                        requireInteger argument
                        ask (Term.atMost Term.zero argument)
                | _ -> ()
            | If(condition, a, b) ->
                inside condition.Left
                inside condition.Right
                visit variables indices (guards @ [ condition ]) a
                visit variables indices (guards @ [ Term.negation condition ]) b
            | Series(_, index, low, high, body) ->
                inside low
                inside high
                requireInteger low
                requireInteger high
                let between = [ Term.atMost low (Variable index); Term.atMost (Variable index) high ]
                visit (variables.Add(index, true)) (indices @ [ index ]) (guards @ between) body
        visit variables [] [] claim.Left
        visit variables [] [] claim.Right
        List.ofSeq found
