/// Learning curves at a jump along a curve: trained networks beside linear estimators (docs/math/01, sections 5.3 and
/// 6), by rules fixed before the run (docs/training.md).
module Proofs.Papers.SingularHypersurfaces.Curves

open System
open System.Collections.Immutable
open System.Reflection
open Proofs.Checks.Experiments
open Proofs.Checks.Learning
open Proofs.Checks.Theorems

let private plan = RatePlan(ImmutableArray.Create(256, 512, 1024, 2048, 4096), 8, 2000)
let private theorem, linear, isotropic = -2.0 / 3.0, -2.0 / 5.0, -1.0 / 3.0
let private tolerance = RateStudy.Tolerance
let private network = "network"
let private cheap =
    [ NadarayaWatson.Estimator; CosineSeries.Estimator; NeighbourMeans.Estimator; KernelRidge.Estimator ]

/// The comparison; without a trainer (null) the errors of networks can be read, not made.
let comparison (trainer: ITrainer | null) =
    let trained =
        match trainer with
        | null -> null
        | t -> NetworkEstimator.Of(network, t, NetworkEstimator.ByRate(2, 3, 48.0, theorem), 2)

    let linear = [ for e in cheap -> RateContender(e.Name, plan.UpTo e.MostPoints, e) ]
    RateComparison(
        RateProblems.Hypersurface(), (RateContender(network, plan, trained) :: linear).ToImmutableArray(), 1L)

/// What is expected.
let rules =
    ImmutableArray.CreateRange
        [ for e in cheap do
              RateRule(e.Name, "stays at 1/(D + 1)", DecisionRule.Within(isotropic, tolerance))
          RateRule(network, "below linear estimators", DecisionRule.Below linear)
          RateRule(network, "as steep as the theorem", DecisionRule.Below(theorem + tolerance))
          RateRule(network, "smaller errors", DecisionRule.Below 0.0, NadarayaWatson.Estimator.Name) ]

/// Makes the measurements that are missing in a folder, or one part of them, by a trainer (MeasurementFile.Complete).
let measure (trainer: ITrainer) folder (shard, shards) jobs progress cancellation =
    let header =
        [ "singular-hypersurfaces"
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
        ("A jump along a curve in the square. "
         + "Slopes of log error over log n with 90 % bootstrap intervals, beside rules fixed before the run; "
         + "measured, seed 1."),
        read, all, rules)

/// The errors behind them.
let errors () =
    let read, all = measured.Value
    RateReport.Errors(
        "learning-errors", "A jump along a curve in the square. Mean squared errors.",
        read, all)

/// The learning curves.
let figure () =
    let read, all = measured.Value
    RateReport.Figure(
        "learning-curves", "A jump along a curve in the square. Squared error against the number of points.",
        read, all, network, theorem)
