// Derivatives and curvature.
// Follows docs/kernel.md, section 6: what `derive` and `convex` need.
namespace SecondChecker.Symbolic

open SecondChecker

module Derivative =
    /// The derivative by a variable; refused where there is none in this context.
    let rec of' (context: Context) (t: string) term : Term =
        let inside = of' context t
        let mentions part = (Term.variables part).Contains t
        let needs claim = require (context.Holds claim) "a derivative needs what is not shown"
        if not (mentions term) then
            Term.zero
        else
            match term with
            | Variable _ -> Term.one
            | Sum(a, b) -> Sum(inside a, inside b)
            | Product(a, b) -> Sum(Product(inside a, b), Product(a, inside b))
            | Quotient(a, b) ->
                needs (Term.notEqual b Term.zero)
                Quotient(Term.minus (Product(inside a, b)) (Product(a, inside b)), Power(b, Term.ofInt 2))
            | Power(b, Number n) when n.IsInteger ->
                if n.Sign <= 0 then needs (Term.notEqual b Term.zero)
                let power =
                    match n - Rational.One with
                    | m when m.IsZero -> Term.one
                    | m when m = Rational.One -> b
                    | m -> Power(b, Number m)
                Product(Product(Number n, power), inside b)
            | Power(b, e) ->
                needs (Term.less Term.zero b)
                let byBase = Product(Product(e, Power(b, Term.minus e Term.one)), inside b)
                let byExponent = Product(Product(term, Call("log", [ b ])), inside e)
                if not (mentions e) then byBase
                elif not (mentions b) then byExponent
                else Sum(byBase, byExponent)
            | Call("exp", [ a ]) -> Product(term, inside a)
            | Call("log", [ a ]) ->
                needs (Term.less Term.zero a)
                Quotient(inside a, a)
            | _ -> refuse "a formula that has no derivative here"

/// How a function of a variable bends.
type Curvature =
    | Affine
    | Convex
    | Concave
    | Unknown

module Curvature =
    let isConvex c = c = Affine || c = Convex
    let isConcave c = c = Affine || c = Concave

    let private flip c =
        match c with
        | Convex -> Concave
        | Concave -> Convex
        | _ -> c

    let private add a b =
        match a, b with
        | Affine, c
        | c, Affine -> c
        | _ -> if a = b then a else Unknown

    let private times (sign: Range) c =
        if c = Affine then Affine
        elif Range.isNotNegative sign then c
        elif Range.isNotPositive sign then flip c
        else Unknown

    // b^e, b affine with values in this range, e in that one and free of the variable
    let private power (b: Range) (e: Range) =
        let isAtLeastOne =
            match e.Low with
            | Some(low, _) -> low >= Rational.One
            | None -> false
        let isAtMostOne =
            match e.High with
            | Some(high, _) -> high <= Rational.One
            | None -> false
        if Range.isNotNegative b && isAtLeastOne then Convex
        elif Range.isPositive b && Range.isNotPositive e then Convex
        elif Range.isNotNegative b && Range.isPositive e && isAtMostOne then Concave
        else Unknown

    let isFree (x: string) (p: Poly) =
        let rec mentions (p: Poly) =
            p.Terms |> List.exists (fun (m, _) -> m.Factors |> List.exists (fun (atom, e) -> inAtom atom || mentions e))
        and inAtom (atom: Atom) =
            match atom.Shape with
            | Named name -> name = x
            | Bracket(q, _) -> mentions q
            | Value(_, arguments) -> List.exists mentions arguments
            | Opaque -> true // its text is not looked into
            | _ -> false
        not (mentions p)

    let private isFreeAtom x (atom: Atom) = isFree x (Poly.ofAtom atom)

    // sums of terms free of x and of x to the first power times what is free of x
    let private isAffine x (p: Poly) =
        p.Terms
        |> List.forall (fun (m, _) ->
            let own, others = m.Factors |> List.partition (fun (atom, _) -> atom.Shape = Named x)
            List.forall (fun (atom, e) -> isFreeAtom x atom && isFree x e) others
            && (match own with
                | [] -> true
                | [ _, e ] -> e = Poly.one
                | _ -> false))

    let private ofMonomial (context: Context) x (m: Monomial) =
        let free, own = m.Factors |> List.partition (fun (atom, e) -> isFreeAtom x atom && isFree x e)
        let sign = context.RangeOf(Poly.product free)
        match own with
        | [] -> Affine
        | [ atom, e ] ->
            let ofBase (b: Poly) =
                match e with
                | Poly.Constant n when n = Rational.One -> Affine
                | Poly.Constant n when n.IsInteger && n.Sign > 0 && n.Numerator.IsEven -> Convex
                | _ when isFree x e -> power (context.RangeOf b) (context.RangeOf e)
                | _ -> Unknown
            let bare =
                match atom.Shape with
                | Euler
                | Whole _ when isAffine x e -> Convex
                | Named _ -> ofBase (Poly.ofAtom atom)
                | Bracket(q, _) when isAffine x q -> ofBase q
                | Value("log", [ q ]) when e = Poly.one && isAffine x q && Range.isPositive (context.RangeOf q) ->
                    Concave
                | _ -> Unknown
            if e = Poly.one && bare = Affine then Affine else times sign bare
        | _ -> Unknown

    /// That of a normal form.
    let ofPoly (context: Context) x (p: Poly) =
        p.Terms
        |> List.map (fun (m, c) -> times (Range.exactly c) (ofMonomial context x m))
        |> List.fold add Affine

    /// That of a formula in the variable x.
    let rec of' (context: Context) (x: string) term =
        let inside = of' context x
        let isFreeOf part = not ((Term.variables part).Contains x)
        if isFreeOf term then
            Affine
        else
            match ofPoly context x (context.Normal term) with
            | Unknown ->
                let range part = context.RangeOf(context.Normal part)
                match term with
                | Sum(a, b) -> add (inside a) (inside b)
                | Product(a, b) when isFreeOf a -> times (range a) (inside b)
                | Product(a, b) when isFreeOf b -> times (range b) (inside a)
                | Quotient(a, b) when isFreeOf b -> times (range b) (inside a)
                | Power(b, e) when isFreeOf e && inside b = Affine ->
                    match e with
                    | Number n when n.IsInteger && n.Sign > 0 && n.Numerator.IsEven -> Convex
                    | _ -> power (range b) (range e)
                | If(condition, a, b) ->
                    if context.Holds condition then inside a
                    elif context.Holds(Term.negation condition) then inside b
                    else Unknown
                | Call("exp", [ a ]) when isConvex (inside a) -> Convex
                | Call("max", [ a; b ]) when isConvex (inside a) && isConvex (inside b) -> Convex
                | Call("min", [ a; b ]) when isConcave (inside a) && isConcave (inside b) -> Concave
                | Call("abs", [ a ]) when inside a = Affine -> Convex
                | _ -> Unknown
            | known -> known
