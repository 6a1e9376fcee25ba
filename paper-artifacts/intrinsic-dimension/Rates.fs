/// How fast estimators learn on sets of small dimension: the experiment of docs/math/02, section 7, with the rules of
/// RateStudy.
module Proofs.Papers.IntrinsicDimension.Rates

open System
open System.Collections.Immutable
open System.Threading
open Proofs.Checks.Experiments
open Proofs.Checks.Papers
open Proofs.Checks.Theorems
open Proofs.Constructions.Formats.Points
open Proofs.Constructions.IntrinsicDimension
open Proofs.Numeric.Expressions
open Proofs.FSharp

let private noise = 0.5

/// (4/D) sum |x_i - 1/2|, of Lipschitz constant 4 in the sup norm.
let private tents law =
    RegressionProblem.OfFunction(law, "(4/D) sum |x_i - 1/2|", Func<_,
                                 _>(fun (x: float[]) -> 4.0 * Array.averageBy (fun t -> abs (t - 0.5)) x), 1.0, 4.0,
                                 noise)

/// (2/D) sum x_i, as smooth as one likes.
let private linear law =
    RegressionProblem.OfFunction(law, "(2/D) sum x_i", Func<_, _>(fun (x: float[]) -> 2.0 * Array.average x), 2.0, 2.0,
                                 noise)

/// 2 sum_k 2^(-k/2) dist(2^k x_1, Z), of smoothness 1/2 everywhere and no smoother anywhere.
let rough law =
    let distance (t: float) = abs (t - Math.Round t)

    let takagi (x: float[]) =
        2.0 * List.sum [ for k in 0..24 -> 2.0 ** (-float k / 2.0) * distance (Math.ScaleB(x[0], k)) ]

    RegressionProblem.OfFunction(law, "2 sum_k 2^(-k/2) dist(2^k x1, Z)", Func<_, _> takagi, 0.5, 8.0, noise)

let private cells (problem: RegressionProblem) = RateStudy(problem, CellMeans.Estimator problem.Magnitude)

/// The gasket in R^6, none of its directions along an axis but two.
let gasket6 =
    PointLaw.On(Sets.Gasket).Map(
        "gasket, mapped",
        [| for f in [ "x1"; "x2"; "(x1 + x2)/2"; "(x1 + 2*x2)/3"; "(3*x1 + x2)/4"; "(x1 + 4*x2)/5" ] -> Expr.Parse f |])

let private laws =
    [ PointLaw.On(Sets.CantorDust 2); PointLaw.On Sets.Gasket; PointLaw.On Sets.Tetrahedron;
      PointLaw.On(Sets.Simplex 5) ]
let private control = laws |> List.map (tents >> cells)
let private cantor, gasket, tetrahedron, simplex = control[0], control[1], control[2], control[3]
let private mapped = cells (tents gasket6)
let private coarse = cells (rough (PointLaw.On Sets.Gasket))
let private neighbours = RateStudy(rough (PointLaw.On Sets.Gasket), NeighbourMeans.Estimator)
let private saturated = cells (linear (PointLaw.Cube 2))

/// The mean of all values, wherever the point lies.
let private blind =
    let fit (sample: Sample) =
        let mean = Seq.average sample.Values
        Func<PointCloud, float[]>(fun points -> Array.create points.Count mean)

    RateStudy(tents (PointLaw.On Sets.Gasket),
              RegressionEstimator("the mean of all", Func<_, _, _>(fun sample _ -> fit sample)))

let theorem =
    theorem "intrinsic-rates" {
        title "Squared errors fall with n at the rate of the set's dimension, measured"
        source "nakada2020" "generalization; docs/math/02, sections 5 and 7"

        statistics
            [ for study in control -> study.Reaches $"rate on {study.Problem.Law.Name}" ]

        statistics
            [ cantor.BeatsAmbient "cantor2 beats D"
              tetrahedron.BeatsAmbient "tetrahedron beats D"
              simplex.BeatsAmbient "simplex5 beats D"
              mapped.Reaches "same d, D = 6"
              mapped.BeatsAmbient "same d, D = 6 beats D"
              coarse.Reaches "rate at beta = 1/2"
              neighbours.Reaches "nearest neighbours at beta = 1/2" ]

        statisticsMutants
            [ simplex.ReachesExponent("the rate of D", simplex.Problem.AmbientExponent),
              "the set has dimension log2(6), not 5"
              saturated.Reaches "F14", "averages saturate at smoothness 1: -2/(2 + d) instead of -4/(4 + d)"
              simplex.SteeperThan("F15", cantor.Problem.Exponent), "a larger dimension gives a slower rate"
              gasket.SteeperThan("as fast as a parameter", -0.8), "1/n is for functions of finitely many parameters"
              blind.Reaches "an estimator that learns nothing", "its error does not fall" ]
    }

