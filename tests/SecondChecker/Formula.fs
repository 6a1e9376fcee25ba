// Formulas: their text, and the steps that they are laid out as.
// Follows docs/kernel-certificates.md, sections 2 and 2.1.
namespace SecondChecker.Bounds

open System
open SecondChecker
open System.Collections.Generic
open System.Numerics

/// The functions of one argument that bounds know.
type Function =
    | Exp
    | Log
    | Abs
    | Sin
    | Cos
    | Tan
    | Atan
    | Sinh
    | Cosh
    | Tanh
    | Erf
    | Sinc

/// A step of a formula; equal steps are one step, with one number.
[<CustomEquality; NoComparison>]
type Step =
    { Id: int
      Shape: Shape }

    override x.Equals other =
        match other with
        | :? Step as y -> x.Id = y.Id
        | _ -> false

    override x.GetHashCode() = x.Id

and Shape =
    | Number of Rational
    | Pi
    | Input of int
    /// Σ a_k x^k of the one input: what section 2.1 collects.
    | Polynomial of Rational list
    | Sum of Step list
    | Product of Step * Step
    | Quotient of Step * Step
    /// A power with a number as exponent.
    | Power of Step * Rational
    | GeneralPower of Step * Step
    | Apply of Function * Step
    | Minimum of Step * Step
    | Maximum of Step * Step
    /// left, right, the branch where the comparison holds, the other one
    | Comparison of Relation * Step * Step * Step * Step

/// Makes steps, one for each shape, by the rules of "How it is read".
type Steps() =
    let known = Dictionary<Shape, Step>(HashIdentity.Structural)

    member _.Of(shape: Shape) =
        match known.TryGetValue shape with
        | true, step -> step
        | _ ->
            let step = { Id = known.Count; Shape = shape }
            known[shape] <- step
            step

    member x.Number(value: Rational) = x.Of(Number value)

    member x.Add(a: Step, b: Step) =
        let summands step =
            match step.Shape with
            | Sum parts -> parts
            | _ -> [ step ]
        x.Of(Sum(summands a @ summands b))

    member x.Negate(a: Step) =
        match a.Shape with
        | Number value -> x.Number -value
        | _ -> x.Of(Product(x.Number(Rational.Of -1), a))

    member x.Divide(a: Step, b: Step) =
        match a.Shape, b.Shape with
        | Number p, Number q when not q.IsZero -> x.Number(p / q)
        | _ -> x.Of(Quotient(a, b))

    member x.Power(a: Step, b: Step) =
        match b.Shape with
        | Number r -> x.Of(Power(a, r))
        | _ -> x.Of(GeneralPower(a, b))

