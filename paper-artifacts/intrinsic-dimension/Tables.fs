/// Size against error on sets of different dimension, as values.
module Proofs.Papers.IntrinsicDimension.Tables

open System.Globalization
open Proofs.Kernel
open Proofs.Numeric
open Proofs.Constructions
open Proofs.Constructions.IntrinsicDimension
open Proofs.Checks
open Proofs.FSharp

// A set, the smoothness, the function, and how many natural grids.
let private series: (CoveredSet * string * string * int) list =
    [ Sets.CantorDust 2, "1", Instances.lipschitz, 5
      Sets.Gasket, "1", Instances.lipschitz, 7
      Sets.Carpet, "1", Instances.lipschitz, 3
      Sets.CantorDust 2, "2", "x1*x2", 5
      Sets.Gasket, "2", "x1*x2", 7
      Sets.Koch, "2", "x1*x2", 4
      Sets.Tetrahedron, "2", "(x1*x2 + x1*x3 + x2*x3)/3", 5 ]

let private built =
    lazy
        [ for set, beta, f, levels in series ->
              let space = HolderClass(BigRational.Parse beta, set.AmbientDimension, BigRational.One)

              set,
              beta,
              [ for k in 1..levels ->
                    let n = pown set.NaturalBase k
                    n, IntrinsicNetwork.Build(space, set, n, Expr.Parse f, IntrinsicChoice.ForGrid(space, n, IntrinsicDesign.Ours)) ] ]

let private whole (n: int64) = Cell.exact (BigRational(bigint n))

/// Depth and size over the grids.
let sizes () =
    Table.create
        "sizes"
        "Networks on the cells of a set: grid n, cells N, classes C, depth L, size W, and the proven error, rounded up. The full grid has n^D cells."
        [ "set"; "beta"; "n"; "N"; "full grid"; "C"; "L"; "W"; "error at most" ]
        [ for set, beta, rows in built.Value do
              for n, network in rows ->
                  [ Cell.text set.Name
                    Cell.text beta
                    Cell.whole n
                    Cell.whole network.Boxes.Length
                    Cell.exact (BigRational.Pow(BigRational(bigint n), set.AmbientDimension))
                    Cell.exact network.Budget.Parameters["C"]
                    Cell.whole network.Network.Depth
                    whole network.Network.Size
                    Cell.UpperBound(Binary64.Exact(network.Budget.BoundValue().Sup)) ] ]

/// The slope of log W over log(1/error), beside the exponents d/beta of the theorem and D/beta of a full grid.
let exponents () =
    let decimals (x: float) = x.ToString("F3", CultureInfo.InvariantCulture)

    let slope (points: (float * float) list) =
        let mx, my = List.averageBy fst points, List.averageBy snd points
        (points |> List.sumBy (fun (x, y) -> (x - mx) * (y - my))) / (points |> List.sumBy (fun (x, _) -> (x - mx) ** 2.0))

    Table.create
        "exponents"
        "W grows like error^(-d/beta): the slope of log W over log(1/error) on the last three grids, measured, beside d/beta and D/beta."
        [ "set"; "beta"; "D"; "slope"; "d/beta"; "D/beta" ]
        [ for set, beta, rows in built.Value ->
              let points =
                  [ for _, network in rows |> List.skip (rows.Length - 3) ->
                        -log (network.Budget.BoundValue().Sup), log (float network.Network.Size) ]

              let smoothness = float beta
              [ Cell.text set.Name
                Cell.text beta
                Cell.whole set.AmbientDimension
                Cell.text (decimals (slope points))
                Cell.text (decimals (set.Dimension.Midpoint / smoothness))
                Cell.text (decimals (float set.AmbientDimension / smoothness)) ] ]
