/// Learning curves on a set of small dimension in six coordinates: trained networks beside averages (docs/math/02,
/// sections 5 and 7), by rules fixed before the run (docs/training.md).
module Proofs.Papers.IntrinsicDimension.Curves

open System
open System.Collections.Immutable
open System.Reflection
open Proofs.Checks.Experiments
open Proofs.Checks.Learning
open Proofs.Checks.Theorems

let private plan = RatePlan(ImmutableArray.Create(256, 512, 1024, 2048, 4096), 8, 2000)
let private tolerance = RateStudy.Tolerance
let private network = "network"
let private problem = Rates.rough Rates.gasket6
let private cheap = [ CellMeans.Estimator problem.Magnitude; NeighbourMeans.Estimator; NadarayaWatson.Estimator ]

/// The comparison; without a trainer (null) the errors of networks can be read, not made.
let comparison (trainer: ITrainer | null) =
    let trained =
        match trainer with
        | null -> null
        | t -> NetworkEstimator.Of(network, t, NetworkEstimator.ByRate(6, 3, 32.0, problem.Exponent), 2)

    let averages = [ for e in cheap -> RateContender(e.Name, plan.UpTo e.MostPoints, e) ]
    RateComparison(problem, (RateContender(network, plan, trained) :: averages).ToImmutableArray(), 1L)

/// What is expected.
let rules =
    ImmutableArray.CreateRange
        [ for e in cheap do
              RateRule(e.Name, "the exponent of d", DecisionRule.Within(problem.Exponent, tolerance))
          RateRule(network, "below the exponent of D", DecisionRule.Below problem.AmbientExponent)
          RateRule(network, "as steep as the theorem", DecisionRule.Below(problem.Exponent + tolerance)) ]

/// Makes the measurements that are missing in a folder, or one part of them, by a trainer (MeasurementFile.Complete).
let measure (trainer: ITrainer) folder (shard, shards) jobs progress cancellation =
    let header =
        [ "intrinsic-dimension"
          "Squared errors of fits in L2 of the law; made by the study rates of this paper, seed 1."
          "Rules and plan: docs/training.md (Learning curves), fixed before the run." ]
    MeasurementFile.Complete(
        comparison trainer, folder, "rates", header, shard, shards, jobs, progress, cancellation)

/// The committed measurements; those of estimators without training are made anew up to n = 512 and compared.
let private measured =
    lazy
        let all = MeasurementFile.Embedded(Assembly.GetExecutingAssembly(), "rates.csv")
        let read = comparison null
        read.CheckAnew(all, 512, Environment.ProcessorCount)
        read, all

/// Every rule with its outcome.
let outcomes () =
    let read, all = measured.Value
    RateReport.Rules(
        "learning-rules",
        ("The gasket in six coordinates, smoothness 1/2. "
         + "Slopes of log error over log n with 90 % bootstrap intervals, beside rules fixed before the run; "
         + "measured, seed 1."),
        read, all, rules)

/// The errors behind them.
let errors () =
    let read, all = measured.Value
    RateReport.Errors(
        "learning-errors", "The gasket in six coordinates, smoothness 1/2. Mean squared errors.",
        read, all)

/// The learning curves.
let figure () =
    let read, all = measured.Value
    RateReport.Figure(
        "learning-curves", "The gasket in six coordinates, smoothness 1/2. Squared error against the number of points.",
        read, all, network, problem.Exponent)