let private request = SampleRequest(1L, Profile.Full, Environment.ProcessorCount, CancellationToken.None)
let private full = lazy [ for study in control @ [ mapped ] -> study, study.Result request ]

/// The positive control of section 7.
let table () =
    Table.create
        "rates"
        ("Cell means, f = (4/D) sum |x_i - 1/2|, sigma = 1/2, n = 2^8 ... 2^15, 20 replicates, seed 1: "
         + ("the slope of log error over log n, measured, beside -2/(2 + d) and -2/(2 + D). "
            + "Each n counts the points fitted; as many again choose the grid."))
        [ "set"; "d"; "D"; "of d"; "of D"; "slope"; "95 % from"; "to"; "one replicate" ]
        [ for study, result in full.Value do
              let problem, interval = study.Problem, result.SlopeEstimate 0.95

              [ Cell.text problem.Law.Name
                Cell.measured 3 problem.Law.Dimension
                Cell.whole problem.Law.AmbientDimension
                Cell.measured 3 problem.Exponent
                Cell.measured 3 problem.AmbientExponent
                Cell.measured 3 interval.Value
                Cell.measured 3 interval.Lower
                Cell.measured 3 interval.Upper
                Cell.measured 3 result.SingleSlopeDeviation ] ]

/// Estimators side by side, at the sizes each of them can fit.
let comparison () =
    let quick = SampleRequest(1L, Profile.Quick, Environment.ProcessorCount, CancellationToken.None)

    Table.create
        "estimators"
        ("The gasket once more, for three estimators with 10 replicates, seed 1: "
         + ("neighbours fit at most 4096 points here and kernel ridge regression at most 512, "
            + "too few for an asymptotic slope; the exponent of d is -0.558."))
        [ "estimator"; "n"; "slope"; "95 % from"; "to"; "error at n = 512" ]
        [ for study in [ gasket; RateStudy(gasket.Problem, NeighbourMeans.Estimator);
                         RateStudy(gasket.Problem, KernelRidge.Estimator) ] do
              let result = study.Result quick
              let interval = result.SlopeEstimate 0.95
              let sizes = result.Plan.Sizes

              [ Cell.text study.Estimator.Name
                Cell.text $"{sizes[0]} ... {sizes[sizes.Length - 1]}"
                Cell.measured 3 interval.Value
                Cell.measured 3 interval.Lower
                Cell.measured 3 interval.Upper
                Cell.measured 4 result.MeanErrors[sizes.IndexOf 512] ] ]

/// Errors against n, each with the line of the exponent of d through its first point.
let figure () =
    let series =
        [ for study, result in full.Value |> List.take 4 do
              let points =
                  Seq.zip result.Plan.Sizes result.MeanErrors |> Seq.map (fun (n, e) -> FigurePoint(float n, e))
              let first = Seq.head points
              let along (p: FigurePoint) = FigurePoint(p.X, first.Y * (p.X / first.X) ** study.Problem.Exponent)
              Series.Line(study.Problem.Law.Name, points.ToImmutableArray()) :> Series
              Series.Line($"exponent {study.Problem.Exponent:F3}", (points |> Seq.map along).ToImmutableArray(), true) ]

    Figure(
        "rates",
        ("Squared error of cell means against the number of points on four sets, "
         + "with the slopes that their dimensions give."),
        Axis("$n$", "n", 200.0, 40000.0, Scale.Log10),
        Axis("squared error", "squared error", 0.001, 0.1, Scale.Log10),
        series.ToImmutableArray(),
        IsMeasured = true)
