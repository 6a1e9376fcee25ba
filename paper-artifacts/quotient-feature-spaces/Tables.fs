/// Sizes, counts, errors and bounds as values, and the cells of the fundamental domain.
module Proofs.Papers.QuotientFeatureSpaces.Tables

open System.Collections.Immutable
open System.Globalization
open Proofs.Checks.Experiments
open Proofs.Checks.Papers
open Proofs.Constructions.Budgets
open Proofs.Constructions.Holder.Membership
open Proofs.Constructions.Invariance
open Proofs.Kernel.Numbers
open Proofs.Kernel.Symbolic
open Proofs.Numeric.Expressions
open Proofs.Numeric.Intervals
open Proofs.Numeric.Rounding
open Proofs.Search.Certification
open Proofs.Search.Requests
open Proofs.FSharp
open Proofs.Papers.QuotientFeatureSpaces.Instances

let private exact (value: bigint) = Cell.exact (BigRational value)
let private factorial n = Seq.fold (fun product (k: int) -> product * bigint k) bigint.One [ 1..n ]
let private binomial (n: int) k = factorial n / (factorial k * factorial (n - k))

/// Sizes of the three families for n = 2 .. 16.
let sorters () =
    let cells family n =
        let comparators = Sorter.Comparators(family, n)
        let network = Sorter.Network comparators
        [ Cell.whole comparators.Depth; Cell.whole comparators.Count; exact (bigint network.Size) ]

    Table.create
        "sorters"
        ("Sorters of n numbers as networks: stages S, comparators C and non-zero weights W; depth S + 1, B = 1. "
         + "Each is certified by the 0-1 principle.")
        [ "n"; "S odd-even"; "C odd-even"; "W odd-even"; "S merge"; "C merge"; "W merge"; "S bitonic"; "C bitonic";
          "W bitonic" ]
        [ for n in 2..16 ->
              Cell.whole n :: List.collect (fun f -> cells f n)
                  [ SorterFamily.OddEven; SorterFamily.Merge; SorterFamily.Bitonic ] ]

/// Nodes of the grid with and without the quotient.
let nodes () =
    Table.create
        "nodes"
        ("Grid nodes with N cells a side for functions of n numbers: "
         + ("all, those that are sorted, the ratio and n!, which it approaches as N grows (lower bounds are rounded "
            + "down)."))
        [ "n"; "N"; "all nodes"; "sorted nodes"; "ratio"; "n!" ]
        [ for n, cells in [ 2, 8; 2, 64; 3, 4; 3, 32; 4, 2; 4, 32; 8, 10; 8, 1000 ] ->
              let all, sorted = bigint.Pow(bigint (cells + 1), n), binomial (cells + n) n

              [ Cell.whole n
                Cell.whole cells
                exact all
                exact sorted
                TableCell.LowerBound(System.Nullable(BigRational(all, sorted)))
                exact (factorial n) ] ]

let private approximations: (string * (unit -> Built)) list =
    let space n (m: string) = HolderClass(BigRational.One, n, BigRational.Parse m)

    [ for n, cells, m, f in [ 2, 4, "2", "x1*x2"; 2, 8, "2", "x1*x2"; 2, 8, "1", "max(x1, x2)";
                              3, 2, "3", "x1*x2*x3" ] do
          "Theorem A", (fun () -> InvariantInterpolant.Build(space n m, Expr.Parse f, cells))
      for n, cells, m, f in [ 2, 4, "2", "x1*x2"; 2, 4, "1", "max(x1, x2)" ] do
          "Theorem C", (fun () -> InfConvolution.Build(n, 1, space n m, Expr.Parse f, cells))
      for n, cells, thresholds, m, f in [ 2, 4, 4, "2", "x1*x2" ] do
          "sum pooling", (fun () -> InvariantInterpolant.BuildPooled(space n m, Expr.Parse f, cells, thresholds)) ]

/// Invariant functions and their networks: the bound, and what the certifier encloses the error by.
let errors () =
    Table.create
        "errors"
        "Networks that are exactly invariant: size, proved bound, and an enclosure of the true supremum of the error."
        [ "network"; "f"; "N"; "L"; "W"; "bound"; "error" ]
        [ for name, construct in approximations ->
              let built = construct ()
              let request = CertifyRequest.Of(built).WithRelativeGap(0.02).WithBoxBudget(20000L).WithJobs(1)
              let found = Certifier.Sup(request).Value

              [ Cell.text name
                Cell.text $"{built.Target}"
                Cell.exact built.Budget.Parameters["N"]
                Cell.whole built.Network.Depth
                exact (bigint built.Network.Size)
                Cell.exact (built.Budget.TryEvaluate(built.Budget.Bound).Value)
                TableCell.Range found ] ]

/// Covering numbers of quotients.
let covering () =
    let symmetric n p (inverse: int) =
        let cells = (inverse + 1) / 2
        $"S{n} on {n}x{p}", n * p, inverse, cells, OrbitCount.Symmetric(n, p, bigint cells), factorial n

    let listed (name: string) d (inverse: int) =
        let cells, group = (inverse + 1) / 2, Groups.Parse(name, d)
        name, d, inverse, cells, OrbitCount.Of(group, bigint cells), group.Order.Value

    Table.create
        "covering"
        ("Covering numbers of [0,1]^d / G in the sup norm for balls of radius eps: "
         + "orbits of N^d cubes, N = ceil(1/(2 eps)), and how many times fewer they are (rounded down); all exact.")
        [ "G"; "d"; "eps"; "N"; "cover of the quotient"; "cover of the cube"; "times fewer"; "order of G" ]
        [ for name, d, inverse, cells, orbits, order in
              [ symmetric 2 1 4; symmetric 3 1 10; symmetric 8 1 20; symmetric 8 1 2000; symmetric 4 3 8
                listed "C4" 4 20; listed "D4 on 3x3" 9 10; listed "C7" 7 20 ] ->
              let all = bigint.Pow(bigint cells, d)

              [ Cell.text name; Cell.whole d; Cell.exact (BigRational.ratio 1 inverse); Cell.whole cells
                exact orbits; exact all
                TableCell.LowerBound(System.Nullable(BigRational(all, orbits)))
                exact order ] ]

