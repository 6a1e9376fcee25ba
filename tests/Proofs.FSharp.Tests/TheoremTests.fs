module Proofs.FSharp.Tests.TheoremTests

open Proofs.Kernel
open Proofs.Constructions
open Proofs.Checks
open Proofs.FSharp
open Xunit

let private squareInstance (m: int) =
    Instance.delay $"m = {m}" (fun () ->
        Square.Build(m, 1) |> Instance.ofBuilt $"m = {m}" |> Instance.set "m" (BigRational(bigint m)))

let private square =
    theorem "square" {
        title "the square"
        source "test" "1"
        instance (squareInstance 2)
        instance (squareInstance 4)
        claim "error" "sup |Phi - x^2| <= 2^(-2*m - 2)"
        claim "size" "L = m + 1 and W = 8*m - 3"
        mutantOn (squareInstance 2) "half" "sup |Phi - x^2| <= 2^(-2*m - 3)" "the bound is attained"
    }

let private rows (report: TheoremReport) name = report.Rows |> Seq.filter (fun r -> r.Claim = name) |> List.ofSeq

[<Fact>]
let ``An attained bound is certified with tightness one`` () =
    for row in rows (Verify.report square) "error" do
        Assert.Equal("certified", row.Verdict.Rung)
        Assert.Equal(System.Nullable 1N, row.Tightness)

[<Fact>]
let ``A size claim is decided exactly and a mutant refuted with a point`` () =
    let report = Verify.report square
    Assert.All(rows report "size", fun row -> Assert.True row.Verdict.Holds)

    match (rows report "half").Head.Verdict with
    | :? Verdict.Refuted as refuted -> Assert.Equal("x", refuted.Witness.Values[0].Key)
    | other -> failwith $"{other}"

[<Fact>]
let ``A refuted claim blames the smallest lemma that is violated`` () =
    // a square whose budget promises a quarter of its error: the lemma breaks, and with it the claim
    let broken =
        Instance.delay "broken" (fun () ->
            let built = Square.Build(2, 1)
            let small = Expr.parse "4^(-r*p - 2)" |> Result.defaultWith failwith
            let leaf = Budget("leaf", "here", Norm.Sup, small, Instance = built.Budget.Instance, Parameters = built.Budget.Parameters)
            let root = Budget("root", "here", Norm.Sup, small, Instance = built.Budget.Instance, Parameters = built.Budget.Parameters, Children = System.Collections.Immutable.ImmutableArray.Create leaf)
            (Instance.ofBuilt "broken" built).WithBudget root)

    let report =
        Verify.report (
            theorem "broken" {
                instance broken
                claim "error" "sup |Phi - f| <= 4^(-r*p - 2)"
            })

    match (rows report "error").Head.Verdict with
    | :? Verdict.Refuted as refuted -> Assert.Equal("leaf", (nonNull refuted.Blame).Lemma)
    | other -> failwith $"{other}"

[<Fact>]
let ``A surface of one's own takes ten lines`` () =
    let wave = Hypersurface.below 2 "1/2 + x1/8 - x1^3/12"
    let f = Hypersurface.jumps 2 2N 2N 1N [ Hypersurface.piece "1/4 + x1*x2/4" [ wave ] ]

    let mine =
        theorem "my-surface" {
            instance (Hypersurface.instance "wave" f (1N / 2N))
            claim "accuracy" "L2 |Phi - f| <= eps"
        }

    Assert.Equal("certified", (rows (Verify.report mine) "accuracy").Head.Verdict.Rung)

[<Fact>]
let ``A claim about a name that is not defined says which are`` () =
    let unknown =
        theorem "unknown" {
            instance (squareInstance 2)
            claim "error" "sup |Phi - x^2| <= epsilon"
        }

    let error = Assert.Throws<System.InvalidOperationException>(fun () -> Verify.report unknown |> ignore)
    Assert.Contains("epsilon", error.Message)

[<Fact>]
let ``A function outside its class is refused`` () =
    let tooLarge () =
        Hypersurface.jumps 2 2N 2N 1N [ Hypersurface.piece "3" [ Hypersurface.below 2 "1/2" ] ] |> ignore

    Assert.ThrowsAny<System.ArgumentException>(tooLarge) |> ignore
