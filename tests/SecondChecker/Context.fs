// What holds where facts hold: normal forms of formulas, their ranges, and what the facts say.
// Follows docs/kernel.md, section 5.
namespace SecondChecker.Symbolic

open System.Collections.Generic
open System.Numerics
open SecondChecker

/// The context of the facts of a sequent; with `before` the context of the same sequent with the first facts only.
type Context private (variables: Variables, facts: Claim list) =
    // what is known of primitive polynomials, by their texts; and which numbers they are not
    let known = Dictionary<string, Range>()
    let excluded = HashSet<struct (string * Rational)>()
    let ranges = Dictionary<string, Range>()
    let normals = Dictionary<Term, Poly>(HashIdentity.Reference)
    let mutable isContradictory = false

    /// The context of facts alone: they are read twice.
    static member Of(variables, facts) =
        let context = Context(variables, facts)
        for _ in 1..2 do
            List.iter context.Note facts
        context.LookForContradiction()
        context

    /// This context with more variables and with facts added at the end: those alone are read, once.
    member x.With(more: (string * bool) list, added: Claim list) =
        let variables = more |> List.fold (fun (all: Variables) (name, isInteger) -> all.Add(name, isInteger)) variables
        let context = Context(variables, facts @ added)
        context.StartFrom x
        List.iter context.Note added
        context.LookForContradiction()
        context

    member private _.StartFrom(before: Context) =
        for entry in before.Known do
            known[entry.Key] <- entry.Value
        excluded.UnionWith before.Excluded
        isContradictory <- before.IsContradictory

    member private x.LookForContradiction() =
        isContradictory <- isContradictory || x.SeesContradiction()

    member private _.Known: Dictionary<string, Range> = known
    member private _.Excluded: HashSet<struct (string * Rational)> = excluded
    member _.Facts = facts
    member _.Variables = variables

    /// Whether the facts contradict each other.
    member _.IsContradictory: bool = isContradictory

    // --- 5.2 Ranges ---

    member private x.KnownOf(p: Poly) =
        match known.TryGetValue p.Text with
        | true, range -> range
        | _ -> Range.all

    member x.RangeOf(p: Poly) : Range =
        match ranges.TryGetValue p.Text with
        | true, found -> found
        | _ ->
            let sum =
                p.Terms
                |> List.map (fun (m, c) -> Range.scale c (if m.Factors.IsEmpty then Range.one else x.RangeOfMonomial m))
                |> List.fold Range.add Range.zero
            let met =
                match Poly.primitive p with
                | Some(s, m, c) -> Range.meet sum (x.KnownOf m |> Range.scale s |> Range.shift c)
                | None -> sum
            let found = Range.shortened (if Poly.isInteger p then Range.integers met else met)
            ranges[p.Text] <- found
            found

    member private x.RangeOfMonomial(m: Monomial) =
        let product = m.Factors |> List.map x.RangeOfFactor |> List.fold Range.multiply Range.one
        Range.meet product (x.KnownOf(Poly.ofMonomial m Rational.One)) |> Range.shortened

    member private x.RangeOfFactor(atom: Atom, e: Poly) =
        let a = x.RangeOfAtom atom
        match atom.Shape, e with
        | Euler, _ -> Range.exp (x.RangeOf e)
        | _, Poly.Constant n ->
            let a = if n.Sign < 0 && Range.isNotNegative a then Range.meet a Range.positive else a
            if n.IsInteger then Range.integerPower a (int n.Numerator)
            else Range.power (Range.meet a Range.notNegative) n
        | _ ->
            if Range.isPositive a then
                Range.exp (Range.multiply (x.RangeOf e) (Range.log a))
            else
                let isAtMostOne =
                    match a.High with
                    | Some(high, _) -> high <= Rational.One
                    | None -> false
                if isAtMostOne && Range.isNotNegative (x.RangeOf e) then Range.between Rational.Zero Rational.One
                else Range.notNegative

    member private x.RangeOfAtom(atom: Atom) =
        let own =
            match atom.Shape with
            | Named _
            | Opaque -> Range.all
            | Whole n -> Range.exactly (Rational.Of n)
            | Euler -> Range.exp Range.one
            | Circle ->
                let a = Arithmetic.Of 200
                { Low = Some(a.Exact a.Pi.Low, false); High = Some(a.Exact a.Pi.High, false) }
            | Bracket(p, isMarked) ->
                let range = x.RangeOf p
                if isMarked then Range.meet range Range.positive else range
            | Value(kind, arguments) ->
                let range = List.map x.RangeOf arguments
                match kind, range with
                | "log", [ r ] -> Range.log r
                | "abs", [ r ] -> Range.magnitude r
                | "min", [ r; s ] -> Range.minimum r s
                | "max", [ r; s ] -> Range.maximum r s
                | "floor", [ r ] -> Range.floor r
                | "ceil", [ r ] -> Range.ceiling r
                | ("pow2floor" | "pow2ceil"), [ r ] when Range.isPositive r -> Range.positive
                | "factorial", [ r ] when Range.isNotNegative r -> { Low = Some(Rational.One, true); High = None }
                | "binomial", [ r; s ] when Range.isNotNegative r && Range.isNotNegative s -> Range.notNegative
                | ("sin" | "cos"), _ -> Range.between (Rational.Of -1) Rational.One
                | "sinc", _ -> Range.between (Rational.Of -2173 / Rational.Of 10000) Rational.One
                | "cosh", _ -> { Low = Some(Rational.One, true); High = None }
                | "sinh", [ r ] -> Range.sign r
                | ("tanh" | "erf"), [ r ] -> Range.meet (Range.sign r) (Range.within Rational.One)
                | "atan", [ r ] -> Range.meet (Range.sign r) (Range.within (Rational.Of 11 / Rational.Of 7))
                | _ -> Range.all
        let met = Range.meet own (x.KnownOf(Poly.ofAtom atom))
        if atom.IsInteger then Range.integers met else met

    // --- signs of polynomials and atoms ---

    member private x.IsPositive p = x.Shows(Less, p)
    member private x.IsNotNegative p = x.Shows(AtMost, p)
    member private x.IsNotZero p = x.Shows(NotEqual, p)
    member private x.IsPositiveAtom atom = Range.isPositive (x.RangeOfAtom atom)
    member private x.IsNotNegativeAtom atom = Range.isNotNegative (x.RangeOfAtom atom)

    member private x.IsExcluded p =
        match Poly.primitive p with
        | Some(s, m, c) -> excluded.Contains(struct (m.Text, -c / s))
        | None -> false

    // --- 5.1 Normal forms ---

    member x.Normal(term: Term) : Poly =
        match normals.TryGetValue term with
        | true, found -> found
        | _ ->
            let found = x.NormalAnew term
            normals[term] <- found
            found

    member private x.NormalAnew term =
        match term with
        | Number c -> Poly.number c
        | Term.Circle -> Poly.ofAtom Poly.circle
        | Variable name ->
            Poly.ofAtom (Poly.name name (Map.tryFind name variables |> Option.defaultValue false))
        | Sum(a, b) -> Poly.add (x.Normal a) (x.Normal b)
        | Product(a, b) -> Poly.multiply (x.Normal a) (x.Normal b)
        | Quotient(a, b) -> Poly.multiply (x.Normal a) (x.Power(x.Normal b, Poly.ofInt -1))
        | Power(b, e) -> x.Power(x.Normal b, x.Normal e)
        | Call("exp", [ a ]) -> x.Raise(Poly.euler, Poly.one, x.Normal a)
        | Call("log", [ a ]) -> x.Log(x.Normal a)
        | Call(f, arguments) -> x.Function(f, List.map x.Normal arguments)
        | If(condition, a, b) ->
            if x.Holds condition then x.Normal a
            elif x.Holds(Term.negation condition) then x.Normal b
            else Poly.ofAtom (Poly.opaque (Term.text term))
        | Series(kind, index, low, high, body) -> x.Series(kind, index, low, high, body)

    // s, content, part of b, so that b = s·content·part; for an exponent that is an integer number, or shown to be > 0
    member private x.Parts(b: Poly, isInteger: bool, isPositive: bool) : Rational * (Atom * Poly) list * Poly =
        let content =
            match b.Terms with
            | [ m, _ ] ->
                let isFit (atom, _) = isInteger || x.IsPositiveAtom atom || (isPositive && x.IsNotNegativeAtom atom)
                if List.forall isFit m.Factors then m.Factors else []
            | _ ->
                [ for atom in Poly.atoms b do
                      if x.IsPositiveAtom atom then
                          let exponents =
                              b.Terms
                              |> List.map (fun (m, _) ->
                                  m.Factors
                                  |> List.tryPick (fun (a, e) -> if a = atom then Some e else None)
                                  |> Option.defaultValue Poly.zero)
                          let least = exponents |> List.map Poly.constantOf |> List.min
                          let symbolic = exponents |> List.map Poly.symbolicOf |> List.distinct
                          let isInAll = exponents |> List.forall (fun e -> not e.Terms.IsEmpty)
                          match symbolic with
                          | [ s ] when isInAll || s.Terms.IsEmpty ->
                              let e = Poly.add (Poly.number least) s
                              if not e.Terms.IsEmpty then atom, e
                          | _ -> () ]
        let rest = Poly.multiplyBy (content |> List.map (fun (atom, e) -> atom, Poly.negate e)) b
        match rest with
        | Poly.Constant c when isInteger || c.Sign > 0 -> c, content, Poly.one
        | _ ->
            let content, rest =
                if not isInteger
                   && not (x.IsPositive rest || (isPositive && x.IsNotNegative rest)) then [], b else content, rest
            let s = (snd rest.Terms.Head).Abs
            let s = if isInteger && x.IsNegative rest then -s else s
            s, content, Poly.scale (Rational.One / s) rest

    member private x.IsNegative p = x.IsPositive(Poly.negate p)

    // b^e
    member private x.Power(b: Poly, e: Poly) : Poly =
        let value () = Poly.ofAtom (Poly.value "power" [ b; e ])
        let isSum = b.Terms.Length > 1
        match e with
        | Poly.Constant n when n.IsInteger && n.Sign >= 0 && (not isSum || n <= Rational.Of 40) ->
            require (n <= Rational.Of 4096) "an exponent is too large"
            Poly.power b (int n.Numerator)
        | Poly.Constant n when n.IsInteger ->
            if (n.Sign < 0 && not (x.IsNotZero b)) || b.Terms.IsEmpty || (isSum && n.Abs > Rational.Of 40) then value ()
            else x.PowerOfParts(b, e, true, n.Sign > 0)
        | _ ->
            let isPositive = x.IsPositive e
            if b.Terms.IsEmpty then (if isPositive then Poly.zero else value ())
            elif x.IsPositive b || (isPositive && x.IsNotNegative b) then x.PowerOfParts(b, e, false, isPositive)
            else value ()

    member private x.PowerOfParts(b, e, isInteger, isPositive) =
        let s, content, part = x.Parts(b, isInteger, isPositive)
        let factors = content |> List.map (fun (atom, k) -> x.Raise(atom, k, e))
        let ofPart =
            if part = Poly.one then Poly.one
            else x.Raise(Poly.bracket part (x.IsPositive part), Poly.one, e)
        let ofNumber =
            match e with
            | Poly.Constant n when isInteger -> Poly.number (Rational.Power(s, int n.Numerator))
            | _ ->
                [ for q, k in Poly.primes s.Numerator -> x.Raise(Poly.whole q, Poly.ofInt k, e)
                  for q, k in Poly.primes s.Denominator -> x.Raise(Poly.whole q, Poly.ofInt -k, e) ]
                |> List.fold Poly.multiply Poly.one
        factors @ [ ofPart; ofNumber ] |> List.fold Poly.multiply Poly.one

    // a^e to the power of x
    member private x.Raise(atom: Atom, e: Poly, power: Poly) : Poly =
        let product = Poly.multiply e power
        let isInteger =
            match power with
            | Poly.Constant n -> n.IsInteger
            | _ -> false
        if isInteger && (Poly.symbolicOf e).Terms.IsEmpty then
            Poly.product [ atom, product ]
        else
            let isLog (factor: Atom, _) =
                match factor.Shape with
                | Value("log", _) -> true
                | _ -> false
            // v and r where e^t = v^r
            let asPower (t: Poly) =
                let m, _ = t.Terms.Head
                let hasLog = m.Factors |> List.exists (fun (factor, k) -> isLog (factor, k) && k = Poly.one)
                if hasLog && (atom.Shape.IsEuler || x.IsPositiveAtom atom) then
                    let scaled = if atom.Shape.IsEuler then t else Poly.multiply t (x.Log(Poly.ofAtom atom))
                    match scaled.Terms with
                    | [ m, c ] ->
                        match List.filter isLog m.Factors with
                        | [ { Shape = Value(_, [ v ]) }, k ] when k = Poly.one && x.IsPositive v ->
                            let rest = m.Factors |> List.filter (isLog >> not)
                            Some(v, Poly.scale c (Poly.product rest))
                        | _ -> None
                    | _ -> None
                else
                    None
            let powers, left =
                Poly.termsOf product |> List.map (fun t -> t, asPower t) |> List.partition (snd >> Option.isSome)
            let kept = Poly.product [ atom, Poly.sum (List.map fst left) ]
            powers |> List.map (fun (_, p) -> x.Power p.Value) |> List.fold Poly.multiply kept

    member private x.Log(p: Poly) : Poly =
        let value q = Poly.ofAtom (Poly.value "log" [ q ])
        if p.Terms.IsEmpty || not (x.IsPositive p) then
            value p
        else
            let s, content, part = x.Parts(p, false, false)
            let ofAtom (atom: Atom) =
                match atom.Shape with
                | Euler -> Poly.one
                | Whole n -> value (Poly.number (Rational.Of n))
                | Bracket(u, _) -> value u
                | _ -> value (Poly.ofAtom atom)
            let ofPrimes sign n =
                Poly.primes n |> List.map
                    (fun (q, k) -> Poly.scale (Rational.Of(sign * k)) (value (Poly.number (Rational.Of q))))
            ofPrimes 1 s.Numerator
            @ ofPrimes -1 s.Denominator
            @ (content |> List.map (fun (atom, e) -> Poly.multiply e (ofAtom atom)))
            @ (if part = Poly.one then [] else [ value part ])
            |> Poly.sum

    member private x.Function(f: string, arguments: Poly list) : Poly =
        let value arguments = Poly.ofAtom (Poly.value f arguments)
        match f, arguments with
        | "abs", [ p ] ->
            if x.IsNotNegative p then p
            elif x.IsNotNegative(Poly.negate p) then Poly.negate p
            else value arguments
        | ("min" | "max"), [ p; q ] ->
            let smaller =
                if x.IsNotNegative(Poly.subtract q p) then Some(p, q)
                elif x.IsNotNegative(Poly.subtract p q) then Some(q, p)
                else None
            match smaller with
            | Some(small, large) -> if f = "min" then small else large
            | None -> value (arguments |> List.sortWith (fun a b -> System.String.CompareOrdinal(a.Text, b.Text)))
        | ("floor" | "ceil"), [ p ] ->
            let whole, rest =
                Poly.termsOf p
                |> List.map (fun t ->
                    match t with
                    | Poly.Constant c -> Poly.number (Rational.Of c.Floor), Poly.number (c - Rational.Of c.Floor)
                    | _ -> if Poly.isInteger t then t, Poly.zero else Poly.zero, t)
                |> List.unzip
            let whole, rest = Poly.sum whole, Poly.sum rest
            match rest with
            | Poly.Constant c -> Poly.add whole (Poly.number (Rational.Of(if f = "floor" then c.Floor else c.Ceiling)))
            | _ -> Poly.add whole (value [ rest ])
        | ("pow2floor" | "pow2ceil"), [ Poly.Constant c ] when c.Sign > 0 ->
            let guess = int (c.Numerator.GetBitLength() - c.Denominator.GetBitLength())
            let near = seq { guess - 1 .. guess + 1 }
            let e =
                if f = "pow2floor" then Seq.findBack (fun e -> Rational.PowerOfTwo e <= c) near
                else Seq.find (fun e -> Rational.PowerOfTwo e >= c) near
            Poly.number (Rational.PowerOfTwo e)
        | "factorial", [ p ] -> x.Factorial p
        | "binomial", [ n; k ] -> x.Binomial(n, k)
        | _ -> value arguments

    member private x.Factorial(p: Poly) =
        let value p = Poly.ofAtom (Poly.value "factorial" [ p ])
        let products (parts: Poly seq) = parts |> Seq.fold Poly.multiply Poly.one
        match p with
        | Poly.Constant c when c.IsInteger && c.Sign >= 0 && c <= Rational.Of 256 ->
            products [ for i in 1 .. int c.Numerator -> Poly.ofInt i ]
        | Poly.Constant _ -> value p
        | _ ->
            let c = Poly.constantOf p
            let r = Poly.subtract p (Poly.number c)
            if Poly.isInteger p && not c.IsZero && c.Abs <= Rational.Of 256 && x.IsNotNegative p
               && x.IsNotNegative r then
                let c = int c.Numerator
                let at i = Poly.add r (Poly.ofInt i)
                if c > 0 then Poly.multiply (value r) (products [ for i in 1..c -> at i ])
                else Poly.multiply (value r) (products [ for i in c + 1 .. 0 -> x.Power(at i, Poly.ofInt -1) ])
            else
                value p

    member private x.Binomial(n: Poly, k: Poly) =
        let inverse p = x.Power(p, Poly.ofInt -1)
        match k with
        | Poly.Constant c
            when Poly.isInteger n && x.IsNotNegative n && c.IsInteger && c.Sign >= 0 && c <= Rational.Of 256 ->
            let factors = [ for i in 0 .. int c.Numerator - 1 -> Poly.subtract n (Poly.ofInt i) ]
            let product = factors |> List.fold Poly.multiply Poly.one
            Poly.multiply product (inverse (x.Factorial k))
        | _ when
            Poly.isInteger n
            && Poly.isInteger k
            && x.IsNotNegative n
            && x.IsNotNegative k
            && x.IsNotNegative(Poly.subtract n k)
            ->
            Poly.multiply (x.Factorial n)
                (Poly.multiply (inverse (x.Factorial k)) (inverse (x.Factorial(Poly.subtract n k))))
        | _ -> Poly.ofAtom (Poly.value "binomial" [ n; k ])

    member private x.Series(kind, index, low, high, body) : Poly =
        let combine = if kind = "sum" then Poly.add else Poly.multiply
        let start = if kind = "sum" then Poly.zero else Poly.one
        let at (value: Term) = x.Normal(Term.substitute (Map.ofList [ index, value ]) body)
        let opaque from (until: Poly) =
            Poly.ofAtom (Poly.opaque $"{kind}[{index}, {from}, {until.Text}, {Term.text body}]")
        if Term.isInteger variables low && Term.isInteger variables high then
            let from, until = x.Normal low, x.Normal high
            match Poly.subtract until from with
            | Poly.Constant n ->
                require (n < Rational.Of 255) "a series with too many terms"
                [ for k in 0 .. int n.Numerator -> at (Sum(low, Term.ofInt k)) ] |> List.fold combine start
            | _ ->
                let c = Poly.constantOf until
                let r = Poly.subtract until (Poly.number c)
                let isLong = Poly.subtract (Poly.add r Poly.one) from
                if c.IsInteger && c.Sign > 0 && c <= Rational.Of 256 && x.IsNotNegative isLong then
                    let c = int c.Numerator
                    let last = [ for k in 1..c -> at (Sum(high, Term.ofInt (k - c))) ]
                    combine (x.Series(kind, index, low, Term.minus high (Term.ofInt c), body))
                        (List.fold combine start last)
                else
                    opaque from.Text until
        else
            Poly.ofAtom (Poly.opaque (Term.text (Term.Series(kind, index, low, high, body))))

    // --- 5.3 What the facts say ---

    member private _.Forget() =
        ranges.Clear()
        normals.Clear()

    member private x.Restrict(p: Poly, isStrict) =
        // p ≥ 0, or > 0
        match Poly.primitive p with
        | Some(s, m, c) ->
            let bound = Some(-c / s, not isStrict)
            let side = if s.Sign > 0 then { Range.all with Low = bound } else { Range.all with High = bound }
            known[m.Text] <- Range.meet (x.KnownOf m) side
            x.Forget()
        | None -> ()

    member private x.NoteOf(relation, p: Poly) =
        match relation with
        | AtMost -> x.Restrict(p, false)
        | Less -> x.Restrict(p, true)
        | Equal ->
            x.Restrict(p, false)
            x.Restrict(Poly.negate p, false)
        | NotEqual ->
            match Poly.primitive p with
            | Some(s, m, c) ->
                if excluded.Add(struct (m.Text, -c / s)) then x.Forget()
            | None -> ()

    // each atom of q ≥ 0 (or > 0) by the ranges of the other terms
    member private x.Propagate(q: Poly, isStrict) =
        if q.Terms.Length >= 2 && q.Terms.Length <= 6 then
            for m, k in q.Terms do
                match m.Factors with
                | [ _, e ] when e = Poly.one ->
                    let term = Poly.ofMonomial m k
                    match (x.RangeOf(Poly.subtract q term)).High with
                    | Some(u, isClosed) ->
                        // k a ≥ -u
                        x.Restrict(Poly.add term (Poly.number u), isStrict || not isClosed)
                    | None -> ()
                | _ -> ()

    member private x.Note(fact: Claim) =
        let p = Poly.subtract (x.Normal fact.Right) (x.Normal fact.Left)
        x.NoteOf(fact.Relation, p)
        let q = x.Cleared p
        if q <> p then x.NoteOf(fact.Relation, q)
        if fact.Relation <> NotEqual then
            x.Propagate(q, (fact.Relation = Less))
            if fact.Relation = Equal then x.Propagate(Poly.negate q, false)

    member private x.SeesContradiction() =
        known.Values |> Seq.exists Range.isEmpty
        || facts
           |> List.exists (fun fact ->
               let range = x.RangeOf(Poly.subtract (x.Normal fact.Right) (x.Normal fact.Left))
               Range.isEmpty range
               || (match fact.Relation with
                   | AtMost -> Range.isNegative range
                   | Less -> Range.isNotPositive range
                   | Equal -> not (Range.hasZero range)
                   | NotEqual -> Range.isZero range))

    // --- 5.4 Clearing ---

    member x.Cleared(p: Poly) : Poly =
        let factorOf (atom: Atom, exponents: Poly list) =
            let isPositive = x.IsPositiveAtom atom
            let isBase =
                match atom.Shape with
                | Named _
                | Whole _
                | Euler -> true
                | _ -> false
            let falling =
                if isBase && isPositive then
                    exponents
                    |> List.map Poly.symbolicOf
                    |> List.tryFind (fun s ->
                        let range = x.RangeOf s
                        not s.Terms.IsEmpty && Range.isNotPositive range && not (Range.isNotNegative range))
                else
                    None
            let isNumbered =
                match atom.Shape with
                | Whole _
                | Euler -> false
                | _ -> true
            match falling with
            | Some s -> Some(Poly.negate s)
            | None when isNumbered ->
                let least = exponents |> List.map Poly.constantOf |> List.min
                let k = -least.Floor
                if least.Sign >= 0 then None
                elif isPositive then Some(Poly.number (Rational.Of k))
                elif exponents |> List.exists (fun e -> match e with Poly.Constant n -> n.Sign < 0 | _ -> false) then
                    Some(Poly.number (Rational.Of(if k.IsEven then k else k + BigInteger.One)))
                else None
            | None -> None
        let rec round (p: Poly) count =
            let factors =
                Poly.atoms p
                |> List.choose (fun atom ->
                    let exponentIn (m: Monomial) =
                        m.Factors
                        |> List.tryPick (fun (a, e) -> if a = atom then Some e else None)
                        |> Option.defaultValue Poly.zero
                    let exponents = p.Terms |> List.map (fun (m, _) -> exponentIn m)
                    factorOf (atom, exponents) |> Option.map (fun e -> atom, e))
            if factors.IsEmpty || count = 0 then p else round (Poly.multiplyBy factors p) (count - 1)
        round p 20

    // --- 5.5 Holds ---

    // 0 ≤ p, 0 < p, 0 = p or 0 ≠ p
    member private x.Shows(relation, p: Poly) : bool =
        let shown (p: Poly) =
            let range = x.RangeOf p
            match relation with
            | Equal -> p.Terms.IsEmpty || Range.isZero range
            | AtMost -> Range.isNotNegative range
            | Less -> Range.isPositive range
            | NotEqual -> not (Range.hasZero range) || x.IsExcluded p
        isContradictory || shown p || (relation <> NotEqual && shown (x.Cleared p))

    member x.Holds(claim: Claim) : bool =
        isContradictory || x.Shows(claim.Relation, Poly.subtract (x.Normal claim.Right) (x.Normal claim.Left))
