/// Learning curves for a function of five numbers in any order: pooled networks beside plain ones, neighbours on the
/// quotient beside neighbours (docs/math/03, sections 2, 4 and 10), by rules fixed before the run (docs/training.md).
module Proofs.Papers.QuotientFeatureSpaces.Curves

open System.Collections.Immutable
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
let private comparison (trainer: ITrainer | null) (seed: int64) =
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
        seed)

/// What is expected.
let private rules =
    let tolerance = RateStudy.Tolerance
    ImmutableArray.CreateRange
        [ for name in [ neighbours.Name; sorted.Name ] do
              RateRule(name, "the exponent of the class", DecisionRule.Within(problem.Exponent, tolerance))
          for name in [ plain; sum; largest ] do
              RateRule(name, "as steep as the class", DecisionRule.Below(problem.Exponent + tolerance))
          for name in [ sum; largest ] do
              RateRule(name, "smaller errors", DecisionRule.Below 0.0, plain)
          RateRule(sorted.Name, "smaller errors", DecisionRule.Below 0.0, neighbours.Name) ]

/// The study, the tables and the figure.
let curves =
    LearningCurves(
        "quotient-feature-spaces", "A function of five numbers in any order", comparison, rules, plain,
        problem.Exponent)
