/// The tables and the figure of the hypersurface theorem, as values.
module Proofs.Papers.SingularHypersurfaces.Tables

open System.Collections.Immutable
open Proofs.Checks.Papers
open Proofs.Constructions.Calculus
open Proofs.Constructions.Hypersurfaces
open Proofs.Constructions.SingularHypersurfaces
open Proofs.Kernel.Numbers
open Proofs.Numeric.Rounding
open Proofs.Search.Regions
open Proofs.FSharp

/// What the theorem gives at a few parameters, by formula (section 4); nothing is built.
let instances () =
    let row (d, beta, alpha, k, j, m, inverse) =
        let number (n: int) = BigRational(bigint n)
        let space = HypersurfaceClass(d, number alpha, number beta, number m, k, number j)
        let choice = HypersurfaceChoice.ConstantDepth(space, BigRational.ratio 1 inverse, 2)
        let size = HypersurfaceSize.Of(space, choice)
        let total = HypersurfaceSize.TheoremBound(space, choice) |> Option.ofObj |> Option.map Cell.upper

        [ Cell.whole d; Cell.whole beta; Cell.whole alpha; Cell.whole k; Cell.whole j; Cell.whole m
          Cell.exact (BigRational.ratio 1 inverse)
          Cell.exact (BigRational choice.Smooth.N)
          Cell.exact (BigRational choice.Surface.N)
          Cell.whole size.Depth
          Cell.exact (BigRational size.SizeBound)
          Cell.upper (HypersurfaceSize.SmoothConstant(space, choice))
          Cell.upper (HypersurfaceSize.SurfaceConstant(space, choice))
          total |> Option.defaultValue (Cell.text "eps too large") ]

    Table.create
        "instances"
        ("Networks of the hypersurface theorem: grid sizes, depth, exact upper count of W, and "
         + "the bound c1 eps^(-D/beta) + c2 eps^(-2(D-1)/alpha). Upper bounds are rounded up.")
        [ "D"; "beta"; "alpha"; "K"; "J"; "M"; "eps"; "N_f"; "N_h"; "L"; "W at most"; "c1"; "c2"; "c1-c2 bound" ]
        ([ 2, 2, 2, 1, 1, 1, 4
           2, 2, 2, 1, 1, 1, 64
           2, 2, 1, 1, 1, 1, 64
           3, 2, 2, 2, 1, 1, 16
           2, 4, 2, 1, 2, 1, 64
           4, 3, 2, 2, 2, 1, 16 ]
         |> List.map row)

/// Rate exponents at the examples of section 7.
let phases () =
    let row (alpha: string, beta: string, d: int) =
        let p = PhaseDiagram.At(BigRational.Parse alpha, BigRational.Parse beta, d)

        let region =
            match p.Region with
            | PhaseRegion.Tie -> "I"
            | PhaseRegion.SmoothDominates -> "II"
            | _ -> "III"

        [ Cell.exact p.Alpha; Cell.exact p.Beta; Cell.whole d
          Cell.exact p.Smooth; Cell.exact p.Singular; Cell.exact p.LinearSingular
          Cell.text region; Cell.exact p.Network; Cell.exact p.LinearUpperBound
          Cell.exact p.LowerBoundary; Cell.exact p.UpperBoundary ]

    Table.create
        "phases"
        ("Rate exponents, exactly: smooth part S, singular part H, linear estimators Lin; "
         + "networks reach min(S, H), no linear estimator more than min(S, Lin).")
        [ "alpha"; "beta"; "D"; "S"; "H"; "Lin"; "region"; "network"; "linear at most"; "b_low"; "b_high" ]
        ([ "2", "2", 2; "1", "1", 2; "2", "1/2", 2; "2", "1", 2; "1/2", "1", 2; "1", "3", 3 ] |> List.map row)

/// The error of a shifted ramp beside its bound (00.3.2 and 3.1).
let rampErrors () =
    let row (eta: string, delta: string, p: int) =
        let eta, delta = BigRational.Parse eta, BigRational.Parse delta

        [ Cell.exact eta; Cell.exact delta; Cell.whole p
          Cell.exact (Ramp.IntegratedError(eta, delta, p))
          Cell.exact (Ramp.IntegratedErrorBound(eta, delta, p)) ]

    Table.create
        "ramp-error"
        ("E_p(eta, delta), the p-th power of the L^p error of a ramp of width delta shifted by eta, and "
         + "its bound |eta| + delta 2^(-p)/(p+1); both exact.")
        [ "eta"; "delta"; "p"; "E_p"; "bound" ]
        ([ "0", "1/16", 1; "0", "1/16", 2; "1/64", "1/16", 1; "1/64", "1/16", 2
           "1/32", "1/16", 2; "1/8", "1/16", 1; "1/8", "1/16", 2; "1/8", "1/16", 3 ]
         |> List.map row)

/// The phase diagram for D = 2: the two boundaries over alpha, and the regions between them.
let phaseFigure () =
    let top = 3.0
    let at (boundary: PhaseDiagram -> BigRational) (i: int) =
        let alpha = BigRational.ratio i 10
        FigurePoint(Binary64.Nearest alpha, Binary64.Nearest(boundary (PhaseDiagram.At(alpha, BigRational.One, 2))))

    let steps = [ 1..40 ]
    let low = [ for i in steps -> at _.LowerBoundary i ] |> ImmutableArray.CreateRange
    let high = [ for i in steps -> at _.UpperBoundary i ] |> ImmutableArray.CreateRange
    let level y = [ for i in steps -> FigurePoint(float i / 10.0, y) ] |> ImmutableArray.CreateRange

    Figure(
        "phase-diagram",
        ("Phase diagram for D = 2: rates of deep networks and of linear estimators over the smoothness alpha of "
         + "surfaces and beta of pieces"),
        Axis("$\\alpha$ (surfaces)", "α, smoothness of surfaces", 0.1, 4.0),
        Axis("$\\beta$ (pieces)", "β, smoothness of pieces", 0.0, top),
        ImmutableArray.Create<Series>(
            Series.Band("I: tie", level 0.0, low),
            Series.Band("II: smooth part", low, high),
            Series.Band("III: singular part", high, level top),
            Series.Line("b_low", low, false),
            Series.Line("b_high", high, true),
            Series.Label("I", FigurePoint(3.0, 0.35)),
            Series.Label("II", FigurePoint(2.6, 1.5)),
            Series.Label("III", FigurePoint(1.0, 2.2))))
