module Proofs.FSharp.Tests.SurfaceTests

open Proofs.Constructions.Calculus
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions
open Proofs.FSharp
open Xunit

[<Fact>]
let ``Number literals are exact`` () =
    Assert.Equal(BigRational(bigint 3, bigint 8), 3N / 8N)
    Assert.Equal(BigRational.Parse "12345678901234567890123", 12345678901234567890123N)

[<Fact>]
let ``A formula that does not parse is an Error with its column`` () =
    match Expr.parse "x +" with
    | Error message -> Assert.StartsWith("column 4", message)
    | Ok e -> failwith $"{e} was read"

[<Fact>]
let ``A formula is evaluated exactly, or not at all`` () =
    let e = Expr.Parse "x^2/3 + sqrt(y)"
    Assert.Equal(Some(7N / 3N), Expr.evaluate [ "x", 1N; "y", 4N ] e)
    Assert.Equal(None, Expr.evaluate [ "x", 1N; "y", 2N ] e)

[<Fact>]
let ``The active pattern tells the cases of a formula`` () =
    match Expr.Parse "2*x^3" with
    | Expr.Product [ Expr.Constant two; Expr.Power(Expr.Variable "x", Expr.Constant three) ] ->
        Assert.Equal((2N, 3N), (two, three))
    | other -> failwith $"{other} fell through"

[<Fact>]
let ``Derivatives and substitutions are curried`` () =
    let slope = Expr.Parse "x^3" |> Expr.differentiate "x" |> Expr.substitute "x" (Expr.Parse "1/2")
    Assert.Equal(Some(3N / 4N), Expr.evaluate [] slope)