module Formula =
    let private mostCharacters = 2_000_000
    let private mostDigits = 50_000
    let private deepest = 150

    let private functions =
        dict [ "exp", Exp; "log", Log; "abs", Abs; "sin", Sin; "cos", Cos; "tan", Tan; "atan", Atan; "sinh", Sinh;
               "cosh", Cosh; "tanh", Tanh; "erf", Erf; "sinc", Sinc ]

    /// The last step of a formula in these inputs.
    let read (steps: Steps) (inputs: string list) (text: string) =
        require (text.Length <= mostCharacters) "a formula is too long"
        let tokens = Tokens.read mostDigits text
        let mutable at = 0
        let mutable depth = 0
        let half = steps.Number(Rational.Of(BigInteger.One, BigInteger 2))
        let peek mark = at < tokens.Count && tokens[at] = Token.Mark mark
        let take mark =
            let isNext = peek mark
            if isNext then
                at <- at + 1
            isNext
        let expect mark = require (take mark) $"'{mark}' is missing in a formula"
        let deeper read =
            depth <- depth + 1
            require (depth <= deepest) "a formula is nested too deep"
            let result = read ()
            depth <- depth - 1
            result

        let rec formula () =
            let mutable left = product ()
            while peek "+" || peek "-" do
                let isSum = take "+"
                if not isSum then
                    expect "-"
                let right = product ()
                left <- steps.Add(left, (if isSum then right else steps.Negate right))
            left

        and product () =
            let mutable left = factor ()
            while peek "*" || peek "/" do
                let isProduct = take "*"
                if not isProduct then
                    expect "/"
                let right = factor ()
                left <- if isProduct then steps.Of(Product(left, right)) else steps.Divide(left, right)
            left

        and factor () =
            let mutable signs = 0
            while peek "-" || peek "+" do
                if take "-" then signs <- signs + 1 else expect "+"
            let mutable result = primary ()
            if take "^" then
                let exponent = deeper factor
                result <- steps.Power(result, exponent)
            for _ in 1..signs do
                result <- steps.Negate result
            result

        and inParentheses inside =
            deeper (fun () ->
                expect "("
                let result = inside ()
                expect ")"
                result)

        and primary () =
            require (at < tokens.Count) "a formula ends too early"
            match tokens[at] with
            | Token.Literal value ->
                at <- at + 1
                steps.Number value
            | Token.Mark _ -> inParentheses formula
            | Token.Name name ->
                at <- at + 1
                match List.tryFindIndex ((=) name) inputs with
                | Some place -> steps.Of(Input place)
                | None -> call name

        and call name =
            match name with
            | "pi" -> steps.Of Pi
            | "sqrt" -> steps.Power(inParentheses formula, half)
            | "log2" ->
                let value = steps.Of(Apply(Log, inParentheses formula))
                steps.Divide(value, steps.Of(Apply(Log, steps.Number(Rational.Of 2))))
            | "min" -> inParentheses (fun () -> several Minimum)
            | "max" -> inParentheses (fun () -> several Maximum)
            | "if" -> inParentheses cases
            | _ when functions.ContainsKey name -> steps.Of(Apply(functions[name], inParentheses formula))
            | _ -> refuse $"'{name}' is neither an input nor a function that is bounded"

        and several combine =
            let mutable result = formula ()
            require (peek ",") "min and max have two arguments or more"
            while take "," do
                result <- steps.Of(combine (result, formula ()))
            result

        and cases () =
            let conditions = condition ()
            expect ","
            let first = formula ()
            expect ","
            let second = formula ()
            List.foldBack
                (fun (relation, l, r) branch -> steps.Of(Comparison(relation, l, r, branch, second))) conditions first

        and condition () =
            let found = List<Relation * Step * Step>()
            let chain () =
                let mutable left = formula ()
                let isNext () =
                    match (if at < tokens.Count then tokens[at] else Token.Literal Rational.Zero) with
                    | Token.Mark mark -> Tokens.relations.ContainsKey mark
                    | _ -> false
                require (isNext ()) "a condition without a relation"
                while isNext () do
                    let relation, isExchanged =
                        match tokens[at] with
                        | Token.Mark mark -> Tokens.relations[mark]
                        | _ -> refuse "no relation"
                    at <- at + 1
                    let right = formula ()
                    found.Add(if isExchanged then relation, right, left else relation, left, right)
                    left <- right
            chain ()
            while at < tokens.Count && tokens[at] = Token.Name "and" do
                at <- at + 1
                chain ()
            List.ofSeq found

        let result = formula ()
        require (at = tokens.Count) "a formula goes on after its end"
        result

    /// The names of n inputs.
    let inputs n = if n = 1 then [ "x" ] else [ for i in 1..n -> $"x{i}" ]

    /// Whether a comparison holds, by a ball of left - right; None where that is open.
    let decide relation (d: Ball) =
        let chosen holds fails = if holds then Some true elif fails then Some false else None
        match relation with
        | AtMost -> chosen (d.High.Sign <= 0) (d.Low.Sign > 0)
        | Less -> chosen (d.High.Sign < 0) (d.Low.Sign >= 0)
        | Equal -> chosen d.IsZero (not d.HasZero)
        | NotEqual -> chosen (not d.HasZero) d.IsZero
