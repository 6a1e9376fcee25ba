// Normal forms: sums of rational multiples of monomials, monomials of powers of atoms.
// Follows docs/kernel.md, section 5.1, as far as it needs no facts.
namespace SecondChecker.Symbolic

open System
open System.Collections.Generic
open System.Numerics
open SecondChecker

/// What powers are made of. Equal atoms have equal texts.
[<CustomEquality; NoComparison>]
type Atom =
    { Shape: AtomShape
      Text: string
      /// an integer for certain
      IsInteger: bool }

    override x.Equals other =
        match other with
        | :? Atom as y -> x.Text = y.Text
        | _ -> false

    override x.GetHashCode() = x.Text.GetHashCode StringComparison.Ordinal

and AtomShape =
    | Named of string
    | Whole of BigInteger
    | Euler
    | Circle
    | Bracket of Poly * isMarked: bool
    | Value of string * Poly list
    /// an `if` or a series, by its text
    | Opaque

/// Factors a^e, in the order of the texts of their atoms.
and [<CustomEquality; NoComparison>] Monomial =
    { Factors: (Atom * Poly) list
      Text: string }

    override x.Equals other =
        match other with
        | :? Monomial as y -> x.Text = y.Text
        | _ -> false

    override x.GetHashCode() = x.Text.GetHashCode StringComparison.Ordinal

/// Multiples of different monomials, in the order of their texts.
and [<CustomEquality; NoComparison>] Poly =
    { Terms: (Monomial * Rational) list
      Text: string }

    override x.Equals other =
        match other with
        | :? Poly as y -> x.Text = y.Text
        | _ -> false

    override x.GetHashCode() = x.Text.GetHashCode StringComparison.Ordinal

