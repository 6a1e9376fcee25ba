/// Functions on low-dimensional sets and their networks; sections are those of docs/math/02-intrinsic-dimension.md.
module Proofs.Papers.IntrinsicDimension.Instances

open System.Collections.Immutable
open Proofs.Checks.Theorems
open Proofs.Constructions.Calculus
open Proofs.Constructions.Domains
open Proofs.Constructions.Holder.Membership
open Proofs.Constructions.IntrinsicDimension
open Proofs.Constructions.Networks
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions
open Proofs.FSharp

// Bounds are attained, some of them exactly: coefficients of 24 bits leave a certificate room that 40 bits would not.
let private bits = 24

/// The network of a design for f in H(beta, D, 1) on a set, with the least natural grid for the accuracy eps.
let build (design: HolderClass -> IntrinsicDesign) (set: CoveredSet) (beta: string) (f: string) (eps: BigRational) =
    let space = HolderClass(BigRational.Parse beta, set.AmbientDimension, BigRational.One)
    let struct (n, choice) = IntrinsicChoice.ForAccuracy(space, set.NaturalBase, eps, design space)
    IntrinsicNetwork.Build(space, set, n, Expr.Parse f, choice.WithBits bits)

let ours (_: HolderClass) = IntrinsicDesign.Ours

let private by design name set beta f (inverse: int) =
    Instance.delay name (fun () -> Instance.ofBuilt name (build design set beta f (BigRational.ratio 1 inverse)))

let private on name = by ours name

/// (x1 + |x2 - 1/2|)/2, Lipschitz.
let lipschitz = "(x1 + abs(x2 - 1/2))/2"

/// The mean of |x_i - 1/2|, and the mean of the products of pairs.
let meanDistance d = [ for i in 1..d -> $"abs(x{i} - 1/2)" ] |> String.concat " + " |> sprintf "(%s)/%d" <| d

let meanPairs d =
    [ for i in 1..d do for j in i + 1 .. d -> $"x{i}*x{j}" ] |> String.concat " + " |> sprintf
        "(%s)/%d" <| d * (d - 1) / 2

/// The instances of section 8.
let gasketProduct = on "gasket-product" Sets.Gasket "2" "x1*x2" 256
let cantorLipschitz = on "cantor-dust-lipschitz" (Sets.CantorDust 2) "1" lipschitz 256
let simplexPairs = on "simplex5-pairs" (Sets.Simplex 5) "2" (meanPairs 5) 64
let kochProduct = on "koch-product" Sets.Koch "2" "x1*x2" 4096
let gasketRoot = on "gasket-root" Sets.Gasket "1/2" "sqrt(abs(x1 - x2)/2)" 8
let gasketCubic = on "gasket-cubic" Sets.Gasket "3" "x1^2*x2/2" 1024

/// Monomials whose depth does not see the accuracy.
let gasketFlat =
    by (fun space -> IntrinsicDesign.Ours.Flat(space, Sets.Gasket)) "gasket-cubic-flat" Sets.Gasket "3" "x1^2*x2/2" 1024

/// A union of a moved fractal, a line and a curve, as a user states it.
let ownUnion =
    let set = SetText.Parse("own", "set gasket under 1/2 : 0 0\naffine 0 1/2 : 2 1\nimage u ; 1 - u^2/2")
    on "own-union" set "2" "x1*x2" 64

/// Up to 10^5 cells. The functions are 4/5 of what their class allows, so that no bound is attained: a certificate has
/// room.
let private scaled = "2/5*(x1 + abs(x2 - 1/2))"
let mengerPairs = on "menger-pairs" Sets.Menger "2" "(x1*x2 + x1*x3 + x2*x3)/4" 128
let carpetFine = on "carpet-lipschitz-fine" Sets.Carpet "1" scaled 480
let gasketFine = on "gasket-lipschitz-fine" Sets.Gasket "1" scaled 2000
let tetrahedronFine = on "tetrahedron-distance-fine" Sets.Tetrahedron "1" $"4/5*{meanDistance 3}" 250
let cantorFine = on "cantor-dust-lipschitz-fine" (Sets.CantorDust 2) "1" scaled 13000

/// The construction of the paper.
let private paper (_: HolderClass) = IntrinsicDesign.Paper
let paperProduct = by paper "paper-gasket-product" Sets.Gasket "2" "x1*x2" 128
let paperCubic = by paper "paper-gasket-cubic" Sets.Gasket "3" "x1^2*x2/2" 1024
let paperOwnLipschitz =
    by (fun _ -> IntrinsicDesign.PaperOwn) "paper-own-cantor-lipschitz" (Sets.CantorDust 2) "1" lipschitz 64

// What follows serves the false variants.

let gasketLipschitz = on "gasket-lipschitz" Sets.Gasket "1" lipschitz 4

