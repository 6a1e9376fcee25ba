namespace Proofs.FSharp

open Proofs.Constructions.Calculus
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions

/// Exact numbers as F# functions.
[<RequireQualifiedAccess>]
module BigRational =

    /// The quotient of two integers, in lowest terms.
    let ratio (numerator: int) (denominator: int) = BigRational(bigint numerator, bigint denominator)

    /// Reads an integer, a fraction or a decimal, exactly; None where the text is none.
    let tryParse (text: string) =
        BigRational.TryParse text |> Option.ofNullable

/// Formulas as F# functions.
[<RequireQualifiedAccess>]
module Expr =

    /// Reads a formula; the error names the column and what was expected.
    let parse (text: string) : Result<Expr, string> =
        try
            Ok(Expr.Parse text)
        with :? ExprSyntaxException as e ->
            Error e.Message

    /// The partial derivative with respect to a variable.
    let differentiate (variable: string) (e: Expr) = e.Differentiate variable

    /// The formula with one variable replaced.
    let substitute (name: string) (replacement: Expr) (e: Expr) = e.Substitute(name, replacement)

    /// The exact value at a rational point, or None where it is undefined or irrational.
    let evaluate (values: (string * BigRational) list) (e: Expr) =
        e.TryEvaluate(readOnlyDict values) |> Option.ofNullable

    /// Every case of a formula.
    let (|Constant|Pi|Variable|Sum|Product|Power|Other|) (e: Expr) =
        match e with
        | :? Expr.ConstantCase as c -> Constant c.Value
        | :? Expr.PiCase -> Pi
        | :? Expr.VariableCase as v -> Variable v.Name
        | :? Expr.SumCase as s -> Sum(List.ofSeq s.Terms)
        | :? Expr.ProductCase as p -> Product(List.ofSeq p.Factors)
        | :? Expr.PowerCase as p -> Power(p.Base, p.Exponent)
        | other -> Other other

/// Number literals such as 3N/8N, exact.
[<AutoOpen>]
module NumericLiteralN =

    /// Exact numbers: 3N is the integer three, 3N / 8N the fraction.
    module NumericLiteralN =
        /// 0N.
        let FromZero () = BigRational.Zero
        /// 1N.
        let FromOne () = BigRational.One
        /// A literal that fits 32 bits.
        let FromInt32 (n: int) = BigRational(bigint n)
        /// A literal that fits 64 bits.
        let FromInt64 (n: int64) = BigRational(bigint n)
        /// A longer literal.
        let FromString (s: string) = BigRational.Parse s
