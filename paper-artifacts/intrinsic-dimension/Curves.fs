/// Learning curves on a set of small dimension in six coordinates: trained networks beside averages (docs/math/02,
/// sections 5 and 7), by rules fixed before the run (docs/training.md).
module Proofs.Papers.IntrinsicDimension.Curves

open System.Collections.Immutable
open Proofs.Checks.Experiments
open Proofs.Checks.Learning
open Proofs.Checks.Theorems

let private plan = RatePlan(ImmutableArray.Create(256, 512, 1024, 2048, 4096), 8, 2000)
let private tolerance = RateStudy.Tolerance
let private network = "network"
let private problem = Rates.rough Rates.gasket6
let private cheap = [ CellMeans.Estimator problem.Magnitude; NeighbourMeans.Estimator; NadarayaWatson.Estimator ]

/// The comparison; without a trainer (null) the errors of networks can be read, not made.
let private comparison (trainer: ITrainer | null) (seed: int64) =
    let trained =
        match trainer with
        | null -> null
        | t -> NetworkEstimator.Of(network, t, NetworkEstimator.ByRate(6, 3, 32.0, problem.Exponent), 2)

    let averages = [ for e in cheap -> RateContender(e.Name, plan.UpTo e.MostPoints, e) ]
    RateComparison(problem, (RateContender(network, plan, trained) :: averages).ToImmutableArray(), seed)

/// What is expected.
let private rules =
    ImmutableArray.CreateRange
        [ for e in cheap do
              RateRule(e.Name, "the exponent of d", DecisionRule.Within(problem.Exponent, tolerance))
          RateRule(network, "below the exponent of D", DecisionRule.Below problem.AmbientExponent)
          RateRule(network, "as steep as the theorem", DecisionRule.Below(problem.Exponent + tolerance)) ]

/// The study, the tables and the figure.
let curves =
    LearningCurves(
        "intrinsic-dimension", "The gasket in six coordinates, smoothness 1/2", comparison, rules, network,
        problem.Exponent)
