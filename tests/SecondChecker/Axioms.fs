// The axioms: instances of known facts about functions.
// Follows docs/kernel.md, section 6, "Axioms".
namespace SecondChecker.Symbolic

open SecondChecker

module Axiom =
    open Term

    let private exp a = Call("exp", [ a ])
    let private log a = Call("log", [ a ])

    /// The conclusion of an axiom, whose premises the context has to show.
    let instance (context: Context) (name: string) (arguments: Term list) : Claim =
        let needs claim = require (context.Holds claim) $"the axiom {name} needs what is not shown"
        let positive a = needs (less zero a)
        let notNegative a = needs (atMost zero a)
        // a ≤ b is needed; the conclusion is strict where a < b is shown
        let strictness a b conclusion =
            needs (atMost a b)
            if context.Holds(less a b) then { conclusion with Relation = Less } else conclusion
        match name, arguments with
        | "exp-tangent", [ u ] -> atMost (Sum(one, u)) (exp u)
        | "log-tangent", [ u ] ->
            positive u
            atMost (log u) (minus u one)
        | "exp-monotone", [ a; b ] -> strictness a b (atMost (exp a) (exp b))
        | "exp-reflects", [ a; b ] -> strictness (exp a) (exp b) (atMost a b)
        | "log-monotone", [ a; b ] ->
            positive a
            strictness a b (atMost (log a) (log b))
        | "log-reflects", [ a; b ] ->
            positive a
            positive b
            strictness (log a) (log b) (atMost a b)
        | "power-monotone", [ a; b; p ] ->
            notNegative a
            positive p
            strictness a b (atMost (Power(a, p)) (Power(b, p)))
        | "power-antitone", [ a; b; p ] ->
            positive a
            needs (atMost a b)
            needs (atMost p zero)
            atMost (Power(b, p)) (Power(a, p))
        | "power-reflects", [ a; b; p ] ->
            notNegative a
            notNegative b
            positive p
            strictness (Power(a, p)) (Power(b, p)) (atMost a b)
        | "square-reflects", [ a; b ] ->
            notNegative b
            strictness (Power(a, ofInt 2)) (Power(b, ofInt 2)) (atMost a b)
        | "exponent-grows", [ b; x; y ] ->
            needs (atMost one b)
            needs (atMost x y)
            atMost (Power(b, x)) (Power(b, y))
        | "exponent-falls", [ b; x; y ] ->
            positive b
            needs (atMost b one)
            needs (atMost x y)
            atMost (Power(b, y)) (Power(b, x))
        | "bernoulli", [ x; p ] ->
            needs (atMost (ofInt -1) x)
            needs (atMost one p)
            atMost (Sum(one, Product(p, x))) (Power(Sum(one, x), p))
        | "bernoulli-root", [ x; p ] ->
            needs (atMost (ofInt -1) x)
            notNegative p
            needs (atMost p one)
            atMost (Power(Sum(one, x), p)) (Sum(one, Product(p, x)))
        | "amgm", _ when arguments.Length >= 2 && arguments.Length % 2 = 0 ->
            let pairs = arguments |> List.chunkBySize 2 |> List.map (fun pair -> pair[0], pair[1])
            for x, _ in pairs do
                notNegative x
            let weights =
                pairs
                |> List.map (fun (_, u) ->
                    match context.Normal u with
                    | Poly.Constant c when c.Sign > 0 -> c
                    | _ -> refuse "a weight that is no number above 0")
            require (List.reduce (+) weights = Rational.One) "weights do not add up to 1"
            let product = pairs |> List.map Power |> List.reduce (fun a b -> Product(a, b))
            let mean = pairs |> List.map (fun (x, u) -> Product(u, x)) |> List.reduce (fun a b -> Sum(a, b))
            atMost product mean
        | "young", [ x; y; t ] ->
            positive x
            positive y
            notNegative t
            needs (atMost t one)
            let rest = minus one t
            atMost (Product(Power(x, t), Power(y, rest))) (Sum(Product(t, x), Product(rest, y)))
        | "floor", [ x ] -> atMost (Call("floor", [ x ])) x
        | "floor-above", [ x ] -> less x (Sum(Call("floor", [ x ]), one))
        | "ceil", [ x ] -> atMost x (Call("ceil", [ x ]))
        | "ceil-below", [ x ] -> less (minus (Call("ceil", [ x ])) one) x
        | "pow2floor", [ x ] ->
            positive x
            atMost (Call("pow2floor", [ x ])) x
        | "pow2floor-above", [ x ] ->
            positive x
            less x (Product(ofInt 2, Call("pow2floor", [ x ])))
        | "pow2ceil", [ x ] ->
            positive x
            atMost x (Call("pow2ceil", [ x ]))
        | "pow2ceil-below", [ x ] ->
            positive x
            less (Quotient(Call("pow2ceil", [ x ]), ofInt 2)) x
        | "abs", [ x ] -> atMost x (Call("abs", [ x ]))
        | "abs-minus", [ x ] -> atMost (negate x) (Call("abs", [ x ]))
        | "min-left", [ a; b ] -> atMost (Call("min", [ a; b ])) a
        | "min-right", [ a; b ] -> atMost (Call("min", [ a; b ])) b
        | "max-left", [ a; b ] -> atMost a (Call("max", [ a; b ]))
        | "max-right", [ a; b ] -> atMost b (Call("max", [ a; b ]))
        | "integer-gap", [ a; b ] ->
            needs (less a b)
            require (Poly.isInteger (context.Normal a) && Poly.isInteger (context.Normal b))
                "integer-gap of what is no integer for certain"
            atMost (Sum(a, one)) b
        | _ -> refuse $"'{name}' is no axiom with {arguments.Length} arguments"
