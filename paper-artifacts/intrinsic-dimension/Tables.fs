/// Size against error on sets of different dimension, as values.
module Proofs.Papers.IntrinsicDimension.Tables

open System.Globalization
open Proofs.Checks.Papers
open Proofs.Checks.Reports
open Proofs.Constructions.Budgets
open Proofs.Constructions.Domains
open Proofs.Constructions.Holder.Membership
open Proofs.Constructions.IntrinsicDimension
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions
open Proofs.Numeric.Rounding
open Proofs.FSharp

// Smoothness and a function of H(beta, D, 1) for each.
let private functions (set: CoveredSet) =
    let d = set.AmbientDimension
    [ "1", Instances.meanDistance d; "2", Instances.meanPairs d; "3", "x1^2*x2/2" ]

// Sets, and how many natural grids.
let private sets: (CoveredSet * int) list =
    [ Sets.CantorDust 2, 5; Sets.Gasket, 7; Sets.Carpet, 3; Sets.Koch, 4; Sets.Tetrahedron, 5; Sets.Menger, 2 ]

let private network design (set: CoveredSet) (beta: string) (f: string) n =
    let space = HolderClass(BigRational.Parse beta, set.AmbientDimension, BigRational.One)
    IntrinsicNetwork.Build(space, set, n, Expr.Parse f, IntrinsicChoice.ForGrid(space, n, design))

let private built =
    lazy
        [ for set, levels in sets do
              for beta, f in functions set ->
                  set,
                  beta,
                  [ for k in 1..levels ->
                        let n = pown set.NaturalBase k
                        n, network IntrinsicDesign.Ours set beta f n ] ]

let private whole (n: int64) = Cell.exact (BigRational(bigint n))

/// Depth and size over the grids.
let sizes () =
    Table.create
        "sizes"
        ("Networks on the cells of a set: grid n, cells N, classes C, depth L, size W, and the proven error, "
         + "rounded up. The full grid has n^D cells.")
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
                    TableCell.UpperBound(Binary64.Exact(network.Budget.BoundValue().Sup)) ] ]

/// The slope of log W over log(1/error), beside the exponents d/beta of the theorem and D/beta of a full grid.
let exponents () =
    let decimals (x: float) = x.ToString("F3", CultureInfo.InvariantCulture)

    let slope (points: (float * float) list) =
        let mx, my = List.averageBy fst points, List.averageBy snd points
        (points |> List.sumBy (fun (x, y) -> (x - mx) * (y - my)))
        / (points |> List.sumBy (fun (x, _) -> (x - mx) ** 2.0))

    Table.create
        "exponents"
        ("W grows like error^(-d/beta): the slope of log W over log(1/error) on the last grids (three, "
         + ("two of the Menger sponge), measured, beside d/beta and D/beta. "
            + ("The monomials of beta = 3 cost a part of order log(1/error), which coarse grids still see; "
               + "the second slope leaves it out.")))
        [ "set"; "beta"; "D"; "slope"; "slope, without monomials"; "d/beta"; "D/beta" ]
        [ for set, beta, rows in built.Value ->
              let points weights =
                  [ for _, network: Built in rows |> List.skip (max 0 (rows.Length - 3)) ->
                        -log (network.Budget.BoundValue().Sup), log (weights network) ]

              let all (network: Built) = float network.Network.Size
              let gates (network: Built) = all network - Binary64.Nearest network.Budget.Parameters["W_mono"]

              let smoothness = float beta
              [ Cell.text set.Name
                Cell.text beta
                Cell.whole set.AmbientDimension
                Cell.text (decimals (slope (points all)))
                Cell.text (decimals (slope (points gates)))
                Cell.text (decimals (set.Dimension.Midpoint / smoothness))
                Cell.text (decimals (float set.AmbientDimension / smoothness)) ] ]