module Poly =
    let private mostTerms = 20_000
    let private largestExponent = BigInteger 4096
    let private largestPower = BigInteger 200
    let private mostBits = 60_000L

    let private unit: Monomial = { Factors = []; Text = "" }

    let private ofTerms (terms: (Monomial * Rational) list) =
        require (terms.Length <= mostTerms) "a polynomial with too many terms"
        for _, c in terms do
            require (c.Numerator.GetBitLength() <= mostBits && c.Denominator.GetBitLength() <= mostBits)
                "a number is too long"
        { Terms = terms
          Text = String.Join(" + ",
                             terms |> List.map (fun (m, c) -> if m.Text = "" then string c else $"{c}*{m.Text}")) }

    /// The sum of terms, some with equal monomials.
    let private collected (terms: (Monomial * Rational) seq) =
        let sums = Dictionary<string, Monomial * Rational>()
        for m, c in terms do
            match sums.TryGetValue m.Text with
            | true, (_, before) -> sums[m.Text] <- (m, before + c)
            | _ -> sums[m.Text] <- (m, c)
        sums.Values
        |> Seq.filter (fun (_, c) -> not c.IsZero)
        |> Seq.sortWith (fun (a, _) (b, _) -> String.CompareOrdinal(a.Text, b.Text))
        |> List.ofSeq
        |> ofTerms

    let number (c: Rational) = if c.IsZero then ofTerms [] else ofTerms [ unit, c ]
    let ofInt (n: int) = number (Rational.Of n)
    let zero = ofInt 0
    let one = ofInt 1

    /// The number that a polynomial is, if it is one.
    let asNumber p =
        match p.Terms with
        | [] -> Some Rational.Zero
        | [ m, c ] when m.Factors.IsEmpty -> Some c
        | _ -> None

    let (|Constant|_|) p = asNumber p

    /// The constant term.
    let constantOf p =
        p.Terms |> List.tryPick
            (fun (m, c) -> if m.Factors.IsEmpty then Some c else None) |> Option.defaultValue Rational.Zero

    /// All terms but the constant one.
    let symbolicOf p = p.Terms |> List.filter (fun (m, _) -> not m.Factors.IsEmpty) |> ofTerms

    let add a b = collected (Seq.append a.Terms b.Terms)
    let scale (c: Rational) p = if c.IsZero then zero else ofTerms (p.Terms |> List.map (fun (m, d) -> m, c * d))
    let negate p = scale (Rational.Of -1) p
    let subtract a b = add a (negate b)
    let ofMonomial m (c: Rational) = if c.IsZero then zero else ofTerms [ m, c ]
    let termsOf p = p.Terms |> List.map (fun (m, c) -> ofTerms [ m, c ])
    let sum (parts: Poly seq) = parts |> Seq.collect (fun p -> p.Terms) |> collected

    let private asInt limit (n: BigInteger) =
        require (BigInteger.Abs n <= limit) $"an exponent {n} is too large"
        int n

    // one of two equal atoms: the marked one
    let private marked a b =
        match a.Shape with
        | Bracket(_, true) -> a
        | _ -> b

    /// The product of powers: exponents of equal atoms add up; brackets and integers are opened.
    let rec product (factors: (Atom * Poly) seq) =
        let exponents = Dictionary<string, Atom * Poly>()
        for atom, e in factors do
            match exponents.TryGetValue atom.Text with
            | true, (other, before) -> exponents[atom.Text] <- (marked other atom, add before e)
            | _ -> exponents[atom.Text] <- (atom, e)
        let mutable coefficient = Rational.One
        let mutable opened = []
        let kept = List<Atom * Poly>()
        for atom, e in exponents.Values do
            let whole = (constantOf e).Floor
            let rest =
                match atom.Shape with
                | Whole n when not whole.IsZero ->
                    coefficient <- coefficient * Rational.Power(Rational.Of n, asInt largestExponent whole)
                    subtract e (number (Rational.Of whole))
                | Bracket(u, isMarked) when whole.Sign > 0 && (isMarked || (symbolicOf e).Terms.IsEmpty) ->
                    opened <- power u (asInt largestPower whole) :: opened
                    subtract e (number (Rational.Of whole))
                | _ -> e
            match asNumber rest with
            | Some c when c.IsZero -> ()
            | Some c ->
                require (BigInteger.Abs c.Floor <= largestExponent) "an exponent is too large"
                kept.Add(atom, rest)
            | None -> kept.Add(atom, rest)
        let ordered = kept |> Seq.sortWith (fun (a, _) (b, _) -> String.CompareOrdinal(a.Text, b.Text)) |> List.ofSeq
        let text (atom: Atom, e: Poly) = if e.Text = "1" then atom.Text else $"{atom.Text}^({e.Text})"
        let monomial = { Factors = ordered; Text = String.Join("*", ordered |> List.map text) }
        opened |> List.fold multiply (ofMonomial monomial coefficient)

    /// The product.
    and multiply a b =
        match a, b with
        | Constant c, p
        | p, Constant c -> scale c p
        | _ ->
            require (int64 a.Terms.Length * int64 b.Terms.Length <= 4_000_000L) "a product with too many terms"
            seq {
                for m, c in a.Terms do
                    for n, d in b.Terms do
                        for k, e in (product (Seq.append m.Factors n.Factors)).Terms do
                            k, c * d * e
            }
            |> collected

    /// The product with powers, which join those of each term before anything is opened.
    and multiplyBy (factors: (Atom * Poly) list) p =
        seq {
            for m, c in p.Terms do
                for k, e in (product (Seq.append m.Factors factors)).Terms do
                    k, c * e
        }
        |> collected

    /// p^n for a natural number n.
    and power p n =
        if n = 0 then
            one
        else
            match p.Terms with
            | [ m, c ] ->
                let scaled = product (m.Factors |> List.map (fun (atom, e) -> atom, scale (Rational.Of n) e))
                scale (Rational.Power(c, n)) scaled
            | _ ->
                require (BigInteger n <= largestPower) "a power of a sum is too large"
                let half = power p (n / 2)
                let square = multiply half half
                if n % 2 = 0 then square else multiply square p

    let private atom shape text isInteger = { Shape = shape; Text = text; IsInteger = isInteger }
    let ofAtom atom = product [ atom, one ]

    /// Whether a polynomial is an integer for certain.
    let isInteger p =
        p.Terms
        |> List.forall (fun (m, c) ->
            c.IsInteger
            && m.Factors
               |> List.forall (fun (atom, e) ->
                   match asNumber e with
                   | Some n -> n.IsInteger && n.Sign >= 0 && atom.IsInteger
                   | None -> false))

    let name name isInteger = atom (Named name) name isInteger
    let whole (n: BigInteger) = atom (Whole n) $"#{n}" true
    let euler = atom Euler "#e" false
    let circle = atom Circle "#pi" false

    /// [p], with a mark where p > 0 was seen; the same atom with and without it.
    let bracket p isMarked = atom (Bracket(p, isMarked)) $"[{p.Text}]" false

    let value kind (arguments: Poly list) =
        let isInteger =
            match kind with
            | "floor"
            | "ceil"
            | "factorial"
            | "binomial" -> true
            | "abs"
            | "min"
            | "max" -> List.forall isInteger arguments
            | _ -> false
        atom (Value(kind, arguments))
            (kind + "(" + String.Join(", ", arguments |> List.map (fun a -> a.Text)) + ")") isInteger

    let opaque text = atom Opaque text false

    /// The primes below 1000 of a natural number, and what is left of it, each with its exponent.
    let primes (n: BigInteger) =
        let found = List<BigInteger * int>()
        let mutable rest = n
        for k in 2..999 do
            let q = BigInteger k
            let mutable count = 0
            while (rest % q).IsZero do
                rest <- rest / q
                count <- count + 1
            if count > 0 then found.Add(q, count)
        if not rest.IsOne then found.Add(rest, 1)
        List.ofSeq found

    /// p as s·m + c, with m primitive: no constant term, first coefficient 1; None for numbers.
    let primitive p =
        let symbolic = symbolicOf p
        match symbolic.Terms with
        | [] -> None
        | (_, s) :: _ -> Some(s, scale (Rational.One / s) symbolic, constantOf p)

    /// All atoms that are factors.
    let atoms p = p.Terms |> List.collect (fun (m, _) -> List.map fst m.Factors) |> List.distinctBy (fun a -> a.Text)
