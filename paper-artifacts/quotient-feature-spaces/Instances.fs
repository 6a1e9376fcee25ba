/// Networks that are exactly invariant, and near misses. Sections are those of docs/math/03-quotient-feature-spaces.md.
module Proofs.Papers.QuotientFeatureSpaces.Instances

open System.Numerics
open System.Collections.Immutable
open Proofs.Checks.Theorems
open Proofs.Constructions.Budgets
open Proofs.Constructions.Calculus
open Proofs.Constructions.Domains
open Proofs.Constructions.Holder
open Proofs.Constructions.Holder.Membership
open Proofs.Constructions.Invariance
open Proofs.Constructions.Networks
open Proofs.Kernel.Formulas
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions
open Proofs.Numeric.Intervals
open Proofs.Numeric.Rounding
open Proofs.Search.Invariance
open Proofs.FSharp

let number (n: int) = BigRational(bigint n)
let private rational (text: string) = BigRational.Parse text

// The violation at the witness of a finding.
let private (|Present|_|) (finding: GeneratorFinding | null) =
    finding |> Option.ofObj |> Option.bind (fun f -> Option.ofObj f.Witness) |> Option.map _.Violation

/// How far a network is from invariant under a group: 0 where the kernel has accepted a certificate, else the violation
/// at a witness.
let violation (network: ReluNetwork) (group: string) (equivariant: bool) =
    let request = InvarianceRequest(network, Groups.Parse(group, network.InputDimension), equivariant, null)
    let result = InvarianceDecider.Decide request

    match result.Verdict, result.Refuting with
    | InvarianceVerdict.Exact, _ -> BigRational.Zero
    | _, Present finding -> finding
    | _ -> failwith $"{group}: the violation of {network} is only bounded"

/// An attack on invariance: the exact values of networks at random points of a grid and at their images under the
/// generators.
let orbitSearch (group: string) (instances: InstanceSource list) (request: SearchRequest) =
    let random = System.Random(int (request.Seed &&& 0x7fffffffL))

    let moved (name: string) (network: ReluNetwork) (generator: Generator) =
        request.Cancellation.ThrowIfCancellationRequested()
        let x = [| for _ in 1 .. network.InputDimension -> BigRational.ratio (random.Next 13) 12 |]
        let value, image = network.Evaluate(x)[0], network.Evaluate(generator.Apply x)[0]

        if value = image then None
        else
            let values = [ for i, v in Seq.indexed x -> System.Collections.Generic.KeyValuePair($"x{i + 1}", v) ]
            Some(Witness(values.ToImmutableArray(), $"{name} has the value {value} there and {image} at the image"))

    let found =
        seq {
            for source in instances do
                let instance = source.Build.Invoke()
                let network = nonNull instance.Network
                for generator in Groups.Parse(group, network.InputDimension).Generators do
                    for _ in 1 .. request.Trials -> moved instance.Name network generator
        }
        |> Seq.cache

    match Seq.tryPick id found with
    | Some witness -> Verdict.Refuted(witness, System.Nullable(), null) :> Verdict
    | None ->
        Verdict.Supported(int64 (Seq.length found), request.Seed, System.Nullable(),
                          $"{request.Trials} points of the grid of twelfths for each generator and network")

let private withViolation group (built: Built) (instance: Instance) =
    instance.Define("bound", built.Budget.Bound) |> Instance.set "violation" (violation built.Network group false)

// A network with its numbers alone: its exactness is shown by structure, not by boxes.
let private numbers name (built: Built) =
    (Instance.network name built.Domain built.Network |> Instance.define "f" $"{built.Target}", built.Budget.Parameters)
    ||> Seq.fold (fun i (KeyValue(parameter, value)) -> Instance.set parameter value i)

let private invariant name group construct =
    Instance.delay name (fun () ->
        let built = construct ()
        Instance.ofBuilt name built |> withViolation group built)

// ---- sorters (section 2)

let sorterName (family: SorterFamily) (n: int) = $"{family.ToString().ToLowerInvariant()}-{n}"

let sorter (family: SorterFamily) n =
    Instance.delay (sorterName family n) (fun () ->
        let built = Sorter.Build(n, family)
        let unsorted = Sorter.Comparators(family, n).FindUnsorted()

        numbers (sorterName family n) built
        |> Instance.set "stage_width" (number built.Network.Width)
        |> Instance.set "unsorted" (if unsorted.HasValue then BigRational.One else BigRational.Zero)
        |> withViolation $"S{n}" built)

let quasiSort n thresholds =
    invariant $"quasi-sort-{n}-{thresholds}" $"S{n}" (fun () -> QuasiSort.Build(n, thresholds))

// ---- approximation (sections 4 to 8)

let private lipschitz n (m: string) = HolderClass(BigRational.One, n, rational m)

let theoremA n cells (m: string) (f: string) =
    invariant $"A n={n} N={cells} {f}" $"S{n}"
        (fun () -> InvariantInterpolant.Build(lipschitz n m, Expr.Parse f, cells))

