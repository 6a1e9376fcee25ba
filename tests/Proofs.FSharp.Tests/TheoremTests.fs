module Proofs.FSharp.Tests.TheoremTests

open Proofs.Checks.Papers
open Proofs.Checks.Reports
open Proofs.Checks.Theorems
open Proofs.Checks.Verification
open Proofs.Constructions.Budgets
open Proofs.Constructions.Calculus
open Proofs.Constructions.Domains
open Proofs.Kernel.Formulas
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions
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
            let leaf =
                Budget("leaf", "here", Norm.Sup, small, Instance = built.Budget.Instance,
                       Parameters = built.Budget.Parameters)
            let root =
                Budget("root", "here", Norm.Sup, small, Instance = built.Budget.Instance,
                       Parameters = built.Budget.Parameters,
                       Children = System.Collections.Immutable.ImmutableArray.Create leaf)
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

    match (rows (Verify.report unknown) "error").Head.Verdict with
    | :? Verdict.Faulty as faulty ->
        Assert.Equal("epsilon in 'epsilon' is not defined; defined are f, m, p, r, L, W, B, width", faulty.Problem)
    | other -> failwith $"{other}"

[<Fact>]
let ``A function outside its class is refused`` () =
    let tooLarge () =
        Hypersurface.jumps 2 2N 2N 1N [ Hypersurface.piece "3" [ Hypersurface.below 2 "1/2" ] ] |> ignore

    Assert.ThrowsAny<System.ArgumentException>(tooLarge) |> ignore

/// What a run prints, and the exit code it gives.
let private printed (run: unit -> int) =
    let before = System.Console.Out
    use writer = new System.IO.StringWriter(NewLine = "\n")
    System.Console.SetOut writer

    try
        let code = run ()
        code, writer.ToString()
    finally
        System.Console.SetOut before

[<Fact>]
let ``A theorem that nothing checks ends with 2 and says so`` () =
    let code, text =
        printed (fun () -> theorem "t" { claim "error" "sup |Phi - f| <= eps" } |> Verify.run)

    Assert.Equal(2, code)
    Assert.Contains("VACUOUS t: claim \"error\" vacuous", text)
    Assert.Contains("never checked: the theorem has no instance", text)
    Assert.Contains("VACUOUS: 0 of 1 claims hold", text)

[<Fact>]
let ``A large instance is not checked in the quick profile, and that is said`` () =
    let large =
        theorem "t" {
            largeInstance (squareInstance 2)
            claim "error" "sup |Phi - f| <= 1"
        }

    let code, text = printed (fun () -> Verify.run large)
    Assert.Equal(2, code)
    Assert.Contains("never checked: in this profile no instance is checked, for m = 2 is large", text)
    Assert.Equal(0, fst (printed (fun () -> Verify.runWith (VerificationOptions(Profile = Profile.Full)) large)))

[<Fact>]
let ``A malformed range and a value outside the declared range end with 64 and are no claim that holds`` () =
    for range, expected in
        [ "(0, 1[", "the range '(0, 1[' of m is none"
          "(5/2, 3]", "m = 2 lies outside the range (5/2, 3] that the theorem declares" ] do
        let outside =
            theorem "t" {
                forAll "m" range
                instance (squareInstance 2)
                claim "error" "sup |Phi - f| <= 1"
            }

        let code, text = printed (fun () -> Verify.run outside)
        Assert.Equal(64, code)
        Assert.Contains(expected, text)
        Assert.DoesNotContain("certified  ", text)

[<Fact>]
let ``Contradictory hypotheses are no success`` () =
    let code, text =
        printed (fun () -> theorem "t" { claim "nonsense" "forall x in real where x > 1, x < 0 : 1 = 2" } |> Verify.run)

    Assert.Equal(2, code)
    Assert.Contains("no parameters satisfy the assumptions", text)

[<Fact>]
let ``A run explains what does not hold as the command line does`` () =
    let report =
        Verify.report (
            theorem "t" {
                instance (squareInstance 2)
                claim "size" "W <= 1"
                claim "typo" "sup |Phi - g| <= 1"
                claim "syntax" "sup |Phi - | <= 1"
                claim "fine" "sup |Phi - f| <= 1"
            })

    Assert.Equal("certified", (rows report "fine").Head.Verdict.Rung)
    let text = Explanation.Console report
    Assert.Contains("  expected  W <= 1", text)
    Assert.Contains("  witness   W = ", text)
    Assert.Contains(" > 1\n", text)
    Assert.Contains("  replay    verify t again with profile quick and seed 1", text)
    Assert.Contains("g in 'Phi - g' is not defined", text)
    Assert.Contains("column 12", text)
    Assert.Equal(1, ExitStatus.Of [| report |])

[<Fact>]
let ``A paper is run theorem by theorem, and an empty one is no success`` () =
    let paper theorems = PaperArtifact.create "paper" "A paper" theorems (fun () -> []) (fun () -> [])
    Assert.Equal(0, fst (printed (fun () -> Verify.paper (paper [ square ]))))
    Assert.Equal(2, fst (printed (fun () -> Verify.paper (paper []))))
    Assert.Equal(64, fst (printed (fun () -> Verify.paper (paper [ square; square ]))))
