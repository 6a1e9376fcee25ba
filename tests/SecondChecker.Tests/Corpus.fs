/// Certificates that the product makes itself: of bounds, of properties of networks, of statements.
module SecondChecker.Tests.Corpus

open System
open System.Collections.Immutable
open System.IO
open Proofs.Constructions.Domains
open Proofs.Constructions.Formats.VnnLib
open Proofs.Constructions.Networks
open Proofs.Kernel.Formulas
open Proofs.Kernel.Networks
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions
open Proofs.Numeric.Rounding
open Proofs.Search.Certification
open Proofs.Search.Properties
open Proofs.Search.Proving
open Proofs.Search.Regions
open Proofs.Search.Requests

/// The folder of the solution.
let root =
    let rec above (folder: DirectoryInfo) =
        if File.Exists(Path.Combine(folder.FullName, "Verification.sln")) then
            folder.FullName
        else
            match folder.Parent with
            | null -> failwith $"expected Verification.sln above {__SOURCE_DIRECTORY__}"
            | parent -> above parent
    above (DirectoryInfo __SOURCE_DIRECTORY__)

/// A certificate of the bounds of a formula on a region, where the search makes one.
let bound (formula: string, domain: string, gap: float) =
    let region = Region.Parse domain
    let request =
        CertifyRequest.OfFormula(Expr.Parse formula, region).WithRelativeGap(gap).WithBoxBudget(20_000L).WithJobs 1
    match Certifier.CertifiedRange(request).Certificate with
    | null -> None
    | text -> Some text

/// Formulas in one input with a domain and a gap.
let oneInput =
    [ "x", "[0,1]", 1e-6
      "x^2 - x", "[-1,2]", 1e-6
      "sin(3*x) + x/2", "[-2,3]", 1e-4
      "exp(x) - 1 - x", "[-1,1]", 1e-4
      "exp(-x^2)*cos(5*x)", "[-2,2]", 1e-3
      "log(1 + x)/x", "[1/10,4]", 1e-4
      "sin(x)/x", "[-1,1]", 1e-4
      "(exp(x) - 1)/x", "[-1/2,1/2]", 1e-4
      "sqrt(x + 2) - atan(3*x)", "[-1,1]", 1e-4
      "abs(x - 1/3) + x^3", "[-1,1]", 1e-4
      "max(x, 1 - x^2, 1/4)", "[-1,1]", 1e-4
      "min(exp(x), 2 - x)", "[-1,1]", 1e-4
      "if(x <= 1/4, x^2, x/4)", "[0,1]", 1e-4
      "if(x < 1/2 and x >= -1/2, cos(x), x^2 + 1/2)", "[-1,1]", 1e-2
      "tan(x) - x", "[-1,1]", 1e-4
      "tanh(2*x) + cosh(x)/3 - sinh(x)/5", "[-1,1]", 1e-4
      "erf(2*x) - x/3", "[-1,1]", 1e-4
      "erf(x)/x + exp(-x)", "[-1/2,3]", 1e-3
      "erf(8*x)", "[-1,1]", 1e-4
      "sinc(x)", "[-20,20]", 1e-6
      "sinc(x)", "[-1,1]", 1e-6
      "sinc(x) - sinc(3*x)/2 + x^2", "[-1/2,3]", 1e-4
      "sinc(x)*x", "[30,35]", 1e-4
      "(1 - sinc(x))/x", "[-1/3,2]", 1e-3
      "x^x", "[1/10,2]", 1e-4
      "(1 + x)^(1/3) - log2(2 + x)", "[-1/2,1]", 1e-4
      "1/(1 + 25*x^2)", "[-1,1]", 1e-4
      "x^-2 + pi*x", "[1/2,3]", 1e-4
      "x*(1 - x)", "[0,1/4] or [1/2,1] or [3/4,3/4]", 1e-4
      "0.1*x^7 - 3*x^5 + x", "[-3/2,3/2]", 1e-4
      "log(x) - (x - 1)", "[1/3,3]", 1e-5
      "cos(10*x)^2/(2 + sin(x))", "[0,2]", 1e-3
      "2^x - x^2", "[0,4]", 1e-4
      "x", "[1/3,1/3]", 1e-4
      "exp(x)", "[1/4,1/4]", 1e-4 ]

/// Formulas in several inputs with a domain and a gap.
let severalInputs =
    [ "x1 - x2^2", "[0,1]x[-1,1]", 1e-4
      "x1*x2 + x2*x3 - x1*x3", "[-1,1]^3", 1e-2
      "sin(x1)*cos(x2)", "[-1,2]x[0,1]", 1e-2
      "exp(x1 - x2) + x1^2", "[-1,1]^2", 1e-2
      "(x1 - x2)^2 + (1 - x1)^2/4", "[-1,2]x[0,3]", 1e-2
      "max(x1, x2) - min(x1, x2^2)", "[-1,1]^2", 1e-2
      "abs(x1 - x2)/(2 + x1)", "[-1,1]^2", 1e-2
      "x1/(1 + x2^2) + x3", "[-1,1]x[-2,2]x[0,1]", 1e-2
      "sqrt(x1 + x2) + log(1 + x1*x2)", "[1/4,1]^2", 1e-2
      "if(x1 + x2 <= 1, x1, 1 - x2)", "[0,1]^2", 1e-1
      "atan(x1*x2) + tanh(x1) - sinh(x2)/4", "[-1,1]^2", 1e-2
      "cosh(x1) + x2^(1/2) - x2", "[-1,1]x[0,1]", 1e-2
      "x1^3 - 3*x1*x2^2 + tan(x1/4)", "[-1,1]^2", 1e-2
      "erf(x1 - x2) + x1*erf(3*x2)", "[-1,1]^2", 1e-2
      "sinc(x1 - x2) + x1*sinc(40*x2)", "[-1,1]^2", 1e-2
      "x1^x2", "[1/2,2]x[-1,1]", 1e-2
      "x1^2 + x2^2 + x3^2 + x4^2 - x1*x4", "[-1,1]^4", 1e-1
      "x1 + x2", "[0,1]^2 or [2,3]x[2,3]", 1e-3
      "cos(x1)^2 - sin(x1)^2*x2 + pi", "[0,1]^2", 1e-2
      "x1^-2*x2", "[1/2,2]x[-1,1]", 1e-2 ]