let theoremAFor n (eps: string) (beta: string) (m: string) (f: string) =
    invariant $"A n={n} eps={eps} {f}" $"S{n}" (fun () ->
        InvariantInterpolant.BuildFor(HolderClass(rational beta, n, rational m), Expr.Parse f, rational eps))

let theoremB n (eps: string) (f: string) =
    invariant $"B n={n} eps={eps} {f}" $"S{n}" (fun () ->
        let space = HolderClass(number 2, n, BigRational.One)
        InvariantHolder.Build(space, Expr.Parse f, HolderChoice.ConstantDepth(space, rational eps)))

let theoremC n cells (m: string) (f: string) =
    invariant $"C n={n} N={cells} {f}" $"S{n}"
        (fun () -> InfConvolution.Build(n, 1, lipschitz n m, Expr.Parse f, cells))

let theoremCPoints n p cells (m: string) (f: string) =
    let name = $"C n={n} p={p} N={cells}"

    Instance.delay name (fun () ->
        let built = InfConvolution.Build(n, p, lipschitz (n * p) m, Expr.Parse f, cells, SorterFamily.Merge, "no")
        let centre = [| for i in 0 .. n * p - 1 -> BigRational.ratio (2 * (i % cells) + 1) (2 * cells) |]
        let values = Seq.zip (Inputs.Names(n * p)) centre |> dict
        let f = built.Target.TryEvaluate(System.Collections.Generic.Dictionary values)

        // at_centre: the error at a centre
        numbers name built
        |> Instance.set "at_centre" (built.Network.Evaluate(centre)[0] - f.Value))

let deepSets n cells thresholds (m: string) (f: string) =
    invariant $"pooled n={n} N={cells} N1={thresholds}" $"S{n}" (fun () ->
        InvariantInterpolant.BuildPooled(lipschitz n m, Expr.Parse f, cells, thresholds))

let mean (group: string) d cells (m: string) (f: string) =
    invariant $"mean over {group}" group (fun () ->
        OrbitNetworks.BuildMean(lipschitz d m, Expr.Parse f, Groups.Parse(group, d), cells))

let equivariant n cells (m: string) (f: string) =
    Instance.delay $"equivariant n={n} N={cells}" (fun () ->
        let built = EquivariantInterpolant.Build(lipschitz n m, Expr.Parse f, cells)

        numbers $"equivariant n={n} N={cells}" built
        |> Instance.set "violation" (violation built.Network $"S{n}" true))

// ---- false variants (section 14)

let private points values = [| for v in values -> rational v |]

/// Odd-even transposition with a stage fewer.
let shortTransposition =
    Instance.delay "two stages of transposition" (fun () ->
        let network = Sorter.Network(ComparatorNetwork.OddEvenTransposition(3, 2))
        Instance.network "two stages of transposition" (cube 3 0N 1N) network
        |> Instance.set "violation" (violation network "S3" false))

/// The distance of the sorted pair to (5/8, 3/8), interpolated with N = 1.
let worstInterpolation =
    theoremA 2 1 "1" "max(abs(max(x1, x2) - 5/8), abs(min(x1, x2) - 3/8))"

let sorterOfSigned =
    Instance.delay "sorter on [-1,1]^2" (fun () ->
        Instance.network "sorter on [-1,1]^2" (cube 2 -1N 1N) (Sorter.Build(2, SorterFamily.Merge).Network))

// One gate: rows a and b with features, exchanged by the first one up to a margin.                                [3.2]
let private gate (net: NetworkBuilder) (margin: BigRational) (a: Functional[], b: Functional[]) =
    let u = (BigRational.Half / margin) * (a[0] - b[0]) + BigRational.Half
    let t = net.Rho u - net.Rho(u - BigRational.One)
    let carry (values: Functional[]) = [| for v in values -> net.Rho v |]
    let a, b = carry a, carry b
    let pair (x: Functional[]) (y: Functional[]) =
        [| for i in 0 .. x.Length - 1 -> net.Rho(x[i] - (BigRational.One - t)) + net.Rho(y[i] - t) |]
    pair a b, pair b a

/// The second feature of the first row, by a gate.
let gatedRow =
    Instance.delay "gate on two points" (fun () ->
        let net = NetworkBuilder 4
        let x = net.Inputs
        let top, _ = gate net (rational "1/8") ([| x[0]; x[1] |], [| x[2]; x[3] |])
        Instance.network "gate on two points" (cube 4 0N 1N) (net.BuildScalar top[1])
        |> Instance.define "f" "if(x1 >= x3, x2, x4)")