/// The bound, the lower bound and a simulation of the functions that the lower bound is about.
let generalisation () =
    let trials, seed = 200, 20260801UL
    let short (x: float) = x.ToString("G3", CultureInfo.InvariantCulture)

    Table.create
        "generalisation"
        ($"E sup (R - R_m) over invariant 1-Lipschitz functions of n numbers: "
         + ($"a proved lower bound, its mean measured in {trials} samples (seed {seed}) for one class, and "
            + $"the proved upper bound 2 (m^(-1/2) + Ent)."))
        [ "n"; "m"; "N"; "lower bound"; "measured"; "upper bound" ]
        [ for n, m in [ 3, 200; 3, 2000; 4, 200; 4, 2000; 5, 2000 ] ->
              let bound = setting n 1 (bigint m)
              let cells = int (bound.LowerBoundCells())
              let upper =
                  Interval.Enclose(number 2)
                  * (Interval.Enclose(BigRational.One) / Interval.Sqrt(Interval.Enclose(number m)) + bound.Entropy())

              [ Cell.whole n; Cell.whole m; Cell.whole cells
                TableCell.LowerBound(System.Nullable(Binary64.Exact(bound.LowerBound().Inf)))
                Cell.text (short (GapSimulation.MeasuredGap(n, cells, m, trials, seed)))
                TableCell.UpperBound(System.Nullable(Binary64.Exact upper.Sup)) ] ]

let private point x y = FigurePoint(x, y)
let private line name (points: FigurePoint list) dashed =
    Series.Line(name, ImmutableArray.CreateRange points, dashed) :> Series

/// The sorted points of the square and the cells that meet them, N = 6.
let domain2 () =
    let n = 6
    let side = 1.0 / float n
    let columns =
        [ for i in 0 .. n - 1 ->
              let x = float i * side
              Series.Band(
                  $"cells in column {i + 1}: {i + 1}",
                  ImmutableArray.Create(point x 0.0, point (x + side) 0.0),
                  ImmutableArray.Create(point x (float (i + 1) * side),
                                        point (x + side) (float (i + 1) * side))) :> Series ]

    Figure(
        "domain-n2",
        $"Sorted points x1 >= x2 of the square: {n * (n + 1) / 2} of {n * n} cells meet them",
        Axis("$x_1$", "x1", 0.0, 1.0),
        Axis("$x_2$", "x2", 0.0, 1.0),
        ImmutableArray.CreateRange(columns @ [ line "x1 = x2" [ point 0.0 0.0; point 1.0 1.0 ] true ]))

/// The sorted points of the cube and the cells that meet them, N = 3, in parallel projection.
let domain3 () =
    let n = 3
    let side = 1.0 / float n
    let project (x, y, z) = point (x + 0.35 * y) (z + 0.25 * y)
    let faces i j k =
        let at a b c = project ((float i + a) * side, (float j + b) * side, (float k + c) * side)
        [ at 0.0 0.0 0.0; at 1.0 0.0 0.0; at 1.0 0.0 1.0; at 0.0 0.0 1.0; at 0.0 0.0 0.0
          at 0.0 1.0 0.0; at 1.0 1.0 0.0; at 1.0 0.0 0.0; at 1.0 1.0 0.0; at 1.0 1.0 1.0
          at 1.0 0.0 1.0; at 1.0 1.0 1.0; at 0.0 1.0 1.0; at 0.0 0.0 1.0; at 0.0 1.0 1.0; at 0.0 1.0 0.0;
          at 0.0 0.0 0.0 ]

    let layers =
        [ for k in 0 .. n - 1 ->
              let cells = [ for i in k .. n - 1 do for j in k..i -> i, j ]
              // one path along the edges: back to the first cell of a row before the next row begins
              let start i = project (float i * side, float k * side, float k * side)
              line
                  $"x3 in cell {k + 1}: {cells.Length}"
                  [ for i, j in cells do
                        if j = k && i > k then
                            start (i - 1)

                        yield! faces i j k ]
                  false ]

    let corners = [ 0.0, 0.0, 0.0; 1.0, 0.0, 0.0; 1.0, 1.0, 0.0; 1.0, 1.0, 1.0; 0.0, 0.0, 0.0; 1.0, 1.0, 0.0 ]
    let back = [ 1.0, 0.0, 0.0; 1.0, 1.0, 1.0 ]

    Figure(
        "domain-n3",
        $"Sorted points x1 >= x2 >= x3 of the cube, a sixth of it: 10 of {n * n * n} cells meet them",
        Axis("$x_1 + 0.35 x_2$", "x1 + 0.35 x2", 0.0, 1.4),
        Axis("$x_3 + 0.25 x_2$", "x3 + 0.25 x2", 0.0, 1.3),
        ImmutableArray.CreateRange(
            layers
            @ [ line "x1 >= x2 >= x3" (corners |> List.map project) true
                line "its further edge" (back |> List.map project) true ]))
