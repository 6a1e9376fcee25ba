/// Fits and their networks as instances. Sections are those of docs/math/04-motif-mimicry.md.
module Proofs.Papers.MotifMimicry.Instances

open System.Collections.Immutable
open Proofs.Checks.Experiments
open Proofs.Checks.Fitting
open Proofs.Checks.Theorems
open Proofs.Constructions.Domains
open Proofs.Constructions.Formats.Points
open Proofs.Constructions.Motifs
open Proofs.Constructions.Networks
open Proofs.Kernel.Networks
open Proofs.Kernel.Numbers
open Proofs.Numeric.Rounding
open Proofs.Search.Motifs
open Proofs.FSharp

let number (n: int) = BigRational(bigint n)
let rational (text: string) = BigRational.Parse text
let exact (value: float) = Binary64.Exact value

/// A support vector regression: data, kernel, C and the half width of the tube.
type Fit =
    { Name: string
      Dimension: int
      Points: float[]
      Values: float[]
      Kernel: MotifKernel
      Gamma: int
      Cost: string
      Tube: string }

let gauss2 =
    { Name = "gauss-2d-n12"
      Dimension = 2
      Points = Data.gauss2Points
      Values = Data.gauss2Values
      Kernel = MotifKernel.Gaussian(number 4)
      Gamma = 4
      Cost = "2"
      Tube = "1/16" }

let gauss3 =
    { Name = "gauss-3d-n20"
      Dimension = 3
      Points = Data.gauss3Points
      Values = Data.gauss3Values
      Kernel = MotifKernel.Gaussian(number 2)
      Gamma = 2
      Cost = "4"
      Tube = "1/32" }

let laplace2 =
    { Name = "laplace-2d-n12"
      Dimension = 2
      Points = Data.laplace2Points
      Values = Data.laplace2Values
      Kernel = MotifKernel.Laplacian(number 2)
      Gamma = 2
      Cost = "2"
      Tube = "1/16" }

let private solved = System.Collections.Concurrent.ConcurrentDictionary<string * string, KernelFit>()

/// The fit with its certificate.
let solve (fit: Fit) =
    solved.GetOrAdd(
        (fit.Name, fit.Tube),
        fun _ ->
            let data =
                FitData.Of(Sample(PointCloud(fit.Dimension, fit.Points), fit.Values), InputScale.Unit fit.Dimension)

            SupportVectorFit.Fit(data, fit.Kernel, rational fit.Cost, rational fit.Tube, 1e-4)
    )

let square (d: int) = InputScale.Unit d

/// The network of a fit with the knots of Lemma E, unpruned and as it is stored.
let build (fit: Fit) (m: int) (n: int) =
    let model, hinges = (solve fit).Model, ExponentialHinges.Even(n, number fit.Gamma)

    StoredNetwork.Of(
        match fit.Kernel with
        | :? MotifKernel.Gaussian -> KernelTransfer.Gaussian(model, m, hinges, square fit.Dimension, false)
        | _ -> KernelTransfer.Laplacian(model, hinges, square fit.Dimension, false)
    )

/// An upper bound of sup |Phi - f| that is read off the stored network; a thousand where its layout is another.
let certified (fit: Fit) (m: int) (network: ReluNetwork) =
    match MotifTransfer.Certify(network, (solve fit).Model, m, square fit.Dimension) |> Option.ofObj with
    | Some error -> exact error.Bound
    | None -> number 1000

let private zeros (model: KernelModel) =
    model.Centres |> Seq.sumBy (Seq.filter (fun v -> v.Sign = 0) >> Seq.length)

let private pairs (model: KernelModel) =
    model.Centres |> Seq.collect Seq.indexed |> Seq.distinct |> Seq.length

let private describe (fit: Fit) (name: string) m n (network: ReluNetwork) =
    let solved = solve fit
    let model = solved.Model

    Instance.network name (Box.Unit fit.Dimension) network
    |> Instance.set "ns" (number model.Terms)
    |> Instance.set "D" (number fit.Dimension)
    |> Instance.set "A" model.AbsoluteSum
    |> Instance.set "asum" model.Sum
    |> Instance.set "g" (number fit.Gamma)
    |> Instance.set "m" (number m)
    |> Instance.set "N" (number n)
    |> Instance.set "zeros" (number (zeros model))
    |> Instance.set "nd" (number (pairs model))
    |> Instance.set "gap" (exact solved.Gap.Value.Sup)
    |> Instance.set "error" (certified fit m network)

/// A transferred fit.
let transfer (fit: Fit) (m: int) (n: int) =
    let name = if m > 0 then $"{fit.Name} m={m} N={n}" else $"{fit.Name} N={n}"
    Instance.delay name (fun () -> describe fit name m n (build fit m n))

/// The network with one entry of a layer changed.
let changed (layer: int) (row: int) (by: BigRational) (network: ReluNetwork) =
    let map = network.Layers[layer]
    let rows = map.Exact.Rows
    let old = rows[row]
    let first = old.Weights[0]
    let entry = Entry(first.Index, first.Value + by)
    let lie = Row(old.Weights.SetItem(0, entry), old.Bias)
    ReluNetwork(network.Layers.SetItem(layer, Affine.Of(AffineMap(map.Columns, rows.SetItem(row, lie)))))