/// Three points sorted by gates (0,2), (0,1), (1,2).
let gatedSorter =
    Instance.delay "three points by gates" (fun () ->
        let net = NetworkBuilder 6
        let margin = rational "1/4"
        let rows = [| for i in 0..2 -> [| net.Inputs[2 * i]; net.Inputs[2 * i + 1] |] |]

        for i, j in [ 0, 2; 0, 1; 1, 2 ] do
            let idle = 3 - i - j
            let top, bottom = gate net margin (rows[i], rows[j])
            rows[idle] <- [| for v in rows[idle] -> net.Carry(v, v.Layer + 2) |]
            rows[i] <- top
            rows[j] <- bottom

        let network = net.Build(Array.concat rows)
        Instance.network "three points by gates" (cube 6 0N 1N) network
        |> Instance.set "violation" (violation network "S3 on 3x2" false))

/// The head of Theorem A on points that are not sorted.
let headAlone =
    Instance.delay "sorted nodes without a sorter" (fun () ->
        let net = NetworkBuilder 2
        let nodes = [ [| 0; 0 |]; [| 1; 0 |]; [| 1; 1 |] ]
        let spikes = KuhnInterpolant.AppendSpikesAt(net, net.Inputs, 1, nodes)
        let value = Functional.Combine(spikes[0].Layer, [| 0N; 1N; 1N |], spikes)
        Instance.network "sorted nodes without a sorter" (cube 2 0N 1N) (net.BuildScalar value)
        |> Instance.set "M" 1N |> Instance.set "N" 1N)

let private counts name values =
    Instance.delay name (fun () ->
        (Instance.formula name (cube 1 0N 1N), values ()) ||> List.fold
            (fun i (key, value) -> Instance.set key value i))

let cubes =
    counts "cubes n=2 N=3" (fun () ->
        [ "n", number 2; "N", number 3; "closed", BigRational(OrbitCount.ClosedCubes(2, 3)) ])

let covering =
    counts "cover n=2 eps=1/4" (fun () ->
        [ "n", number 2; "N", number 2; "K", BigRational(OrbitCount.Symmetric(2, 1, bigint 2)) ])

/// W of rho(x1) and of its mean over S2.
let reynolds =
    Instance.delay "mean of rho(x1)" (fun () ->
        let net = NetworkBuilder 2
        let one = net.BuildScalar(net.Rho net.Inputs[0])
        Instance.network "mean of rho(x1)" (cube 2 0N 1N) (OrbitNetworks.Mean(one, Groups.Parse("S2", 2)))
        |> Instance.set "W_one" (BigRational(bigint one.Size)))

/// Two sets of two points with the same sorted columns.
let columns =
    counts "columns sorted apart" (fun () ->
        let net = NetworkBuilder 4
        let pair i j = Sorter.Append(net, [| net.Inputs[i]; net.Inputs[j] |], ComparatorNetwork.OddEvenMerge 2)
        let network = net.Build(Seq.append (pair 0 2) (pair 1 3) |> Seq.toArray)
        let first, second =
            network.Evaluate(points [ "0"; "0"; "1"; "1" ]), network.Evaluate(points [ "0"; "1"; "1"; "0" ])
        [ "distance",
          Seq.map2 (fun (a: BigRational) b -> BigRational.Abs(a - b)) first second |> Seq.reduce
              (fun a b -> BigRational.Max(a, b)) ])

/// Binary64 values of the sorter of two numbers at (1, 2^-60) and (2^-60, 1).
let floating =
    counts "sorter in binary64" (fun () ->
        let network = Sorter.Build(2, SorterFamily.Merge).Network
        let small = 2.0 ** -60.0
        let values = network.Evaluate [| 1.0; small |], network.Evaluate [| small; 1.0 |]
        [ "differ", number (Seq.map2 (fun (a: float) b -> if a = b then 0 else 1) (fst values) (snd values)
                            |> Seq.sum) ])

// ---- generalisation (section 10)

let private upper (x: Interval) = Binary64.Exact x.Sup
let private lower (x: Interval) = Binary64.Exact x.Inf

let setting n p (m: bigint) = GeneralisationBound(n, p, m)

let generalisation n p (m: bigint) =
    counts $"n={n} p={p} m={m}" (fun () ->
        let bound = setting n p m
        [ "n", number n; "p", number p; "m", BigRational m
          "Ent", upper (bound.Entropy()); "Ent_closed", lower (bound.EntropyClosed())
          "gap", lower (bound.Gap(bound.Entropy())); "least", upper (bound.LowerBound()) ])

/// 15 points and m = floor(200^15/15!) samples.
let largeSample =
    counts "n=15 N=200" (fun () ->
        let m = BigInteger.Pow(bigint 200, 15) / (Seq.fold (fun p (k: int) -> p * bigint k) BigInteger.One [ 1..15 ])
        [ "n", number 15; "m", BigRational m
          "least", lower ((setting 15 1 m).LowerBoundAt(bigint 200)) ])

/// What an n-free constant has to be at least.
let constantFor n =
    counts $"constant n={n}" (fun () ->
        let c = GeneralisationBound.ConstantAtLeast(n, BigRational.One)
        [ "n", number n; "c_low", lower c; "c_high", upper c ])
