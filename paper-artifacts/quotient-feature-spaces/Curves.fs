/// Learning curves for a function of five numbers in any order: pooled networks beside plain ones, neighbours on the
/// quotient beside neighbours (docs/math/03, sections 2, 4 and 10), by rules fixed before the run (docs/training.md).
module Proofs.Papers.QuotientFeatureSpaces.Curves

open System
open System.Collections.Immutable
open System.Reflection
open Proofs.Checks.Experiments
open Proofs.Checks.Learning
open Proofs.Checks.Theorems

let private points = 5
let private plan = RatePlan(ImmutableArray.Create(256, 512, 1024, 2048), 8, 2000)
let private problem = RateProblems.MeanDifference points
let private factor = 8.0
let private plain, sum, largest = "plain network", "sum-pooled network", "max-pooled network"
let private neighbours = NeighbourMeans.Estimator
let private sorted = SymmetricEstimator.Sorted neighbours

/// The plain architecture for n points.
let private fullyConnected = NetworkEstimator.ByRate(points, 3, factor, problem.Exponent)

/// The largest pooled architecture with no more parameters than the plain one.
let private pooled pooling n =
    let most = (fullyConnected.Invoke n).Parameters
    let ofWidth k = Architectures.DeepSets(points, [| 1; k; k |], pooling, [| k; 1 |])
    Seq.initInfinite (fun k -> ofWidth (k + 1))
    |> Seq.takeWhile (fun network -> network.Parameters <= most)
    |> Seq.last

/// The comparison; without a trainer (null) the errors of networks can be read, not made.
let comparison (trainer: ITrainer | null) =
    let trained name architecture =
        let estimator =
            match trainer with
            | null -> null
            | t -> NetworkEstimator.Of(name, t, architecture, 1)
        RateContender(name, plan, estimator)

    RateComparison(
        problem,
        ImmutableArray.Create(
            trained plain fullyConnected,
            trained sum (System.Func<_, _>(pooled Pooling.Sum)),
            trained largest (System.Func<_, _>(pooled Pooling.Max)),
            RateContender(neighbours.Name, plan, neighbours),
            RateContender(sorted.Name, plan, sorted)),
        1L)

/// What is expected.
let rules =
    let tolerance = RateStudy.Tolerance
    ImmutableArray.CreateRange
        [ for name in [ neighbours.Name; sorted.Name ] do
              RateRule(name, "the exponent of the class", DecisionRule.Within(problem.Exponent, tolerance))
          for name in [ plain; sum; largest ] do
              RateRule(name, "as steep as the class", DecisionRule.Below(problem.Exponent + tolerance))
          for name in [ sum; largest ] do
              RateRule(name, "smaller errors", DecisionRule.Below 0.0, plain)
          RateRule(sorted.Name, "smaller errors", DecisionRule.Below 0.0, neighbours.Name) ]

/// Makes the measurements that are missing in a folder, or one part of them, by a trainer (MeasurementFile.Complete).
let measure (trainer: ITrainer) folder (shard, shards) jobs progress cancellation =
    let header =
        [ "quotient-feature-spaces"
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
        ("A function of five numbers in any order. "
         + "Slopes of log error over log n with 90 % bootstrap intervals, beside rules fixed before the run; "
         + "measured, seed 1."),
        read, all, rules)

/// The errors behind them.
let errors () =
    let read, all = measured.Value
    RateReport.Errors(
        "learning-errors", "A function of five numbers in any order. Mean squared errors.",
        read, all)

/// The learning curves.
let figure () =
    let read, all = measured.Value
    RateReport.Figure(
        "learning-curves", "A function of five numbers in any order. Squared error against the number of points.",
        read, all, plain, problem.Exponent)