/// Ours beside the construction of the paper: on the same grid, and on the grid of its own analysis.
let variants () =
    let rows: (CoveredSet * string * string * int) list =
        [ Sets.Gasket, "1", Instances.lipschitz, 5
          Sets.Gasket, "2", "x1*x2", 10
          Sets.Gasket, "3", "x1^2*x2/2", 12
          Sets.CantorDust 2, "2", "x1*x2", 10
          Sets.Carpet, "1", Instances.lipschitz, 4
          Sets.Koch, "2", "x1*x2", 10
          Sets.Tetrahedron, "2", Instances.meanPairs 3, 7
          Sets.Menger, "1", Instances.meanDistance 3, 2
          Sets.Simplex 5, "2", Instances.meanPairs 5, 4 ]

    Table.create
        "variants"
        ("Networks for one accuracy eps: ours, the construction of the paper on the same grid, and "
         + "on the grid its own cruder bound asks for.")
        [ "set"; "beta"; "eps"; "n"; "N"; "L"; "W"; "L, paper"; "W, paper"; "n, own"; "W, own" ]
        [ for set, beta, f, k in rows do
              let space = HolderClass(BigRational.Parse beta, set.AmbientDimension, BigRational.One)

              let built design =
                  let struct (n, choice) =
                      IntrinsicChoice.ForAccuracy(space, set.NaturalBase, BigRational.PowerOfTwo -k, design)
                  n, IntrinsicNetwork.Build(space, set, n, Expr.Parse f, choice)

              let (n, ours), (_, paper), (ownGrid, own) =
                  built IntrinsicDesign.Ours, built IntrinsicDesign.Paper, built IntrinsicDesign.PaperOwn

              [ Cell.text set.Name
                Cell.text beta
                Cell.text $"2^-{k}"
                Cell.whole n
                Cell.whole ours.Boxes.Length
                Cell.whole ours.Network.Depth
                whole ours.Network.Size
                Cell.whole paper.Network.Depth
                whole paper.Network.Size
                Cell.whole ownGrid
                whole own.Network.Size ] ]

/// Sets of small dimension in ten coordinates, beside the network on all cells of the cube.
let manyCoordinates () =
    let curve =
        SetText.Parse("curve", "image " + String.concat " ; " [ for i in 1..10 -> if i = 1 then "u" else $"u^{i}" ])

    let plane = SetText.Parse("plane", "affine 0 0 0 0 0 0 0 0 0 0 : 1 0 1 0 1 0 1 0 1 0 ; 0 1 0 1 0 1 0 1 0 1")

    let rows: (CoveredSet * int) list =
        [ curve, 4; curve, 16; curve, 64; plane, 4; plane, 16; Sets.Simplex 10, 2; Sets.Simplex 10, 4;
          Sets.Simplex 10, 8 ]

    // two weights a face, 2 n^9 (n - 1) faces a coordinate in all gates, one coefficient and one sum a cell: no class
    // tree counted
    let everywhere (n: int) =
        let n = BigRational(bigint n)
        let cells = BigRational.Pow(n, 10)
        BigRational(bigint 40) * (n - 1N)
        + BigRational(bigint 20) * BigRational.Pow(n, 9) * (n - 1N)
        + BigRational(bigint 2) * cells

    Table.create
        "ten-coordinates"
        ("The mean of |x_i - 1/2| in ten coordinates, beta = 1: networks on the cells of a set, and "
         + "at the same error on all n^10 cells of the cube (W at least).")
        [ "set"; "dimension"; "n"; "N"; "L"; "W"; "n^10"; "W on the cube"; "error at most" ]
        [ for set, n in rows do
              let built = network IntrinsicDesign.Ours set "1" (Instances.meanDistance 10) n

              [ Cell.text set.Name
                Cell.text (set.Dimension.Midpoint.ToString("F3", CultureInfo.InvariantCulture))
                Cell.whole n
                Cell.whole built.Boxes.Length
                Cell.whole built.Network.Depth
                whole built.Network.Size
                Cell.exact (BigRational.Pow(BigRational(bigint n), 10))
                Cell.exact (everywhere n)
                TableCell.UpperBound(Binary64.Exact(built.Budget.BoundValue().Sup)) ] ]

/// The Koch curve, its cells, and the cells whose gates can be on in one of them.
let cells () = CellFigure.Of("cells", network IntrinsicDesign.Ours Sets.Koch "2" "x1*x2" 9)
