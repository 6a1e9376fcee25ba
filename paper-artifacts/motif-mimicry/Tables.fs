/// Sizes, bounds and errors as values.
module Proofs.Papers.MotifMimicry.Tables

open System.Collections.Immutable
open Proofs.Checks.Fitting
open Proofs.Checks.Papers
open Proofs.Constructions.Motifs
open Proofs.Constructions.Networks
open Proofs.Kernel.Numbers
open Proofs.Numeric.Rounding
open Proofs.Search.Certification
open Proofs.Search.Regions
open Proofs.Search.Requests
open Proofs.FSharp
open Proofs.Papers.MotifMimicry.Instances

let private upper (value: BigRational) = TableCell.UpperBound(System.Nullable value)
let private large (value: int64) = Cell.exact (BigRational(bigint value))

// The least power of ten that is at least as large: a bound whose digits do not depend on where the solver stopped.
let private decade (value: float) =
    Seq.initInfinite (fun k -> BigRational.Pow(number 10, k - 30))
    |> Seq.find (fun p -> p.CompareTo(exact value) >= 0)
    |> upper

/// The convex fits and what certifies them.
let fits () =
    Table.create
        "fits"
        ("Support vector fits by an uncertified solver: upper bounds of the duality gap G, of "
         + "sup |(f - b) - (f* - b*)| <= sqrt(G), and of A = sum |a|; derived here and certified.")
        [ "fit"; "n"; "D"; "terms"; "A"; "G"; "sup" ]
        [ for fit in [ gauss2; laplace2; gauss3 ] ->
              let solved = solve fit

              [ Cell.text fit.Name
                Cell.whole fit.Values.Length
                Cell.whole fit.Dimension
                Cell.whole solved.Model.Terms
                upper solved.Model.AbsoluteSum
                decade solved.Gap.Value.Sup
                decade solved.Certificate ] ]

// The largest difference on a grid, in binary64 arithmetic.
let private sampled (fit: Fit) (network: ReluNetwork) =
    let model, steps = (solve fit).Model, (if fit.Dimension = 2 then 32 else 10)
    let side = [| for k in 0..steps -> BigRational.ratio k steps |]

    let rec points d =
        if d = 0 then [ [] ] else [ for x in side do for rest in points (d - 1) -> x :: rest ]

    points fit.Dimension
    |> Seq.map (fun x ->
        let at = [| for v in x -> Binary64.Nearest v |]
        abs (network.Evaluate(at)[0] - model.Value(List.toArray x).Midpoint))
    |> Seq.max

/// Bounds of the transfer error, in the order in which they have to be.
let transfers () =
    Table.create
        "transfers"
        ("Transferred networks as they are stored: size, the bound T1 of the paper (A/2)(N^-2 + gamma D 4^-(m+1)), "
         + "the bound read off the stored entries, and the largest difference on a grid, which is measured and a lower "
         + "estimate of the true supremum.")
        [ "fit"; "m"; "N"; "L"; "W"; "T1"; "certified"; "measured" ]
        [ for fit, m, n in [ gauss2, 4, 8; gauss2, 8, 64; gauss3, 9, 64; laplace2, 0, 16; laplace2, 0, 64 ] ->
              let network, model = build fit m n, (solve fit).Model

              let squares =
                  if m = 0 then BigRational.Zero
                  else number (fit.Gamma * fit.Dimension) * BigRational.PowerOfTwo(-2 * m - 2)

              [ Cell.text fit.Name
                Cell.whole m
                Cell.whole n
                Cell.whole network.Depth
                large network.Size
                upper (model.AbsoluteSum / number 2 * (BigRational.ratio 1 (n * n) + squares))
                upper (certified fit m network)
                Cell.measured 5 (sampled fit network) ] ]

