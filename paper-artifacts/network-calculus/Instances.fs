/// Networks on which the calculus of docs/math/00-network-calculus.md is checked, and those that show its false
/// variants.
module Proofs.Papers.NetworkCalculus.Instances

open Proofs.Checks.Theorems
open Proofs.Constructions.Calculus
open Proofs.Constructions.Domains
open Proofs.Constructions.Holder
open Proofs.Constructions.Holder.Membership
open Proofs.Constructions.Networks
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions
open Proofs.FSharp

/// 2^k, exactly.
let private powerOfTwo (k: int) = BigRational.PowerOfTwo k

/// The square on [0, 1] with r groups of p bits (4.1).
let square r p =
    Instance.delay $"square r={r} p={p}" (fun () -> Square.Build(r, p) |> Instance.ofBuilt $"square r={r} p={p}")

/// The product on [-1, 1]^2 (4.3).
let product r p =
    Instance.delay $"product r={r} p={p}" (fun () ->
        Product.Build(BigRational.One, r, p) |> Instance.ofBuilt $"product r={r} p={p}")

/// Products of two numbers made of three squares at one scale, 2K^2 (f(|x+y|/2K) - f(|x|/2K) - f(|y|/2K)), K = 1 (4.3).
let threeSquares m =
    Instance.delay $"three squares m={m}" (fun () ->
        let net = NetworkBuilder 2
        let x, y = net.Inputs[0], net.Inputs[1]
        let square t = Square.AppendSymmetric(net, t, 2N, m, 1)
        let network = net.BuildScalar(BigRational.Half * (square (x + y) - square x - square y))
        Instance.network $"three squares m={m}" (cube 2 -1N 1N) network |> Instance.set "m" (BigRational(bigint m)))

/// 2 f((x+y)/2) - f(x)/2 - f(y)/2 on {0} x [0, 1]: the polarisation that loses the zero property (4.3).
let polarisation m =
    Instance.delay $"polarisation m={m}" (fun () ->
        let net = NetworkBuilder 2
        let x, y = net.Inputs[0], net.Inputs[1]
        let square t = Square.Append(net, t, m, 1)
        let half = BigRational.Half
        let network = net.BuildScalar(2N * square (half * (x + y)) - half * square x - half * square y)
        Instance.network $"polarisation m={m}" (box "[0,0]x[0,1]") network)

/// Two identities joined by the sparse rule (1.3).
let identities =
    Instance.delay "identity . identity" (fun () ->
        let one = Composition.Identity(1, 1)
        Instance.network "identity . identity" (cube 1 -1N 1N) (Composition.ConcatenateSparse(one, one))
        |> Instance.set "L1" 1N
        |> Instance.set "L2" 1N)

/// The absolute value after a product, joined by the sparse rule (1.3).
let absoluteProduct =
    Instance.delay "abs . product" (fun () ->
        let outer = AbsoluteValue.Build(BigRational.One).Network
        let inner = Product.Build(BigRational.One, 2, 1).Network
        Instance.network "abs . product" (cube 2 -1N 1N) (Composition.ConcatenateSparse(outer, inner))
        |> Instance.set "W1" (BigRational(bigint outer.Size))
        |> Instance.set "W2" (BigRational(bigint inner.Size)))

/// The interpolant of |y1 - 1/2| v |y2 - 1/4| on the grid with N = 1 (5.3).
let kinkInterpolant =
    Instance.delay "interpolant of a kink" (fun () ->
        let f (l: int array) =
            BigRational.Max(
                BigRational.Abs(BigRational(bigint l[0]) - BigRational.Half),
                BigRational.Abs(BigRational(bigint l[1]) - BigRational.ratio 1 4))

        let values = KuhnInterpolant.Nodes(2, 1) |> Seq.map f |> Seq.toArray
        Instance.network "interpolant of a kink" (cube 2 0N 1N) (KuhnInterpolant.Build(2, 1, values).Network)
        |> Instance.define "f" "max(abs(x1 - 1/2), abs(x2 - 1/4))"
        |> Instance.set "M" 1N
        |> Instance.set "N" 1N)

/// An interpolant on [0, 1] with N = 4 and no value 0 (5.3).
let interpolant =
    Instance.delay "interpolant N=4" (fun () ->
        let values = [| for j in 1..5 -> BigRational(bigint j) |]
        Instance.network "interpolant N=4" (cube 1 0N 1N) (KuhnInterpolant.Build(1, 4, values).Network)
        |> Instance.set "N" 4N)

/// A Hölder network for an explicit function (section 7).
let holder name (beta: BigRational) dimension (f: string) (eps: BigRational) =
    Instance.delay name (fun () ->
        let space = HolderClass(beta, dimension, BigRational.One)
        let choice = HolderChoice.ConstantDepth(space, eps)
        HolderApproximator.Build(space, Expr.Parse f, choice) |> Instance.ofBuilt name)

/// Sizes by formula, of networks too large or too special to build: size, depth, and the target c of a claim.
let sizes name beta dimension (choice: HolderClass -> HolderChoice) (definitions: (string * string) list) =
    Instance.delay name (fun () ->
        let space = HolderClass(beta, dimension, BigRational.One)
        let chosen = choice space
        let size = HolderSize.Of(space, chosen)

        let start =
            Instance.formula name (cube dimension 0N 1N)
            |> Instance.set "size" (BigRational size.Size)
            |> Instance.set "depth" (BigRational(bigint size.Depth))

        let withParameters =
            (start, HolderSize.Parameters(space, chosen))
            ||> Seq.fold (fun i (KeyValue(parameter, value)) -> Instance.set parameter value i)

        (withParameters, definitions) ||> List.fold (fun i (n, formula) -> Instance.define n formula i))

/// A coefficient stored without its shift: the unit rho(c) cuts a negative c to 0 (10.4).
let unshiftedCoefficient =
    Instance.delay "coefficient without shift" (fun () ->
        let net = NetworkBuilder 1
        let zero = 0N * net.Inputs[0]
        Instance.network "coefficient without shift" (cube 1 0N 1N) (net.BuildScalar(net.Rho(zero - BigRational.Half))))

/// exp(-t) on [0, 2^k] by squaring (6.3).
let squaring k r =
    Instance.delay $"exponential k={k}" (fun () ->
        Exponential.BuildSquaring(powerOfTwo k, k, r, 1) |> Instance.ofBuilt $"exponential k={k}")

/// exp(-t) on [0, T] by its interpolant at n knots (6.1).
let uniform (t: int) n =
    Instance.delay $"exponential T={t} n={n}" (fun () ->
        Exponential.BuildUniform(BigRational(bigint t), n, 40) |> Instance.ofBuilt $"exponential T={t} n={n}")

/// The centred ramp of width delta on [-1, 1] (3.1).
let ramp (delta: BigRational) =
    Instance.delay "centred ramp" (fun () ->
        Instance.network "centred ramp" (cube 1 -1N 1N) (Ramp.Build(delta, RampKind.Centred).Network)
        |> Instance.set "delta" delta)