let private dyadic (random: Random) = float (random.Next(-64, 65)) / 32.0

let private network (random: Random) isRough (widths: int list) =
    let weight columns =
        if isRough then float (float32 ((random.NextDouble() - random.NextDouble()) * 2.0 / sqrt (float columns)))
        else dyadic random
    let layer (columns, rows) =
        let weights =
            [| for _ in 1..rows ->
                   [| for _ in 1..columns -> weight columns |] :> Collections.Generic.IReadOnlyList<float> |]
        Affine.FromRows(weights, [| for _ in 1..rows -> weight 1 |])
    ReluNetwork(ImmutableArray.CreateRange(List.pairwise widths |> List.map layer))

let private row (bound: BigRational) isStrict (coefficients: float list) =
    let terms =
        coefficients
        |> List.indexed
        |> List.filter (fun (_, a) -> a <> 0.0)
        |> List.map (fun (i, a) -> Entry(i, Binary64.Exact a))
    RowConstraint(ImmutableArray.CreateRange terms, bound, isStrict)

let private eighths (random: Random) low high =
    BigRational(Numerics.BigInteger(random.Next(low, high)), Numerics.BigInteger 8)

let private property (random: Random) inputs outputs =
    let case () =
        let centre = eighths random -4 5
        let low = [| for _ in 1..inputs -> eighths random -8 1 |]
        let high = [| for i in 0 .. inputs - 1 -> low[i] + eighths random (if random.Next 6 = 0 then 0 else 1) 17 |]
        let onInputs =
            [ if random.Next 3 = 0 then
                  row centre (random.Next 2 = 0) [ for _ in 1..inputs -> float (random.Next(-2, 3)) ] ]
        let onOutputs =
            [ for _ in 1 .. random.Next(1, 3) ->
                  row
                      (eighths random -20 6)
                      (random.Next 2 = 0)
                      [ for _ in 1..outputs -> float (random.Next(-1, 2)) ] ]
        VnnCase(Box(ImmutableArray.CreateRange low, ImmutableArray.CreateRange high),
                ImmutableArray.CreateRange onInputs, ImmutableArray.CreateRange onOutputs)
    VnnProperty(inputs, outputs, ImmutableArray.CreateRange [ for _ in 1 .. random.Next(1, 4) -> case () ])

/// The certificate of a property of a network, where the search decides it.
let propertyOf (network: ReluNetwork) (property: VnnProperty) boxes =
    let request = PropertyRequest(network, property).WithTree(true).WithBoxBudget(boxes).WithJobs 1
    match PropertyCertificate.Text(request, PropertyVerifier.Verify request) with
    | null -> None
    | text -> Some text

/// Certificates of random properties of random networks.
let networks seed count =
    let random = Random(seed: int)
    [ for n in 1..count do
          let inputs = if n % 20 = 0 then 18 else random.Next(1, 5)
          let outputs = random.Next(1, 4)
          let hidden = [ for _ in 1 .. random.Next(0, 4) -> random.Next(1, 9) ]
          let net = network random (n % 2 = 0) ([ inputs ] @ hidden @ [ outputs ])
          match propertyOf net (property random inputs outputs) 2000L with
          | Some text when text.Length < 40_000 -> text
          | _ -> () ]

/// The proofs that the prover finds of the statements of a file of tests/Proofs.Search.Tests/Proving, within some steps
/// each.
let proofs file steps =
    [ for line in File.ReadAllLines(Path.Combine(root, "tests", "Proofs.Search.Tests", "Proving", file)) do
          let verdict, statement = if line.Length > 2 then line.Substring(0, 2), line.Substring 2 else "", ""
          if verdict = "P " then
              match Prover.Prove(Statement.Parse statement, ProofOptions.Default.WithSteps steps) with
              | :? ProofResult.Proved as proved -> proved.Certificate
              | _ -> () ]

/// The certificates in tests/cases, with their names, of the kinds that both checkers know.
let committed =
    [ for file in Directory.GetFiles(Path.Combine(root, "tests", "cases"), "*.cert", SearchOption.AllDirectories)
      |> Array.sort do
          let text = File.ReadAllText file
          if not (text.StartsWith "proofs-certificate error" || text.StartsWith "proofs-certificate symmetry") then
              Path.GetFileName file, text ]
