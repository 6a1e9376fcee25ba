/// Learning curves at a jump along a curve: trained networks beside linear estimators (docs/math/01, sections 5.3 and
/// 6), by rules fixed before the run (docs/training.md).
module Proofs.Papers.SingularHypersurfaces.Curves

open System.Collections.Immutable
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
let private comparison (trainer: ITrainer | null) (seed: int64) =
    let trained =
        match trainer with
        | null -> null
        | t -> NetworkEstimator.Of(network, t, NetworkEstimator.ByRate(2, 3, 48.0, theorem), 2)

    let linear = [ for e in cheap -> RateContender(e.Name, plan.UpTo e.MostPoints, e) ]
    RateComparison(
        RateProblems.Hypersurface(), (RateContender(network, plan, trained) :: linear).ToImmutableArray(), seed)

/// What is expected.
let private rules =
    ImmutableArray.CreateRange
        [ for e in cheap do
              RateRule(e.Name, "stays at 1/(D + 1)", DecisionRule.Within(isotropic, tolerance))
          RateRule(network, "below linear estimators", DecisionRule.Below linear)
          RateRule(network, "as steep as the theorem", DecisionRule.Below(theorem + tolerance))
          RateRule(network, "smaller errors", DecisionRule.Below 0.0, NadarayaWatson.Estimator.Name) ]

/// The study, the tables and the figure.
let curves =
    LearningCurves(
        "singular-hypersurfaces", "A jump along a curve in the square", comparison, rules, network, theorem)