/// Branch and bound on the whole network, beside the bound that knows its layers.
let searches () =
    Table.create
        "searches"
        ("The same supremum by two certified ways: from the layers, and by 2000 boxes of branch and bound that know "
         + "nothing of them.")
        [ "fit"; "m"; "N"; "from the layers"; "branch and bound" ]
        [ for fit, m, n in [ gauss2, 1, 2; gauss2, 4, 8; laplace2, 0, 4 ] ->
              let network, model = build fit m n, (solve fit).Model
              let scale = square fit.Dimension

              let request =
                  CertifyRequest.Of(network, model.Formula scale, Region.Of scale.Box).WithBoxBudget(2000L).WithJobs(1)

              [ Cell.text fit.Name; Cell.whole m; Cell.whole n
                upper (certified fit m network)
                TableCell.Range (Certifier.Sup request).Value ] ]

let private targets = [ 1..6 ]

let private plan (fit: Fit) (k: int) (sharp: bool) =
    let tau = BigRational.ratio 1 (pown 10 k)

    match fit.Kernel with
    | :? MotifKernel.Gaussian -> MotifPlan.Gaussian((solve fit).Model, tau, sharp)
    | _ -> MotifPlan.Laplacian((solve fit).Model, tau, sharp)

/// Cheapest plans.
let plans () =
    Table.create
        "plans"
        ("The least W of the layout for a transfer error of at most tau by T1, with the knots of Lemma E and with the "
         + "sharper ones of Lemma E'; all exact.")
        [ "fit"; "tau"; "m"; "N"; "W"; "m, E'"; "N, E'"; "W, E'" ]
        [ for fit in [ gauss2; laplace2; gauss3 ] do
              for k in targets ->
                  let even, sharp = plan fit k false, plan fit k true

                  [ Cell.text fit.Name
                    Cell.exact (BigRational.ratio 1 (pown 10 k))
                    Cell.whole even.SquareLayers; Cell.whole even.Hinges; large even.Size
                    Cell.whole sharp.SquareLayers; Cell.whole sharp.Hinges; large sharp.Size ] ]

/// Wider tubes have fewer support vectors and smaller networks.
let tubes () =
    Table.create
        "tubes"
        "The tube of gauss-2d-n12 against its terms and the least W for tau = 1/100 (Lemma E'); the fits are certified."
        [ "tube"; "terms"; "A"; "G"; "W" ]
        [ for tube in [ "1/64"; "1/32"; "1/16"; "1/8"; "1/4" ] ->
              let fit = { gauss2 with Tube = tube }
              let solved = solve fit

              [ Cell.exact (rational tube)
                Cell.whole solved.Model.Terms
                upper solved.Model.AbsoluteSum
                decade solved.Gap.Value.Sup
                large (MotifPlan.Gaussian(solved.Model, BigRational.ratio 1 100, true)).Size ] ]

/// Transfers without an error.
let exactTransfers () =
    Table.create
        "exact"
        "Fits over the rationals and their networks: duality gap 0, error 0, all entries exact."
        [ "fit"; "terms"; "f(0)"; "kinks"; "L"; "W"; "B" ]
        [ for name, fit in exactFits ->
              let model = fit ()
              let spline = SplineTransfer.Of model
              let network = spline.Build(square 1)

              [ Cell.text name
                Cell.whole model.Terms
                Cell.exact spline.AtZero
                Cell.whole spline.Kinks[0].Length
                Cell.whole network.Depth
                large network.Size
                Cell.exact network.Magnitude ] ]

/// W against tau.
let sizes () =
    let decades (tau: int) = -(float tau)
    let log10 (w: int64) = System.Math.Round(System.Math.Log10(float w), 6)

    let series name fit sharp dashed =
        Series.Line(
            name,
            ImmutableArray.CreateRange(
                [ for k in List.rev targets -> FigurePoint(decades k, log10 (plan fit k sharp).Size) ]
            ),
            dashed
        )
        :> Series

    Figure(
        "sizes",
        "Cheapest networks: log10 of W against log10 of the transfer error; the slope tends to -1/2",
        Axis("$\\log_{10} \\tau$", "log10 tau", -6.0, -1.0),
        Axis("$\\log_{10} W$", "log10 W", 1.0, 6.0),
        ImmutableArray.CreateRange(
            [ series "gauss-3d-n20, Lemma E" gauss3 false true
              series "gauss-3d-n20, Lemma E'" gauss3 true false
              series "gauss-2d-n12, Lemma E'" gauss2 true false
              series "laplace-2d-n12, Lemma E'" laplace2 true false ]
        )
    )
