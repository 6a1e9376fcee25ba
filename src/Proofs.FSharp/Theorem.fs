namespace Proofs.FSharp

open System.Collections.Generic
open System.Collections.Immutable
open Proofs.Checks.Theorems
open Proofs.Constructions.Budgets
open Proofs.Constructions.Domains
open Proofs.Constructions.Networks
open Proofs.Kernel.Formulas
open Proofs.Kernel.Numbers
open Proofs.Numeric.Expressions

/// A theorem while its author writes it down.
type TheoremDraft =
    { Key: string
      Title: string
      Source: string
      Parameters: (string * string) list
      General: Claim list
      PerInstance: Claim list
      Instances: InstanceSource list
      Open: OpenClaim list
      Mutants: Mutant list }

/// Instances as F# values.
[<RequireQualifiedAccess>]
module Instance =

    /// An instance that is built when a check first needs it.
    let delay (name: string) (build: unit -> Instance) = InstanceSource(name, fun () -> build ())

    /// The same instance with a name standing for a formula.
    let define (name: string) (formula: string) (instance: Instance) = instance.Define(name, Expr.Parse formula)

    /// The same instance with a name standing for an exact number.
    let set (name: string) (value: BigRational) (instance: Instance) =
        instance.Define(name, Expr.Constant value)

    /// An instance without a network: formulas over a box.
    let formula (name: string) (domain: Box) = Instance(name, domain, null)

    /// An instance of a network over a box.
    let network (name: string) (domain: Box) (network: ReluNetwork) = Instance(name, domain, network)

    /// The same instance, its claims resting on a statement that is not shown: they are supported at most, and say so.
    let assume (statement: string) (instance: Instance) = instance.Assuming statement

    /// The instance a construction returns: its target is called f, its parameters keep their names.
    let ofBuilt (name: string) (built: Built) =
        let start =
            Instance(name, built.Domain, built.Network)
                .On(built.Boxes)
                .WithBudget(built.Budget)
                .Define("f", built.Target)

        (start, built.Budget.Parameters)
        ||> Seq.fold (fun (i: Instance) (KeyValue(parameter, value)) -> set parameter value i)

/// Builds a theorem: title, source, parameters, claims, instances, mutants.
type TheoremBuilder(key: string) =

    member _.Yield(_: unit) =
        { Key = key
          Title = key
          Source = ""
          Parameters = []
          General = []
          PerInstance = []
          Instances = []
          Open = []
          Mutants = [] }

    /// The theorem in a few words.
    [<CustomOperation "title">]
    member _.Title(draft, text: string) = { draft with Title = text }

    /// Paper key and item, such as "imaizumi2022" "Theorem 1".
    [<CustomOperation "source">]
    member _.Source(draft, paper: string, item: string) = { draft with Source = $"{paper}, {item}" }

    /// A parameter and its range: forAll "eps" "(0, 1]", forAll "D" "int [2, 64]". Every instance gives it a value in
    /// the range.
    [<CustomOperation "forAll">]
    member _.ForAll(draft, name: string, range: string) =
        { draft with Parameters = draft.Parameters @ [ name, range ] }

    /// An instance on which the claims about networks are checked.
    [<CustomOperation "instance">]
    member _.Instance(draft, instance: InstanceSource) = { draft with Instances = draft.Instances @ [ instance ] }

    /// An instance that is large: it is checked in the full profile only.
    [<CustomOperation "largeInstance">]
    member _.LargeInstance(draft, instance: InstanceSource) =
        { draft with Instances = draft.Instances @ [ instance.InFullProfile() ] }

    /// A claim: for all parameters where it begins with forall, otherwise about every instance.
    [<CustomOperation "claim">]
    member _.Claim(draft, name: string, statement: string) =
        match ClaimParser.Read(name, statement) with
        | :? Claim.Symbolic as claim -> { draft with General = draft.General @ [ claim ] }
        | claim -> { draft with PerInstance = draft.PerInstance @ [ claim ] }

    /// Claims for all parameters, each with its name.
    [<CustomOperation "claims">]
    member _.Claims(draft, list: (string * string) list) =
        { draft with General = draft.General @ [ for name, statement in list -> ClaimParser.Read(name, statement) ] }

    /// Claims for all parameters that the prover does not prove so far: name, statement, and what it lacks.
    [<CustomOperation "openClaims">]
    member _.OpenClaims(draft, list: (string * string * string) list) =
        let claims = [ for name, statement, why in list -> OpenClaim(ClaimParser.Read(name, statement), why) ]
        { draft with Open = draft.Open @ claims }

    /// False variants for all parameters: name, statement, and why it is false.
    [<CustomOperation "mutants">]
    member _.Mutants(draft, list: (string * string * string) list) =
        let mutants = [ for name, statement, why in list -> Mutant(ClaimParser.Read(name, statement), why, null) ]
        { draft with Mutants = draft.Mutants @ mutants }

    /// A claim about every member of a class, attacked by random search.
    [<CustomOperation "attack">]
    member _.Attack(draft, name: string, statement: string, search: SearchRequest -> Verdict) =
        { draft with General = draft.General @ [ Claim.Searched(name, statement, System.Func<_, _> search) ] }

    /// Claims about random data, each with the rule that decides it.
    [<CustomOperation "statistics">]
    member _.Statistics(draft, list: Claim list) = { draft with General = draft.General @ list }

    /// False variants about random data, each with the reason why it is false.
    [<CustomOperation "statisticsMutants">]
    member _.StatisticsMutants(draft, list: (Claim * string) list) =
        { draft with Mutants = draft.Mutants @ [ for claim, why in list -> Mutant(claim, why, null) ] }

    /// A false variant for all parameters, with the reason why it is false.
    [<CustomOperation "mutant">]
    member _.Mutant(draft, name: string, statement: string, why: string) =
        { draft with Mutants = draft.Mutants @ [ Mutant(ClaimParser.Read(name, statement), why, null) ] }

    /// A false variant about one instance, with the reason why it is false.
    [<CustomOperation "mutantOn">]
    member _.MutantOn(draft, instance: InstanceSource, name: string, statement: string, why: string) =
        { draft with Mutants = draft.Mutants @ [ Mutant(ClaimParser.Read(name, statement), why, instance) ] }

    /// What a function adds to the theorem, such as a list of claims made elsewhere.
    [<CustomOperation "extend">]
    member _.Extend(draft: TheoremDraft, change: TheoremDraft -> TheoremDraft) = change draft

    member _.Run(draft: TheoremDraft) =
        Theorem(
            draft.Key, draft.Title, draft.Source,
            draft.Parameters |> Seq.map (fun (n, r) -> Parameter(n, r)) |> _.ToImmutableArray(),
            draft.General.ToImmutableArray(),
            draft.PerInstance.ToImmutableArray(),
            draft.Instances.ToImmutableArray(),
            draft.Mutants.ToImmutableArray(),
            Open = draft.Open.ToImmutableArray())

/// The words with which a theorem begins.
[<AutoOpen>]
module TheoremSyntax =

    /// A theorem under its key on the command line.
    let theorem (key: string) = TheoremBuilder key

    /// A box of the given dimension with the same side everywhere.
    let cube (dimension: int) (lower: BigRational) (upper: BigRational) = Box.Cube(dimension, lower, upper)

    /// A box from its text, such as "[0,1]^2" or "[0,1]x[-1,2]".
    let box (text: string) = Box.Parse text