/// Lies in a transfer: what is certified of each is measured against the model that was fitted.
let lie (name: string) (change: KernelModel -> ReluNetwork -> ReluNetwork) =
    Instance.delay name (fun () ->
        describe gauss2 name 8 64 (change (solve gauss2).Model (build gauss2 8 64)))

let weightOff =
    lie "one output weight off by 1/100" (fun _ network -> changed (network.Depth - 1) 0 (rational "1/100") network)

let squareOff = lie "one weight of the squares off by 2^-30" (fun _ -> changed 1 0 (BigRational.PowerOfTwo -30))

let private other (model: KernelModel) =
    let hinges =
        match model.Kernel with
        | :? MotifKernel.Gaussian as g -> ExponentialHinges.Even(64, g.Gamma)
        | _ -> failwith "a Gaussian is expected"

    StoredNetwork.Of(KernelTransfer.Gaussian(model, 8, hinges, square 2, false))

let wrongConstant =
    lie "gamma 5 in place of 4" (fun model _ ->
        other (KernelModel(MotifKernel.Gaussian(number 5), model.Centres, model.Coefficients, model.Offset)))

let forgotten =
    lie "a support vector left out" (fun model _ ->
        other (
            KernelModel(
                model.Kernel,
                Seq.toArray (Seq.tail model.Centres),
                Seq.toArray (Seq.tail model.Coefficients),
                model.Offset
            )
        ))

/// The exponential block alone.
let exponentialOf (n: int) =
    Instance.delay $"E N={n}" (fun () ->
        let net, hinges = NetworkBuilder 1, ExponentialHinges.Even(n, number 1)
        let units = [| for t in hinges.Knots -> net.Rho(net.Inputs[0] - t) |]
        let network = net.BuildScalar(Functional.Combine(1, hinges.Changes, units) + BigRational.One)

        Instance.network $"E N={n}" (Box.Cube(1, BigRational.Zero, number 16)) network
        |> Instance.define "f" "exp(-x)"
        |> Instance.set "N" (number n))

let private line (text: string) = [| for x in text.Split ' ' -> ImmutableArray.Create(rational x) |]
let private values (text: string) = [| for y in text.Split ' ' -> rational y |]

/// Fits over the rationals: kernel, points, values, C and the tube.
let exactFits: (string * (unit -> KernelModel)) list =
    [ "hat-1d-n5",
      (fun () ->
          ExactFit.SupportVectors(
              MotifKernel.Hat(rational "1/4"), line "1/16 5/16 1/2 11/16 7/8", values "1/8 9/16 3/4 7/16 3/16",
              number 1, rational "1/16"
          ))
      "brownian-1d-n5",
      (fun () ->
          ExactFit.SupportVectors(
              MotifKernel.Brownian(), line "1/8 5/16 1/2 11/16 15/16", values "1/16 1/2 5/8 7/16 3/4",
              number 2, rational "1/8"
          ))
      "hat-1d-n6-bounded",
      (fun () ->
          ExactFit.SupportVectors(
              MotifKernel.Hat(rational "3/16"), line "0 3/16 3/8 9/16 3/4 15/16", values "0 3/4 3/16 15/16 1/8 9/16",
              rational "1/2", rational "1/16"
          ))
      "krr-brownian",
      (fun () ->
          ExactFit.Ridge(
              MotifKernel.Brownian(), line "1/8 5/16 1/2 13/16", values "1/16 3/8 9/16 1/4", rational "1/8"
          )) ]

/// The exact transfer of an exact fit.
let spline (name: string, fit: unit -> KernelModel) =
    Instance.delay name (fun () ->
        let model = fit ()
        let spline = SplineTransfer.Of model
        let network = spline.Build(square 1)

        Instance(name, Box.Unit 1, network).Define("f", model.Formula(square 1))
        |> Instance.set "q" (number spline.Kinks[0].Length)
        |> Instance.set "s0" (number (abs spline.Slopes[0].Sign))
        |> Instance.set "f0" (number (abs spline.AtZero.Sign)))

let private split j (s: string) left right = RegressionTree.Split(j, rational s, left, right) :> RegressionTree
let private leaf (c: string) = RegressionTree.Leaf(rational c) :> RegressionTree

let fiveLeaves =
    split 0 "1/2"
        (split 1 "1/4" (leaf "0") (leaf "3/4"))
        (split 1 "5/8" (split 0 "3/4" (leaf "1") (leaf "-1/2")) (leaf "1/4"))

let stump = split 0 "1/2" (leaf "0") (leaf "1")

/// A tree with strips of a width around its splits.
let tree (name: string) (d: int) (tree: RegressionTree) (delta: string) =
    Instance.delay name (fun () ->
        let network = TreeTransfer.Build([| tree |], rational delta, square d)

        Instance.network name (Box.Unit d) network
        |> Instance.set "delta" (rational delta)
        |> Instance.set "I" (number (Seq.length (tree.Splits())))
        |> Instance.set "strips" (TreeTransfer.StripVolume([| tree |], rational delta, d))
        |> Instance.set "union" (tree.StripUnion(rational delta, d)))

/// The quadratic form of the pyramid at the weights that refuse it.
let pyramid =
    Instance.delay "pyramid on the 4x4 grid" (fun () ->
        Instance.formula "pyramid on the 4x4 grid" (Box.Unit 2)
        |> Instance.set "form" (PyramidKernel.Witness()))
