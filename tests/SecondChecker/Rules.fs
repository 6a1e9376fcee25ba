// The rules of proofs: each turns a sequent into sequents that together imply it.
// Follows docs/kernel.md, section 6.
namespace SecondChecker.Symbolic

open System
open System.Numerics
open SecondChecker

/// A sequent with the context of its facts.
type Goal =
    { Context: Context
      Claim: Claim }

    member x.Scope = x.Context.Variables |> Map.keys |> Set.ofSeq

module Rule =
    open Term

    let private reader (text: string) (read: Reader -> 'a) =
        let reader = Reader text
        let result = read reader
        reader.End()
        result

    let private formula (goal: Goal) text = reader text (fun r -> r.Term goal.Scope)

    let private relation (goal: Goal) text =
        match reader text (fun r -> r.Condition goal.Scope) with
        | [ claim ] -> claim
        | _ -> refuse "more than one relation"

    let private wholeNumber text =
        match reader text (fun r -> r.Term Set.empty) with
        | Number n when n.IsInteger -> n.Numerator
        | _ -> refuse $"'{text}' is no integer"

    let private isRealOrInteger (goal: Goal) name =
        require (goal.Context.Variables.ContainsKey name) $"'{name}' is no variable"
    let private needs (goal: Goal) claim = require (goal.Context.Holds claim) "a rule needs what is not shown"
    let private withFacts (goal: Goal) facts claim = { Context = goal.Context.With([], facts); Claim = claim }
    let private afresh variables facts claim = { Context = Context.Of(variables, facts); Claim = claim }

    let private newName (goal: Goal) name =
        Reader.RequireName name
        require (not (goal.Context.Variables.ContainsKey name)) $"'{name}' is a name in scope"

    let private substituted (goal: Goal) x e =
        let by = Map.ofList [ x, e ]
        afresh (goal.Context.Variables.Remove x) (goal.Context.Facts |> List.map (substituteIn by))
            (substituteIn by goal.Claim)

    let private enumerate (goal: Goal) x first last =
        require (Map.tryFind x goal.Context.Variables = Some true) "enumerate of what is no integer variable"
        let a, b = wholeNumber first, wholeNumber last
        require (a <= b && b - a <= BigInteger 5000) "no values, or too many"
        needs goal (atMost (Number(Rational.Of a)) (Variable x))
        needs goal (atMost (Variable x) (Number(Rational.Of b)))
        [ for k in 0 .. int (b - a) -> substituted goal x (Number(Rational.Of(a + BigInteger k))) ]

    let private isInequality (claim: Claim) = claim.Relation = AtMost || claim.Relation = Less

    let private derive (goal: Goal) x text t =
        isRealOrInteger goal x
        let e = formula goal text
        require (isInequality goal.Claim) "derive needs a goal that is an inequality"
        require (not ((variables e).Contains x)) "derive from a formula with the variable"
        newName goal t
        let isRight = goal.Context.Holds(atMost e (Variable x))
        if not isRight then needs goal (atMost (Variable x) e)
        let low, high = if isRight then e, Variable x else Variable x, e
        let f = minus goal.Claim.Right goal.Claim.Left
        let at value = substitute (Map.ofList [ x, value ]) f
        let between = goal.Context.With([ t, false ], [ atMost low (Variable t); atMost (Variable t) high ])
        let slope = Derivative.of' between t (at (Variable t))
        let isStrict = goal.Claim.Relation = Less && goal.Context.Holds(less low high)
        let start = (if goal.Claim.Relation = Less && not isStrict then less else atMost) zero (at e)
        let order = if isStrict then less else atMost
        let rising = if isRight then order zero slope else order slope zero
        let inside = goal.Context.With([ t, false ], [ less low (Variable t); less (Variable t) high ])
        [ { goal with Claim = start }; { Context = inside; Claim = rising } ]

    let private convex (goal: Goal) x first last =
        isRealOrInteger goal x
        require (isInequality goal.Claim) "convex needs a goal that is an inequality"
        let a, b = formula goal first, formula goal last
        require (not ((variables a + variables b).Contains x)) "ends with the variable"
        needs goal (atMost a (Variable x))
        needs goal (atMost (Variable x) b)
        let others = goal.Context.Facts |> List.filter (fun fact -> not ((variablesOf fact).Contains x))
        let context =
            Context.Of(goal.Context.Variables.Add(x, false), others @ [ atMost a (Variable x); atMost (Variable x) b ])
        let left, right = Curvature.of' context x goal.Claim.Left, Curvature.of' context x goal.Claim.Right
        let difference = Poly.subtract (context.Normal goal.Claim.Right) (context.Normal goal.Claim.Left)
        require
            ((Curvature.isConvex left && Curvature.isConcave right)
             || Curvature.isConcave (Curvature.ofPoly context x difference))
            "not seen to be convex"
        let at value = { goal with Claim = substituteIn (Map.ofList [ x, value ]) goal.Claim }
        [ at a; at b ]

    let private induct (goal: Goal) n first =
        require (Map.tryFind n goal.Context.Variables = Some true) "induct on what is no integer variable"
        let k = Number(Rational.Of(wholeNumber first))
        needs goal (atMost k (Variable n))
        let others = goal.Context.Facts |> List.filter (fun fact -> not ((variablesOf fact).Contains n))
        let at value = substituteIn (Map.ofList [ n, value ]) goal.Claim
        let variables = goal.Context.Variables
        [ afresh variables others (at k)
          afresh variables (others @ [ atMost k (Variable n); goal.Claim ]) (at (Sum(Variable n, one))) ]

    // --- linear ---

    let rec private isNotNegative (context: Context) term =
        (match term with
         | Power(_, Number n) -> n.IsInteger && n.Sign >= 0 && n.Numerator.IsEven
         | Sum(a, b)
         | Product(a, b) -> isNotNegative context a && isNotNegative context b
         | _ -> false)
        || Range.isNotNegative (context.RangeOf(context.Normal term))

    // a multiplier, with the facts that it multiplies
    let private multiplier (goal: Goal) (argument: string) =
        match argument.Split ':' with
        | [| m |] -> formula goal m, []
        | [| m; places |] ->
            let facts = goal.Context.Facts
            let fact (word: string) =
                let i = Numbers.natural word
                require (i < facts.Length) "a fact that there is not"
                require (facts[i].Relation <> NotEqual) "a fact that is no (in)equality"
                facts[i]
            let words = places.Split([| ' ' |], StringSplitOptions.RemoveEmptyEntries)
            require (words.Length >= 1) "a multiplier without facts"
            formula goal m, words |> Array.map fact |> List.ofArray
        | _ -> refuse $"'{argument}' is no multiplier"

    // a variable with two numbers as ends
    let private box (goal: Goal) (argument: string) =
        match argument.Substring(4).Split ':' with
        | [| name; ends |] ->
            let x = name.Trim ' '
            isRealOrInteger goal x
            let number (text: string) =
                match reader text (fun r -> r.Term Set.empty) with
                | Number c -> c
                | _ -> refuse "an end that is no number"
            match ends.Split([| ' ' |], StringSplitOptions.RemoveEmptyEntries) with
            | [| low; high |] ->
                let a, b = number low, number high
                require (a < b) "a box without width"
                needs goal (atMost (Number a) (Variable x))
                needs goal (atMost (Variable x) (Number b))
                x, a, b
            | _ -> refuse $"'{argument}' is no box"
        | _ -> refuse $"'{argument}' is no box"

    // the two atoms that stand for (x - a)/(b - a) and (b - x)/(b - a); no name of a variable has a blank
    let private sides x = Poly.name $"up {x}" false, Poly.name $"down {x}" false

    let private inBernsteinForm (x: string, a: Rational, b: Rational) (p: Poly) =
        let up, down = let u, v = sides x in Poly.ofAtom u, Poly.ofAtom v
        let exponent (m: Monomial) =
            let own, others = m.Factors |> List.partition (fun (atom, _) -> atom.Shape = Named x)
            for atom, e in others do
                require (Curvature.isFree x (Poly.product [ atom, e ])) "the variable of a box inside another formula"
            match own with
            | [] -> 0, others
            | [ _, Poly.Constant n ] when n.IsInteger && n.Sign > 0 -> int n.Numerator, others
            | _ -> refuse "the variable of a box with another exponent than a natural number"
        let highest = p.Terms |> List.map (fst >> exponent >> fst) |> List.fold max 0
        let variable = Poly.add (Poly.scale a down) (Poly.scale b up)
        let whole = Poly.add up down
        p.Terms
        |> List.map (fun (m, c) ->
            let k, others = exponent m
            let power = Poly.multiply (Poly.power variable k) (Poly.power whole (highest - k))
            Poly.multiply (Poly.scale c (Poly.product others)) power)
        |> Poly.sum

    let private linear (goal: Goal) (arguments: string list) =
        let claim = goal.Claim
        require (claim.Relation <> NotEqual) "linear needs a goal that is no ≠"
        let context = goal.Context
        let boxes, multipliers = arguments |> List.partition (fun a -> a.StartsWith("box ", StringComparison.Ordinal))
        let boxes = boxes |> List.map (box goal)
        let summands = multipliers |> List.map (multiplier goal)
        let difference (c: Claim) = Poly.subtract (context.Normal c.Right) (context.Normal c.Left)
        let hasEquation = List.exists (fun (fact: Claim) -> fact.Relation = Equal)
        for m, facts in summands do
            require (hasEquation facts || isNotNegative context m) "a multiplier that may be negative"
        let product (m, facts) = facts |> List.map difference |> List.fold Poly.multiply (context.Normal m)
        let rest = Poly.subtract (difference claim) (summands |> List.map product |> Poly.sum) |> context.Cleared
        if claim.Relation = Equal then
            require (List.forall (snd >> hasEquation) summands) "a summand without an equation"
            require rest.Terms.IsEmpty "something is left of an equation"
        else
            let sideAtoms = boxes |> List.collect (fun (x, _, _) -> let u, v = sides x in [ u; v ])
            let form = boxes |> List.fold (fun p box -> inBernsteinForm box p) rest
            let signs =
                form.Terms
                |> List.map (fun (m, c) ->
                    let own, others = m.Factors |> List.partition (fun (atom, _) -> List.contains atom sideAtoms)
                    own.IsEmpty, context.RangeOf(Poly.scale c (Poly.product others)))
            require (signs |> List.forall (snd >> Range.isNotNegative)) "a term of what is left may be negative"
            if claim.Relation = Less then
                let isStrict (m, facts: Claim list) =
                    Range.isPositive (context.RangeOf(context.Normal m)) && facts |> List.forall
                        (fun fact -> fact.Relation = Less)
                require
                    (List.exists isStrict summands || signs
                     |> List.exists (fun (isBare, range) -> isBare && Range.isPositive range))
                    "a strict inequality without a strict reason"
        []

    /// What a rule leaves of a goal.
    let apply (goal: Goal) (name: string) (arguments: string list) : Goal list =
        let claim = goal.Claim
        match name, arguments with
        | "trivial", [] ->
            needs goal claim
            []
        | "cut", [ text ] ->
            let a = relation goal text
            [ { goal with Claim = a }; withFacts goal [ a ] claim ]
        | "split", [ text ] ->
            let a = relation goal text
            [ withFacts goal [ a ] claim; withFacts goal [ negation a ] claim ]
        | "enumerate", [ x; first; last ] -> enumerate goal x first last
        | "let", [ t; text ] ->
            newName goal t
            let e = formula goal text
            let context = goal.Context.With([ t, isInteger goal.Context.Variables e ], [ equal (Variable t) e ])
            [ { Context = context; Claim = claim } ]
        | "subst", [ x; text ] ->
            isRealOrInteger goal x
            let e = formula goal text
            require (not ((variables e).Contains x)) "subst by a formula with the variable"
            needs goal (equal (Variable x) e)
            [ substituted goal x e ]
        | "absurd", [] -> [ { goal with Claim = atMost one zero } ]
        | "both", [] ->
            require (claim.Relation = Equal) "both needs a goal that is an equation"
            [ { goal with Claim = atMost claim.Left claim.Right }; { goal with Claim = atMost claim.Right claim.Left } ]
        | "below", [] ->
            require (claim.Relation = NotEqual) "below needs a goal that is a ≠"
            [ { goal with Claim = less claim.Left claim.Right } ]
        | "above", [] ->
            require (claim.Relation = NotEqual) "above needs a goal that is a ≠"
            [ { goal with Claim = less claim.Right claim.Left } ]
        | "induct", [ n; k ] -> induct goal n k
        | "derive", [ x; e; t ] -> derive goal x e t
        | "convex", [ x; a; b ] -> convex goal x a b
        | "linear", _ -> linear goal arguments
        | "axiom", kind :: rest ->
            [ withFacts goal [ Axiom.instance goal.Context kind (List.map (formula goal) rest) ] claim ]
        | _ -> refuse $"'{name}' is no rule with {arguments.Length} arguments"