/// The network of a function on the cells of the carpet, with claims about the whole square.
let carpetEverywhere =
    Instance.delay "carpet, whole square" (fun () ->
        (Instance.ofBuilt "carpet, whole square" (build ours Sets.Carpet "1" lipschitz (BigRational.ratio 1 16))).On
            ImmutableArray.Empty)

/// The network on the cells of a sample, with claims about all cells of the Cantor set.
let cellsOfASample =
    Instance.delay "Cantor set, cells of a sample" (fun () ->
        let space = HolderClass(BigRational.One, 1, BigRational.One)
        let all = Sets.CantorDust(1).Cover 9
        let some =
            CellSet.Of(9, 1,
                       [ for i in all.Indices() do
                              if i[0] <> 2 then i :> System.Collections.Generic.IReadOnlyList<int> ])
        let choice = IntrinsicChoice.ForGrid(space, 9, IntrinsicDesign.Ours)
        (Instance.ofBuilt
            "Cantor set, cells of a sample"
            (IntrinsicNetwork.Build(space, some, Expr.Parse "x/2", choice)))
            .On(all.Boxes().ToImmutableArray()))

/// Gates of the constant value on cells, summed up by class, with whatever offset K and steepness S.
let private gatesBy penalty name n (cells: int list list) (value: int) (offset: int) (steepness: int)
    (classes: int list) =
    Instance.delay name (fun () ->
        let number (k: int) = BigRational(bigint k)
        let net = NetworkBuilder cells.Head.Length

        let gate (cell: int list) =
            let distances =
                [ for d, i in List.indexed cell do
                      let x = number n * net.Inputs[d]
                      [ if i + 1 < n then net.Rho(x - number (i + 1))
                        if i > 0 then net.Rho(number i - x) ]
                      |> List.reduce (+) ]

            let far: Functional = penalty net distances
            net.Rho(number -steepness * far + number (value + offset))

        let all = List.map gate cells
        let sum k = List.zip classes all |> List.filter (fst >> (=) k) |> List.map snd |> List.reduce (+)
        let sums = classes |> List.distinct |> List.map sum
        let top =
            if sums.Length = 1 then sums.Head
            else Maximum.AppendNonNegative(net, sums |> List.map net.Rho |> List.toArray)

        let boxes =
            CellSet.Of(n, cells.Head.Length,
                       [ for c in cells -> (List.toArray c :> System.Collections.Generic.IReadOnlyList<int>) ]).Boxes()
        (Instance.network name (cube cells.Head.Length 0N 1N) (net.BuildScalar(top - number offset))
         |> Instance.set "f" (number value))
            .On(boxes.ToImmutableArray()))

let private gates = gatesBy (fun _ distances -> List.reduce (+) distances)

/// The least distance of a coordinate in place of the sum.
let leastDistance =
    gatesBy
        (fun net distances -> -(Maximum.Append(net, [| for d in distances -> -d |])))
        "gates with the least distance" 4 [ [ 0; 0 ]; [ 0; 2 ] ] 1 1 4 [ 0; 0 ]

let private gasketCells = [ [ 0; 0 ]; [ 0; 1 ]; [ 1; 0 ] ]
let withoutClasses = gates "one sum of all gates" 2 gasketCells 1 1 4 [ 0; 0; 0 ]
let flatGates = gates "gates with S = (M + K)/2" 3 [ [ 0 ]; [ 1 ]; [ 2 ] ] 1 1 1 [ 0; 1; 0 ]
let withoutOffset = gates "gates with K = 0" 2 gasketCells -1 0 4 [ 0; 1; 2 ]

/// The counts of covers as numbers.
let cantorCounts =
    Instance.delay "Cantor set" (fun () ->
        let cantor = Sets.CantorDust 1
        Instance.formula "Cantor set" (cube 1 0N 1N)
        |> Instance.set "N" (BigRational(bigint (cantor.Cover 2).Count))
        |> Instance.set "n" (BigRational(bigint 2))
        |> Instance.set "N_closed" (BigRational(bigint (cantor.CountClosed 1)))
        |> Instance.set "k" BigRational.One)

let twoScaleCount =
    Instance.delay "two-scale set" (fun () ->
        Instance.formula "two-scale set" (cube 1 0N 1N)
        |> Instance.set "N" (BigRational(bigint (Sets.TwoScale.Cover(2, BigRational.Half)).Count))
        |> Instance.define "d" "log2((1 + sqrt(5))/2)"
        |> Instance.define "r" "1/2")

/// 2 f((a + b)/2) - f(a)/2 - f(b)/2 with the interpolants f of the square.
let threeSquares =
    Instance.delay "three-square product" (fun () ->
        let net = NetworkBuilder 2
        let a, b = net.Inputs[0], net.Inputs[1]
        let square t = Square.Append(net, t, 2, 1)
        let product =
            BigRational(bigint 2) * square (BigRational.Half * (a + b)) - BigRational.Half * (square a + square b)
        Instance.network "three-square product" (cube 2 0N 1N) (net.BuildScalar product) |> Instance.define "m" "2")
